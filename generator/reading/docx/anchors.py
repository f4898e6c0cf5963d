"""What is anchored in a paragraph of Word → where on the page it stands, drawn into the page's sketch."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from msgspec import Struct

from generator.reading.docx.paragraphs import paragraph
from generator.reading.docx.styles import Styles
from generator.reading.office.drawingml import EMU, draw
from generator.reading.office.parts import chosen, number
from generator.reading.office.sketch import Sketch, Writing
from generator.reading.office.vml import draw_vml, length, style_of
from generator.reading.seen import Box, Point

_SIDES = {
    "left": "left",
    "start": "left",
    "both": "left",
    "center": "center",
    "right": "right",
    "end": "right",
}
_ENDS = {"t": "top", "top": "top", "ctr": "middle", "middle": "middle", "b": "bottom", "bottom": "bottom"}


class Spot(Struct, frozen=True):
    """Where a paragraph stands: its column and top; the cell that it is in, if any; its page with margins."""

    column: Box
    top: float
    cell: Box | None
    paper: Box
    margins: Box


def inline_height(drawn: Sequence[Element]) -> float:
    """How much room what stands in the line of a paragraph takes."""
    return max((_size(one)[1] for one in drawn if _is_inline(one)), default=0.0)


def put_down(drawn: Sequence[Element], spot: Spot, sketch: Sketch, styles: Styles) -> None:
    """Draw what is anchored in one paragraph."""
    x = spot.column.left
    for one in drawn:
        if one.tag == "drawing":
            for holder in chosen(one):
                if holder.tag == "anchor":
                    _drawing(holder, _anchored(holder, spot), sketch, styles)
                elif holder.tag == "inline":
                    wide, high = _extent(holder)
                    _drawing(holder, Box(x, spot.top, x + wide, spot.top + high), sketch, styles)
                    x += wide
        else:
            wide = _size(one)[0] if _is_inline(one) else 0.0
            _vml(one, spot, x, sketch, styles)
            x += wide


def worded(element: Element, styles: Styles) -> Writing:
    """The text of a shape."""
    holders = [h for tag in ("txbx", "textbox") for h in element.iterfind(f"{tag}/txbxContent")]
    found = [paragraph(p, styles) for holder in holders for p in holder.iter("p")]
    said = [p for p in found if p.words]
    if not said:
        return Writing()
    body = element.find("bodyPr")
    body = body if body is not None else Element("bodyPr")
    down = body.get("anchor") or style_of(element).get("v-text-anchor", "top")
    return Writing(
        "\n".join(p.words for p in said),
        said[0].style.size,
        _SIDES.get(said[0].style.side, "left"),
        _ENDS.get(down, "top"),
        said[0].style.bold,
        (number(body.get("lIns"), 7.2 * EMU) / EMU, number(body.get("tIns"), 3.6 * EMU) / EMU),
    )


def _drawing(holder: Element, box: Box, sketch: Sketch, styles: Styles) -> None:
    named = holder.find("docPr")
    if named is not None and named.get("hidden") in ("1", "true"):
        return
    for data in holder.iterfind("graphic/graphicData"):
        for shape in chosen(data):
            if shape.tag in ("wsp", "wgp", "wpc", "pic", "cxnSp", "sp", "grpSp", "lockedCanvas"):
                draw(shape, box, sketch, lambda element: worded(element, styles), named)
            else:
                said = named.get("descr") or named.get("name") or "" if named is not None else ""
                sketch.picture(box, said or "objek")


def _extent(holder: Element) -> tuple[float, float]:
    extent = holder.find("extent")
    if extent is None:
        return 0.0, 0.0
    return number(extent.get("cx")) / EMU, number(extent.get("cy")) / EMU


def _anchored(holder: Element, spot: Spot) -> Box:
    """The box of a floating drawing."""
    wide, high = _extent(holder)
    simple = holder.find("simplePos")
    if holder.get("simplePos") in ("1", "true") and simple is not None:
        x, y = number(simple.get("x")) / EMU, spot.paper.top + number(simple.get("y")) / EMU
        return Box(x, y, x + wide, y + high)
    parts = {child.tag: child for child in chosen(holder)}
    within = spot.cell is not None and holder.get("layoutInCell", "1") not in ("0", "false")
    x = _along(parts.get("positionH"), spot, wide, within, upright=False)
    y = _along(parts.get("positionV"), spot, high, within, upright=True)
    return Box(x, y, x + wide, y + high)


def _along(position: Element | None, spot: Spot, size: float, within: bool, upright: bool) -> float:
    """Where a drawing begins across or down."""
    relative = position.get("relativeFrom", "") if position is not None else ""
    start, end = _room(relative, spot, within, upright)
    offset = position.find("posOffset") if position is not None else None
    aligned = position.find("align") if position is not None else None
    if offset is not None:
        return start + number((offset.text or "").strip()) / EMU
    if aligned is not None and (aligned.text or "").strip() in ("center", "right", "bottom", "outside"):
        rest = end - start - size
        return start + (rest / 2 if (aligned.text or "").strip() == "center" else rest)
    return start


def _room(relative: str, spot: Spot, within: bool, upright: bool) -> tuple[float, float]:
    """Start and end of what a position counts from. In a cell, what counts from the page counts from it."""
    if upright:
        if relative in ("paragraph", "line", ""):
            return spot.top, spot.top
        box = spot.paper if relative in ("page", "topMargin") else spot.margins
        box = spot.cell if within and spot.cell is not None else box
        return box.top, box.bottom
    if relative in ("column", "character", ""):
        return spot.column.left, spot.column.right
    box = spot.paper if relative in ("page", "leftMargin", "insideMargin") else spot.margins
    if relative in ("rightMargin", "outsideMargin"):
        return spot.margins.right, spot.paper.right
    box = spot.cell if within and spot.cell is not None else box
    return box.left, box.right


def _vml(holder: Element, spot: Spot, x: float, sketch: Sketch, styles: Styles) -> None:
    for shape in chosen(holder):
        if shape.tag == "OLEObject":
            continue
        style = style_of(shape)
        if holder.tag == "object":
            box = Box(
                x, spot.top, x + length(style.get("width", "")), spot.top + length(style.get("height", ""))
            )
            if box.width and box.height:
                sketch.picture(box, shape.get("alt", "") or "objek sisipan")
            continue
        corner = (x, spot.top) if _is_inline(holder) else _corner(style, spot)
        draw_vml(shape, corner, sketch, lambda element: worded(element, styles))


def _corner(style: dict[str, str], spot: Spot) -> Point:
    """What the place of a floating VML shape counts from."""
    across = style.get("mso-position-horizontal-relative", "text")
    down = style.get("mso-position-vertical-relative", "text")
    left = {"page": spot.paper.left, "margin": spot.margins.left}.get(across, spot.column.left)
    top = {"page": spot.paper.top, "margin": spot.margins.top}.get(down, spot.top)
    return left, top


def _is_inline(one: Element) -> bool:
    """Whether something stands in the line as a letter does."""
    if one.tag == "drawing":
        return one.find("inline") is not None
    shapes = [shape for shape in one if shape.get("style") is not None]
    return bool(shapes) and all(style_of(s).get("position", "static") == "static" for s in shapes)


def _size(one: Element) -> tuple[float, float]:
    if one.tag == "drawing":
        holder = one.find("inline")
        return _extent(holder) if holder is not None else (0.0, 0.0)
    sizes = [style_of(shape) for shape in one if shape.get("style") is not None]
    return (
        max((length(s.get("width", "")) for s in sizes), default=0.0),
        max((length(s.get("height", "")) for s in sizes), default=0.0),
    )
