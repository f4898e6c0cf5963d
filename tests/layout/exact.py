"""Chart → the fewest crossings, and with these the fewest bends, that any choice of ways can have.

A test tool: tries every way with up to four bends by the ports at and beside the centre of each side,
for all edges together, and leaves out only what cannot beat the best found so far. Returns do not enter
a symbol from below, as in the drawings that it judges.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

import pytest

from generator.chart import Chart
from generator.layout import board as book
from generator.layout import edge_ends
from generator.layout.board import NEVER, Board
from generator.layout.grid import arrange
from generator.layout.ways import BOTTOM, SPARE, Way, ways

CROSSING = 1000.0


class TooLarge(Exception):
    """More choices than the limit allows to look at."""


@contextmanager
def _counting() -> Iterator[None]:
    """Let the board charge crossings only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book, "CROSSING", CROSSING)
        patch.setattr(book, "MERGE", 0.0)
        yield


def fewest(chart: Chart, known: tuple[int, int], limit: int = 200_000) -> tuple[int, int]:
    """Crossings and bends of the best drawing; ``known`` are those of one that there is."""
    grid = arrange(chart)
    ends, joints = edge_ends(chart, grid)
    board = Board(grid, ends)
    for left, right in joints:
        board.join(left, right)
    choices: list[list[Way]] = []
    for edge in ends:
        found = [way for kind in islice(ways(grid, edge), SPARE) for way in kind]
        if edge.to_level < edge.level:
            found = [way for way in found if way.end != BOTTOM]
        choices.append(sorted({way._replace(price=float(len(way.lines) - 1)) for way in found}))
    order = sorted(range(len(ends)), key=lambda e: (-choices[e][0].price, e))
    rest = [0.0]
    for edge in reversed(order):
        rest.append(rest[-1] + choices[edge][0].price)
    rest.reverse()
    best = known[0] * CROSSING + known[1]
    looked = 0

    def search(depth: int, cost: float) -> None:
        nonlocal best, looked
        if depth == len(order):
            best = cost
            return
        edge = order[depth]
        for way in choices[edge]:
            room = best - cost - rest[depth + 1]
            if way.price >= room:
                return
            looked += 1
            if looked > limit:
                raise TooLarge
            price = board.cost(edge, way, room)
            if price < NEVER:
                board.lay(edge, way)
                search(depth + 1, cost + price)
                board.lift(edge)

    with _counting():
        search(0, 0.0)
    crossings, bends = divmod(best, CROSSING)
    return int(crossings), int(bends)
