"""Free-text Waktu → Duration, and many of them → Total. Nothing is guessed, no unit turned into another.

A day has no fixed number of working hours and a month no fixed number of days, so a total keeps one sum
for each family of units: minutes and hours (one family, in minutes), days, working days, weeks, months,
years. What cannot be read stays unknown and is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any

from msgspec import Struct


class Family(StrEnum):
    """Units that can be added without an assumption."""

    TAHUN = "tahun"
    BULAN = "bulan"
    MINGGU = "minggu"
    HARI_KERJA = "hari kerja"
    HARI = "hari"
    MENIT = "menit"


class DurationKind(StrEnum):
    """How a Waktu was read: a time, a word that is no length ("Segera"), unreadable, or blank."""

    KNOWN = "diketahui"
    WORDS = "kata"
    UNKNOWN = "tidak-terbaca"
    BLANK = "kosong"


class Span(Struct, frozen=True):
    """From ``low`` to ``high`` units of a family; ``low`` is 0 for "paling lambat 3 hari"."""

    family: Family
    low: Fraction
    high: Fraction


class Duration(Struct, frozen=True):
    """One Waktu: its words, and its spans (several for "1 hari 2 jam"). ``per`` is what it is counted for
    ("berkas" in "15 menit/berkas"), "" for the whole step."""

    text: str
    kind: DurationKind
    spans: tuple[Span, ...] = ()
    per: str = ""


class Total(Struct, frozen=True):
    """Sum over steps, each counted once: a span for each family met, largest unit first.

    ``blank`` counts the steps without a time, ``unmeasured`` those whose words are no length of time;
    ``per`` names what some times are counted for ("berkas").
    """

    spans: tuple[Span, ...]
    blank: int = 0
    unmeasured: int = 0
    per: tuple[str, ...] = ()

    @property
    def unknown(self) -> int:
        """Steps that the sum leaves out."""
        return self.blank + self.unmeasured


_FAMILIES = tuple(Family)
_UNITS: dict[str, tuple[Family, int | Fraction]] = {
    "detik": (Family.MENIT, Fraction(1, 60)),
    "dtk": (Family.MENIT, Fraction(1, 60)),
    "menit": (Family.MENIT, 1),
    "mnt": (Family.MENIT, 1),
    "jam": (Family.MENIT, 60),
    "hari": (Family.HARI, 1),
    "hr": (Family.HARI, 1),
    "hari kerja": (Family.HARI_KERJA, 1),
    "hr kerja": (Family.HARI_KERJA, 1),
    "hari efektif": (Family.HARI_KERJA, 1),
    "hari kerja efektif": (Family.HARI_KERJA, 1),
    "hari kalender": (Family.HARI, 1),
    "hari kalendar": (Family.HARI, 1),
    "hk": (Family.HARI_KERJA, 1),
    "minggu": (Family.MINGGU, 1),
    "pekan": (Family.MINGGU, 1),
    "bulan": (Family.BULAN, 1),
    "bln": (Family.BULAN, 1),
    "triwulan": (Family.BULAN, 3),
    "semester": (Family.BULAN, 6),
    "tahun": (Family.TAHUN, 1),
    "thn": (Family.TAHUN, 1),
}
_HALVES = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_WORDS = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()  # noqa: SIM905
_SE = {
    "sehari": "1 hari",
    "sejam": "1 jam",
    "semenit": "1 menit",
    "seminggu": "1 minggu",
    "sebulan": "1 bulan",
    "setahun": "1 tahun",
    "setengah": "½",
}

_NUMBER = r"(?:\d{1,2}\s+[1-3]/[2-4]|\d{1,4}(?:[.,]\d{1,2})?\s*[½¼¾]?|[½¼¾]|\d{1,3}/\d{1,3})"
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_RANGE = r"(?:-|–|—|s\s*/\s*d|s\.?\s*d\.?|sampai(?:\s+dengan)?|hingga|atau)"
_PART = re.compile(
    rf"(?:(?P<times>\d{{1,2}})\s*[x×]\s*)?(?P<low>{_NUMBER})\s*"
    rf"(?:(?P<low_unit>{_UNIT})?\s*{_RANGE}\s*(?P<high>{_NUMBER}))?\s*(?P<unit>{_UNIT})\b"
)
_AT_MOST = re.compile(
    r"(?:paling\s+(?:lama|lambat|banyak)|ma(?:ks|x)(?:imal|imum)?\.?|selambat[\s-]*lambatnya|<|≤)\s*:?\s*"
)
_AT_LEAST = re.compile(r"(?:paling\s+(?:cepat|sedikit)|min(?:imal|imum|\.)|lebih\s+dari|>|≥)")
_ABOUT = re.compile(r"(?:±|\+/-|kurang\s+lebih|sekitar|kira-kira|±)\s*")
_PER = re.compile(r"\s*(?:/|per|tiap|setiap)\s*(?P<per>[a-z][a-z ]{0,40})$")
_JOIN = re.compile(r"\s*(?:,|dan|\+|lebih)?\s*")
_FOR_TIME = re.compile(rf"\s*(?:/|per|tiap|setiap)\s*(?:{_UNIT})$")
_ALSO = re.compile(
    r"(?P<first>[^()=]*\w[^()=]*?)\s*(?:\((?:=\s*|atau\s+|/\s*)?(?P<again>[^()]*\d[^()]*)\)"
    r"|[=/]\s*(?P<other>\d[^()=/]*))$"
)
_PRIMES = (
    (re.compile(r"(?<=\d)\s*(?:''|[\"”″])"), " detik"),
    (re.compile(r"(?<=\d)\s*['’′](?!\w)"), " menit"),
)
_SPELLED = re.compile(r"(?P<n>\d+)\s*\(\s*[a-z ]{3,30}\s*\)")


@lru_cache(maxsize=4096)
def parse_duration(text: str | None) -> Duration:
    """Read one Waktu. Any text is allowed; what is not a length of time is WORDS or UNKNOWN, never an error.

    A bare number has no unit and stays UNKNOWN; "-" counts as blank.
    """
    words = text or ""
    plain = " ".join(words.lower().split()).rstrip(".")
    if plain in ("", "-", "–", "—"):
        return Duration(words, DurationKind.BLANK)
    plain = _SPELLED.sub(r"\g<n>", plain)
    if (twice := _ALSO.match(plain)) and (said := _said_twice(words, twice)):
        return said
    for sign, unit in _PRIMES:
        plain = sign.sub(unit, plain)
    for word, meant in _SE.items():
        plain = re.sub(rf"\b{word}\b", meant, plain)
    for number, word in enumerate(_WORDS, 1):
        plain = re.sub(rf"\b{word}\b(?=\s+(?:{_UNIT})\b)", str(number), plain)
    if (rate := _FOR_TIME.search(plain)) and rate.start():  # a rate ("24 jam/hari") is no length
        return Duration(words, DurationKind.UNKNOWN)
    per = ""
    if found := _PER.search(plain):
        plain, per = plain[: found.start()], found["per"].strip()
    at_most = bool(_AT_MOST.match(plain))
    plain = _ABOUT.sub("", _AT_MOST.sub("", plain, count=1) if at_most else plain, count=1).strip()
    spans = None if _AT_LEAST.match(plain) else _spans(plain)
    if spans is None:
        return Duration(words, DurationKind.UNKNOWN if re.search(r"\d", plain) else DurationKind.WORDS)
    if at_most:
        spans = [Span(span.family, Fraction(0), span.high) for span in spans]
    return Duration(words, DurationKind.KNOWN, tuple(spans), per)


def _said_twice(words: str, twice: re.Match[str]) -> Duration | None:
    """A time that is said again ("480 menit (8 jam)", "480 menit = 8 jam"): in one family of units both must
    agree."""
    first, again = parse_duration(twice["first"]), parse_duration(twice["again"] or twice["other"])
    if DurationKind.KNOWN not in (first.kind, again.kind) or first.kind is not again.kind:
        return None
    one, two = sum_durations([first]).spans, sum_durations([again]).spans
    same = {span.family for span in one} == {span.family for span in two}
    if same and one != two:
        return Duration(words, DurationKind.UNKNOWN)
    return Duration(words, DurationKind.KNOWN, first.spans, first.per)


def times_of(steps: Iterable[Any]) -> Iterator[str | None]:
    """The Waktu of each cell of the column: one that is merged over several steps counts once."""
    return (step.waktu for step in steps if "waktu" not in step.gabung)


def said_differently(text: str) -> tuple[str, str] | None:
    """The two times of a text that says one time twice, where they are not the same."""
    twice = _ALSO.match(" ".join(text.lower().split()).rstrip("."))
    if twice is None or parse_duration(text).kind is DurationKind.KNOWN:
        return None
    two = twice["first"].strip(), (twice["again"] or twice["other"]).strip()
    return two if all(parse_duration(one).kind is DurationKind.KNOWN for one in two) else None


def sum_durations(durations: Iterable[Duration]) -> Total:
    """Sum of the known ones by family; the others are counted."""
    return _sum_durations([(duration, 1) for duration in durations])


def _sum_durations(counted: Sequence[tuple[Duration, int]]) -> Total:
    """The same of durations with how often each stands."""
    by_family: dict[Family, list[tuple[Span, int]]] = {}
    for duration, times in counted:
        for span in duration.spans:
            by_family.setdefault(span.family, []).append((span, times))
    spans = tuple(_sum(family, by_family[family]) for family in _FAMILIES if family in by_family)
    blank = sum(times for duration, times in counted if duration.kind is DurationKind.BLANK)
    other = sum(
        times for duration, times in counted if duration.kind in (DurationKind.WORDS, DurationKind.UNKNOWN)
    )
    return Total(spans, blank, other, tuple(dict.fromkeys(d.per for d, _ in counted if d.per)))


def _sum(family: Family, spans: Sequence[tuple[Span, int]]) -> Span:
    low = _sum_of([(span.low, times) for span, times in spans])
    sure = all(span.low is span.high for span, _ in spans)
    return Span(family, low, low if sure else _sum_of([(span.high, times) for span, times in spans]))


def _sum_of(values: Sequence[tuple[Fraction, int]]) -> Fraction:
    """The sum, reckoned in whole parts: adding fractions one by one is slow."""
    ratios = [(times * value.numerator, value.denominator) for value, times in values]
    parts = lcm(*(below for _, below in ratios))
    return Fraction(sum(above * (parts // below) for above, below in ratios), parts)


def total_of(waktu: Iterable[str | None]) -> Total:
    """Sum of free texts; see ``parse_duration``."""
    return _total(tuple(waktu))


@lru_cache(maxsize=1024)
def _total(waktu: tuple[str | None, ...]) -> Total:
    """The sum of an SOP is told in many places of its page, of its record and of the lists."""
    return _sum_durations([(parse_duration(text), times) for text, times in Counter(waktu).items()])


def total_text(total: Total) -> str:
    """A total in words: "75 menit (1 jam 15 menit)", "13 hari dan 1 langkah tanpa waktu"."""
    parts = [span_text(span) for span in total.spans]
    if not parts:
        return "belum diketahui"
    if total.blank:
        parts.append(f"{total.blank} langkah tanpa waktu")
    if total.unmeasured:
        parts.append(f"{total.unmeasured} langkah yang waktunya tidak terukur")
    said = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} dan {parts[-1]}"
    return f"{said}; sebagian dihitung per {', '.join(total.per)}" if total.per else said


def span_text(span: Span) -> str:
    """A span in words: "13 hari", "1–2 hari", "paling lama 3 hari", "75 menit (1 jam 15 menit)"."""
    if span.low == span.high:
        longer = f" ({_hours(span.high)})" if span.family is Family.MENIT and span.high >= 60 else ""
        return f"{number_text(span.high)} {span.family}{longer}"
    longer = (
        f" ({_hours(span.low)} – {_hours(span.high)})"
        if span.family is Family.MENIT and span.low >= 60
        else ""
    )
    if span.low == 0:
        return f"paling lama {number_text(span.high)} {span.family}"
    return f"{number_text(span.low)}–{number_text(span.high)} {span.family}{longer}"


def _hours(minutes: Fraction) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} jam" + (f" {number_text(rest)} menit" if rest else "")


def number_text(value: Fraction) -> str:
    """A number as Indonesian writes it: "13", "1,5"."""
    return f"{value}" if value.denominator == 1 else f"{float(value):.2f}".rstrip("0").replace(".", ",")


def _spans(plain: str) -> list[Span] | None:
    """Spans that fill the whole text, largest unit first, or None."""
    spans: list[Span] = []
    at = 0
    while at < len(plain):
        found = _PART.match(plain, at)
        if not found:
            return None
        span = _span(found)
        if span is None:
            return None
        spans.append(span)
        at = found.end()
        if joined := _JOIN.match(plain, at):
            at = joined.end()
    return spans or None


def _span(found: re.Match[str]) -> Span | None:
    family, factor = _UNITS[found["unit"]]
    high = _value(found["high"] or found["low"])
    low_family, low_factor = _UNITS[found["low_unit"]] if found["low_unit"] else (family, factor)
    low = _value(found["low"])
    if low is None or high is None or low_family is not family:
        return None
    times = int(found["times"] or 1)
    low, high = times * low * (low_factor if found["high"] else factor), times * high * factor
    return Span(family, low, low if low == high else high) if low <= high else None


def _value(text: str) -> Fraction | None:
    text = text.strip()
    if " " in text and "/" in text:  # "1 1/2"
        whole_, _, part = text.partition(" ")
        return Fraction(whole_) + Fraction(part.strip())
    half = _HALVES.get(text[-1:], Fraction(0))
    whole = (text[:-1] if half else text).strip().replace(",", ".")
    try:
        return half + (Fraction(whole) if whole else 0)
    except ZeroDivisionError:
        return None
