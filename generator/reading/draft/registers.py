"""Names as printed + registers → ids: of actors, laws, units and SOPs; for what is new, its entry.

Known is what says the same in other letters ("UU No. 25 Th 2009 ttg …"); what only looks alike is taken with
a doubt. A new entry says what was printed and claims nothing more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.validate.read import like_id
from generator.data.writing.yaml_style import Plain
from generator.model.registers import Peraturan

_SHORT = {
    "uu": "undang undang",
    "undangundang": "undang undang",
    "pp": "peraturan pemerintah",
    "perpres": "peraturan presiden",
    "keppres": "keputusan presiden",
    "inpres": "instruksi presiden",
    "permen": "peraturan menteri",
    "permenpan": "peraturan menteri pan",
    "permendagri": "peraturan menteri dalam negeri",
    "permenkeu": "peraturan menteri keuangan",
    "pmk": "peraturan menteri keuangan",
    "perda": "peraturan daerah",
    "pergub": "peraturan gubernur",
    "perbup": "peraturan bupati",
    "perwali": "peraturan wali kota",
    "walikota": "wali kota",
    "perka": "peraturan kepala",
    "perban": "peraturan badan",
    "bps": "badan pusat statistik",
    "no": "nomor",
    "nomer": "nomor",
    "th": "tahun",
    "thn": "tahun",
    "ttg": "tentang",
    "tntg": "tentang",
    "ri": "republik indonesia",
}
_DROPPED = re.compile(r"\brepublik indonesia\b")
MARKER = re.compile(
    r"\s*(?:[-•·▪●○◦∙*–—➢✓\uf0b7\uf0a7\uf0d8\uf0fc\u2023]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.,)])\s+",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"(?P<jenis>[^\d]*?)[\s,]*\b(?:nomor|nomer|no)\b[.:]?\s*(?P<nomor>[\w./\-]+(?:\s*/\s*[\w.\-]+)*)"
    r"(?:\s*,?\s*(?:tahun|thn|th)\b\.?\s*(?P<tahun>\d{4}))?\s*,?\s*(?:(?:tentang|ttg|tntg)\b\.?:?\s*(?P<judul>.+))?",
    re.IGNORECASE | re.DOTALL,
)


class Match(Struct, frozen=True):
    """An id, the doubt with which it was taken ("" for none), and the entry of the register if it is new.
    ``other``: how the register spells what is no other law, only printed otherwise."""

    id: str
    doubt: str = ""
    entry: Mapping[str, Plain] | None = None
    other: str = ""


def unmarked(line: str) -> str:
    """A line of a list without its marker and what only ends it."""
    found = MARKER.match(line)
    return line[found.end() if found else 0 :].strip().rstrip(";").strip()


def flat(text: str) -> str:
    """What a name says whatever its letters, signs and usual abbreviations."""
    plain = unicodedata.normalize("NFKC", "".join(c for c in text if unicodedata.category(c) != "Cf"))
    words = re.findall(r"[^\W_]+", plain.casefold())
    return " ".join(" ".join(_SHORT.get(word, word) for word in words).split())


def actor(heading: str, group: str, taken: Mapping[str, str], registers: Catalogue | None) -> Match:
    """The actor of a column. ``taken`` are the ids and names of columns and new actors before it."""
    known = registers.pelaksana.values() if registers else ()
    said = flat(heading)
    for one in known:
        if said in (flat(one.nama), flat(one.lengkap or "")) and one.id not in taken:
            return Match(one.id)
    full = f"{heading} {group}".strip()
    near = _nearest(said, {one.id: flat(one.nama) for one in known if one.id not in taken})
    if near and registers:
        other = registers.pelaksana[near].nama
        return Match(near, f"tertulis '{heading}', dianggap '{other}' dari {registers.place('pelaksana')}")
    entry: dict[str, Plain] = {"nama": heading}
    if group:
        entry["lengkap"] = full
    return Match(_free(like_id(full), "pelaksana", {*taken, *(one.id for one in known)}), entry=entry)


def law(line: str, taken: Mapping[str, str], registers: Catalogue | None) -> Match:
    """The law of a citation. ``taken`` are the ids and citations of new laws before it."""
    text = unmarked(line)
    said = _law_key(text)
    for one in registers.hukum.values() if registers else ():
        if said == _law_key(one.kutipan):
            return Match(one.id)
    for id, other in taken.items():
        if said == _law_key(other):
            return Match(id)
    for one in registers.hukum.values() if registers else ():
        if said in (_law_key(one.nama), _law_key(one.dimaksud or "")):
            return Match(one.id)
    parts = _LAW.match(text)
    if parts and registers and (same := _same_law(parts, registers.hukum.values())):
        if _misprint(said, _law_key(same.kutipan)):
            return Match(same.id, other=same.kutipan)
        other = f"daftar hukum menulisnya '{_brief(same.kutipan)}'"
        return Match(same.id, f"naskah mengutip '{_brief(text)}'; {other}")
    ids = {*taken, *(registers.hukum if registers else ())}
    if parts and parts["jenis"].strip():
        return _new_law(text, parts, ids)
    entry: dict[str, Plain] = {
        "kutipan": text,
        "jenis": "-",
        "nomor": "-",
        "tahun": "-",
        "judul": text,
        "keyakinan": "belum-diperiksa",
    }
    return Match(
        _free(like_id(text)[:40].strip("-"), "hukum", ids), f"'{text}' tidak terbaca sebagai peraturan", entry
    )


_LETTERS = 2
"""So many letters are a misprint in the title of a law that is known by its kind, number and year."""


def _misprint(one: str, two: str) -> bool:
    from rapidfuzz.distance import Levenshtein  # loaded only where a law is cited in other letters

    digits = re.findall(r"\d+", one) == re.findall(r"\d+", two)
    return digits and Levenshtein.distance(one, two, score_cutoff=_LETTERS) <= _LETTERS


def _brief(text: str) -> str:
    """The ends of a long text."""
    return text if len(text) <= 150 else f"{text[:100].rstrip()} … {text[-45:].lstrip()}"


def _law_key(text: str) -> str:
    return " ".join(_DROPPED.sub(" ", flat(text)).split())


def _new_law(text: str, parts: re.Match[str], ids: set[str]) -> Match:
    number = re.sub(r"\s", "", parts["nomor"]).strip(".,")
    year = parts["tahun"] or next(iter(re.findall(r"(?:19|20)\d\d", number)), "")
    title = (parts["judul"] or "").strip().rstrip(".;")
    kind = " ".join(parts["jenis"].split()).strip(" ,")
    short = next((s for s, long in _SHORT.items() if long == _law_key(kind)), like_id(kind))
    doubt = "" if year and title else f"'{text}': tahun atau judulnya tidak terbaca"
    entry: dict[str, Plain] = {
        "kutipan": text,
        "jenis": kind,
        "nomor": number,
        "tahun": year or "-",
        "judul": title or "-",
        "status": "belum-diperiksa",
        "keyakinan": "belum-diperiksa",
    }
    id = like_id(f"{short} {number}" + (f" {year}" if year and year not in number else ""))
    return Match(_free(id, "hukum", ids), doubt, entry)


def _same_law(parts: re.Match[str], laws: Iterable[Peraturan]) -> Peraturan | None:
    """A law of that kind, number and year, cited in other words."""
    key = (_law_key(parts["jenis"]), flat(parts["nomor"]), parts["tahun"] or "")
    return next(
        (
            one
            for one in laws
            if (_law_key(one.jenis), flat(one.nomor), one.tahun) == key or _cited(one.kutipan) == key
        ),
        None,
    )


def _cited(text: str) -> tuple[str, str, str] | None:
    parts = _LAW.match(text)
    return (_law_key(parts["jenis"]), flat(parts["nomor"]), parts["tahun"] or "") if parts else None


def unit(kop: Sequence[str], registers: Catalogue | None) -> Match | None:
    """The unit whose letterhead this is: of just these lines, or named by the last line that names one."""
    units = list(registers.unit.values()) if registers else []
    said = [flat(line) for line in kop]
    for one in units:
        if said and [flat(line) for line in one.kop] == said:
            return Match(one.id)
    whole = f" {' '.join(said)} "
    named = [one for one in units if f" {flat(one.nama)} " in whole]
    if named:
        best = max(named, key=lambda one: whole.rfind(f" {flat(one.nama)} "))
        return Match(best.id)
    if len(units) == 1:
        return Match(units[0].id, "unit tidak terbaca dari kop; diisi satu-satunya unit yang terdaftar")
    return None


def related(line: str, registers: Catalogue | None) -> Plain:
    """A related SOP: its text, and its name here if it is one of ours."""
    text = unmarked(line)
    said = flat(text).removeprefix("sop ")
    sops = registers.sop.values() if registers else ()
    slug = next((sop.slug for sop in sops if flat(sop.nama).removeprefix("sop ") == said), None)
    return {"teks": text, "sop": slug} if slug else text


def _nearest(said: str, known: Mapping[str, str]) -> str | None:
    """An id whose name differs by a letter or two."""
    from rapidfuzz import fuzz, process  # loaded only where a name is not known

    if len(said) < 8:
        return None
    found = process.extractOne(said, known, scorer=fuzz.ratio, score_cutoff=93)
    if found is None or re.findall(r"\d+", found[0]) != re.findall(r"\d+", said):
        return None
    return str(found[2])


def _free(id: str, otherwise: str, taken: set[str]) -> str:
    """An id that is none yet."""
    base = id if id[:1].isalpha() else f"{otherwise}-{id}".strip("-")
    free, count = base, 2
    while free in taken:
        free, count = f"{base[:74]}-{count}", count + 1
    return free
