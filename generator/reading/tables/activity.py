"""Rows of cells → activity tables: where they stand, their columns, their steps; only what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.form import columns as form
from generator.form.columns import COLUMNS, MUTU_BAKU, PELAKSANA
from generator.formats.xlsx.cells import MAX_CELL
from generator.reading.bounds import TooMuch
from generator.reading.tables.grid import Rows

HEADINGS = {heading.key: heading.pattern for heading in (*COLUMNS, PELAKSANA, MUTU_BAKU)}
"""What the heading of each column may say."""

_HEADING = re.compile("|".join(f"(?P<{key}>{says})" for key, says in HEADINGS.items()))
_LONGEST = 200
"""Letters of a cell that can be a heading, with blanks."""

_GROUPED = tuple(column.key for column in form.CELLS if column.group)
CELLS = tuple(column.field for column in form.CELLS)
_NUMBER = re.compile(r"\(?\d{1,3}[a-z]?\)?\.?|\d{1,3}(\.\d{1,3})+\.?")


class Row(Struct, frozen=True):
    """A step as the table has it: cells by key, and what stands under each actor (by place)."""

    no: str
    uraian: str
    cells: dict[str, str]
    marks: tuple[str, ...]
    extra: tuple[str, ...] = ()
    """Cells right of the table, by column."""


class Table(Struct, frozen=True):
    """An activity table: rows ``begin`` to ``end`` (not included) of its sheet."""

    begin: int
    end: int
    headings: dict[str, str]
    actors: tuple[str, ...]
    rows: tuple[Row, ...]
    extra: tuple[str, ...] = ()
    """Headings right of the table, by column."""


def tables(rows: Rows) -> Iterator[Table]:
    """The activity tables of a sheet, from the top."""
    following = _following(rows)
    at = 0
    while at < len(rows):
        table = _table(rows, at, following) if _is_header(rows[at]) else None
        if table:
            yield table
        at = table.end if table else at + 1


def _following(rows: Rows) -> list[int]:
    """For each row the next one below it in which something stands, or the number of rows."""
    found, after = [len(rows)] * len(rows), len(rows)
    for at in range(len(rows) - 1, -1, -1):
        found[at] = after
        after = at if any(rows[at]) else after
    return found


def heading(text: str) -> str | None:
    """The key of the column that a cell's text is the heading of."""
    if not text or len(text) > _LONGEST:
        return None
    hit = _HEADING.fullmatch(" ".join(text.split()).strip(" *:").casefold())
    return hit.lastgroup if hit else None


def is_heading(key: str, text: str) -> bool:
    """Whether a cell's text is the heading of a column."""
    return heading(text) == key


def _is_header(row: Sequence[str]) -> bool:
    return {"no", "kegiatan"} <= {heading(cell) for cell in row}


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if 0 <= column < len(row) else ""


def _table(rows: Rows, begin: int, following: Sequence[int]) -> Table:
    top = rows[begin]
    second = rows[begin + 1] if begin + 1 < len(rows) else ()
    two = any(heading(cell) in _GROUPED for cell in second)
    columns: dict[str, int] = {}
    for row in (top, second) if two else (top,):
        for column, cell in enumerate(row):
            if key := heading(cell):
                columns.setdefault(key, column)
    mutu = [columns[key] for key in ("mutu_baku", *CELLS) if key in columns]
    last = max(columns.values())
    stop = min(mutu, default=max(len(top), len(second)))
    actors = {c: _cell(second if two else top, c) for c in range(columns["kegiatan"] + 1, stop)}
    actors = {
        c: " ".join(name.split()) for c, name in actors.items() if name and not is_heading("pelaksana", name)
    }
    headings = {key: _heading(key, columns, top, second) for key in columns}
    extra = {
        c: name
        for c in range(last + 1, max(len(top), len(second)))
        if (name := _cell(second, c) or _cell(top, c))
    }
    at = begin + (2 if two else 1)
    if at < len(rows) and _is_column_numbers(rows[at]):
        at += 1
    found: list[Row] = []
    while at < len(rows):
        kind = _kind(rows, at, columns, following[at])
        if kind == "end":
            break
        if kind == "step":
            found.append(_row(rows[at], columns, tuple(actors), tuple(extra)))
        elif kind == "more" and found:
            found[-1] = _joined(found[-1], _row(rows[at], columns, tuple(actors), tuple(extra)))
        at += 1
    return Table(begin, at, headings, tuple(actors.values()), tuple(found), tuple(extra.values()))


def _heading(key: str, columns: dict[str, int], top: Sequence[str], second: Sequence[str]) -> str:
    cell = _cell(top, columns[key])
    return " ".join((cell if is_heading(key, cell) else _cell(second, columns[key])).split())


def _is_column_numbers(row: Sequence[str]) -> bool:
    filled = [cell.strip("() ") for cell in row if cell]
    return len(filled) >= 4 and filled == [str(n) for n in range(1, len(filled) + 1)]


def _kind(rows: Rows, at: int, columns: dict[str, int], following: int) -> str:
    """What a row below the header is: a step, more of the step before, blank, or no part of the table."""
    row = rows[at]
    number, words = _cell(row, columns["no"]), _cell(row, columns["kegiatan"])
    if not any(row):
        goes_on = following < len(rows) and _NUMBER.fullmatch(_cell(rows[following], columns["no"]))
        return "blank" if goes_on else "end"
    if number and not _NUMBER.fullmatch(number):
        return "end"
    return "step" if words else "more"


def _row(row: Sequence[str], columns: dict[str, int], actors: Sequence[int], extra: Sequence[int]) -> Row:
    cells = {key: _cell(row, columns[key]) for key in CELLS if key in columns}
    marks = tuple(_cell(row, column) for column in actors)
    beside = tuple(_cell(row, column) for column in extra)
    return Row(_cell(row, columns["no"]), _cell(row, columns["kegiatan"]), cells, marks, beside)


def _joined(row: Row, more: Row) -> Row:
    """A step whose cells go on in the next row of the sheet."""
    cells = {
        key: "\n".join(part for part in (text, more.cells[key]) if part) for key, text in row.cells.items()
    }
    if any(len(text) > MAX_CELL for text in cells.values()):
        message = f"isi langkah '{row.no}' lebih dari {MAX_CELL} huruf"
        raise TooMuch(message, "pastikan nomor langkahnya, atau bagi isinya")
    marks = tuple(mark or other for mark, other in zip(row.marks, more.marks, strict=True))
    return Row(row.no, row.uraian, cells, marks, row.extra)


def list_lines(text: str) -> str:
    """A list that was set in one line ("1. A 2. B", "- A - B") with a line for each item."""
    if "\n" in text:
        return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)
    flat = " ".join(text.split())
    if flat.startswith("- "):
        return flat.replace(" - ", "\n- ")
    if flat.startswith("1. "):
        number, lines, rest = 2, [], flat
        while (at := rest.find(f" {number}. ")) >= 0:
            lines.append(rest[:at])
            rest, number = rest[at + 1 :], number + 1
        return "\n".join([*lines, rest])
    return flat
