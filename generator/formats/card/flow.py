"""Drawing → the flow alone → its picture in the panel of a card, in numbers of colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil, dist
from typing import assert_never

from msgspec import Struct
from PIL import Image, ImageDraw

from generator.figure.figure import Figure
from generator.figure.lattice import measure
from generator.figure.outline import At
from generator.figure.plane import Plane
from generator.flow.drawing import Drawing, Side
from generator.form.symbols import Polygon, Rectangle
from generator.formats.card.letters import EDGE, above, mask
from generator.formats.card.palette import BLACK, PANEL, WHITE

_EM = 12.0
_FINE = 4
"""Shapes are painted so many times larger, and made small with soft edges."""
_FADE = 90
_LINE, _OUTLINE, _DASHES = 1.5, 1.3, (5.0, 3.0)
"""How thick lines and outlines are; how long dashes and the gaps between them, points of the figure."""


class Flow(Struct, frozen=True):
    """A figure and its size."""

    figure: Figure
    width: float
    height: float


def whole_flow(drawing: Drawing) -> Flow:
    """A flow alone, without the table around it."""
    lattice = measure(drawing)
    plane = Plane(lattice, _EM, tuple(room.height * _EM for room in lattice.rows))
    return Flow(plane.figure(), plane.lane_lefts[-1], sum(plane.row_heights))


def flow_picture(flow: Flow, wide: int, high: int) -> Image.Image:
    """The flow, no larger than its room: rather whole than large; where it is higher it fades."""
    scale = min(wide / flow.width, 1.7, max(high / flow.height, 0.95))
    size = min(wide, ceil(flow.width * scale)), min(high, ceil(flow.height * scale))
    large = Image.new("L", (size[0] * _FINE, size[1] * _FINE), PANEL)
    _shapes(ImageDraw.Draw(large), flow.figure, scale * _FINE)
    plane = large.reduce(_FINE)
    letters = max(1.0, round(flow.figure.letters * scale * 4) / 4)
    for text, (x, y), part in _words(flow.figure):
        found = mask(text, letters)
        left = x * scale - EDGE - part * (found.width - 2 * EDGE)
        plane.paste(BLACK, (round(left), round(y * scale) - above(letters)), found)
    if flow.height * scale > high:
        plane.paste(PANEL, (0, high - _FADE), _fade(plane.width))
    return plane


@lru_cache(maxsize=4)
def _fade(wide: int) -> Image.Image:
    """The mask of what fades more and more."""
    return Image.linear_gradient("L").resize((wide, _FADE))


def _shapes(draw: ImageDraw.ImageDraw, figure: Figure, scale: float) -> None:
    """Lines, heads and symbols."""

    def there(points: Sequence[At]) -> list[At]:
        return [(x * scale, y * scale) for x, y in points]

    thick = max(1, round(_LINE * scale))
    for line in figure.lines:
        points = there(figure.stroke(line))
        for part in _dashes(points, scale) if line.dashed else [points]:
            draw.line(part, BLACK, thick)
            for x, y in part[1:-1]:
                left, top = int(x) - (thick - 1) // 2, int(y) - (thick - 1) // 2
                draw.rectangle((left, top, left + thick - 1, top + thick - 1), BLACK)
        if line.head:
            draw.polygon(there(figure.head(line)), BLACK)
    thick = max(1, round(_OUTLINE * scale))
    for symbol in figure.symbols:
        if symbol.loose:
            continue
        match symbol.outline:
            case Polygon() as polygon:
                corners = there(symbol.corners(polygon))
                draw.polygon(corners, WHITE)
                draw.line([*corners, *corners[:2]], BLACK, thick, joint="curve")
            case Rectangle(rounded=rounded):
                (x, y), (w, h), more = symbol.centre, symbol.half, thick / scale / 2
                w, h = w + more, h + more
                box = there([(x - w, y - h), (x + w, y + h)])
                draw.rounded_rectangle(box, h * scale * rounded, WHITE, BLACK, thick)
            case outline:
                assert_never(outline)


def _dashes(points: Sequence[At], scale: float) -> Iterator[list[At]]:
    """The dashes of a line."""
    dash, gap = (length * scale for length in _DASHES)
    for (a, b), (c, d) in pairwise(points):
        long = dist((a, b), (c, d))
        for number in range(ceil(long / (dash + gap))):
            start, end = number * (dash + gap), min(number * (dash + gap) + dash, long)
            yield [(a + (c - a) * way / long, b + (d - b) * way / long) for way in (start, end)]


def _words(figure: Figure) -> Iterator[tuple[str, At, float]]:
    """Lines of words, their places on the base line, and which part of their width lies left of it."""
    down = figure.leading / 2 + 0.35 * figure.letters
    for symbol in figure.symbols:
        (x, y), high = symbol.centre, len(symbol.lines) * figure.leading
        for number, text in enumerate(symbol.lines):
            yield text, (x, y - high / 2 + number * figure.leading + down), 0.5
    for words in figure.words:
        start = words.anchor is Side.LEFT
        x = words.left if start else words.left + words.width
        for number, text in enumerate(words.lines):
            yield text, (x, words.top + number * figure.leading + down), float(not start)
