"""Flowchart → SVG inside a page: coloured by the page's style sheet, every symbol linked to its step.

Every place is given (``figure.flowchart``), so nothing is left for Graphviz to find.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from math import ceil
from typing import assert_never

from markupsafe import Markup

from generator.figure.figure import Figure, Symbol
from generator.figure.flowchart import COLOURS, Flowchart
from generator.figure.outline import At
from generator.form.symbols import SYMBOLS, Polygon, Rectangle
from generator.formats.escaping import escaped
from generator.formats.escaping import length_text as _n

_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SIZE, _SMALL = 12, 11
"""Letters in symbols and beside lines, points."""
_LINE, _BASE = 1.2, 0.3
"""From one line of text to the next, and from the middle of one to its base line; in letters."""
_PAD, _ROUND = 7, 12
"""Room around the picture, and how round a capsule may be, points."""


def page_flowchart(flowchart: Flowchart, title: str, step_url: Callable[[int], str]) -> Markup:
    """The ``<svg>`` element; ``title`` names it for those who do not see it, ``step_url`` gives the address
    of the step of a row."""
    wide, tall = ceil(flowchart.width) + 2 * _PAD, ceil(flowchart.head + flowchart.high) + 2 * _PAD
    pieces = [*_lanes(flowchart), f'<g transform="translate(0 {_n(flowchart.head)})">']
    pieces += _lines(flowchart.figure)
    pieces += (_symbol(symbol, flowchart, step_url) for symbol in flowchart.figure.symbols)
    return Markup(
        f'<svg class="diagram" viewBox="-{_PAD} -{_PAD} {wide} {tall}" width="{wide}" height="{tall}"'
        f' text-anchor="middle" font-size="{_SIZE}" role="group" aria-label="{_plain(title)}">'
        f"{''.join(pieces)}</g></svg>"
    )


def _lanes(flowchart: Flowchart) -> Iterator[str]:
    low = flowchart.head + flowchart.high
    for heading in flowchart.headings:
        left, right = heading.left, heading.right
        frame = _corners([(left, 0), (right, 0), (right, low), (left, low)])
        words = _text(heading.lines, ((left + right) / 2, flowchart.head / 2))
        yield f'<g class="lajur"><polygon points="{frame}" />{words}</g>'


def _lines(figure: Figure) -> Iterator[str]:
    words = {(one.source, one.target): one for one in figure.words}
    for line in figure.lines:
        dashed = ' stroke-dasharray="5 3"' if line.dashed else ""
        way = f'<path d="M{"L".join(_point(at) for at in figure.stroke(line))}"{dashed} />'
        head = f'<polygon points="{_corners(figure.head(line))}" />' if line.head else ""
        said = ""
        if told := words.get((line.source, line.target)):
            middle = (told.left + told.width / 2, told.top + told.height / 2)
            said = _text(told.lines, middle, _SMALL)
        yield f'<g class="edge">{way}{head}{said}</g>'


def _symbol(symbol: Symbol, flowchart: Flowchart, step_url: Callable[[int], str]) -> str:
    node = flowchart.nodes[symbol.node]
    look = f"node {SYMBOLS[symbol.shape].word} lajur-{node.lane % COLOURS}"
    link = f'<a href="{escaped(step_url(node.row))}" aria-label="{_plain(flowchart.said[symbol.node])}">'
    drawn = "" if symbol.loose else _outline(symbol)
    return f'<g class="{look}">{link}{drawn}{_text(symbol.lines, symbol.centre)}</a></g>'


def _outline(symbol: Symbol) -> str:
    (x, y), (half, high) = symbol.centre, symbol.half
    match symbol.outline:
        case Polygon() as polygon:
            return f'<polygon points="{_corners(symbol.corners(polygon))}" />'
        case Rectangle(rounded=False):
            left, top, right, low = x - half, y - high, x + half, y + high
            return f'<polygon points="{_corners([(left, top), (right, top), (right, low), (left, low)])}" />'
        case Rectangle():
            r = min(_ROUND, 2 * high / 3)
            left, top, right, low = x - half, y - high, x + half, y + high
            bend = f"A{_n(r)} {_n(r)} 0 0 1 "
            ends = [(right, top + r), (right - r, low), (left, low - r), (left + r, top)]
            sides = [(right - r, top), (right, low - r), (left + r, low), (left, top + r)]
            way = "".join(f"L{_point(a)}{bend}{_point(b)}" for a, b in zip(sides, ends, strict=True))
            return f'<path d="M{_point(ends[-1])}{way}Z" />'
        case outline:
            assert_never(outline)


def _text(lines: Sequence[str], middle: At, size: int = _SIZE) -> str:
    """Lines about a point; after each a space, as they are words apart."""
    x, step = _n(middle[0]), _LINE * size
    own = "" if size == _SIZE else f' font-size="{size}"'
    first = middle[1] + _BASE * size - (len(lines) - 1) / 2 * step
    return "".join(
        f'<text x="{x}" y="{_n(first + at * step)}"{own}>{_plain(line)} </text>'
        for at, line in enumerate(lines)
    )


def _plain(text: str) -> str:
    return escaped(_NOT_XML.sub("\ufffd", text) if _NOT_XML.search(text) else text)


def _corners(points: Sequence[At]) -> str:
    return " ".join(map(_point, points))


def _point(at: At) -> str:
    return f"{_n(at[0])},{_n(at[1])}"
