"""Tree → a single value of a kind that SOPs and registers have: a day, a moment, a colour, a link to a file,
+ problems of form."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime

from generator.data.load import MappingNode, Tree
from generator.data.validate.read import Problems, error, filled, kind, link, text
from generator.model.colours import colour as shade
from generator.model.dates import parse_date


def day(tree: Tree, out: Problems) -> str | None:
    """A date that can be read."""
    value = filled(tree, out)
    if value is None or parse_date(value) is not None:
        return value
    out.append(
        error(tree.position, f"tanggal '{value}' tidak dapat dibaca", "tulis misalnya 16 Januari 2019")
    )
    return None


def moment(tree: Tree, out: Problems) -> str | None:
    """A moment as ISO 8601 says it."""
    value = filled(tree, out)
    if value is None:
        return None
    with suppress(ValueError):
        return datetime.fromisoformat(value).isoformat()
    hint = "tulis misalnya 2026-11-20T09:15:00+07:00"
    out.append(error(tree.position, f"waktu '{value}' tidak dapat dibaca", hint))
    return None


def marks(tree: Tree, out: Problems) -> dict[str, str] | None:
    """Marks by what they are of."""
    if not isinstance(tree, MappingNode):
        out.append(error(tree.position, f"di sini harus ada kelompok kunci, bukan {kind(tree)}"))
        return None
    found = {name: text(entry.value, out) for name, entry in tree.entries.items()}
    return {name: value for name, value in found.items() if value is not None}


def signed_copy(tree: Tree, out: Problems) -> str | None:
    """A link, or a PDF in the folder of signed copies."""
    value = filled(tree, [])
    if value is not None and re.fullmatch(r"naskah/[A-Za-z0-9][\w.-]*\.pdf", value, re.ASCII):
        return value
    return link(tree, out)


def data_hash(tree: Tree, out: Problems) -> str | None:
    """The first digits of a hash of the data."""
    value = filled(tree, out)
    if value is None or re.fullmatch(r"[0-9a-f]{8,64}", value):
        return value
    hint = "salin angka dan huruf sesudah kata 'data' pada kaki halaman salinannya"
    out.append(error(tree.position, f"sidik data '{value}' tidak dapat dipakai", hint))
    return None


def colour(tree: Tree, out: Problems) -> str | None:
    """A colour, as ``#rrggbb``."""
    value = filled(tree, out)
    if value is None:
        return None
    found = shade(value)
    if found is None:
        hint = "tulis enam angka heksadesimal, misalnya warna: '#12395b'"
        out.append(error(tree.position, f"warna '{value}' tidak dikenal", hint))
    return found


LAW_KINDS = {
    "Undang-Undang": r"(?:uu|undang-undang)\b",
    "Peraturan Pemerintah": r"(?:pp|peraturan pemerintah)\b",
    "Peraturan Presiden": r"(?:perpres|peraturan presiden)\b",
    "Peraturan Menteri": r"(?:permen\w*|peraturan menteri)\b",
    "Peraturan Daerah": r"(?:perda|peraturan daerah)\b",
    "Peraturan Bupati": r"(?:perbup|peraturan bupati)\b",
    "Surat Edaran": r"(?:se|surat edaran)\b",
}
"""How the names of laws begin, whole and as they are cited."""
