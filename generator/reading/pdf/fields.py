"""The ink of a picture → the closed white fields in it, and those that are the insides of symbols."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from generator.reading.geometry import area, to_segment
from generator.reading.pdf.objects import box_of
from generator.reading.pdf.pixels import Ink, Run
from generator.reading.seen import Outline, Point

PEN = 2.4
"""No traced line is thicker, in points."""


class WhiteField(Struct):
    """A closed white field: its first row and, for each row, where it begins and ends."""

    top: int
    spans: list[Run]
    pixels: int


def _fields(ink: Ink) -> list[WhiteField]:
    """White fields that do not reach the picture's edge, by joining the white runs of rows."""
    root: list[int] = []
    runs: list[tuple[int, int, int]] = []
    open_: set[int] = set()

    def find(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    above: list[int] = []
    for y in range(ink.height):
        now: list[int] = []
        x = 0
        for start, end in [*ink.rows[y], (ink.width, ink.width)]:
            if start > x:
                n = len(runs)
                runs.append((y, x, start))
                root.append(n)
                now.append(n)
                if x == 0 or start == ink.width or y in (0, ink.height - 1):
                    open_.add(n)
            x = end
        k = 0
        for n in now:
            while k < len(above) and runs[above[k]][2] <= runs[n][1]:
                k += 1
            m = k
            while m < len(above) and runs[above[m]][1] < runs[n][2]:
                root[find(above[m])] = find(n)
                m += 1
        above = now
    outside = {find(n) for n in open_}
    fields: dict[int, WhiteField] = {}
    for n, (y, start, end) in enumerate(runs):
        key = find(n)
        if key in outside:
            continue
        field = fields.get(key)
        if field is None:
            field = fields[key] = WhiteField(y, [], 0)
        while len(field.spans) <= y - field.top:
            field.spans.append((start, end))
        old = field.spans[y - field.top]
        field.spans[y - field.top] = (min(old[0], start), max(old[1], end))
        field.pixels += end - start
    return list(fields.values())


def symbols(ink: Ink) -> list[WhiteField]:
    """The fields that are the insides of symbols. What lines and symbols enclose together has hollows where
    heads and corners reach into it, and stands wall to wall with the symbols; where a head reaches a little
    into a symbol, that has no such neighbours."""
    fields = _fields(ink)
    hollow = {n: _hollow(field, ink) for n, field in enumerate(fields)}
    near = 0.8 * ink.scale + 1.6 * ink.grain
    sure = [n for n, deep in hollow.items() if deep <= near]
    rest = [n for n, deep in hollow.items() if near < deep <= 4 * ink.scale]
    wall = round(PEN * ink.scale) + 2
    among = [*((n, sure) for n in sure), *((n, [*sure, *rest]) for n in rest)]
    found = [
        n for n, others in among if sum(_neighbours(fields[n], fields[m], wall) for m in others if m != n) < 2
    ]
    return [fields[n] for n in sorted(found)]


def _hollow(field: WhiteField, ink: Ink) -> float:
    """How deep the hollows of a field are; without bound where it cannot be a symbol for its size."""
    least = 5.0 * ink.scale
    left, right = _sides(field)
    wide, high = right - left, len(field.spans)
    if (
        min(wide, high) < least
        or wide > 250 * ink.scale
        or max(wide, high) > 0.8 * max(ink.width, ink.height)
    ):
        return math.inf
    full = sum(end - start for start, end in field.spans)
    corners = [
        (float(x), float(field.top + n + k))
        for n, span in enumerate(field.spans)
        for x in span
        for k in (0, 1)
    ]
    hull = _hull(corners)
    if full < 0.9 * area(hull) or field.pixels < 0.6 * full:
        return math.inf
    return _deepest(field, hull, round(ink.grain) + 1)


def _sides(field: WhiteField) -> Run:
    return min(start for start, _ in field.spans), max(end for _, end in field.spans)


def _neighbours(one: WhiteField, other: WhiteField, wall: int) -> bool:
    """Whether two fields have but a wall between them."""
    (left, right), (start, end) = _sides(one), _sides(other)
    top, bottom = one.top, one.top + len(one.spans)
    begin, stop = other.top, other.top + len(other.spans)
    across = max(left, start) - min(right, end)
    down = max(top, begin) - min(bottom, stop)
    return max(across, down) <= wall and min(across, down) < -wall


def _deepest(field: WhiteField, hull: Sequence[Point], rim: int) -> float:
    """How deep the deepest hollow at the sides of a field is, but for the rows at its rim, where a wall that
    is not quite level leaves a part of a row white."""
    deepest = 0.0
    sides = list(zip(hull, [*hull[1:], hull[0]], strict=True))
    for n, (start, end) in enumerate(field.spans):
        if not rim <= n < len(field.spans) - rim:
            continue
        y = field.top + n + 0.5
        crossed = [
            a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) for a, b in sides if (a[1] > y) != (b[1] > y)
        ]
        if len(crossed) >= 2:
            deepest = max(deepest, start - min(crossed), max(crossed) - end)
    return deepest


def _edge(field: WhiteField) -> list[Point]:
    """The polygon around a field, half a pen outside of it."""
    lefts = [(start - 1.0, field.top + n + 0.5) for n, (start, _) in enumerate(field.spans)]
    rights = [(end + 1.0, field.top + n + 0.5) for n, (_, end) in enumerate(field.spans)]
    lefts[0], rights[0] = (lefts[0][0], field.top - 1.0), (rights[0][0], field.top - 1.0)
    lefts[-1] = (lefts[-1][0], field.top + len(field.spans) + 1.0)
    rights[-1] = (rights[-1][0], field.top + len(field.spans) + 1.0)
    return [*lefts, *reversed(rights)]


def _hull(points: Sequence[Point]) -> list[Point]:
    """The convex polygon around points."""
    left = sorted(set(points))

    def half(some: Sequence[Point]) -> list[Point]:
        found: list[Point] = []
        for p in some:
            while len(found) > 1:
                (a, b), (c, d) = found[-2], found[-1]
                if (c - a) * (p[1] - b) - (d - b) * (p[0] - a) > 0:
                    break
                found.pop()
            found.append(p)
        return found[:-1]

    return half(left) + half(left[::-1])


def outline(field: WhiteField, ink: Ink) -> Outline:
    edge = _edge(field)
    half = len(edge) // 2
    simple = [*simpler(edge[:half], 1.3), *simpler(edge[half:], 1.3)]
    points = tuple(ink.point(x, y) for x, y in simple)
    return Outline(points, box_of(points), curved=len(points) > 8, traced=True)


def simpler(line: Sequence[Point], near: float) -> list[Point]:
    """A polyline with only those points that it strays without (Douglas and Peucker)."""
    if len(line) < 3:
        return list(line)
    far, k = max((to_segment(p, line[0], line[-1])[0], n) for n, p in enumerate(line))
    if far <= near:
        return [line[0], line[-1]]
    return [*simpler(line[: k + 1], near)[:-1], *simpler(line[k:], near)]
