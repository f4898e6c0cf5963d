"""Grid + edges → a board on which every edge has its way.

Easy edges are laid first; then edges that pay for others' lines are lifted and laid anew, alone or
together with one edge that stands in their way, as long as the whole gets cheaper.
"""

from __future__ import annotations

from generator.layout.board import NEVER, Board
from generator.layout.grid import Grid
from generator.layout.ways import FLOORS, Ends, Way, ways

ROUNDS = 3


def route(grid: Grid, ends: list[Ends], joints: list[tuple[int, int]]) -> Board:
    """Lay every edge."""
    board = Board(grid, ends)
    for left, right in joints:
        board.join(left, right)
    kinds = Kinds(grid, ends)
    costs = [NEVER] * len(ends)
    for edge in sorted(range(len(ends)), key=lambda e: _ease(ends[e], e)):
        way, cost = best(board, kinds, edge)
        board.lay(edge, way)
        costs[edge] = cost
    return board


class Kinds:
    """The ways of each edge, listed once and only as far as somebody asked."""

    def __init__(self, grid: Grid, ends: list[Ends]) -> None:
        self._more = [ways(grid, e) for e in ends]
        self._found: list[list[list[Way]]] = [[] for _ in ends]

    def get(self, edge: int, kind: int) -> list[Way]:
        found = self._found[edge]
        while len(found) <= kind:
            found.append(next(self._more[edge], []))
        return found[kind]


def _ease(ends: Ends, edge: int) -> tuple[int, bool, int, int]:
    across, along = abs(ends.to_lane - ends.lane), ends.to_level - ends.level
    if (across == 0 and along > 0) or along == 0:
        rank = 0
    elif along > 0:
        rank = 1
    else:
        rank = 2
    return rank, not ends.main, across + abs(along), edge


def best(board: Board, kinds: Kinds, edge: int) -> tuple[Way, float]:
    """The cheapest way on the board as it is, and its cost."""
    limit, chosen = NEVER, None
    for kind, floor in enumerate(FLOORS):
        if floor >= limit or (kind == len(FLOORS) - 1 and chosen is not None):
            break
        for way in kinds.get(edge, kind):
            if way.price >= limit:
                break
            cost = board.cost(edge, way, limit)
            if cost < limit:
                limit, chosen = cost, way
    if chosen is None:
        raise ValueError(f"no way from node {board.ends[edge].source} to node {board.ends[edge].target}")
    return chosen, limit
