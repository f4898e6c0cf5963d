"""Plane + page breaks → the Figure of each page: symbols, lines cut at the breaks, connectors.

The plane is the drawing as if paper had no end; a break is a height at which it is cut. A line that
crosses one gets its pair of segilima, under the last row and above the first row of the next page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from generator.figure.figure import Connector, Elsewhere, Figure, Line, Symbol, Words
from generator.figure.outline import At
from generator.figure.paper.crossing import CLEAR, CONNECTOR, STUB, Crossing, Edge, depths, letters
from generator.figure.plane import Plane
from generator.flow.drawing import Side


class CutPlane(Plane, frozen=True):
    """A plane in which a row may be torn: ``gaps`` gives the space put in before a band of a row, in
    points; a row with gaps has its bands as low as they can be, so the cuts fall into the gaps."""

    gaps: Mapping[tuple[int, int], float] = {}

    def band(self, row: int, zone: int) -> tuple[float, float]:
        if not any(torn == row for torn, _ in self.gaps):
            return Plane.band(self, row, zone)
        bands = self.lattice.rows[row].bands
        gap = sum(self.gaps.get((row, z), 0.0) for z in range(zone + 1))
        return sum(bands[:zone]) * self.em + gap, bands[zone] * self.em


class Cut(Struct, frozen=True):
    """A page break in the plane, its strip's height and the lines that cross it."""

    y: float
    strip: float
    crossing: tuple[Crossing, ...]


def place(
    plane: Plane, cuts: Sequence[Cut], words: Mapping[str, str], steps: Sequence[str]
) -> tuple[Figure, ...]:
    """Deal the figure out to the pages between the cuts; ``steps`` gives what each row is called."""
    whole, em, ys = plane.figure(words), plane.em, [cut.y for cut in cuts]
    above = [0.0, *(cut.strip for cut in cuts)]
    shift = [room - top for room, top in zip(above, [0.0, *ys], strict=True)]
    symbols: list[list[Symbol]] = [[] for _ in shift]
    lines: list[list[Line]] = [[] for _ in shift]
    labels: list[list[Words]] = [[] for _ in shift]
    on = {symbol.node: bisect_right(ys, symbol.centre[1]) for symbol in whole.symbols}
    called = {symbol.node: steps[symbol.row] for symbol in plane.lattice.drawing.symbols}
    ends = {node: Elsewhere(called[node], page) for node, page in on.items()}
    connectors = _connectors(cuts, ends, plane, above, shift)
    for symbol in whole.symbols:
        (x, y), page = symbol.centre, on[symbol.node]
        symbols[page].append(replace(symbol, centre=_round((x, y + shift[page])), half=_round(symbol.half)))
    for line in whole.lines:
        pieces = _pieces(line.corners, [] if line.joint else ys)
        for number, (page, piece) in enumerate(pieces):
            page = on[line.source] if line.joint else page
            corners = tuple(_round((x, y + shift[page])) for x, y in piece)
            edge = (line.source, line.target)
            first, last = number == 0, number == len(pieces) - 1
            corners = _to_connector(corners, connectors[page], edge, not first, not last)
            lines[page].append(replace(line, corners=corners, head=line.head if last else _into(corners)))
    for box in whole.words:
        page = on[box.source]
        left, top = _round((box.left, box.top + shift[page]))
        width, height = _round((box.width, box.height))
        labels[page].append(replace(box, left=left, top=top, width=width, height=height))
    return tuple(
        Figure(em, tuple(symbols[n]), tuple(lines[n]), tuple(labels[n]), tuple(connectors[n]))
        for n in range(len(shift))
    )


def _pieces(way: Sequence[At], ys: Sequence[float]) -> list[tuple[int, tuple[At, ...]]]:
    """The way cut at the breaks, in its own direction: (page, corners)."""
    page = bisect_right(ys, way[0][1])
    pieces: list[tuple[int, list[At]]] = [(page, [way[0]])]
    for (x, a), (_, b), q in ((p, q, q) for p, q in pairwise(way)):
        between = (
            ys[bisect_right(ys, a) : bisect_left(ys, b)]
            if b > a
            else ys[bisect_left(ys, b) : bisect_left(ys, a)]
        )
        for y in between if b > a else reversed(between):
            pieces[-1][1].append((x, y))
            page += 1 if b > a else -1
            pieces.append((page, [(x, y)]))
        pieces[-1][1].append(q)
    return [(page, tuple(corners)) for page, corners in pieces]


def _to_connector(
    corners: tuple[At, ...], connectors: Sequence[Connector], edge: Edge, start: bool, end: bool
) -> tuple[At, ...]:
    """Lengthen a piece that was cut until it touches its connector."""
    points = list(corners)
    for at, wanted in ((0, start), (-1, end)):
        if wanted:
            inner = points[1 if at == 0 else -2]
            x, y = points[at]
            below = inner[1] < y if inner[1] != y else y > 0
            for connector in connectors:
                if connector.below == below and edge in connector.edges and abs(connector.at[0] - x) < 0.1:
                    reach = 0.0 if below else 2 * connector.half[1]
                    points[at] = (x, round(connector.at[1] + reach, 2))
    return tuple(points)


def _into(corners: tuple[At, ...]) -> Side | None:
    """The side of a segilima at which a line that ends in it arrives."""
    return Side.TOP if corners[-1][1] >= corners[-2][1] else Side.BOTTOM


def _connectors(
    cuts: Sequence[Cut],
    ends: Mapping[str, Elsewhere],
    plane: Plane,
    above: Sequence[float],
    shift: Sequence[float],
) -> list[list[Connector]]:
    """The connectors of every page: those of the break over it and of the break under it."""
    em = plane.em
    half = (round(CONNECTOR[0] * em, 2), round(CONNECTOR[1] * em, 2))
    found: list[list[Connector]] = [[] for _ in range(len(cuts) + 1)]
    names = letters([cut.crossing for cut in cuts])
    for number, cut in enumerate(cuts):
        ways = zip(cut.crossing, names[number], depths([one.x for one in cut.crossing], em), strict=True)
        for one, letter, depth in ways:
            away = STUB * em + depth * (2 * half[1] + CLEAR * em)
            foot = cut.y + shift[number] + away
            head = above[number + 1] - away - 2 * half[1]
            for page, y, below in ((number, foot, True), (number + 1, head, False)):
                others = [ends[target if one.up != below else source] for source, target in one.edges]
                told = tuple(dict.fromkeys(Elsewhere(end.step, end.pages - page) for end in others))
                found[page].append(
                    Connector(letter, _round((one.x, y)), half, below, one.edges, one.up, told)
                )
    return found


def _round(at: At) -> At:
    return round(at[0], 2), round(at[1], 2)
