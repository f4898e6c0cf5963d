"""Ends of an edge on the grid → the ways it may take, cheapest kinds first.

A *way* names the lines it runs on, from the source's port line to the target's: vertical and
horizontal ones in turn, so that it bends once between each two. What other edges make of it (hits,
crossings) is the router's to judge; here is only what a careful hand prefers on an empty sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.flow.layout.grid import Grid

TOP, RIGHT, BOTTOM, LEFT = range(4)

BEND = 10.0
BESIDE = 6.0
"""Price of a port beside the centre of a side."""
SLANT = 80.0
"""Price of entering a diamond beside its corner, where the head would land on a slanted side."""
APART = 8.0
"""Price of entering a symbol beside the middle of a side where other ways enter it too: they merge before
it."""
STEP = 0.25
"""Price of passing one lane or level."""

DOWN = (8.0, 1.0, 0.0, 1.0), (0.0, 0.0, 12.0, 0.0)
"""Price of leaving and of entering each side (top, right, bottom, left) on the way down."""
BRANCH_DOWN = (6.0, 0.0, 4.0, 0.0), (0.0, 0.0, 12.0, 0.0)
"""The same for a decision's branch that is not the main one."""
UP = (2.0, 0.0, 6.0, 0.0), (3.0, 0.0, 12.0, 0.0)
BRANCH_UP = (0.5, 0.0, 6.0, 0.0), (3.0, 0.0, 12.0, 0.0)
LEVEL = (2.0, 0.0, 5.0, 0.0), (1.0, 0.0, 10.0, 0.0)


class Way(NamedTuple):
    """``price`` counts bends, length and habit; ``lines`` are positions on the grid."""

    price: float
    start: int
    end: int
    lines: tuple[int, ...]


class Ends(NamedTuple):
    """Where an edge starts and ends, and whether it carries the flow on."""

    source: int
    target: int
    lane: int
    level: int
    to_lane: int
    to_level: int
    main: bool
    label: bool
    beside: float = 0.0
    """Price of entering the target beside the middle of a side, more than any symbol's."""


def ways(grid: Grid, ends: Ends) -> Iterator[list[Way]]:
    """Lists of ways, each list sorted by price see ``FLOORS`` and ``ABOVE``."""
    simple = _straight(grid, ends) + _bent_once(grid, ends)
    simple.sort()
    yield simple
    aside = (0, 1), (0, -1), (1, 0), (-1, 0)
    yield sorted(shifted for way in simple for shifted in _shift(ends, way, aside))
    twice = _bent_twice(grid, ends)
    twice.sort()
    yield twice
    yield sorted(shifted for way in twice for shifted in _shift(ends, way, aside))
    long = _bent_often(grid, ends)
    long.sort()
    yield long
    every = simple + twice + long
    yield sorted(
        shifted for way in every for shifted in _shift(ends, way, ((1, 1), (-1, -1), (1, -1), (-1, 1)))
    )
    if grid.reach > 2:
        steps = [k for n in range(2, grid.reach) for k in (n, -n)]
        some = [(k, 0) for k in steps] + [(0, k) for k in steps]
        yield sorted(shifted for way in every for shifted in _shift(ends, way, some))
        reach = [0, 1, -1, *steps]
        pairs = [(a, b) for a in reach for b in reach]
        yield sorted(shifted for way in every for shifted in _shift(ends, way, pairs))


FLOORS = (0.0, 0.0, 2 * BEND, 2 * BEND + BESIDE, 3 * BEND, 3 * BEND, 0.0, 0.0)
"""The price that no way of the k-th list falls below."""
ABOVE = (0.0, BESIDE, 0.0, BESIDE, BEND, 2 * BESIDE + BEND, 0.0, 0.0)
"""How much dearer than the edge's cheapest way everything else must be before a list is worth a look."""
SPARE = 6
"""The lists from here on are for edges that have no way by the others."""


def _straight(grid: Grid, ends: Ends) -> list[Way]:
    size, centre = grid.size, 2 + grid.reach
    if ends.lane == ends.to_lane and ends.level < ends.to_level:
        x = ends.lane * size + centre
        return [Way(STEP * (ends.to_level - ends.level), BOTTOM, TOP, (x,))]
    if ends.level == ends.to_level and ends.lane != ends.to_lane:
        y = ends.level * size + centre
        start, end = (RIGHT, LEFT) if ends.to_lane > ends.lane else (LEFT, RIGHT)
        return [Way(STEP * abs(ends.to_lane - ends.lane), start, end, (y,))]
    return []


def _prices(ends: Ends) -> tuple[tuple[float, ...], tuple[float, ...]]:
    if ends.to_level > ends.level:
        return DOWN if ends.main else BRANCH_DOWN
    if ends.to_level < ends.level:
        return UP if ends.main else BRANCH_UP
    return LEVEL


def _bent_once(grid: Grid, ends: Ends) -> list[Way]:
    if ends.lane == ends.to_lane or ends.level == ends.to_level:
        return []
    size, centre = grid.size, 2 + grid.reach
    leave, enter = _prices(ends)
    length = BEND + STEP * (abs(ends.to_lane - ends.lane) + abs(ends.to_level - ends.level))
    toward, facing = (RIGHT, LEFT) if ends.to_lane > ends.lane else (LEFT, RIGHT)
    away, into = (BOTTOM, TOP) if ends.to_level > ends.level else (TOP, BOTTOM)
    corner = ends.lane * size + centre, ends.to_level * size + centre
    other = ends.level * size + centre, ends.to_lane * size + centre
    return [
        Way(length + leave[away] + enter[facing], away, facing, corner),
        Way(length + leave[toward] + enter[into], toward, into, other),
    ]


