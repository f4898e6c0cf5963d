"""Way → its straight pieces, and how two of them in one channel or gap get along."""

from __future__ import annotations

from typing import NamedTuple

from generator.flow.layout.grid import Grid
from generator.flow.layout.ways import Ends, Way

HARD = 1000


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
