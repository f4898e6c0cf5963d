"""Content + Drawings → Sheets: rows measured, dealt out to pages, and the drawing placed on them.

A row is never split unless it alone is higher than a page; a page keeps room for the connectors of the
lines that leave it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.figure.lattice import Lattice, measure
from generator.figure.paper.columns import COMFORTABLE, INSET, PITCH, TITLE, divide, heading_box
from generator.figure.paper.content import Content, FlowContent
from generator.figure.paper.measure import MeasuredText, measured, split
from generator.figure.paper.place import Cut, CutPlane, Fall, crossing, falls, place, strip_height
from generator.figure.paper.sheet import Columns, Page, Paper, Sheet, Slab
from generator.flow.drawing import Drawing
from generator.form.columns import COLUMNS, OVER, PELAKSANA, ColumnGroup

_SAFETY = 4.0
HEADROOM = 3.5
"""Free height over a level that begins a page within its row: a label, an arrow head and its line, em."""


class NoRoom(ValueError):
    """A table that cannot be set legibly on its paper; says how many actors it has."""

    def __init__(self, flow: FlowContent, paper: Paper) -> None:
        super().__init__(
            f"tabel '{flow.title}' dengan {len(flow.lanes)} kolom pelaksana "
            f"tidak muat pada kertas {paper.name}"
        )


class _Part(Struct, frozen=True):
    """A row or the part of one that stays on one page: its place, height and texts; ``cut`` is the band
    before which the row is torn after this part (None: it ends here)."""

    row: int
    part: int
    whole: bool
    height: float
    texts: tuple[tuple[str, ...], ...]
    cut: tuple[int, int] | None = None


class _Table(Struct, frozen=True):
    """One table before it is on pages: everything that decides where its pages end."""

    flow: FlowContent
    lattice: Lattice
    columns: Columns
    heights: tuple[float, ...]
    rooms: tuple[float, float]
    """Height left for rows on the first page and on every other."""
    falls: Mapping[int, Sequence[Fall]]
    """Of the drawing, see ``place.falls``."""

    @property
    def plane(self) -> CutPlane:
        return CutPlane(self.lattice, self.columns.em, self.heights, self.columns.stretch)

    def strip(self, cut: tuple[int, int]) -> float:
        lines = crossing(self.falls, self.plane, cut)
        return strip_height([x for x, _ in lines], self.columns.em)


def set_pages(
    content: Content, drawings: Sequence[Drawing], paper: Paper, face: Mapping[str, Any] | None = None
) -> tuple[tuple[Sheet, ...], int]:
    """The sheets of all tables, and the number of pages that the identity block before them takes.

    Raises NoRoom when a table has too many actors for the paper.
    """
    lattices = [measure(drawing) for drawing in drawings]
    divided = []
    for flow, lattice in zip(content.flows, lattices, strict=True):
        columns = divide(flow, lattice, paper)
        if columns is None:
            raise NoRoom(flow, paper)
        divided.append(columns)
    asked = [_texts(flow, columns, paper) for flow, columns in zip(content.flows, divided, strict=True)]
    found, pages = measured([text for texts in asked for text in texts], paper, face)
    sheets, start = [], 0
    for flow, lattice, columns, texts in zip(content.flows, lattices, divided, asked, strict=True):
        sheet = _sheet(flow, lattice, columns, found[start : start + len(texts)], paper)
        sheets.append(_shorter(flow, lattice, sheet, paper))
        start += len(texts)
    return tuple(sheets), pages


def _shorter(flow: FlowContent, lattice: Lattice, sheet: Sheet, paper: Paper) -> Sheet:
    """The table in smaller type, if that is comfortable still and saves one of its two or three pages."""
    columns: Columns | None = sheet.columns
    while columns and columns.text > COMFORTABLE and 1 < len(sheet.pages) < 4:
        columns = divide(flow, lattice, paper, columns.text)
        if columns is None or columns.text < COMFORTABLE:
            break
        heights, _ = measured(_texts(flow, columns, paper), paper, None)
        other = _sheet(flow, lattice, columns, heights, paper)
        if len(other.pages) < len(sheet.pages):
            return other
    return sheet


def _texts(flow: FlowContent, columns: Columns, paper: Paper) -> list[MeasuredText]:
    """What is to be measured: title, headings (fixed columns, groups, actors), then the cells by row."""
    size, widths = columns.text, [width - 2 * INSET[0] for width in columns.widths]
    label, places = flow.label, range(len(COLUMNS))
    texts = [MeasuredText(paper.inner_width, TITLE, (flow.title,), "bold")]
    texts += [MeasuredText(widths[n], size, (label[COLUMNS[n].key],), "bold") for n in places]
    texts += [MeasuredText(sum(columns.lanes) - 4, size, (label[PELAKSANA.key],), "bold")]
    texts += [
        MeasuredText(
            sum(widths[COLUMNS.index(column)] for column in under), size, (label[group.key],), "bold"
        )
        for group, under in OVER
        if isinstance(group, ColumnGroup)
    ]
    texts += [
        MeasuredText(heading_box(columns, lane, heading)[0], size, (heading,), "bold")
        for lane, heading in enumerate(flow.lanes)
    ]
    texts += [MeasuredText(widths[column], size, row[column]) for row in flow.rows for column in places]
    return texts


def _sheet(
    flow: FlowContent, lattice: Lattice, columns: Columns, found: Sequence[float], paper: Paper
) -> Sheet:
    wide, groups = len(COLUMNS), 1 + sum(isinstance(group, ColumnGroup) for group, _ in OVER)
    counts = (1, wide, groups, len(flow.lanes), wide * len(flow.rows))
    (title,), own, over, lanes, cells = (
        found[end - n : end] for n, end in zip(counts, accumulate(counts), strict=True)
    )
    turned = [heading_box(columns, lane, heading)[1] for lane, heading in enumerate(flow.lanes)]
    first = max(over) + 2 * INSET[1]
    below = [height for height, column in zip(own, COLUMNS, strict=True) if column.group]
    beside = [height for height, column in zip(own, COLUMNS, strict=True) if not column.group]
    second = max([*below, *(turned if columns.turned else lanes)]) + 2 * INSET[1]
    second = max(second, max(beside) + 2 * INSET[1] - first)
    head = (_up(first), _up(second))
    heights = tuple(
        _up(max(max(cells[wide * row : wide * row + wide]) + 2 * INSET[1], lengths.height * columns.em))
        for row, lengths in enumerate(lattice.rows)
    )
    title = _up(title + 6)
    room = paper.inner_height - sum(head) - _SAFETY
    table = _Table(flow, lattice, columns, heights, (room - title, room), falls(lattice.drawing))
    return Sheet(columns, head, title, _pages(table))


def _pages(table: _Table) -> tuple[Page, ...]:
    pages = _deal(table)
    heights = list(table.heights)
    gaps: dict[tuple[int, int], float] = {}
    for row in {part.row for parts in pages for part in parts if not part.whole}:
        parts = [part for parts in pages for part in parts if part.row == row]
        heights[row] = sum(part.height for part in parts)
        gaps |= _gaps(table, parts)
    plane = replace(table.plane, row_heights=tuple(heights), gaps=gaps)
    cuts, y, slabs = [], 0.0, list[tuple[Slab, ...]]()
    for number, parts in enumerate(pages):
        above = 0.0 if number == 0 else table.strip(_break(pages[number - 1]))
        top, placed = above, []
        for part in parts:
            placed.append(
                Slab(part.row, part.part, part.whole, round(top, 2), round(part.height, 2), part.texts)
            )
            top += part.height
        slabs.append(tuple(placed))
        y += sum(part.height for part in parts)
        if number < len(pages) - 1:
            cuts.append(Cut(y, crossing(table.falls, plane, _break(parts))))
    drawn = place(plane, cuts, table.flow.words)
    strips = [0.0, *(strip_height([x for x, _ in cut.crossing], table.columns.em) for cut in cuts), 0.0]
    return tuple(Page(slabs[n], strips[n], strips[n + 1], figure) for n, figure in enumerate(drawn))


def _break(parts: Sequence[_Part]) -> tuple[int, int]:
    """The band before which a page that ends with these parts is cut."""
    last = parts[-1]
    return last.cut or (last.row + 1, 0)


def _deal(table: _Table) -> list[list[_Part]]:
    """Fill page after page with as many whole rows as it holds with the connectors of its break."""
    count = len(table.heights)
    pages: list[list[_Part]] = []
    row, rest = 0, list[_Part]()
    while row < count or rest:
        above = table.strip(_break(pages[-1])) if pages else 0.0
        room = table.rooms[1 if pages else 0] - above
        used = sum(part.height for part in rest)
        fitting, height = 0, used
        for ahead in range(row, count):
            height += table.heights[ahead]
            if height > room:
                break
            last = ahead == count - 1
            if height + (0.0 if last else table.strip((ahead + 1, 0))) <= room:
                fitting = ahead - row + 1
        page = rest + [
            _Part(r, 0, True, table.heights[r], table.flow.rows[r]) for r in range(row, row + fitting)
        ]
        row, rest = row + fitting, []
        left = room - sum(part.height for part in page)
        if row < count and (not page or _must_tear(table, row, left)):
            first, *parts, end = _tear(table, row, left)
            pages += [[*page, first], *([part] for part in parts)]
            row, rest = row + 1, [end]
        else:
            pages.append(page)
    return pages or [[]]


def _must_tear(table: _Table, row: int, left: float) -> bool:
    """Whether a row is higher than any page, and what is left of this one holds a good piece of it."""
    highest = table.rooms[1] - table.strip((row, 0)) - table.strip((row + 1, 0))
    piece = table.lattice.rows[row].height * table.columns.em + table.strip((row + 1, 0))
    return table.heights[row] > highest and left > max(piece, table.rooms[1] / 4)


def _tear(table: _Table, row: int, room: float) -> list[_Part]:
    """A row that is higher than a page, in parts: its symbols on the first of them (and further ones if
    they need more room), its texts as they fit."""
    texts = [
        MeasuredText(width - 2 * INSET[0], table.columns.text, lines)
        for width, lines in zip(table.columns.widths, table.flow.rows[row], strict=True)
    ]
    cuts = _zones(table, row, room)
    strips = [table.strip(cut) for cut, _ in cuts]
    later = table.rooms[1] - 2 * max(strips)
    first = room - strips[0]
    line = table.columns.text * PITCH + 0.01
    heights = [max(first, line), max(later, line)]
    # a line's room is left over, for Word may break the lines elsewhere
    pieces = split(texts, [max(height - 2 * INSET[1] - line, line) for height in heights])
    count = max(2, len(cuts), *(len(piece) for piece in pieces))
    parts = []
    for number in range(count):
        here = tuple(piece[number] if number < len(piece) else () for piece in pieces)
        height = heights[min(number, 1)]
        cut: tuple[int, int] | None = cuts[min(number, len(cuts) - 1)][0]
        if number == count - 1:
            found, _ = measured(
                [replace(t, lines=lines) for t, lines in zip(texts, here, strict=True)], _ANY, None
            )
            height, cut = _up(max(max(found) + 2 * INSET[1], _tail(table, row, cuts, count))), None
        parts.append(_Part(row, number, False, height, here, cut))
    return parts


def _tail(table: _Table, row: int, cuts: Sequence[tuple[tuple[int, int], float]], count: int) -> float:
    """Height that the drawing needs on the last part of a torn row."""
    em = table.columns.em
    if 1 < len(cuts) == count:
        return cuts[-1][1] + HEADROOM * em
    return table.lattice.rows[row].bands[-1] * em


_ANY = Paper("", 1000, 1000)


def _zones(table: _Table, row: int, room: float) -> list[tuple[tuple[int, int], float]]:
    """Where a row may be torn so that its drawing fits: the bands before which it is, each with the
    height that the drawing takes before it; the last pair stands for the last gutter."""
    em, lengths = table.columns.em, table.lattice.rows[row]
    last = len(lengths.bands) - 1
    cuts, used = [], 0.0
    limit = room - (HEADROOM + 3) * em
    for zone, band in enumerate(lengths.bands[:-1]):
        if zone % 2 and zone > 1 and used + band * em > limit:
            cuts.append(((row, zone), used))
            used = 0.0
        used += band * em
    return [*cuts, ((row, last), used + lengths.bands[-1] * em)]


def _gaps(table: _Table, parts: Sequence[_Part]) -> dict[tuple[int, int], float]:
    """The space before each band at which a torn row is cut, so that the cut lies in it."""
    row, em = parts[0].row, table.columns.em
    bands = table.lattice.rows[row].bands
    gaps: dict[tuple[int, int], float] = {}
    y, start, zone = 0.0, 0.0, 0
    for part in parts:
        y += part.height
        if part.cut is None:
            cut, end = len(bands) - 1, y - bands[-1] * em
        else:
            cut, end = part.cut[1], y + HEADROOM * em * (part.cut[1] % 2)
        if cut > zone:
            used = sum(bands[zone:cut]) * em
            gaps[row, cut] = max(0.0, end - start - used)
            start, zone = start + used + gaps[row, cut], cut
        elif cut == zone and (row, cut) in gaps:
            gaps[row, cut] += max(0.0, end - start)
            start = max(start, end)
    return gaps


def _up(height: float) -> float:
    return math.ceil(height * 100 - 1e-6) / 100