def _few(low: int, high: int) -> list[int]:
    """Up to four of the numbers low … high: both ends, and those next to them."""
    return list(range(low, high + 1)) if high - low < 4 else [low, low + 1, high - 1, high]


def _bent_twice(grid: Grid, ends: Ends) -> list[Way]:
    size, centre = grid.size, 2 + grid.reach
    lane, level, to_lane, to_level = ends.lane, ends.level, ends.to_lane, ends.to_level
    leave, enter = _prices(ends)
    across, along = abs(to_lane - lane), abs(to_level - level)
    x, y, to_x, to_y = (n * size + centre for n in (lane, level, to_lane, to_level))
    found = []
    left, right = sorted((lane, to_lane))
    upper, lower = sorted((level, to_level))
    length = 2 * BEND + STEP * (across + along)
    if lane != to_lane and level != to_level:
        toward, facing = (RIGHT, LEFT) if to_lane > lane else (LEFT, RIGHT)
        price = length + leave[toward] + enter[facing]
        found += [Way(price, toward, facing, (y, i * size, to_y)) for i in _few(left + 1, right)]
        away, into = (BOTTOM, TOP) if to_level > level else (TOP, BOTTOM)
        price = length + leave[away] + enter[into]
        found += [Way(price, away, into, (x, j * size, to_x)) for j in _few(upper + 1, lower)]
    if level != to_level:
        for n, i in enumerate(range(right + 1, min(right + 4, grid.lanes + 1))):
            price = length + leave[RIGHT] + enter[RIGHT] + STEP * (1 + 2 * n)
            found.append(Way(price, RIGHT, RIGHT, (y, i * size, to_y)))
        for n, i in enumerate(range(left, max(left - 3, -1), -1)):
            price = length + leave[LEFT] + enter[LEFT] + STEP * (1 + 2 * n)
            found.append(Way(price, LEFT, LEFT, (y, i * size, to_y)))
    if lane != to_lane:
        for n, j in enumerate(range(lower + 1, min(lower + 3, grid.levels + 1))):
            price = length + leave[BOTTOM] + enter[BOTTOM] + STEP * (1 + 2 * n)
            found.append(Way(price, BOTTOM, BOTTOM, (x, j * size, to_x)))
        for n, j in enumerate(range(upper, max(upper - 2, -1), -1)):
            price = length + leave[TOP] + enter[TOP] + STEP * (1 + 2 * n)
            found.append(Way(price, TOP, TOP, (x, j * size, to_x)))
    return found


def _bent_often(grid: Grid, ends: Ends) -> list[Way]:
    """Three bends by a channel and a gap, four by gap, channel, gap or channel, gap, channel."""
    size, centre = grid.size, 2 + grid.reach
    lane, level, to_lane, to_level = ends.lane, ends.level, ends.to_lane, ends.to_level
    leave, enter = _prices(ends)
    x, y, to_x, to_y = (n * size + centre for n in (lane, level, to_lane, to_level))
    out_gap = {TOP: level, BOTTOM: level + 1}
    in_gap = {TOP: to_level, BOTTOM: to_level + 1}
    out_channel = {LEFT: lane, RIGHT: lane + 1}
    in_channel = {LEFT: to_lane, RIGHT: to_lane + 1}
    found = []
    for start, gap in out_gap.items():
        for end, channel in in_channel.items():
            length = 3 * BEND + STEP * (abs(channel - lane) + abs(to_level - gap))
            found.append(
                Way(length + leave[start] + enter[end], start, end, (x, gap * size, channel * size, to_y))
            )
    for start, channel in out_channel.items():
        for end, gap in in_gap.items():
            length = 3 * BEND + STEP * (abs(to_lane - channel) + abs(gap - level))
            found.append(
                Way(length + leave[start] + enter[end], start, end, (y, channel * size, gap * size, to_x))
            )
    outer = sorted({lane, lane + 1, to_lane, to_lane + 1, 0, grid.lanes})
    for start, gap in out_gap.items():
        for end, last in in_gap.items():
            if gap == last:
                continue
            for channel in outer:
                length = abs(channel - lane) + abs(channel - to_lane) + abs(last - gap)
                price = 4 * BEND + STEP * length + leave[start] + enter[end]
                found.append(Way(price, start, end, (x, gap * size, channel * size, last * size, to_x)))
    gaps = sorted({level, level + 1, to_level, to_level + 1})
    for start, channel in out_channel.items():
        for end, last in in_channel.items():
            if channel == last:
                continue
            for gap in gaps:
                length = abs(gap - level) + abs(gap - to_level) + abs(last - channel)
                price = 4 * BEND + STEP * length + leave[start] + enter[end]
                found.append(Way(price, start, end, (y, channel * size, gap * size, last * size, to_y)))
    return found


def _shift(ends: Ends, way: Way, offsets: tuple[tuple[int, int], ...] | list[tuple[int, int]]) -> list[Way]:
    """The same way by ports beside the centre; a straight one has both ports on one line."""
    price, start, end, lines = way
    aside = ends.beside
    if len(lines) == 1:
        return [
            Way(price + BESIDE * abs(k) + aside, start, end, (lines[0] + k,))
            for k in dict.fromkeys(a or b for a, b in offsets)
        ]
    return [
        Way(
            price + BESIDE * (abs(a) + abs(b)) + (aside if b else 0.0),
            start,
            end,
            (lines[0] + a, *lines[1:-1], lines[-1] + b),
        )
        for a, b in offsets
    ]
