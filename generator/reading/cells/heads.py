"""Rows and columns of cells → where a flowchart's table has its heading, and what its columns are.

A heading may stand in one to four rows, merged or not; what stands between Kegiatan and Mutu Baku is an actor
only where its cells hold signs and no sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from generator.form.columns import CELLS
from generator.reading.cells.matrix import Field, Matrix
from generator.reading.cells.signs import is_mark, is_none, is_sign
from generator.reading.cells.signs import kind as kind_of
from generator.reading.words import heading, is_number

MUTU = tuple(column.key for column in CELLS if column.group)
LEAVES = (*MUTU, "keterangan")
_DEEPEST = 5
_ROLE = re.compile(r"\b(?:petugas|pihak|unit|pejabat|penanggung ?jawab|pic|pelaksana)\b", re.IGNORECASE)
_NOTE = re.compile(r"\s*\(\d{1,2}\)$")


class Head(Struct, frozen=True):
    """A heading: its rows, and its columns from the left."""

    top: int
    bottom: int
    columns: tuple[Column, ...]


class Column(Struct, frozen=True):
    """A column over sheet columns ``first`` to ``last``. Kinds beside those of the form: "actor" with a name,
    "named" where cells name who does a step, "stage" left of the steps, "" for what the form has not."""

    kind: str
    first: int
    last: int
    heading: str = ""
    group: str = ""
    fields: tuple[Field, ...] = ()


def heads(sheet: Matrix) -> list[Head]:
    """The headings of a page, from the top."""
    found: list[Head] = []
    starts = [f for f in sheet.fields if heading(f.text) == "kegiatan"]
    for n, start in enumerate(starts):
        if found and start.row <= found[-1].bottom:
            continue
        below = next((f.row for f in starts[n + 1 :] if f.row > start.last_row + 1), sheet.rows)
        head = _head(sheet, start, below)
        if head is not None:
            found.append(head)
    return found


def _head(sheet: Matrix, start: Field, below: int) -> Head | None:
    top, bottom = start.row, start.last_row
    beside = {heading(f.text) for f in sheet.fields if f.row == top and f is not start} - {"", "kegiatan"}
    while top and _is_above(sheet, top - 1, start):
        top -= 1
    for field in sheet.row(start.row):
        if heading(field.text) == "no":
            bottom = max(bottom, field.last_row)
    counted = None
    while bottom + 1 < min(sheet.rows, top + _DEEPEST):
        if _counts(sheet, bottom + 1):
            counted = bottom = bottom + 1
            break
        if not _goes_on(sheet, bottom + 1, start):
            break
        bottom += 1
    rows = [r for r in range(top, bottom + 1) if r != counted]
    kinds = {heading(f.text) for r in rows for f in sheet.row(r)} - {"", "kegiatan"}
    if len(kinds) < 2 and "no" not in beside:
        return None
    body = range(bottom + 1, below)
    return Head(top, bottom, tuple(_columns(sheet, rows, start, body)))


def _is_above(sheet: Matrix, row: int, start: Field) -> bool:
    """Whether a row above "Kegiatan" heads groups of its columns."""
    kinds = [heading(f.text) for f in sheet.row(row)]
    return any(kind in ("pelaksana", "mutu_baku") for kind in kinds) and all(
        f.column > start.last_column or heading(f.text) for f in sheet.row(row)
    )


def _counts(sheet: Matrix, row: int) -> bool:
    """Whether a row only counts the columns: (1) (2) (3)."""
    said = [f.text.strip("(). ") for f in sheet.row(row)]
    return (
        len(said) >= 4
        and all(text.isdigit() for text in said)
        and said == [str(int(said[0]) + n) for n in range(len(said))]
    )


def _goes_on(sheet: Matrix, row: int, start: Field) -> bool:
    """Whether a heading goes on in a row: names below Pelaksana, headings below Mutu Baku, no step."""
    own = sheet.row(row)
    if not own or any(f.column <= start.last_column and not heading(f.text) for f in own):
        return False
    if any(heading(f.text) == "kegiatan" for f in own):
        return False
    if any(heading(f.text) in LEAVES for f in own):
        return True
    zone = _group(sheet, start, "pelaksana")
    within = zone is not None and all(zone[0] <= f.column and f.last_column <= zone[1] for f in own)
    return within and zone is not None and zone[1] > zone[0] and not any(is_sign(f.text) for f in own)


def _group(sheet: Matrix, start: Field, kind: str) -> tuple[int, int] | None:
    """The columns below a heading of a group, merged or with blanks to its right."""
    for row in range(max(0, start.row - 2), start.last_row + 1):
        for n, field in enumerate(sheet.row(row)):
            if heading(field.text) == kind:
                after = sheet.row(row)[n + 1 :]
                end = after[0].column - 1 if after else sheet.columns - 1
                return field.column, max(field.last_column, end)
    return None


def _columns(sheet: Matrix, rows: Sequence[int], start: Field, body: range) -> list[Column]:
    """The columns under a heading of these rows."""
    stacks = {c: _stack(sheet, rows, c) for c in range(sheet.columns)}
    used = [c for c in stacks if stacks[c]] + [
        f.column for r in body for f in sheet.row(r) if any(stacks.values()) and f.column < start.column
    ]
    first, last = min(used), max(c for c in stacks if stacks[c])
    raw: list[Column] = []
    for c in range(first, last + 1):
        stack = stacks[c]
        leaf = stack[-1] if stack else None
        above = tuple(f for f in stack[:-1])
        if raw and leaf is not None and raw[-1].fields[-1:] == (leaf,):
            raw[-1] = Column("", raw[-1].first, c, raw[-1].heading, raw[-1].group, raw[-1].fields)
        elif leaf is None:
            raw.append(Column("", c, c))
        else:
            group = " ".join(f.flat for f in above if not heading(f.text))
            raw.append(Column("", c, c, _NOTE.sub("", leaf.flat), group, (*above, leaf)))
    return _named(sheet, _misplaced(raw, rows, sheet), start, body)


def _stack(sheet: Matrix, rows: Sequence[int], column: int) -> list[Field]:
    """The cells above one another over a column; a cell of an upper row that is not merged covers the blank
    ones to its right where a lower row names the columns below it."""
    found: list[Field] = []
    for n, row in enumerate(rows):
        field = sheet.at(row, column)
        if field is None and n + 1 < len(rows):
            left = next((f for c in range(column - 1, -1, -1) if (f := sheet.at(row, c))), None)
            lower = any((f := sheet.at(r, column)) is not None and f.row > row for r in rows[n + 1 :])
            spanned = left is not None and (left.row == left.last_row or left.last_column > left.column)
            if lower and spanned and left is not None and heading(left.text) not in ("no", "kegiatan"):
                field = left
        if field is not None and field not in found:
            found.append(field)
    return found


def _misplaced(raw: list[Column], rows: Sequence[int], sheet: Matrix) -> list[Column]:
    """Columns whose upper headings lost their merged cells in pasting, each set where its own columns are."""
    if len(rows) < 2:
        return raw
    own = [n for n, c in enumerate(raw) if heading(c.heading) in MUTU]
    top = {heading(f.text): f for f in sheet.row(rows[0])}
    mutu, more = top.get("mutu_baku"), top.get("keterangan")
    if not own or mutu is None or raw[own[0]].first <= mutu.column:
        return raw
    under = sheet.at(rows[-1], mutu.column)
    if under is None or under is mutu or heading(under.text):
        return raw
    found = []
    for c in raw:
        leaf = sheet.at(rows[-1], c.first)
        fields: tuple[Field, ...] = (leaf,) if leaf is not None else ()
        text = leaf.flat if leaf is not None else ""
        if leaf is None and c.first < mutu.column:
            fields, text = c.fields[:1], c.heading
        found.append(Column("", c.first, c.last, text, "", fields))
    if more is not None:
        at = raw[own[-1]].last + 1
        found = [c for c in found if c.first < at] + [Column("", at, at, more.flat, "", (more,))]
    return found


def _named(sheet: Matrix, raw: list[Column], start: Field, body: range) -> list[Column]:
    """Columns with their kinds."""
    kinds = [heading(c.heading) for c in raw]
    step = next(n for n, c in enumerate(raw) if start in c.fields or c.first <= start.column <= c.last)
    after = [n for n, kind in enumerate(kinds) if n > step and kind in (*LEAVES, "mutu_baku")]
    zone = range(step + 1, after[0] if after else len(raw))
    found: list[str] = []
    taken: set[str] = set()
    for n, c in enumerate(raw):
        kind = kinds[n]
        if n == step:
            kind = "kegiatan"
        elif n in zone or (kind in ("", "pelaksana") and under(c)):
            kind = "zone"
        elif n < step:
            kind = "no" if kind == "no" else "stage"
        elif kind in taken or kind not in LEAVES:
            kind = ""
        taken |= {kind} - {"", "zone", "stage", "no"}
        found.append(kind)
    found = _numbers(sheet, raw, found, step, body)
    return _actors(sheet, raw, found, body)


def under(column: Column) -> bool:
    """Whether a column stands below the heading of all actors."""
    return any(heading(f.text) == "pelaksana" for f in column.fields[:-1])


def _numbers(sheet: Matrix, raw: list[Column], kinds: list[str], step: int, body: range) -> list[str]:
    """The one column of numbers: that with the most of them, next to the steps before others."""
    counts = {
        n: sum(is_number(text) for text in _texts(sheet, raw[n], body))
        for n in range(step)
        if kinds[n] == "no" or (not raw[n].heading and _texts(sheet, raw[n], body))
    }
    if not counts:
        return kinds
    best = max(counts, key=lambda n: (counts[n], kinds[n] == "no", n))
    return ["no" if n == best else "stage" if n < step else kind for n, kind in enumerate(kinds)]


def _texts(sheet: Matrix, column: Column, body: range) -> list[str]:
    """What stands in a column below the heading."""
    return [
        f.text
        for r in body
        for f in sheet.row(r)
        if column.first <= f.column <= column.last and f.last_column <= column.last
    ]


def _actors(sheet: Matrix, raw: list[Column], kinds: list[str], body: range) -> list[Column]:
    """Columns with the actors among them."""
    zone = [n for n, kind in enumerate(kinds) if kind == "zone"]
    named = [
        n
        for n in zone
        if (heading(raw[n].heading) == "pelaksana" and not under(raw[n])) or _ROLE.search(raw[n].heading)
    ]
    grouped = any(under(c) for c in raw)
    ticked = any(is_mark(text) for n in zone for text in _texts(sheet, raw[n], body))
    steps = sum(any(f.column == raw[kinds.index("kegiatan")].first for f in sheet.row(r)) for r in body)
    found: list[Column] = []
    for n, c in enumerate(raw):
        kind = kinds[n]
        if kind != "zone":
            found.append(Column(kind, c.first, c.last, c.heading, c.group, c.fields))
            continue
        said = [text for text in _texts(sheet, c, body) if not is_none(text)]
        signs = sum(is_sign(text) or kind_of(text)[0] != "process" for text in said)
        filled = sum(any(c.first <= f.column <= c.last for f in sheet.row(r)) for r in body)
        unused = grouped and not said and heading(c.heading) == "pelaksana" and not under(c)
        if unused and found and found[-1].kind == "actor":
            last = found[-1]
            found[-1] = Column(last.kind, last.first, c.last, last.heading, last.group, last.fields)
            continue
        if not c.heading and found and found[-1].kind in ("actor", "named"):
            last = found[-1]
            if last.kind == "named" or not said or not under(last) or len(zone) > 2:
                found[-1] = Column(last.kind, last.first, c.last, last.heading, last.group, last.fields)
                continue
        if n in named and said and signs < 0.5 * len(said):
            found.append(Column("named", c.first, c.last, c.heading, c.group, c.fields))
        elif n in named and heading(c.heading) == "pelaksana" and not under(c):
            found += _nameless(sheet, c, body)
        elif (
            under(c)
            or (signs >= 0.5 * len(said) and (said or not grouped))
            or (not named and not grouped and not ticked and filled < 0.7 * steps and len(zone) > 1)
        ):
            found.append(Column("actor", c.first, c.last, c.heading, c.group, c.fields))
        else:
            found.append(Column("", c.first, c.last, c.heading, c.group, c.fields))
    return found


def _nameless(sheet: Matrix, column: Column, body: range) -> list[Column]:
    """Actors without names below one heading: a column for each sheet column."""
    return [
        Column("actor", c, c, "", column.group, column.fields) for c in range(column.first, column.last + 1)
    ]
