"""Text of an SOP file + operations → its text after them, and the splice that leads back.

Four operations on the values of a file are enough to make any version of an SOP from any other. What they
mean is ``on_plain``; what they do to the text, comments and all, is held to it. The inverse of an application
is the ``Splice`` of its lines turned round, so that taking back gives the very bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from generator.data.load import MappingNode, Tree
from generator.data.writing.lines import Path, find, insert, move, plain, put, remove
from generator.data.writing.order import SOP_ORDER, KeyOrder
from generator.data.writing.trees import read_tree
from generator.data.writing.yaml_style import Plain, with_values


class NotApplied(Exception):
    """An operation does not fit the text."""


class Put(Struct, frozen=True, tag="isi"):
    """The key at the end of the path gets a value; None takes it out. What is missing on the way is made."""

    path: Path
    value: Any = None


class Insert(Struct, frozen=True, tag="sisip"):
    """A list gets an item before the one that is ``at`` that place."""

    path: Path
    at: int
    value: Any


class Remove(Struct, frozen=True, tag="hapus"):
    """A list loses an item."""

    path: Path
    at: int


class Move(Struct, frozen=True, tag="pindah"):
    """An item of a list gets to another place of it."""

    path: Path
    at: int
    to: int


Operation = Put | Insert | Remove | Move


class Splice(Struct, frozen=True):
    """Lines of a text that give way to others, from a line on (from 0)."""

    line: int
    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def inverse(self) -> Splice:
        return Splice(self.line, self.new, self.old)

    def apply(self, text: str) -> str:
        """The text after it. Raises ``NotApplied`` where its lines are not there."""
        lines = text.split("\n")
        stop = self.line + len(self.old)
        if tuple(lines[self.line : stop]) != self.old:
            raise NotApplied(f"baris {self.line + 1} berbeda dari yang diharapkan")
        return "\n".join([*lines[: self.line], *self.new, *lines[stop:]])


def splice(before: str, after: str) -> Splice:
    """What makes one text of another: one run of lines."""
    old, new = before.split("\n"), after.split("\n")
    shorter = min(len(old), len(new))
    first = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    last = next((n for n in range(shorter - first) if old[-1 - n] != new[-1 - n]), shorter - first)
    return Splice(first, tuple(old[first : len(old) - last]), tuple(new[first : len(new) - last]))


def apply(text: str, operations: Iterable[Operation], order: KeyOrder = SOP_ORDER, name: str = "") -> str:
    """The text after the operations, in turn. Raises ``NotApplied``, and nothing has happened. ``name`` is
    what the check calls the file, so that both read its text once."""
    for operation in operations:
        text = _applied(text, operation, order, name)
    return text


def on_plain(value: Plain, operation: Operation) -> Plain:
    """What an operation makes of the values of a file. Raises ``NotApplied``."""
    if isinstance(operation, Put):
        return _set(value, operation.path, operation.value)
    return _at(value, operation.path, operation)


def _applied(text: str, operation: Operation, order: KeyOrder, name: str) -> str:
    tree, _ = read_tree(text, name)
    if tree is None:
        raise NotApplied("berkas tidak dapat dibaca")
    meant = _bare(on_plain(plain(tree), operation))
    if meant == plain(tree):
        return text
    for way in (_by_lines, _by_key, _by_library):
        done = way(text, tree, operation, order)
        if done is not None and _says(done, meant, name):
            return done
    raise NotApplied("perubahan ini tidak dapat ditulis")


def _says(text: str, meant: Plain, name: str = "") -> bool:
    tree, _ = read_tree(text, name)
    return tree is not None and plain(tree) == meant


def _by_lines(text: str, tree: Tree, operation: Operation, order: KeyOrder) -> str | None:
    """The operation on the very lines of its value."""
    lines = text.split("\n")
    if isinstance(operation, Put):
        parent = find(lines, tree, order, operation.path[:-1])
        done = None if parent is None else put(lines, parent, str(operation.path[-1]), operation.value)
        return None if done is None else "\n".join(done)
    place = find(lines, tree, order, operation.path)
    if place is None:
        return None
    if isinstance(operation, Insert):
        done = insert(lines, place, operation.at, operation.value)
    elif isinstance(operation, Remove):
        done = remove(lines, place, operation.at)
    else:
        done = move(lines, place, operation.at, operation.to)
    return None if done is None else "\n".join(done)


def _by_key(text: str, tree: Tree, operation: Operation, order: KeyOrder) -> str | None:
    """The value around it as a whole, the nearest that stands in lines of its own."""
    after = on_plain(plain(tree), operation)
    for length in range(len(operation.path), 0, -1):
        path = operation.path[:length]
        if not isinstance(path[-1], str):
            continue
        done = _by_lines(text, tree, Put(path, value_at(after, path)), order)
        if done is not None and _says(done, _bare(after)):
            return done
    return None


def _by_library(text: str, tree: Tree, operation: Operation, order: KeyOrder) -> str | None:
    """The key at the top of the file as a whole, in whatever shape the file is."""
    after, top = on_plain(plain(tree), operation), str(operation.path[0])
    try:
        return with_values(text, {(top,): value_at(after, (top,))})
    except Exception:  # whatever ruamel.yaml stumbles over: this way is none
        return None


def value_at(value: Any, path: Path) -> Any:
    """The value at the end of a path; None where something on the way is not there."""
    for step in path:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def _set(value: Any, path: Path, new: Plain) -> Plain:
    """The values with the key at the end of a path set."""
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        if not isinstance(value, list) or not 0 <= step < len(value) or not rest:
            raise NotApplied(f"tidak ada butir {step}")
        return [*value[:step], _set(value[step], rest, new), *value[step + 1 :]]
    entries = dict(value) if isinstance(value, Mapping) else {}
    if value is not None and not isinstance(value, Mapping):
        raise NotApplied(f"'{step}' bukan kunci di sini")
    if rest:
        if new is None and entries.get(step) is None:
            return entries
        entries[step] = _set(entries.get(step), rest, new)
    elif new is None:
        entries.pop(step, None)
    else:
        entries[step] = new
    return entries


def _at(value: Any, path: Path, operation: Insert | Remove | Move) -> Plain:
    """The values with an operation on the list at the end of a path."""
    if path:
        step, rest = path[0], path[1:]
        if isinstance(step, int):
            if not isinstance(value, list) or not 0 <= step < len(value):
                raise NotApplied(f"tidak ada butir {step}")
            return [*value[:step], _at(value[step], rest, operation), *value[step + 1 :]]
        if not isinstance(value, Mapping):
            raise NotApplied(f"'{step}' bukan kunci di sini")
        return {**value, step: _at(value.get(step), rest, operation)}
    items = list(value) if isinstance(value, list) else []
    if value is not None and not isinstance(value, list):
        raise NotApplied("di sini tidak ada daftar")
    most = len(items) - (0 if isinstance(operation, Insert) else 1)
    if not 0 <= operation.at <= most or (isinstance(operation, Move) and not 0 <= operation.to <= most):
        raise NotApplied("tempat itu tidak ada pada daftar")
    if isinstance(operation, Insert):
        items.insert(operation.at, operation.value)
    elif isinstance(operation, Remove):
        del items[operation.at]
    else:
        items.insert(operation.to, items.pop(operation.at))
    return items


def _bare(value: Any) -> Any:
    """Values as the reader gives them back: texts without the blanks at their ends."""
    if isinstance(value, Mapping):
        return {key: _bare(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_bare(item) for item in value]
    return value if value is None else str(value).strip()


def is_table(text: str) -> bool:
    """Whether a text can be edited: a mapping that can be read."""
    return isinstance(read_tree(text)[0], MappingNode)
