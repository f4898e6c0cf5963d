"""Shapes of VML (Word before 2010, and what other programs write for it) → the same as those of DrawingML."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from generator.reading.geometry import distance
from generator.reading.office.drawingml import Worded
from generator.reading.office.freeform import Pen
from generator.reading.office.parts import chosen, number
from generator.reading.office.plane import SAME, Matrix, around, at, moved, put, scaled, then
from generator.reading.office.presets import Form, preset
from generator.reading.office.sketch import Look, Sketch, Writing
from generator.reading.seen import Point

_TYPES = {
    1: "rect", 2: "roundRect", 3: "ellipse", 4: "diamond", 5: "triangle", 7: "parallelogram", 9: "hexagon",
    13: "rightArrow", 15: "homePlate", 20: "line", 32: "straightConnector1", 33: "bentConnector2",
    34: "bentConnector3", 35: "bentConnector4", 36: "bentConnector5", 37: "curvedConnector2",
    38: "curvedConnector3", 39: "curvedConnector4", 40: "curvedConnector5", 66: "leftArrow", 67: "downArrow",
    68: "upArrow", 69: "leftRightArrow", 70: "upDownArrow", 90: "bentUpArrow", 91: "bentArrow",
    109: "flowChartProcess", 110: "flowChartDecision", 111: "flowChartInputOutput",
    112: "flowChartPredefinedProcess", 114: "flowChartDocument", 116: "flowChartTerminator",
    117: "flowChartPreparation", 120: "flowChartConnector", 127: "flowChartExtract", 128: "flowChartMerge",
    176: "flowChartAlternateProcess", 177: "flowChartOffpageConnector", 202: "rect",
}  # fmt: skip
"""Names of the numbered kinds of shapes."""
_TAGS = {"rect": "rect", "roundrect": "roundRect", "oval": "ellipse", "line": "line", "image": "rect"}
_UNITS = {
    "pt": 1.0,
    "in": 72.0,
    "mm": 72 / 25.4,
    "cm": 72 / 2.54,
    "pc": 12.0,
    "px": 0.75,
    "pi": 12.0,
    "": 0.75,
}
_LENGTH = re.compile(r"\s*(-?(?:\d+\.?\d*|\.\d+))\s*(pt|in|mm|cm|pc|pi|px|)\s*")
_DRAWN = ("shape", "rect", "roundrect", "oval", "line", "polyline", "curve", "arc", "image")


def style_of(element: Element) -> dict[str, str]:
    """The style of a shape by its keys."""
    pairs = (pair.partition(":") for pair in element.get("style", "").split(";"))
    return {key.strip().casefold(): value.strip() for key, _, value in pairs}


def length(text: str, bare: float = 0.75) -> float:
    """A length in points; ``bare``: what a number without a unit counts."""
    hit = _LENGTH.fullmatch(text or "")
    return number(hit[1]) * (_UNITS[hit[2]] if hit[2] else bare) if hit else 0.0


def draw_vml(element: Element, corner: Point, sketch: Sketch, worded: Worded) -> None:
    """One shape or group; ``corner`` is the point on the page that its style counts from."""
    style = style_of(element)
    x = corner[0] + length(style.get("margin-left", "")) + length(style.get("left", ""))
    y = corner[1] + length(style.get("margin-top", "")) + length(style.get("top", ""))
    size = length(style.get("width", "")), length(style.get("height", ""))
    if element.tag in ("line", "polyline") and not any(size):
        _shape(element, corner, (0.0, 0.0), moved(*corner), 0.75, sketch, worded)
    else:
        _draw(element, (x, y), size, SAME, 0.75, sketch, worded)


def _draw(
    element: Element,
    corner: Point,
    size: tuple[float, float],
    outer: Matrix,
    bare: float,
    sketch: Sketch,
    worded: Worded,
) -> None:
    if element.tag == "group":
        style = style_of(element)
        origin, units = _two(element.get("coordorigin", "0,0"), 1.0), _two(element.get("coordsize", ""), 1.0)
        scale = (size[0] / (units[0] or 1_000.0), size[1] / (units[1] or 1_000.0))
        whole = then(put(size, corner, _degrees(style), _flips(style)), outer)
        inner = then(moved(-origin[0], -origin[1]), scaled(*scale), whole)
        for child in chosen(element):
            own = style_of(child)
            place = length(own.get("left", ""), 1.0), length(own.get("top", ""), 1.0)
            extent = length(own.get("width", ""), 1.0), length(own.get("height", ""), 1.0)
            _draw(child, place, extent, inner, 1.0, sketch, worded)
    elif element.tag in _DRAWN:
        style = style_of(element)
        whole = then(put(size, corner, _degrees(style), _flips(style)), outer)
        if element.tag in ("line", "polyline"):
            whole = outer
        _shape(element, corner, size, whole, bare, sketch, worded)


def _shape(
    element: Element,
    corner: Point,
    size: tuple[float, float],
    whole: Matrix,
    bare: float,
    sketch: Sketch,
    worded: Worded,
) -> None:
    kind = _kind(element)
    if element.find("imagedata") is not None:
        ends = [at(whole, p) for p in ((0.0, 0.0), size)]
        sketch.picture(around(ends), element.get("alt", "") or element.get("title", ""))
        return
    writing = worded(element)
    for form in _forms(element, kind, size, bare):
        points = tuple(at(whole, p) for p in form.points)
        form = Form(points, form.closed, form.curved, form.heads)
        sketch.add(form, _look(element, kind), writing)
        writing = Writing()


def _kind(element: Element) -> str:
    """The name of a shape's kind: by its tag, or by the number of its type."""
    if element.tag in _TAGS:
        return _TAGS[element.tag]
    hit = re.search(r"_t(\d{1,3})\b", element.get("type", ""))
    found = int(hit[1]) if hit else int(number(element.get("spt")))
    return _TYPES.get(found, "")


