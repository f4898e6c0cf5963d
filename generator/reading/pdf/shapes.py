"""Painted paths → rules, outlines, strokes and heads; what they mean is not asked here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.reading.geometry import area, distance, unit
from generator.reading.pdf.lines import cleaned, middle, thickness, tip
from generator.reading.pdf.objects import Path, box_of
from generator.reading.seen import Box, Head, Outline, Point, Rule, Stroke

HEAD = 16.0
"""No head is larger than this, in points."""

MANY = 400
"""A path of more pieces than this draws no symbol and no arrow."""

DOT = 3.0
"""What is smaller than this is no shape."""

THICK = 4.5
"""No line is thicker than this."""


class Shapes(Struct):
    """What the paths of a page draw, in the order of painting."""

    rules: list[Rule] = []
    outlines: list[Outline] = []
    strokes: list[Stroke] = []
    heads: list[Head] = []


class _Piece(Struct, frozen=True):
    """A polygon of a path with its measures."""

    points: tuple[Point, ...]
    box: Box
    thick: float
    curved: bool

    @property
    def line(self) -> bool:
        long = max(self.box.width, self.box.height)
        slender = 12 if len(self.points) == 3 else 3
        return self.thick <= THICK and long >= slender * self.thick

    @property
    def small(self) -> bool:
        return max(self.box.width, self.box.height) <= HEAD


def masks(things: Iterable[object]) -> list[Box]:
    """White boxes painted without an edge: they hide what was painted before them."""
    found = []
    for thing in things:
        if isinstance(thing, Path) and thing.filled and thing.white and thing.opaque and not thing.stroked:
            box = box_of([p for sub in thing.subpaths for p in sub.points]) if thing.subpaths else None
            if (
                box
                and len(thing.subpaths) == 1
                and len(cleaned(thing.subpaths[0].points)) == 4
                and min(box.width, box.height) > DOT
            ):
                found.append(box)
    return found


def _hide(found: Shapes, mask: Box) -> None:
    """Take away what lies wholly under a white box."""
    if len(found.outlines) + len(found.strokes) > 20 * MANY:
        return

    def seen(box: Box) -> bool:
        return not (mask.holds((box.left, box.top), -0.3) and mask.holds((box.right, box.bottom), -0.3))

    found.outlines = [o for o in found.outlines if seen(o.box)]
    found.strokes = [s for s in found.strokes if seen(box_of(s.points))]
    found.heads = [h for h in found.heads if seen(h.box)]


def drawn(paths: Iterable[Path]) -> Shapes:
    """All that paths draw and that is still seen."""
    found = Shapes()
    for path in paths:
        for mask in masks([path]):
            _hide(found, mask)
        if path.filled and not (path.white and not path.stroked):
            _filled(path, found)
        elif path.stroked:
            _stroked(path, found)
    found.outlines = _once(found.outlines)
    return found


def _filled(path: Path, found: Shapes) -> None:
    pieces = []
    for sub in path.subpaths:
        points = cleaned(sub.points)
        if len(points) >= 3:
            pieces.append(_Piece(points, box_of(points), thickness(points), sub.curved))
        elif len(points) == 2 and path.stroked:
            found.strokes.append(Stroke(points, path.width, dashed=path.dashed))
    taken: set[int] = set()
    for n, piece in enumerate(pieces):
        if n in taken:
            continue
        inner = _inside(piece, pieces, n, taken)
        if inner is not None:
            taken |= {n, inner}
            between = _between(piece.points, pieces[inner].points)
            found.outlines.append(_outline(path, between, piece.curved, filled=False))
    rest = [piece for n, piece in enumerate(pieces) if n not in taken]
    lines = [piece for piece in rest if piece.line and not _is_head(piece, rest)]
    slim = {id(piece) for piece in lines}
    others = [piece for piece in rest if id(piece) not in slim]
    heads = [piece for piece in others if piece.small and piece.thick < HEAD / 2]
    pointed = {id(piece) for piece in heads}
    for piece in others:
        if max(piece.box.width, piece.box.height) <= DOT:
            continue  # where rules meet, spreadsheets paint a square
        if id(piece) not in pointed or (not lines and not _triangle(piece)):
            found.outlines.append(_outline(path, piece.points, piece.curved, filled=True))
    _lines(path, lines, [h for h in heads if (lines or _triangle(h)) and len(rest) <= MANY], found)


def _is_head(piece: _Piece, all_pieces: Sequence[_Piece]) -> bool:
    """Whether a small piece is the barbs of a head: it bends where it points, beside a longer line."""
    if not piece.small or len(piece.points) < 6 or len(all_pieces) > MANY:
        return False
    longer = [p for p in all_pieces if p is not piece and p.line and not (p.small and len(p.points) > 5)]
    wide = min(piece.box.width, piece.box.height) > 2.5 * piece.thick
    return bool(longer) and wide and any(_touches(piece.box, p.box, 3.0) for p in longer)


def _touches(a: Box, b: Box, slack: float) -> bool:
    return (
        a.left - slack <= b.right
        and b.left - slack <= a.right
        and a.top - slack <= b.bottom
        and b.top - slack <= a.bottom
    )


def _inside(outer: _Piece, pieces: Sequence[_Piece], n: int, taken: set[int]) -> int | None:
    """The inner edge of an outline that is painted as an area between two edges."""
    a = outer.box
    if min(a.width, a.height) < 4 or area(outer.points) < 20 or len(pieces) > MANY:
        return None
    for m, inner in enumerate(pieces):
        b = inner.box
        if m == n or m in taken:
            continue
        insets = (b.left - a.left, b.top - a.top, a.right - b.right, a.bottom - b.bottom)
        if min(insets) >= -0.3 and max(insets) <= max(4.0, 0.12 * min(a.width, a.height)):
            return m
    return None


def _between(outer: Sequence[Point], inner: Sequence[Point]) -> tuple[Point, ...]:
    """The outer edge drawn in to the middle of the painted band."""
    a, b = box_of(list(outer)), box_of(list(inner))
    (x, y), wide, high = a.centre, (a.width + b.width) / 2, (a.height + b.height) / 2
    return tuple((x + (p[0] - x) * wide / a.width, y + (p[1] - y) * high / a.height) for p in outer)


def _outline(path: Path, points: tuple[Point, ...], curved: bool, filled: bool) -> Outline:
    return Outline(
        points=points,
        box=box_of(points),
        filled=filled and path.filled and not path.white,
        stroked=path.stroked or not filled,
        dashed=path.dashed,
        curved=curved,
    )


def _triangle(piece: _Piece) -> bool:
    """Whether a piece fills about half of its box, as a head does."""
    box = piece.box.width * piece.box.height
    return len(piece.points) <= 6 and box > 0 and 0.3 <= area(piece.points) / box <= 0.62


def _lines(path: Path, lines: list[_Piece], heads: list[_Piece], found: Shapes) -> None:
    """Lines, each with the heads of the same path that lie at its ends."""
    left = list(heads)
    for piece in lines:
        points = middle(piece.points)
        if len(points) < 2:
            continue
        ends = [False, False]
        for head in [*left]:
            at = min((0, -1), key=lambda k: _to_box(points[k], head.box))
            if _to_box(points[at], head.box) > max(3.0, 2 * piece.thick) or ends[at]:
                continue
            before = points[1] if at == 0 else points[-2]
            if distance(before, points[at]) < 0.5:
                before = points[-1 - at] if at else points[-1]
            end, _ = tip(head.points, unit(before, points[at]))
            points = (
                (_on(before, points[at], end), *points[1:])
                if at == 0
                else (*points[:-1], _on(before, points[at], end))
            )
            ends[at] = True
            left.remove(head)
        straight = len(piece.points) == 4 and _upright(piece)
        if straight and not any(ends) and len(points) == 2:
            found.rules.append(Rule(piece.box))
        else:
            found.strokes.append(Stroke(points, piece.thick, ends[0], ends[1], path.dashed))
    for head in left:
        top, way = tip(head.points, None)
        found.heads.append(Head(top, way, head.box))


def _on(before: Point, end: Point, top: Point) -> Point:
    """The tip of a head, put on the line that it ends."""
    way = unit(before, end)
    reach = (top[0] - before[0]) * way[0] + (top[1] - before[1]) * way[1]
    return (before[0] + way[0] * reach, before[1] + way[1] * reach)


def _upright(piece: _Piece) -> bool:
    xs = {round(p[0] * 4) for p in piece.points}
    ys = {round(p[1] * 4) for p in piece.points}
    return len(xs) <= 3 and len(ys) <= 3 and min(piece.box.width, piece.box.height) <= piece.thick * 1.2 + 0.2


def _to_box(point: Point, box: Box) -> float:
    dx = max(box.left - point[0], 0.0, point[0] - box.right)
    dy = max(box.top - point[1], 0.0, point[1] - box.bottom)
    return float((dx * dx + dy * dy) ** 0.5)


def _stroked(path: Path, found: Shapes) -> None:
    lines: list[Stroke] = []
    for sub in path.subpaths:
        points = cleaned(sub.points)
        closed = sub.closed or distance(sub.points[0], sub.points[-1]) < 0.5
        if closed and len(points) >= 3:
            piece = _Piece(points, box_of(points), thickness(points), sub.curved)
            flat = min(piece.box.width, piece.box.height) < 1.5
            if not flat:
                if piece.small and _triangle(piece) and len(points) == 3:
                    at, way = tip(points, None)
                    found.heads.append(Head(at, way, piece.box))
                else:
                    found.outlines.append(_outline(path, points, sub.curved, filled=True))
                continue
            points = max(
                ((p, q) for n, p in enumerate(points) for q in points[n + 1 :]), key=lambda pq: distance(*pq)
            )
        if len(points) >= 2:
            lines.append(Stroke(points, path.width, dashed=path.dashed))
    for stroke in lines:
        barbs = len(stroke.points) == 3 and _barbs(stroke.points, lines)
        if barbs:
            found.heads.append(Head(stroke.points[1], _away(stroke.points), box_of(stroke.points)))
        else:
            found.strokes.append(stroke)


def _barbs(points: tuple[Point, ...], lines: Sequence[Stroke]) -> bool:
    """Whether an open line of two short equal legs is a head: another line ends at its bend."""
    one, two = distance(points[0], points[1]), distance(points[1], points[2])
    if max(one, two) > HEAD or abs(one - two) > 0.3 * max(one, two):
        return False
    first, second = unit(points[1], points[0]), unit(points[1], points[2])
    return first[0] * second[0] + first[1] * second[1] > 0.1  # the legs lie closer than a right angle


def _away(points: tuple[Point, ...]) -> Point:
    base = ((points[0][0] + points[2][0]) / 2, (points[0][1] + points[2][1]) / 2)
    return unit(base, points[1])


def _once(outlines: Sequence[Outline]) -> list[Outline]:
    """Each shape once: first its filling and then its edge is painted with the same corners."""
    found: list[Outline] = []
    by: dict[tuple[int, int], list[int]] = {}
    for one in outlines:
        x, y = round(one.box.left / 2), round(one.box.top / 2)
        around = [n for i in (-1, 0, 1) for j in (-1, 0, 1) for n in by.get((x + i, y + j), ())]
        near = next((n for n in around if _same(found[n].box, one.box)), None)
        if near is None:
            by.setdefault((x, y), []).append(len(found))
            found.append(one)
            continue
        first = found[near]
        shown = first if first.stroked and not one.stroked else one
        found[near] = Outline(
            points=shown.points,
            box=shown.box,
            filled=first.filled or one.filled,
            stroked=first.stroked or one.stroked,
            dashed=first.dashed or one.dashed,
            curved=first.curved or one.curved,
        )
    return found


def _same(a: Box, b: Box) -> bool:
    return (
        max(abs(a.left - b.left), abs(a.top - b.top), abs(a.right - b.right), abs(a.bottom - b.bottom)) <= 0.8
    )
