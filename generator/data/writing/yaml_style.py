"""Plain values ↔ YAML text in the style of ``sop_data/``, comments kept (ruamel.yaml round trip).

Every scalar is text, as ``generator.data.load`` reads it: ``010`` and ``no`` stay what was written, and a key
left blank stays blank. Text runs on in one line; short lists wrap.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.emitter import RoundTripEmitter
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    LiteralScalarString,
    PlainScalarString,
    SingleQuotedScalarString,
)
from ruamel.yaml.tag import Tag

WRAP_TEXT = 105
"""Folded text (``>-``) wraps before this column."""
WRAP_LIST = 85
"""A list in brackets goes on in the next line after this column."""

Plain = str | int | None | Sequence["Plain"] | Mapping[str, "Plain"]
"""What a data file holds: text, nothing (a blank), lists and mappings; a number is text without quotes."""

_STR = Tag(suffix="tag:yaml.org,2002:str")
_NULL = Tag(suffix="tag:yaml.org,2002:null")
_TYPED = re.compile(  # what YAML 1.1 or 1.2 would not read as text
    r"(?i)(~|null|true|false|yes|no|on|off|y|n|[-+]?(\.inf|\.nan)|[-+]?[0-9][0-9_,.:]*(e[-+]?[0-9]+)?"
    r"|0[xo][0-9a-f_]+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t ].*)?|-)"
)


class _Strings(VersionedResolver):
    """Resolves every scalar as text, and a plain one without text as nothing."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is ScalarNode:
            return _NULL if value == "" and implicit[0] else _STR
        return super().resolve(kind, value, implicit)


class _Blanks(RoundTripRepresenter):
    """Writes nothing as a blank, never as ``null``."""

    def represent_none(self, data: Any) -> Any:
        return self.represent_scalar("tag:yaml.org,2002:null", "")


_Blanks.add_representer(type(None), _Blanks.represent_none)


class _Emitter(RoundTripEmitter):
    """Wraps lists in brackets, never text."""

    def choose_scalar_style(self) -> Any:
        nothing = self.event.value == "" and self.event.tag == "tag:yaml.org,2002:null"
        return "" if nothing else super().choose_scalar_style()

    def _at_width(self, width: int, write: Any, *args: Any) -> Any:
        kept, self.best_width = self.best_width, width
        try:
            return write(*args)
        finally:
            self.best_width = kept

    def write_plain(self, text: Any, split: Any = True) -> None:
        if not text and self.flow_level:  # {Ya: , Tidak: …}: without the blank the colon would be text
            self.write_indicator(" ", False, whitespace=True)
        self._at_width(10**9, super().write_plain, text, False)

    def write_double_quoted(self, text: Any, split: Any = True) -> None:
        self._at_width(10**9, super().write_double_quoted, text, False)

    def write_single_quoted(self, text: Any, split: Any = True) -> None:
        self._at_width(10**9, super().write_single_quoted, text, False)

    def expect_flow_sequence(self, force_flow_indent: Any = False) -> None:
        before = self.indent
        super().expect_flow_sequence(force_flow_indent)
        self.indent = (before or 0) + 2

    def expect_flow_mapping(self, single: Any = False, force_flow_indent: Any = False) -> None:
        before = self.indent
        super().expect_flow_mapping(single, force_flow_indent)
        self.indent = (before or 0) + 2

    def expect_flow_sequence_item(self) -> None:
        self._at_width(WRAP_LIST, super().expect_flow_sequence_item)

    def expect_flow_mapping_key(self) -> None:
        self._at_width(WRAP_LIST, super().expect_flow_mapping_key)


def _yaml() -> Any:
    yaml = YAML()
    yaml.Resolver, yaml.Representer, yaml.Emitter = _Strings, _Blanks, _Emitter
    yaml.preserve_quotes = True
    yaml.allow_unicode = True
    yaml.width = WRAP_TEXT
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def restyle(text: str) -> str:
    """The same YAML in one style. Raises what ruamel.yaml raises on text that it cannot read."""
    return _dumped(_yaml().load(text))


def with_values(text: str, values: Mapping[tuple[str, ...], Plain]) -> str:
    """The same YAML with the value at each path put in, or its key taken out where the value is None. The top
    of the text, and what is on the way of a path, must be mappings."""
    tree = _yaml().load(text)
    for path, value in values.items():
        at = tree
        for key in path[:-1]:
            if not isinstance(at.get(key), Mapping):
                at[key] = CommentedMap()
            at = at[key]
        if value is not None:
            at[path[-1]] = _styled(value)
        elif path[-1] in at:
            del at[path[-1]]
    return _dumped(tree)


def to_yaml(value: Plain) -> str:
    """YAML text of plain values; lists of short texts stand in brackets, texts of several lines as ``|``."""
    styled = _styled(value)
    if isinstance(styled, CommentedMap):
        styled.fa.set_block_style()
    return _dumped(styled)


def scalar(text: str | None) -> str:
    """A single value as it stands after ``key:`` in one line."""
    return _dumped({"k": None if text is None else _quoted(text)}).removeprefix("k:").strip()


def _dumped(value: Any) -> str:
    out = StringIO()
    _yaml().dump(value, out)
    return re.sub(r"(?m),[ ]+$", ",", out.getvalue())


def _styled(value: Any) -> Any:
    if isinstance(value, Mapping):
        styled = CommentedMap((_quoted(key), _styled(item)) for key, item in value.items())
        if all(item is None or isinstance(item, str | int) for item in value.values()) and _short(value):
            styled.fa.set_flow_style()
        return styled
    if isinstance(value, int):
        return PlainScalarString(str(value))
    if isinstance(value, str) or value is None:
        return None if value is None else _quoted(value)
    items = CommentedSeq(_styled(item) for item in value)
    if all(isinstance(item, str) and re.fullmatch(r"[a-z0-9-]+", item) for item in value):
        items.fa.set_flow_style()
    return items


def _short(value: Mapping[str, Any]) -> bool:
    """Whether a mapping of texts fits into one line in braces."""
    if "uraian" in value:  # a step is read line by line
        return False
    plain = re.compile(r"[\w?./() -]{0,40}")
    return sum(map(len, value)) < 60 and all(
        plain.fullmatch(key) and plain.fullmatch("" if item is None else str(item))
        for key, item in value.items()
    )


def _quoted(text: str) -> Any:
    lines = text.split("\n")
    if len(lines) > 1 and all(line.isprintable() and line.strip() == line != "" for line in lines):
        return LiteralScalarString(f"{text}\n")
    if text == "" or _TYPED.fullmatch(text) or not text.isprintable() or text != text.strip():
        return DoubleQuotedScalarString(text)
    if not (text[0].isalnum() or text[0] in "(/") or ": " in text or " #" in text or text.endswith(":"):
        return SingleQuotedScalarString(text) if '"' in text else DoubleQuotedScalarString(text)
    return PlainScalarString(text)  # plain where YAML allows, whatever stood there before
