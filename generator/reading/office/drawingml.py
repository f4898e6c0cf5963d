"""Shapes of DrawingML (Word's ``wps``, Excel's ``xdr``) → outlines, strokes, texts and pictures of a page."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from msgspec import Struct

from generator.reading.office.freeform import forms
from generator.reading.office.parts import chosen, number, path
from generator.reading.office.plane import SAME, Matrix, around, at, moved, put, scaled, then
from generator.reading.office.presets import Form, preset
from generator.reading.office.sketch import Look, Sketch, Writing
from generator.reading.seen import Box, Point

EMU = 12_700.0
"""Office units in a point."""

Worded = Callable[[Element], Writing]
"""The text of a shape, which Word and Excel write in their own ways."""

_GROUPS = ("grpSp", "wgp", "wpc", "lockedCanvas", "wpg")
_SHAPES = ("sp", "wsp", "cxnSp")
_LEFT_OUT = {"graphicFrame": "bagan", "contentPart": "tulisan tangan", "oleObject": "objek lain"}


class _Frame(Struct, frozen=True):
    """A shape's place: corner and size in the units around it, its turn and its flips."""

    corner: Point
    size: tuple[float, float]
    degrees: float = 0.0
    flips: tuple[bool, bool] = (False, False)


def draw(element: Element, box: Box, sketch: Sketch, worded: Worded, called: Element | None = None) -> None:
    """One shape or group whose file says that its box on the page is this one; ``called``: what names it
    where it does not name itself."""
    if called is not None and _properties(element) is None:
        element.insert(0, called)
        called.tag = "cNvPr"
    frame = _frame(element)
    given = _Frame(
        (box.left, box.top),
        (box.width, box.height),
        frame.degrees if frame else 0.0,
        frame.flips if frame else (False, False),
    )
    _draw(element, given, SAME, sketch, worded)


def _draw(element: Element, frame: _Frame | None, outer: Matrix, sketch: Sketch, worded: Worded) -> None:
    """A shape or group in a frame that ``outer`` maps onto the page."""
    if element.tag in _GROUPS:
        _group(element, frame, outer, sketch, worded)
    elif frame is None:
        return
    elif element.tag in _SHAPES:
        _shape(element, frame, outer, sketch, worded)
    elif element.tag == "pic" or element.tag in _LEFT_OUT:
        whole = _on_page(frame, outer)
        corners = [at(whole, p) for p in ((0.0, 0.0), frame.size, (frame.size[0], 0.0), (0.0, frame.size[1]))]
        own = _properties(element)
        said = own.get("descr") or own.get("name") or "" if own is not None else ""
        sketch.picture(around(corners), said or _LEFT_OUT.get(element.tag, ""))


def _on_page(frame: _Frame, outer: Matrix) -> Matrix:
    return then(put(frame.size, frame.corner, frame.degrees, frame.flips), outer)


def _group(element: Element, frame: _Frame | None, outer: Matrix, sketch: Sketch, worded: Worded) -> None:
    if frame is None:
        return
    xfrm = path(element, "grpSpPr", "xfrm")
    corner, size = _pair(path(xfrm, "chOff"), "x", "y"), _pair(path(xfrm, "chExt"), "cx", "cy")
    usual = 1 / EMU if outer == SAME else 1.0
    across = frame.size[0] / size[0] if size[0] else usual
    down = frame.size[1] / size[1] if size[1] else usual
    if element.tag == "wpc":  # a canvas counts in office units from its corner
        corner, across, down = (0.0, 0.0), usual, usual
    inner = then(moved(-corner[0], -corner[1]), scaled(across, down), _on_page(frame, outer))
    for child in chosen(element):
        _draw(child, _frame(child), inner, sketch, worded)


def _shape(element: Element, frame: _Frame, outer: Matrix, sketch: Sketch, worded: Worded) -> None:
    look, writing = _look(element), worded(element)
    whole = _on_page(frame, outer)
    for form in _forms(element, *frame.size):
        points = tuple(at(whole, point) for point in form.points)
        sketch.add(Form(points, form.closed, form.curved, form.heads), look, writing)
        writing = Writing()  # the words of a shape of several paths are said once


