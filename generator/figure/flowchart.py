"""Alur + Chart → the flow with its words in the symbols: *bagan alir*, the second picture beside the table's.

Placement and routes are those of ``flow.layout``, for symbols that are as large as their words. Two pictures
of one flow: with a lane for each actor, and for narrow screens all in one column, where each symbol names its
actor and has the colour of the lane.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from generator.figure.figure import Figure
from generator.figure.lattice import LETTER, Size, measure
from generator.figure.metrics import text_width, wrap
from generator.figure.outline import inner
from generator.figure.plane import Plane
from generator.flow.chart import Chart, ChartRow, Edge, Lane, Node, capsules, entered, teams
from generator.flow.drawing import Drawing
from generator.flow.layout import drawn, lay_out
from generator.form.symbols import SYMBOLS, Polygon, Rectangle, Shape
from generator.model.sop import Alur

EM = 14.0
"""One em of the flow, points."""
COLOURS = 8
"""So many actors are told apart by colour."""
_LINE = 1.2 * LETTER
"""Height of a line of text, em of the flow: that of Graphviz."""
_PAGE, _WIDEST, _NARROWEST = 60.0, 14.0, 8.0
"""What all lanes together may have for words, and one at most and at least, em of their own letters."""
_COLUMN = 24.0
"""The same where all stand in one column."""
_SLANTING = 0.8
"""Share of it between slanting sides."""
_SHORT = 80
"""Letters that a diamond holds without growing over its neighbours; the step itself has the rest."""
_SPACES = re.compile(r"[^\S\u00a0]+")


class Heading(Struct, frozen=True):
    """The heading of a lane in lines, and the lane's borders, points."""

    lines: tuple[str, ...]
    left: float
    right: float


class Flowchart(Struct, frozen=True):
    """``figure`` begins below the headings, which are ``head`` high; all is ``width`` by ``head`` + ``high``,
    points. ``said``: what each symbol is called; ``nodes``: the symbol of the table that it stands for."""

    figure: Figure
    headings: tuple[Heading, ...]
    head: float
    width: float
    high: float
    said: Mapping[str, str]
    nodes: Mapping[str, Node]


class _Said(Struct, frozen=True):
    """What a symbol is called, and the lines in it."""

    whole: str
    lines: tuple[str, ...]


def in_lanes(alur: Alur, chart: Chart) -> Flowchart:
    """The flowchart of one table, a lane for each actor. The latest are kept: page and picture of an SOP ask
    for the same one."""
    return _in_lanes(alur, chart)


@lru_cache(maxsize=16)
def _in_lanes(alur: Alur, chart: Chart) -> Flowchart:
    width = min(_WIDEST, max(_NARROWEST, _PAGE / len(chart.lanes)))
    tell = _Teller(alur, chart, width, _SLANTING * width)
    said = {node.id: tell.words(node) for node in chart.nodes}
    return _placed(chart, drawn(chart), said, {node.id: node for node in chart.nodes})


def in_one_column(alur: Alur, chart: Chart) -> Flowchart:
    """The same in one column, for narrow screens."""
    groups = _groups(chart)
    said, tell = {}, _Teller(alur, chart, _COLUMN, _COLUMN / 2)
    for node, group in groups.items():
        words = tell.words(group[0])
        *others, last = dict.fromkeys(chart.lanes[lane].heading for lane in sorted(one.lane for one in group))
        actors = f"{', '.join(others)} dan {last}" if others else last
        if group[0].id in tell.alone:
            said[node] = words
        else:
            slants = isinstance(SYMBOLS[group[0].shape].outline, Polygon)
            above = wrap(_SPACES.sub(" ", actors), _COLUMN / 2 if slants else _COLUMN)
            said[node] = _Said(f"{actors}: {words.whole}", (*above, *words.lines))
    column = _stacked(chart, groups)
    return _placed(column, lay_out(column), said, {node: group[0] for node, group in groups.items()})


