"""Chart → Grid: the level of every symbol, and integer positions for all lines a way may use.

Both axes are cut in the same manner into cells of ``size`` positions: first the free space before a
lane or level (two positions, its first and its second half), then the ports ``-reach … reach`` of the
lane or level itself. The free space before lane i is *channel* i, the one before level j is *gap* j;
there is one more channel after the last lane and one more gap after the last level.
"""

from __future__ import annotations

from msgspec import Struct

from generator.flow.chart import Chart
from generator.form.symbols import Shape


class Grid(Struct, frozen=True):
    """Where symbols stand, counted in lanes and in levels from the top of the whole chart."""

    lanes: int
    levels: int
    reach: int
    size: int
    lane: tuple[int, ...]
    """Lane of each node, in the order of the chart."""
    level: tuple[int, ...]
    """Level of each node, counted over all rows."""
    first: tuple[int, ...]
    """First level of each row, and the number of levels at the end."""


def arrange(chart: Chart) -> Grid:
    """Give every node of the chart its level and size the grid to the busiest symbol."""
    index = {node.id: i for i, node in enumerate(chart.nodes)}
    by_row: list[list[int]] = [[] for _ in chart.rows]
    for i, node in enumerate(chart.nodes):
        by_row[node.row].append(i)
    beside: dict[int, list[int]] = {}
    degree = [0] * len(chart.nodes)
    for edge in chart.edges:
        a, b = index[edge.source], index[edge.target]
        degree[a] += 1
        degree[b] += 1
        if chart.nodes[a].row == chart.nodes[b].row and chart.nodes[a].lane != chart.nodes[b].lane:
            beside.setdefault(a, []).append(b)
            beside.setdefault(b, []).append(a)
    pairs: dict[int, list[int]] = {}
    for pair in chart.pairs:
        a, b = index[pair.left], index[pair.right]
        degree[a] += 1
        degree[b] += 1
        pairs.setdefault(a, []).append(b)
        pairs.setdefault(b, []).append(a)
    level = [0] * len(chart.nodes)
    first = [0]
    for members in by_row:
        height = 1
        if len(members) > 1:
            _stack(chart, members, pairs, beside, level)
            height = 1 + max(level[i] for i in members)
        for i in members:
            level[i] += first[-1]
        first.append(first[-1] + height)
    reach = 1 + max(2, max(degree, default=0))
    return Grid(
        lanes=len(chart.lanes),
        levels=first[-1],
        reach=reach,
        size=2 * reach + 3,
        lane=tuple(node.lane for node in chart.nodes),
        level=tuple(level),
        first=tuple(first),
    )


def _groups(members: list[int], pairs: dict[int, list[int]]) -> dict[int, int]:
    """The group of joint actors that each symbol of a row belongs to, by one of its symbols."""
    group = {i: i for i in members}
    for i in members:
        for j in pairs.get(i, ()):
            old, new = group[j], group[i]
            group |= {k: new for k in members if group[k] == old}
    return group


def _stack(
    chart: Chart,
    members: list[int],
    pairs: dict[int, list[int]],
    beside: dict[int, list[int]],
    level: list[int],
) -> None:
    """Levels of one row: cells from top to bottom, joint actors and row mates side by side."""
    nodes = chart.nodes
    group = _groups(members, pairs)
    teams: dict[int, list[int]] = {}
    for i in members:
        teams.setdefault(group[i], []).append(i)
    below: list[tuple[int, int]] = []
    last: dict[int, int] = {}
    for i in members:
        lane = nodes[i].lane
        if lane in last:
            below.append((last[lane], i))
        last[lane] = i
    team = {i: teams[group[i]] for i in members}
    _settle(below, team, level)
    anchor = next((i for i in members if nodes[i].shape is not Shape.TERMINATOR), members[0])
    for i in members:
        alone = sum(nodes[j].lane == nodes[i].lane for j in members) == 1
        mates = [j for j in beside.get(i, ()) if j < i] or beside.get(i) or [anchor if alone else i]
        if level[mates[0]] > level[i]:
            _lift(team[i], level[mates[0]], level)
            _settle(below, team, level)
    for i, j in [(one, other) for one in members for other in pairs.get(one, ())]:
        low, high = sorted((nodes[i].lane, nodes[j].lane))
        for k in members:
            if group[k] != group[i] and level[k] == level[i] and low < nodes[k].lane < high:
                _lift(team[k], level[k] + 1, level)
                _settle(below, team, level)


def _lift(team: list[int], to: int, level: list[int]) -> None:
    for j in team:
        level[j] = to


def _settle(below: list[tuple[int, int]], team: dict[int, list[int]], level: list[int]) -> None:
    """Lower what does not stand below what it must, and those beside it, until all do; joint actors whose
    orders contradict one another end it."""
    for _ in team:
        moved = False
        for upper, lower in below:
            if level[lower] <= level[upper]:
                _lift(team[lower], level[upper] + 1, level)
                moved = True
        if not moved:
            return
