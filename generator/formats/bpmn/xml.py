"""SOP + its processes + their drawings → BPMN 2.0 XML with lanes and the positions of every line.

Pools and lanes stand upright (``isHorizontal="false"``), so the picture in a BPMN tool is the picture of the
form: steps downwards, actors side by side. The cells of a step (Kelengkapan, Waktu, Output, Keterangan) are
its documentation: the form has no symbol for a document, and data objects would hide the flow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import ceil, sqrt

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


def bpmn_xml(sop: SOP, flows: Sequence[tuple[Process, Drawing]], label: Mapping[str, str]) -> str:
    """The file: one pool for each flow of the SOP, in the order of ``sop.alur``; each drawing is that of the
    process's chart. ``label`` gives the headings of the cells (``registers.label_untuk``).

    The attributes ``sop:langkah`` (number as printed) and ``sop:simbol`` (node of the chart) tell where an
    element comes from.
    """
    pools, top = [], _APART
    participants, processes = [], []
    for number, (alur, (process, drawing)) in enumerate(zip(sop.alur, flows, strict=True), 1):
        title, own = _title(sop, alur, number), process_id(sop.slug, number)
        known = {"id": f"kolam_{number}", "name": _text(title), "processRef": own}
        participants.append(_tag(2, "bpmn:participant", known))
        known = {"id": own, "name": _text(title), "isExecutable": "false"}
        processes.append(_tag(1, "bpmn:process", known, _process(sop, alur, process, number, label)))
        pool, high = _pool(process, drawing, number, title, (_APART, top))
        pools += pool
        top += high + _APART
    plane = _tag(2, "bpmndi:BPMNPlane", {"id": "bidang", "bpmnElement": "kolaborasi"}, pools)
    about = {
        **{f"xmlns:{prefix}": uri for prefix, uri in _SPACES.items()},
        "id": f"definisi_{sop.slug}",
        "name": _text(sop.nama),
        "targetNamespace": f"urn:sop:{sop.slug}",
        "exporter": "sop-generator",
    }
    inside = [
        _tag(1, "bpmn:collaboration", {"id": "kolaborasi"}, participants),
        *processes,
        _tag(1, "bpmndi:BPMNDiagram", {"id": "diagram"}, [plane]),
    ]
    return f'<?xml version="1.0" encoding="UTF-8"?>{_tag(0, "bpmn:definitions", about, inside)}\n'


def _tag(
    depth: int, name: str, attributes: Mapping[str, str], inside: Sequence[str] = (), text: str = ""
) -> str:
    """An element on lines of its own, so deep; what is ``inside`` is written already."""
    begun = "".join(
        ["\n", "  " * depth, "<", name]
        + [f' {key}="{_escaped(value, _VALUE)}"' for key, value in attributes.items()]
    )
    if inside:
        return f"{begun}>{''.join(inside)}\n{'  ' * depth}</{name}>"
    return f"{begun}>{_escaped(text, _ESCAPES)}</{name}>" if text else f"{begun} />"


def _escaped(text: str, how: Mapping[int, str]) -> str:
    return text.translate(how) if _MARKUP.search(text) else text


def process_id(slug: str, number: int = 1) -> str:
    """Id of the process of an SOP's flow, counted from 1: what a call activity calls."""
    return f"proses_{slug.replace('/', '.')}" + (f"_{number}" if number > 1 else "")


def _title(sop: SOP, alur: Alur, number: int) -> str:
    return _one_line(sop.nama if number == 1 or not alur.judul else alur.judul)


def _process(sop: SOP, alur: Alur, process: Process, number: int, label: Mapping[str, str]) -> Sequence[str]:
    """The meaning: lanes, elements and sequence flows."""
    chart = process.chart
    lanes: list[list[str]] = [[] for _ in chart.lanes]
    for node in chart.nodes:
        lanes[node.lane].append(_tag(4, "bpmn:flowNodeRef", {}, text=_id(number, node.id)))
    ins: dict[str, list[str]] = {part.id: [] for part in process.parts}
    outs: dict[str, list[str]] = {part.id: [] for part in process.parts}
    flows = []
    for edge in chart.edges:
        name = _flow_id(number, edge.source, edge.target)
        ins[edge.target].append(_tag(3, "bpmn:incoming", {}, text=name))
        outs[edge.source].append(_tag(3, "bpmn:outgoing", {}, text=name))
        known = {"id": name} | ({"name": _text(edge.label)} if edge.label else {})
        known |= {"sourceRef": _id(number, edge.source), "targetRef": _id(number, edge.target)}
        flows.append(_tag(2, "bpmn:sequenceFlow", known))
    columns = []
    for at, (lane, inside) in enumerate(zip(chart.lanes, lanes, strict=True), 1):
        known = {"id": f"lajur_{number}_{at}", "name": _text(_one_line(lane.heading))}
        columns.append(_tag(3, "bpmn:lane", known, inside))
    elements = []
    for part, node in zip(process.parts, chart.nodes, strict=True):
        known = {"id": _id(number, part.id)}
        if part.name:
            known["name"] = _text(part.name)
        if part.kind is ElementKind.CALL and part.sop:
            known["calledElement"] = process_id(part.sop)
        if len(outs[part.id]) > 1:
            known["gatewayDirection"] = "Diverging"
        known |= {"sop:langkah": _text(chart.rows[node.row].number), "sop:simbol": part.node}
        said = _document(3, _cells(alur.kegiatan[node.row], part, label)) if part.carries else []
        elements.append(_tag(2, f"bpmn:{part.kind}", known, [*said, *ins[part.id], *outs[part.id]]))
    laned = _tag(2, "bpmn:laneSet", {"id": f"lajur_{number}"}, columns)
    return [*_document(2, _about(sop, label)), laned, *elements, *flows]


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


