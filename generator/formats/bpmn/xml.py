"""SOP + its processes + their drawings → BPMN 2.0 XML with lanes and the positions of every line.

Pools and lanes stand upright (``isHorizontal="false"``), so the picture in a BPMN tool is the picture of the
form: steps downwards, actors side by side. The cells of a step (Kelengkapan, Waktu, Output, Keterangan) are
its documentation: the form has no symbol for a document, and data objects would hide the flow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import ceil, sqrt
from xml.etree import ElementTree

from msgspec import Struct
from msgspec.structs import replace

from generator.figure.lattice import LaneLengths, Lattice, Size, measure
from generator.figure.metrics import text_width, wrap
from generator.figure.outline import OUTWARD, At
from generator.figure.plane import Plane
from generator.flow.drawing import Drawing, PlacedSymbol, Route, Side
from generator.flow.process import BpmnElement, ElementKind, Process
from generator.form.columns import headed
from generator.model.sop import SOP, Alur, Kegiatan

EM = 16.0
"""One em of the lattice, px."""
HEADER = 30.0
"""Height of the heading of a pool or a lane, px, as BPMN tools draw it."""
_LETTER, _SMALL, _LEADING = 12.0, 11.0, 1.2
"""Size of the words inside and outside of an element, px, and their line height, as BPMN tools set them."""
_TASK, _TASK_MOST, _TASK_LEAST, _PAD = 134.0, 220.0, 50.0, 8.0
"""Width of the words in a task, px, and the most that one long word widens it to; least height; padding."""
_MARKER = 14.0
"""Height of the mark below the words of a call activity, px."""
_EVENT = 22.0
"""Radius of an event, px: room for "Selesai" inside."""
_GATEWAY = 25.0
_ASKED = 90.0
"""Width of the question in a gateway, px."""
_APART = 60.0
"""Distance between the pools of several flows, px."""

_SPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "sop": "urn:sop-generator:bpmn",
}
_EVENTS = (ElementKind.START, ElementKind.END, ElementKind.BETWEEN)
_MARKUP = re.compile('[&<>"\r\n\t]')
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VALUE = _ESCAPES | str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

Element = ElementTree.Element


def bpmn_xml(sop: SOP, flows: Sequence[tuple[Process, Drawing]], label: Mapping[str, str]) -> str:
    """The file: one pool for each flow of the SOP, in the order of ``sop.alur``; each drawing is that of the
    process's chart. ``label`` gives the headings of the cells (``registers.label_untuk``).

    The attributes ``sop:langkah`` (number as printed) and ``sop:simbol`` (node of the chart) tell where an
    element comes from.
    """
    root = Element("bpmn:definitions", {f"xmlns:{prefix}": uri for prefix, uri in _SPACES.items()})
    root.set("id", f"definisi_{sop.slug}")
    root.set("name", _text(sop.nama))
    root.set("targetNamespace", f"urn:sop:{sop.slug}")
    root.set("exporter", "sop-generator")
    collaboration = _add(root, "bpmn:collaboration", id="kolaborasi")
    for number, (alur, (process, _)) in enumerate(zip(sop.alur, flows, strict=True), 1):
        _add(
            collaboration,
            "bpmn:participant",
            id=f"kolam_{number}",
            name=_text(_title(sop, alur, number)),
            processRef=process_id(sop.slug, number),
        )
        _process(root, sop, alur, process, number, label)
    diagram = _add(root, "bpmndi:BPMNDiagram", id="diagram")
    plane = _add(diagram, "bpmndi:BPMNPlane", id="bidang", bpmnElement="kolaborasi")
    top = _APART
    for number, (alur, (process, drawing)) in enumerate(zip(sop.alur, flows, strict=True), 1):
        top += _pool(plane, process, drawing, number, _title(sop, alur, number), (_APART, top)) + _APART
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _written(root, "\n") + "\n"


def _written(element: Element, line: str) -> str:
    """An element as ElementTree would write it, indented, in a third of the time; ``line`` begins its own."""
    attributes = "".join([f' {key}="{_escaped(value, _VALUE)}"' for key, value in element.items()])
    if not len(element):
        text = element.text
        return f"<{element.tag}{attributes}" + (
            f">{_escaped(text, _ESCAPES)}</{element.tag}>" if text else " />"
        )
    below = line + "  "
    inside = "".join([below + _written(child, below) for child in element])
    return f"<{element.tag}{attributes}>{inside}{line}</{element.tag}>"


def _escaped(text: str, how: Mapping[int, str]) -> str:
    return text.translate(how) if _MARKUP.search(text) else text


def process_id(slug: str, number: int = 1) -> str:
    """Id of the process of an SOP's flow, counted from 1: what a call activity calls."""
    return f"proses_{slug.replace('/', '.')}" + (f"_{number}" if number > 1 else "")


