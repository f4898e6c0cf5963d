"""Texts at given widths → their heights, as the typesetter finds them. Lengths in points."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

from generator.figure.metrics import parted, text_width
from generator.figure.paper.breaks import BREAK, HYPHEN, Item, height_of
from generator.figure.paper.content import Content
from generator.figure.paper.face import fits_one_page
from generator.figure.paper.letters import USUAL, prints
from generator.figure.paper.sheet import Paper
from generator.figure.paper.typesetter import fresh, handed, leftward, setting
from generator.model.lists import indented

_HERE = Path(__file__).parent
_MARKER = re.compile(r"(\u00a0*(?:\d{1,3}[.)]|[a-zA-Z][.)]|[-•–]))\s+(?=\S)|(\u00a0+)(?=\S)")
"""A list marker with the blanks before it, or blanks alone."""

# What may go to the next page: a word with the space after it, a piece of one that is parted.
_RUN = re.compile(f"[^ {HYPHEN}{BREAK}]+[ {HYPHEN}{BREAK}]?|[ {HYPHEN}{BREAK}]")


class MeasuredText(Struct, frozen=True):
    """Lines to be set at a width, size and weight."""

    width: float
    size: float
    lines: tuple[str, ...]
    weight: str = "regular"


def printable(text: str) -> str:
    """The text with a box in place of every character that the fonts cannot print."""
    if text.isascii():
        return text
    return "".join(letter if prints(letter) else "□" for letter in text)


def missing_letters(content: Content) -> list[tuple[str, str]]:
    """Characters of a document that the fonts cannot print, each with the text that it first stands in."""
    boxes = [line for box in (*content.fields, *content.boxes) for line in (box.label, *box.lines)]
    cells = [line for flow in content.flows for row in flow.rows for cell in row for line in cell]
    heads = [text for flow in content.flows for text in (flow.title, *flow.lanes, *flow.label.values())]
    approval = [text for text in astuple(content.approval) if text]
    drawn = [text for flow in content.flows for text in flow.words.values()]
    texts = [content.name, content.number, *content.kop, *content.address, *boxes, *approval]
    texts += [*heads, *cells, *drawn]
    found: dict[str, str] = {}
    for text in texts:
        for letter in set(text) - USUAL - {"\n"}:
            if not prints(letter):
                found.setdefault(letter, text)
    return sorted(found.items())


def items(lines: Sequence[str], room: float = 0.0) -> list[Item]:
    """Lines with their list markers taken off; words wider than ``room`` (em; 0: any) may be broken."""
    return [_item(line, room) for line in lines]


@lru_cache(maxsize=8192)
def _item(line: str, room: float) -> Item:
    """One of ``items``: a cell is measured, and then written in several formats."""
    line = printable(indented(line))
    begin = _MARKER.match(line)
    marker = (begin[1] or begin[2]) if begin else ""
    indent = max(0.9, round(text_width(marker.replace("\u00a0", " ") + " ") + 0.1, 2)) if marker else 0.0
    words = line[begin.end() :] if begin else line
    return indent, marker, breakable(words, room - indent) if room else words


def breakable(text: str, room: float) -> str:
    """The text with marks where words that alone are wider than ``room`` em are parted."""
    if text_width(text) <= room:
        return text
    return " ".join(word if text_width(word) <= room else _marked(word, room) for word in text.split(" "))


def _marked(word: str, room: float) -> str:
    parts = parted(word, room)
    marks = [HYPHEN if hyphen else "" if part[-1:] == "-" else BREAK for part, hyphen in parts]
    return "".join(part + mark for (part, _), mark in zip(parts, [*marks[:-1], ""], strict=True))


def measured(
    texts: Sequence[MeasuredText], paper: Paper, face: Mapping[str, Any] | None
) -> tuple[list[float], int]:
    """Height of every text, rounded up, and the number of pages of the identity block (1 without one).

    The typesetter is asked where it alone can tell, for that takes longer than all else.
    """
    kerned = leftward("".join(line for text in texts for line in text.lines)) or leftward(str(face))
    heights = [None if kerned else _height(text) for text in texts]
    asked_face, pages = None if face is None or fits_one_page(face, paper) else face, 1
    if asked_face or None in heights:
        unknown = [text for text, height in zip(texts, heights, strict=True) if height is None]
        asked, pages = asked_heights(unknown, paper, asked_face)
        found = iter(asked)
        heights = [next(found) if height is None else height for height in heights]
    return [math.ceil(height * 100) / 100 for height in heights if height is not None], pages


def asked_heights(
    texts: Sequence[MeasuredText], paper: Paper, face: Mapping[str, Any] | None
) -> tuple[list[float], int]:
    """What the typesetter says: the heights of texts, and the number of pages of the identity block."""
    found = query(
        _HERE / "measure.typ",
        {
            "paper": [paper.width, paper.height, paper.side, paper.top, paper.bottom],
            "face": face,
            "texts": [[t.width, t.size, t.weight, items(t.lines, t.width / t.size)] for t in texts],
        },
    )
    return found["heights"], found["pages"]


def _height(text: MeasuredText) -> float | None:
    return height_of(items(text.lines, text.width / text.size), text.width, text.size, text.weight)


def split(texts: Sequence[MeasuredText], heights: Sequence[float]) -> list[list[tuple[str, ...]]]:
    """Each text in parts that fit the heights, the last of which counts for all further parts."""
    cells, lined = [], []
    for text in texts:
        lines = items(text.lines, text.width / text.size)
        runs = [(at, run) for at, (_, _, words) in enumerate(lines) for run in _RUN.findall(words) or [""]]
        cells.append([text.width, text.size, lines, runs])
        lined.append((lines, runs))
    counts = query(_HERE / "split.typ", {"texts": cells, "heights": list(heights)})
    return [_parts(*runs, count) for runs, count in zip(lined, counts, strict=True)]


_UNMARKED = {ord(HYPHEN): None, ord(BREAK): None}


def _parts(
    lines: Sequence[Item], runs: Sequence[tuple[int, str]], counts: Sequence[int]
) -> list[tuple[str, ...]]:
    parts, start, begun = [], 0, -1
    for many in counts:
        found: dict[int, list[str]] = {}
        for at, run in runs[start : start + many]:
            found.setdefault(at, []).append(run)
        part = []
        for at, here in found.items():
            marker = lines[at][1]
            part.append(
                (f"{marker} " if marker.strip() and at != begun else marker * (at != begun))
                + "".join(here).removesuffix(" ").translate(_UNMARKED)
            )
            begun = at
        parts.append(tuple(part))
        start += many
    return parts


_asked = count(1)
_FORGET = 4
"""After so many questions the typesetter is made to forget what it remembers of old ones, which only
compiling does; otherwise it grows by two megabytes a document."""


def query(template: Path, data: Mapping[str, Any]) -> Any:
    """What a template finds, without a document being made."""
    with setting():
        document = fresh(handed(template, data))
        found = document.query("<found>", field="value", one=True, format="json")
    if next(_asked) % _FORGET == 0:
        fresh().compile(format="pdf")
    return json.loads(found)
