"""Grid + edges → a board on which every edge has its way.

Easy edges are laid first; then edges that pay for others' lines are lifted and laid anew, alone or
together with one or two that stand in their way, as long as the whole gets cheaper.
"""

from __future__ import annotations

from generator.flow.layout.board import NEVER, Board
from generator.flow.layout.grid import Grid
from generator.flow.layout.ways import ABOVE, FLOORS, SPARE, Ends, Way, ways

ROUNDS = 2
PUSHES, MOST_PUSHES = 4, 600
"""So many times the number of edges others may be moved for one, so the time grows with the edges; but no
more than that in all, as each takes longer the more edges there are."""
TRIES = 12
SLACK = 4.0
"""An edge that pays no more than this above its cheapest way is left in peace."""
LEAST = 0.01
"""A change must save this much."""


def route(grid: Grid, ends: list[Ends], joints: list[tuple[int, int]]) -> Board:
    """Lay every edge."""
    board = Board(grid, ends)
    for left, right in joints:
        board.join(left, right)
    kinds = Kinds(grid, ends)
    excess = [0.0] * len(ends)
    for edge in sorted(range(len(ends)), key=lambda e: _ease(ends[e], e)):
        way, cost = best(board, kinds, edge)
        assert way is not None
        board.lay(edge, way)
        excess[edge] = cost - kinds.floor(edge)
    kinds.pushes = min(PUSHES * len(ends), MOST_PUSHES)
    for _ in range(ROUNDS):
        busy = sorted((e for e in range(len(ends)) if excess[e] > SLACK), key=lambda e: (-excess[e], e))
        if not sum(_relay(board, kinds, edge, excess) for edge in busy):
            break
    return board


def _relay(board: Board, kinds: Kinds, edge: int, excess: list[float]) -> bool:
    """Lay one edge better, alone or by moving at most two others; says whether the whole got cheaper."""
    old = board.lift(edge)
    paid = board.cost(edge, old, NEVER)
    floor = kinds.floor(edge)
    if paid - floor <= SLACK:
        board.lay(edge, old)
        excess[edge] = paid - floor
        return False
    way, cost = best(board, kinds, edge)
    if way is not None and cost < paid - LEAST:
        board.lay(edge, way)
        excess[edge] = cost - floor
        return True
    for way in kinds.below(edge, paid - LEAST):
        if kinds.pushes <= 0:
            break
        others = board.blockers(edge, way, 2)
        kinds.pushes -= bool(others)
        if others and _push(board, kinds, edge, way, paid, sorted(others), excess):
            return True
    board.lay(edge, old)
    excess[edge] = paid - floor
    return False


def _push(
    board: Board, kinds: Kinds, edge: int, way: Way, paid: float, others: list[int], excess: list[float]
) -> bool:
    """Lay the edge by this way and the others anew; all as before unless that is cheaper."""
    olds = []
    before = paid
    for other in others:
        olds.append(board.lift(other))
        before += board.cost(other, olds[-1], NEVER)
    before -= LEAST
    cost = board.cost(edge, way, before - sum(kinds.floor(other) for other in others))
    total = cost
    laid = []
    if total < NEVER:
        board.lay(edge, way)
        for other in others:
            new, price = best(board, kinds, other, min(before - total, NEVER - 1))
            total += price
            if new is None:
                break
            board.lay(other, new)
            laid.append((other, price))
        if len(laid) == len(others):
            excess[edge] = cost - kinds.floor(edge)
            for other, price in laid:
                excess[other] = price - kinds.floor(other)
            return True
        for other, _ in laid:
            board.lift(other)
        board.lift(edge)
    for other, old in zip(reversed(others), reversed(olds), strict=True):
        board.lay(other, old)
    return False


def reroute(board: Board, edges: set[int]) -> None:
    """Lay these edges anew, and so that each has its port lines to itself within every channel and gap.

    After this they can be kept apart from any other edge, whatever the order of the tracks.
    """
    kinds = Kinds(board.grid, board.ends)
    for edge in sorted(edges):
        board.lift(edge)
        board.tighten(edge)
    for edge in sorted(edges):
        way, _ = best(board, kinds, edge)
        assert way is not None
        board.lay(edge, way)


class Kinds:
    """The ways of each edge, listed once and only as far as somebody asked."""

    def __init__(self, grid: Grid, ends: list[Ends]) -> None:
        self.pushes = 0
        self._more = [ways(grid, e) for e in ends]
        self._found: list[list[list[Way]]] = [[] for _ in ends]

    def get(self, edge: int, kind: int) -> list[Way]:
        found = self._found[edge]
        while len(found) <= kind:
            found.append(next(self._more[edge], []))
        return found[kind]

    def floor(self, edge: int) -> float:
        """The price of the edge's cheapest way on an empty sheet."""
        return (self.get(edge, 0) or self.get(edge, 2))[0].price

    def below(self, edge: int, price: float) -> list[Way]:
        """Up to a dozen ways cheaper than ``price``."""
        floor = self.floor(edge)
        kinds = [kind for kind in range(SPARE) if max(floor + ABOVE[kind], FLOORS[kind]) < price]
        return sorted(way for kind in kinds for way in self.get(edge, kind) if way.price < price)[:TRIES]


def _ease(ends: Ends, edge: int) -> tuple[int, bool, int, int]:
    across, along = abs(ends.to_lane - ends.lane), ends.to_level - ends.level
    if (across == 0 and along > 0) or along == 0:
        rank = 0
    elif along > 0:
        rank = 1
    else:
        rank = 2
    return rank, not ends.main, across + abs(along), edge


def best(board: Board, kinds: Kinds, edge: int, limit: float = NEVER) -> tuple[Way | None, float]:
    """The cheapest way on the board as it is, and its cost; None if none is cheaper than ``limit``.

    Without a limit there always is one: where a symbol has more labelled ways out than its four sides
    have pockets (eight), the words share a pocket.
    """
    chosen = None
    anything = limit == NEVER
    floor = kinds.floor(edge)
    for kind, above in enumerate(ABOVE):
        if kind >= SPARE and not (anything and chosen is None):
            break
        if floor + above >= limit or FLOORS[kind] >= limit:
            continue
        for way in kinds.get(edge, kind):
            if way.price >= limit:
                break
            cost = board.cost(edge, way, limit)
            if cost < limit:
                limit, chosen = cost, way
    if chosen is None and anything:
        if board.sharing:
            ends = board.ends[edge]
            raise AssertionError(f"no way from node {ends.source} to node {ends.target}")
        board.sharing = True
        chosen, limit = best(board, kinds, edge)
        board.sharing = False
    return chosen, limit
