"""Alur → Trails: the documents that go from step to step, by the words of Kelengkapan and Output.

A document is what two or more steps name with the same words (case, list markers and full stops aside).
Nothing is guessed from similar words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from generator.model.lists import read_list
from generator.model.sop import Alur

_MARKER = re.compile(r"^\s*(?:[-–—•*]|\(?(?:\d{1,2}|[a-z])[.)])\s+")


class Stop(Struct, frozen=True):
    """A step that names the document: as what it needs, as what it makes, or both."""

    row: int
    needed: bool
    made: bool


class Trail(Struct, frozen=True):
    """A document in the words of the first step that names it, and its steps in order."""

    text: str
    stops: tuple[Stop, ...]


def find_trails(alur: Alur) -> tuple[Trail, ...]:
    """The documents of one flow that two or more steps name, in the order in which they first appear."""
    said: dict[str, str] = {}
    needed: dict[str, set[int]] = {}
    made: dict[str, set[int]] = {}
    for row, step in enumerate(alur.kegiatan):
        for lines, rows in ((step.kelengkapan, needed), ((step.output or "").split("\n"), made)):
            for text in _items(tuple(lines)):
                key = " ".join(text.casefold().split()).rstrip(" .;,")
                if key.strip("-–— "):
                    said.setdefault(key, text.strip().rstrip(" .;,"))
                    rows.setdefault(key, set()).add(row)
    trails = []
    for key, text in said.items():
        rows_of = sorted(needed.get(key, set()) | made.get(key, set()))
        if len(rows_of) > 1:
            stops = (Stop(row, row in needed.get(key, ()), row in made.get(key, ())) for row in rows_of)
            trails.append(Trail(text, tuple(stops)))
    return tuple(trails)


def _items(lines: tuple[str, ...]) -> Iterator[str]:
    for line in read_list(lines).items:
        yield _MARKER.sub("", line)