def _placed(
    chart: Chart, drawing: Drawing, said: Mapping[str, _Said], nodes: Mapping[str, Node]
) -> Flowchart:
    lattice = measure(drawing, {node.id: _size(node, said[node.id].lines) for node in chart.nodes})
    plane = Plane(lattice, EM, tuple(room.height * EM for room in lattice.rows))
    headings = tuple(
        Heading(wrap(lane.heading, (right - left) / EM / LETTER / 1.12 - 0.6), left, right)  # bold: wider
        for lane, (left, right) in zip(chart.lanes, pairwise(plane.lane_lefts), strict=True)
        if lane.heading
    )
    head = (max(len(heading.lines) for heading in headings) * _LINE + 0.8) * EM if headings else 0.0
    whole = {node: words.whole for node, words in said.items()}
    return Flowchart(
        plane.figure(), headings, head, plane.lane_lefts[-1], sum(plane.row_heights), whole, nodes
    )


def _size(node: Node, lines: Sequence[str]) -> Size:
    """As large as its words."""
    outline = SYMBOLS[node.shape].outline
    wide, high = max(map(text_width, lines)) * LETTER / 2 + 0.45, len(lines) * _LINE / 2
    match outline:
        case Polygon():
            tall = 1.9 * high + 0.2
            return Size((wide - 0.2) / inner(outline, high / tall), tall, tuple(lines))
        case Rectangle(rounded=rounded):
            return Size(wide + (0.4 if rounded else 0.0), high + 0.4, tuple(lines))


class _Teller:
    """What symbols say; ``width`` is that of their words, ``slanting`` where sides slant."""

    def __init__(self, alur: Alur, chart: Chart, width: float, slanting: float) -> None:
        self.alur, self.chart, self.width, self.slanting = alur, chart, width, slanting
        self.alone, self.entered = capsules(chart), entered(chart)

    def words(self, node: Node) -> _Said:
        number, text = self.chart.rows[node.row].number, self.alur.kegiatan[node.row].uraian
        numbered = f"{number.rstrip('.')}. " if number else ""
        whole = numbered + text
        if node.id in self.alone:
            ends = node.id in self.entered
            whole = words = node.text or (node.says(ends) if node.loose else "Selesai" if ends else "Mulai")
        else:
            words = numbered + node.text if node.text else whole
        slants = isinstance(SYMBOLS[node.shape].outline, Polygon)
        if slants and len(words) > _SHORT:
            words = words[: _SHORT - 1].rstrip() + "…"
        if words not in whole:  # who speaks to the page says the words that are seen
            whole = f"{words} – {whole}"
        return _Said(whole, wrap(_SPACES.sub(" ", words), self.slanting if slants else self.width))


def _groups(chart: Chart) -> dict[str, list[Node]]:
    """Symbols by the first of those that joint actors share; one that is no capsule leads them."""
    joint, nodes = teams(chart), {node.id: node for node in chart.nodes}
    groups: dict[str, list[Node]] = {}
    for node in chart.nodes:
        team = sorted(joint.get(node.id, (node.id,)), key=lambda id: nodes[id].shape is Shape.TERMINATOR)
        groups.setdefault(team[0], []).append(node)
    return {first: sorted(group, key=lambda node: node.id != first) for first, group in groups.items()}


def _stacked(chart: Chart, groups: dict[str, list[Node]]) -> Chart:
    """The chart with one lane, a row for each symbol; those that joint actors share are one."""
    first = {node.id: name for name, group in groups.items() for node in group}
    edges: dict[tuple[str, str], Edge] = {}
    for edge in chart.edges:
        ends = first[edge.source], first[edge.target]
        if ends[0] != ends[1]:
            known = edges.get(ends)
            told = " / ".join(dict.fromkeys(one.label for one in (known, edge) if one and one.label))
            dashed = edge.dashed and (known is None or known.dashed)
            edges[ends] = Edge(*ends, told, edge.main or bool(known and known.main), dashed)
    rows = tuple(ChartRow(f"{at}", "") for at in range(len(groups)))
    nodes = (replace(group[0], row=at, lane=0, text="") for at, group in enumerate(groups.values()))
    return Chart(chart.id, (Lane("", ""),), rows, tuple(nodes), tuple(edges.values()))
