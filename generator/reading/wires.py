"""Strokes and heads among symbols → the planar graph of lines: who leads to whom, and how sure that is.

Ends that touch a symbol are there; ends that touch another line join it; a line that stops short is followed
the way it points. From each line's tail the graph is walked to the heads that it reaches, never against a
head. Crossing lines do not join."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from generator.reading.geometry import (
    distance,
    hit,
    length,
    part,
    to_line,
    to_polygon,
    unit,
)
from generator.reading.seen import Head, Point, Stroke
from generator.reading.symbols import Shape

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


class Link(Struct, frozen=True):
    """A way from one symbol to another. ``doubt``: what is unsure of it; ``headless``: it has no head."""

    source: int
    target: int
    points: tuple[Point, ...]
    headless: bool = False
    doubt: str = ""


class Net(Struct, frozen=True):
    """All links of a page, and the symbols at which a line ends that leads nowhere."""

    links: tuple[Link, ...]
    loose: tuple[tuple[int, str], ...] = ()
    pairs: tuple[tuple[int, int], ...] = ()
    """Symbols joined by a line without a head: joint actors, or a line whose head was forgotten."""


def net(strokes: Sequence[Stroke], heads: Sequence[Head], shapes: Sequence[Shape]) -> Net:
    """The links between the symbols of one page."""
    if not shapes:
        return Net(())
    wires = [
        Wire(list(s.points), [s.head_start, s.head_end], s.width, s.traced, [None, None], [0.0, 0.0])
        for s in strokes
        if length(s.points) > 1.0
    ]
    names = {s.outline.id: n for n, s in enumerate(shapes) if s.outline.id}
    glued = [(names.get(s.start_on), names.get(s.end_on)) for s in strokes if length(s.points) > 1.0]
    _put_heads(wires, heads)
    heights = sorted(s.outline.box.height for s in shapes)
    tall = heights[len(heights) // 2]
    for wire, ends in zip(wires, glued, strict=True):
        for end in (0, 1):
            _put(wire, end, ends[end], wires, shapes, tall)
    return _walk(wires, shapes)


def _put_heads(wires: Sequence[Wire], heads: Sequence[Head]) -> None:
    """Loose heads put on the ends that they belong to."""
    for head in heads:
        size = max(head.box.width, head.box.height)
        best, least = None, max(3.0, 0.7 * size)
        for wire in wires:
            for end in (0, 1):
                tip, before = _end(wire, end)
                way = unit(before, tip)
                if wire.heads[end] or way[0] * head.towards[0] + way[1] * head.towards[1] < 0.5:
                    continue
                base = (head.tip[0] - head.towards[0] * size, head.tip[1] - head.towards[1] * size)
                off = min(
                    distance(tip, base), distance(tip, head.tip), to_line(tip, [base, head.tip])[0] + 0.5
                )
                if off < least:
                    best, least = (wire, end), off
        if best is not None:
            wire, end = best
            wire.heads[end] = True
            wire.points[-end] = head.tip


def _end(wire: Wire, end: int) -> tuple[Point, Point]:
    """An end of a wire and the point before it."""
    return (wire.points[-1], wire.points[-2]) if end else (wire.points[0], wire.points[1])


def _off(point: Point, shape: Shape) -> float:
    """How far a point is from a symbol, or from the frame around it."""
    off = to_polygon(point, shape.outline.points)
    if shape.frame:
        off = min(off, to_line(point, [*shape.frame, shape.frame[0]])[0])
    return off


def _put(
    wire: Wire, end: int, glued: int | None, wires: Sequence[Wire], shapes: Sequence[Shape], tall: float
) -> None:
    """Find what an end of a wire is on: a symbol, or nothing (a line, or the open)."""
    tip, before = _end(wire, end)
    way = unit(before, tip)
    near = sorted((_off(tip, shape), n) for n, shape in enumerate(shapes))
    if glued is not None and _off(tip, shapes[glued]) < 2.5 * tall:
        wire.on[end] = glued
        return
    off, n = near[0]
    touch = TOUCH + wire.width / 2
    snap = min(max(0.4 * tall, 4.0), 9.0)
    joined = _joins(wire, end, wires)
    if off <= touch:
        wire.on[end] = n
    elif joined and not (wire.heads[end] and off <= snap):
        return
    elif off <= snap and _towards(tip, way, shapes[n], snap):
        wire.on[end], wire.gap[end] = n, off
    else:
        ahead = [
            (far, m)
            for m, shape in enumerate(shapes)
            if (far := hit(tip, way, shape.outline.points)) is not None and far <= 1.6 * tall
        ]
        if ahead:
            far, m = min(ahead)
            wire.on[end], wire.gap[end] = m, far
        elif off <= snap:
            wire.on[end], wire.gap[end] = n, off


def _towards(tip: Point, way: Point, shape: Shape, snap: float) -> bool:
    """Whether a line that stops short of a symbol would meet it, or passes close by."""
    return hit(tip, way, shape.outline.points) is not None or _off(tip, shape) <= 0.6 * snap


def _joins(wire: Wire, end: int, wires: Sequence[Wire]) -> bool:
    tip, _ = _end(wire, end)
    return any(
        other is not wire and to_line(tip, other.points)[0] <= TOUCH + (wire.width + other.width) / 2
        for other in wires
    )


class _Graph:
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
                tip, _ = _end(other, end)
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
                tip, _ = _end(wire, end)
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


def _walk(wires: Sequence[Wire], shapes: Sequence[Shape]) -> Net:
    graph = _Graph(wires)
    ends: dict[tuple[int, int], list[tuple[int, bool, float]]] = {}
    for n, wire in enumerate(wires):
        for end in (0, 1):
            symbol = wire.on[end]
            if symbol is not None:
                key = graph.find((n, len(graph.cuts[n]) - 1 if end else 0))
                ends.setdefault(key, []).append((symbol, wire.heads[end], wire.gap[end]))
    links: dict[tuple[int, int], Link] = {}
    groups = _groups(graph, wires)
    loose: list[tuple[int, str]] = []
    pairs: list[tuple[int, int]] = []
    for keys in groups:
        tails = [(k, s, g) for k in keys for s, head, g in ends.get(k, ()) if not head]
        heads = [(k, s, g) for k in keys for s, head, g in ends.get(k, ()) if head]
        if heads:
            _headed(graph, tails, heads, links, loose)
        else:
            _headless(graph, tails, shapes, links, loose, pairs)
    return Net(tuple(links.values()), tuple(loose), tuple(pairs))


def _groups(graph: _Graph, wires: Sequence[Wire]) -> list[list[tuple[int, int]]]:
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


def _ways(graph: _Graph, start: tuple[int, int]) -> dict[tuple[int, int], list[Point]]:
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


def _headed(
    graph: _Graph,
    tails: Sequence[tuple[tuple[int, int], int, float]],
    heads: Sequence[tuple[tuple[int, int], int, float]],
    links: dict[tuple[int, int], Link],
    loose: list[tuple[int, str]],
) -> None:
    many = len({s for _, s, _ in tails}) > 1 and len({s for _, s, _ in heads}) > 1
    sources = list(tails)
    if not tails and len(heads) > 1:  # an arrow with a head at each end
        sources = list(heads)
    reached: set[int] = set()
    for key, source, gap in sources:
        ways = _ways(graph, key)
        for there, target, short in heads:
            if there not in ways or there == key or source == target:
                continue
            reached.add(target)
            said = "beberapa garis bertemu di sini; pastikan dari mana ke mana" if many else ""
            if not tails:
                said = "panah berkepala dua"
            if max(gap, short) > 0:
                said = said or _gap(max(gap, short))
            links.setdefault((source, target), Link(source, target, tuple(ways[there]), doubt=said))
    for _, target, _ in heads:
        if target not in reached:
            loose.append((target, "panah ke sini tidak jelas dari mana"))
    if not reached:
        loose.extend((source, "garis dari sini tidak jelas ke mana") for _, source, _ in tails)


def _gap(gap: float) -> str:
    return "ujung garis ini tidak sampai ke simbol" if gap > 9 else ""


def _headless(
    graph: _Graph,
    tails: Sequence[tuple[tuple[int, int], int, float]],
    shapes: Sequence[Shape],
    links: dict[tuple[int, int], Link],
    loose: list[tuple[int, str]],
    pairs: list[tuple[int, int]],
) -> None:
    """Lines without a head: between two boxes of one row they join actors; else they were meant as arrows."""
    symbols = sorted({s for _, s, _ in tails})
    if len(symbols) < 2:
        loose.extend((s, "garis dari sini tidak sampai ke mana pun") for s in symbols)
        return
    first = symbols[0]
    for other in symbols[1:]:
        a, b = shapes[first], shapes[other]
        if a.kind == b.kind == "process" and a.row == b.row and _level(a, b):
            pairs.append((first, other))
            continue
        said = "garis tanpa kepala panah; arahnya diduga dari urutan langkah"
        source, target = _in_order(first, other, shapes)
        if "offpage" in (a.kind, b.kind):  # the other page knows the direction
            said = ""
            source, target = (other, first) if a.kind == "offpage" else (first, other)
        key = next(k for k, s, _ in tails if s == source)
        there = next(k for k, s, _ in tails if s == target)
        way = _ways(graph, key).get(there, [])
        links.setdefault((source, target), Link(source, target, tuple(way), headless=True, doubt=said))


def _level(a: Shape, b: Shape) -> bool:
    """Whether two symbols stand side by side."""
    shared = min(a.outline.box.bottom, b.outline.box.bottom) - max(a.outline.box.top, b.outline.box.top)
    return shared > 0.3 * min(a.outline.box.height, b.outline.box.height)


def _in_order(one: int, other: int, shapes: Sequence[Shape]) -> tuple[int, int]:
    """Two symbols in the order in which the flow most likely goes."""
    a, b = shapes[one], shapes[other]
    last = max(shape.row for shape in shapes)
    for x, y, pair in ((a, b, (other, one)), (b, a, (one, other))):
        if x.kind == "terminator" and y.kind != "terminator" and x.row == last and last > 0:
            return pair
    if (a.row, a.outline.box.centre[1]) <= (b.row, b.outline.box.centre[1]):
        return one, other
    return other, one
