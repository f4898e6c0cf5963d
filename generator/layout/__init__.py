"""Chart → Drawing: where everything stands and which way every line takes, on a lattice."""

from __future__ import annotations

from generator.chart import Chart
from generator.drawing import Drawing
from generator.layout.draw import draw
from generator.layout.grid import arrange
from generator.layout.route import reroute, route
from generator.layout.tracks import assign
from generator.layout.ways import Ends

__all__ = ["lay_out"]


def lay_out(chart: Chart) -> Drawing:
    """Place the symbols of a chart and route its edges.

    Needs a chart as ``generator.chart`` describes it: known ids, no edge from a node to itself, at
    most one edge from one node to another, at most eight labelled ways out of one node.
    """
    grid = arrange(chart)
    index = {node.id: i for i, node in enumerate(chart.nodes)}
    ends = []
    for edge in chart.edges:
        a, b = index[edge.source], index[edge.target]
        ends.append(
            Ends(a, b, grid.lane[a], grid.level[a], grid.lane[b], grid.level[b], edge.main, bool(edge.label))
        )
    joints = [(index[pair.left], index[pair.right]) for pair in chart.pairs]
    board = route(grid, ends, joints)
    channels, gaps, clash = assign(board)
    while clash:
        reroute(board, clash)
        channels, gaps, clash = assign(board)
    return draw(chart, board, channels, gaps)
