"""FlowContent + Sheet → the pages of one activity table as WordprocessingML, the flow drawn in its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.figure.figure import strip_words
from generator.figure.paper.breaks import PITCH
from generator.figure.paper.columns import BOLD, INSET, TOLD, heading_box
from generator.figure.paper.content import FlowContent
from generator.figure.paper.sheet import Columns, Page, Sheet, Slab
from generator.form.columns import BEFORE, PELAKSANA, ColumnGroup, FormColumn
from generator.formats.docx.shapes import Shaped, anchored, shapes
from generator.formats.docx.tables import blank, cell, lines, paragraph, row, said, table, thin
from generator.formats.docx.xml import Xml


class Numbers(Struct):
    """Running numbers of the shapes of one document."""

    last: int = 0

    def next(self) -> int:
        self.last += 1
        return self.last


def flow_pages(flow: FlowContent, sheet: Sheet, number: int, numbers: Numbers) -> Iterator[Xml]:
    """The tables of one flow, one a page, each on a new page; ``number`` is that of the first."""
    columns = sheet.columns
    widths = (*columns.widths[:BEFORE], *columns.lanes, *columns.widths[BEFORE:])
    for at, page in enumerate(sheet.pages):
        if at == 0:
            gap = max(0.0, sheet.title - 11 * PITCH)
            yield paragraph(said(flow.title), 11, bold=True, style="Heading2", after=gap, page_break=True)
        else:
            yield thin(page_break=True)
        rows = [*_head(flow, sheet), *_body(flow, sheet, page, number + at, numbers)]
        yield table(widths, rows, (INSET[0], 0.0), flow.title)


def _head(flow: FlowContent, sheet: Sheet) -> list[Xml]:
    columns, label = sheet.columns, flow.label
    size, widths = columns.text, columns.widths

    def heading(width: float, text: str, span: int = 1, merge: str = "") -> Xml:
        body = lines((text,), size, "center", bold=True, room=(width - 2 * INSET[0]) / BOLD)
        return cell(width, body, span, merge, shade=True)

    def actor(lane: int, text: str) -> Xml:
        body = lines((text,), size, "center", bold=True, room=heading_box(columns, lane, text)[0] / BOLD)
        return cell(columns.lanes[lane], body, shade=True, margins=(1.0, 0.0), turned=columns.turned)

    def below(width: float) -> Xml:
        return cell(width, blank(2), merge="continue", shade=True)

    table = flow.table
    wide = dict(zip(table.columns, widths, strict=True))
    first = [heading(wide[column], label[column.key], merge="restart") for column in table.columns[:BEFORE]]
    first.append(heading(sum(columns.lanes), label[PELAKSANA.key], span=len(columns.lanes)))
    for group, under in table.over:
        room, merge = sum(map(wide.__getitem__, under)), "" if isinstance(group, ColumnGroup) else "restart"
        first.append(heading(room, label[group.key], span=len(under), merge=merge))
    second = [below(width) for width in widths[:BEFORE]]
    second += [actor(lane, text) for lane, text in enumerate(flow.lanes)]
    second += [
        heading(wide[column], label[column.key]) if column.group else below(wide[column])
        for column in table.cells
    ]
    rows = [row(first, sheet.head[0], head=True), row(second, sheet.head[1], head=True)]
    if flow.numbers:
        every = (*widths[:BEFORE], *columns.lanes, *widths[BEFORE:])
        third = [
            cell(width, lines((text,), size, "center"), shade=True, margins=(0.0, 0.0))
            for width, text in zip(every, flow.numbers, strict=True)
        ]
        rows.append(row(third, sheet.head[2], head=True))
    return rows


def _body(flow: FlowContent, sheet: Sheet, page: Page, number: int, numbers: Numbers) -> list[Xml]:
    columns = sheet.columns
    held: dict[tuple[int, int], list[Shaped]] = {}
    for shape in shapes(page, sheet, number):
        held.setdefault((shape.cell.row, shape.cell.lane), []).append(shape)

    def drawing(at: int, lane: int) -> Xml:
        here = held.get((at, lane), ())
        runs = "".join(f"<w:r>{anchored(shape, numbers.next())}</w:r>" for shape in here)
        spacing = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        return Xml(f'<w:p><w:pPr>{spacing}<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr>{runs}</w:p>')

    rows: list[Xml] = []
    if page.above:
        rows.append(_strip(columns, page.above, _told(page, False, number), drawing(0, 0)))
    for slab in page.slabs:
        at = len(rows)
        lanes = [drawing(at, lane) for lane in range(len(columns.lanes))]
        rows.append(_slab(columns, flow.table.columns, slab, lanes))
    if page.below:
        rows.append(_strip(columns, page.below, _told(page, True, number), drawing(len(rows), 0)))
    return rows


def _slab(columns: Columns, own: Sequence[FormColumn], slab: Slab, lanes: Sequence[Xml]) -> Xml:
    top = 0.0 if slab.whole else INSET[1]
    texts = [
        cell(
            width,
            lines(text, columns.text, "center" if column.middle else "left", room=width - 6, before=top),
            merge=("continue", "")[deep] if deep < 2 else "restart",
            middle=slab.whole,
        )
        for width, text, column, deep in zip(columns.widths, slab.texts, own, slab.depths, strict=True)
    ]
    drawn = [
        cell(width, body, middle=False, margins=(0, 0))
        for width, body in zip(columns.lanes, lanes, strict=True)
    ]
    return row([*texts[:BEFORE], *drawn, *texts[BEFORE:]], slab.height)


def _told(page: Page, below: bool, number: int) -> str:
    return strip_words([one for one in page.figure.connectors if one.below == below], number)


def _strip(columns: Columns, height: float, text: str, body: Xml) -> Xml:
    widths = columns.widths
    told = paragraph(said(text), TOLD, italic=True)
    return row(
        [
            cell(sum(widths[:BEFORE]), told, span=BEFORE),
            cell(sum(columns.lanes), body, span=len(columns.lanes), middle=False, margins=(0, 0)),
            cell(sum(widths[BEFORE:]), blank(2), span=len(widths) - BEFORE),
        ],
        height,
    )
