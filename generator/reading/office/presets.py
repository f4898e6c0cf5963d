"""Names of preset shapes → what they look like: closed rings of corners, or open lines."""

from __future__ import annotations

import math
from collections.abc import Mapping

from msgspec import Struct

from generator.reading.seen import Point


class Form(Struct, frozen=True):
    """A ring of corners or an open line. ``heads``: what it has of its own at its start and end."""

    points: tuple[Point, ...]
    closed: bool = True
    curved: bool = False
    heads: tuple[bool, bool] = (False, False)


_OFFPAGE = ((0.0, 0.0), (1.0, 0.0), (1.0, 0.8), (0.5, 1.0), (0.0, 0.8))
_RINGS: dict[str, tuple[Point, ...]] = {
    "diamond": ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)),
    "flowChartOffpageConnector": _OFFPAGE,
    "triangle": ((0.5, 0.0), (1.0, 1.0), (0.0, 1.0)),
    "flowChartExtract": ((0.5, 0.0), (1.0, 1.0), (0.0, 1.0)),
    "flowChartMerge": ((0.0, 0.0), (1.0, 0.0), (0.5, 1.0)),
    "rtTriangle": ((0.0, 0.0), (1.0, 1.0), (0.0, 1.0)),
    "hexagon": ((0.25, 0.0), (0.75, 0.0), (1.0, 0.5), (0.75, 1.0), (0.25, 1.0), (0.0, 0.5)),
    "flowChartPreparation": ((0.2, 0.0), (0.8, 0.0), (1.0, 0.5), (0.8, 1.0), (0.2, 1.0), (0.0, 0.5)),
    "parallelogram": ((0.25, 0.0), (1.0, 0.0), (0.75, 1.0), (0.0, 1.0)),
    "flowChartInputOutput": ((0.2, 0.0), (1.0, 0.0), (0.8, 1.0), (0.0, 1.0)),
}
_RINGS["flowChartDecision"] = _RINGS["diamond"]

_ARROWS: dict[str, tuple[tuple[Point, ...], tuple[bool, bool]]] = {
    "rightArrow": (((0.0, 0.5), (1.0, 0.5)), (False, True)),
    "leftArrow": (((1.0, 0.5), (0.0, 0.5)), (False, True)),
    "upArrow": (((0.5, 1.0), (0.5, 0.0)), (False, True)),
    "downArrow": (((0.5, 0.0), (0.5, 1.0)), (False, True)),
    "leftRightArrow": (((0.0, 0.5), (1.0, 0.5)), (True, True)),
    "upDownArrow": (((0.5, 0.0), (0.5, 1.0)), (True, True)),
    "bentArrow": (((0.12, 1.0), (0.12, 0.25), (1.0, 0.25)), (False, True)),
    "bentUpArrow": (((0.0, 0.88), (0.75, 0.88), (0.75, 0.0)), (False, True)),
    "leftUpArrow": (((0.0, 0.75), (0.75, 0.75), (0.75, 0.0)), (True, True)),
    "uturnArrow": (((0.12, 1.0), (0.12, 0.12), (0.75, 0.12), (0.75, 0.75)), (False, True)),
    "curvedRightArrow": (((0.0, 0.1), (0.0, 0.8), (1.0, 0.8)), (False, True)),
    "curvedLeftArrow": (((1.0, 0.1), (1.0, 0.8), (0.0, 0.8)), (False, True)),
    "curvedUpArrow": (((0.1, 1.0), (0.8, 1.0), (0.8, 0.0)), (False, True)),
    "curvedDownArrow": (((0.1, 0.0), (0.8, 0.0), (0.8, 1.0)), (False, True)),
}
_ARROWS |= dict.fromkeys(("notchedRightArrow", "stripedRightArrow"), _ARROWS["rightArrow"])
"""Arrows that are areas: the line along their middle."""


def preset(name: str, width: float, height: float, adjust: Mapping[str, float]) -> Form:
    """A preset at its size; what is unknown is its box."""
    if name in ("line", "lineInv") or name.startswith(("straightConnector", "bentConnector", "curvedConn")):
        points = _connector(name, width, height, adjust)
        return Form(points, closed=False, curved=name.startswith("curved"))
    if name in _ARROWS:
        line, heads = _ARROWS[name]
        return Form(tuple((x * width, y * height) for x, y in line), closed=False, heads=heads)
    if name in _RINGS:
        return Form(tuple((x * width, y * height) for x, y in _RINGS[name]))
    if name == "homePlate":
        cut = min(width, height) * min(max(adjust.get("adj", 50_000) / 100_000, 0.0), 1.0)
        tip = max(width - cut, 0.0)
        return Form(((0.0, 0.0), (tip, 0.0), (width, height / 2), (tip, height), (0.0, height)))
    if name in ("ellipse", "flowChartConnector"):
        return Form(_round(width, height, width / 2, height / 2), curved=True)
    if name == "flowChartTerminator":
        radius = min(width, height) / 2
        return Form(_round(width, height, radius, radius), curved=True)
    if name in ("roundRect", "flowChartAlternateProcess"):
        share = min(max(adjust.get("adj", 16_667) / 100_000, 0.0), 0.5)
        radius = share * min(width, height)
        if radius:
            return Form(_round(width, height, radius, radius), curved=True)
    return Form(((0.0, 0.0), (width, 0.0), (width, height), (0.0, height)))


def _round(width: float, height: float, rx: float, ry: float) -> tuple[Point, ...]:
    """A box with rounded corners, each in nine points."""
    found = []
    for n, (x, y) in enumerate(((width - rx, ry), (width - rx, height - ry), (rx, height - ry), (rx, ry))):
        for k in range(9):
            turn = math.radians(-90 + 90 * n + 11.25 * k)
            found.append((x + rx * math.cos(turn), y + ry * math.sin(turn)))
    return tuple(found)


def _connector(name: str, w: float, h: float, adjust: Mapping[str, float]) -> tuple[Point, ...]:
    """A connector from its start at the upper left to its end at the lower right."""
    if name == "lineInv":
        return ((0.0, h), (w, 0.0))
    if name == "line" or name.startswith("straight"):
        return ((0.0, 0.0), (w, h))
    share = [
        adjust.get(f"adj{n}", adjust.get("adj", 50_000) if n == 1 else 50_000) / 100_000 for n in (1, 2, 3)
    ]
    x, y, z = share[0] * w, share[1] * h, share[2] * w
    match name[-1]:
        case "2":
            return ((0.0, 0.0), (w, 0.0), (w, h))
        case "4":
            return ((0.0, 0.0), (x, 0.0), (x, y), (w, y), (w, h))
        case "5":
            return ((0.0, 0.0), (x, 0.0), (x, y), (z, y), (z, h), (w, h))
        case _:
            return ((0.0, 0.0), (x, 0.0), (x, h), (w, h))
