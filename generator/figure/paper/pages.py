"""Content + Drawings → Sheets: rows measured, dealt out to pages, and the drawing placed on them.

A row is never split unless it alone is higher than a page; a page keeps room for the connectors of the
lines that leave it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import accumulate, takewhile
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.figure.paper.breaks import PITCH
from generator.figure.paper.columns import INSET, TITLE, Division, heading_box, type_sizes
from generator.figure.paper.content import Content, FlowContent
from generator.figure.paper.crossing import crossing, falls
from generator.figure.paper.deal import HEADROOM, Part, Table, deal, filled, page_end
from generator.figure.paper.measure import MeasuredText, measured
from generator.figure.paper.place import Cut, place
from generator.figure.paper.sheet import Columns, Page, Paper, Sheet, Slab
from generator.flow.drawing import Drawing
from generator.form.columns import PELAKSANA, ColumnGroup

_SAFETY = 4.0
GOES_ON = "(lanjutan)"
"""What stands in a cell that began on the page before."""


class NoRoom(ValueError):
    """A table that cannot be set legibly on its paper; says how many actors it has."""

    def __init__(self, flow: FlowContent, paper: Paper) -> None:
        super().__init__(
            f"tabel '{flow.title}' dengan {len(flow.lanes)} kolom pelaksana "
            f"tidak muat pada kertas {paper.name}"
        )


def set_pages(
    content: Content, drawings: Sequence[Drawing], paper: Paper, face: Mapping[str, Any] | None = None
) -> tuple[tuple[Sheet, ...], int]:
    """The sheets of all tables, and the number of pages that the identity block before them takes.

    Raises NoRoom when a table has too many actors for the paper.
    """
    sheets = tuple(
        _sheet(_shortest(flow, drawing, paper)) for flow, drawing in zip(content.flows, drawings, strict=True)
    )
    return sheets, 1 if face is None else measured([], paper, face)[1]


class _Dealt(Struct, frozen=True):
    """A table divided in one way, and which rows are on which page before the pages are balanced."""

    table: Table
    head: tuple[float, ...]
    title: float
    filled: list[list[Part]]


def _shortest(flow: FlowContent, drawing: Drawing, paper: Paper) -> _Dealt:
    """The table in the way in which it takes the fewest pages; of several that of the largest type. What must
    take as many pages as the best so far is not tried."""
    best: _Dealt | None = None
    for size in type_sizes(flow, drawing, paper):
        if best and _least_pages(size.least, paper) >= len(best.filled):
            continue
        for way in size.ways():
            table, head, title = _table(flow, way, paper)
            if best and _least_pages(sum(table.heights), paper) >= len(best.filled):
                continue
            pages = filled(table)
            if best is None or len(pages) < len(best.filled):
                best = _Dealt(table, head, title, pages)
            if len(pages) == 1:
                return best
    if best is None:
        raise NoRoom(flow, paper)
    return best


def _least_pages(rows: float, paper: Paper) -> int:
    return max(1, math.ceil(rows / paper.inner_height))


def _texts(flow: FlowContent, columns: Columns, paper: Paper) -> list[MeasuredText]:
    """What is to be measured: title, headings (fixed columns, groups, actors), then the cells by row."""
    size, widths = columns.text, [width - 2 * INSET[0] for width in columns.widths]
    label, table = flow.label, flow.table
    places = range(len(table.columns))
    texts = [MeasuredText(paper.inner_width, TITLE, (flow.title,), "bold")]
    texts += [MeasuredText(widths[n], size, (label[table.columns[n].key],), "bold") for n in places]
    texts += [MeasuredText(sum(columns.lanes) - 4, size, (label[PELAKSANA.key],), "bold")]
    texts += [
        MeasuredText(
            sum(widths[table.columns.index(column)] for column in under), size, (label[group.key],), "bold"
        )
        for group, under in table.over
        if isinstance(group, ColumnGroup)
    ]
    texts += [
        MeasuredText(heading_box(columns, lane, heading)[0], size, (heading,), "bold")
        for lane, heading in enumerate(flow.lanes)
    ]
    texts += [MeasuredText(widths[column], size, row[column]) for row in flow.rows for column in places]
    return texts


def _table(flow: FlowContent, way: Division, paper: Paper) -> tuple[Table, tuple[float, ...], float]:
    """The table in this way, the heights of its heading rows and of its title."""
    lattice, columns = way.lattice, way.columns
    found, _ = measured(_texts(flow, columns, paper), paper, None)
    wide = len(flow.table.columns)
    groups = 1 + sum(isinstance(group, ColumnGroup) for group, _ in flow.table.over)
    counts = (1, wide, groups, len(flow.lanes), wide * len(flow.rows))
    (title,), own, over, lanes, cells = (
        found[end - n : end] for n, end in zip(counts, accumulate(counts), strict=True)
    )
    turned = [heading_box(columns, lane, heading)[1] for lane, heading in enumerate(flow.lanes)]
    first = max(over) + 2 * INSET[1]
    below = [height for height, column in zip(own, flow.table.columns, strict=True) if column.group]
    beside = [height for height, column in zip(own, flow.table.columns, strict=True) if not column.group]
    second = max([*below, *(turned if columns.turned else lanes)]) + 2 * INSET[1]
    second = max(second, max(beside) + 2 * INSET[1] - first)
    third = [columns.text * PITCH + 2 * INSET[1]] * bool(flow.numbers)
    head = tuple(map(_up, (first, second, *third)))
    heights = tuple(
        _up(max(max(cells[wide * row : wide * row + wide]) + 2 * INSET[1], lengths.height * columns.em))
        for row, lengths in enumerate(lattice.rows)
    )
    title = _up(title + 6)
    room = paper.inner_height - sum(head) - _SAFETY
    table = Table(flow, lattice, columns, heights, (room - title, room), falls(lattice.drawing))
    return table, head, title


def _sheet(dealt: _Dealt) -> Sheet:
    pages = deal(dealt.table, dealt.filled)
    return Sheet(dealt.table.columns, dealt.head, dealt.title, _pages(dealt.table, pages))


def _pages(table: Table, pages: Sequence[list[Part]]) -> tuple[Page, ...]:
    heights = list(table.heights)
    gaps: dict[tuple[int, int], float] = {}
    for row in {part.row for parts in pages for part in parts if not part.whole}:
        parts = [part for parts in pages for part in parts if part.row == row]
        heights[row] = sum(part.height for part in parts)
        gaps |= _gaps(table, parts)
    plane = replace(table.plane, row_heights=tuple(heights), gaps=gaps)
    cuts, y, slabs = [], 0.0, list[tuple[Slab, ...]]()
    for number, parts in enumerate(pages):
        above = 0.0 if number == 0 else table.strip(page_end(pages[number - 1]))
        top, placed = above, []
        for part in parts:
            placed.append(
                Slab(part.row, part.part, part.whole, round(top, 2), round(part.height, 2), part.texts)
            )
            top += part.height
        slabs.append(_merged(placed, table))
        y += sum(part.height for part in parts)
        if number < len(pages) - 1:
            end = page_end(parts)
            cuts.append(Cut(y, table.strip(end), crossing(table.falls, plane, end)))
    drawn = place(plane, cuts, table.flow.words, table.steps)
    strips = [0.0, *(cut.strip for cut in cuts), 0.0]
    return tuple(Page(slabs[n], strips[n], strips[n + 1], figure) for n, figure in enumerate(drawn))


def _merged(slabs: Sequence[Slab], table: Table) -> tuple[Slab, ...]:
    """The slabs of a page with the cells that go over several of them. A cell that began on the page before
    says so, as the rest of it would look blank."""
    wide, merged = len(table.columns.widths), table.flow.merged
    if not merged:
        return tuple(replace(slab, depths=(1,) * wide) for slab in slabs)
    above = [[slab.part == 0 and (slab.row, n) in merged for n in range(wide)] for slab in slabs]
    found = []
    for at, slab in enumerate(slabs):
        depths, texts = [], list(slab.texts)
        for n in range(wide):
            below = takewhile(bool, (later[n] for later in above[at + 1 :]))
            depths.append(0 if at and above[at][n] else 1 + sum(below))
            if at == 0 and above[at][n]:
                texts[n] = (GOES_ON,)
        found.append(replace(slab, depths=tuple(depths), texts=tuple(texts)))
    return tuple(found)


def _gaps(table: Table, parts: Sequence[Part]) -> dict[tuple[int, int], float]:
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
