"""YAML text → the same text with the keys of each mapping in one order, comments with their keys.

Works on whole lines: a key moves with the comment lines right above it and everything below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from generator.data.load import Entry, Items, MappingNode, ScalarNode, Tree
from generator.data.validate.schema import (
    ACTOR_FIELDS,
    AGENCY_FIELDS,
    DATE_FIELDS,
    LAW_FIELDS,
    READING_FIELDS,
    RELATION_FIELDS,
    REVIEW_FIELDS,
    REVOCATION_FIELDS,
    SIGNATURE_FIELDS,
    SIGNER_FIELDS,
    SOP_FIELDS,
    UNIT_FIELDS,
    VERSION_FIELDS,
)
from generator.data.validate.steps import CHART_FIELDS, STEP_FIELDS, SYMBOL_FIELDS
from generator.data.writing.yaml_style import Plain


class KeyOrder(Struct, frozen=True):
    """The order of the keys of a mapping (None: as written), and that of the mappings under them; ``every``
    is for what stands under any other key."""

    keys: tuple[str, ...] | None = None
    under: Mapping[str, KeyOrder] = {}
    every: KeyOrder | None = None


_BEFORE_TABLE = tuple(key for key in SOP_FIELDS if key in ("dugaan", "catatan"))
_HEAD = tuple(SOP_FIELDS)[: tuple(SOP_FIELDS).index("label")]
_SOP_KEYS = tuple(dict.fromkeys((*_HEAD, *_BEFORE_TABLE, *SOP_FIELDS)))
"""As in the schema, but what is ours (readings, notes) stands before the long table."""

_STEP = KeyOrder(tuple(STEP_FIELDS), {"simbol": KeyOrder(tuple(SYMBOL_FIELDS))})
SOP_ORDER = KeyOrder(
    _SOP_KEYS,
    {
        "versi": KeyOrder(tuple(VERSION_FIELDS)),
        "tanggal": KeyOrder(tuple(DATE_FIELDS)),
        "pencabutan": KeyOrder(tuple(REVOCATION_FIELDS)),
        "disahkan_oleh": KeyOrder(tuple(SIGNER_FIELDS)),
        "tanda_tangan": KeyOrder(tuple(SIGNATURE_FIELDS)),
        "tinjauan": KeyOrder(tuple(REVIEW_FIELDS)),
        "keterkaitan": KeyOrder(tuple(RELATION_FIELDS)),
        "kegiatan": _STEP,
        "alur": KeyOrder(tuple(CHART_FIELDS), {"kegiatan": _STEP}),
        "dugaan": KeyOrder(tuple(READING_FIELDS)),
    },
)
REGISTER_ORDERS: Mapping[str, KeyOrder] = {
    "instansi": KeyOrder(tuple(AGENCY_FIELDS)),
    "unit": KeyOrder(every=KeyOrder(tuple(UNIT_FIELDS))),
    "pelaksana": KeyOrder(every=KeyOrder(tuple(ACTOR_FIELDS))),
    "hukum": KeyOrder(every=KeyOrder(tuple(LAW_FIELDS))),
}


def ordered(form: Plain, order: KeyOrder | None) -> Plain:
    """Plain values with the keys of each mapping in order; keys that are not known stay last."""
    if order is None or form is None or isinstance(form, str | int):
        return form
    if not isinstance(form, Mapping):
        return [ordered(item, order) for item in form]
    keys = (*(key for key in order.keys or () if key in form), *form)
    return {key: ordered(form[key], order.under.get(key, order.every)) for key in dict.fromkeys(keys)}


def reorder(text: str, tree: Tree, order: KeyOrder) -> str:
    """The text with its keys in order; a mapping in braces, or of an unusual shape, stays as it is."""
    lines = text.split("\n")
    _arrange(tree, order, lines, len(lines))
    return "\n".join(lines)


def _arrange(tree: Tree, order: KeyOrder | None, lines: list[str], end: int) -> None:
    """Arrange the mappings of a tree, deepest first; ``end`` is the line after it, from 0. Lines move only
    inside a mapping, so that what stands around it keeps its place."""
    if order is None or isinstance(tree, ScalarNode):
        return
    if isinstance(tree, Items):
        stops = [item.position.line - 1 for item in tree.items[1:]]
        for item, stop in zip(tree.items, [*stops, end], strict=False):
            _arrange(item, order, lines, stop)
        return
    entries = list(tree.entries.values())
    if not entries or not block(tree, entries, lines):
        return
    starts = [start_of(entry, lines, first=n == 0) for n, entry in enumerate(entries)]
    for entry, stop in zip(entries, [*starts[1:], end], strict=True):
        _arrange(entry.value, order.under.get(entry.key.value, order.every), lines, stop)
    if order.keys is not None:
        _sort(entries, starts, order.keys, lines, end)


def block(tree: MappingNode, entries: Sequence[Entry], lines: Sequence[str]) -> bool:
    """Whether each key opens a line of its own, all in one column."""
    column = entries[0].key.position.column
    return all(
        entry.key.position.column == column
        and (n == 0 or not lines[entry.key.position.line - 1][: column - 1].strip())
        for n, entry in enumerate(entries)
    ) and not lines[tree.position.line - 1][tree.position.column - 1 :].startswith("{")


def start_of(entry: Entry, lines: Sequence[str], first: bool) -> int:
    """First line of an entry, the comments right above it included."""
    line, column = entry.key.position.line - 1, entry.key.position.column - 1
    while not first and line and lines[line - 1].startswith(" " * column + "#"):
        line -= 1
    return line


def _sort(
    entries: Sequence[Entry], starts: Sequence[int], keys: Sequence[str], lines: list[str], end: int
) -> None:
    """Put the entries of one mapping in order; keys that are not known stay last, as written."""
    place = {key: n for n, key in enumerate(keys)}
    order = sorted(range(len(entries)), key=lambda n: (place.get(entries[n].key.value, len(place)), n))
    if order == list(range(len(entries))):
        return
    column = entries[0].key.position.column - 1
    lead = lines[starts[0]][:column]
    chunks = [lines[start:stop] for start, stop in zip(starts, [*starts[1:], end], strict=True)]
    tail: list[str] = []
    while len(chunks[-1]) > 1 and not belongs(chunks[-1][-1], column):
        tail.insert(0, chunks[-1].pop())
    chunks[0][0] = " " * column + chunks[0][0][column:]
    at = entries[order[0]].key.position.line - 1 - starts[order[0]]
    first = chunks[order[0]]
    first[at] = lead + first[at][column:]
    lines[starts[0] : end] = [line for n in order for line in chunks[n]] + tail


def belongs(line: str, column: int) -> bool:
    """Whether a line below the last entry is part of it: deeper than the keys, and not blank."""
    return bool(line.strip()) and (line.startswith(" " * (column + 1)) or not line.strip().startswith("#"))
