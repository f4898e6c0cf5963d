"""SOP's flow + Drawing → one stand-alone SVG of the activity table, for slides and letters.

Text is broken by the metrics of Arial; nothing in the file refers to anything outside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import assert_never

from generator.figure.figure import Figure, Symbol
from generator.figure.flowchart import COLOURS, Flowchart
from generator.figure.lattice import LEADING, Lattice, measure
from generator.figure.metrics import text_width, wrap
from generator.figure.outline import At
from generator.figure.plane import Plane
from generator.flow.chart import Chart
from generator.flow.drawing import Side
from generator.flow.layout import drawn
from generator.form.columns import BEFORE, COLUMNS, NUMBERED, PELAKSANA, ColumnGroup, depth, headed, numbers
from generator.form.symbols import Polygon, Rectangle
from generator.formats.escaping import escaped
from generator.formats.escaping import length_text as _n
from generator.model.lists import indented
from generator.model.sop import Alur

EM = 12.0
_PAD = 0.5 * EM
_LINE = 1.3 * EM
_OVER = 1.6 * _LINE
"""Height of the upper row of headings."""
_MIDDLE = frozenset(column.key for column in COLUMNS if column.middle)
_MUCH, _WIDE = 60.0, 14.0
"""A text longer than this widens its column to that, em."""
_GRID = 'stroke="#767676" fill="none"'
_LINK = 'stroke="#111" stroke-width="1.5" fill="none"'
_DASHED = ' stroke-dasharray="5 3"'
_SHAPE = 'stroke="#111" stroke-width="1.3"'
_WHITE = "#fff"
_FILLS = ("#dde8f3", "#f6e7d0", "#dcebdf", "#efe0f1", "#f3dfde", "#d6ebec", "#e8e9d3", "#e4e6e8")
"""Colours of lanes, as those of ``situs.css`` on white."""
_HEAD = 'fill="#111"'
_BOLD = 'font-weight="bold"'
"""Looks as attributes: a style sheet inside the file is what a site's Content-Security-Policy blocks."""


def flow_svg(alur: Alur, chart: Chart, lattice: Lattice, label: Mapping[str, str], title: str) -> str:
    """The whole picture as SVG text. ``lattice`` is that of the chart's drawing as it is on a page; ``label``
    gives the headings (``registers.label_untuk``)."""
    widest = max((text_width(word) for lane in chart.lanes for word in lane.heading.split()), default=0.0)
    stretch = max([1.0, *((widest + 1) / lane.width for lane in lattice.lanes)])
    widths = _widths(alur, label)
    cells = [_cells(i, alur, chart, widths, label) for i in range(len(alur.kegiatan))]
    heights = tuple(
        max(room.height * EM, max(len(lines) for lines in row.values()) * _LINE + 2 * _PAD)
        for room, row in zip(lattice.rows, cells, strict=True)
    )
    plane = Plane(lattice, EM, heights, stretch)
    block = plane.lane_lefts[-1]
    ends = list(accumulate(widths.values(), initial=0.0))
    before, width = ends[BEFORE], ends[-1] + block
    lefts = [left + (block if at >= BEFORE else 0.0) for at, left in enumerate(ends[:-1])]
    columns = {n: (left, widths[n]) for n, left in zip(widths, lefts, strict=True)}
    parts: list[str] = []
    top = _head(parts, chart, plane, label, columns, before, width)
    y = top
    own = headed(label).cells
    deep = [{one.key: depth(alur.kegiatan, at, one) for one in own} for at in range(len(cells))]
    for at, (row, height) in enumerate(zip(cells, heights, strict=True)):
        for name, lines in row.items():
            middle, whole = name in _MIDDLE, sum(heights[at : at + deep[at].get(name, 1)])
            left, wide = columns[name]
            x = left + (wide / 2 if middle else _PAD)
            _text(parts, lines, x, y + (whole - len(lines) * _LINE) / 2, "middle" if middle else "start")
        y += height
        through = {name for name, rows in deep[at + 1].items() if not rows} if at + 1 < len(cells) else ()
        stops = sorted({0.0, width, *(x for name in through for x in (columns[name][0], sum(columns[name])))})
        held = {columns[name][0] for name in through}
        parts += [_path([(a, y), (b, y)], _GRID) for a, b in pairwise(stops) if a not in held]
    inner = [one.group and other.group for one, other in pairwise(headed(label).columns)]
    rules = [*zip(lefts, [False, *inner], strict=True)]
    rules += [(before + left, 0.0 < left < block) for left in plane.lane_lefts]
    for x, under in [*rules, (width, False)]:
        parts.append(_path([(x, _OVER if under else 0), (x, y)], _GRID))
    parts.append(
        f'<g transform="translate({_n(before)} {_n(top)})">{"".join(flow_parts(plane.figure()))}</g>'
    )
    return _whole(parts, width, y, title)


