"""A value from a hidden cell of our workbook → the same if a typed file could hold it, or a word why not.

What stands in a workbook may be anybody's, so the schema of typed files judges it, key by key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator.data.load import MAX_DEPTH, Entry, Items, MappingNode, ScalarNode, Tree, forbidden
from generator.data.validate.read import Field, Problems, lines, suggest
from generator.data.validate.schema import SOP_FIELDS
from generator.data.validate.steps import CHART_FIELDS
from generator.model.problems import Position, Problem, Severity
from generator.reading.xlsx.rows import Sheet

_OWN: Mapping[str, Field] = {
    **{key: field for key, field in SOP_FIELDS.items() if key not in ("kegiatan", "alur")},
    "slug": Field(lines, "Nama berkas SOP."),
    "tampak": Field(lambda tree, out: tree, "Yang tampak di lembar SOP."),
    "alur": Field(lambda tree, out: tree, "Tabel-tabel SOP, tanpa langkahnya."),
}
CHART = {key: field for key, field in CHART_FIELDS.items() if key != "kegiatan"}
_NUMBERED = ("versi", "tinjau_ulang_bulan", "tinjauan")
"""Keys whose values hold numbers; all others are texts."""


Cell = tuple[Position, str]
"""Where a cell stands, for a problem and in words."""


def place_of(sheet: Sheet, row: int, column: int) -> Cell:
    from openpyxl.utils import get_column_letter  # see workbook.opened

    return Position(sheet.file, row, column), f"lembar '{sheet.name}' sel {get_column_letter(column)}{row}"


def told(cell: Cell, message: str, hint: str) -> Problem:
    return Problem(cell[0], Severity.WARNING, f"{cell[1]}: {message}", hint, "impor")


_EXPORT = "ekspor ulang SOP ini, lalu salin perubahan Anda ke buku kerja yang baru"


def read_key(key: str, text: str, cell: Cell, out: Problems) -> Any:
    """The value of one row of the hidden sheet; None where it cannot be read."""
    if key not in _OWN:
        out.append(told(cell, f"kunci '{key}' tidak dikenal", suggest(key, _OWN)))
        return None
    found = loaded(text, cell, out)
    return held({key: found}, _OWN, cell, out).get(key)


def loaded(text: str, cell: Cell, out: Problems) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        out.append(told(cell, "isi sel ini rusak dan tidak dapat dibaca", _EXPORT))
        return None


def held(form: Mapping[str, Any], fields: Mapping[str, Field], cell: Cell, out: Problems) -> dict[str, Any]:
    """What of a mapping a typed file could hold, key by key; the rest is told."""
    sound: dict[str, Any] = {}
    for key, value in form.items():
        if value is None:
            continue
        if key not in fields:
            out.append(told(cell, f"kunci '{key}' tidak dikenal", suggest(key, fields)))
            continue
        wrong: Problems = []
        try:
            fields[key].read(_tree(value, cell[0], numbers=key in _NUMBERED), wrong)
        except ValueError as error:
            out.append(told(cell, f"'{key}': {error}", _EXPORT))
            continue
        errors = [problem for problem in wrong if problem.severity is Severity.ERROR]
        out += [told(cell, f"'{key}': {problem.message}", problem.hint or _EXPORT) for problem in errors]
        if not errors:
            sound[key] = value
    return sound


def _tree(value: Any, where: Position, numbers: bool, depth: int = 0) -> Tree:
    """A plain value as a file would have it. Raises ``ValueError`` where no file could."""
    if depth > MAX_DEPTH:
        raise ValueError("susunannya terlalu dalam")
    if isinstance(value, Mapping):
        entries = {
            key: Entry(_text(key, where), _tree(item, where, numbers, depth + 1))
            for key, item in value.items()
        }
        return MappingNode(entries, where)
    if isinstance(value, list):
        return Items(tuple(_tree(item, where, numbers, depth + 1) for item in value), where)
    if value is None:
        return ScalarNode("", where, True)
    if numbers and isinstance(value, int) and not isinstance(value, bool):
        return ScalarNode(str(value), where)
    return _text(value, where)


def _text(value: Any, where: Position) -> ScalarNode:
    if not isinstance(value, str):
        raise ValueError("di sini harus ada teks")
    if sign := forbidden(value):
        raise ValueError(f"teks memuat tanda kendali U+{ord(sign):04X}")
    return ScalarNode(value, where)
