"""Chart → the fewest crossings, and with these the fewest bends, that any choice of ways can have.

A tool for tests and measurements, too slow for anything else: tries every way with up to four bends by
the ports at and beside the centre of each side, for all edges together, and leaves out only what cannot
beat the best found so far. Returns do not enter a symbol from below, as in the drawings that it judges.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from random import Random

from generator.flow.chart import Chart
from generator.flow.layout import board as book
from generator.flow.layout import edge_ends, lay_out
from generator.flow.layout.board import NEVER, Board
from generator.flow.layout.grid import arrange
from generator.flow.layout.score import score
from generator.flow.layout.ways import BOTTOM, SPARE, Way, ways
from tests.bench.flow.charts import build

CROSSING = 1000.0
PRICES = {"CROSSING": CROSSING, "MERGE": 0.0, "AGAINST": 0.0, "ABREAST": 0.0, "WORDY": 0.0}
"""Crossings count, habits do not."""


class TooLarge(Exception):
    """More choices than the limit allows to look at."""


@contextmanager
def _counting() -> Iterator[None]:
    """Let the board charge crossings only."""
    kept = {name: getattr(book, name) for name in PRICES}
    for name, price in PRICES.items():
        setattr(book, name, price)
    try:
        yield
    finally:
        for name, price in kept.items():
            setattr(book, name, price)


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
        floors: dict[int, float] = {}
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


def distance(chart: Chart, limit: int = 20_000) -> tuple[int, int] | None:
    """How many crossings and bends our drawing has more than the best; None where that was not found."""
    found = score(chart, lay_out(chart))
    try:
        crossings, bends = fewest(chart, (found.crossings, found.bends), limit)
    except TooLarge:
        return None
    return found.crossings - crossings, found.bends - bends


def small_chart(seed: int) -> Chart:
    """A flow of 3–6 steps and 2–4 actors, half of its steps decisions."""
    rng = Random(seed)
    return build(rng, rng.randint(3, 6), rng.randint(2, 4), busy=0.5, joint=0.1, double=0.15)
