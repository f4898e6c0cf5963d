"""YAML file → tree of strings that know where they stand, + problems.

Every scalar stays the text that was written (``010``, ``12:30`` and ``no`` are strings). What a data file
has no use for is refused: aliases and anchors, merge keys, tags, several documents, tabs, control
characters, files that are too large or too deep. The fast libyaml parser is used where PyYAML has it;
on a syntax error the pure Python parser is asked again, so that the words do not depend on the machine.
(The pure parser alone asks for quotes around text with a question mark inside { } or [ ].)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from generator.data.files.inputs import read_file
from generator.data.files.plain import why
from generator.data.syntax import FALLBACK_HINT, fault, odd_indent, swallowed, syntax_problem
from generator.model.problems import Position, Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 20

_PURE: Any = yaml.SafeLoader
_FAST: Any = getattr(yaml, "CSafeLoader", _PURE)

# C0 and C1 controls but line feed and carriage return; the line separators of Unicode, at which editors and
# YAML count lines differently; byte order marks inside; surrogates and the non-characters.
_FORBIDDEN = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


class ScalarNode(Struct, frozen=True):
    """A scalar as written. ``blank``: nothing stands there at all (``waktu:``); "" in quotes is not blank."""

    value: str
    position: Position
    blank: bool = False


class Items(Struct, frozen=True):
    """A sequence."""

    items: tuple[Tree, ...]
    position: Position


class Entry(Struct, frozen=True):
    """A key of a mapping with its value."""

    key: ScalarNode
    value: Tree


class MappingNode(Struct, frozen=True):
    """A mapping in the order of the file; of duplicate keys the first is kept."""

    entries: Mapping[str, Entry]
    position: Position

    def get(self, key: str) -> Tree | None:
        entry = self.entries.get(key)
        return entry.value if entry else None


Tree = ScalarNode | Items | MappingNode


def load_file(path: Path, name: str | None = None) -> tuple[Tree | None, list[Problem]]:
    """Read one YAML file; ``name`` is the file name shown in problems. None: it could not be read."""
    shown = name or path.as_posix()
    start = Position(shown, 1, 1)
    try:
        data = read_file(path, MAX_BYTES + 1)
    except OSError as error:
        return None, [
            fault(start, f"berkas tidak dapat dibaca ({why(error)})", "periksa nama dan izin berkas")
        ]
    return load_bytes(data, shown)


def load_bytes(data: bytes, name: str) -> tuple[Tree | None, list[Problem]]:
    """Read YAML from bytes. Never raises: whatever is wrong with them is a problem."""
    start = Position(name, 1, 1)
    if len(data) > MAX_BYTES:
        return None, [
            fault(
                start,
                f"berkas terlalu besar (lebih dari {MAX_BYTES // 1000} kB)",
                "bagi menjadi berkas yang lebih kecil (daftar: dalam foldernya, misalnya hukum/2024.yml)",
            )
        ]
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        return None, [
            fault(
                Position(name, line, column),
                "berkas bukan UTF-8",
                "simpan ulang berkas dengan pengodean UTF-8",
            )
        ]
    comments: list[Problem] = []
    tree, problems = load_text(text, name, comments)
    return tree, problems + comments


def load_text(
    text: str, name: str, comments: list[Problem] | None = None
) -> tuple[Tree | None, list[Problem]]:
    """Read YAML from text; see ``load_bytes``. ``comments`` is given what was most likely meant as text and
    is read as a comment."""
    if found := _FORBIDDEN.search(text):
        return None, [_forbidden(text, found, name)]
    try:
        return _Composer(name, comments).compose(text, _FAST)
    except _Refused as refused:
        return None, [refused.problem]
    except (yaml.YAMLError, RecursionError, ValueError):
        pass
    if comments:
        comments.clear()
    try:
        return _Composer(name, comments).compose(text, _PURE)
    except _Refused as refused:
        return None, [refused.problem]
    except yaml.MarkedYAMLError as error:
        return None, [syntax_problem(error, text, name)]
    except (yaml.YAMLError, RecursionError, ValueError):
        return None, [fault(Position(name, 1, 1), "isi berkas bukan YAML", FALLBACK_HINT)]


def forbidden(text: str) -> str | None:
    """The first character of a text that no data file may hold."""
    found = _FORBIDDEN.search(text)
    return found[0] if found else None


def locate(tree: Tree | None, *path: str | int) -> Position | None:
    """Position of the value at ``path``, or of the nearest one around it that exists."""
    if tree is None:
        return None
    here = tree.position
    for step in path:
        found: Tree | None = None
        if isinstance(tree, MappingNode) and isinstance(step, str):
            found = tree.get(step)
        elif isinstance(tree, Items) and isinstance(step, int) and step < len(tree.items):
            found = tree.items[step]
        elif (
            isinstance(tree, ScalarNode | MappingNode) and step == 0
        ):  # a single value where a list may stand
            continue
        if found is None:
            return here
        tree, here = found, found.position
    return here


class _Refused(Exception):
    """Carries the problem that ends the reading of a file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Open(Struct):
    """A collection whose end has not been read yet."""

    position: Position
    mapping: bool
    items: list[Tree] = []
    entries: dict[str, Entry] = {}
    key: ScalarNode | None = None
    key_end: tuple[int, int] = (0, 0)


