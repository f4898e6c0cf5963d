"""The ink of a picture → the same primitives as painted paths give: outlines, strokes and heads, marked.

A symbol is a closed white field with a wall that stands free; what is left when the symbols are taken away
are lines: strands one pen wide, and at their ends heads, where the ink spreads to both sides."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.reading.geometry import distance, to_segment
from generator.reading.pdf.fields import PEN, WhiteField, outline, simpler, symbols
from generator.reading.pdf.pixels import Ink, Run
from generator.reading.seen import Outline, Point, Stroke

SHORTEST = 5.0
"""A strand shorter than this is a letter or a head."""


class PenLine(Struct):
    """A line one pen wide, from one end to the other, in pixels."""

    upright: bool
    points: list[Point]
    thick: float
    heads: list[bool]


def traced(ink: Ink) -> tuple[list[Outline], list[Stroke]]:
    """The symbols and lines of a picture, on the page."""
    fields = symbols(ink)
    outlines = [outline(field, ink) for field in fields]
    rows = _without(fields, ink)
    columns = _turned(rows, ink.width)
    strands = _strands(rows, ink, upright=True) + _strands(columns, ink, upright=False)
    strands = _single(strands, ink.scale)
    for strand in strands:
        _see_heads(
            strand, rows if strand.upright else columns, columns if strand.upright else rows, ink, strands
        )
    strokes = [
        Stroke(
            tuple(ink.point(x, y) for x, y in strand.points),
            width=strand.thick / ink.scale,
            head_start=strand.heads[0],
            head_end=strand.heads[1],
            traced=True,
        )
        for strand in strands
    ]
    return outlines, strokes


def _without(fields: Sequence[WhiteField], ink: Ink) -> list[list[Run]]:
    """The ink by row without symbols and their walls."""
    cut: list[list[Run]] = [[] for _ in range(ink.height)]
    pen = round(PEN * ink.scale)
    for field in fields:
        for n in range(-pen, len(field.spans) + pen):
            y = field.top + n
            start, end = field.spans[min(max(n, 0), len(field.spans) - 1)]
            if 0 <= y < ink.height:
                wall = _wall(ink.rows[y], start, end, pen)
                if wall is not None and (0 <= n < len(field.spans) or _is_wall_row(field, n, ink)):
                    cut[y].append(wall)
    return [_less(ink.rows[y], sorted(cut[y])) for y in range(ink.height)]


def _wall(row: Sequence[Run], start: int, end: int, pen: int) -> Run:
    """A field's stretch of a row with its walls, at most a pen thick at each side."""
    left = next((a for a, b in row if a < start <= b), start)
    right = next((b for a, b in row if a <= end < b), end)
    return max(left, start - pen) - 1, min(right, end + pen) + 1


def _is_wall_row(field: WhiteField, n: int, ink: Ink) -> bool:
    """Whether a row above or below a field is still its wall: dark along most of the field's edge."""
    y = field.top + n
    start, end = field.spans[0] if n < 0 else field.spans[-1]
    dark = sum(max(0, min(end, b) - max(start, a)) for a, b in ink.rows[y])
    return dark >= 0.6 * (end - start)


def _less(row: Sequence[Run], cuts: Sequence[Run]) -> list[Run]:
    found = list(row)
    for start, end in cuts:
        rest: list[Run] = []
        for a, b in found:
            if b <= start or a >= end:
                rest.append((a, b))
                continue
            if a < start:
                rest.append((a, start))
            if b > end:
                rest.append((end, b))
        found = rest
    return found


def _turned(rows: Sequence[Sequence[Run]], width: int) -> list[list[Run]]:
    """Runs by row as runs by column."""
    open_: dict[int, int] = {}
    found: list[list[Run]] = [[] for _ in range(width)]
    for y, row in enumerate([*rows, []]):
        dark = {x for start, end in row for x in range(start, end)}
        for x in [x for x in open_ if x not in dark]:
            found[x].append((open_.pop(x), y))
        for x in dark:
            open_.setdefault(x, y)
    return found


