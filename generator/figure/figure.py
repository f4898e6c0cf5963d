"""Figure: the flow as it is drawn, every piece at its place. PDF, Word and SVG copy it and decide nothing.

Lengths are in points of the medium; x counts from the left end of the actor block, y downwards from the top
of the first row (on paper: of the table body on its page).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from generator.figure import outline
from generator.figure.lattice import LEADING, LETTER
from generator.figure.outline import At
from generator.flow.drawing import Side
from generator.form.symbols import ARROW, SYMBOLS, Outline, Polygon, Shape

_OUT: Mapping[Side, At] = {Side.TOP: (0, -1), Side.BOTTOM: (0, 1), Side.LEFT: (-1, 0), Side.RIGHT: (1, 0)}


class Symbol(Struct, frozen=True):
    """A symbol: its centre, half its width and height, its lines of text, and what it says in words."""

    node: str
    shape: Shape
    lane: int
    centre: At
    half: At
    lines: tuple[str, ...]
    words: str
    turned: bool = False
    """It stands on its head."""
    loose: bool = False
    """A line ends there; it is not drawn."""

    @property
    def outline(self) -> Outline:
        return SYMBOLS[self.shape].outline

    def corners(self, polygon: Polygon) -> tuple[At, ...]:
        """The corners of its outline, which is this polygon."""
        found = outline.corners(polygon, self.centre, self.half)
        middle = 2 * self.centre[1]
        return tuple((x, middle - y) for x, y in found) if self.turned else found


class Line(Struct, frozen=True):
    """A way or a part of one: its corners, and the ids of its ends; ``joint``: without a direction.

    ``head`` is the side that an arrow head touches at the last corner: of the target, or of the connector
    through which the way goes on (None: it is a joint).
    """

    source: str
    target: str
    corners: tuple[At, ...]
    head: Side | None = None
    joint: bool = False
    dashed: bool = False


class Words(Struct, frozen=True):
    """The words of a branch in their box, whole and in lines; ``anchor``: the side they are set against."""

    source: str
    target: str
    text: str
    lines: tuple[str, ...]
    left: float
    top: float
    width: float
    height: float
    anchor: Side


class Elsewhere(Struct, frozen=True):
    """An end of a line on another page: what its step is called, and how many pages further on it is."""

    step: str
    pages: int


class Connector(Struct, frozen=True):
    """A segilima: its letter ("" when it is the only one at this break), the middle of its upper edge,
    and the lines (source, target) that go on there. ``below``: at the foot of the page; ``up``: the lines run
    to the page before, and it points there; ``others``: their ends that lie across the break."""

    letter: str
    at: At
    half: At
    below: bool
    edges: tuple[tuple[str, str], ...]
    up: bool
    others: tuple[Elsewhere, ...]

    @property
    def symbol(self) -> Symbol:
        """The symbol that it is drawn as."""
        form, (x, y) = SYMBOLS[Shape.OFF_PAGE], self.at
        name = f"{form.name} {self.letter}".rstrip()
        return Symbol(name, form.shape, 0, (x, y + self.half[1]), self.half, (self.letter,), name, self.up)

    def words(self, page: int) -> str:
        """Which way its lines go and where their other ends are; ``page`` is the number of its own."""
        pages = sorted({page + end.pages for end in self.others})
        there = [
            f"{' dan '.join(end.step for end in self.others if page + end.pages == number)}, hal. {number}"
            for number in pages
        ]
        way = "ke" if self.below != self.up else "dari"
        return f"{'kembali ' * self.up}{way} {' dan '.join(there)}"


def strip_words(connectors: Sequence[Connector], page: int) -> str:
    """What is said beside the connectors at the head or at the foot of a page of this number."""
    told = "; ".join(f"{one.letter} {one.words(page)}".lstrip() for one in connectors)
    return f"{'Bersambung' if connectors[0].below else 'Sambungan'}: {told}" if told else ""


class Figure(Struct, frozen=True):
    """What is drawn, in the order in which pieces lie over one another: lines, connectors, symbols, words.
    ``em`` is the length of one em."""

    em: float
    symbols: tuple[Symbol, ...] = ()
    lines: tuple[Line, ...] = ()
    words: tuple[Words, ...] = ()
    connectors: tuple[Connector, ...] = ()

    @property
    def letters(self) -> float:
        """Size of the words in symbols and beside lines."""
        return self.em * LETTER

    @property
    def leading(self) -> float:
        """Height of one line of these words."""
        return self.em * LETTER * LEADING

    def stroke(self, line: Line) -> tuple[At, ...]:
        """The corners of a line as it is drawn, stopping inside its arrow head."""
        if line.head is None:
            return line.corners
        (x, y), (dx, dy) = line.corners[-1], _OUT[line.head]
        back = ARROW.length * self.em / 2
        return (*line.corners[:-1], (round(x + dx * back, 2), round(y + dy * back, 2)))

    def head(self, line: Line) -> tuple[At, ...]:
        """The three corners of a line's arrow head, its tip first; none where it has none."""
        if line.head is None:
            return ()
        (x, y), (dx, dy) = line.corners[-1], _OUT[line.head]
        long, half = ARROW.length * self.em, ARROW.length * self.em * ARROW.slender
        left, top = x + dx * long, y + dy * long
        first = (round(left + dy * half, 2), round(top + dx * half, 2))
        return (x, y), first, (round(left - dy * half, 2), round(top - dx * half, 2))