def chart_svg(alur: Alur, chart: Chart, label: Mapping[str, str], title: str) -> str:
    """The same where nothing else shows the flow."""
    return flow_svg(alur, chart, measure(drawn(chart)), label, title)


def _whole(parts: Sequence[str], width: float, high: float, title: str) -> str:
    """A picture that stands alone, on white."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {_n(width + 2)} {_n(high + 2)}"'
        f' width="{_n(width + 2)}" height="{_n(high + 2)}" role="img" lang="id"'
        f' font-family="Arial, Liberation Sans, Helvetica, sans-serif" font-size="{_n(EM)}" fill="#111">'
        f"<title>{escaped(title)}</title>"
        f'<rect x="-1" y="-1" width="{_n(width + 2)}" height="{_n(high + 2)}" fill="#fff"/>'
        f"{''.join(parts)}</svg>\n"
    )


def flowchart_svg(flowchart: Flowchart, title: str) -> str:
    """The flowchart with its words, a picture of its own for slides."""
    high, half = flowchart.head + flowchart.high, flowchart.head / 2
    parts: list[str] = []
    for heading in flowchart.headings:
        left, right = heading.left, heading.right
        parts.append(_path([(left, 0), (right, 0), (right, high), (left, high)], _GRID, close=True))
        top = half - len(heading.lines) * _LINE / 2
        _text(parts, heading.lines, (left + right) / 2, top, "middle", _BOLD)
    fills = {node: _FILLS[symbol.lane % COLOURS] for node, symbol in flowchart.nodes.items()}
    flow = "".join(flow_parts(flowchart.figure, fills))
    parts.append(f'<g transform="translate(0 {_n(flowchart.head)})">{flow}</g>')
    return _whole(parts, flowchart.width, high, title)


def _widths(alur: Alur, label: Mapping[str, str]) -> dict[str, float]:
    """Width of each text column: its usual one, or what its longest word needs."""
    widths = {}
    for column in headed(label).columns:
        steps = alur.kegiatan[:0] if column.key == "no" else alur.kegiatan
        texts = [label[column.key], *(text for step in steps for text in column.of(step))]
        word = max(text_width(word) for text in texts for word in text.split() or [""])
        much = _WIDE if any(text_width(text) > _MUCH for text in texts) else 0.0
        widths[column.key] = EM * max(column.usual, much, min(word * 1.1, _WIDE) + 2 * _PAD / EM)
    return widths


def _cells(
    row: int, alur: Alur, chart: Chart, widths: dict[str, float], label: Mapping[str, str]
) -> dict[str, Sequence[str]]:
    """The text cells of a row, broken into lines."""
    texts = {column.key: "\n".join(column.of(alur.kegiatan[row])) for column in headed(label).columns}
    texts["no"] = chart.rows[row].number
    texts = {name: "\n".join(map(indented, words.split("\n"))) for name, words in texts.items()}
    return {name: wrap(words, (widths[name] - 2 * _PAD) / EM) for name, words in texts.items()}


def _head(
    parts: list[str],
    chart: Chart,
    plane: Plane,
    label: Mapping[str, str],
    columns: dict[str, At],
    before: float,
    width: float,
) -> float:
    """The two header rows; gives back their height."""
    lefts = plane.lane_lefts
    headings = [
        wrap(lane.heading, (right - left) / EM - 0.4)
        for lane, (left, right) in zip(chart.lanes, pairwise(lefts), strict=True)
    ]
    second = _LINE * (max(map(len, headings)) + 0.6)
    top = _OVER + second
    high = top + 1.2 * _LINE * bool(label.get(NUMBERED))
    parts.append(f'<rect x="0" y="0" width="{_n(width)}" height="{_n(high)}" fill="#e4e4e4"/>')
    block = before + lefts[-1]

    def centred(lines: Sequence[str], left: float, right: float, y: float, height: float) -> None:
        _text(parts, lines, (left + right) / 2, y + (height - len(lines) * _LINE) / 2, "middle", _BOLD)

    table = headed(label)
    for column in table.columns[:BEFORE]:
        left, wide = columns[column.key]
        centred([label[column.key]], left, left + wide, 0, top)
    centred([label[PELAKSANA.key]], before, block, 0, _OVER)
    ruled = [(before, block)]
    for group, under in table.over:
        left, right = columns[under[0].key][0], sum(columns[under[-1].key])
        grouped = isinstance(group, ColumnGroup)
        centred([label[group.key]], left, right, 0, _OVER if grouped else top)
        if grouped:
            last = ruled.pop() if ruled[-1][1] == left else (left, left)
            ruled.append((last[0], right))
    for heading, (left, right) in zip(headings, pairwise(lefts), strict=True):
        centred(heading, before + left, before + right, _OVER, second)
    for column in table.cells:
        if column.group:
            left, wide = columns[column.key]
            centred([label[column.key]], left, left + wide, _OVER, second)
    parts.append(_path([(0, 0), (width, 0)], _GRID))
    parts += [_path([(left, _OVER), (right, _OVER)], _GRID) for left, right in ruled]
    parts.append(_path([(0, top), (width, top)], _GRID))
    if high == top:
        return top
    found = numbers(label, len(chart.lanes))
    own = [(columns[column.key][0], sum(columns[column.key])) for column in table.columns]
    every = [*own[:BEFORE], *((before + a, before + b) for a, b in pairwise(lefts)), *own[BEFORE:]]
    for text, (left, right) in zip(found, every, strict=True):
        _text(parts, [text], (left + right) / 2, top + 0.1 * _LINE, "middle")
    parts.append(_path([(0, high), (width, high)], _GRID))
    return high


def flow_parts(figure: Figure, fills: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """Lines, heads, symbols and words of the figure; ``fills`` are colours of symbols, by node."""
    parts: list[str] = []
    size = figure.letters / EM
    for line in figure.lines:
        parts.append(_path(figure.stroke(line), _LINK + _DASHED * line.dashed))
        if line.head:
            parts.append(_path(figure.head(line), _HEAD, close=True))
    for symbol in (*(connector.symbol for connector in figure.connectors), *figure.symbols):
        if not symbol.loose:
            parts.append(_symbol(symbol, fills.get(symbol.node, _WHITE)))
        (x, y), high = symbol.centre, len(symbol.lines) * figure.leading
        _text(parts, symbol.lines, x, y - high / 2, "middle", size=size)
    for words in figure.words:
        start = words.anchor is Side.LEFT
        x = words.left if start else words.left + words.width
        _text(parts, words.lines, x, words.top, "start" if start else "end", size=size)
    return parts


def _symbol(symbol: Symbol, fill: str) -> str:
    match symbol.outline:
        case Polygon() as polygon:
            return _path(symbol.corners(polygon), f'{_SHAPE} fill="{fill}"', close=True)
        case Rectangle(rounded=rounded):
            (x, y), (w, h) = symbol.centre, symbol.half
            rx = f' rx="{_n(h)}"' if rounded else ""
            box = f'x="{_n(x - w)}" y="{_n(y - h)}" width="{_n(2 * w)}" height="{_n(2 * h)}"'
            return f'<rect {_SHAPE} fill="{fill}" {box}{rx}/>'
        case outline:
            assert_never(outline)


def _path(points: Sequence[At], look: str, close: bool = False) -> str:
    steps = "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
    return f'<path {look} d="M{steps}{"Z" if close else ""}"/>'


def _text(
    parts: list[str],
    lines: Sequence[str],
    x: float,
    top: float,
    anchor: str,
    look: str = "",
    size: float = 1.0,
) -> None:
    """Set lines whose first line's box begins at ``top``."""
    step = (LEADING if size < 1 else _LINE / EM) * size * EM
    own = (f" {look}" if look else "") + (f' font-size="{_n(size * EM)}"' if size != 1 else "")
    for i, line in enumerate(lines):
        if line:
            y = top + i * step + step / 2 + 0.35 * size * EM
            parts.append(f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"{own}>{escaped(line)}</text>')
