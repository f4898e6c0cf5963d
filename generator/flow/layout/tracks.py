"""Runs of all channels and gaps → the track of each: apart where they overlap, in the order that
crosses least, as few as that order allows.
"""

from __future__ import annotations

from generator.flow.layout.board import Board
from generator.flow.layout.pieces import HARD, Run, against


class Strand:
    """One or more runs of a channel or gap that share a track."""

    __slots__ = ("high", "low", "runs")

    def __init__(self, runs: list[Run]) -> None:
        self.runs = runs
        self.low = min(run.low for run in runs)
        self.high = max(run.high for run in runs)


def strands(runs: list[Run]) -> list[Strand]:
    """Runs of one net become one strand."""
    nets: dict[tuple[int, int, int], list[Run]] = {}
    for run in runs:
        nets.setdefault(run.net, []).append(run)
    return [Strand(group) for group in nets.values()]


def assign(board: Board) -> tuple[list[dict[int, int]], list[dict[int, int]], set[int]]:
    """Tracks by edge of each channel and of each gap, and the edges that no order keeps apart."""
    size = board.grid.size
    channels = [strands(runs) for runs in board.channels]
    gaps = [strands(runs) for runs in board.gaps]
    place: dict[tuple[int, int, int], float] = {}
    clash: set[int] = set()
    crowded = any(len(group) > 1 for group in channels) and any(len(group) > 1 for group in gaps)
    for _ in range(2 if crowded else 1):
        for i, group in enumerate(channels):
            _order(group, 1, i, place, size)
        for j, group in enumerate(gaps):
            _order(group, 0, j, place, size)
    return [_tracks(g, size, clash) for g in channels], [_tracks(g, size, clash) for g in gaps], clash


def _order(
    group: list[Strand], upright: int, where: int, place: dict[tuple[int, int, int], float], size: int
) -> None:
    """Order the strands of one channel or gap, and note each one's place for its neighbours."""
    if len(group) > 1:
        exact = {id(s): [_placed(run, upright, place, size) for run in s.runs] for s in group}
        _sift(group, exact, size)
        for rank, strand in enumerate(group):
            for run in strand.runs:
                place[upright, where, run.edge] = where * size + (rank + 1) / (len(group) + 2)


def _placed(run: Run, upright: int, place: dict[tuple[int, int, int], float], size: int) -> Run:
    """The run with its ends at the places already given to the tracks it turns into."""
    low, high = run.low, run.high
    if low % size == 0:
        low = place.get((1 - upright, int(low) // size, run.edge), low)
    if high % size == 0:
        high = place.get((1 - upright, int(high) // size, run.edge), high)
    return run._replace(low=low, high=high)


def _sift(group: list[Strand], exact: dict[int, list[Run]], size: int) -> None:
    """Move each strand to the place among the others where it crosses least, until nothing moves."""
    cost: dict[tuple[int, int], tuple[int, int]] = {}
    for i, a in enumerate(group):
        for b in group[i + 1 :]:
            pair = _pair(exact[id(a)], exact[id(b)], size)
            cost[id(a), id(b)] = pair
            cost[id(b), id(a)] = pair[1], pair[0]
    for _ in range(4):
        moved = False
        for strand in list(group):
            at = group.index(strand)
            rest = group[:at] + group[at + 1 :]
            total = sum(cost[id(strand), id(other)][0] for other in rest)
            least, to = total, 0
            here = total if at == 0 else None
            for i, other in enumerate(rest):
                first, second = cost[id(strand), id(other)]
                total += second - first
                if i + 1 == at:
                    here = total
                if total < least:
                    least, to = total, i + 1
            if here is not None and least < here:
                rest.insert(to, strand)
                group[:] = rest
                moved = True
        if not moved:
            return


def _pair(a: list[Run], b: list[Run], size: int) -> tuple[int, int]:
    ab = ba = 0
    for one in a:
        for other in b:
            first, second = against(one, other, size)
            ab += first
            ba += second
    return ab, ba


def _tracks(group: list[Strand], size: int, clash: set[int]) -> dict[int, int]:
    """Number the tracks in order; strands that nowhere stand beside one another may share one."""
    tracks: dict[int, int] = {}
    done: list[tuple[Strand, int]] = []
    for strand in group:
        track = 0
        for other, used in done:
            if other.low <= strand.high and strand.low <= other.high:
                track = max(track, used + 1)
                if _pair(other.runs, strand.runs, size)[0] >= HARD:
                    clash.update(run.edge for run in strand.runs)
        done.append((strand, track))
        for run in strand.runs:
            tracks[run.edge] = track
    return tracks
