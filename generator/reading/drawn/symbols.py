"""Outlines on a table → symbols of the form: what each is, in which row, under which actors.

Five symbols and no others are official; what looks otherwise is taken for a process and doubted."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.reading.geometry import area, distance, inside, ring, to_line, to_polygon
from generator.reading.grid.cells import words
from generator.reading.grid.table import Table
from generator.reading.seen import Box, Outline, Point, Stroke, Text

OFFICE = {
    "flowchartprocess": "process", "rect": "process", "flowchartpredefinedprocess": "process",
    "flowchartdecision": "decision", "diamond": "decision",
    "flowchartterminator": "terminator", "roundrect": "round", "flowchartalternateprocess": "round",
    "flowchartoffpageconnector": "offpage", "homeplate": "offpage", "pentagon": "offpage",
    "flowchartconnector": "connector", "ellipse": "oval",
}  # fmt: skip
"""What office files call the symbols of the form."""


END = ("selesai", "akhir", "end", "finish", "stop")
BEGIN = ("mulai", "awal", "start", "begin")
"""What a capsule says that ends or begins a flow."""
CROWDED = 1_000
"""More lines or shapes than this on one table are no flow of an SOP."""
_ON = 3.0
"""So near to an outline a line ends at it."""


class FoundSymbol(Struct, frozen=True):
    """A symbol on one page before the lines are read. ``kind``: process, decision, terminator, offpage."""

    kind: str
    outline: Outline
    row: int
    actors: tuple[int, ...]
    text: str
    doubt: str = ""
    frame: tuple[Point, ...] = ()
    """A frame drawn around it: lines to the frame are lines to it."""


def kind_of(outline: Outline) -> tuple[str, str]:
    """What an outline is, and what is doubtful about that."""
    named = OFFICE.get(outline.shape.casefold().removeprefix("mso_shape_"))
    if named and named not in ("round", "oval"):
        return ("offpage" if named == "connector" else named), ""
    box, points = outline.box, outline.points
    if box.width <= 0 or box.height <= 0:
        return "", ""
    small = min(box.width, box.height)
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    edge = ring(points)
    cuts = [to_line(corner, edge)[0] / small for corner in corners]
    share = area(points) / (box.width * box.height)
    if named == "oval" or (named == "round" and not points):
        return "terminator", "bentuk ini jarang dipakai; dibaca sebagai kapsul"
    if max(cuts) < 0.035 and share > 0.93:
        return "process", ""
    if 0.42 <= share <= 0.58 and _on_mid_sides(points, box):
        return "decision", ""
    if _is_pointed(box, points, cuts) and 0.6 <= share < 0.985:
        return "offpage", ""
    even = max(cuts) - min(cuts) <= max(0.05, 0.3 * max(cuts))
    if even and min(cuts) >= 0.04 and max(cuts) <= 0.33 and (outline.curved or len(points) >= 8):
        if box.width < 1.25 * box.height and share < 0.82 and max(box.width, box.height) < 22:
            return "offpage", "lingkaran kecil dibaca sebagai penghubung"
        doubt = "sudutnya hanya sedikit melengkung; dibaca sebagai kapsul" if max(cuts) < 0.075 else ""
        return "terminator", doubt
    if share > 0.93:
        return "process", ""
    return "process", "bentuk ini bukan simbol SOP; dibaca sebagai kotak"


def _is_pointed(box: Box, points: Sequence[Point], cuts: Sequence[float]) -> bool:
    """Whether an outline is a box that ends in a point at one of its sides: two corners of its box are its
    own, the two others are cut off evenly, and the middle of the side between those is reached."""
    small = min(box.width, box.height)
    x, y = box.centre
    tips = [(x, box.top), (box.right, y), (x, box.bottom), (box.left, y)]
    for side, tip in enumerate(tips):  # the corners of side n are n and n + 1
        cut, own = (cuts[side], cuts[(side + 1) % 4]), (cuts[(side + 2) % 4], cuts[(side + 3) % 4])
        if max(own) > 0.075 or min(cut) < 0.09 or max(cut) - min(cut) > 0.5 * max(cut):
            continue
        edge = ring(points)
        reached = to_line(tip, edge)[0] < 0.08 * small
        a, b = tips[side - 1], tips[(side + 1) % 4]
        quarter = [((tip[0] + end[0]) / 2, (tip[1] + end[1]) / 2) for end in (a, b)]
        if reached and all(to_line(q, edge)[0] < 0.5 * small for q in quarter):
            return True
    return False


def _on_mid_sides(points: Sequence[Point], box: Box) -> bool:
    x, y = box.centre
    tips = [(x, box.top), (box.right, y), (x, box.bottom), (box.left, y)]
    near = 0.14 * max(box.width, box.height)
    return all(min(distance(tip, p) for p in points) <= near for tip in tips)


def boxes_of_words(
    outlines: Sequence[Outline], strokes: Sequence[Stroke]
) -> tuple[list[Outline], list[Text]]:
    """Outlines that may be symbols, and texts that a file holds in boxes with an edge. Such a box is a symbol
    only where a line is tied to it or ends at it and at no other symbol, or where it says that the flow
    begins or ends. Some programs forget that a box was one of text, so all with words are asked."""
    tied = {end for stroke in strokes for end in (stroke.start_on, stroke.end_on)} - {""}
    may_be = [o for o in outlines if o.text.strip() and o.shape in ("textBox", "rect") and len(o.text) <= 60]
    if not may_be or max(len(outlines), len(strokes)) > CROWDED:
        return list(outlines), []
    asked = {id(outline) for outline in may_be}
    sure = [outline for outline in outlines if id(outline) not in asked]
    ends = [point for stroke in strokes for point in (stroke.points[0], stroke.points[-1])]
    free = [end for end in ends if all(to_polygon(end, o.points) > _ON for o in sure)]
    found = [
        outline
        for outline in may_be
        if not outline.text.strip().casefold().startswith((*BEGIN, *END))
        and outline.id not in tied
        and all(to_polygon(end, outline.points) > _ON for end in free)
    ]
    gone = {id(outline) for outline in found}
    kept = [outline for outline in outlines if id(outline) not in gone]
    return kept, [Text(o.text, o.box, place=o.place or "kotak teks") for o in found]


def shapes(outlines: Sequence[Outline], table: Table, texts: Sequence[Text]) -> list[FoundSymbol]:
    """The symbols of a table in reading order."""
    actors = table.actors()
    if not actors or not table.spans:
        return []
    left, right = actors[0].left, actors[-1].right
    wide = (right - left) / len(actors)
    high = (
        90.0 if len(table.spans) == 1 else 1.5 * sorted(b - t for t, b in table.spans)[len(table.spans) // 2]
    )
    near = [
        outline
        for outline in outlines
        if left - 0.2 * wide <= outline.box.centre[0] <= right + 0.2 * wide
        and table.spans[0][0] - high <= outline.box.centre[1] <= table.spans[-1][1] + high
        and min(outline.box.width, outline.box.height) >= 3.5
        and outline.box.width <= (right - left) * 1.05
        and (outline.stroked or outline.filled)
        and not (table.head and table.top < outline.box.centre[1] < table.box.top)
    ]
    frames, inner = _frames(near)
    found = []
    for outline in inner:
        kind, doubt = kind_of(outline)
        if not kind:
            continue
        said = outline.text or words([t for t in texts if inside(t.box.centre, outline.points)])
        row = _row(outline.box.centre[1], table)
        frame = next((f.points for f in frames if f.box.holds(outline.box.centre)), ())
        found.append(FoundSymbol(kind, outline, row, _under(outline.box, table), said, doubt, frame))
    return sorted(found, key=lambda s: (s.row, s.outline.box.centre[1], s.outline.box.left))


def marked(table: Table) -> list[FoundSymbol]:
    """Marks and names in cells as symbols, each as large as its cell."""
    found = []
    for sign in table.signs:
        box = sign.box
        points = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
        outline = Outline(points, box, text=sign.text, place=sign.place)
        found.append(FoundSymbol(sign.kind, outline, sign.row, sign.actors, sign.text, sign.doubt))
    return found


def _frames(outlines: Sequence[Outline]) -> tuple[list[Outline], list[Outline]]:
    """Outlines drawn around other symbols, and the symbols; of two edges of one symbol the outer one."""
    frames, inner = [], []
    for outline in outlines:
        box = outline.box
        holds = [
            o
            for o in outlines
            if o is not outline
            and box.left - 1 <= o.box.left
            and o.box.right <= box.right + 1
            and box.top - 1 <= o.box.top
            and o.box.bottom <= box.bottom + 1
            and o.box.width * o.box.height < box.width * box.height
        ]
        within = [
            o
            for o in outlines
            if o is not outline
            and o.box.left - 1 <= box.left
            and box.right <= o.box.right + 1
            and o.box.top - 1 <= box.top
            and box.bottom <= o.box.bottom + 1
            and box.width * box.height >= 0.72 * o.box.width * o.box.height
            and (o.box.width * o.box.height > box.width * box.height or id(o) < id(outline))
        ]
        if any(o.box.width * o.box.height < 0.72 * box.width * box.height for o in holds):
            frames.append(outline)
        elif not within:
            inner.append(outline)
    return frames, inner


def _row(y: float, table: Table) -> int:
    return min(range(len(table.spans)), key=lambda r: max(table.spans[r][0] - y, 0.0, y - table.spans[r][1]))


def _under(box: Box, table: Table) -> tuple[int, ...]:
    """The actors whose columns a symbol covers: one, or several where it is drawn across them."""
    actors = table.actors()
    found = [
        n
        for n, column in enumerate(actors)
        if (shared := min(box.right, column.right) - max(box.left, column.left)) > 0.33 * column.width
        and shared > 0.22 * box.width
    ]
    if len(found) > 1:
        return tuple(found)
    x = box.centre[0]
    return (min(range(len(actors)), key=lambda n: max(actors[n].left - x, 0.0, x - actors[n].right)),)
