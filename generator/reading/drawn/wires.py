"""Strokes and heads among symbols → the planar graph of lines: who leads to whom, and how sure that is.

Ends that touch a symbol are there; ends that touch another line join it; a line that stops short is followed
the way it points. From each line's tail the graph is walked to the heads that it reaches, never against a
head. Crossing lines do not join."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.reading.drawn.planar import TOUCH, Graph, Wire, end_of, groups, ways_from
from generator.reading.drawn.symbols import FoundSymbol
from generator.reading.geometry import (
    distance,
    hit,
    length,
    to_line,
    to_polygon,
    unit,
)
from generator.reading.seen import Head, Point, Stroke

FAR = 14.0
"""A line that stops further than this before the only symbol ahead of it is doubted, in points."""


class Connection(Struct, frozen=True):
    """A way from one symbol to another. ``doubt``: what is unsure of it; ``headless``: it has no head."""

    source: int
    target: int
    points: tuple[Point, ...]
    headless: bool = False
    doubt: str = ""


class Net(Struct, frozen=True):
    """All links of a page, and the symbols at which a line ends that leads nowhere."""

    links: tuple[Connection, ...]
    loose: tuple[tuple[int, str], ...] = ()
    pairs: tuple[tuple[int, int], ...] = ()
    """Symbols joined by a line without a head: joint actors, or a line whose head was forgotten."""


def net(strokes: Sequence[Stroke], heads: Sequence[Head], shapes: Sequence[FoundSymbol]) -> Net:
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
                tip, before = end_of(wire, end)
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


def _off(point: Point, shape: FoundSymbol) -> float:
    """How far a point is from a symbol, or from the frame around it."""
    off = to_polygon(point, shape.outline.points)
    if shape.frame:
        off = min(off, to_line(point, [*shape.frame, shape.frame[0]])[0])
    return off


def _put(
    wire: Wire, end: int, glued: int | None, wires: Sequence[Wire], shapes: Sequence[FoundSymbol], tall: float
) -> None:
    """Find what an end of a wire is on: a symbol, or nothing (a line, or the open)."""
    tip, before = end_of(wire, end)
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


def _towards(tip: Point, way: Point, shape: FoundSymbol, snap: float) -> bool:
    """Whether a line that stops short of a symbol would meet it, or passes close by."""
    return hit(tip, way, shape.outline.points) is not None or _off(tip, shape) <= 0.6 * snap


def _joins(wire: Wire, end: int, wires: Sequence[Wire]) -> bool:
    tip, _ = end_of(wire, end)
    return any(
        other is not wire and to_line(tip, other.points)[0] <= TOUCH + (wire.width + other.width) / 2
        for other in wires
    )


def _walk(wires: Sequence[Wire], shapes: Sequence[FoundSymbol]) -> Net:
    graph = Graph(wires)
    ends: dict[tuple[int, int], list[tuple[int, bool, float]]] = {}
    for n, wire in enumerate(wires):
        for end in (0, 1):
            symbol = wire.on[end]
            if symbol is not None:
                key = graph.find((n, len(graph.cuts[n]) - 1 if end else 0))
                ends.setdefault(key, []).append((symbol, wire.heads[end], wire.gap[end]))
    links: dict[tuple[int, int], Connection] = {}
    nets = groups(graph)
    loose: list[tuple[int, str]] = []
    pairs: list[tuple[int, int]] = []
    for keys in nets:
        tails = [(k, s, g) for k in keys for s, head, g in ends.get(k, ()) if not head]
        heads = [(k, s, g) for k in keys for s, head, g in ends.get(k, ()) if head]
        if heads:
            _headed(graph, tails, heads, links, loose)
        else:
            _headless(graph, tails, shapes, links, loose, pairs)
    return Net(tuple(links.values()), tuple(loose), tuple(pairs))


def _headed(
    graph: Graph,
    tails: Sequence[tuple[tuple[int, int], int, float]],
    heads: Sequence[tuple[tuple[int, int], int, float]],
    links: dict[tuple[int, int], Connection],
    loose: list[tuple[int, str]],
) -> None:
    many = len({s for _, s, _ in tails}) > 1 and len({s for _, s, _ in heads}) > 1
    sources = list(tails)
    if not tails and len(heads) > 1:  # an arrow with a head at each end
        sources = list(heads)
    reached: set[int] = set()
    for key, source, gap in sources:
        ways = ways_from(graph, key)
        for there, target, short in heads:
            if there not in ways or there == key or source == target:
                continue
            reached.add(target)
            said = "beberapa garis bertemu di sini; pastikan dari mana ke mana" if many else ""
            if not tails:
                said = "panah berkepala dua"
            if max(gap, short) > 0:
                said = said or _gap(max(gap, short))
            links.setdefault((source, target), Connection(source, target, tuple(ways[there]), doubt=said))
    for _, target, _ in heads:
        if target not in reached:
            loose.append((target, "panah ke sini tidak jelas dari mana"))
    if not reached:
        loose.extend((source, "garis dari sini tidak jelas ke mana") for _, source, _ in tails)


def _gap(gap: float) -> str:
    return "ujung garis ini tidak sampai ke simbol" if gap > FAR else ""


def _headless(
    graph: Graph,
    tails: Sequence[tuple[tuple[int, int], int, float]],
    shapes: Sequence[FoundSymbol],
    links: dict[tuple[int, int], Connection],
    loose: list[tuple[int, str]],
    pairs: list[tuple[int, int]],
) -> None:
    """Lines without a head: between two symbols side by side in one row they join actors, which is unsure
    where their shapes differ; else they were meant as arrows."""
    symbols = sorted({s for _, s, _ in tails})
    if len(symbols) < 2:
        loose.extend((s, "garis dari sini tidak sampai ke mana pun") for s in symbols)
        return
    first = symbols[0]
    for other in symbols[1:]:
        a, b = shapes[first], shapes[other]
        if _side_by_side(a, b):
            pairs.append((first, other))
            if a.kind != b.kind:
                said = "garis tanpa kepala panah ke bentuk lain; dibaca sebagai dikerjakan bersama"
                loose.append((first, said))
            continue
        said = "garis tanpa kepala panah; arahnya diduga dari urutan langkah"
        source, target = _in_order(first, other, shapes)
        if "offpage" in (a.kind, b.kind):  # the other page knows the direction
            said = ""
            source, target = (other, first) if a.kind == "offpage" else (first, other)
        key = next(k for k, s, _ in tails if s == source)
        there = next(k for k, s, _ in tails if s == target)
        way = ways_from(graph, key).get(there, [])
        links.setdefault((source, target), Connection(source, target, tuple(way), headless=True, doubt=said))


def _side_by_side(a: FoundSymbol, b: FoundSymbol) -> bool:
    """Whether two symbols may be joint: boxes, or a box and a diamond, of other actors in one row. At a start
    or an end rather a head was forgotten."""
    kinds = {a.kind, b.kind}
    known = "process" in kinds and kinds <= {"process", "decision"}
    return known and a.row == b.row and not {*a.actors} & {*b.actors} and _level(a, b)


def _level(a: FoundSymbol, b: FoundSymbol) -> bool:
    """Whether two symbols stand side by side."""
    shared = min(a.outline.box.bottom, b.outline.box.bottom) - max(a.outline.box.top, b.outline.box.top)
    return shared > 0.3 * min(a.outline.box.height, b.outline.box.height)


def _in_order(one: int, other: int, shapes: Sequence[FoundSymbol]) -> tuple[int, int]:
    """Two symbols in the order in which the flow most likely goes."""
    a, b = shapes[one], shapes[other]
    last = max(shape.row for shape in shapes)
    for x, y, pair in ((a, b, (other, one)), (b, a, (one, other))):
        if x.kind == "terminator" and y.kind != "terminator" and x.row == last and last > 0:
            return pair
    if (a.row, a.outline.box.centre[1]) <= (b.row, b.outline.box.centre[1]):
        return one, other
    return other, one
