"""Chart → Drawing: where everything stands and which way every line takes, on a lattice."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from generator.flow.chart import Chart
from generator.flow.drawing import Drawing
from generator.flow.layout.draw import draw
from generator.flow.layout.grid import Grid, arrange
from generator.flow.layout.route import reroute, route
from generator.flow.layout.tracks import assign
from generator.flow.layout.ways import APART, SLANT, Ends
from generator.form.symbols import Shape

__all__ = ["drawn", "edge_ends", "lay_out"]


def lay_out(chart: Chart) -> Drawing:
    """Place the symbols of a chart and route its edges.

    Needs a chart as ``generator.flow.chart`` describes it: known ids, no edge from a node to itself, at
    most one edge from one node to another. Where a node has more than eight labelled ways out, words
    may stand on another line; nothing else ever gives way.
    """
    grid = arrange(chart)
    ends, joints = edge_ends(chart, grid)
    board = route(grid, ends, joints)
    channels, gaps, clash = assign(board)
    while clash:
        reroute(board, clash)
        channels, gaps, clash = assign(board)
    return draw(chart, board, channels, gaps)


@lru_cache(maxsize=16)
def drawn(chart: Chart) -> Drawing:
    """The drawing of a chart. The latest are kept: page, pictures, documents and card of an SOP ask for the
    same one."""
    return lay_out(chart)


def edge_ends(chart: Chart, grid: Grid) -> tuple[list[Ends], list[tuple[int, int]]]:
    """Edges and headless lines of the chart, by the numbers and places of their nodes."""
    index = {node.id: i for i, node in enumerate(chart.nodes)}
    many = Counter(edge.target for edge in chart.edges)
    ends = []
    for edge in chart.edges:
        a, b = index[edge.source], index[edge.target]
        slanted = chart.nodes[b].shape is Shape.DECISION
        beside = SLANT if slanted else APART if many[edge.target] > 1 else 0.0
        place = grid.lane[a], grid.level[a], grid.lane[b], grid.level[b]
        ends.append(Ends(a, b, *place, edge.main, bool(edge.label), beside))
    return ends, [(index[pair.left], index[pair.right]) for pair in chart.pairs]
