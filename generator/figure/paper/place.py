"""Plane + page breaks → the Figure of each page: symbols, lines cut at the breaks, connectors.

The plane is the drawing as if paper had no end; a break is a height at which it is cut. A line that
crosses one gets its pair of segilima, under the last row and above the first row of the next page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from string import ascii_uppercase
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from generator.figure.figure import Connector, Figure, Line, Symbol, Words
from generator.figure.outline import At
from generator.figure.plane import Plane
from generator.flow.drawing import Drawing, X
from generator.form.symbols import SYMBOLS, Shape

CONNECTOR = SYMBOLS[Shape.OFF_PAGE].half
STUB = 0.55
"""Length of the line between a row and the nearest segilima, and of what is free behind it, em."""
_CLEAR = 0.15

Edge = tuple[str, str]


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
    """A page break in the plane, and the lines that cross it: place in the row and their edges."""

    y: float
    crossing: tuple[tuple[float, tuple[Edge, ...]], ...]


class Fall(NamedTuple):
    """A piece of a line that runs down or up: where, the bands (row, zone) of its ends, its line."""

    x: X
    top: tuple[int, int]
    bottom: tuple[int, int]
    edge: Edge


def falls(drawing: Drawing) -> dict[int, list[Fall]]:
    """The pieces that run down or up in each row; every break asks for those in its own."""
    found: dict[int, list[Fall]] = {}
    for route in drawing.routes:
        for p, q in pairwise(route.points):
            if p.x == q.x:
                top, bottom = sorted((p.y, q.y))
                fall = Fall(p.x, top[:2], bottom[:2], (route.source, route.target))
                for row in range(top.row, bottom.row + 1):
                    found.setdefault(row, []).append(fall)
    return found


def crossing(
    lines: Mapping[int, Sequence[Fall]], plane: Plane, cut: tuple[int, int]
) -> tuple[tuple[float, tuple[Edge, ...]], ...]:
    """The lines that cross a break before a band (row, zone), from left to right; lines that run on one
    another (they merge) share one connector."""
    found: dict[float, list[Edge]] = {}
    for fall in lines.get(cut[0], ()):
        if fall.top < cut <= fall.bottom:
            edges = found.setdefault(round(plane.x(fall.x), 2), [])
            if fall.edge not in edges:
                edges.append(fall.edge)
    return tuple((x, tuple(edges)) for x, edges in sorted(found.items()))


def depths(xs: Sequence[float], em: float) -> list[int]:
    """How deep in its strip each connector lies, so that none touches another or another's line."""
    half, placed = CONNECTOR[0] * em, list[tuple[float, int]]()
    for x in xs:
        near = [(d, abs(x - at)) for at, d in placed]
        depth = 0
        while any(
            (d == depth and distance < 2 * half + _CLEAR * em)
            or (d != depth and distance < half + _CLEAR * em)
            for d, distance in near
        ) and depth < len(placed):
            depth += 1
        placed.append((x, depth))
    return [depth for _, depth in placed]


def strip_height(xs: Sequence[float], em: float) -> float:
    """Height of the strip that holds the connectors of one break; 0 where nothing crosses."""
    if not xs:
        return 0.0
    deepest = max(depths(xs, em))
    return round((2 * STUB + 2 * CONNECTOR[1] * (deepest + 1) + _CLEAR * deepest) * em, 2)


def place(plane: Plane, cuts: Sequence[Cut], words: Mapping[str, str]) -> tuple[Figure, ...]:
    """Deal the figure out to the pages between the cuts."""
    whole, em, ys = plane.figure(words), plane.em, [cut.y for cut in cuts]
    above = [0.0, *(strip_height([x for x, _ in cut.crossing], em) for cut in cuts)]
    shift = [room - top for room, top in zip(above, [0.0, *ys], strict=True)]
    connectors = _connectors(cuts, _letters(cuts), plane, above, shift)
    symbols: list[list[Symbol]] = [[] for _ in shift]
    lines: list[list[Line]] = [[] for _ in shift]
    labels: list[list[Words]] = [[] for _ in shift]
    on = {symbol.node: bisect_right(ys, symbol.centre[1]) for symbol in whole.symbols}
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
            lines[page].append(replace(line, corners=corners, head=line.head if last else None))
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


def _name(number: int) -> str:
    """A, B … Z, AA, AB …, counted from 0."""
    name = ""
    while number >= 0:
        number, tail = divmod(number, 26)
        name, number = ascii_uppercase[tail] + name, number - 1
    return name


def _letters(cuts: Sequence[Cut]) -> list[list[str]]:
    """A letter for every line that crosses where several do; none is used twice."""
    count, letters = 0, []
    for cut in cuts:
        names = []
        for _ in cut.crossing:
            if len(cut.crossing) > 1:
                names.append(_name(count))
                count += 1
            else:
                names.append("")
        letters.append(names)
    return letters


def _connectors(
    cuts: Sequence[Cut],
    letters: Sequence[Sequence[str]],
    plane: Plane,
    above: Sequence[float],
    shift: Sequence[float],
) -> list[list[Connector]]:
    """The connectors of every page: those of the break over it and of the break under it."""
    em = plane.em
    half = (round(CONNECTOR[0] * em, 2), round(CONNECTOR[1] * em, 2))
    found: list[list[Connector]] = [[] for _ in range(len(cuts) + 1)]
    for number, cut in enumerate(cuts):
        xs = [x for x, _ in cut.crossing]
        for (x, edges), letter, depth in zip(cut.crossing, letters[number], depths(xs, em), strict=True):
            away = STUB * em + depth * (2 * half[1] + _CLEAR * em)
            foot = cut.y + shift[number] + away
            head = above[number + 1] - away - 2 * half[1]
            found[number].append(Connector(letter, _round((x, foot)), half, True, edges))
            found[number + 1].append(Connector(letter, _round((x, head)), half, False, edges))
    return found


def _round(at: At) -> At:
    return round(at[0], 2), round(at[1], 2)
