"""What a clerk types as an actor, unit, law or SOP → the one that is meant, or an entry for its register."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from msgspec import Struct

from generator.data.validate.read import MAX_ID, like_id
from generator.edit.known import Known, NewEntry, plain_entry


class Named(Struct, frozen=True):
    """What a name stands for: the id, and the entry that its register needs for it."""

    id: str
    entry: NewEntry | None = None


class Unclear(Exception):
    """A text that cannot be taken for a name; says what to write instead."""


KINDS = {
    "uu": "Undang-Undang",
    "undang-undang": "Undang-Undang",
    "perppu": "Peraturan Pemerintah Pengganti Undang-Undang",
    "pp": "Peraturan Pemerintah",
    "peraturan pemerintah": "Peraturan Pemerintah",
    "perpres": "Peraturan Presiden",
    "peraturan presiden": "Peraturan Presiden",
    "keppres": "Keputusan Presiden",
    "inpres": "Instruksi Presiden",
    "permenpanrb": "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    "permenpan-rb": "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    "permenpan": "Peraturan Menteri Pendayagunaan Aparatur Negara",
    "permendagri": "Peraturan Menteri Dalam Negeri",
    "permenkominfo": "Peraturan Menteri Komunikasi dan Informatika",
    "permenkeu": "Peraturan Menteri Keuangan",
    "pmk": "Peraturan Menteri Keuangan",
    "permenkes": "Peraturan Menteri Kesehatan",
    "permendikbud": "Peraturan Menteri Pendidikan dan Kebudayaan",
    "perda": "Peraturan Daerah",
    "pergub": "Peraturan Gubernur",
    "perbup": "Peraturan Bupati",
    "perwali": "Peraturan Wali Kota",
    "perwal": "Peraturan Wali Kota",
    "kepmen": "Keputusan Menteri",
    "kepgub": "Keputusan Gubernur",
    "kepbup": "Keputusan Bupati",
    "se": "Surat Edaran",
    "surat edaran": "Surat Edaran",
}
"""The short words for kinds of laws, as clerks write them, and the whole ones."""
_LAW = re.compile(
    r"(?P<kind>\S.*?),?\s+(?:nomor|no\.?)\s*:?\s*(?P<number>\S+?),?"
    r"(?:\s+tahun\s+(?P<year>\d{4}))?,?\s+tentang\s+(?P<title>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_EXAMPLE = "tulis seperti: UU Nomor 25 Tahun 2009 tentang Pelayanan Publik"


def actor(text: str, known: Known) -> Named:
    """An actor by its heading, its full name or its id."""
    words = _words(text)
    for id, one in known.register.pelaksana.items():
        if words.casefold() in {id, one.nama.casefold(), (one.lengkap or "").casefold()}:
            return Named(id)
    return _new("pelaksana", words, plain_entry(nama=words), known.register.pelaksana)


def unit(text: str, known: Known) -> Named:
    """A unit by its name, its short name or its id; a new one stands below the only one that is on top."""
    words = _words(text)
    for id, one in known.register.unit.items():
        if words.casefold() in {id, one.nama.casefold(), (one.singkatan or "").casefold()}:
            return Named(id)
    tops = [one for one in known.register.unit.values() if one.induk is None]
    above = tops[0] if len(tops) == 1 else None
    form = plain_entry(
        nama=words,
        induk=above.id if above else None,
        kop=[*above.kop, words.upper()] if above and above.kop else None,
    )
    return _new("unit", words, form, known.register.unit)


def law(text: str, known: Known) -> Named:
    """A law by the text as cited or by its id; a new one is parted into kind, number, year and title."""
    words = _words(text)
    for id, one in known.register.hukum.items():
        if words.casefold() in {id, one.kutipan.casefold(), one.nama.casefold()}:
            return Named(id)
    try:
        form = law_form(words)
    except Unclear:
        if only := _only(words, known):
            return Named(only)
        raise
    short = words.split()[0] if words.split()[0].casefold() in KINDS else _initials(str(form["jenis"]))
    id = _free(f"{short} {_rest_of_kind(words)} {form['nomor']} {form['tahun']}", known.register.hukum)
    return Named(id, NewEntry("hukum", id, form))


def _only(words: str, known: Known) -> str | None:
    """The one law of the register that says all these words ("perbup 43"). Raises ``Unclear`` for several."""
    wanted = words.casefold().split()
    found = []
    for id, one in known.register.hukum.items():
        said = set(re.findall(r"[^\s,;]+", f"{id.replace('-', ' ')} {one.kutipan} {one.nama}".casefold()))
        if all(word in said for word in wanted):
            found.append(id)
    if len(found) > 1:
        choice = "; ".join(known.register.hukum[id].kutipan for id in found[:4])
        raise Unclear(f"ada {len(found)} peraturan seperti itu: {choice}. Tulis lebih lengkap")
    return found[0] if found else None


def law_form(cited: str) -> dict[str, str]:
    """Kind, number, year and title of a law as cited. Raises ``Unclear``."""
    found = _LAW.fullmatch(cited)
    if found is None:
        raise Unclear(f"peraturan ini belum terbaca; {_EXAMPLE}")
    number, year = found["number"].strip(","), found["year"]
    if year is None and (inside := re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", number)):
        year = inside[-1]
    if year is None:
        raise Unclear(f"tahun peraturan ini belum terbaca; {_EXAMPLE}")
    return {
        "kutipan": cited,
        "jenis": _kind(found["kind"]),
        "nomor": number,
        "tahun": year,
        "judul": found["title"].strip().rstrip(".;"),
    }


def sop(text: str, known: Known) -> str | None:
    """The slug of an SOP by its name; None where none of ours has that name."""
    words = re.sub(r"^sop\s+", "", _words(text).casefold())
    for slug, name in known.names.items():
        if words in {slug, name.casefold(), re.sub(r"^sop\s+", "", name.casefold())}:
            return slug
    return None


def _words(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise Unclear("belum ada nama yang ditulis")
    return words


def _new(register: str, words: str, form: dict[str, Any], taken: Collection[str]) -> Named:
    id = _free(words, taken)
    return Named(id, NewEntry(register, id, form))


def _free(words: str, taken: Collection[str]) -> str:
    """An id like a text that none has yet."""
    like = like_id(words)[: MAX_ID - 4].strip("-") or "baru"
    like = like if like[0].isalpha() else f"x-{like}"
    number, id = 2, like
    while id in taken:
        number, id = number + 1, f"{like}-{number}"
    return id


def _kind(words: str) -> str:
    """The whole words for a kind of law: "Perda Kabupaten Badung" → "Peraturan Daerah Kabupaten Badung"."""
    plain = " ".join(words.split())
    for short in sorted(KINDS, key=len, reverse=True):
        if re.match(rf"{re.escape(short)}\b(?!-)", plain, re.IGNORECASE):
            return f"{KINDS[short]}{plain[len(short) :]}"
    return plain


def _rest_of_kind(cited: str) -> str:
    found = _LAW.fullmatch(cited)
    words = found["kind"].split() if found else []
    return " ".join(w for w in words[1:] if w.casefold() not in _PLACES) if words else ""


_PLACES = frozenset({"kabupaten", "kota", "provinsi", "republik", "indonesia", "pemerintah", "daerah"})


def _initials(kind: str) -> str:
    return next((short for short, whole in KINDS.items() if whole == kind), kind.split()[0])