def _document(depth: int, lines: Iterator[str]) -> list[str]:
    text = "\n".join(lines)
    return [_tag(depth, "bpmn:documentation", {}, text=_text(text))] if text else []


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


def _pool(process: Process, drawing: Drawing, number: int, title: str, corner: At) -> tuple[list[str], float]:
    """The positions of one flow, its upper left corner given; and the pool's height."""
    parts = {part.id: part for part in process.parts}
    lattice = _measured(process, drawing, title)
    heights = tuple(row.height * EM for row in lattice.rows)
    laid = Plane(lattice, EM, heights)
    left, top = corner
    sheet = _Sheet(laid, (left, top + 2 * HEADER), parts, {s.node: s for s in drawing.symbols})
    lefts, high = laid.lane_lefts, sum(heights) + 2 * HEADER
    upright = {"isHorizontal": "false"}
    shapes = [_shape(f"kolam_{number}", upright, [_bounds(4, (left, top, lefts[-1], high))])]
    for at in range(len(lattice.lanes)):
        box = (left + lefts[at], top + HEADER, lefts[at + 1] - lefts[at], high - HEADER)
        shapes.append(_shape(f"lajur_{number}_{at + 1}", upright, [_bounds(4, box)]))
    for part in process.parts:
        (x, y), (wide, tall) = sheet.centre(part.id), sheet.half(part.id)
        inside = [_bounds(4, (x - wide, y - tall, 2 * wide, 2 * tall))]
        if part.name and part.kind not in (ElementKind.TASK, ElementKind.CALL):
            width, height = _words(part)
            inside.append(_label((x - width / 2, y - height / 2, width, height)))
        marked = part.kind is ElementKind.EXCLUSIVE
        known = {"isMarkerVisible": "false" if part.name else "true"} if marked else {}
        shapes.append(_shape(_id(number, part.id), known, inside))
    return [*shapes, *(_edge(sheet, route, number) for route in drawing.routes)], high


def _edge(sheet: _Sheet, route: Route, number: int) -> str:
    inside = [f'\n        <di:waypoint x="{_n(x)}" y="{_n(y)}" />' for x, y in sheet.way(route)]
    if route.label:
        placed = sheet.plane.label(route, route.label, sheet.symbols[route.source])
        width = max(text_width(line) for line in placed.lines) * _SMALL + 4
        x = placed.left if placed.anchor is Side.LEFT else placed.left + placed.width - width
        height = len(placed.lines) * _SMALL * _LEADING
        y = placed.top + (placed.height - height) / 2
        inside.append(_label((x + sheet.shift[0], y + sheet.shift[1], width, height)))
    name = _flow_id(number, route.source, route.target)
    return _tag(3, "bpmndi:BPMNEdge", {"id": f"{name}_di", "bpmnElement": name}, inside)


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


@lru_cache(maxsize=1024)
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


def _shape(element: str, more: Mapping[str, str], inside: Sequence[str]) -> str:
    return _tag(3, "bpmndi:BPMNShape", {"id": f"{element}_di", "bpmnElement": element, **more}, inside)


def _label(box: Sequence[float]) -> str:
    return _tag(4, "bpmndi:BPMNLabel", {}, [_bounds(5, box)])


def _bounds(depth: int, box: Sequence[float]) -> str:
    left, top, width, height = map(_n, box)
    return f'\n{"  " * depth}<dc:Bounds x="{left}" y="{top}" width="{width}" height="{height}" />'


def _id(number: int, node: str) -> str:
    return f"simpul_{number}_{node}"


def _flow_id(number: int, source: str, target: str) -> str:
    return f"panah_{number}_{source}.{target}"


def _text(words: str) -> str:
    """The words with what XML cannot hold (control characters) shown as a replacement character."""
    return _NOT_XML.sub("\ufffd", words)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
