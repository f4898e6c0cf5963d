"""A symbol's outline in the unit square → where it reaches on each side, and its corners on the plane."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import assert_never

from generator.flow.drawing import Side
from generator.form.symbols import Outline, Polygon, Rectangle

OUTWARD = {Side.TOP: -1, Side.BOTTOM: 1, Side.LEFT: -1, Side.RIGHT: 1}
"""Sign of the direction in which a side faces, on its own axis."""

At = tuple[float, float]


def reach(outline: Outline, side: Side, beside: float) -> float:
    """How far a symbol reaches on a side, as a share of its half; ``beside`` its centre line by such a share
    of the other half (a diamond's sides slant). 0 where it does not reach so far beside."""
    match outline:
        case Rectangle():
            return 1.0
        case Polygon(corners=corners):
            return _farthest(corners, side, beside)
        case _:
            assert_never(outline)


@lru_cache(maxsize=1 << 12)
def _farthest(corners: tuple[At, ...], side: Side, beside: float) -> float:
    return max(_crossings(corners, side, beside), default=0.0)


def _crossings(corners: tuple[At, ...], side: Side, beside: float) -> list[float]:
    across = 0 if side in (Side.TOP, Side.BOTTOM) else 1
    found: list[float] = []
    for p, q in pairwise((*corners, corners[0])):
        a, b = 2 * p[across] - 1, 2 * q[across] - 1
        c, d = 2 * p[1 - across] - 1, 2 * q[1 - across] - 1
        if a != b and min(a, b) <= beside <= max(a, b):
            found.append(OUTWARD[side] * (c + (beside - a) / (b - a) * (d - c)))
        elif a == b == beside:
            found += [OUTWARD[side] * c, OUTWARD[side] * d]
    return found


def inner(outline: Outline, beside: float) -> float:
    """Half the width of the widest box about the centre that fits, as a share of the symbol's half; the box
    has such a share of its height."""
    sides = (Side.LEFT, Side.RIGHT)
    return min(reach(outline, side, way) for side in sides for way in (beside, -beside))


def corners(polygon: Polygon, centre: At, half: At) -> tuple[At, ...]:
    """The corners of a placed polygon."""
    (x, y), (w, h) = centre, half
    return tuple((x + (2 * u - 1) * w, y + (2 * v - 1) * h) for u, v in polygon.corners)
