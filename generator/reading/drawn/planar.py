"""Lines → the planar graph that they make: points where they end and meet, and the ways between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from generator.reading.geometry import length, part, to_line
from generator.reading.seen import Point

TOUCH = 1.6
"""An end this near to something is on it, in points (beside half the widths of the lines)."""


class Wire(Struct):
    """A line with its heads; ``on``: the symbols at its two ends."""

    points: list[Point]
    heads: list[bool]
    width: float
    traced: bool = False
    on: list[int | None] = []
    gap: list[float] = []
    """How far each end stops from what it was put on."""


def end_of(wire: Wire, end: int) -> tuple[Point, Point]:
    """An end of a wire and the point before it."""
    return (wire.points[-1], wire.points[-2]) if end else (wire.points[0], wire.points[1])


class Graph:
    """Points where wires end and meet, and the stretches between them with the ways they may be gone."""

    def __init__(self, wires: Sequence[Wire]) -> None:
        self.wires = wires
        self.root: dict[tuple[int, int], tuple[int, int]] = {}
        self.cuts = [self._cuts(n) for n in range(len(wires))]
        self.next: dict[tuple[int, int], list[tuple[tuple[int, int], int, float, float]]] = {}
        self._join()
        self._stretches()

    def find(self, key: tuple[int, int]) -> tuple[int, int]:
        while self.root.get(key, key) != key:
            key = self.root[key]
        return key

    def _cuts(self, n: int) -> list[float]:
        """Where along a wire other wires end on it."""
        own = self.wires[n]
        long = length(own.points)
        found = [0.0, long]
        for m, other in enumerate(self.wires):
            if m == n:
                continue
            for end in (0, 1):
                tip, _ = end_of(other, end)
                off, along = to_line(tip, own.points)
                if other.on[end] is None and off <= TOUCH + (own.width + other.width) / 2:
                    found.append(along)
        kept: list[float] = []
        for value in sorted(found):
            if not kept or value - kept[-1] > 0.6:
                kept.append(value)
        if kept[-1] < long:
            kept[-1] = long
        return kept if len(kept) > 1 else [0.0, long]

    def _join(self) -> None:
        """Tie each end that lies on another wire to the place there."""
        for n, wire in enumerate(self.wires):
            for end in (0, 1):
                if wire.on[end] is not None:
                    continue
                tip, _ = end_of(wire, end)
                own = (n, len(self.cuts[n]) - 1 if end else 0)
                for m, other in enumerate(self.wires):
                    off, along = to_line(tip, other.points)
                    if m != n and off <= TOUCH + (wire.width + other.width) / 2:
                        k = min(range(len(self.cuts[m])), key=lambda k: abs(self.cuts[m][k] - along))
                        a, b = self.find(own), self.find((m, k))
                        if a != b:
                            self.root[a] = b

    def _stretches(self) -> None:
        """The stretches of each wire, to be gone towards its head, or both ways where it has none or two."""
        for n, cuts in enumerate(self.cuts):
            wire = self.wires[n]
            both = wire.heads[0] == wire.heads[1]
            for k in range(len(cuts) - 1):
                a, b = self.find((n, k)), self.find((n, k + 1))
                if both or wire.heads[1]:
                    self.next.setdefault(a, []).append((b, n, cuts[k], cuts[k + 1]))
                if both or wire.heads[0]:
                    self.next.setdefault(b, []).append((a, n, cuts[k + 1], cuts[k]))


def groups(graph: Graph) -> list[list[tuple[int, int]]]:
    """The points of lines that hang together."""
    near: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for n, cuts in enumerate(graph.cuts):
        keys = [graph.find((n, k)) for k in range(len(cuts))]
        for a, b in pairwise(keys):
            near.setdefault(a, set()).add(b)
            near.setdefault(b, set()).add(a)
    left = dict.fromkeys(near)
    found = []
    while left:
        first = next(iter(left))
        del left[first]
        group, todo = [first], [first]
        while todo:
            for other in sorted(near[todo.pop()]):
                if other in left:
                    del left[other]
                    group.append(other)
                    todo.append(other)
        found.append(group)
    return found


def ways_from(graph: Graph, start: tuple[int, int]) -> dict[tuple[int, int], list[Point]]:
    """From a point of the graph, the shortest way to each point that can be reached."""
    found: dict[tuple[int, int], list[Point]] = {start: []}
    todo = [start]
    while todo:
        now = todo.pop(0)
        for then, n, a, b in graph.next.get(now, ()):
            if then not in found:
                found[then] = [*found[now], *part(graph.wires[n].points, a, b)]
                todo.append(then)
    return found
