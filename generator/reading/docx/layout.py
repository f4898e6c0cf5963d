"""The body of a Word document → pages: cells, texts and drawings where Word would put them, near enough.

Word does not say how high its rows are and where its pages end. So all lengths down a page are reckoned, in
the right order: what is anchored in a row lies in that row, what is drawn over a table lies over the rows
that it was drawn over as far as texts are as high as they are reckoned."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from generator.reading.docx.anchors import Spot, put_down
from generator.reading.docx.paragraphs import paragraph, wide_as
from generator.reading.docx.styles import Styles
from generator.reading.docx.tables import Cell, Laid, laid, stands
from generator.reading.office.parts import chosen, number, path
from generator.reading.office.sketch import Sketch
from generator.reading.seen import Box, Page, Text
from generator.reading.seen import Cell as SeenCell

MOST_PAGES = 400
_GAP = 4.0
"""Tables that follow one another without a line between them stay two tables."""


class Layout:
    """Pages as they are filled from the top."""

    def __init__(self, styles: Styles, trust: bool) -> None:
        self.styles, self.trust = styles, trust
        self.pages: list[Page] = []
        self.tables = 0
        self.paper, self.margins = Box(0, 0, 595, 842), Box(72, 72, 523, 770)
        self._begin()

    def _begin(self) -> None:
        self.place = f"halaman {len(self.pages) + 1}"
        self.cells: list[SeenCell] = []
        self.texts: list[Text] = []
        self.sketch = Sketch(self.place)
        self.y = self.margins.top

    def end_page(self) -> None:
        """Put the page away, if anything stands on it."""
        sketch = self.sketch
        if self.cells or self.texts or sketch.outlines or sketch.strokes or sketch.texts or sketch.pictures:
            self.pages.append(
                Page(
                    name=self.place,
                    width=self.paper.width,
                    height=max(self.paper.height, self.y + self.paper.bottom - self.margins.bottom),
                    texts=(*self.texts, *sketch.texts),
                    cells=tuple(self.cells),
                    outlines=tuple(sketch.outlines),
                    strokes=tuple(sketch.strokes),
                    heads=tuple(sketch.heads),
                    pictures=tuple(sketch.pictures),
                )
            )
        self._begin()

    def body(self, element: Element) -> None:
        """All that stands in a body, one thing after another."""
        things = list(_things(element))
        sections = [found for thing in things if (found := _section(thing)) is not None]
        number_of = 0
        if sections:
            self._section(sections[0])
        for thing in things:
            if len(self.pages) >= MOST_PAGES:
                return
            if thing.tag == "tbl":
                self.table(laid(thing, self.styles, self.trust))
            elif thing.tag == "p":
                self.paragraph(thing)
                if thing.find("pPr/sectPr") is not None:
                    number_of += 1
                    if number_of < len(sections):
                        self._next_section(sections[number_of])
        self.end_page()

    def _next_section(self, section: Element) -> None:
        kind = section.find("type")
        if kind is None or kind.get("val", "nextPage") != "continuous":
            self.end_page()
        self._section(section)
        self.y = max(self.y, self.margins.top)

    def _section(self, section: Element) -> None:
        size, margins = section.find("pgSz"), section.find("pgMar")

        def said(holder: Element | None, key: str, otherwise: float) -> float:
            value = number(holder.get(key), otherwise * 20) / 20 if holder is not None else otherwise
            return min(abs(value), 3_000.0)

        wide, high = said(size, "w", 595) or 595, said(size, "h", 842) or 842
        self.paper = Box(0.0, 0.0, wide, high)
        left, top = said(margins, "left", 72), said(margins, "top", 72)
        right, bottom = wide - said(margins, "right", 72), high - said(margins, "bottom", 72)
        self.margins = Box(left, top, max(right, left + 50), max(bottom, top + 50))
        if not self.cells and not self.texts:
            self.y = self.margins.top

    def paragraph(self, element: Element) -> None:
        """A paragraph of the body."""
        found = paragraph(element, self.styles)
        if found.style.page_break and (self.cells or self.texts):
            self.end_page()
        room = self.margins.width
        high = stands(found, room)
        put_down(found.drawn, self._spot(self.margins, self.y, None), self.sketch, self.styles)
        if found.words:
            wide = min(max(wide_as(line, found.style) for line in found.words.split("\n")), room)
            left = self.margins.left + found.style.left
            if found.style.side in ("center", "right", "end"):
                rest = room - wide
                left = self.margins.left + (rest / 2 if found.style.side == "center" else rest)
            top = self.y + found.style.before
            box = Box(left, top, left + wide, max(self.y + high - found.style.after, top + 1))
            self.texts.append(Text(found.words, box, found.style.size, found.style.bold, place=self.place))
        self.y += high
        for _ in range(min(found.page_breaks, 1)):
            self.end_page()

    def _spot(self, column: Box, top: float, cell: Box | None) -> Spot:
        return Spot(column, top, cell, self.paper, self.margins)

    def table(self, table: Laid) -> None:
        """A table of the body."""
        self.tables += 1
        wide = table.xs[-1]
        left = self.margins.left + table.indent
        if table.side in ("center", "right", "end"):
            rest = self.margins.width - wide
            left = self.margins.left + (rest / 2 if table.side == "center" else rest)
        if self.cells:
            self.y = max(self.y, max(cell.box.bottom for cell in self.cells[-50:]) + _GAP)
        top = self.y
        for cell in table.cells:
            last = min(cell.row + cell.down, len(table.ys) - 1)
            box = Box(
                left + table.xs[cell.column],
                top + table.ys[cell.row],
                left + table.xs[cell.column + cell.across],
                top + table.ys[last],
            )
            place = f"tabel {self.tables} baris {cell.row + 1} kolom {cell.column + 1}"
            bold = any(p.style.bold for p in cell.paragraphs if p.words)
            self.cells.append(SeenCell(box, cell.text, place, bold))
            if any(p.drawn for p in cell.paragraphs):
                self._in_cell(cell, box)
        self.y = top + table.ys[-1]

    def _in_cell(self, cell: Cell, box: Box) -> None:
        """Draw what is anchored in a cell."""
        left, top, right, bottom = cell.margins
        column = Box(box.left + left, box.top + top, box.right - right, box.bottom - bottom)
        sizes = [stands(p, column.width) for p in cell.paragraphs]
        rest = max(column.height - sum(sizes), 0.0)
        y = column.top + {"center": rest / 2, "bottom": rest}.get(cell.middle, 0.0)
        for one, high in zip(cell.paragraphs, sizes, strict=True):
            put_down(one.drawn, self._spot(column, y, box), self.sketch, self.styles)
            y += high


def _things(element: Element) -> Iterator[Element]:
    for child in chosen(element):
        if child.tag in ("p", "tbl", "sectPr"):
            yield child
        elif child.tag in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _things(child)


def _section(thing: Element) -> Element | None:
    if thing.tag == "sectPr":
        return thing
    return path(thing, "pPr", "sectPr") if thing.tag == "p" else None
