"""The six real flows can be written in our data, and the chart made from it says the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generator.data.load import load_text
from generator.data.validate import validate_sop
from generator.flow.chart import Chart, build_charts
from generator.model.problems import Severity
from tests.catalogue.facts import FILES, SHAPES, facts, register, to_yaml


def chart_of(path: Path, long: bool) -> Chart:
    flow = facts(path)
    data = register(flow)
    tree, problems = load_text(to_yaml(flow, long), path.name)
    assert tree is not None
    outline, found = validate_sop(tree, "contoh", data)
    assert outline is not None
    assert [p for p in [*problems, *found] if p.severity is Severity.ERROR] == []
    (chart,) = build_charts(outline.sop, data.pelaksana, data.instansi.kapsul)
    return chart


@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_chart_holds_the_facts(path: Path, long: bool) -> None:
    flow, chart = facts(path), chart_of(path, long)
    assert [lane.heading for lane in chart.lanes] == flow["actors"]
    assert [row.number for row in chart.rows] == [row["no"] for row in flow["rows"]]
    wanted = [(row, node) for row, step in enumerate(flow["rows"]) for node in step["nodes"]]
    assert [(n.row, n.lane, n.shape.value, n.text) for n in chart.nodes] == [
        (row, node[1], SHAPES[node[2]], "".join(node[3:])) for row, node in wanted
    ]
    names = {node.id: fact[0] for node, (_, fact) in zip(chart.nodes, wanted, strict=True)}
    assert Counter((names[e.source], names[e.target], e.label) for e in chart.edges) == Counter(
        (edge[0], edge[1], "".join(edge[2:])) for edge in flow["edges"]
    )
    assert chart.pairs == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_words_of_the_cells_are_kept(path: Path) -> None:
    flow = facts(path)
    tree, _ = load_text(to_yaml(flow, long=False), path.name)
    assert tree is not None
    outline, _ = validate_sop(tree, "contoh", register(flow))
    assert outline is not None
    for step, row in zip(outline.sop.alur[0].kegiatan, flow["rows"], strict=True):
        assert step.uraian == row["kegiatan"]
        assert (step.waktu or "", step.output or "", step.keterangan or "") == (
            row["waktu"],
            row["output"],
            row.get("ket") or "",
        )
        assert "\n".join(step.kelengkapan) == row["kelengkapan"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_one_way_out_of_each_symbol_carries_the_flow_on(path: Path) -> None:
    chart = chart_of(path, long=False)
    rows = {node.id: node.row for node in chart.nodes}
    for source in {edge.source for edge in chart.edges}:
        ways = [edge for edge in chart.edges if edge.source == source]
        (main,) = [edge for edge in ways if edge.main]
        forward = [rows[edge.target] for edge in ways if rows[edge.target] > rows[source]]
        assert not forward or rows[main.target] == min(forward)
