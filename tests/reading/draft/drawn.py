"""A chart as the layout takes it → the same as if it had been read: made-up places, symbols and arrows."""

from __future__ import annotations

from generator.flow.chart import Chart as Drawn
from generator.form.symbols import Shape
from generator.model.sop import Kegiatan
from generator.reading.draft.flow import Facts, Spot
from generator.reading.seen import Box
from generator.reading.understood import Chart, Edge, Place, Row, Symbol, Words

KINDS = {Shape.PROCESS: "process", Shape.DECISION: "decision", Shape.TERMINATOR: "start"}


def as_read(chart: Drawn) -> Chart:
    """A chart read without a fault."""
    sources = {edge.source for edge in chart.edges}
    symbols, count = [], dict[tuple[int, int], int]()
    for node in chart.nodes:
        level = count[node.row, node.lane] = count.get((node.row, node.lane), 0) + 1
        top = 100.0 * node.row + 20 * level
        box = Box(50.0 * node.lane, top, 50.0 * node.lane + 30, top + 12)
        kind = KINDS[node.shape]
        kind = "end" if kind == "start" and node.id not in sources else kind
        symbols.append(Symbol(node.id, node.row, node.lane, kind, Place(0, box), node.text))
    rows = tuple(
        Row(
            row.number,
            {"kegiatan": Words(f"Melakukan hal ke-{n + 1}")},
            Place(0, Box(0, 100 * n, 500, 100 * n + 100)),
        )
        for n, row in enumerate(chart.rows)
    )
    return Chart(
        title="",
        actors=tuple(lane.heading for lane in chart.lanes),
        rows=rows,
        symbols=tuple(symbols),
        edges=tuple(Edge(e.source, e.target, e.label) for e in chart.edges),
        joint=tuple((p.left, p.right) for p in chart.pairs),
    )


def bare_rows(chart: Chart) -> list[Kegiatan]:
    return [Kegiatan(uraian=row.cells["kegiatan"].text, no=row.no) for row in chart.rows]


def loose(facts: Facts) -> tuple[object, ...]:
    """Facts with joint symbols as one: at which of them an arrow ends is the layout's."""
    nodes, edges, pairs = facts
    one: dict[Spot, Spot] = {}
    for left, right in sorted(pairs):
        one[right] = one.get(left, left)
    arrows = sorted((one.get(a, a), one.get(b, b), label) for a, b, label in edges)
    return nodes, tuple(arrows), pairs
