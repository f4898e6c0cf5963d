"""Workbook that was written here and came back → drafts, with what was changed in Excel since.

A cell that was changed wins over the JSON beside it. What stands in the workbook may be anybody's: each value
of its hidden parts is read by the same schema as a typed file, and left out, with its cell named, where that
refuses it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from generator.data.load import MAX_DEPTH, Entry, Items, MappingNode, ScalarNode, Tree, forbidden
from generator.data.validate.read import Field, Problems, is_slug, like_slug, lines, suggest
from generator.data.validate.schema import SOP_FIELDS
from generator.data.validate.steps import CHART_FIELDS, STEP_FIELDS
from generator.form import LABEL_RESMI
from generator.formats.xlsx.cells import clean
from generator.formats.xlsx.workbook import (
    BOXES,
    CELLS,
    DATA_HEADING,
    DATA_SHEET,
    MARK,
    TOLD,
    VALUES,
    key_mark,
)
from generator.model.problems import Position, Problem, Severity
from generator.reading.tables.draft import Draft
from generator.reading.tables.grid import Rows, Sheet

_OWN: Mapping[str, Field] = {
    **{key: field for key, field in SOP_FIELDS.items() if key not in ("kegiatan", "alur")},
    "slug": Field(lines, "Nama berkas SOP."),
    "tampak": Field(lambda tree, out: tree, "Yang tampak di lembar SOP."),
    "alur": Field(lambda tree, out: tree, "Tabel-tabel SOP, tanpa langkahnya."),
}
_CHART = {key: field for key, field in CHART_FIELDS.items() if key != "kegiatan"}


def is_ours(sheets: Sequence[Sheet]) -> bool:
    """Whether a workbook was written here."""
    return any(s.name == DATA_SHEET and s.rows and s.rows[0][:1] == (MARK,) for s in sheets)


def from_workbook(sheets: Sequence[Sheet]) -> list[Draft]:
    """The SOPs of a workbook that was written here, with what was changed in it since. What cannot be read is
    left open, and told."""
    kept: dict[str, dict[str, Any]] = {}
    refused: dict[str, list[Problem]] = {}
    for sheet in sheets:
        for at, row in enumerate(sheet.rows if sheet.name == DATA_SHEET else (), 1):
            name, key, text = (*row, "", "", "")[:3]
            if at > 1 and name:
                out = refused.setdefault(name, [])
                value = _read_key(key, text, _cell(sheet, at, 3), out)
                kept.setdefault(name, {})
                if key in kept[name]:
                    out.append(_odd(_cell(sheet, at, 2), f"'{key}' ditulis dua kali", "ekspor ulang SOP ini"))
                elif value is not None:
                    kept[name][key] = value
    drafts = []
    for sheet in sheets:
        if sheet.name in kept and sheet.name != DATA_SHEET:
            drafts.append(_read(sheet, kept[sheet.name], refused[sheet.name]))
    return drafts


def strays(sheets: Sequence[Sheet]) -> list[Problem]:
    """Sheets that the hidden one does not know, and SOPs whose sheet is gone: neither is read."""
    there = {sheet.name: sheet for sheet in sheets}
    data = there[DATA_SHEET]
    named = {row[0]: at for at, row in enumerate(data.rows[1:], 2) if row and row[0]}
    hint = f"kembalikan nama lembar seperti ditulis sop export, atau tulis di lembar {DATA_SHEET}"
    out = [
        _odd(_cell(sheet, 1, 1), "lembar ini tidak dikenal dan tidak dibaca", hint)
        for name, sheet in there.items()
        if name not in named and name != DATA_SHEET and sheet.rows
    ]
    lost = [(name, at) for name, at in named.items() if name not in there]
    return out + [
        _odd(_cell(data, at, 1), f"lembar '{name}' tidak ada lagi; SOP itu tidak dibaca", hint)
        for name, at in lost
    ]


_Cell = tuple[Position, str]
"""Where a cell stands, for a problem and in words."""


def _cell(sheet: Sheet, row: int, column: int) -> _Cell:
    return Position(sheet.file, row, column), f"lembar '{sheet.name}' sel {get_column_letter(column)}{row}"


def _odd(cell: _Cell, message: str, hint: str) -> Problem:
    return Problem(cell[0], Severity.WARNING, f"{cell[1]}: {message}", hint, "impor")


_EXPORT = "ekspor ulang SOP ini, lalu salin perubahan Anda ke buku kerja yang baru"


def _read_key(key: str, text: str, cell: _Cell, out: Problems) -> Any:
    """The value of one row of the hidden sheet; None where it cannot be read."""
    if key not in _OWN:
        out.append(_odd(cell, f"kunci '{key}' tidak dikenal", suggest(key, _OWN)))
        return None
    found = _loaded(text, cell, out)
    return _sound({key: found}, _OWN, cell, out).get(key)


def _loaded(text: str, cell: _Cell, out: Problems) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        out.append(_odd(cell, "isi sel ini rusak dan tidak dapat dibaca", _EXPORT))
        return None


def _sound(
    form: Mapping[str, Any], fields: Mapping[str, Field], cell: _Cell, out: Problems
) -> dict[str, Any]:
    """What of a mapping a typed file could hold, key by key; the rest is told."""
    sound: dict[str, Any] = {}
    for key, value in form.items():
        if value is None:
            continue
        if key not in fields:
            out.append(_odd(cell, f"kunci '{key}' tidak dikenal", suggest(key, fields)))
            continue
        wrong: Problems = []
        try:
            fields[key].read(_tree(value, cell[0], numbers=key == "versi"), wrong)
        except ValueError as error:
            out.append(_odd(cell, f"'{key}': {error}", _EXPORT))
            continue
        errors = [problem for problem in wrong if problem.severity is Severity.ERROR]
        out += [_odd(cell, f"'{key}': {problem.message}", problem.hint or _EXPORT) for problem in errors]
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


def _read(sheet: Sheet, head: dict[str, Any], refused: list[Problem]) -> Draft:
    slug, noted = head.pop("slug", None), head.pop("tampak", None)
    draft = Draft(like_slug(sheet.name), dict(head), refused=refused)
    if isinstance(slug, str) and is_slug(slug):
        draft.slug = slug
    else:
        message = f"nama berkas SOP lembar ini tidak dapat dipakai; dipakai '{draft.slug}'"
        refused.append(_odd(_cell(sheet, 1, 1), message, "ganti nama berkas drafnya bila perlu"))
    shown: Mapping[str, object] = noted if isinstance(noted, Mapping) else {}
    _read_identity(draft, sheet.rows, shown)
    at = 0
    several = isinstance(head.get("alur"), list)
    specs: list[Any] = list(head["alur"]) if several else [head]
    draft.form.pop("alur", None)
    tables: list[dict[str, Any]] = []
    for n, spec in enumerate(specs):
        begin = _table_head(sheet.rows, at)
        if begin is None or not isinstance(spec, dict):
            draft.open.append((("nama",), f"tabel {n + 1} tidak ditemukan lagi di lembar '{sheet.name}'"))
            break
        sound = _sound(spec, _CHART, _cell(sheet, begin + 1, 1), refused) if several else spec
        columns = sound.get("pelaksana")
        ids = [columns] if isinstance(columns, str) else list(columns or ())
        _say_changed(draft, sheet.rows, begin, ids, shown.get(f"tabel {n + 1}"), n)
        at, steps = _read_table(
            draft, sheet, begin, ids, ("alur", n, "kegiatan") if several else ("kegiatan",)
        )
        tables.append({**sound, "kegiatan": steps})
    if several:
        draft.form["alur"] = tables
    elif tables:
        draft.form["kegiatan"] = tables[0]["kegiatan"]
    return draft


def _table_head(rows: Rows, at: int) -> int | None:
    """The next row with the heading of the hidden column, which stands right of all others."""
    return next((r for r in range(at, len(rows)) if DATA_HEADING in rows[r][2 + len(CELLS) :]), None)


def _say_changed(
    draft: Draft, rows: Rows, begin: int, ids: Sequence[str], noted: object, number: int
) -> None:
    """Say if the title or the actor headings of a table were changed: they are not read back."""
    title = rows[begin - 1][1] if begin and len(rows[begin - 1]) > 1 else ""
    below = (*(rows[begin + 1] if begin + 1 < len(rows) else ()), *[""] * (2 + len(ids)))
    if isinstance(noted, str) and noted != "|".join([title, *below[2 : 2 + len(ids)]]):
        message = f"judul atau kolom pelaksana tabel {number + 1} diubah di Excel; sesuaikan di berkas ini"
        draft.open.append((("nama",), message))


def _read_identity(draft: Draft, rows: Rows, shown: Mapping[str, object]) -> None:
    """Take over what was changed in the rows of the identity block; say what cannot be taken over."""
    keys = {key_mark(key): key for key in (*VALUES, *TOLD, *BOXES)}
    for row in ((*row, "", "", "") for row in rows if row):
        key = keys.get(row[0])
        if key is None:
            continue
        if key in TOLD:
            if key in shown and shown[key] != row[2]:
                message = f"{LABEL_RESMI[key]} diubah di Excel; sesuaikan di berkas ini: {row[2]}"
                draft.open.append(((key,), message))
            continue
        name, _, part = key.partition(".")
        at: Any = draft.form.get(name)
        if part:
            at = at.get(part) if isinstance(at, Mapping) else None
        if clean(at if isinstance(at, str) else "") == row[2]:
            continue
        if part:
            dates = draft.form.get(name)
            draft.form[name] = {**(dates if isinstance(dates, Mapping) else {}), part: row[2]}
        elif row[2] or key != "nama":
            draft.form[name] = row[2]


def _read_table(
    draft: Draft, sheet: Sheet, begin: int, ids: Sequence[str], path: tuple[str | int, ...]
) -> tuple[int, list[dict[str, Any]]]:
    """The steps below a header, each from its JSON and the cells that were changed; the row after them."""
    rows, at, beside = sheet.rows, begin + 2, sheet.rows[begin].index(DATA_HEADING, 2 + len(CELLS))
    forms: list[dict[str, Any]] = []
    shown: list[tuple[str, ...]] = []
    while at < len(rows) and any(rows[at]):
        row = (*rows[at], *[""] * (beside + 1))[: beside + 1]
        cell = _cell(sheet, at + 1, beside + 1)
        form = _loaded(row[beside], cell, draft.refused) if row[beside] else {}  # a row added in Excel
        forms.append(_sound(form, STEP_FIELDS, cell, draft.refused) if isinstance(form, dict) else {})
        shown.append(row[:beside])
        at += 1
    number = 0
    steps = []
    for n, (form, cells) in enumerate(zip(forms, shown, strict=True)):
        step, number = _step(draft, form, cells, ids, number, (*path, n))
        steps.append(step)
    return at, steps


def _step(
    draft: Draft,
    form: dict[str, Any],
    cells: Sequence[str],
    ids: Sequence[str],
    last: int,
    path: tuple[str | int, ...],
) -> tuple[dict[str, Any], int]:
    """One step, and the last plain number up to it."""
    step = dict(form)
    values = dict(zip(("no", "uraian"), cells[:2], strict=True))
    values |= dict(zip(CELLS, cells[len(cells) - len(CELLS) :], strict=True))
    for key in ("uraian", *CELLS):
        before = form.get(key)
        if clean(before if isinstance(before, str) else "") != values[key]:
            step[key] = values[key]
    if "no" not in form:
        last += 1  # counted on, wherever the row stands now
        if not form and values["no"] != str(last):
            step["no"] = values["no"]
    else:
        written = form["no"] if isinstance(form["no"], str) else ""
        if clean(written) != values["no"]:
            step["no"] = written = values["no"]
        last = int(written) if written.isdecimal() and len(written) < 9 else last
    marked = [id for id, mark in zip(ids, cells[2 : len(cells) - len(CELLS)], strict=False) if mark]
    if marked != [id for id in ids if id in _actors(form)]:
        for key in ("simbol", "hubungan"):
            step.pop(key, None)
        step["pelaksana"] = marked[0] if len(marked) == 1 else marked or None
        draft.open.append(((*path, "pelaksana"), "pelaksana langkah ini diubah di Excel; pastikan alurnya"))
    return step, last


def _actors(form: Mapping[str, Any]) -> set[str]:
    """Actors that a step names, in its short or long form."""
    parts = form["simbol"] if isinstance(form.get("simbol"), list) else [form]
    named = [part.get("pelaksana") for part in parts if isinstance(part, dict)]
    return {
        id for who in named for id in ([who] if isinstance(who, str) else who or []) if isinstance(id, str)
    }
