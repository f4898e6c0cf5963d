"""Drawing → SVG pieces, one small stack of them for each cell of the activity table.

A cell's stack mirrors the lattice: a gutter of fixed height, a level that stretches with the row, a
gutter, and so on. Columns are percentages of the cell; rows are em in a gutter and em from the centre
line on a level. So the browser itself fits the drawing to rows and columns of any size: no script, no
measuring, no style attribute (a strict Content-Security-Policy allows all of it).

The ``data-`` marks say what a piece is: ``data-node``, ``data-edge``, ``data-head``, ``data-label``
and ``data-joint`` carry the ids of the chart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import assert_never

from markupsafe import Markup

from generator.figure.lattice import GAP, HEAD, LEADING, LETTER, Lattice, measure
from generator.figure.metrics import text_width
from generator.figure.outline import OUTWARD
from generator.flow.drawing import Drawing, Label, PlacedSymbol, Point, Route, Side, X, Y
from generator.form.symbols import ARROW, Polygon, Rectangle, Shape
from generator.formats.escaping import escaped

_ASCENT = 0.8
_MIDDLE = 0.35
"""From the centre of a line of text down to its baseline, in em of it."""
_PX = 14
"""One em of the flow on most screens, px: a path knows no other unit."""
_LONG = round(ARROW.length * _PX)
_HALF = round(_LONG * ARROW.slender)
_HEADS = {  # an arrow head with its tip at the origin, px
    Side.TOP: f"M0 0l-{_HALF}-{_LONG}h{2 * _HALF}z",
    Side.BOTTOM: f"M0 0l-{_HALF} {_LONG}h{2 * _HALF}z",
    Side.LEFT: f"M0 0l-{_LONG}-{_HALF}v{2 * _HALF}z",
    Side.RIGHT: f"M0 0l{_LONG}-{_HALF}v{2 * _HALF}z",
}


class Cells:
    """The drawing's markup, cell by cell, and the least size of lanes and rows.

    ``cells[row, lane]`` is the inner markup of an actor cell ("" where nothing is drawn). ``numbers`` are
    those of the rows, which then stand in their symbols (the sheet hides them on paper: the form has none).
    """

    def __init__(self, drawing: Drawing, numbers: Sequence[str] = ()) -> None:
        self.lattice: Lattice = measure(drawing)
        self._bands: dict[tuple[int, int], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._through: dict[tuple[int, int], list[str]] = defaultdict(list)
        symbols = {symbol.node: symbol for symbol in drawing.symbols}
        working = {one.row for one in drawing.symbols if one.shape is not Shape.TERMINATOR}
        for joint in drawing.joints:
            left, right = symbols[joint.left], symbols[joint.right]
            ends = (self._side(left, Side.RIGHT, 0), self._side(right, Side.LEFT, 0))
            self._line(joint.points, f'data-joint="{joint.left}&gt;{joint.right}"', *ends)
        for route in drawing.routes:
            self._route(route, symbols[route.source], symbols[route.target])
        for symbol in drawing.symbols:
            self._symbol(symbol)
            if numbers and (symbol.shape is not Shape.TERMINATOR or symbol.row not in working):
                self._number(symbol, numbers[symbol.row])
        self._markup: dict[tuple[int, int], Markup] = {}

    def markup(self, row: int, lane: int) -> Markup:
        """The inner markup of one actor cell."""
        if (row, lane) not in self._markup:
            self._markup[row, lane] = self._stack(row, lane)
        return self._markup[row, lane]

    def _stack(self, row: int, lane: int) -> Markup:
        bands, through = self._bands.get((row, lane)), self._through.get((row, lane))
        if not bands and not through:
            return Markup()
        stack = []
        if through:
            stack.append(f'<svg class="alur-lewat">{"".join(through)}</svg>')
        if bands:
            for zone, height in enumerate(self.lattice.rows[row].bands):
                parts, kind = "".join(bands.get(zone, ())), "simbol" if zone % 2 else "sela"
                if zone % 2 and parts:
                    parts = f'<svg y="50%">{parts}</svg>'
                stack.append(f'<svg class="alur-{kind}" height="{_em(height)}">{parts}</svg>')
        return Markup(f'<div class="alur-sel" aria-hidden="true">{"".join(stack)}</div>')

    def height(self, row: int) -> Markup:
        """An empty piece that keeps a row at least as high as its drawing."""
        return _spacer("alur-tinggi", 0, self.lattice.rows[row].height)

    def width(self, lane: int) -> Markup:
        """An empty piece that keeps a lane at least as wide as its drawing."""
        return _spacer("alur-lebar", self.lattice.lanes[lane].width, 0)

    # Places: an x is a lane and em in it; a y is a row, a zone and em in that band (see Lattice.y).

    def _side(self, symbol: PlacedSymbol, side: Side, port: int, back: float = 0.0) -> float:
        """Signed distance from the symbol's centre line at which a line may end on that side, em."""
        return OUTWARD[side] * (self.lattice.reach(symbol, side, port) + back)

    def _percent(self, lane: int, at: float) -> str:
        return f"{100 * at / self.lattice.lanes[lane].width:.2f}%"

    def _route(self, route: Route, source: PlacedSymbol, target: PlacedSymbol) -> None:
        name = escaped(f"{route.source}>{route.target}")
        first, last = route.points[0], route.points[-1]
        out, into = _port(route.start, first), _port(route.end, last)
        ends = (self._side(source, route.start, out), self._side(target, route.end, into, HEAD / 2))
        dashed = ' class="alur-putus"' if route.dashed else ""
        self._line(route.points, f'data-edge="{name}"{dashed}', *ends)
        tip = self._side(target, route.end, into)
        head = f'<path class="alur-panah" data-head="{name}" d="{_HEADS[route.end]}"/>'
        x, y = (
            (last.x, _em(tip))
            if route.end in (Side.TOP, Side.BOTTOM)
            else (None, _em(self.lattice.y(last.y)))
        )
        at = self.lattice.x(x) if x else self.lattice.lanes[target.lane].centre + tip
        self._add(
            target.row,
            target.lane,
            last.y.zone,
            f'<svg x="{self._percent(target.lane, at)}" y="{y}">{head}</svg>',
        )
        if route.label:
            self._label(route, route.label, source, name)

    def _line(self, points: tuple[Point, ...], mark: str, start: float, end: float) -> None:
        """Draw a way; ``start`` and ``end`` are where it stops, em from the centre of its end symbols."""
        for i, (p, q) in enumerate(pairwise(points)):
            from_, to = (start if i == 0 else None), (end if i == len(points) - 2 else None)
            if p.y == q.y:
                a, b = (p.x, from_), (q.x, to)
                self._horizontal(p.y, *((a, b) if p.x <= q.x else (b, a)), mark)
            else:
                c, d = (p.y, from_), (q.y, to)
                self._vertical(p.x, *((c, d) if p.y <= q.y else (d, c)), mark)

    def _horizontal(
        self, y: Y, left: tuple[X, float | None], right: tuple[X, float | None], mark: str
    ) -> None:
        at = _em(self.lattice.y(y))
        for lane in range(left[0].lane, right[0].lane + 1):
            a = self._percent(lane, self._x(*left)) if lane == left[0].lane else "0"
            b = self._percent(lane, self._x(*right)) if lane == right[0].lane else "100%"
            self._add(y.row, lane, y.zone, f'<line {mark} x1="{a}" x2="{b}" y1="{at}" y2="{at}"/>')

    def _x(self, at: X, clip: float | None) -> float:
        return self.lattice.x(at) if clip is None else self.lattice.lanes[at.lane].centre + clip

    def _vertical(self, x: X, top: tuple[Y, float | None], bottom: tuple[Y, float | None], mark: str) -> None:
        at = self._percent(x.lane, self.lattice.x(x))
        for row in range(top[0].row, bottom[0].row + 1):
            first = top[0].zone if row == top[0].row else 0
            last = bottom[0].zone if row == bottom[0].row else len(self.lattice.rows[row].bands) - 1
            if row not in (top[0].row, bottom[0].row):
                self._through[row, x.lane].append(f'<line {mark} x1="{at}" x2="{at}" y1="0" y2="100%"/>')
                continue
            for zone in range(first, last + 1):
                starts, ends = (row, zone) == top[0][:2], (row, zone) == bottom[0][:2]
                a = self._y(*top) if starts else "-50%" if zone % 2 else "0"
                b = self._y(*bottom) if ends else "50%" if zone % 2 else "100%"
                self._add(row, x.lane, zone, f'<line {mark} x1="{at}" x2="{at}" y1="{a}" y2="{b}"/>')

    def _y(self, at: Y, clip: float | None) -> str:
        return _em(self.lattice.y(at) if clip is None else clip)

    def _symbol(self, symbol: PlacedSymbol) -> None:
        size = self.lattice.sizes[symbol.node]
        centre = self.lattice.lanes[symbol.lane].centre
        x, width = self._percent(symbol.lane, centre - size.width), self._percent(symbol.lane, 2 * size.width)
        box = f'x="{x}" width="{width}" y="{_em(-size.height)}" height="{_em(2 * size.height)}"'
        kind = "alur-lepas" if symbol.loose else "alur-bentuk"
        mark = f'class="{kind}" data-node="{escaped(symbol.node)}" data-symbol="{symbol.shape}"'
        match size.outline:
            case Rectangle(rounded=rounded):
                rx = f' rx="{_em(size.height)}"' if rounded else ""
                shape = f"<rect {mark} {box}{rx}/>"
            case Polygon() as polygon:
                path = f'<path {mark} vector-effect="non-scaling-stroke" d="M{_way(polygon)}z"/>'
                shape = f'<svg {box} viewBox="0 0 2 2" preserveAspectRatio="none">{path}</svg>'
            case outline:
                assert_never(outline)
        zone = 1 + 2 * symbol.level
        self._add(symbol.row, symbol.lane, zone, shape)
        if size.lines:
            top = -len(size.lines) * LETTER * LEADING / 2
            middle = self._percent(symbol.lane, centre)
            self._add(
                symbol.row,
                symbol.lane,
                zone,
                _text(size.lines, middle, 0, top, "middle", 'class="alur-teks"'),
            )

    def _number(self, symbol: PlacedSymbol, number: str) -> None:
        """The number of a step in its symbol; where words stand in it, in the corner beside them."""
        size, lane = self.lattice.sizes[symbol.node], self.lattice.lanes[symbol.lane]
        at, mark, y = lane.centre, "alur-nomor", _em(_MIDDLE)
        if size.lines:
            at, mark, y = at - size.width, "alur-nomor alur-sudut", _em(_ASCENT - size.height / LETTER)
        if number and text_width(number) * LETTER < 2 * size.width:
            text = (
                f'<text class="{mark}" x="{self._percent(symbol.lane, at)}" y="{y}">{escaped(number)}</text>'
            )
            self._add(symbol.row, symbol.lane, 1 + 2 * symbol.level, text)

    def _label(self, route: Route, label: Label, source: PlacedSymbol, name: str) -> None:
        x, top, place = self.lattice.pocket(route, label, source)
        shift, anchor = (GAP, "start") if place is Side.RIGHT else (-GAP, "end")
        mark = f'class="alur-label" data-label="{name}"'
        lines, at = self.lattice.labels[route.source, route.target], self._percent(source.lane, x)
        self._add(source.row, source.lane, 1 + 2 * source.level, _text(lines, at, shift, top, anchor, mark))

    def _add(self, row: int, lane: int, zone: int, piece: str) -> None:
        self._bands[row, lane][zone].append(piece)


