"""Chart → Process: the flow in the elements of BPMN 2.0, as a chart of its own that layout can lay out.

The official form has five symbols and lets one of them say several things; BPMN says each apart. So a
step that is a diamond becomes a task (the work) and a gateway (the choice), a capsule that stands for the
first or last step becomes an event and a task, joint actors get a task each between two parallel gateways,
and a box with several ways out is followed by the gateway that its labels mean. Rows and lanes stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from generator.flow.chart import Chart, Edge, Node
from generator.form.symbols import Shape


class ElementKind(StrEnum):
    """An element of BPMN 2.0, named as its XML element."""

    START = "startEvent"
    END = "endEvent"
    BETWEEN = "intermediateThrowEvent"
    TASK = "task"
    CALL = "callActivity"
    EXCLUSIVE = "exclusiveGateway"
    INCLUSIVE = "inclusiveGateway"
    PARALLEL = "parallelGateway"


class BpmnElement(Struct, frozen=True):
    """One element: its id, the node of the chart that it comes from, its name ("" for none), and the slug
    of the SOP that it calls; ``carries`` where it stands for its row, whose cells belong to it."""

    id: str
    kind: ElementKind
    node: str
    name: str = ""
    sop: str | None = None
    carries: bool = False


class Process(Struct, frozen=True):
    """``chart`` holds the elements as nodes without words, in the order of ``parts``, and no joint lines;
    ``origin`` names for each of its edges the edges of the source chart that it stands for (none for an added
    one)."""

    chart: Chart
    parts: tuple[BpmnElement, ...]
    origin: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]


_SHAPES = {
    ElementKind.START: Shape.TERMINATOR,
    ElementKind.END: Shape.TERMINATOR,
    ElementKind.BETWEEN: Shape.TERMINATOR,
    ElementKind.TASK: Shape.PROCESS,
    ElementKind.CALL: Shape.PROCESS,
    ElementKind.EXCLUSIVE: Shape.DECISION,
    ElementKind.INCLUSIVE: Shape.DECISION,
    ElementKind.PARALLEL: Shape.DECISION,
}
_RANK = {Shape.DECISION: 0, Shape.TERMINATOR: 2}
_CHOICES = (ElementKind.EXCLUSIVE, ElementKind.INCLUSIVE)
_ONLY_A_CAPSULE = re.compile(r"\W*(?:mulai|start|awal|selesai|akhir|end|finish)?\W*", re.IGNORECASE)


class _Step(Struct):
    """Nodes that one symbol of the data stands for: joint actors together, else a single node. It is named
    after the ``first``: a diamond before a box before a capsule."""

    members: list[Node]
    first: Node
    ins: list[Edge]
    outs: list[Edge]
    works: bool = False

    def member(self, ids: Sequence[str]) -> Node:
        """The member that the first of these edge ends touches."""
        return next((node for id in ids for node in self.members if node.id == id), self.first)


class _Built(Struct, frozen=True):
    """The elements of a step in layers, one after another; ways in lead to the layer ``head``."""

    layers: list[list[tuple[BpmnElement, int]]]
    head: int


def build_process(chart: Chart, words: Sequence[str], names: Mapping[str, str]) -> Process:
    """The process of one chart. ``words`` are the texts of its rows (Kegiatan), ``names`` the names of the
    SOPs by slug.

    Every way in begins at a start event and every way out ends at an end event, also where the form draws
    no capsule; a join that the form does not draw is not invented.
    """
    steps = _steps(chart)
    rows: dict[int, list[_Step]] = {}
    for step in steps:
        rows.setdefault(step.first.row, []).append(step)
    for step in steps:
        step.works = _works(step, rows[step.first.row], words[step.first.row])
    opened = any(not step.ins or _opens(step) for step in steps)
    nodes: list[Node] = []
    parts: list[BpmnElement] = []
    edges: dict[tuple[str, str], Edge] = {}
    origin: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    built = []
    for index, step in enumerate(steps):
        row = step.first.row
        made = _build(step, rows[row], words[row], names, opened or index > 0)
        built.append(made)
        for layer in made.layers:
            for part, lane in layer:
                parts.append(part)
                nodes.append(Node(part.id, _SHAPES[part.kind], row, lane))
        for before, after in pairwise(made.layers):
            for earlier, _ in before:
                for later, _ in after:
                    edges[earlier.id, later.id] = Edge(earlier.id, later.id)
                    origin[earlier.id, later.id] = ()
    place = {node.id: n for n, step in enumerate(steps) for node in step.members}
    for edge in chart.edges:
        source, target = built[place[edge.source]], built[place[edge.target]]
        a, b = source.layers[-1][0][0].id, target.layers[target.head][0][0].id
        known = edges.get((a, b))
        edges[a, b] = (
            Edge(a, b, _joined(known.label, edge.label), known.main or edge.main)
            if known
            else Edge(a, b, edge.label, edge.main, edge.dashed)
        )
        origin[a, b] = (*origin.get((a, b), ()), (edge.source, edge.target))
    return Process(
        replace(chart, nodes=tuple(nodes), edges=tuple(edges.values()), pairs=()), tuple(parts), origin
    )


def _joined(known: str, label: str) -> str:
    return " / ".join(dict.fromkeys(text for text in (known, label) if text))


def _steps(chart: Chart) -> list[_Step]:
    """Nodes by the symbol they stand for: those joined by a line, and a symbol without any arrow with the
    one of its row and shape that has them (joint actors with nothing between)."""
    leader = {node.id: node.id for node in chart.nodes}
    joined = {id for pair in chart.pairs for id in (pair.left, pair.right)}
    for pair in chart.pairs:
        kept, gone = leader[pair.left], leader[pair.right]
        leader = {id: kept if to == gone else to for id, to in leader.items()}
    linked = {end for edge in chart.edges for end in (edge.source, edge.target)} | joined
    for node in chart.nodes:
        if node.id in linked:
            continue
        beside = [n for n in chart.nodes if n.id in linked and (n.row, n.shape) == (node.row, node.shape)]
        if beside and node.shape is not Shape.TERMINATOR and node.lane != beside[0].lane:
            leader[node.id] = leader[beside[0].id]
    groups: dict[str, list[Node]] = {}
    for node in chart.nodes:
        groups.setdefault(leader[node.id], []).append(node)
    steps = {
        name: _Step(members, min(members, key=lambda node: _RANK.get(node.shape, 1)), [], [])
        for name, members in groups.items()
    }
    for edge in chart.edges:
        steps[leader[edge.source]].outs.append(edge)
        steps[leader[edge.target]].ins.append(edge)
    return [*steps.values()]


def _works(step: _Step, beside: Sequence[_Step], words: str) -> bool:
    """Whether a symbol stands for the work of its row: a box always; a diamond unless a box of its row leads
    into it; a capsule where its row has nothing else and its words are more than "Mulai" or "Selesai"."""
    shape = step.first.shape
    if shape is Shape.TERMINATOR:
        alone = all(other.first.shape is Shape.TERMINATOR for other in beside)
        return alone and not _ONLY_A_CAPSULE.fullmatch(words)
    if shape is not Shape.DECISION or len(step.members) > 1 or len(step.outs) < 2:
        return True
    boxes = {node.id for other in beside if other.first.shape is Shape.PROCESS for node in other.members}
    return not any(edge.source in boxes for edge in step.ins)


def _opens(step: _Step) -> bool:
    """Whether a capsule is a start: nothing leads into it, or it is returned to and has nothing before it."""
    return step.first.shape is Shape.TERMINATOR and bool(step.outs) and step.first.row == 0


def _build(
    step: _Step, beside: Sequence[_Step], words: str, names: Mapping[str, str], opened: bool
) -> _Built:
    node = step.first
    into = step.member([edge.target for edge in step.ins])
    out = step.member([edge.source for edge in step.outs])
    capsule = node.shape is Shape.TERMINATOR
    starts = not step.ins or not opened or (capsule and _opens(step))
    ends = not step.outs
    core = _core(step, starts, ends, words, names, beside)
    layers = [core]
    if len(core) > 1 and core[0][0].kind is not ElementKind.START:
        layers.insert(0, [(BpmnElement(f"{node.id}_bagi", ElementKind.PARALLEL, into.id), into.lane)])
        if len(step.ins) + starts > 1:  # a parallel gateway would wait for all of them
            layers.insert(0, [(BpmnElement(f"{node.id}_temu", ElementKind.EXCLUSIVE, into.id), into.lane)])
    elif core[0][0].kind in _CHOICES and len(step.ins) + starts > 1:  # no gateway both joins and parts
        layers.insert(0, [(BpmnElement(f"{node.id}_temu", ElementKind.EXCLUSIVE, into.id), into.lane)])
    if len(core) > 1 and core[0][0].kind is not ElementKind.END:
        layers.append([(BpmnElement(f"{node.id}_gabung", ElementKind.PARALLEL, out.id), out.lane)])
    head = 0
    if starts and core[0][0].kind is not ElementKind.START:
        name = node.text if capsule and not ends and not step.works else ""
        layers.insert(
            0, [(BpmnElement(f"{node.id}_awal", ElementKind.START, into.id, name or "Mulai"), into.lane)]
        )
        head = 1
    if len(step.outs) > 1 and core[-1][0].kind not in _CHOICES:
        kind = _choice(step)
        asked = _asked(node, words) if kind in _CHOICES else ""
        layers.append([(BpmnElement(f"{node.id}_pilih", kind, out.id, asked), out.lane)])
    if ends and core[-1][0].kind is not ElementKind.END:
        layers.append([(BpmnElement(f"{node.id}_akhir", ElementKind.END, out.id, "Selesai"), out.lane)])
    return _Built(layers, head)


def _core(
    step: _Step, starts: bool, ends: bool, words: str, names: Mapping[str, str], beside: Sequence[_Step]
) -> list[tuple[BpmnElement, int]]:
    """What stands for the symbol itself, once for each actor."""
    node, name = step.first, ""
    if step.works:
        kind = ElementKind.CALL if node.sop else ElementKind.TASK
        others = any(s.works for s in beside if s is not step)
        said = node.text if node.shape is Shape.PROCESS and (others or not words) else ""
        name = said or words or node.text
    elif node.shape is Shape.DECISION:
        kind, name = _choice(step), _asked(node, words)
    elif node.sop:
        kind, name = ElementKind.CALL, names.get(node.sop, node.sop)
    elif starts and not step.ins:
        kind, name = ElementKind.START, node.text or "Mulai"
    elif ends:
        kind, name = ElementKind.END, node.text or ("Tidak disebut" if node.loose else "Selesai")
    else:
        kind, name = ElementKind.BETWEEN, node.text or words
    carries = step.works or not any(s.works for s in beside)
    return [
        (BpmnElement(member.id, kind, member.id, name, node.sop, carries), member.lane)
        for member in step.members
    ]


def _asked(node: Node, words: str) -> str:
    """What a gateway asks: the words in the diamond, else those of its step as a question."""
    said = node.text if node.shape is Shape.DECISION else ""
    return said or f"{words.rstrip(' .;,?')}?"


def _choice(step: _Step) -> ElementKind:
    """The gateway that the ways out mean: a diamond chooses one, or several where two branches have the same
    label; a box with plain arrows goes on along all of them, with labelled ones along those that apply."""
    labels = [edge.label for edge in step.outs if edge.label]
    if step.first.shape is Shape.DECISION:
        return ElementKind.EXCLUSIVE if len({*labels}) == len(labels) else ElementKind.INCLUSIVE
    return ElementKind.INCLUSIVE if labels else ElementKind.PARALLEL
