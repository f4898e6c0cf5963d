"""Affine maps of the plane, by which shapes lie in groups, turned and flipped."""

from __future__ import annotations

import math
from collections.abc import Iterable

from generator.reading.seen import Box, Point

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f): x to a·x + c·y + e, y to b·x + d·y + f."""

SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def moved(x: float, y: float) -> Matrix:
    return (1.0, 0.0, 0.0, 1.0, x, y)


def scaled(x: float, y: float) -> Matrix:
    return (x, 0.0, 0.0, y, 0.0, 0.0)


def turned(degrees: float) -> Matrix:
    """Clockwise, as y runs down."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return (c, s, -s, c, 0.0, 0.0)


def then(first: Matrix, *more: Matrix) -> Matrix:
    """One map after another."""
    a, b, c, d, e, f = first
    for g, h, i, j, k, m in more:
        a, b, c, d, e, f = (
            g * a + i * b,
            h * a + j * b,
            g * c + i * d,
            h * c + j * d,
            g * e + i * f + k,
            h * e + j * f + m,
        )
    return (a, b, c, d, e, f)


def at(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return (a * x + c * y + e, b * x + d * y + f)


def put(size: tuple[float, float], place: Point, degrees: float, flips: tuple[bool, bool]) -> Matrix:
    """The map of a shape of a size, its corner at 0, to its place: flipped and turned about its middle."""
    (w, h), (x, y) = size, place
    return then(
        moved(-w / 2, -h / 2),
        scaled(-1.0 if flips[0] else 1.0, -1.0 if flips[1] else 1.0),
        turned(degrees),
        moved(x + w / 2, y + h / 2),
    )


def around(points: Iterable[Point]) -> Box:
    found = list(points)
    xs, ys = [x for x, _ in found], [y for _, y in found]
    return Box(min(xs), min(ys), max(xs), max(ys))
