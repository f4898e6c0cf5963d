"""Cells right of the actors → the operations that make them one over several steps, and keep them so when
rows come, go or move; those that leave columns of the table out.

A cell that is one with that above (``gabung``) belongs to a group of rows; what it says stands in the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from generator.data.writing.operations import Operation, Put
from generator.edit.fields import NAMES, Refused
from generator.edit.steps import Table, listed
from generator.form.columns import CELLS

MERGED = "gabung"
KEYS = tuple(column.field for column in CELLS)
OFFICIAL = tuple(column.key for column in CELLS)


def merged(table: Table, row: int) -> list[str]:
    """The columns whose cell is one with that above."""
    step = table.steps[row]
    return [key for key in KEYS if row and key in listed(step.get(MERGED)) and not step.get(key)]


def set_merged(table: Table, row: int, key: str, on: bool) -> list[Operation]:
    """The operations that make a cell one with that above, or a cell of its own. Raises ``Refused``."""
    if key not in KEYS or not row:
        raise Refused("langkah pertama tidak punya sel di atasnya" if key in KEYS else "kolom itu tidak ada")
    now = merged(table, row)
    if not on:
        return [_put_merged(table, row, [one for one in now if one != key])]
    head, text = _groups(table, key)[row - 1], table.steps[row].get(key)
    above = table.steps[head].get(key)
    if text and above and text != above:
        raise Refused(f"isi kedua sel {NAMES[key]} berbeda; kosongkan salah satu dahulu")
    moved = [Put(table.at(head, key), text)] if text and not above else []
    gone = [Put(table.at(row, key), None)] if text else []
    return [*moved, *gone, _put_merged(table, row, [*now, key])]


def regrouped(
    table: Table, order: Sequence[int | None], moved: int | None = None
) -> tuple[list[Operation], list[str]]:
    """What stands in merged cells when the rows come into another order (None: a new one; ``moved``: the row
    that leaves its place): operations on the rows as they are now, and the columns in which the new row is
    one with that above."""
    wanted: dict[int | None, dict[str, tuple[bool, Any]]] = {row: {} for row in order}
    for key in KEYS:
        groups = _groups(table, key)
        found = [_group(table, key, groups, order, at, moved) for at in range(len(order))]
        seen: set[int] = set()
        for at, row in enumerate(order):
            joined = at > 0 and found[at] is not None and found[at] == found[at - 1]
            head = found[at]
            first = not joined and head is not None and head not in seen
            wanted[row][key] = joined, table.steps[head].get(key) if first and head is not None else None
            seen |= {head} if head is not None else set()
    operations: list[Operation] = []
    for row, cells in wanted.items():
        if row is not None:
            operations += _made(table, row, cells)
    return operations, [key for key, (joined, _) in wanted.get(None, {}).items() if joined]


def joined(table: Table, at: int) -> list[str]:
    """The columns in which a row that is put in at a place is one with that above: the cell goes on below."""
    rows = range(len(table.steps))
    return regrouped(table, [*rows[:at], None, *rows[at:]])[1]


def of_new(keys: Collection[str]) -> dict[str, Any]:
    """What a new step has of it."""
    return {MERGED: _written(keys)} if keys else {}


def clear_of(table: Table, row: int, to: int) -> int:
    """Where a row that moves to a place comes to stand: not in the midst of a merged cell, where it has a
    text of its own in that column, but behind it."""
    rest = [other for other in range(len(table.steps)) if other != row]
    step = 1 if to > row else -1
    while 0 < to < len(rest) and any(
        groups[rest[to - 1]] == groups[rest[to]] != groups[row] and table.steps[row].get(key)
        for key, groups in ((key, _groups(table, key)) for key in KEYS)
    ):
        to += step
    return to


def set_columns(
    values: Mapping[str, Any], tables: Sequence[Table], keys: Sequence[str], usual: Sequence[str]
) -> list[Operation]:
    """The operations that give an SOP these columns. Raises ``Refused`` where one that goes is filled."""
    names = {column.key: column for column in CELLS}
    if not keys or any(key not in names for key in keys) or len(set(keys)) < len(keys):
        raise Refused("paling sedikit satu kolom harus tinggal di kanan pelaksana")
    operations: list[Operation] = []
    for key in names.keys() - set(keys):
        column = names[key]
        rows = [
            (table, row) for table in tables for row, one in enumerate(table.steps) if one.get(column.field)
        ]
        if rows:
            said = ", ".join(str(row + 1) for _, row in rows)
            raise Refused(f"kolom {column.label} masih berisi pada langkah {said}; kosongkan dahulu")
        operations += [
            _put_merged(table, row, [one for one in merged(table, row) if one != column.field])
            for table in tables
            for row in range(len(table.steps))
            if column.field in merged(table, row)
        ]
    return [*operations, Put(("kolom",), None if list(keys) == list(usual) else list(keys))]


def _groups(table: Table, key: str) -> list[int]:
    """For each row the first row of its group in a column."""
    found: list[int] = []
    for row in range(len(table.steps)):
        found.append(found[-1] if key in merged(table, row) else row)
    return found


def _group(
    table: Table, key: str, groups: Sequence[int], order: Sequence[int | None], at: int, moved: int | None
) -> int | None:
    """The group of a row in a new order, by its first row as it was; None: one of its own, and empty."""
    row = order[at]
    if row is not None and row != moved:
        return groups[row]

    def beside(place: int) -> int | None:
        other = order[place] if 0 <= place < len(order) else None
        return None if other is None else groups[other]

    above, below = beside(at - 1), beside(at + 1)
    if row is not None and groups.count(groups[row]) > 1:
        return groups[row] if groups[row] in (above, below) else above if above == below else None
    if above is not None and above == below and (row is None or not table.steps[row].get(key)):
        return above
    return None if row is None else groups[row]


def _made(table: Table, row: int, cells: Mapping[str, tuple[bool, Any]]) -> Iterator[Operation]:
    now, joined = merged(table, row), [key for key, (one, _) in cells.items() if one]
    for key, (_, text) in cells.items():
        if (text or None) != (table.steps[row].get(key) or None):
            yield Put(table.at(row, key), text)
    if now != joined:
        yield _put_merged(table, row, joined)


def _put_merged(table: Table, row: int, keys: Sequence[str]) -> Operation:
    return Put(table.at(row, MERGED), _written(keys))


def _written(keys: Collection[str]) -> Any:
    """Columns as a file writes them."""
    ordered = [key for key in KEYS if key in keys]
    return ordered[0] if len(ordered) == 1 else ordered or None