def _forms(element: Element, kind: str, size: tuple[float, float], bare: float) -> list[Form]:
    if element.tag == "line":
        start, end = _two(element.get("from", "0,0"), bare), _two(element.get("to", ""), bare)
        return [Form((start, end), closed=False)] if distance(start, end) else []
    if element.tag == "polyline":
        values = [length(v, bare) for v in re.split(r"[,\s]+", element.get("points", "").strip())][:4_000]
        points = tuple(zip(values[::2], values[1::2], strict=False))
        closed = len(points) > 3 and distance(points[0], points[-1]) < 0.5
        return [Form(points[:-1] if closed else points, closed)] if len(points) > 1 else []
    if element.get("path") and not kind:
        units = _two(element.get("coordsize", ""), 1.0)
        scale = (size[0] / (units[0] or 1_000.0), size[1] / (units[1] or 1_000.0))
        origin = _two(element.get("coordorigin", "0,0"), 1.0)
        return _own_path(element.get("path", ""), origin, scale)
    if element.tag == "roundrect":
        text = element.get("arcsize", "0.2")
        share = number(text.removesuffix("f")) / 65_536 if text.endswith("f") else number(text, 0.2)
        return [preset(kind, *size, {"adj": 100_000 * min(share, 0.5)})]
    return [preset(kind or "rect", *size, _adjusted(element, kind))]


def _adjusted(element: Element, kind: str) -> dict[str, float]:
    """Adjusted bends of a connector, as DrawingML says them."""
    if not kind.startswith(("bent", "curved")):
        return {}
    values = [part.strip() for part in element.get("adj", "").split(",")]
    return {f"adj{n}": number(v) * 100_000 / 21_600 for n, v in enumerate(values, 1) if v}


_COMMAND = re.compile(r"([a-z]{1,2})([^a-z]*)")


def _own_path(text: str, origin: Point, scale: tuple[float, float]) -> list[Form]:
    pen = Pen()
    for name, rest in _COMMAND.findall(text[:100_000].casefold()):
        values = [number(v) for v in re.findall(r"-?\d+\.?\d*", rest)]
        at = [((x - origin[0]) * scale[0], (y - origin[1]) * scale[1]) for x, y in _pairs(values)]
        steps = [(x * scale[0], y * scale[1]) for x, y in _pairs(values)]
        match name:
            case "m" if at:
                pen.move(at[0])
            case "t" if steps:
                pen.move(pen.beside(steps[0]))
            case "l" | "qx" | "qy":
                for point in at:
                    pen.line(point)
            case "r":
                for step in steps:
                    pen.line(pen.beside(step))
            case "c":
                for n in range(0, len(at) - 2, 3):
                    pen.curve(*at[n : n + 3])
            case "x":
                pen.closed = True
            case "xe":
                pen.closed = True
                pen.end()
            case "e":
                pen.end()
    pen.end()
    return [Form(tuple(points), closed, curved) for points, closed, curved in pen.done]


def _pairs(values: list[float]) -> list[Point]:
    return list(zip(values[::2], values[1::2], strict=False))


def _look(element: Element, kind: str) -> Look:
    stroke = element.find("stroke")
    line = stroke if stroke is not None else Element("stroke")
    fill = element.find("fill")
    unfilled = element.get("filled") in ("f", "false") or (
        fill is not None and fill.get("on") in ("f", "false")
    )
    colour = element.get("fillcolor", "white").casefold()
    closed = element.tag not in ("line", "polyline") and "onnector" not in kind
    arrows = line.get("startarrow", "none"), line.get("endarrow", "none")
    return Look(
        id=element.get("id", ""),
        name=element.get("id", ""),
        description=element.get("alt", ""),
        shape=kind,
        stroked=element.get("stroked") not in ("f", "false") and line.get("on") not in ("f", "false"),
        filled=closed and not unfilled,
        white=colour.startswith(("white", "#fff", "window")),
        dashed=line.get("dashstyle", "solid") != "solid",
        width=length(element.get("strokeweight", "1pt"), 1.0) or 1.0,
        heads=(arrows[0] != "none", arrows[1] != "none"),
        text_box=element.get("type", "").endswith("_t202"),
        hidden=style_of(element).get("visibility") == "hidden",
    )


def _degrees(style: dict[str, str]) -> float:
    """The turn of a shape before it is flipped; VML says it after, which for one flip is the other way."""
    text = style.get("rotation", "")
    degrees = number(text.removesuffix("fd")) / 65_536 if text.endswith("fd") else number(text)
    return -degrees if sum(_flips(style)) == 1 else degrees


def _flips(style: dict[str, str]) -> tuple[bool, bool]:
    text = style.get("flip", "")
    return "x" in text, "y" in text


def _two(text: str, bare: float) -> tuple[float, float]:
    parts = [*text.split(","), "0", "0"]
    return length(parts[0], bare), length(parts[1], bare)