class _Composer:
    """Builds the tree of one document from parser events, without recursion."""

    def __init__(self, name: str, comments: list[Problem] | None = None) -> None:
        self.name = name
        self.comments = comments
        self.lines: list[str] = []
        self.problems: list[Problem] = []
        self.stack: list[_Open] = []
        self.root: Tree | None = None

    def compose(self, text: str, loader: Any) -> tuple[Tree | None, list[Problem]]:
        documents = 0
        if self.comments is not None and " #" in text:
            self.lines = re.split("\r\n|\r|\n", text)
        parser = loader(text)
        try:
            for event in iter(parser.get_event, None):
                if isinstance(event, yaml.ScalarEvent):
                    self._scalar(event)
                elif isinstance(event, yaml.NodeEvent):
                    self._open(event)
                elif isinstance(event, yaml.CollectionEndEvent):
                    self._close()
                elif isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        raise self._refuse(
                            event, "berkas memuat lebih dari satu dokumen", "hapus baris '---'"
                        )
                    if event.version or event.tags:
                        raise self._refuse(event, "arahan YAML (%) tidak dipakai di sini", "hapus baris itu")
        finally:
            parser.dispose()
        if self.root is None or (isinstance(self.root, ScalarNode) and self.root.blank):
            self.problems.append(fault(Position(self.name, 1, 1), "berkas kosong", "isi berkas, atau hapus"))
            return None, self.problems
        return self.root, self.problems

    def _without_use(self, event: yaml.NodeEvent) -> _Refused:
        """What stands at a value and no data file has a use for."""
        if isinstance(event, yaml.AliasEvent):
            what = f"alias (*{event.anchor})"
            cure = "tulis nilainya sekali lagi, atau beri tanda kutip bila bintang itu teks"
        elif event.anchor is not None:
            what, cure = f"jangkar (&{event.anchor})", "hapus, atau beri tanda kutip bila itu teks"
        else:
            what = f"tag ({getattr(event, 'tag', '')})"
            cure = "hapus, atau beri tanda kutip bila tanda seru itu teks"
        return self._refuse(event, f"{what} tidak dipakai di sini", cure)

    def _open(self, event: yaml.NodeEvent) -> None:
        """An alias is refused, a collection begins."""
        if event.anchor is not None or getattr(event, "tag", None) is not None:
            raise self._without_use(event)
        if self.stack and self.stack[-1].mapping and self.stack[-1].key is None:
            raise self._refuse(
                event, "kunci harus berupa kata, bukan daftar", "periksa tanda kurung dan titik dua"
            )
        if len(self.stack) >= MAX_DEPTH:
            raise self._refuse(
                event, f"susunan terlalu dalam (lebih dari {MAX_DEPTH} tingkat)", "sederhanakan susunannya"
            )
        self.stack.append(_Open(self._position(event), isinstance(event, yaml.MappingStartEvent)))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            raise self._without_use(event)
        if event.style == '"' and (found := _FORBIDDEN.search(event.value)):  # written with an escape
            hint = "tulis tanda yang tampak saja"
            raise self._refuse(event, f"teks memuat tanda kendali U+{ord(found[0]):04X}", hint)
        plain, mark, end = not event.style, self._position(event), event.end_mark
        blank = plain and event.value == ""
        if plain and self.lines and self.comments is not None and end is not None:
            self.comments += swallowed(mark, event.value, self.lines[end.line][end.column :])
        if self.stack and self.stack[-1].mapping and self.stack[-1].key is None:
            assert end is not None
            self.stack[-1].key_end = (end.line + 1, end.column + 1)
        elif blank and self.stack and self.stack[-1].mapping:
            line, column = self.stack[-1].key_end  # the two parsers differ on where nothing stands
            mark = Position(self.name, line, column + 1)
        self._place(ScalarNode(event.value, mark, blank), plain)

    def _close(self) -> None:
        done = self.stack.pop()
        self._place(
            MappingNode(done.entries, done.position)
            if done.mapping
            else Items(tuple(done.items), done.position)
        )

    def _place(self, tree: Tree, plain: bool = False) -> None:
        if not self.stack:
            self.root = tree
            return
        top = self.stack[-1]
        if not top.mapping:
            top.items.append(tree)
        elif top.key is None:
            assert isinstance(tree, ScalarNode)
            if plain and tree.value == "<<":
                raise _Refused(
                    fault(
                        tree.position, "penggabungan (<<) tidak dipakai di sini", "tulis isinya di tempat itu"
                    )
                )
            if plain and not tree.value.isascii() and (problem := odd_indent(tree.position, tree.value)):
                raise _Refused(problem)
            top.key = tree
        else:
            self._enter(top, top.key, tree)
            top.key = None

    def _enter(self, top: _Open, key: ScalarNode, value: Tree) -> None:
        first = top.entries.get(key.value)
        if first is None:
            top.entries[key.value] = Entry(key, value)
            return
        line = first.key.position.line
        self.problems.append(
            fault(
                key.position,
                f"kunci '{key.value}' ditulis dua kali",
                f"yang pertama di baris {line}; hapus salah satu",
            )
        )

    def _position(self, event: yaml.Event) -> Position:
        mark: Any = event.start_mark
        return Position(self.name, mark.line + 1, mark.column + 1)

    def _refuse(self, event: yaml.Event, message: str, hint: str) -> _Refused:
        return _Refused(fault(self._position(event), message, hint))


def _forbidden(text: str, found: re.Match[str], name: str) -> Problem:
    before = re.split("\r\n|\r|\n", text[: found.start()])
    position = Position(name, len(before), len(before[-1]) + 1)
    if found[0] == "\t":
        return fault(position, "tanda tab tidak boleh dipakai", "ganti dengan spasi")
    return fault(position, f"tanda kendali U+{ord(found[0]):04X} tidak boleh dipakai", "hapus tanda itu")
