"""Free-text Waktu: what can be read is read, what cannot stays unknown, and sums never convert."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.durations import (
    DurationKind,
    Family,
    Span,
    parse_duration,
    sum_durations,
    total_of,
    total_text,
)


def span(family: Family, low: float | Fraction, high: float | None = None) -> Span:
    return Span(family, Fraction(low), Fraction(low if high is None else high))


MENIT, HARI, KERJA, BULAN = Family.MENIT, Family.HARI, Family.HARI_KERJA, Family.BULAN


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("1 Hari", [span(HARI, 1)]),
        ("1-2 hari", [span(HARI, 1, 2)]),
        ("1 – 20 Hari Kerja", [span(KERJA, 1, 20)]),
        ("2 s.d 3 bulan", [span(BULAN, 2, 3)]),
        ("3 s/d 5 bulan", [span(BULAN, 3, 5)]),
        ("2 sampai dengan 3 minggu", [span(Family.MINGGU, 2, 3)]),
        ("paling lambat 3 hari", [span(HARI, 0, 3)]),
        ("Maksimal 10 hari kerja.", [span(KERJA, 0, 10)]),
        ("2 Jam", [span(MENIT, 120)]),
        ("1 jam 30 menit", [span(MENIT, 60), span(MENIT, 30)]),
        ("½ jam", [span(MENIT, 30)]),
        ("1½ jam", [span(MENIT, 90)]),
        ("1,5 jam", [span(MENIT, 90)]),
        ("setengah jam", [span(MENIT, 30)]),
        ("30 menit - 1 jam", [span(MENIT, 30, 60)]),
        ("1 (satu) hari", [span(HARI, 1)]),
        ("dua hari", [span(HARI, 2)]),
        ("± 15 menit", [span(MENIT, 15)]),
        ("3 x 24 jam", [span(MENIT, 72 * 60)]),
        ("1 hari, 2 jam", [span(HARI, 1), span(MENIT, 120)]),
        ("  5\n Menit ", [span(MENIT, 5)]),
        ("2 hari efektif", [span(KERJA, 2)]),
        ("3 hari kalender", [span(HARI, 3)]),
        ("1 hr kerja", [span(KERJA, 1)]),
        ("1 semester", [span(BULAN, 6)]),
        ("90 detik", [span(MENIT, Fraction(3, 2))]),
        ("30'", [span(MENIT, 30)]),
        ("5’", [span(MENIT, 5)]),
        ("1 1/2 jam", [span(MENIT, 90)]),
        ("max 3 hari", [span(HARI, 0, 3)]),
        ("Maks. 2 hari kerja", [span(KERJA, 0, 2)]),
        ("480 Menit (8 Jam)", [span(MENIT, 480)]),
        ("1 hari (8 jam)", [span(HARI, 1)]),
        ("480 menit = 8 jam", [span(MENIT, 480)]),
        ("8 Jam / 480 Menit", [span(MENIT, 480)]),
        ("2 hari atau 3 hari", [span(HARI, 2, 3)]),
    ],
)
def test_a_length_of_time_is_read(text: str, spans: list[Span]) -> None:
    duration = parse_duration(text)
    assert duration.kind is DurationKind.KNOWN
    assert list(duration.spans) == spans
    assert duration.text == text


def test_what_it_is_counted_for_is_kept() -> None:
    assert parse_duration("15 menit/berkas").per == "berkas"
    assert parse_duration("10 menit per orang").per == "orang"
    assert total_text(total_of(["15 menit/berkas", "5 menit"])) == "20 menit; sebagian dihitung per berkas"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Segera", DurationKind.WORDS),
        ("Sesuai kebutuhan", DurationKind.WORDS),
        ("Semesteran", DurationKind.WORDS),
        ("Setiap hari", DurationKind.WORDS),
        ("5", DurationKind.UNKNOWN),
        ("07.30 - 10.00 WIB", DurationKind.UNKNOWN),
        ("minimal 3 hari", DurationKind.UNKNOWN),
        ("3 - 2 hari", DurationKind.UNKNOWN),
        ("1 jam - 2 hari", DurationKind.UNKNOWN),
        ("1/0 jam", DurationKind.UNKNOWN),
        ("H-3 hari", DurationKind.UNKNOWN),
        ("24 jam/hari", DurationKind.UNKNOWN),
        ("480 menit (7 jam)", DurationKind.UNKNOWN),
        ("", DurationKind.BLANK),
        ("-", DurationKind.BLANK),
        (None, DurationKind.BLANK),
    ],
)
def test_what_is_no_length_stays_unknown(text: str | None, kind: DurationKind) -> None:
    duration = parse_duration(text)
    assert (duration.kind, duration.spans) == (kind, ())


@pytest.mark.parametrize(
    ("waktu", "words"),
    [
        (["30 menit", "45 Menit"], "75 menit (1 jam 15 menit)"),
        (["1 Hari", "2 hari", None], "3 hari dan 1 langkah tanpa waktu"),
        (["1-2 hari", "3 hari"], "4–5 hari"),
        (["1 jam", "30 - 60 menit"], "90–120 menit (1 jam 30 menit – 2 jam)"),
        (["1 hari", "1 hari kerja", "10 menit"], "1 hari kerja, 1 hari dan 10 menit"),
        (["30 Menit", "Segera"], "30 menit dan 1 langkah yang waktunya tidak terukur"),
        (["paling lama 3 hari"], "paling lama 3 hari"),
        ([None, "-"], "belum diketahui"),
        (["Segera"], "belum diketahui"),
        ([], "belum diketahui"),
    ],
)
def test_a_total_is_said_for_each_family_of_units(waktu: list[str | None], words: str) -> None:
    assert total_text(total_of(waktu)) == words


@given(st.text(max_size=40) | st.text(st.sampled_from("0123456789-–½/., ()xharikejmnts"), max_size=20))
def test_no_text_raises(text: str) -> None:
    duration = parse_duration(text)
    assert (duration.kind is DurationKind.KNOWN) == bool(duration.spans)
    assert all(0 <= s.low <= s.high for s in duration.spans)
    assert total_text(sum_durations([duration]))


TIMES = st.builds(
    lambda low, more, unit: f"{low} - {low + more} {unit}" if more else f"{low} {unit}",
    st.integers(1, 50),
    st.integers(0, 5),
    st.sampled_from(["menit", "Jam", "hari", "Hari Kerja", "minggu", "bulan", "tahun"]),
)


@given(st.lists(TIMES | st.sampled_from(["", "Segera", "7"]), max_size=8), st.randoms())
def test_a_sum_does_not_depend_on_the_order_and_leaves_nothing_out(waktu: list[str], random: object) -> None:
    mixed = list(waktu)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = total_of(waktu), total_of(mixed)
    assert (one.spans, one.unknown) == (other.spans, other.unknown)
    known = [parse_duration(text) for text in waktu if parse_duration(text).kind is DurationKind.KNOWN]
    assert one.unknown == len(waktu) - len(known)
    assert sum(s.high for s in one.spans) == sum(s.high for d in known for s in d.spans)