@cache
def _way(polygon: Polygon) -> str:
    return "L".join(f"{2 * x:.4g} {2 * y:.4g}" for x, y in polygon.corners)


def _port(side: Side, point: Point) -> int:
    """Which port of a side a way starts or ends at."""
    return point.x.k if side in (Side.TOP, Side.BOTTOM) else point.y.k


def _spacer(kind: str, width: float, height: float) -> Markup:
    return Markup(
        f'<svg class="{kind}" width="{_em(width)}" height="{_em(height)}" aria-hidden="true"></svg>'
    )


def _text(lines: Sequence[str], x: str, shift: float, top: float, anchor: str, mark: str) -> str:
    """Lines of text whose first line's box begins at ``top``; x is a percentage, the rest em of the flow."""
    baseline = top / LETTER + _ASCENT + 0.1
    spans = "".join(
        f'<tspan x="{x}" dx="{_em(shift / LETTER)}" y="{_em(baseline + i * LEADING)}">{escaped(line)}</tspan>'
        for i, line in enumerate(lines)
    )
    return f'<text {mark} text-anchor="{anchor}">{spans}</text>'


@lru_cache(maxsize=1 << 12)
def _em(length: float) -> str:
    return f"{length:.2f}em".replace(".00em", "em") if length else "0"
