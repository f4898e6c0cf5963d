"""Way + the ways already laid → what it would cost there; and the book of what lies where.

Three kinds of places are booked. *Exact* lines (centre lines and ports) carry one edge at a place:
a bit mask a line. Channels and gaps carry any number, on tracks that are ordered later: of two edges
in one of them only the crossings that no order can avoid are counted. Ports are booked on the lines;
which pockets beside them stay free for labels is booked for each side of a symbol.
"""

from __future__ import annotations

from generator.flow.layout.grid import Grid
from generator.flow.layout.pieces import Piece, Run, against, cut
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
NEVER = 1e9
JOINT = -1
"""Stands for a headless line where an edge's number is asked for."""


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
        if self._shut(edge, way):
            return NEVER
        price, taken = way.price, self.taken
        price += self.company(edge, way) if not self.sharing else 0.0
        if price >= limit:
            return NEVER
        size = self.grid.size
        for upright, line, low, high, bits, run, port, first, last in self.cut(edge, way):
            if bits:
                busy = taken[upright][line] & bits
                if busy:
                    if not self._merges(port, busy):
                        return NEVER
                    price += MERGE
            elif run is not None:
                price += _crossed(run, self.runs[upright][first if not upright else line // size], size)
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

    def _merges(self, port: tuple[int, int] | None, busy: int) -> bool:
        """Whether what is taken there is taken by lines that end at the same port."""
        if port is None:
            return False
        for mask, _ in self.last.get(port, ()):
            busy &= ~mask
        return not busy

    def _shut(self, edge: int, way: Way) -> bool:
        """Whether another line stands before one of the way's two ports."""
        _, start, end, lines = way
        ends, taken = self.ends[edge], self.taken
        if taken[1 - start % 2][lines[0]] & self._doors[ends[0]][start]:
            return True
        before = taken[1 - end % 2][lines[-1]] & self._doors[ends[1]][end]
        return bool(before) and (4 * ends[1] + end, lines[-1]) not in self.last

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


def _crossed(run: Run, others: list[Run], size: int) -> float:
    """Price of the crossings in a channel or gap that no order of its tracks avoids."""
    price = 0.0
    for other in others:
        if other[0] <= run.high and run.low <= other[2]:
            shy = against(run, other, size)
            if shy[0] and shy[1]:
                price += CROSSING * min(shy)
    return price
