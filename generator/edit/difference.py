"""Two texts of SOP files → the operations that make the values of one into those of the other.

Steps are known again as people know them (``revisions.match``: by id, then by their words), so that a step
that moved is a move and its comments go with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.data.revisions.match import match
from generator.data.writing.lines import Path
from generator.data.writing.operations import Insert, Move, Operation, Put, Remove, on_plain, value_at
from generator.model.sop import Kegiatan

WAYS = ("keputusan", "lanjut")
"""Keys whose entries may be blank and mean something: the next step."""


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Operation]:
    """The operations from one file's plain values to another's."""
    found: list[Operation] = []
    value: Any = old
    for operation in _table((), old, new):
        value = on_plain(value, operation)
        found.append(operation)
    several = new.get("alur")
    if isinstance(several, list):
        for operation in _tables(value_at(value, ("alur",)), several):
            value = on_plain(value, operation)
            found.append(operation)
    return found


def _tables(old: Any, new: list[Any]) -> Iterator[Operation]:
    """Tables stand in order; what is more at the end comes or goes, what has another shape is put whole."""
    before = old if isinstance(old, list) else []
    if not before or not all(isinstance(one, Mapping) for one in (*before, *new)):
        if before != new:
            yield Put(("alur",), new)
        return
    for n in reversed(range(len(new), len(before))):
        yield Remove(("alur",), n)
    for n, table in enumerate(new):
        if n < len(before):
            yield from _table(("alur", n), before[n], table)
        else:
            yield Insert(("alur",), n, table)


def _table(path: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Operation]:
    """The keys of a file or of one table; its steps one by one."""
    apart = {"kegiatan", "alur"} if _steps(old) and _steps(new) else {"alur"}
    if isinstance(new.get("alur"), list) != isinstance(old.get("alur"), list):
        apart.discard("alur")
    yield from _keys(path, old, new, apart)
    if "kegiatan" in apart:
        yield from _rows((*path, "kegiatan"), old["kegiatan"], new["kegiatan"])


def _steps(table: Mapping[str, Any]) -> bool:
    steps = table.get("kegiatan")
    return isinstance(steps, list) and bool(steps) and all(isinstance(one, Mapping) for one in steps)


def _keys(path: Path, old: Mapping[str, Any], new: Mapping[str, Any], apart: set[str]) -> Iterator[Operation]:
    for key in old:
        if key not in new and key not in apart:
            yield Put((*path, key), None)
    for key, value in new.items():
        if key in apart or (key in old and old[key] == value):
            continue
        before = old.get(key)
        inside = key not in WAYS and isinstance(value, Mapping)
        if inside and isinstance(before, Mapping) and list(before) == list(value):
            yield from _keys((*path, key), before, value, set())
        elif value is None:  # nothing can be put there; what stands there goes
            if key in old and before is not None:
                yield Put((*path, key), None)
        else:
            yield Put((*path, key), value)


def _rows(path: Path, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Operation]:
    """Rows that are gone are taken out, the others brought into order, new ones put in, then changed."""
    pairs = match([step_of(one) for one in old], [step_of(one) for one in new])
    kept = set(pairs.values())
    order = [row for row in range(len(old)) if row in kept]
    for row in reversed(range(len(old))):
        if row not in kept:
            yield Remove(path, row)
    for row, value in enumerate(new):
        if row not in pairs:
            order.insert(row, -1 - row)
            yield Insert(path, row, value)
            continue
        at = order.index(pairs[row])
        if at != row:
            order.insert(row, order.pop(at))
            yield Move(path, at, row)
        yield from _keys((*path, row), old[pairs[row]], value, set())


def step_of(value: Mapping[str, Any]) -> Kegiatan:
    return Kegiatan(id=str(value["id"]) if value.get("id") else None, uraian=str(value.get("uraian") or ""))