def _title(sop: SOP, alur: Alur, number: int) -> str:
    return _one_line(sop.nama if number == 1 or not alur.judul else alur.judul)


def _process(
    root: Element, sop: SOP, alur: Alur, process: Process, number: int, label: Mapping[str, str]
) -> None:
    """The meaning: lanes, elements and sequence flows."""
    own = _add(root, "bpmn:process", id=process_id(sop.slug, number), name=_text(_title(sop, alur, number)))
    own.set("isExecutable", "false")
    _document(own, _about(sop, label))
    lanes = _add(own, "bpmn:laneSet", id=f"lajur_{number}")
    chart = process.chart
    for at, lane in enumerate(chart.lanes):
        column = _add(lanes, "bpmn:lane", id=f"lajur_{number}_{at + 1}", name=_text(_one_line(lane.heading)))
        for node in chart.nodes:
            if node.lane == at:
                _add(column, "bpmn:flowNodeRef").text = _id(number, node.id)
    for part, node in zip(process.parts, chart.nodes, strict=True):
        element = _add(own, f"bpmn:{part.kind}", id=_id(number, part.id))
        if part.name:
            element.set("name", _text(part.name))
        if part.kind is ElementKind.CALL and part.sop:
            element.set("calledElement", process_id(part.sop))
        if len(forks := [e for e in chart.edges if e.source == part.id]) > 1:
            element.set("gatewayDirection", "Diverging")
        element.set("sop:langkah", _text(chart.rows[node.row].number))
        element.set("sop:simbol", part.node)
        if part.carries:
            _document(element, _cells(alur.kegiatan[node.row], part, label))
        for edge in chart.edges:
            if edge.target == part.id:
                _add(element, "bpmn:incoming").text = _flow_id(number, edge.source, edge.target)
        for edge in forks:
            _add(element, "bpmn:outgoing").text = _flow_id(number, edge.source, edge.target)
    for edge in chart.edges:
        flow = _add(own, "bpmn:sequenceFlow", id=_flow_id(number, edge.source, edge.target))
        if edge.label:
            flow.set("name", _text(edge.label))
        flow.set("sourceRef", _id(number, edge.source))
        flow.set("targetRef", _id(number, edge.target))


def _about(sop: SOP, label: Mapping[str, str]) -> Iterator[str]:
    yield f"{label['nama']}: {sop.nama}"
    yield f"{label['nomor']}: {sop.nomor or '-'}"
    if sop.tujuan:
        yield f"Tujuan: {sop.tujuan}"
    for reading in sop.dugaan:
        yield f"Dugaan ({reading.hal}, keyakinan {reading.keyakinan}): {reading.alasan}"


def _cells(step: Kegiatan, part: BpmnElement, label: Mapping[str, str]) -> Iterator[str]:
    if part.name != step.uraian:
        yield f"{label['kegiatan']}: {step.uraian}"
    for column in headed(label).cells:
        if any(lines := column.of(step)):
            joint = "\n" if len(lines) > 1 else " "
            yield f"{label[column.key]}:{joint}" + "\n".join(lines)


def _document(element: Element, lines: Iterator[str]) -> None:
    if text := "\n".join(lines):
        _add(element, "bpmn:documentation").text = _text(text)


