"""Where a line meets a symbol, and the box for its words: for every symbol and one that slants otherwise."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.figure.outline import OUTWARD, corners, inner, reach
from generator.flow.drawing import Side
from generator.form.symbols import SYMBOLS, Polygon, Rectangle, Shape

SLANTING = Polygon(((0.25, 0), (1, 0), (0.75, 1), (0, 1)))
POLYGONS = [*(form.outline for form in SYMBOLS.values() if isinstance(form.outline, Polygon)), SLANTING]
places = st.floats(-1, 1)


def away(polygon: Polygon, x: float, y: float) -> float:
    """How far a point lies from the outline in a square from -1 to 1; less than 0: inside."""
    found: list[float] = []
    for (ax, ay), (bx, by) in pairwise([*(c := corners(polygon, (0, 0), (1, 1))), c[0]]):
        long = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        found.append(((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / long)
    return max(found)


@given(st.sampled_from(POLYGONS), st.sampled_from(Side), places)
def test_a_line_ends_on_the_outline(polygon: Polygon, side: Side, beside: float) -> None:
    out = OUTWARD[side] * reach(polygon, side, beside)
    x, y = (beside, out) if side in (Side.TOP, Side.BOTTOM) else (out, beside)
    assert away(polygon, x, y) == pytest.approx(0, abs=1e-9)


@given(st.sampled_from(POLYGONS), st.floats(0, 1))
def test_the_box_of_the_words_lies_inside(polygon: Polygon, high: float) -> None:
    wide = inner(polygon, high)
    assert all(away(polygon, x, y) < 1e-9 for x in (wide, -wide) for y in (high, -high))


@given(places)
def test_a_diamond_narrows_evenly_and_a_box_not_at_all(beside: float) -> None:
    diamond = SYMBOLS[Shape.DECISION].outline
    assert all(reach(diamond, side, beside) == pytest.approx(1 - abs(beside)) for side in Side)
    assert all(reach(Rectangle(), side, beside) == 1 for side in Side)
