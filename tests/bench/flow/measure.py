"""Boxes + polylines (pixels) → counts. One measure for every router, by the marks of the page checker."""

from __future__ import annotations

from itertools import combinations, pairwise

from msgspec import Struct

Point = tuple[float, float]
Box = tuple[float, float, float, float]

NEAR = 2.5
"""Lines closer than this run on one another, in pixels."""


class Sheet(Struct, frozen=True):
    """A chart as pixels: the box of each symbol, and each edge by the numbers of its two symbols."""

    boxes: tuple[Box, ...]
    edges: tuple[tuple[int, int], ...]


class Counts(Struct, frozen=True):
    hits: int
    shared: int
    crossings: int
    bends: int
    slanted: int


def measure(sheet: Sheet, ways: list[list[Point]]) -> Counts:
    """Count what the page checker counts: lines through symbols, edges without a common end that share
    a line for more than 4 px, crossings, bends, slanted pieces."""
    chains = [
        _pieces(_outside(_outside(way, sheet.boxes[a])[::-1], sheet.boxes[b])[::-1])
        for way, (a, b) in zip(ways, sheet.edges, strict=True)
    ]
    hits = sum(
        any(_through(piece, box) for piece in pieces)
        for pieces, ends in zip(chains, sheet.edges, strict=True)
        for n, box in enumerate(sheet.boxes)
        if n not in ends
    )
    shared = crossings = 0
    for (p, (a, b)), (q, (c, d)) in combinations(zip(chains, sheet.edges, strict=True), 2):
        shared += a != c and b != d and any(_along(x, y) > 4 for x in p for y in q)
        crossings += sum(_cross(x, y) for x in p for y in q)
    bends = sum(max(0, len(pieces) - 1) for pieces in chains)
    slanted = sum(min(x[2] - x[0], x[3] - x[1]) > 1 for pieces in chains for x in pieces)
    return Counts(hits, shared, crossings, bends, slanted)


def _outside(way: list[Point], box: Box) -> list[Point]:
    """The way from where it last leaves the box that it starts in."""
    for i in range(len(way) - 1, 0, -1):
        (x, y), (to_x, to_y) = way[i - 1], way[i]
        if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            start = min(max(to_x, box[0]), box[2]), min(max(to_y, box[1]), box[3])
            return [start, *way[i:]]
    return way


def _pieces(way: list[Point]) -> list[Box]:
    """Straight pieces; those in one line, and steps of less than half a pixel, are joined."""
    corners: list[Point] = []
    for x, y in way:
        if corners and abs(x - corners[-1][0]) < 0.5 and abs(y - corners[-1][1]) < 0.5:
            continue
        if len(corners) > 1:
            (a, b), (c, d) = corners[-2:]
            if (abs(a - c) < 0.5 and abs(c - x) < 0.5) or (abs(b - d) < 0.5 and abs(d - y) < 0.5):
                corners.pop()
        corners.append((x, y))
    return [(min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in pairwise(corners)]


def _through(piece: Box, box: Box) -> bool:
    return piece[0] < box[2] - 2 and piece[2] > box[0] + 2 and piece[1] < box[3] - 2 and piece[3] > box[1] + 2


def _level(piece: Box) -> bool:
    return piece[3] - piece[1] <= piece[2] - piece[0]


def _along(p: Box, q: Box) -> float:
    """Length in pixels on which two pieces lie on one line."""
    if _level(p) != _level(q):
        return 0.0
    if _level(p):
        return min(p[2], q[2]) - max(p[0], q[0]) if abs(p[1] - q[1]) < NEAR else 0.0
    return min(p[3], q[3]) - max(p[1], q[1]) if abs(p[0] - q[0]) < NEAR else 0.0


def _cross(p: Box, q: Box) -> bool:
    if _level(p) == _level(q):
        return False
    h, v = (p, q) if _level(p) else (q, p)
    return h[0] + 1.5 < v[0] < h[2] - 1.5 and v[1] + 1.5 < h[1] < v[3] - 1.5
