"""Lines of a data file + path of keys → the same with the value at the path put in, taken out or moved.

Works on whole lines, as ``order`` does: a key, or an item of a list, goes with the comment lines right above
it and everything below it. What is not touched stays to the byte. Only mappings and lists whose keys and
items open lines of their own are known here; for any other shape the answer is None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from generator.data.load import Entry, Items, MappingNode, ScalarNode, Tree, load_text
from generator.data.writing.order import KeyOrder, belongs, block, ordered, start_of
from generator.data.writing.yaml_style import Plain, to_yaml

Path = tuple[str | int, ...]


class Place(Struct, frozen=True):
    """A value of a file: its tree, the line after it (from 0), and the order of its keys."""

    tree: Tree
    end: int
    order: KeyOrder | None


def find(lines: Sequence[str], tree: Tree, order: KeyOrder | None, path: Path) -> Place | None:
    """The value at a path, where everything on the way stands in lines of its own."""
    here = Place(tree, len(lines), order)
    for step in path:
        if isinstance(step, str) and isinstance(here.tree, MappingNode) and step in here.tree.entries:
            entries, starts = _entries(here, lines)
            if entries is None:
                return None
            n = list(here.tree.entries).index(step)
            stop = starts[n + 1] if n + 1 < len(starts) else here.end
            under = None if here.order is None else here.order.under.get(step, here.order.every)
            here = Place(entries[n].value, stop, under)
        elif isinstance(step, int) and isinstance(here.tree, Items) and step < len(here.tree.items):
            dashes = _items(here.tree, lines)
            if dashes is None:
                return None
            stop = dashes[step + 1] if step + 1 < len(dashes) else here.end
            here = Place(here.tree.items[step], stop, here.order)
        else:
            return None
    return here


def put(lines: Sequence[str], parent: Place, key: str, value: Plain) -> list[str] | None:
    """The lines with a key of a mapping set, or taken out where the value is None."""
    entries, starts = _entries(parent, lines)
    if entries is None or not isinstance(parent.tree, MappingNode):
        return None
    names = list(parent.tree.entries)
    column = entries[0].key.position.column - 1
    under = None if parent.order is None else parent.order.under.get(key, parent.order.every)
    new = [] if value is None else _indented(to_yaml({key: ordered(value, under)}), column)
    if key not in names:
        return list(lines) if value is None else _put_new(lines, parent, entries, starts, key, new)
    n = names.index(key)
    first = entries[n].key.position.line - 1
    stop = _body(lines, first, starts[n + 1] if n + 1 < len(starts) else parent.end, column)
    lead = lines[first][:column]
    if value is None:
        return _taken_out(lines, first, stop, lead, column)
    above, behind = _comments(lines[first:stop], len(new))
    new = [*(" " * column + comment for comment in above), *new]
    if above and lead.strip():  # a comment cannot stand before the dash of its item
        return None
    new[len(above)] = lead + new[len(above)][column:] + behind
    return [*lines[:first], *new, *lines[stop:]]


def insert(lines: Sequence[str], place: Place, at: int, value: Plain) -> list[str] | None:
    """The lines with an item put into a list that has some, parted from its neighbours as these are."""
    if not isinstance(place.tree, Items) or (starts := _items(place.tree, lines)) is None:
        return None
    dash = _dash(lines, place.tree.items[0])
    new = _indented("\n".join(to_yaml({"k": [ordered(value, place.order)]}).split("\n")[1:]), dash - 2)
    bodies, gaps = _parted(lines, place, starts, dash)
    gap = gaps[0] if gaps else ([""] if isinstance(value, Mapping) else [])
    bodies.insert(at, new)
    gaps.insert(at, gap)
    return _joined(lines, place, starts, bodies, gaps[: len(bodies) - 1])


def remove(lines: Sequence[str], place: Place, at: int) -> list[str] | None:
    """The lines without an item of a list that keeps others."""
    if not isinstance(place.tree, Items) or (starts := _items(place.tree, lines)) is None:
        return None
    bodies, gaps = _parted(lines, place, starts, _dash(lines, place.tree.items[0]))
    del bodies[at]
    if gaps:
        del gaps[min(at, len(gaps) - 1)]
    return _joined(lines, place, starts, bodies, gaps) if bodies else None


def move(lines: Sequence[str], place: Place, at: int, to: int) -> list[str] | None:
    """The lines with an item of a list in another place of it."""
    if not isinstance(place.tree, Items) or (starts := _items(place.tree, lines)) is None:
        return None
    bodies, gaps = _parted(lines, place, starts, _dash(lines, place.tree.items[0]))
    bodies.insert(to, bodies.pop(at))
    return _joined(lines, place, starts, bodies, gaps)


def _entries(place: Place, lines: Sequence[str]) -> tuple[list[Entry] | None, list[int]]:
    if not isinstance(place.tree, MappingNode):
        return None, []
    entries = list(place.tree.entries.values())
    if not entries or not block(place.tree, entries, lines):
        return None, []
    return entries, [start_of(entry, lines, first=n == 0) for n, entry in enumerate(entries)]


def _dash(lines: Sequence[str], item: Tree) -> int:
    """Column of the dash of an item, from 0; -1 where there is none in its line."""
    before = lines[item.position.line - 1][: item.position.column - 1]
    return before.rfind("-") if re.fullmatch(r" *- +", before) else -1


def _items(tree: Items, lines: Sequence[str]) -> list[int] | None:
    """First line of each item, the comments right above it included (those above the first belong to the
    list)."""
    if not tree.items:
        return None
    column = _dash(lines, tree.items[0])
    if column < 0 or any(_dash(lines, item) != column for item in tree.items):
        return None
    starts = []
    for n, item in enumerate(tree.items):
        line = item.position.line - 1
        while n and lines[line - 1].startswith(" " * column + "#"):
            line -= 1
        starts.append(line)
    return starts


def _body(lines: Sequence[str], first: int, stop: int, column: int) -> int:
    """The line after what belongs to a key or item whose column is given."""
    while stop > first + 1 and not belongs(lines[stop - 1], column):
        stop -= 1
    return stop


def _parted(
    lines: Sequence[str], place: Place, starts: Sequence[int], dash: int
) -> tuple[list[list[str]], list[list[str]]]:
    """The lines of each item, and those between each two."""
    bodies, gaps = [], []
    for n, start in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else place.end
        assert isinstance(place.tree, Items)
        stop = _body(lines, place.tree.items[n].position.line - 1, end, dash)
        bodies.append(list(lines[start:stop]))
        gaps += [list(lines[stop:end])] if n + 1 < len(starts) else []
    return bodies, gaps


def _joined(
    lines: Sequence[str],
    place: Place,
    starts: Sequence[int],
    bodies: Sequence[list[str]],
    gaps: Sequence[list[str]],
) -> list[str]:
    assert isinstance(place.tree, Items)
    last = place.tree.items[-1]
    stop = _body(lines, last.position.line - 1, place.end, _dash(lines, last))
    middle = [line for n, body in enumerate(bodies) for line in (*(gaps[n - 1] if n else ()), *body)]
    return [*lines[: starts[0]], *middle, *lines[stop:]]


def _put_new(
    lines: Sequence[str],
    parent: Place,
    entries: Sequence[Entry],
    starts: Sequence[int],
    key: str,
    new: list[str],
) -> list[str]:
    """A key that was not there, behind those that come before it in the order."""
    keys = (parent.order.keys if parent.order else None) or ()
    place = {name: n for n, name in enumerate(keys)}
    mine = place.get(key, len(place))
    before = [n for n, entry in enumerate(entries) if place.get(entry.key.value, len(place)) <= mine]
    column = entries[0].key.position.column - 1
    if not before:
        first = entries[0].key.position.line - 1
        lead = lines[first][:column]
        new[0] = lead + new[0][column:]
        return [*lines[:first], *new, " " * column + lines[first][column:], *lines[first + 1 :]]
    n = before[-1]
    stop = starts[n + 1] if n + 1 < len(starts) else parent.end
    at = _body(lines, entries[n].key.position.line - 1, stop, column)
    return [*lines[:at], *new, *lines[at:]]


def _taken_out(lines: Sequence[str], first: int, stop: int, lead: str, column: int) -> list[str] | None:
    rest = list(lines[stop:])
    if not lead.strip():
        return [*lines[:first], *rest]
    above = 0  # what follows stands behind the dash now, comments before it above the item
    while above < len(rest) and rest[above].startswith(" " * column + "#"):
        above += 1
    if above == len(rest) or not re.match(rf" {{{column}}}\S", rest[above]):
        return None
    dash = " " * (len(lead) - len(lead.lstrip()))
    comments = [dash + comment.strip() for comment in rest[:above]]
    return [*lines[:first], *comments, lead + rest[above][column:], *rest[above + 1 :]]


def _indented(text: str, column: int) -> list[str]:
    return [" " * column + line if line else "" for line in text.rstrip("\n").split("\n")]


def _comments(old: Sequence[str], height: int) -> tuple[list[str], str]:
    """The comments in the lines of a value: those that go above the new one, and what stays behind it."""
    found = [comment for n in range(len(old)) if (comment := _comment(old, n))]
    if len(found) == 1 and height == 1 and _comment(old, 0):
        return [], f" {found[0]}"
    return found, ""


def _comment(lines: Sequence[str], n: int) -> str:
    """The comment in a line, "" for none: what can be left out without the value being another."""
    for found in re.finditer(r"(?:(?<=\s)|^)#", lines[n]):
        left = [*lines[:n], lines[n][: found.start()], *lines[n + 1 :]]
        if _value(left) == _value(lines):
            return lines[n][found.start() :].rstrip()
    return ""


def _value(lines: Sequence[str]) -> object:
    """What lines of one key say, positions aside."""
    text = "\n".join(re.sub(r"^( *)- ", r"\1  ", line) if n == 0 else line for n, line in enumerate(lines))
    tree, _ = load_text(text + "\n", "")
    return None if tree is None else plain(tree)


def plain(tree: Tree) -> Plain:
    """The values of a tree, texts without the blanks at their ends; a blank is None."""
    if isinstance(tree, ScalarNode):
        return None if tree.blank else tree.value.strip()
    if isinstance(tree, Items):
        return [plain(item) for item in tree.items]
    return {key: plain(entry.value) for key, entry in tree.entries.items()}
