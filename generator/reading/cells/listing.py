"""A sheet that only lists SOPs → the word that it is a register; on request an SOP for each row."""

from __future__ import annotations

import re

from generator.reading.cells.matrix import Field, Matrix
from generator.reading.seen import Box
from generator.reading.understood import Doubt, Identity, Place, Words
from generator.reading.words import VALUES, heading, label, plain

_NAME = re.compile(r"(?:nama|judul)(?: (?:sop|standar operasional prosedur|prosedur))?(?: ap)?|sop")
_OFFICE = re.compile(r"(?:bidang|unit|unit kerja|bagian|seksi|perangkat daerah|opd|skpd|instansi)(?: .*)?")


def _header(sheet: Matrix) -> tuple[int, dict[str, Field]] | None:
    """The row that heads a list of SOPs, with the columns that it names."""
    for row in range(min(sheet.rows, 40)):
        own = sheet.row(row)
        if len(own) < 3 or any(heading(f.text) == "kegiatan" for f in own):
            continue
        found: dict[str, Field] = {}
        for f in own:
            flat = plain(f.text)
            key = "nama" if _NAME.fullmatch(flat) else "kop" if _OFFICE.fullmatch(flat) else label(f.text)
            if flat in ("no", "no urut", "nomor urut"):
                key = "urut"
            if key:
                found.setdefault(key, f)
        if "nama" in found and len(found) >= 2 and all(f.row == row for f in found.values()):
            names = [
                f
                for r in range(row + 1, sheet.rows)
                for f in sheet.row(r)
                if f.column == found["nama"].column
            ]
            others = sum(bool(label(f.text)) for f in names)
            if len(names) >= 2 and not others:
                return row, found
    return None


def listed(sheet: Matrix, name: str) -> Doubt | None:
    """What to say of a page that is a register of SOPs."""
    found = _header(sheet)
    if found is None:
        return None
    count = len(list(entries(sheet)))
    said = f"{name} adalah daftar {count} SOP, bukan SOP; untuk menjadikannya SOP tanpa langkah: --daftar"
    return Doubt("halaman", said, Place(sheet.number, Box(0.0, 0.0, sheet.xs[-1], sheet.ys[-1])))


def unnamed(sheet: Matrix) -> list[Field]:
    """What stands in a register and belongs to no SOP of it: above its heading, in rows without a name."""
    header = _header(sheet)
    if header is None:
        return []
    row, columns = header
    named = {f.row for f in sheet.fields if f.row > row and f.column == columns["nama"].column}
    return [f for f in sheet.fields if f.row != row and f.row not in named]


def entries(sheet: Matrix) -> list[Identity]:
    """An identity for each row of a register, with all that stands in it."""
    header = _header(sheet)
    if header is None:
        return []
    row, columns = header
    found = []
    for r in range(row + 1, sheet.rows):
        own = {f.column: f for f in sheet.row(r)}
        name = own.get(columns["nama"].column)
        if name is None:
            continue
        values = {
            key: sheet.words(own[f.column], own[f.column].flat)
            for key, f in columns.items()
            if key in VALUES and f.column in own
        }
        office = columns.get("kop")
        kop = (own[office.column].flat,) if office is not None and office.column in own else ()
        known = {f.column for f in columns.values()}
        place = sheet.place(name)
        doubts = [
            Doubt("nama", f"'{f.flat}' di {f.place} tidak dibawa", Place(place.page, f.box, f.place))
            for c, f in own.items()
            if c not in known
        ]
        values["nama"] = Words(name.flat, place)
        found.append(Identity(values, {}, kop, tuple(doubts), sheet.number))
    return found
