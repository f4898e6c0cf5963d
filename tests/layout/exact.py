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
        for habit in ("MERGE", "AGAINST", "ABREAST", "WORDY"):
            patch.setattr(book, habit, 0.0)
        yield


def fewest(chart: Chart, known: tuple[int, int], limit: int = 20_000) -> tuple[int, int]:
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
    best = known[0] * CROSSING + known[1]
    looked = 0

    def cheapest(edge: int, limit: float) -> float:
        """What the edge costs at least with those laid already."""
        least = limit
        for way in choices[edge]:
            if way.price >= least:
                break
            least = min(least, board.cost(edge, way, least))
        return least

    def search(edges: frozenset[int], cost: float) -> None:
        nonlocal best, looked
        if not edges:
            best = cost
            return
        floors = {}
        for edge in sorted(edges):
            floors[edge] = cheapest(edge, best - cost - sum(floors.values()))
            if cost + sum(floors.values()) >= best:
                return
        edge = max(sorted(edges), key=lambda e: (floors[e] - choices[e][0].price, floors[e]))
        others = cost + sum(floors.values()) - floors[edge]
        for way in choices[edge]:
            if others + way.price >= best:
                return
            looked += 1
            if looked > limit:
                raise TooLarge
            price = board.cost(edge, way, best - others)
            if price < NEVER:
                board.lay(edge, way)
                search(edges - {edge}, cost + price)
                board.lift(edge)

    with _counting():
        search(frozenset(range(len(ends))), 0.0)
    crossings, bends = divmod(best, CROSSING)
    return int(crossings), int(bends)