def _forms(element: Element, width: float, height: float) -> list[Form]:
    properties = element.find("spPr")
    named = path(properties, "prstGeom")
    if named is not None:
        adjust = {
            guide.get("name", ""): number(guide.get("fmla", "").removeprefix("val "), 50_000)
            for guide in named.iterfind("avLst/gd")
        }
        return [preset(named.get("prst", ""), width, height, adjust)]
    own = path(properties, "custGeom")
    if own is not None:
        return forms(own, width, height)
    return [preset("line" if element.tag == "cxnSp" else "rect", width, height, {})]


def _frame(element: Element) -> _Frame | None:
    xfrm = path(element, "xfrm")
    for holder in ("spPr", "grpSpPr"):
        xfrm = xfrm if xfrm is not None else path(element, holder, "xfrm")
    if xfrm is None:
        return None
    return _Frame(
        _pair(xfrm.find("off"), "x", "y"),
        _pair(xfrm.find("ext"), "cx", "cy"),
        number(xfrm.get("rot")) / 60_000,
        (_yes(xfrm.get("flipH")), _yes(xfrm.get("flipV"))),
    )


def quarter_turned(element: Element) -> bool:
    """Whether a shape stands on its side, so that Excel gives the box of what is seen, not of the shape."""
    frame = _frame(element)
    return frame is not None and 45 <= frame.degrees % 180 < 135


def _pair(element: Element | None, x: str, y: str) -> tuple[float, float]:
    return (number(element.get(x)), number(element.get(y))) if element is not None else (0.0, 0.0)


def _yes(text: str | None) -> bool:
    return text in ("1", "true")


def _properties(element: Element) -> Element | None:
    """Where a shape's id and name stand."""
    own = element.find("cNvPr")
    if own is not None:
        return own
    for child in element:
        if child.tag.startswith("nv"):
            return child.find("cNvPr")
    return None


def _ties(element: Element) -> tuple[str, str]:
    """Ids of the shapes that a connector is glued to."""
    for tag in ("cNvCnPr", "nvCxnSpPr/cNvCxnSpPr", "cNvCxnSpPr"):
        own = element.find(tag)
        if own is not None:
            ends = (path(own, "stCxn"), path(own, "endCxn"))
            return (
                ends[0].get("id", "") if ends[0] is not None else "",
                ends[1].get("id", "") if ends[1] is not None else "",
            )
    return "", ""


def _look(element: Element) -> Look:
    own, properties, style = _properties(element), element.find("spPr"), element.find("style")
    line = path(properties, "ln")
    named = path(properties, "prstGeom")
    fill = _fill(properties, style)
    kind = element.find("nvSpPr/cNvSpPr")
    kind = kind if kind is not None else element.find("cNvSpPr")
    dash = path(line, "prstDash")
    return Look(
        id=own.get("id", "") if own is not None else "",
        name=own.get("name", "") if own is not None else "",
        description=own.get("descr", "") if own is not None else "",
        shape=named.get("prst", "") if named is not None else "",
        stroked=_stroked(line, style),
        filled=bool(fill),
        white=fill == "white",
        dashed=dash is not None and dash.get("val", "solid") != "solid",
        width=number(line.get("w"), 12_700) / EMU if line is not None else 1.0,
        heads=(_has_head(path(line, "headEnd")), _has_head(path(line, "tailEnd"))),
        ends=_ties(element),
        text_box=kind is not None and _yes(kind.get("txBox")),
        hidden=own is not None and _yes(own.get("hidden")),
    )


def _has_head(end: Element | None) -> bool:
    return end is not None and end.get("type", "none") != "none"


def _stroked(line: Element | None, style: Element | None) -> bool:
    """Whether a shape has an edge; what says nothing of it is seen as its program draws it: with one."""
    if line is not None and line.find("noFill") is not None:
        return False
    if line is not None and len(line):
        return True
    tied = path(style, "lnRef")
    return tied is None or tied.get("idx", "1") != "0"


def _fill(properties: Element | None, style: Element | None) -> str:
    """ "white", "colour" or nothing."""
    if properties is None or properties.find("noFill") is not None:
        return ""
    solid = properties.find("solidFill")
    if solid is not None:
        said = {child.get("val", "").casefold() for child in solid}
        return "white" if said & {"ffffff", "white", "bg1", "lt1", "window"} else "colour"
    if any(properties.find(tag) is not None for tag in ("gradFill", "pattFill", "blipFill")):
        return "colour"
    tied = path(style, "fillRef")
    return "colour" if tied is not None and tied.get("idx", "0") != "0" else ""
