"""A table of Word → its cells with widths from the file and heights as given or reckoned from their texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from msgspec import Struct, field

from generator.reading.docx.anchors import inline_height
from generator.reading.docx.paragraphs import Paragraph, height, paragraph, wide_as
from generator.reading.docx.styles import Styles
from generator.reading.office.parts import chosen, number, path

MOST_CELLS = 40_000
"""So many cells of tables are looked at in a file."""
_MARGIN = 5.4
_LEAST = 9.0


class Cell(Struct):
    """One cell: first column and row, how many it covers, and its paragraphs (or tables in it, as lines)."""

    column: int
    row: int
    across: int
    down: int = 1
    paragraphs: list[Paragraph] = field(default_factory=list)
    margins: tuple[float, float, float, float] = (_MARGIN, 0.0, _MARGIN, 0.0)
    """Left, top, right, bottom."""
    middle: str = "top"
    turned: bool = False

    @property
    def text(self) -> str:
        return "\n".join(p.words for p in self.paragraphs).strip("\n")


class Laid(Struct, frozen=True):
    """A table: edges of columns and rows from its corner, and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]
    indent: float
    side: str


def laid(element: Element, styles: Styles, trust: bool) -> Laid:
    """A table laid out. ``trust``: the heights that it gives are those of the page, not the least ones."""
    margins = _margins(path(element, "tblPr", "tblCellMar"), (_MARGIN, 0.0, _MARGIN, 0.0))
    cells: list[Cell] = []
    sizes: list[tuple[float, str]] = []
    open_: dict[int, Cell] = {}
    told: dict[int, float] = {}
    for row in _rows(element):
        number_of = len(sizes)
        sizes.append(_row_size(row))
        column = _skipped(row)
        for one in _cells(row):
            cell = _cell(one, column, number_of, margins, styles)
            merge = path(one, "tcPr", "vMerge")
            going = open_.get(column) if merge is not None and merge.get("val") != "restart" else None
            if going is not None and going.across == cell.across:
                going.down += 1
                going.paragraphs += [p for p in cell.paragraphs if p.words or p.drawn]
            else:
                cells.append(cell)
                going = cell
            open_[column] = going
            if cell.across == 1 and (wide := _width(one)):
                told.setdefault(column, wide)
            column += cell.across
        if len(cells) > MOST_CELLS:
            break
    xs = _edges(element, max((c.column + c.across for c in cells), default=0), told)
    ys = _heights(cells, sizes, xs, trust)
    indent = path(element, "tblPr", "tblInd")
    floating = path(element, "tblPr", "tblpPr")
    at = floating.get("tblpX") if floating is not None else None
    aligned = path(element, "tblPr", "jc")
    return Laid(
        xs,
        ys,
        tuple(cells),
        number(at) / 20 if at else number(indent.get("w")) / 20 if indent is not None else 0.0,
        aligned.get("val", "left") if aligned is not None else "left",
    )


def _rows(element: Element) -> Iterator[Element]:
    for child in chosen(element):
        if child.tag == "tr" and path(child, "trPr", "del") is None:
            yield child
        elif child.tag in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in chosen(row):
        if child.tag == "tc":
            yield child
        elif child.tag in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _cells(child)


def _skipped(row: Element) -> int:
    before = path(row, "trPr", "gridBefore")
    return min(int(number(before.get("val"))), 63) if before is not None else 0


def _cell(
    element: Element, column: int, row: int, margins: tuple[float, float, float, float], styles: Styles
) -> Cell:
    own = element.find("tcPr")
    span, middle, turned = path(own, "gridSpan"), path(own, "vAlign"), path(own, "textDirection")
    return Cell(
        column,
        row,
        min(max(int(number(span.get("val"), 1)), 1), 63) if span is not None else 1,
        paragraphs=list(paragraphs_in(element, styles)),
        margins=_margins(path(own, "tcMar"), margins),
        middle=middle.get("val", "top") if middle is not None else "top",
        turned=turned is not None and turned.get("val", "lrTb") not in ("lrTb", "lrTbV"),
    )


def paragraphs_in(element: Element, styles: Styles) -> Iterator[Paragraph]:
    """The paragraphs of a cell; a row of a table in it is a line."""
    for child in chosen(element):
        if child.tag == "p":
            yield paragraph(child, styles)
        elif child.tag == "tbl":
            for row in _rows(child):
                inner = [list(paragraphs_in(cell, styles)) for cell in _cells(row)]
                first = next((p for some in inner for p in some), None)
                if first is None:
                    continue
                said = " ".join(" ".join(p.words for p in some if p.words) for some in inner)
                drawn = tuple(d for some in inner for p in some for d in p.drawn)
                yield Paragraph(said, first.style, drawn)
        elif child.tag in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from paragraphs_in(child, styles)


def _margins(
    element: Element | None, otherwise: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    found = list(otherwise)
    for n, names in enumerate((("left", "start"), ("top",), ("right", "end"), ("bottom",))):
        for name in names:
            side = path(element, name)
            if side is not None:
                found[n] = min(max(number(side.get("w")) / 20, 0.0), 100.0)
    return (found[0], found[1], found[2], found[3])


def _width(cell: Element) -> float:
    wide = path(cell, "tcPr", "tcW")
    if wide is None or wide.get("type", "dxa") != "dxa":
        return 0.0
    return min(max(number(wide.get("w")) / 20, 0.0), 5_000.0)


def _edges(element: Element, count: int, told: dict[int, float]) -> tuple[float, ...]:
    """Edges of columns: as wide as their cells say, or else their columns."""
    grid = [number(c.get("w")) / 20 for c in element.iterfind("tblGrid/gridCol")]
    at, found = 0.0, [0.0]
    for n in range(count):
        at += told.get(n) or (grid[n] if n < len(grid) and 0 < grid[n] < 5_000 else 40.0)
        found.append(at)
    return tuple(found)


def _row_size(row: Element) -> tuple[float, str]:
    """The height that a row gives, and how: "exact", "atLeast" or nothing."""
    said = path(row, "trPr", "trHeight")
    if said is None:
        return 0.0, ""
    size = min(max(number(said.get("val")) / 20, 0.0), 3_000.0)
    return size, said.get("hRule", "atLeast") if size else ""


def _heights(
    cells: Sequence[Cell], sizes: Sequence[tuple[float, str]], xs: Sequence[float], trust: bool
) -> tuple[float, ...]:
    """Edges of rows: as high as they say, or as their highest cell needs; of a cell over several rows the
    last one gives room."""
    high = [size for size, _ in sizes]
    fixed = [rule == "exact" or (trust and size > 0) for size, rule in sizes]
    for cell in sorted(cells, key=lambda c: c.row + c.down):
        last = min(cell.row + cell.down, len(high)) - 1
        if fixed[last]:
            continue
        missing = content_height(cell, xs) - sum(high[cell.row : last + 1])
        high[last] += max(missing, 0.0)
    at, found = 0.0, [0.0]
    for size in high:
        at += max(size, 1.0 if fixed else _LEAST)
        found.append(at)
    return tuple(found)


def content_height(cell: Cell, xs: Sequence[float]) -> float:
    """About how high what stands in a cell is."""
    left, top, right, bottom = cell.margins
    width = xs[cell.column + cell.across] - xs[cell.column] - left - right
    if cell.turned:
        return max((wide_as(p.words, p.style) for p in cell.paragraphs), default=0.0) + 4.0
    return top + bottom + sum(stands(p, width) for p in cell.paragraphs)


def stands(found: Paragraph, width: float) -> float:
    """How high a paragraph is with what stands in its line."""
    return max(height(found, width), inline_height(found.drawn))
