"""Chart → what a step is handed and hands on."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from generator.flow.chart import Chart, Pair, capsules


class Handover(Struct, frozen=True):
    """One arrow seen from a step: the actor at its other end (a lane of the chart), that actor's row, the
    words at the arrow."""

    lane: int
    row: int
    label: str


def received(chart: Chart, row: int, actor: str) -> tuple[Handover, ...]:
    """From whom a step of an actor takes over, in the order of the chart; starts give nothing."""
    nodes, alone = {node.id: node for node in chart.nodes}, capsules(chart)
    own = _own(chart, row, actor)
    return _once(
        Handover(source.lane, source.row, edge.label)
        for edge in chart.edges
        if edge.target in own and edge.source not in alone and (source := nodes[edge.source])
    )


def handed_on(chart: Chart, row: int, actor: str) -> tuple[Handover, ...]:
    """To whom a step of an actor hands on; ends take nothing."""
    nodes, alone = {node.id: node for node in chart.nodes}, capsules(chart)
    own = _own(chart, row, actor)
    return _once(
        Handover(target.lane, target.row, edge.label)
        for edge in chart.edges
        if edge.source in own and edge.target not in alone and (target := nodes[edge.target])
    )


def _own(chart: Chart, row: int, actor: str) -> set[str]:
    """The symbols of an actor in a step, and those that joint actors share with them. A start or an end
    beside them is none: its arrow hands nothing to anyone."""
    alone = capsules(chart)
    steps = {node.id: node for node in chart.nodes if node.row == row and node.id not in alone}
    own = {id for id, node in steps.items() if chart.lanes[node.lane].id == actor}
    while True:
        joined = {end for pair in chart.pairs for end in (pair.left, pair.right) if _touches(pair, own)}
        joined &= steps.keys()
        if joined <= own:
            return own
        own |= joined


def _touches(pair: Pair, own: set[str]) -> bool:
    return pair.left in own or pair.right in own


def _once(found: Iterable[Handover]) -> tuple[Handover, ...]:
    return tuple(dict.fromkeys(found))
