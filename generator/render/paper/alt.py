"""Chart → what each symbol says to a reader who does not see it: its kind, its actor, where it goes on."""

from __future__ import annotations

from generator.chart import Chart, Edge
from generator.drawing import Shape


def symbol_words(chart: Chart) -> dict[str, str]:
    """The alternative text of every node."""
    nodes = {node.id: node for node in chart.nodes}
    entered = {edge.target for edge in chart.edges}
    ways: dict[str, list[Edge]] = {}
    for edge in chart.edges:
        ways.setdefault(edge.source, []).append(edge)

    def name(id: str) -> str:
        shape = nodes[id].shape
        if shape is Shape.TERMINATOR:
            return "selesai" if id in entered else "mulai"
        return "keputusan" if shape is Shape.DECISION else "kegiatan"

    def place(id: str) -> str:
        node = nodes[id]
        lane, number = chart.lanes[node.lane].heading, chart.rows[node.row].number
        return f"langkah {number} ({lane})" if number else f"baris ke-{node.row + 1} ({lane})"

    def way(edge: Edge) -> str:
        here, there = nodes[edge.source], nodes[edge.target]
        start = f"jika {edge.label} " if edge.label else ""
        if here.row == there.row:
            return f"{start}ke {name(edge.target)} ({chart.lanes[there.lane].heading})"
        back = "kembali " if there.row < here.row else ""
        return f"{start}{back}ke {place(edge.target)}"

    words = {}
    for node in chart.nodes:
        text = f" “{node.text}”" if node.text else ""
        onward = ", ".join(way(edge) for edge in ways.get(node.id, ()))
        kind = name(node.id).capitalize()
        words[node.id] = f"{kind}{text}, {chart.lanes[node.lane].heading}" + (f": {onward}" if onward else "")
    return words
