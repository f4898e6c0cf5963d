"""What a document said when it was made, what it says now, and its file → the changes to choose from.

Both sayings are drafts by the same reader, so what the reader does to a text is done to both and is no
change. Where the file says a thing in another way than the draft, a change is told and not offered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any

from msgspec import Struct

from generator.data.revisions.match import match, moved
from generator.data.writing.operations import Operation, Put, on_plain
from generator.edit.difference import difference, step_of
from generator.form.boxes import BOXES, FIELDS
from generator.form.columns import CELLS

_NAMES = {box.key: box.label for box in (*FIELDS, *BOXES)} | {
    "kop": "kop",
    "judul_tabel": "judul tabel",
    "label": "judul kolom",
    "pelaksana": "kolom pelaksana",
    "alur": "seluruh alur",
}
_CELLS = {"uraian": "Kegiatan", "pelaksana": "pelaksana"} | {column.field: column.label for column in CELLS}
_LONGEST = 120
Path = tuple[str | int, ...]


class Change(Struct, frozen=True):
    """One thing that was changed. ``row`` and ``new_row``: of which step before and now, in which table
    (``path``); ``key`` blank: the step came, went or moved as a whole."""

    said: str
    path: Path
    key: str
    row: int | None = None
    new_row: int | None = None
    offered: bool = True


def changes(before: Mapping[str, Any], after: Mapping[str, Any], own: Mapping[str, Any]) -> list[Change]:
    """All changes from the top of the file. ``own`` are the values of the file."""
    found: list[Change] = []
    apart = {"kegiatan", "alur"} if _alike(before, after, own) else set()
    for key in dict.fromkeys((*before, *after)):
        if key not in apart and before.get(key) != after.get(key):
            found.append(_key((), key, before.get(key), after.get(key), own))
    for path in _tables(before) if apart else ():
        found += _steps(path, _at(before, path), _at(after, path), _at(own, path))
    return found


def _alike(*forms: Mapping[str, Any]) -> bool:
    """Whether all have the same tables, and steps in them."""
    kinds = [[bool(_at(form, path).get("kegiatan")) for path in _tables(form)] for form in forms]
    return all(kind == kinds[0] and all(kind) for kind in kinds) and bool(kinds[0])


def _tables(form: Mapping[str, Any]) -> list[Path]:
    several = form.get("alur")
    return [("alur", n) for n in range(len(several))] if isinstance(several, list) else [()]


def _at(form: Any, path: Path) -> Any:
    for step in path:
        form = form[step]
    return form


def _key(path: Path, key: str, old: Any, new: Any, own: Mapping[str, Any]) -> Change:
    name = _NAMES.get(key, key)
    return Change(f"{name}: {_was(old, new)}", path, key, offered=_same(old, own.get(key)))


def _steps(
    path: Path, before: Mapping[str, Any], after: Mapping[str, Any], own: Mapping[str, Any]
) -> Iterator[Change]:
    where = f"alur {int(path[1]) + 1}, " if path else ""
    for key in dict.fromkeys((*before, *after)) if path else ():
        if key != "kegiatan" and before.get(key) != after.get(key):
            change = _key(path, key, before.get(key), after.get(key), own)
            yield Change(where + change.said, path, key, offered=change.offered)
    old, new, mine = before["kegiatan"], after["kegiatan"], own["kegiatan"]
    fits = len(mine) == len(old)
    pairs = paired(old, new)
    for row, step in enumerate(old):
        if row not in pairs.values():
            yield Change(
                f"{where}langkah {row + 1} hilang: {_short(step.get('uraian'))}", path, "", row, None, fits
            )
    others = moved(pairs)
    for row, step in enumerate(new):
        if row not in pairs:
            yield Change(
                f"{where}langkah {row + 1} baru: {_short(step.get('uraian'))}", path, "", None, row, fits
            )
            continue
        at = pairs[row]
        if row in others:
            yield Change(f"{where}langkah {at + 1} pindah menjadi langkah {row + 1}", path, "", at, row, fits)
        for key in dict.fromkeys((*old[at], *step)):
            if key != "id" and old[at].get(key) != step.get(key):
                was, now = old[at].get(key), step.get(key)
                said = f"{where}langkah {row + 1}, {_CELLS.get(key, key)}: {_was(was, now)}"
                offered = fits and _same(was, mine[at].get(key))
                yield Change(said, path, key, at, row, offered)


def _same(one: Any, two: Any) -> bool:
    """Whether the file says what the draft said before: letters are the paper's to break into lines."""
    blank: tuple[Any, ...] = (None, "", [], {})
    if one in blank and two in blank:
        return True
    if isinstance(one, str) and isinstance(two, str):
        return " ".join(one.split()) == " ".join(two.split())
    return bool(one == two)


