"""Charts and the documents set from them → what a reading of their PDF must give."""

from __future__ import annotations

from typing import Any

from generator.documents.setting import Document
from generator.flow.chart import Chart
from generator.form.symbols import Shape
from generator.reading.understood import Chart as Read

Facts = tuple[object, ...]


def said(document: Document, chart: Chart) -> Facts:
    """Actors, texts of rows, symbols, arrows with labels and joint actors of a chart as it is printed."""
    names = _names([(n.id, n.row, n.lane) for n in chart.nodes])
    kinds = {Shape.PROCESS: "process", Shape.DECISION: "decision", Shape.TERMINATOR: "terminator"}
    rows = [[" ".join("\n".join(cell).split()) for cell in cells] for cells in document.content.flows[0].rows]
    return (
        tuple(lane.heading for lane in chart.lanes),
        tuple(tuple(row) for row in rows),
        frozenset((names[n.id], kinds[n.shape]) for n in chart.nodes),
        frozenset((names[e.source], names[e.target], e.label) for e in chart.edges),
        frozenset(frozenset((names[p.left], names[p.right])) for p in chart.pairs),
    )


def read(chart: Read) -> Facts:
    """The same of a reading."""
    names = _names([(s.id, s.row, s.actor) for s in chart.symbols])
    fields = ("kegiatan", "kelengkapan", "waktu", "output", "keterangan")
    rows = [
        (row.no, *(" ".join(row.cells[f].text.split()) if f in row.cells else "" for f in fields))
        for row in chart.rows
    ]
    kind = {"start": "terminator", "end": "terminator"}
    return (
        chart.actors,
        tuple(rows),
        frozenset((names[s.id], kind.get(s.kind, s.kind)) for s in chart.symbols),
        frozenset((names[e.source], names[e.target], e.label) for e in chart.edges),
        frozenset(frozenset((names[a], names[b])) for a, b in chart.joint),
    )


def _names(nodes: list[tuple[str, int, int]]) -> dict[str, tuple[int, int, int]]:
    """Row, actor and place in the cell of each symbol."""
    count: dict[tuple[int, int], int] = {}
    found = {}
    for id, row, lane in nodes:
        count[row, lane] = count.get((row, lane), 0) + 1
        found[id] = (row, lane, count[row, lane])
    return found


def flat(chart: dict[str, Any]) -> Facts:
    """A chart in the neutral shape, its symbols named by where they stand."""
    nodes = [(node[0], n, node[1]) for n, row in enumerate(chart["rows"]) for node in row["nodes"]]
    names = _names(nodes)
    kinds = {node[0]: node[2] for row in chart["rows"] for node in row["nodes"]}
    fields = ("no", "kegiatan", "kelengkapan", "waktu", "output", "ket")
    return (
        tuple(chart["actors"]),
        tuple(tuple(" ".join(row.get(field, "").split()) for field in fields) for row in chart["rows"]),
        frozenset((names[id], kinds[id]) for id in names),
        frozenset((names[a], names[b], *label) for a, b, *label in chart["edges"]),
        frozenset(frozenset((names[a], names[b])) for a, b in chart["joint"]),
    )
