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


class Handovers:
    """What the steps of a chart are handed and hand on."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self._nodes, self._alone = {node.id: node for node in chart.nodes}, capsules(chart)

    def received(self, row: int, actor: str) -> tuple[Handover, ...]:
        """From whom a step of an actor takes over, in the order of the chart; starts give nothing."""
        own = self._own(row, actor)
        return _once(
            Handover(source.lane, source.row, edge.label)
            for edge in self.chart.edges
            if edge.target in own and edge.source not in self._alone and (source := self._nodes[edge.source])
        )

    def handed_on(self, row: int, actor: str) -> tuple[Handover, ...]:
        """To whom a step of an actor hands on; ends take nothing."""
        own = self._own(row, actor)
        return _once(
            Handover(target.lane, target.row, edge.label)
            for edge in self.chart.edges
            if edge.source in own and edge.target not in self._alone and (target := self._nodes[edge.target])
        )

    def _own(self, row: int, actor: str) -> set[str]:
        """The symbols of an actor in a step, and those that joint actors share with them. A start or an end
        beside them is none: its arrow hands nothing to anyone."""
        chart = self.chart
        steps = {node.id: node for node in chart.nodes if node.row == row and node.id not in self._alone}
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
