"""Diagrams by Graphviz: any text stays text, lanes keep their order, every symbol leads to its step."""

from __future__ import annotations

import gc
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wasmtime import Store

from generator.flow.chart import Chart
from generator.formats.graphviz.diagram import MapNode, flow_source, map_source
from generator.formats.graphviz.dot import Dot, draw
from generator.formats.graphviz.errors import DotError
from generator.model.sop import Alur, Kegiatan
from tests.bench.flow.charts import sop_chart, stress_chart
from tests.render.test_words import alur_for

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


def texts(element: ET.Element) -> str:
    return "".join("".join(element.itertext()).split())


def only_xml(text: str) -> str:
    return re.sub("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]", "\ufffd", text)


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    dot = map_source([MapNode("a", text, "Unit", "../a/"), MapNode("b", "b", text, "../b/")], [("a", "b")])
    svg = ET.fromstring(draw(dot, text))
    wanted = only_xml("".join(text.split()))
    assert texts(svg.findall(".//g[@class='node kotak']")[0]) == wanted
    assert wanted in [texts(group) for group in svg.findall("./g/g[@class='cluster lajur']/text/..")] or any(
        wanted in texts(group) for group in svg.findall("./g/g")
    )
    assert {element.tag for element in svg.iter()} <= {
        "svg",
        "g",
        "a",
        "polygon",
        "path",
        "text",
        "polyline",
        "ellipse",
    }


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(
        draw(flow_source(alur_for(chart), chart, lambda row: f"#langkah-{row + 1}"), "Bagan")
    )


@pytest.mark.parametrize("seed", range(24))
def test_lanes_stand_side_by_side_in_their_order(seed: int) -> None:
    chart = sop_chart(seed) if seed % 3 else stress_chart(seed, steps=2 + seed)
    svg = drawn(chart)
    used = [
        "".join(lane.heading.split())
        for place, lane in enumerate(chart.lanes)
        if any(node.lane == place for node in chart.nodes)
    ]
    boxes = []
    for group in svg.findall("./g/g[@class='cluster lajur']"):
        points = group.find("polygon").get("points").split()
        places = [float(point.split(",")[0]) for point in points]
        boxes.append(
            (min(places), max(places), "".join("".join(t.itertext()) for t in group.findall("text")))
        )
    boxes.sort()
    assert ["".join(name.split()) for _, _, name in boxes] == used
    assert all(right <= left for (_, right, _), (left, _, _) in pairwise(boxes))


@pytest.mark.parametrize("seed", range(8))
def test_every_symbol_is_there_and_leads_to_its_step(seed: int) -> None:
    chart = sop_chart(seed)
    links = [a.get("href") for a in drawn(chart).iter("a")]
    assert sorted(links) == sorted(f"#langkah-{node.row + 1}" for node in chart.nodes)
    arrows = [g for g in drawn(chart).iter("g") if g.get("class") == "edge"]
    assert len(arrows) == len(chart.edges) + len(chart.pairs)


def test_the_same_chart_gives_the_same_bytes() -> None:
    chart = sop_chart(5)
    one = draw(flow_source(alur_for(chart), chart, lambda row: f"#{row}"), "Bagan")
    assert one == draw(flow_source(alur_for(chart), chart, lambda row: f"#{row}"), "Bagan")
    assert "Graphviz" not in one
    assert not re.search(r"\bid=|xlink|<!--|<!DOCTYPE", one)


def test_a_missing_program_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOP_DOT", "tidak-ada-program-ini")
    chart = sop_chart(1)
    with pytest.raises(DotError, match="tidak-ada-program-ini"):
        draw(flow_source(alur_for(chart), chart, lambda row: f"#{row}"), "Bagan")


def test_long_words_do_not_widen_a_box_without_end() -> None:
    chart = sop_chart(2)
    steps = tuple(Kegiatan(uraian="x" * 500) for _ in chart.rows)
    alur = Alur(id=chart.id, pelaksana=tuple(lane.id for lane in chart.lanes), kegiatan=steps)
    svg = ET.fromstring(draw(flow_source(alur, chart, lambda row: f"#{row}"), "Bagan"))
    assert float(svg.get("width")) < 400 * len(chart.lanes)


def test_a_drawing_leaves_nothing_behind() -> None:
    """Neither a fault nor another drawing changes the next one, and no memory is kept: Graphviz used to leave
    7 kB in it at each."""
    chart = sop_chart(2)
    source = flow_source(alur_for(chart), chart, lambda row: f"#{row}")
    before = draw(source, "Bagan")
    for other in ("digraph {", 'digraph { a [label="\\Z'):
        with pytest.raises(DotError):
            draw(Dot(other, {}), "Bagan")
    assert draw(source, "Bagan") == before
    gc.collect()
    assert not [one for one in gc.get_objects() if isinstance(one, Store)]
