"""Drawing + a page break → the lines that cross it: where, which way, and the room of their connectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from string import ascii_uppercase
from typing import NamedTuple

from msgspec import Struct

from generator.figure.plane import Plane
from generator.flow.drawing import Drawing, X
from generator.form.symbols import ARROW, SYMBOLS, Shape

CONNECTOR = SYMBOLS[Shape.OFF_PAGE].half
STUB = ARROW.length + 0.3
"""Length of the line between a row and the nearest segilima, em: an arrow head and a little of its line."""
BEHIND = 0.4
"""What is free behind the last segilima, em."""
CLEAR = 0.15
"""Least distance of a segilima from another and from another's line, em."""

Edge = tuple[str, str]


class Crossing(Struct, frozen=True):
    """Lines that cross a break at one place in the row; ``up``: they run to the page before."""

    x: float
    edges: tuple[Edge, ...]
    up: bool


class Fall(NamedTuple):
    """A piece of a line that runs down or ``up``: where, the bands (row, zone) of its ends, its line."""

    x: X
    top: tuple[int, int]
    bottom: tuple[int, int]
    edge: Edge
    up: bool


def falls(drawing: Drawing) -> dict[int, list[Fall]]:
    """The pieces that run down or up in each row; every break asks for those in its own."""
    found: dict[int, list[Fall]] = {}
    for route in drawing.routes:
        for p, q in pairwise(route.points):
            if p.x == q.x:
                top, bottom = sorted((p.y, q.y))
                fall = Fall(p.x, top[:2], bottom[:2], (route.source, route.target), q.y < p.y)
                for row in range(top.row, bottom.row + 1):
                    found.setdefault(row, []).append(fall)
    return found


def crossing(lines: Mapping[int, Sequence[Fall]], plane: Plane, cut: tuple[int, int]) -> tuple[Crossing, ...]:
    """The lines that cross a break before a band (row, zone), from left to right; lines that run on one
    another (they merge) share one connector."""
    found: dict[tuple[float, bool], list[Edge]] = {}
    for fall in lines.get(cut[0], ()):
        if fall.top < cut <= fall.bottom:
            edges = found.setdefault((round(plane.x(fall.x), 2), fall.up), [])
            if fall.edge not in edges:
                edges.append(fall.edge)
    return tuple(Crossing(x, tuple(edges), up) for (x, up), edges in sorted(found.items()))


def depths(xs: Sequence[float], em: float) -> list[int]:
    """How deep in its strip each connector lies, so that none touches another or another's line."""
    half, placed = CONNECTOR[0] * em, list[tuple[float, int]]()
    for x in xs:
        near = [(d, abs(x - at)) for at, d in placed]
        depth = 0
        while any(
            (d == depth and distance < 2 * half + CLEAR * em) or (d != depth and distance < half + CLEAR * em)
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
    return round((STUB + BEHIND + 2 * CONNECTOR[1] * (deepest + 1) + CLEAR * deepest) * em, 2)


def letters(breaks: Sequence[Sequence[Crossing]]) -> list[list[str]]:
    """A letter for every line that crosses where several do; none is used twice."""
    count, found = 0, []
    for crossings in breaks:
        names = []
        for _ in crossings:
            if len(crossings) > 1:
                names.append(_name(count))
                count += 1
            else:
                names.append("")
        found.append(names)
    return found


def _name(number: int) -> str:
    """A, B … Z, AA, AB …, counted from 0."""
    name = ""
    while number >= 0:
        number, tail = divmod(number, 26)
        name, number = ascii_uppercase[tail] + name, number - 1
    return name
