"""Chart + routed board → Drawing: positions on the grid become rows, lanes, zones and tracks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from generator.flow.chart import Chart, Edge, Node
from generator.flow.drawing import (
    Drawing,
    Joint,
    Label,
    LaneRoom,
    PlacedSymbol,
    Point,
    Route,
    RowRoom,
    Side,
    X,
    Y,
)
from generator.flow.layout.board import Board
from generator.flow.layout.pieces import Run
from generator.flow.layout.ways import Way

SIDES = (Side.TOP, Side.RIGHT, Side.BOTTOM, Side.LEFT)


def draw(chart: Chart, board: Board, channels: list[dict[int, int]], gaps: list[dict[int, int]]) -> Drawing:
    """The drawing of a fully routed board."""
    grid = board.grid
    size, reach = grid.size, grid.reach
    columns = _split(board.channels, channels, {0: 0, grid.lanes: None})
    row_of = [bisect_right(grid.first, level) - 1 for level in range(grid.levels)]
    inner = {j: None for j in range(1, grid.levels) if row_of[j] == row_of[j - 1]}
    bands = _split(board.gaps, gaps, {0: 0, grid.levels: None, **inner})
    lane_ports = [0] * grid.lanes
    level_ports = [0] * grid.levels

    def across(line: int, edge: int) -> X:
        lane, k = divmod(line, size)
        if k > 1:
            k -= reach + 2
            lane_ports[lane] = max(lane_ports[lane], abs(k))
            return X(lane, 1, k)
        track, before, _ = channels[lane][edge], *columns[lane]
        return X(lane - 1, 2, track) if track < before else X(lane, 0, track - before)

    def down(line: int, edge: int) -> Y:
        level, k = divmod(line, size)
        if k > 1:
            k -= reach + 2
            level_ports[level] = max(level_ports[level], abs(k))
            row = row_of[level]
            return Y(row, 1 + 2 * (level - grid.first[row]), k)
        track, before, _ = gaps[level][edge], *bands[level]
        if track < before:
            row = row_of[level - 1]
            return Y(row, 2 * (level - grid.first[row]), track)
        return Y(row_of[level], 0, track - before)

    routes = []
    for e, edge in enumerate(chart.edges):
        way, ends = board.ways[e], board.ends[e]
        assert way is not None
        upright = way.start % 2 == 0
        y = down(ends.level * size + reach + 2, e)
        x = across(ends.lane * size + reach + 2, e)
        points = []
        for line in way.lines:
            x, y = (across(line, e), y) if upright else (x, down(line, e))
            points.append(Point(x, y))
            upright = not upright
        if way.end % 2 == 0:
            points.append(Point(x, down(ends.to_level * size + reach + 2, e)))
        else:
            points.append(Point(across(ends.to_lane * size + reach + 2, e), y))
        label = _label(board, e, way, edge.label) if edge.label else None
        routes.append(_route(edge, way, points, label))
    levels = zip(chart.nodes, grid.level, strict=True)
    symbols = tuple(_placed(node, level - grid.first[node.row]) for node, level in levels)
    placed = {symbol.node: symbol for symbol in symbols} if chart.pairs else {}
    joints = tuple(
        Joint(p.left, p.right, (placed[p.left].centre, placed[p.right].centre)) for p in chart.pairs
    )
    lanes = tuple(LaneRoom(columns[i][1], columns[i + 1][0], lane_ports[i]) for i in range(grid.lanes))
    rows = tuple(_row(*span, bands, level_ports) for span in pairwise(grid.first[: len(chart.rows) + 1]))
    return Drawing(lanes, rows, symbols, tuple(routes), joints)


def _route(edge: Edge, way: Way, points: Sequence[Point], label: Label | None) -> Route:
    sides = SIDES[way.start], SIDES[way.end]
    return Route(edge.source, edge.target, tuple(points), *sides, label, edge.dashed)


def _placed(node: Node, level: int) -> PlacedSymbol:
    return PlacedSymbol(node.id, node.shape, node.row, node.lane, level, node.text, node.loose)


def _row(low: int, high: int, bands: list[tuple[int, int]], ports: list[int]) -> RowRoom:
    """A row of these levels: how many tracks its gutters have, how many ports its levels."""
    gutters = (bands[low][1], *(bands[j][0] for j in range(low + 1, high + 1)))
    return RowRoom(gutters, tuple(ports[low:high]))


def _split(
    runs: list[list[Run]], tracks: list[dict[int, int]], fixed: dict[int, int | None]
) -> list[tuple[int, int]]:
    """How many tracks of each channel or gap belong to what lies before it, and how many to what lies
    after: each track near what it turns to. ``fixed`` says where one side takes all (0: the later)."""
    split = []
    for i, used in enumerate(tracks):
        total = 1 + max(used.values(), default=-1)
        if i in fixed:
            before = 0 if fixed[i] == 0 else total
        elif total == 0:
            before = 0
        else:
            lean = [0] * total
            for run in runs[i]:
                lean[used[run.edge]] += run.low_turn + run.high_turn
            cost = sum(1 for n in lean if n < 0)
            least, before = cost, 0
            for n, value in enumerate(lean):
                cost += (value >= 0) - (value < 0)
                if cost < least:
                    least, before = cost, n + 1
        split.append((before, total - before))
    return split


def _label(board: Board, edge: int, way: Way, text: str) -> Label:
    """Put the words on the free side of the line: right of it or above it where both are free."""
    ends = board.ends[edge]
    size, centre = board.grid.size, board.grid.reach + 2
    k = way.lines[0] % size - centre
    ks = [port[0] for port in board.ports[4 * ends.source + way.start]]
    if way.start % 2 == 0:
        return Label(text, SIDES[way.start], Side.RIGHT if k == max(ks) else Side.LEFT)
    return Label(text, SIDES[way.start], Side.TOP if k == min(ks) else Side.BOTTOM)
