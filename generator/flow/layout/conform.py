"""Chart + Drawing → what of the drawing is not as the chart says or as a drawing has to be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.flow.chart import Chart
from generator.flow.drawing import Drawing, Label, PlacedSymbol, Point, Side


def placement(chart: Chart, drawing: Drawing) -> Iterator[str]:
    """Every symbol in its cell, cells in order from top to bottom, joint actors side by side."""
    if [n.id for n in chart.nodes] != [s.node for s in drawing.symbols]:
        yield "symbols: not those of the chart"
        return
    if len(drawing.lanes) != len(chart.lanes) or len(drawing.rows) != len(chart.rows):
        yield "rows or lanes: not those of the chart"
        return
    last: dict[tuple[int, int], int] = {}
    level = {}
    for node, symbol in zip(chart.nodes, drawing.symbols, strict=True):
        if (node.row, node.lane, node.shape, node.text) != (
            symbol.row,
            symbol.lane,
            symbol.shape,
            symbol.text,
        ):
            yield f"symbol {node.id}: not as in the chart"
        if not last.get((node.row, node.lane), -1) < symbol.level < drawing.rows[node.row].levels:
            yield f"symbol {node.id}: out of order in its cell"
        last[node.row, node.lane] = symbol.level
        level[node.id] = symbol.level
    for pair in chart.pairs:
        if level[pair.left] != level[pair.right]:
            yield f"joint {pair.left}–{pair.right}: not on one level"
    for room in drawing.rows:
        if len(room.gutters) != room.levels + 1:
            yield "rows: gutters and levels do not fit"


def form(chart: Chart, drawing: Drawing) -> Iterator[str]:
    """Every edge of the chart drawn once, from port to port, by horizontal and vertical pieces."""
    if [(e.source, e.target, e.label) for e in chart.edges] != [
        (r.source, r.target, r.label.text if r.label else "") for r in drawing.routes
    ]:
        yield "routes: not the edges of the chart"
        return
    if [(p.left, p.right) for p in chart.pairs] != [(j.left, j.right) for j in drawing.joints]:
        yield "joints: not those of the chart"
        return
    symbols = {s.node: s for s in drawing.symbols}
    for route in drawing.routes:
        name, points = f"{route.source}>{route.target}", route.points
        if len(points) < 2 or any((a.x == b.x) == (a.y == b.y) for a, b in pairwise(points)):
            yield f"{name}: a piece is slanted or empty"
            continue
        if any((a.x == b.x) == (b.x == c.x) for a, b, c in zip(points, points[1:], points[2:], strict=False)):
            yield f"{name}: a point without a bend"
        if not _at(symbols[route.source], points[0], points[1], route.start):
            yield f"{name}: does not start at its source's {route.start}"
        if not _at(symbols[route.target], points[-1], points[-2], route.end):
            yield f"{name}: does not end at its target's {route.end}"
        if not all(_room(drawing, point) for point in points):
            yield f"{name}: outside the room of its lane or row"
        if route.label and (route.label.port is not route.start or not _beside(route.label)):
            yield f"{name}: label not at its line"
    for joint in drawing.joints:
        if joint.points != (symbols[joint.left].centre, symbols[joint.right].centre):
            yield f"joint {joint.left}–{joint.right}: not from centre to centre"


def _beside(label: Label) -> bool:
    upright = label.port in (Side.TOP, Side.BOTTOM)
    return label.place in ((Side.LEFT, Side.RIGHT) if upright else (Side.TOP, Side.BOTTOM))


def _at(symbol: PlacedSymbol, end: Point, towards: Point, side: Side) -> bool:
    """Whether a way meets the symbol at this side: its end on a port line, its next point beyond."""
    centre = symbol.centre
    if end.x.lane != symbol.lane or end.x.zone != 1 or end.y[:2] != centre.y[:2]:
        return False
    if side in (Side.TOP, Side.BOTTOM):
        beyond = towards.y[:2] < centre.y[:2] if side is Side.TOP else towards.y[:2] > centre.y[:2]
        return end.y == centre.y and towards.x == end.x and beyond
    beyond = towards.x[:2] < centre.x[:2] if side is Side.LEFT else towards.x[:2] > centre.x[:2]
    return end.x == centre.x and towards.y == end.y and beyond


def _room(drawing: Drawing, point: Point) -> bool:
    """Whether a point lies on a track or port that its lane and row have room for."""
    x, y = point
    if not (0 <= x.lane < len(drawing.lanes) and 0 <= y.row < len(drawing.rows)):
        return False
    lane, row = drawing.lanes[x.lane], drawing.rows[y.row]
    if x.zone == 1:
        wide = abs(x.k) <= lane.ports
    else:
        wide = x.zone in (0, 2) and 0 <= x.k < (lane.left if x.zone == 0 else lane.right)
    if not 0 <= y.zone <= 2 * row.levels:
        return False
    high = abs(y.k) <= row.ports[y.zone // 2] if y.zone % 2 else 0 <= y.k < row.gutters[y.zone // 2]
    return wide and high
