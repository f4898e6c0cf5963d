"""Way + the ways already laid → what it would cost there; and the book of what lies where.

Three kinds of places are booked. *Exact* lines (centre lines and ports) carry one edge at a place:
a bit mask a line. Channels and gaps carry any number, on tracks that are ordered later: of two edges
in one of them only the crossings that no order can avoid are counted. Ports are booked on the lines;
which pockets beside them stay free for labels is booked for each side of a symbol.
"""

from __future__ import annotations

from typing import NamedTuple

from generator.layout.grid import Grid
from generator.layout.ways import TOP, Ends, Way

CROSSING = 34.0
MERGE = 7.0
"""Price of running into another edge's port together with it."""
HARD = 1000
NEVER = 1e9


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
    """A straight piece, on ``line`` from ``low`` to ``high``."""

    line: int
    low: int
    high: int
    edge: int


class Laid(NamedTuple):
    """A way cut into its pieces: ``masks`` holds (vertical, line, bits, last?) for the exact lines."""

    vertical: list[Piece]
    horizontal: list[Piece]
    channels: list[tuple[int, Run]]
    gaps: list[tuple[int, Run]]
    masks: list[tuple[int, int, int, bool]]


class Board:
    """The ways laid so far. ``ends`` and ``ways`` are indexed by edge."""

    def __init__(self, grid: Grid, ends: list[Ends]) -> None:
        self.grid = grid
        self.ends = ends
        self.ways: list[Way | None] = [None] * len(ends)
        self.laid: list[Laid | None] = [None] * len(ends)
        self.strict = [False] * len(ends)
        size = grid.size
        block = (1 << (size - 2)) - 1
        lane_blocks, level_blocks = [0] * grid.lanes, [0] * grid.levels
        for lane, level in zip(grid.lane, grid.level, strict=True):
            lane_blocks[lane] |= block << (level * size + 2)
            level_blocks[level] |= block << (lane * size + 2)
        self.columns = [block for block in lane_blocks for _ in range(size)]
        self.lines = [block for block in level_blocks for _ in range(size)]
        self.last: dict[tuple[int, int, int, int], dict[int, int]] = {}
        self.vertical: list[list[Piece]] = [[] for _ in range(grid.levels + 1)]
        self.horizontal: list[list[Piece]] = [[] for _ in range(grid.levels + 1)]
        self.channels: list[list[Run]] = [[] for _ in range(grid.lanes + 1)]
        self.gaps: list[list[Run]] = [[] for _ in range(grid.levels + 1)]
        self.ports: dict[tuple[int, int], list[tuple[int, bool, int]]] = {}
        self.owners: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def join(self, left: int, right: int) -> None:
        """Book the headless line between two symbols of one level."""
        grid = self.grid
        a, b = sorted((left, right), key=lambda node: grid.lane[node])
        line = grid.level[a] * grid.size + grid.reach + 2
        low = grid.lane[a] * grid.size + 2 * grid.reach + 2
        high = grid.lane[b] * grid.size + 2
        self.lines[line] |= (1 << high) - (1 << (low + 1))
        self.horizontal[grid.level[a]].append(Piece(line, low, high, -1))
        self.ports.setdefault((a, 1), []).append((0, False, -1))
        self.ports.setdefault((b, 3), []).append((0, False, -1))

    def cost(self, edge: int, way: Way, limit: float) -> float:
        """Price of the way plus its crossings; ``NEVER`` where it may not lie or exceeds the limit."""
        ends = self.ends[edge]
        price, start, end, lines = way
        if not self._port_free(ends, start, end, lines):
            return NEVER
        grid = self.grid
        size, reach = grid.size, grid.reach
        last = len(lines) - 1
        upright = start == TOP or start == 2
        half = not self.strict[edge]
        rim = size - 1
        before = (ends.level if upright else ends.lane) * size + 2 + reach
        after = ends.to_level if (upright == (last % 2 == 0)) else ends.to_lane
        beyond = after * size + 2 + reach
        for i, line in enumerate(lines):
            ahead = beyond if i == last else lines[i + 1]
            if before < ahead:
                low = before + reach if i == 0 else before
                high = ahead - reach if i == last else ahead
            else:
                low = ahead + reach if i == last else ahead
                high = before - reach if i == 0 else before
            if line % size > 1:
                # Slots free of symbols: from behind a symbol's outline; from a gap's second half, to its first.
                end_low = low % size
                first = low + 1 if (end_low == 0 and half) or end_low == rim else low
                end_high = high % size
                stop = high if end_high == 2 else high + 1 if half or end_high else high + 2
                busy = (self.columns if upright else self.lines)[line] & ((1 << stop) - (1 << first))
                if busy:
                    if i != last or busy & ~self._joinable(upright, line, ends.target, end):
                        return NEVER
                    price += MERGE
            else:
                shy = self._runs(edge, way, i, low, high, before, ahead, upright, ends)
                if shy:
                    price += shy * CROSSING
            if upright:
                for level in range(low // size, high // size + 1):
                    for piece in self.horizontal[level]:
                        if low < piece[0] < high and piece[1] < line < piece[2]:
                            price += CROSSING
            else:
                for piece in self.vertical[line // size]:
                    if low < piece[0] < high and piece[1] < line < piece[2]:
                        price += CROSSING
            if price >= limit:
                return NEVER
            before = line
            upright = not upright
        return price

    def _joinable(self, upright: bool, line: int, target: int, end: int) -> int:
        bits = 0
        for mask in self.last.get((upright, line, target, end), {}).values():
            bits |= mask
        return bits

    def _runs(
        self, edge: int, way: Way, i: int, low: int, high: int, before: int, ahead: int, upright: bool, ends: Ends
    ) -> int:
        """Unavoidable crossings with the runs in the channel or gap of the way's i-th line."""
        line = way.lines[i]
        others = (self.channels if upright else self.gaps)[line // self.grid.size]
        if not others:
            return 0
        run = self._run(edge, way, i, low, high, before, ahead, ends, upright)
        total = 0
        for other in others:
            if other[0] <= high and low <= other[2]:
                total += min(against(run, other, self.grid.size))
        return total

    def _run(
        self, edge: int, way: Way, i: int, low: int, high: int, before: int, ahead: int, ends: Ends, upright: bool
    ) -> Run:
        lines = way.lines
        line = lines[i]
        size, last = self.grid.size, len(lines) - 1
        behind = lines[i - 2] if i > 1 else (ends.lane if upright else ends.level) * size + 2
        past = lines[i + 2] if i + 2 <= last else (ends.to_lane if upright else ends.to_level) * size + 2
        behind_turn = 1 if behind > line else -1
        past_turn = 1 if past > line else -1
        net = (ends.target, way.end, lines[-1]) if i == last - 1 else (-1 - edge, i, 0)
        if before < ahead:
            return Run(low, behind_turn, high, past_turn, net, edge)
        return Run(low, past_turn, high, behind_turn, net, edge)

    def _port_free(self, ends: Ends, start: int, end: int, lines: tuple[int, ...]) -> bool:
        """Whether every label keeps a pocket of its own when these two ports are used."""
        size, centre = self.grid.size, self.grid.reach + 2
        here = self.ports.get((ends.source, start))
        if here and not _pockets((*here, (lines[0] % size - centre, ends.label, 0))):
            return False
        there = self.ports.get((ends.target, end))
        return not there or _pockets((*there, (lines[-1] % size - centre, False, 0)))

    def lay(self, edge: int, way: Way) -> None:
        """Book the way for the edge."""
        grid, ends = self.grid, self.ends[edge]
        size, reach = grid.size, grid.reach
        start, end, lines = way.start, way.end, way.lines
        laid = Laid([], [], [], [], [])
        last = len(lines) - 1
        upright = start == TOP or start == 2
        half = not self.strict[edge]
        rim = size - 1
        before = (ends.level if upright else ends.lane) * size + 2 + reach
        after = ends.to_level if (upright == (last % 2 == 0)) else ends.to_lane
        beyond = after * size + 2 + reach
        for i, line in enumerate(lines):
            ahead = beyond if i == last else lines[i + 1]
            if before < ahead:
                low = before + reach if i == 0 else before
                high = ahead - reach if i == last else ahead
            else:
                low = ahead + reach if i == last else ahead
                high = before - reach if i == 0 else before
            if line % size > 1:
                # Slots free of symbols: from behind a symbol's outline; from a gap's second half, to its first.
                end_low = low % size
                first = low + 1 if (end_low == 0 and half) or end_low == rim else low
                end_high = high % size
                stop = high if end_high == 2 else high + 1 if half or end_high else high + 2
                bits = (1 << stop) - (1 << first)
                (self.columns if upright else self.lines)[line] |= bits
                laid.masks.append((upright, line, bits, i == last))
                self.owners.setdefault((upright, line), []).append((bits, edge))
                if i == last:
                    self.last.setdefault((upright, line, ends.target, end), {})[edge] = bits
            else:
                run = self._run(edge, way, i, low, high, before, ahead, ends, upright)
                (self.channels if upright else self.gaps)[line // size].append(run)
                (laid.channels if upright else laid.gaps).append((line // size, run))
            piece = Piece(line, low, high, edge)
            if upright:
                for level in range(low // size, high // size + 1):
                    self.vertical[level].append(piece)
                laid.vertical.append(piece)
            else:
                self.horizontal[line // size].append(piece)
                laid.horizontal.append(piece)
            before = line
            upright = not upright
        centre = reach + 2
        self.ports.setdefault((ends.source, start), []).append((lines[0] % size - centre, ends.label, edge))
        self.ports.setdefault((ends.target, end), []).append((lines[-1] % size - centre, False, edge))
        self.ways[edge], self.laid[edge] = way, laid

    def lift(self, edge: int) -> Way:
        """Take the edge's way off the board again, and give it back."""
        way, laid, ends = self.ways[edge], self.laid[edge], self.ends[edge]
        assert way is not None
        assert laid is not None
        size = self.grid.size
        for upright, line, bits, final in laid.masks:
            book = self.columns if upright else self.lines
            book[line] &= ~bits
            self.owners[upright, line].remove((bits, edge))
            if final:
                rest = self.last[(upright, line, ends.target, way.end)]
                del rest[edge]
                for other in rest.values():
                    book[line] |= other
        for piece in laid.vertical:
            for level in range(piece.low // size, piece.high // size + 1):
                self.vertical[level].remove(piece)
        for piece in laid.horizontal:
            self.horizontal[piece.line // size].remove(piece)
        for i, run in laid.channels:
            self.channels[i].remove(run)
        for j, run in laid.gaps:
            self.gaps[j].remove(run)
        for key in ((ends.source, way.start), (ends.target, way.end)):
            self.ports[key] = [port for port in self.ports[key] if port[2] != edge]
        self.ways[edge] = self.laid[edge] = None
        return way

    def blockers(self, edge: int, way: Way, most: int) -> set[int]:
        """The edges that forbid the way or cross it; empty where there are more than ``most``, or where
        a symbol or a headless line is in the way."""
        grid, ends = self.grid, self.ends[edge]
        size, reach = grid.size, grid.reach
        price, start, end, lines = way
        found: set[int] = set()
        if not self._port_free(ends, start, end, lines):
            found.update(port[2] for port in self.ports.get((ends.source, start), ()))
            found.update(port[2] for port in self.ports.get((ends.target, end), ()))
        last = len(lines) - 1
        upright = start == TOP or start == 2
        rim = size - 1
        before = (ends.level if upright else ends.lane) * size + 2 + reach
        after = ends.to_level if (upright == (last % 2 == 0)) else ends.to_lane
        beyond = after * size + 2 + reach
        for i, line in enumerate(lines):
            ahead = beyond if i == last else lines[i + 1]
            if before < ahead:
                low = before + reach if i == 0 else before
                high = ahead - reach if i == last else ahead
            else:
                low = ahead + reach if i == last else ahead
                high = before - reach if i == 0 else before
            if line % size > 1:
                first = low + 1 if low % size in (0, rim) else low
                stop = high if high % size == 2 else high + 1
                bits = (1 << stop) - (1 << first)
                if (self.columns if upright else self.lines)[line] & bits:
                    mine = {e for b, e in self.owners.get((upright, line), ()) if b & bits}
                    if not mine:
                        return set()
                    found |= mine
            else:
                others = (self.channels if upright else self.gaps)[line // size]
                run = self._run(edge, way, i, low, high, before, ahead, ends, upright)
                found.update(other.edge for other in others if min(against(run, other, size)))
            if upright:
                for level in range(low // size, high // size + 1):
                    for piece in self.horizontal[level]:
                        if low < piece[0] < high and piece[1] < line < piece[2]:
                            found.add(piece[3])
            else:
                for piece in self.vertical[line // size]:
                    if low < piece[0] < high and piece[1] < line < piece[2]:
                        found.add(piece[3])
            if len(found) > most:
                return set()
            before = line
            upright = not upright
        return set() if -1 in found else found


def _pockets(ports: tuple[tuple[int, bool, int], ...]) -> bool:
    labelled = {k for k, label, _ in ports if label}
    if not labelled:
        return True
    ks = [port[0] for port in ports]
    return len(labelled) == sum(label for _, label, _ in ports) and labelled <= {min(ks), max(ks)}


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