class _Sheet(Struct, frozen=True):
    """A drawing on its plane, shifted to its place in the diagram."""

    plane: Plane
    shift: At
    parts: Mapping[str, BpmnElement]
    symbols: Mapping[str, PlacedSymbol]

    def centre(self, node: str) -> At:
        x, y = self.plane.centre(self.symbols[node])
        return x + self.shift[0], y + self.shift[1]

    def half(self, node: str) -> At:
        width, height = self.plane.half(self.symbols[node])
        if self.parts[node].kind in _EVENTS:
            return (min(width, height),) * 2
        return width, height

    def way(self, route: Route) -> list[At]:
        """The corners of a route; where it ends at an event, it ends on the circle."""
        source, target = self.symbols[route.source], self.symbols[route.target]
        way = [(x + self.shift[0], y + self.shift[1]) for x, y in self.plane.way(route, source, target)]
        way[0] = self._dock(route.source, route.start, way[0])
        way[-1] = self._dock(route.target, route.end, way[-1])
        return way

    def _dock(self, node: str, side: Side, at: At) -> At:
        if self.parts[node].kind not in _EVENTS:
            return at
        (x, y), (radius, _) = self.centre(node), self.half(node)
        if side in (Side.TOP, Side.BOTTOM):
            return at[0], y + OUTWARD[side] * sqrt(max(0.0, radius**2 - (at[0] - x) ** 2))
        return x + OUTWARD[side] * sqrt(max(0.0, radius**2 - (at[1] - y) ** 2)), at[1]


def _pool(plane: Element, process: Process, drawing: Drawing, number: int, title: str, corner: At) -> float:
    """The positions of one flow, its upper left corner given; gives back the pool's height."""
    parts = {part.id: part for part in process.parts}
    lattice = _measured(process, drawing, title)
    heights = tuple(row.height * EM for row in lattice.rows)
    laid = Plane(lattice, EM, heights)
    left, top = corner
    sheet = _Sheet(laid, (left, top + 2 * HEADER), parts, {s.node: s for s in drawing.symbols})
    lefts, high = laid.lane_lefts, sum(heights) + 2 * HEADER
    _shape(plane, f"kolam_{number}", (left, top, lefts[-1], high), isHorizontal="false")
    for at in range(len(lattice.lanes)):
        box = (left + lefts[at], top + HEADER, lefts[at + 1] - lefts[at], high - HEADER)
        _shape(plane, f"lajur_{number}_{at + 1}", box, isHorizontal="false")
    for part in process.parts:
        (x, y), (wide, tall) = sheet.centre(part.id), sheet.half(part.id)
        shape = _shape(plane, _id(number, part.id), (x - wide, y - tall, 2 * wide, 2 * tall))
        if part.kind is ElementKind.EXCLUSIVE:
            shape.set("isMarkerVisible", "false" if part.name else "true")
        if part.name and part.kind not in (ElementKind.TASK, ElementKind.CALL):
            width, height = _words(part)
            _label(shape, (x - width / 2, y - height / 2, width, height))
    for route in drawing.routes:
        _edge(plane, sheet, route, number)
    return high


def _edge(plane: Element, sheet: _Sheet, route: Route, number: int) -> None:
    name = _flow_id(number, route.source, route.target)
    edge = _add(plane, "bpmndi:BPMNEdge", id=f"{name}_di", bpmnElement=name)
    for x, y in sheet.way(route):
        _add(edge, "di:waypoint", x=_n(x), y=_n(y))
    if route.label:
        placed = sheet.plane.label(route, route.label, sheet.symbols[route.source])
        width = max(text_width(line) for line in placed.lines) * _SMALL + 4
        x = placed.left if placed.anchor is Side.LEFT else placed.left + placed.width - width
        height = len(placed.lines) * _SMALL * _LEADING
        y = placed.top + (placed.height - height) / 2
        _label(edge, (x + sheet.shift[0], y + sheet.shift[1], width, height))


