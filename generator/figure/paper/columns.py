"""FlowContent + Drawing + Paper → Columns: how the width of the table is divided.

Columns narrow first, then the actors' headings turn, then the type shrinks, down to a set size. Which of
the ways that fit takes the fewest pages, ``pages`` finds out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from generator.figure.lattice import LABEL_WIDTH, WORD_WIDTH, Lattice, measure
from generator.figure.metrics import text_width, wrap
from generator.figure.paper.breaks import LOWER, PITCH
from generator.figure.paper.content import FlowContent
from generator.figure.paper.sheet import Columns, Paper
from generator.figure.share import share
from generator.flow.drawing import Drawing

INSET = (3.0, 2.5)
"""Distance of a text from the sides and from the top and bottom of its cell, points."""
TITLE = 11.0
"""Size of the title over a table, points."""
SIZES = ((9.0, 9.0), (8.5, 8.5), (8.0, 8.0), (7.5, 7.75))
"""Sizes of the text and of the drawing's em, largest first. No print is smaller: at the last, labels are
6.5 points and letters in connectors 6."""
TOLD = 7.5
"""Size of what is said beside connectors, points."""
TURNED_HEIGHT = 72.0
"""How high a turned heading may become before it breaks into lines, points."""
_LONGEST = (9.0, 6.5)
"""A word wider than this (em) may be broken, so it does not widen its column: comfortable, bare."""
_CODE = 12.0
"""A number with its letters, hyphens and slashes may be so wide."""
_DIGIT = re.compile(r"\d")
_STEP = 4.0
_WIDEST = 1.5
_EASY = 1.2
BOLD = 1.08
_CLOSER = 0.97
"""At least so wide are texts as a share of what ``text_width`` says."""


class _Text(Struct, frozen=True):
    """What a column holds: per row the widths of its lines; its longest word and line. Em."""

    rows: tuple[tuple[float, ...], ...]
    word: float
    line: float


class Division(Struct, frozen=True):
    """A way to divide the width, with the drawing measured for it."""

    lattice: Lattice
    columns: Columns


class TypeSize(Struct, frozen=True):
    """A size of type that the table has room for: the ways to divide the width at it, which are reckoned only
    where they are asked for, and how high all rows together are at least, however it is divided."""

    least: float
    ways: Callable[[], Iterator[Division]]


def type_sizes(flow: FlowContent, drawing: Drawing, paper: Paper) -> Iterator[TypeSize]:
    """The sizes at which one table has room, largest first.

    Where no size leaves the columns of text comfortable, they are bare and longer words of the drawing are
    parted; nothing where that does not fit either.
    """
    columns = flow.table.columns
    comfortable, bare = [one.comfortable for one in columns], [one.bare for one in columns]
    for least, longest, word in ((comfortable, _LONGEST[0], WORD_WIDTH), (bare, _LONGEST[1], LABEL_WIDTH)):
        texts = tuple(_read(flow, column, longest) for column in range(len(columns)))
        lattice = measure(drawing, word=word)
        fitting = False
        for size, em in SIZES:
            floor = [
                max(text.word, min(wide, text.line)) * size + 2 * INSET[0] + 0.5
                for text, wide in zip(texts, least, strict=True)
            ]
            if sum(lane.width for lane in lattice.lanes) * em <= paper.inner_width - sum(floor):
                fitting = True
                high = _least_height(texts, lattice, paper.inner_width, size, em)
                yield TypeSize(high, partial(_ways, flow, lattice, word, texts, paper, (size, em), floor))
        if fitting:
            return


def _least_height(texts: Sequence[_Text], lattice: Lattice, width: float, size: float, em: float) -> float:
    """No row is lower than its part of the drawing, nor than its texts would be if all that the lanes leave
    of the width held as much of them."""
    room = (width - sum(lane.width for lane in lattice.lanes) * em - 2 * INSET[0] * len(texts)) / size
    said = (sum(sum(text.rows[row]) for text in texts) for row in range(len(lattice.rows)))
    return sum(
        max(lengths.height * em, (_CLOSER * words / room * PITCH - LOWER) * size + 2 * INSET[1])
        for lengths, words in zip(lattice.rows, said, strict=True)
    )


def _ways(
    flow: FlowContent,
    lattice: Lattice,
    word: float,
    texts: Sequence[_Text],
    paper: Paper,
    sizes: tuple[float, float],
    floor: Sequence[float],
) -> Iterator[Division]:
    for columns in _at_size(flow, lattice, texts, paper.inner_width, sizes, floor):
        yield Division(measure(lattice.drawing, word=word, stretch=columns.stretch), columns)


def _read(flow: FlowContent, column: int, most: float) -> _Text:
    rows = tuple(tuple(text_width(line) for line in row[column]) for row in flow.rows)
    words = [word for row in flow.rows for line in row[column] for word in _words(line)]
    longest = max(
        (min(text_width(word), _CODE if _DIGIT.search(word) else most) for word in words), default=0.0
    )
    heading = max(
        text_width(word) * BOLD for word in _words(flow.label[flow.table.columns[column].key]) or [""]
    )
    word = max(longest, min(heading, most))
    return _Text(rows, word, max([word, *(line + 0.2 for row in rows for line in row)]))


def _words(line: str) -> list[str]:
    """What should stay on one line: words, parted at hyphens and slashes, and whole numbers with theirs."""
    return [
        piece
        for word in line.split()
        for piece in ([word] if _DIGIT.search(word) else word.replace("/", "/ ").replace("-", "- ").split())
    ]


def _at_size(
    flow: FlowContent,
    lattice: Lattice,
    texts: Sequence[_Text],
    width: float,
    sizes: tuple[float, float],
    floor: Sequence[float],
) -> Iterator[Columns]:
    """The ways to divide the width at a size of text and em: with the actors' headings lying, then turned."""
    size, em = sizes
    natural = sum(lane.width for lane in lattice.lanes) * em
    widest = min(_WIDEST, (width - sum(floor)) / natural)
    need = max(
        (max(text_width(word) for word in _words(heading) or [""]) * BOLD * size + 4) / (lane.width * em)
        for heading, lane in zip(flow.lanes, lattice.lanes, strict=True)
    )
    stretches = [max(1.0, need)] if need <= widest else [1.0]
    if stretches[0] < _EASY <= widest:
        stretches.insert(0, _EASY)
    for stretch in stretches:
        lanes = tuple(lane.width * em * stretch for lane in lattice.lanes)
        widths = share([text.rows for text in texts], floor, width - sum(lanes), size, INSET[0], _STEP)
        yield Columns(size, em, stretch, need > widest, lanes, tuple(widths))


def heading_box(columns: Columns, lane: int, heading: str) -> tuple[float, float]:
    """Width at which an actor's heading is set, and the height it takes if it is turned (else 0)."""
    if not columns.turned:
        return columns.lanes[lane] - 4, 0.0
    size = columns.text
    natural = max(text_width(line) for line in heading.split("\n")) * BOLD * size + 2
    if natural <= TURNED_HEIGHT:
        return natural, natural
    fits = max(1, math.floor((columns.lanes[lane] - 4) / (size * PITCH)))
    height = TURNED_HEIGHT
    while len(wrap(heading, (height - 2) / BOLD / size)) > fits and height < natural:
        height += 6
    return height, height