def _strands(lines: Sequence[Sequence[Run]], ink: Ink, upright: bool) -> list[PenLine]:
    """Chains of short runs from line to line: upright strands from rows, level ones from columns."""
    pen = PEN * ink.scale
    found: list[PenLine] = []
    open_: list[tuple[list[tuple[int, Run]], Run]] = []
    for y, row in enumerate([*lines, []]):
        thin = [run for run in row if run[1] - run[0] <= pen]
        going: list[tuple[list[tuple[int, Run]], Run]] = []
        for chain, last in open_:
            near = [run for run in thin if run[0] <= last[1] and last[0] <= run[1]]
            if near:
                run = min(near, key=lambda r: abs(r[0] + r[1] - last[0] - last[1]))
                thin.remove(run)
                chain.append((y, run))
                going.append((chain, run))
            else:
                _close(chain, upright, ink.scale, found)
        going += [([(y, run)], run) for run in thin]
        open_ = going
    return found


def _close(chain: list[tuple[int, Run]], upright: bool, scale: float, found: list[PenLine]) -> None:
    if len(chain) < SHORTEST * scale:
        return
    thick = sorted(end - start for _, (start, end) in chain)[len(chain) // 2]
    middle = [((a + b) / 2, y + 0.5) for y, (a, b) in chain]
    inner = middle[2:-2] if len(middle) > 8 else middle
    line = simpler([(inner[0][0], middle[0][1]), *inner, (inner[-1][0], middle[-1][1])], 1.6)
    if len(line) > 6:
        return
    if len(line) == 2 and abs(line[0][0] - line[1][0]) < 0.02 * len(chain) + 1.2:
        x = sorted(p[0] for p in inner)[len(inner) // 2]
        line = [(x, line[0][1]), (x, line[1][1])]
    points = line if upright else [(y, x) for x, y in line]
    found.append(PenLine(upright, points, float(thick), [False, False]))


def _single(strands: Sequence[PenLine], scale: float) -> list[PenLine]:
    """Strands without those slanted ones that were found both ways."""
    found: list[PenLine] = []
    for strand in sorted(strands, key=lambda s: -distance(s.points[0], s.points[-1])):
        a, b = strand.points[0], strand.points[-1]
        slant = min(abs(a[0] - b[0]), abs(a[1] - b[1])) > 2 * scale
        if slant and any(
            max(to_segment(p, o.points[0], o.points[-1])[0] for p in (a, b)) < 2 * scale for o in found
        ):
            continue
        found.append(strand)
    return found


def _see_heads(
    strand: PenLine,
    along: Sequence[Sequence[Run]],
    across: Sequence[Sequence[Run]],
    ink: Ink,
    strands: Sequence[PenLine],
) -> None:
    """Find where ink spreads to both sides near an end of a strand, and end the strand at its tip."""
    reach = round(5.0 * ink.scale)
    wide = 1.3 * ink.scale
    for end in (0, 1):
        x, y = strand.points[-end] if strand.upright else strand.points[-end][::-1]
        way = 1 if end else -1
        spread, tip = 0, y
        for step in range(-reach, reach + 1):
            at = int(y) + way * step
            if not 0 <= at < len(along):
                continue
            run = next((r for r in along[at] if r[0] <= x + 1 and x - 1 <= r[1]), None)
            if run is None:
                if step > 1:
                    break
                continue
            if step >= 0:
                tip = at + (1 if way > 0 else 0)
            left, right = x - run[0], run[1] - x
            barbs = [r for r in along[at] if abs((r[0] + r[1]) / 2 - x) < 4.5 * ink.scale]
            both = min(left, right) > strand.thick / 2 + wide and max(left, right) < 6 * ink.scale
            spread += both or (len(barbs) >= 3 and _even(barbs, x))
        corner = any(
            other is not strand
            and other.upright is not strand.upright
            and min(
                to_segment(_turn((x, y), strand.upright), p, q)[0]
                for p, q in zip(other.points, other.points[1:], strict=False)
            )
            < strand.thick + other.thick
            for other in strands
        )
        if spread >= 0.8 * ink.scale and not corner:
            strand.heads[end] = True
            point = _turn((x, float(tip)), strand.upright)
            strand.points[-end] = point


def _even(barbs: Sequence[Run], x: float) -> bool:
    """Whether runs lie on both sides of a strand at about one distance."""
    left = [x - (a + b) / 2 for a, b in barbs if b < x - 1]
    right = [(a + b) / 2 - x for a, b in barbs if a > x + 1]
    return bool(left and right) and abs(min(left) - min(right)) < 4


def _turn(point: Point, upright: bool) -> Point:
    return point if upright else (point[1], point[0])