def _was(old: Any, new: Any) -> str:
    if old in (None, "", [], {}):
        return f"baru {_short(new)}"
    if new in (None, "", [], {}):
        return f"hilang {_short(old)}"
    return f"{_short(old)} menjadi {_short(new)}"


def _short(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        said = ", ".join(f"{key or 'lanjut'}: {_bare(one)}" for key, one in value.items())
    else:
        said = _bare(value)
    return f"'{said}'" if len(said) <= _LONGEST else f"'{said[:_LONGEST].rstrip()}…'"


def _bare(value: Any) -> str:
    if isinstance(value, Mapping):
        return _short(value).strip("'")
    parts = value if isinstance(value, list) else [value]
    return ", ".join(
        " ".join(str(one if one is not None else "").split()) if not isinstance(one, Mapping) else _bare(one)
        for one in parts
    )


def taken_over(
    own: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any], chosen: Sequence[Change]
) -> list[Operation]:
    """The operations on the file's values that make the chosen changes: what a step says first, on its own
    lines, then which steps there are."""
    puts: list[Operation] = []
    for change in chosen:
        here = _at(after, change.path)
        if change.row is None and change.new_row is None:
            puts.append(_put((*change.path, change.key), here.get(change.key)))
        elif change.key and change.row is not None and change.new_row is not None:
            value = here["kegiatan"][change.new_row].get(change.key)
            puts.append(_put((*change.path, "kegiatan", change.row, change.key), value))
    said: Any = deepcopy(dict(own))
    for one in puts:
        said = on_plain(said, one)
    made: Any = deepcopy(said)
    for path in dict.fromkeys(
        change.path for change in chosen if change.row is not None or change.new_row is not None
    ):
        table, new = _at(made, path), _at(after, path)["kegiatan"]
        pairs = paired(_at(before, path)["kegiatan"], new)
        some = [change for change in chosen if change.path == path and not change.key]
        steps = table["kegiatan"]
        table["kegiatan"] = _rows(steps, new, pairs, some)
        _with_ids(table["kegiatan"], steps, new, pairs)
    return [*puts, *difference(said, made)]


def _put(path: Path, value: Any) -> Put:
    return Put(path, None if value == [] else value)


def paired(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """Row now → row before: known again by their words, or standing alone between the same others."""
    pairs = match([step_of(one) for one in old], [step_of(one) for one in new])
    ends = [(-1, -1), *pairs.items(), (len(new), len(old))]
    for (row, was), (row_, was_) in pairwise(ends):
        between = range(was + 1, was_)
        if row_ - row == was_ - was > 1 and not set(between) & set(pairs.values()):
            pairs |= {row + 1 + n: one for n, one in enumerate(between)}
    return dict(sorted(pairs.items()))


def _rows(own: list[Any], new: list[Any], pairs: Mapping[int, int], chosen: Sequence[Change]) -> list[Any]:
    """The steps of a table after those came, went and moved that were chosen to."""
    gone = {change.row for change in chosen if change.new_row is None}
    rows: list[tuple[int | None, Any]] = [(row, step) for row, step in enumerate(own) if row not in gone]
    come = {change.new_row: change.row for change in chosen if change.new_row is not None}
    for row in sorted(come):
        kept = next((one for one in rows if one[0] is not None and one[0] == come[row]), None)
        if kept is not None:
            rows.remove(kept)
        above = {pairs.get(n, -1 - n) for n in range(row)}
        at = max((n + 1 for n, (was, _) in enumerate(rows) if was in above), default=0)
        rows.insert(at, kept or (-1 - row, deepcopy(new[row])))
    return [step for _, step in rows]


def _with_ids(steps: list[Any], own: list[Any], new: list[Any], pairs: Mapping[int, int]) -> None:
    """Give a step the name by which a chosen way now calls it."""
    said = {str(one) for step in steps for key in ("keputusan", "lanjut") for one in _targets(step.get(key))}
    known = {str(step.get("id")) for step in steps}
    for row, step in enumerate(new):
        if step.get("id") in said - known and row in pairs and not own[pairs[row]].get("id"):
            own[pairs[row]]["id"] = step["id"]


def _targets(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _targets(one)
    elif isinstance(value, list):
        for one in value:
            yield from _targets(one)
    elif value is not None:
        yield value
