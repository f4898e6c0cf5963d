"""Polygons → what they draw: a thin one is a line along its middle, a small pointed one an arrow's head."""

from __future__ import annotations

import math
from collections.abc import Sequence

from generator.reading.geometry import area, distance, unit
from generator.reading.seen import Point

MOST_CORNERS = 600
"""Of a shape with more corners, every second, third, … is looked at."""


def cleaned(points: Sequence[Point]) -> tuple[Point, ...]:
    """Corners without repetitions and without the closing point."""
    found: list[Point] = []
    for point in points:
        if not found or distance(found[-1], point) > 0.02:
            found.append(point)
    while len(found) > 1 and distance(found[0], found[-1]) <= 0.02:
        found.pop()
    return tuple(found[:: 1 + len(found) // MOST_CORNERS])


def perimeter(points: Sequence[Point]) -> float:
    return sum(distance(a, b) for a, b in zip(points, (*points[1:], points[0]), strict=True))


def thickness(points: Sequence[Point]) -> float:
    """How thick a polygon is if it is a line painted as an area: its area by half its circumference."""
    around = perimeter(points)
    return 2 * area(points) / around if around else 0.0


def middle(points: Sequence[Point]) -> tuple[Point, ...]:
    """The line along the middle of a thin polygon: each long side is paired with the one that runs back
    beside it; a corner is the middle of its outer and its inner point."""
    thick = thickness(points)
    sides = list(zip(points, (*points[1:], points[0]), strict=True))
    pairs: list[tuple[int, int]] = []
    used: set[int] = set()
    for i, one in enumerate(sides):
        if i in used or distance(*one) <= 1.6 * thick:
            continue
        best = _beside(i, sides, used, thick)
        if best is not None:
            used |= {i, best}
            pairs.append((i, best))
    if not pairs:
        return _halves(points)
    found: list[Point] = []
    for i, j in pairs:
        start, end = _mid(sides[i][0], sides[j][1]), _mid(sides[i][1], sides[j][0])
        if found:
            found[-1] = _mid(found[-1], start) if distance(found[-1], start) <= 2 * thick + 1 else found[-1]
        else:
            found.append(start)
        found.append(end)
    if len(points) > 24 and len(pairs) * 4 < len(points):
        return _halves(points)
    return straightened(found)


def _beside(i: int, sides: Sequence[tuple[Point, Point]], used: set[int], thick: float) -> int | None:
    """The side that runs back beside side ``i``, nearest in length."""
    a, b = sides[i]
    way = unit(a, b)
    best, least = None, math.inf
    for j, (c, d) in enumerate(sides):
        if j == i or j in used or distance(c, d) <= 1.6 * thick:
            continue
        back = unit(c, d)
        if way[0] * back[0] + way[1] * back[1] > -0.97:
            continue
        off = abs((c[0] - a[0]) * way[1] - (c[1] - a[1]) * way[0])
        apart = distance(a, d) + distance(b, c)
        if off <= 2.2 * thick + 0.3 and apart < least and apart < 8 * thick + 4:
            best, least = j, apart
    return best


def _mid(a: Point, b: Point) -> Point:
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)


def _halves(points: Sequence[Point]) -> tuple[Point, ...]:
    """The middle of a bent band with many corners: its two sides lie as far from the ends in both ways."""
    n = len(points)
    far = max(range(n), key=lambda k: max(distance(points[k], other) for other in points))
    ring = [*points[far:], *points[:far]]
    half = (n + 1) // 2
    found = [_mid(ring[k], ring[(n - k) % n]) for k in range(half)]
    return straightened([ring[0], *found[1:], ring[n // 2]])


def straightened(points: Sequence[Point]) -> tuple[Point, ...]:
    """A line without points that lie on the way between their neighbours."""
    found: list[Point] = []
    for point in points:
        if found and distance(found[-1], point) < 0.05:
            continue
        while len(found) > 1:
            (x, y), (u, v) = found[-2], found[-1]
            off = abs((u - x) * (point[1] - y) - (v - y) * (point[0] - x))
            reach = distance(found[-2], point)
            ahead = (u - x) * (point[0] - u) + (v - y) * (point[1] - v) > 0
            if reach and off / reach < 0.15 and ahead:
                found.pop()
            else:
                break
        found.append(point)
    return tuple(found)


def tip(points: Sequence[Point], way: Point | None) -> tuple[Point, Point]:
    """The tip of a head and where it points: the corner farthest that way; without a way, the corner opposite
    the side that differs most from the two others."""
    if way is not None:
        best = max(points, key=lambda p: p[0] * way[0] + p[1] * way[1])
        return best, way
    corners = _corners(points)
    lengths = [distance(corners[k - 1], corners[k - 2]) for k in range(3)]  # opposite of corner k
    middle_length = sorted(lengths)[1]
    k = max(range(3), key=lambda k: abs(lengths[k] - middle_length))
    if max(lengths) - min(lengths) < 0.06 * max(lengths):
        k = _level(corners)
    base = _mid(corners[k - 1], corners[k - 2])
    return corners[k], unit(base, corners[k])


def _level(corners: Sequence[Point]) -> int:
    """The corner of a triangle of equal sides that is opposite a level or an upright side."""

    def slant(k: int) -> float:
        a, b = corners[k - 1], corners[k - 2]
        return min(abs(a[0] - b[0]), abs(a[1] - b[1]))

    return min(range(3), key=slant)


def _corners(points: Sequence[Point]) -> tuple[Point, Point, Point]:
    """The three points of a head that span most."""
    if len(points) == 3:
        return points[0], points[1], points[2]
    a, b = max(
        ((p, q) for n, p in enumerate(points) for q in points[n + 1 :]), key=lambda pair: distance(*pair)
    )
    c = max(points, key=lambda p: area((a, b, p)))
    return a, b, c
