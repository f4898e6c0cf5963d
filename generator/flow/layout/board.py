"""Way + the ways already laid → what it would cost there; and the book of what lies where.

Three kinds of places are booked. *Exact* lines (centre lines and ports) carry one edge at a place:
a bit mask a line. Channels and gaps carry any number, on tracks that are ordered later: of two edges
in one of them only the crossings that no order can avoid are counted. Ports are booked on the lines;
which pockets beside them stay free for labels is booked for each side of a symbol.
"""

from __future__ import annotations

from typing import NamedTuple

from generator.flow.layout.grid import Grid
from generator.flow.layout.ways import Ends, Way

CROSSING = 34.0
MERGE = 7.0
"""Price of running into another edge's port together with it."""
AGAINST = 3.0
"""Price of a port on a side that also has lines in the other direction."""
ABREAST = 5.0
"""The same where one of the two is a headless line or has a label."""
WORDY = 4.0
"""Price of a second label on one side."""
HARD = 1000
NEVER = 1e9
JOINT = -1
"""Stands for a headless line where an edge's number is asked for."""


class Run(NamedTuple):
    """A piece in a channel or gap: where it begins and ends, and to which side it turns at each end
    (-1 up or left, 1 down or right). Runs with the same ``net`` join before one and the same port."""

    low: float
    low_turn: int
    high: float
    high_turn: int
    net: tuple[int, int, int]
    edge: int


class Piece(NamedTuple):
    """A straight piece of a way, on ``line`` from ``low`` to ``high``: either ``bits`` says which places
    of an exact line it takes, or ``run`` how it lies in its channel or gap. ``port`` is the target's,
    for the last piece; ``first`` and ``last`` are the lanes or levels between which it lies."""

    upright: bool
    line: int
    low: int
    high: int
    bits: int
    run: Run | None
    port: tuple[int, int] | None
    first: int
    last: int


Span = tuple[int, int, int, int]
"""Line, low, high, edge."""
Port = tuple[int, bool, int, int]
"""Place on its side, whether it is labelled, edge, and whether that goes out or in."""
OUT, IN = 1, 0