def _measured(process: Process, drawing: Drawing, title: str) -> Lattice:
    """The lattice with room for the words of BPMN: names in tasks, questions in gateways, lane headings."""
    lattice = measure(drawing, {part.id: _least(part) for part in process.parts})
    needs = [_heading(_one_line(lane.heading)) for lane in process.chart.lanes]
    widths = [max(lane.width, need / EM) for lane, need in zip(lattice.lanes, needs, strict=True)]
    missing = max(0.0, _heading(title) / EM - sum(widths)) / max(1, len(widths))
    lanes = tuple(
        LaneLengths(width + missing, lane.centre + (width + missing - lane.width) / 2)
        for lane, width in zip(lattice.lanes, widths, strict=True)
    )
    return replace(lattice, lanes=lanes)


def _one_line(text: str) -> str:
    """Headings have room for two lines, which the tools break themselves."""
    return " ".join(text.split())


def _heading(text: str) -> float:
    """Width at which a heading without line breaks of its own fits its two lines, px."""
    width = max((text_width(word) for word in text.split()), default=0.0) * _LETTER
    least = (
        (text_width(text) - text_width(" ")) / 2 * _LETTER
    )  # two lines hold no more than twice their width
    width += max(0, ceil((least - width) / _LETTER) - 1) * _LETTER
    while len(_broken(text, width, _LETTER)) > 2:
        width += _LETTER
    return width + 12


def _broken(text: str, width: float, size: float) -> tuple[str, ...]:
    """Lines as BPMN tools break them: not after a slash (a full stop is as wide)."""
    return wrap(text.replace("/", "."), width / size)


def _least(part: BpmnElement) -> Size:
    """Half the width and height that an element needs, em."""
    if part.kind in (ElementKind.TASK, ElementKind.CALL):
        longest = max((text_width(word) for word in part.name.split()), default=0.0) * _LETTER
        inner = min(max(_TASK, longest + 2), _TASK_MOST)
        lines = _broken(part.name, inner, _LETTER)
        marker = 2 * _MARKER if part.kind is ElementKind.CALL else 0.0
        tall = max(_TASK_LEAST, len(lines) * _LETTER * _LEADING + 2 * _PAD) + marker
        return Size((inner / 2 + _PAD) / EM, tall / 2 / EM, ())
    wide, high = _words(part)
    if part.kind in _EVENTS:
        # the words of an event stand across its circle and may be wider than it
        return Size(max(_EVENT, wide / 2) / EM, max(_EVENT, high / 2 + 4) / EM, ())
    tall = max(_GATEWAY, high + 2)
    slanted = (wide / 2 + 4) / (1 - high / 2 / tall) if part.name else 0.0
    return Size(max(_GATEWAY, slanted) / EM, tall / EM, ())


def _words(part: BpmnElement) -> At:
    """Width and height of the words in an event or a gateway, px."""
    if not part.name:
        return 0.0, 0.0
    lines = _broken(part.name, _ASKED, _SMALL)
    return max(map(text_width, lines)) * _SMALL + 4, len(lines) * _SMALL * _LEADING


def _shape(plane: Element, element: str, box: Sequence[float], **more: str) -> Element:
    shape = _add(plane, "bpmndi:BPMNShape", id=f"{element}_di", bpmnElement=element, **more)
    _bounds(shape, box)
    return shape


def _label(owner: Element, box: Sequence[float]) -> None:
    _bounds(_add(owner, "bpmndi:BPMNLabel"), box)


def _bounds(owner: Element, box: Sequence[float]) -> None:
    left, top, width, height = map(_n, box)
    _add(owner, "dc:Bounds", x=left, y=top, width=width, height=height)


def _add(parent: Element, tag: str, **attributes: str) -> Element:
    return ElementTree.SubElement(parent, tag, attributes)


def _id(number: int, node: str) -> str:
    return f"simpul_{number}_{node}"


def _flow_id(number: int, source: str, target: str) -> str:
    return f"panah_{number}_{source}.{target}"


def _text(words: str) -> str:
    """The words with what XML cannot hold (control characters) shown as a replacement character."""
    return _NOT_XML.sub("\ufffd", words)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
