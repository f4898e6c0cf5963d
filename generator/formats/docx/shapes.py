"""Symbols, lines, labels and connectors of a page → DrawingML shapes, each anchored in its cell.

A symbol, a connector or the words of a branch is anchored in the cell that holds its upper left corner;
so is a line. Offsets count from the cell's left edge and the top of its paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from generator.figure.figure import Connector, Line, Symbol, Words
from generator.figure.lattice import LEADING
from generator.figure.outline import At
from generator.figure.paper.sheet import Page, Sheet
from generator.flow.drawing import Side
from generator.form.symbols import SYMBOLS, Polygon, Rectangle, Shape
from generator.formats.docx import vml
from generator.formats.docx.xml import NONE, Xml, joined, words

EMU = 12700
"""English metric units in a point."""
_FLOW_LINE, _SHAPE_LINE = 1.1, 0.9
_BARE = Xml('<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>')
_SMALL = 6.5


class ActorCell(Struct, frozen=True):
    """A cell of the table: its row on the page (strips counted) and its lane, and where it begins."""

    row: int
    lane: int
    left: float
    top: float


class Plain(Struct, frozen=True):
    """What the copy of a shape in VML is: a ``rect`` or ``oval``, or lines through corners (points, from its
    upper left corner); the width of its line, and whether it ends in an arrow head and is dashed."""

    kind: str = "rect"
    corners: tuple[At, ...] = ()
    line: float = 0.0
    head: bool = False
    dashed: bool = False


class Shaped(Struct, frozen=True):
    """A shape: the cell that it is anchored in, its place in it and its size (EMU), its name, what it says
    in words, its look and its text."""

    cell: ActorCell
    at: tuple[int, int]
    size: tuple[int, int]
    name: str
    words: str
    look: Xml
    text: Xml
    turned: bool = False
    plain: Plain = Plain()


class ActorCells:
    """The grid of one page: which cell a point lies in."""

    def __init__(self, page: Page, sheet: Sheet) -> None:
        self.tops = [0.0] if page.above else []
        self.tops += [slab.top for slab in page.slabs]
        if page.below:
            self.tops.append(page.height - page.below)
        lanes = sheet.columns.lanes
        self.lefts = [sum(lanes[:lane]) for lane in range(len(lanes))]
        self.strips = {0} if page.above else set()
        if page.below:
            self.strips.add(len(self.tops) - 1)

    def at(self, x: float, y: float) -> ActorCell:
        """The cell that holds a point; in a strip all lanes are one cell."""
        row = max((i for i, top in enumerate(self.tops) if top <= y + 0.01), default=0)
        lane = max((i for i, left in enumerate(self.lefts) if left <= x + 0.01), default=0)
        if row in self.strips:
            lane = 0
        return ActorCell(row, lane, self.lefts[lane], self.tops[row])


def shapes(page: Page, sheet: Sheet, number: int) -> Iterator[Shaped]:
    """All shapes of the page of this number, lines first, so that symbols lie over them."""
    cells, figure = ActorCells(page, sheet), page.figure
    for line in figure.lines:
        yield _line(line, cells, figure.em)
    for connector in figure.connectors:
        yield from _connector(connector, cells, number)
    for symbol in figure.symbols:
        if symbol.loose:
            continue
        text = _text(symbol.lines, figure.letters, "center") if symbol.lines else NONE
        match symbol.outline:
            case Rectangle():
                yield _symbol(symbol, cells, text)
            case Polygon():
                yield _symbol(symbol, cells, NONE)
                if symbol.lines:
                    yield _words_over(symbol, cells, len(symbol.lines) * figure.leading + 2, text)
            case outline:
                assert_never(outline)
    for label in figure.words:
        yield _label(label, cells, figure.letters)


def _connector(connector: Connector, cells: ActorCells, number: int) -> Iterator[Shaped]:
    drawn, (x, y), high = connector.symbol, connector.symbol.centre, connector.half[1]
    told = f"{drawn.node}: {connector.words(number)}"
    yield _symbol(replace(drawn, words=told), cells, NONE)
    if connector.letter:
        size = 1.25 * high
        away = 0.35 * high * (1 if connector.up else -1)
        letter = _text((connector.letter,), size, "center")
        yield _words_over(replace(drawn, centre=(x, y + away)), cells, size * LEADING + 1, letter)


def _symbol(symbol: Symbol, cells: ActorCells, body: Xml) -> Shaped:
    (x, y), (w, h) = symbol.centre, symbol.half
    look = _preset(symbol.shape)
    shaped = _shape(cells, (x - w, y - h), (2 * w, 2 * h), symbol.node, symbol.words, look, body)
    match symbol.outline:
        case Rectangle(rounded=rounded):
            plain = Plain("oval" if rounded else "rect", line=_SHAPE_LINE)
        case Polygon() as polygon:
            corners = [(a - x + w, b - y + h) for a, b in symbol.corners(polygon)]
            plain = Plain("", (*corners, corners[0]), _SHAPE_LINE)
        case outline:
            assert_never(outline)
    return replace(shaped, turned=symbol.turned, plain=plain)


def _words_over(symbol: Symbol, cells: ActorCells, high: float, body: Xml) -> Shaped:
    """The words of a slanting symbol, in a box over it: inside it Word gives them only half of its width."""
    (x, y), (w, _) = symbol.centre, symbol.half
    return _shape(cells, (x - w, y - high / 2), (2 * w, high), f"Teks {symbol.node}", "", _BARE, body)


def _label(label: Words, cells: ActorCells, size: float) -> Shaped:
    right = label.anchor is Side.RIGHT
    left = label.left - (4 if right else 0)
    body = _text(label.lines, size, "right" if right else "left")
    box = (label.width + 4, label.height + 1)
    name = f"Label {label.source} > {label.target}"
    return _shape(cells, (left, label.top), box, name, " ".join(label.text.split()), _BARE, body)


def _line(line: Line, cells: ActorCells, em: float) -> Shaped:
    """A way as one free form with an arrow head at its end."""
    xs, ys = [x for x, _ in line.corners], [y for _, y in line.corners]
    left, top = min(xs), min(ys)
    width, height = max(xs) - left, max(ys) - top
    tags = ["moveTo", *["lnTo"] * (len(line.corners) - 1)]
    path = "".join(
        f'<a:{tag}><a:pt x="{_emu(x - left)}" y="{_emu(y - top)}"/></a:{tag}>'
        for tag, (x, y) in zip(tags, line.corners, strict=True)
    )
    size = "med" if em >= _SMALL else "sm"  # 6 or 4 points at this width of line
    head = f'<a:tailEnd type="triangle" w="{size}" len="{size}"/>' if line.head else ""
    dash = '<a:prstDash val="dash"/>' if line.dashed else ""
    look = Xml(
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{_emu(width)}" h="{_emu(height)}" '
        f'fill="none">{path}</a:path></a:pathLst></a:custGeom><a:noFill/><a:ln w="{_emu(_FLOW_LINE)}">'
        f'<a:solidFill><a:srgbClr val="000000"/></a:solidFill>{dash}<a:miter lim="800000"/>{head}</a:ln>'
    )
    kind = "Garis" if line.joint else "Panah"
    name = f"{kind} {line.source} > {line.target}"
    plain = Plain(
        "",
        tuple((x - left, y - top) for x, y in line.corners),
        _FLOW_LINE,
        line.head is not None,
        line.dashed,
    )
    return replace(_shape(cells, (left, top), (width, height), name, "", look, NONE), plain=plain)


@cache
def _preset(shape: Shape) -> Xml:
    return Xml(
        f'<a:prstGeom prst="{SYMBOLS[shape].preset}"><a:avLst/></a:prstGeom><a:noFill/>'
        f'<a:ln w="{_emu(_SHAPE_LINE)}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
    )


def _text(lines: Sequence[str], size: float, side: str) -> Xml:
    half_points = max(2, round(size * 2))
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{words(line)}</w:t>' for line in lines)
    return Xml(
        "<w:txbxContent><w:p><w:pPr>"
        f'<w:spacing w:before="0" w:after="0" w:line="{round(size * LEADING * 20)}" w:lineRule="exact"/>'
        f'<w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:rPr><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>{runs}</w:r>'
        "</w:p></w:txbxContent>"
    )


def _shape(cells: ActorCells, at: At, size: At, name: str, told: str, look: Xml, text: Xml) -> Shaped:
    cell = cells.at(*at)
    place = _emu(at[0] - cell.left), _emu(at[1] - cell.top)
    return Shaped(cell, place, (_emu(size[0]), _emu(size[1])), name, told, look, text)


def anchored(shape: Shaped, number: int) -> Xml:
    """The shape as a run's content; ``number`` is unique in the document."""
    (x, y), (width, height) = shape.at, shape.size
    told = f' descr="{words(shape.words)}"' if shape.words else ""
    text = f"<wps:txbx>{shape.text}</wps:txbx>" if shape.text else ""
    turned = ' flipV="1"' if shape.turned else ""
    return Xml(
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f'<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="{words(shape.name)}"{told}/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm{turned}><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm>{shape.look}</wps:spPr>{text}'
        '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/>'
        "</wps:bodyPr>"
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{_plain(shape, number)}</w:pict></mc:Fallback></mc:AlternateContent>"
    )


def _plain(shape: Shaped, number: int) -> Xml:
    (x, y), (w, h), plain = shape.at, shape.size, shape.plain
    left, top, told = x / EMU, y / EMU, shape.words
    at, size = (left, top), (w / EMU, h / EMU)
    if plain.kind:
        return vml.box(plain.kind, at, size, plain.line, told, shape.text, number)
    corners = [(left + a, top + b) for a, b in plain.corners]
    ways = vml.lines(corners, plain.line, plain.head, plain.dashed, told, number)
    return joined((ways, vml.said(at, size, shape.text, "", number))) if shape.text else ways


def _emu(points: float) -> int:
    return round(points * EMU)