class Board:
    """The ways laid so far. ``ends`` and ``ways`` are indexed by edge."""

    def __init__(self, grid: Grid, ends: list[Ends]) -> None:
        self.grid = grid
        self.ends = ends
        self.ways: list[Way | None] = [None] * len(ends)
        self.sharing = False
        """Whether labels may share a pocket, for want of pockets."""
        self.strict = [False] * len(ends)
        self._cuts: list[dict[Way, tuple[Piece, ...]]] = [{} for _ in ends]
        size = grid.size
        block = (1 << (size - 2)) - 1
        lanes, levels = [0] * (grid.lanes + 1), [0] * (grid.levels + 1)
        for lane, level in zip(grid.lane, grid.level, strict=True):
            lanes[lane] |= block << (level * size + 2)
            levels[level] |= block << (lane * size + 2)
        self.taken = (
            [mask for mask in levels for _ in range(size)],
            [mask for mask in lanes for _ in range(size)],
        )
        """Places taken on each horizontal and each vertical line."""
        self.owners: tuple[dict[int, list[tuple[int, int]]], ...] = {}, {}
        self.last: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self.upright: list[list[Span]] = [[] for _ in range(grid.levels + 1)]
        self.level: list[list[Span]] = [[] for _ in range(grid.levels + 1)]
        self.gaps: list[list[Run]] = [[] for _ in range(grid.levels + 1)]
        self.channels: list[list[Run]] = [[] for _ in range(grid.lanes + 1)]
        self.runs = self.gaps, self.channels
        self.ports: list[list[Port]] = [[] for _ in range(4 * len(grid.lane))]
        """The ports used on each side of each node."""
        beyond = grid.reach + 1
        self._doors = [
            tuple(
                1 << (at * size + 2 + grid.reach + way)
                for at, way in zip((j, i, j, i), (-beyond, beyond, beyond, -beyond), strict=True)
            )
            for i, j in zip(grid.lane, grid.level, strict=True)
        ]
        """For each side of each node: the place just outside it on a line across that side."""

    def join(self, left: int, right: int) -> None:
        """Book the headless line between two symbols of one level."""
        grid = self.grid
        a, b = sorted((left, right), key=lambda node: grid.lane[node])
        line = grid.level[a] * grid.size + grid.reach + 2
        low, high = (grid.lane[a] + 1) * grid.size - 1, grid.lane[b] * grid.size + 2
        self.taken[0][line] |= (1 << high) - (1 << (low + 1))
        self.level[grid.level[a]].append((line, low, high, JOINT))
        self.ports[4 * a + 1].append((0, False, JOINT, JOINT))
        self.ports[4 * b + 3].append((0, False, JOINT, JOINT))

    def cut(self, edge: int, way: Way) -> tuple[Piece, ...]:
        """The pieces of a way."""
        known = self._cuts[edge].get(way)
        if known is None:
            known = self._cuts[edge][way] = cut(self.grid, self.ends[edge], edge, way, self.strict[edge])
        return known

    def tighten(self, edge: int) -> None:
        """From now on the edge shares no port line within a gap or channel with another."""
        self.strict[edge] = True
        self._cuts[edge].clear()

    def cost(self, edge: int, way: Way, limit: float) -> float:
        """Price of the way plus its crossings; ``NEVER`` where it may not lie or reaches the limit."""
        price, start, end, lines = way
        ends, taken = self.ends[edge], self.taken
        if taken[1 - start % 2][lines[0]] & self._doors[ends[0]][start] or (
            taken[1 - end % 2][lines[-1]] & self._doors[ends[1]][end]
            and (4 * ends[1] + end, lines[-1]) not in self.last
        ):
            return NEVER
        price += self.company(edge, way) if not self.sharing else 0.0
        if price >= limit:
            return NEVER
        size = self.grid.size
        for upright, line, low, high, bits, run, port, first, last in self.cut(edge, way):
            if bits:
                busy = taken[upright][line] & bits
                if busy:
                    if port is None:
                        return NEVER
                    for mask, _ in self.last.get(port, ()):
                        busy &= ~mask
                    if busy:
                        return NEVER
                    price += MERGE
            elif run is not None:
                for other in self.runs[upright][first if not upright else line // size]:
                    if other[0] <= high and low <= other[2]:
                        shy = against(run, other, size)
                        if shy[0] and shy[1]:
                            price += CROSSING * min(shy)
            if upright:
                for level in range(first, last):
                    for y, a, b, _ in self.level[level]:
                        if low < y < high and a < line < b:
                            price += CROSSING
            else:
                for x, a, b, _ in self.upright[first]:
                    if low < x < high and a < line < b:
                        price += CROSSING
            if price >= limit:
                return NEVER
        return price

    def company(self, edge: int, way: Way) -> float:
        """Price of the ports beside the way's own two; ``NEVER`` where a label would lose its pocket."""
        ends = self.ends[edge]
        price = 0.0
        here = self.ports[4 * ends.source + way[1]]
        if here:
            price = _company(here, way[3][0] % self.grid.size - self.grid.reach - 2, ends.label, OUT)
        there = self.ports[4 * ends.target + way[2]]
        return (
            price + _company(there, way[3][-1] % self.grid.size - self.grid.reach - 2, False, IN)
            if there
            else price
        )

    def lay(self, edge: int, way: Way) -> None:
        """Book the way for the edge."""
        ends = self.ends[edge]
        for upright, line, low, high, bits, run, port, first, last in self.cut(edge, way):
            if bits:
                self.taken[upright][line] |= bits
                self.owners[upright].setdefault(line, []).append((bits, edge))
                if port is not None:
                    self.last.setdefault(port, []).append((bits, edge))
            elif run is not None:
                self.runs[upright][line // self.grid.size].append(run)
            if upright:
                for level in range(first, last):
                    self.upright[level].append((line, low, high, edge))
            else:
                self.level[first].append((line, low, high, edge))
        centre = self.grid.reach + 2
        self.ports[4 * ends.source + way.start].append(
            (way.lines[0] % self.grid.size - centre, ends.label, edge, OUT)
        )
        self.ports[4 * ends.target + way.end].append(
            (way.lines[-1] % self.grid.size - centre, False, edge, IN)
        )
        self.ways[edge] = way

    def lift(self, edge: int) -> Way:
        """Take the edge's way off the board again, and give it back."""
        way, ends = self.ways[edge], self.ends[edge]
        assert way is not None
        for upright, line, low, high, bits, run, port, first, last in self.cut(edge, way):
            if bits:
                self.owners[upright][line].remove((bits, edge))
                taken = self.taken[upright][line] & ~bits
                if port is not None:
                    self.last[port].remove((bits, edge))
                    for mask, _ in self.last[port]:
                        taken |= mask
                self.taken[upright][line] = taken
            elif run is not None:
                self.runs[upright][line // self.grid.size].remove(run)
            if upright:
                for level in range(first, last):
                    self.upright[level].remove((line, low, high, edge))
            else:
                self.level[first].remove((line, low, high, edge))
        for side in (4 * ends.source + way.start, 4 * ends.target + way.end):
            self.ports[side] = [port for port in self.ports[side] if port[2] != edge]
        self.ways[edge] = None
        return way

    def blockers(self, edge: int, way: Way, most: int) -> set[int]:
        """The edges that forbid the way or cross it; empty where there are more than ``most``, or where
        a symbol or a headless line is in the way."""
        ends, found = self.ends[edge], set[int]()
        if self.company(edge, way) >= NEVER:
            found.update(port[2] for port in self.ports[4 * ends.source + way.start])
            found.update(port[2] for port in self.ports[4 * ends.target + way.end])
        size = self.grid.size
        for upright, line, low, high, bits, run, _, first, last in self.cut(edge, way):
            if bits and self.taken[upright][line] & bits:
                mine = [owner for mask, owner in self.owners[upright].get(line, ()) if mask & bits]
                if not mine:
                    return set()
                found.update(mine)
            elif run is not None:
                found.update(r.edge for r in self.runs[upright][line // size] if min(against(run, r, size)))
            for level in range(first, last):
                for across, a, b, other in self.level[level] if upright else self.upright[level]:
                    if low < across < high and a < line < b:
                        found.add(other)
            if len(found) > most:
                return set()
        return set() if JOINT in found else found


def cut(grid: Grid, ends: Ends, edge: int, way: Way, strict: bool) -> tuple[Piece, ...]:
    """The pieces of a way, from outline to outline. An exact line that ends in a gap or channel takes
    only the half towards it, or the whole of it where ``strict``."""
    size, reach, lines = grid.size, grid.reach, way.lines
    n = len(lines)
    upright = way.start % 2 == 0
    source = ends.lane * size + reach + 2, ends.level * size + reach + 2
    target = ends.to_lane * size + reach + 2, ends.to_level * size + reach + 2
    pieces = []
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else source[upright]
        ahead = lines[i + 1] if i + 1 < n else target[upright]
        low, high = (before, ahead) if before < ahead else (ahead, before)
        from_symbol = i == 0 if before < ahead else i + 1 == n
        to_symbol = i + 1 == n if before < ahead else i == 0
        if from_symbol:
            low += reach
        if to_symbol:
            high -= reach
        first, last = (low // size, high // size + 1) if upright else (line // size, line // size + 1)
        bits, run, port = 0, None, None
        if line % size > 1:
            begin = low + 1 if from_symbol or (low % size == 0 and not strict) else low
            stop = high if to_symbol else high + 2 if strict and high % size == 0 else high + 1
            bits = (1 << stop) - (1 << begin)
            if i + 1 == n:
                port = 4 * ends.target + way.end, line
        else:
            behind = lines[i - 2] if i > 1 else source[1 - upright]
            past = lines[i + 2] if i + 2 < n else target[1 - upright]
            turns = (1 if behind > line else -1), (1 if past > line else -1)
            net = (ends.target, way.end, lines[-1]) if i + 2 == n else (-1 - edge, i, 0)
            low_turn, high_turn = turns if before < ahead else turns[::-1]
            run = Run(low, low_turn, high, high_turn, net, edge)
        pieces.append(Piece(upright, line, low, high, bits, run, port, first, last))
        upright = not upright
    return tuple(pieces)


def _company(ports: list[Port], k: int, label: bool, kind: int) -> float:
    """What port k costs beside the others of its side. Each labelled port has to be the side's first or
    last, so that its words have a pocket."""
    low = high = k
    labelled = 0
    price = 0.0
    for port, words, _, way in ports:
        if port < low:
            low = port
        elif port > high:
            high = port
        labelled += words
        if way != kind:
            price = max(price, ABREAST if way == JOINT or label or words else AGAINST)
    if label and labelled:
        price += WORDY
    if label and (k not in (low, high) or labelled > 1):
        return NEVER
    if labelled and not all(port in (low, high) for port, words, _, _ in ports if words):
        return NEVER
    return price


def against(a: Run, b: Run, size: int) -> tuple[int, int]:
    """Crossings of two runs of one channel or gap if a goes first (above, left), and if b does.

    ``HARD`` stands for an order in which they would lie on one line.
    """
    a_low, a_low_turn, a_high, a_high_turn, net, _ = a
    b_low, b_low_turn, b_high, b_high_turn, b_net, _ = b
    if net == b_net or a_high < b_low or b_high < a_low:
        return 0, 0
    ab = ba = 0
    if a_low < b_low < a_high:
        ab, ba = (ab + 1, ba) if b_low_turn < 0 else (ab, ba + 1)
    if a_low < b_high < a_high:
        ab, ba = (ab + 1, ba) if b_high_turn < 0 else (ab, ba + 1)
    if b_low < a_low < b_high:
        ab, ba = (ab, ba + 1) if a_low_turn < 0 else (ab + 1, ba)
    if b_low < a_high < b_high:
        ab, ba = (ab, ba + 1) if a_high_turn < 0 else (ab + 1, ba)
    if a_low == b_low and a_low_turn != b_low_turn:
        weight = HARD if a_low % size > 1 else 1
        ab, ba = (ab, ba + weight) if a_low_turn < 0 else (ab + weight, ba)
    if a_high == b_high and a_high_turn != b_high_turn:
        weight = HARD if a_high % size > 1 else 1
        ab, ba = (ab, ba + weight) if a_high_turn < 0 else (ab + weight, ba)
    if a_high == b_low and a_high_turn != b_low_turn and a_high % size > 1:
        ab, ba = (ab, ba + HARD) if a_high_turn < 0 else (ab + HARD, ba)
    if b_high == a_low and b_high_turn != a_low_turn and b_high % size > 1:
        ab, ba = (ab, ba + HARD) if a_low_turn < 0 else (ab + HARD, ba)
    return ab, ba
