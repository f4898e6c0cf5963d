"""Plane geometry of points, polylines and polygons, as reading drawn flows needs it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from generator.reading.seen import Point


def distance(a: Point, b: Point) -> float:
    return math.hypot(a[0] - b[0], a[1] - b[1])


def unit(a: Point, b: Point) -> Point:
    """The direction from one point to another; nothing where they are one."""
    length = distance(a, b)
    return ((b[0] - a[0]) / length, (b[1] - a[1]) / length) if length else (0.0, 0.0)


def area(points: Sequence[Point]) -> float:
    total = 0.0
    for (x, y), (u, v) in zip(points, (*points[1:], points[0]), strict=True):
        total += x * v - u * y
    return abs(total) / 2


def to_segment(p: Point, a: Point, b: Point) -> tuple[float, float]:
    """How far a point is from a segment, and how far along it (0 to 1) its nearest point lies."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    long = dx * dx + dy * dy
    t = 0.0 if not long else max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / long))
    return distance(p, (a[0] + t * dx, a[1] + t * dy)), t


def to_line(p: Point, line: Sequence[Point]) -> tuple[float, float]:
    """How far a point is from a polyline, and how far along it (as a length) its nearest point lies."""
    best, along, done = math.inf, 0.0, 0.0
    for a, b in pairwise(line):
        off, t = to_segment(p, a, b)
        long = distance(a, b)
        if off < best:
            best, along = off, done + t * long
        done += long
    return best, along


def length(line: Sequence[Point]) -> float:
    return sum(distance(a, b) for a, b in pairwise(line))


def ring(points: Sequence[Point]) -> list[Point]:
    """A polygon as a closed polyline."""
    return [*points, points[0]]


def inside(p: Point, polygon: Sequence[Point]) -> bool:
    found = False
    x, y = p
    for (a, b), (c, d) in pairwise(ring(polygon)):
        if (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a:
            found = not found
    return found


def to_polygon(p: Point, polygon: Sequence[Point]) -> float:
    """How far a point lies outside a polygon; 0 inside."""
    return 0.0 if inside(p, polygon) else to_line(p, ring(polygon))[0]


def hit(p: Point, way: Point, polygon: Sequence[Point]) -> float | None:
    """How far from a point, that way, a polygon is met first."""
    best = None
    for a, b in pairwise(ring(polygon)):
        ex, ey = b[0] - a[0], b[1] - a[1]
        cross = way[0] * ey - way[1] * ex
        if abs(cross) < 1e-9:
            continue
        dx, dy = a[0] - p[0], a[1] - p[1]
        t = (dx * ey - dy * ex) / cross
        u = (dx * way[1] - dy * way[0]) / cross
        if t >= 0 and -0.001 <= u <= 1.001 and (best is None or t < best):
            best = t
    return best


def part(line: Sequence[Point], start: float, end: float) -> list[Point]:
    """The stretch of a polyline between two lengths along it; backwards where ``end`` is first."""
    if start > end:
        return part(line, end, start)[::-1]
    found: list[Point] = [at(line, start)]
    done = 0.0
    for a, b in pairwise(line):
        done += distance(a, b)
        if start < done < end:
            found.append(b)
    return [*found, at(line, end)]


def at(line: Sequence[Point], along: float) -> Point:
    """The point of a polyline at a length along it."""
    done = 0.0
    for a, b in pairwise(line):
        long = distance(a, b)
        if done + long >= along and long:
            t = max(0.0, (along - done) / long)
            return (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
        done += long
    return line[-1]
