"""SOP → Chart: the flow as lanes, nodes and edges. Meaning, no coordinates.

Rows and lanes are part of the meaning (a row is a step, a lane an actor); everything else about where
things stand is the layout's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from generator.flow.steps import Flow, FlowSymbol, StepWay, build_flow, row_id
from generator.form.symbols import SYMBOLS, Shape
from generator.model.registers import Pelaksana
from generator.model.sop import SOP, Alur, Hubungan, Kapsul


class Lane(Struct, frozen=True):
    """An actor column: id of the actor and its heading."""

    id: str
    heading: str


class ChartRow(Struct, frozen=True):
    """A step: its id and the number printed in the No column ("" when unnumbered)."""

    id: str
    number: str


class Node(Struct, frozen=True):
    """A symbol to be drawn in the cell (row, lane); nodes of one cell stand below one another in order.

    ``text`` is what the source writes inside the symbol ("" for most); ``sop`` the slug of another SOP
    that this symbol leads to or stands for. ``loose``: nothing stands there, an arrow ends in the open.
    """

    id: str
    shape: Shape
    row: int
    lane: int
    text: str = ""
    sop: str | None = None
    loose: bool = False

    def says(self, entered: bool) -> str:
        """What it is, for who does not see it; ``entered``: a way leads to it."""
        return "Ujung lepas" if self.loose else SYMBOLS[self.shape].says(entered)


class Edge(Struct, frozen=True):
    """An arrow. ``main`` marks the branch of a decision that carries the flow on (leaves the bottom or
    the nearest side); an edge that is the only way out of its node is main too."""

    source: str
    target: str
    label: str = ""
    main: bool = True
    dashed: bool = False


class Pair(Struct, frozen=True):
    """Two neighbouring symbols of one row that joint actors share, of whatever shapes, joined by a headless
    line."""

    left: str
    right: str


class Chart(Struct, frozen=True):
    """The flow of one activity table. Node ids are unique and hold no '>'; at most one edge joins the
    same two nodes in the same direction."""

    id: str
    lanes: tuple[Lane, ...]
    rows: tuple[ChartRow, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    pairs: tuple[Pair, ...] = ()


def capsules(chart: Chart) -> frozenset[str]:
    """The starts and ends of their own, which are nobody's step: those that stand beside the symbol of their
    row and are not joined to it."""
    joint = teams(chart)
    boxes = {node.id for node in chart.nodes if node.shape is not Shape.TERMINATOR}
    working = {node.row for node in chart.nodes if node.id in boxes}
    return frozenset(
        node.id
        for node in chart.nodes
        if node.id not in boxes and node.row in working and boxes.isdisjoint(joint.get(node.id, ()))
    )


def teams(chart: Chart) -> dict[str, tuple[str, ...]]:
    """Of each symbol that headless lines join, all that they join, from left to right."""
    groups: dict[str, list[str]] = {}
    for pair in chart.pairs:
        group = groups.get(pair.left, [pair.left])
        group.append(pair.right)
        groups[pair.left] = groups[pair.right] = group
    return {node: tuple(group) for node, group in groups.items()}


def entered(chart: Chart) -> set[str]:
    """Symbols that a way leads to, or to one that is joined with them."""
    joint = teams(chart)
    return {id for edge in chart.edges for id in joint.get(edge.target, (edge.target,))}


def left(chart: Chart) -> set[str]:
    """Symbols that a way leads out of, or out of one that is joined with them."""
    joint = teams(chart)
    return {id for edge in chart.edges for id in joint.get(edge.source, (edge.source,))}


def build_charts(sop: SOP, actors: Mapping[str, Pelaksana], capsule: Kapsul) -> tuple[Chart, ...]:
    """The charts of an SOP, one per activity table; ``capsule`` is the agency's way to draw starts and ends.

    Expects an SOP whose ids are sound; what points nowhere is left out.
    """
    charts = []
    for number, alur in enumerate(sop.alur, 1):
        name = sop.slug if number == 1 else f"{sop.slug}_{number}"
        charts.append(build_chart(alur, name, actors, capsule))
    return tuple(charts)


class Charts(Mapping[str, tuple[Chart, ...]]):
    """The charts of SOPs by slug, made when they are asked for; the latest ones are kept, so that a large
    catalogue holds few."""

    KEPT = 64

    def __init__(self, sops: Mapping[str, SOP], actors: Mapping[str, Pelaksana], capsule: Kapsul) -> None:
        self._sops, self._actors, self._capsule = sops, actors, capsule
        self._made: dict[str, tuple[Chart, ...]] = {}

    def __getitem__(self, slug: str) -> tuple[Chart, ...]:
        if (made := self._made.get(slug)) is None:
            made = build_charts(self._sops[slug], self._actors, self._capsule)
            while len(self._made) >= self.KEPT:
                del self._made[next(iter(self._made))]
            self._made[slug] = made
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._sops)

    def __len__(self) -> int:
        return len(self._sops)

    def __repr__(self) -> str:
        return repr(dict(self))


def build_chart(alur: Alur, name: str, actors: Mapping[str, Pelaksana], capsule: Kapsul) -> Chart:
    """The chart of one activity table; row n of the chart is ``alur.kegiatan[n]``."""
    flow = build_flow(alur, capsule)
    lanes = tuple(Lane(id, actors[id].nama if id in actors else id) for id in alur.pelaksana)
    rows = tuple(ChartRow(row_id(alur, n), number) for n, number in enumerate(row_numbers(alur)))
    order = sorted(range(len(flow.symbols)), key=lambda n: (flow.symbols[n].row, flow.symbols[n].part))
    nodes = tuple(node for index in order for node in _nodes(flow.symbols[index]))
    pairs = tuple(pair for index in order for pair in _pairs(flow, index))
    return Chart(name, lanes, rows, nodes, tuple(_edges(flow, order)), pairs)


def row_numbers(alur: Alur) -> list[str]:
    """The numbers printed in the No column: as written, else counting on from the last plain number."""
    numbers: list[str] = []
    last = 0
    for step in alur.kegiatan:
        if step.no is None:
            last += 1
            numbers.append(str(last))
        else:
            last = int(step.no) if step.no.isdecimal() else last
            numbers.append(step.no)
    return numbers


def _member(symbol: FlowSymbol, place: int) -> str:
    return symbol.id if place == 0 else f"{symbol.id}_{place + 1}"


def _nodes(symbol: FlowSymbol) -> Iterator[Node]:
    for place, lane in enumerate(symbol.lanes):
        yield Node(
            _member(symbol, place), symbol.shape, symbol.row, lane, symbol.text, symbol.sop, symbol.loose
        )


def _pairs(flow: Flow, index: int) -> Iterator[Pair]:
    """Neighbours among the symbols that joint lines join, told with the first of them."""
    team = flow.team(index)
    if index != team[0]:
        return
    members = [(lane, n, place) for n in team for place, lane in enumerate(flow.symbols[n].lanes)]
    if len(team) > 1:
        members.sort()
    for (lane, n, place), (beside, m, other) in pairwise(members):
        one, two = flow.symbols[n], flow.symbols[m]
        if (n != m and lane != beside) or (n == m and one.style is Hubungan.GARIS):
            yield Pair(_member(one, place), _member(two, other))


def _edges(flow: Flow, order: list[int]) -> Iterator[Edge]:
    out: dict[int, list[StepWay]] = {}
    for way in flow.ways:
        out.setdefault(way.source, []).append(way)
    for index in order:
        symbol = flow.symbols[index]
        if symbol.style is Hubungan.PANAH:
            for place in range(len(symbol.lanes) - 1):
                yield Edge(_member(symbol, place), _member(symbol, place + 1))
        if index not in out:
            continue
        drawn: dict[str, list[tuple[StepWay, str, str]]] = {}
        for (source, goal), way, label in _merged(flow, out[index]):
            drawn.setdefault(source, []).append((way, goal, label))
        chained = {_member(symbol, n) for n in range(len(symbol.lanes) - 1)}
        for source, ways in drawn.items():
            goes_on = symbol.style is Hubungan.PANAH and source in chained
            main = None if goes_on else _main(flow, [way for way, _, _ in ways])
            for way, goal, label in ways:
                yield Edge(source, goal, label, main=way is main, dashed=way.dashed)


def _merged(flow: Flow, ways: list[StepWay]) -> list[tuple[tuple[str, str], StepWay, str]]:
    """The ways out of a symbol by their ends: those between the same nodes are drawn as one, with their
    labels joined ("Ya / Tidak"), in written order."""
    groups: dict[tuple[str, str], list[StepWay]] = {}
    for way in sorted(ways, key=_written_at) if len(ways) > 1 else ways:
        source, target = flow.symbols[way.source], flow.symbols[way.target]
        if source.lanes and target.lanes:
            groups.setdefault(_ends(source, target, way), []).append(way)
    return [
        (ends, group[0], " / ".join(dict.fromkeys(w.label for w in group if w.label)))
        for ends, group in groups.items()
    ]


def _written_at(way: StepWay) -> int:
    return -1 if way.number is None else way.number


def _main(flow: Flow, ways: list[StepWay]) -> StepWay | None:
    """The way that carries the flow on: to the nearest later row, else on in its row, else the first."""

    def rank(way: StepWay) -> tuple[int, int]:
        rows = flow.symbols[way.target].row - flow.symbols[way.source].row
        later = flow.symbols[way.target].part >= flow.symbols[way.source].part
        return (0, rows) if rows > 0 else (1, 0) if rows == 0 and later else (2, 0)

    return min(ways, key=rank, default=None)


def _ends(source: FlowSymbol, target: FlowSymbol, way: StepWay) -> tuple[str, str]:
    """Where an arrow between possibly joint symbols starts and ends: at the members that the data names, else
    out of the last and into the first of an ordered chain, else between the members whose lanes are nearest
    (ties left)."""
    if len(source.lanes) == len(target.lanes) == 1:
        return source.id, target.id
    outs, ins = list(range(len(source.lanes))), list(range(len(target.lanes)))
    outs = outs[-1:] if source.style is Hubungan.PANAH else outs
    ins = ins[:1] if target.style is Hubungan.PANAH else ins
    if way.source != way.target:
        outs = [source.lanes.index(way.out)] if way.out in source.lanes else outs
        ins = [target.lanes.index(way.into)] if way.into in target.lanes else ins
    out, into = nearest([source.lanes[o] for o in outs], [target.lanes[i] for i in ins])
    return _member(source, source.lanes.index(out)), _member(target, target.lanes.index(into))


def nearest(outs: Sequence[int], ins: Sequence[int]) -> tuple[int, int]:
    """Of two groups of lanes those that are nearest to one another (ties left)."""
    _, _, out, into = min((abs(out - into), out + into, out, into) for out in outs for into in ins)
    return out, into
