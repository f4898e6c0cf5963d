"""Diagrams on pages, the map by Graphviz: any text stays text, lanes keep their order, every symbol leads to
its step."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec.structs import replace
from wasmtime import Store

from generator.figure.flowchart import Flowchart, in_lanes, in_one_column
from generator.figure.metrics import text_width
from generator.flow.chart import Chart
from generator.formats.graphviz.diagram import MapNode, map_graph
from generator.formats.graphviz.dot import draw
from generator.formats.graphviz.errors import DotError
from generator.formats.graphviz.graphviz import render
from generator.formats.html.flowchart import page_flowchart
from generator.model.sop import Alur, Kegiatan
from tests.bench.flow.charts import sop_chart, stress_chart
from tests.render.test_words import alur_for

Placed = Callable[[Alur, Chart], Flowchart]
MAP = map_graph([MapNode("a", "Satu", "Unit", "../a/"), MapNode("b", "Dua", "Unit", "../b/")], [("a", "b")])
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


def texts(element: ET.Element) -> str:
    return "".join("".join(element.itertext()).split())


def only_xml(text: str) -> str:
    return re.sub("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]", "\ufffd", text)


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    dot = map_graph([MapNode("a", text, "Unit", "../a/"), MapNode("b", "b", text, "../b/")], [("a", "b")])
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


def page(alur: Alur, chart: Chart, placed: Placed = in_lanes) -> Markup:
    return page_flowchart(placed(alur, chart), "Bagan", lambda row: f"#langkah-{row + 1}")


def drawn(chart: Chart, placed: Placed = in_lanes) -> ET.Element:
    return ET.fromstring(page(alur_for(chart), chart, placed))


def points(path: str) -> list[tuple[float, ...]]:
    return [tuple(map(float, pair.split(","))) for pair in re.findall(r"[-\d.]+,[-\d.]+", path)]


def some_chart(seed: int) -> Chart:
    return sop_chart(seed) if seed % 3 else stress_chart(seed, steps=2 + seed)


@pytest.mark.parametrize("seed", range(24))
def test_lanes_stand_side_by_side_in_their_order(seed: int) -> None:
    chart = some_chart(seed)
    svg = drawn(chart)
    used = ["".join(lane.heading.split()) for lane in chart.lanes]
    boxes = []
    for group in svg.findall("./g[@class='lajur']"):
        points = group.findall("polygon")[0].attrib["points"].split()
        places = [float(point.split(",")[0]) for point in points]
        boxes.append(
            (min(places), max(places), "".join("".join(t.itertext()) for t in group.findall("text")))
        )
    boxes.sort()
    assert ["".join(name.split()) for _, _, name in boxes] == used
    assert all(right <= left + 0.01 for (_, right, _), (left, _, _) in pairwise(boxes))


@pytest.mark.parametrize("seed", range(8))
def test_every_symbol_is_there_and_leads_to_its_step(seed: int) -> None:
    chart = sop_chart(seed)
    links = [a.attrib["href"] for a in drawn(chart).iter("a")]
    assert sorted(links) == sorted(f"#langkah-{node.row + 1}" for node in chart.nodes)
    arrows = [g for g in drawn(chart).iter("g") if g.get("class") == "edge"]
    assert len(arrows) == len(chart.edges) + len(chart.pairs)


@pytest.mark.parametrize("source", [in_lanes, in_one_column])
@pytest.mark.parametrize("seed", range(16))
def test_lines_are_straight_and_run_through_no_symbol(seed: int, source: Placed) -> None:
    """Places and routes are those of the layout: every part of a line is level or upright, and none enters a
    symbol except at its ends."""
    svg = drawn(some_chart(seed), source)
    boxes = []
    for group in svg.iter("g"):
        if group.get("class", "").startswith("node"):
            shape = next(part for part in group.iter() if part.tag in ("polygon", "path"))
            xs, ys = zip(*points(shape.get("points") or shape.attrib["d"]), strict=True)
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for group in svg.iter("g"):
        if group.get("class") != "edge":
            continue
        corners = points(group.findall("path")[0].attrib["d"])
        for (x, y), (u, v) in pairwise(corners):
            assert abs(x - u) < 0.02 or abs(y - v) < 0.02
            low, high = (min(x, u), min(y, v)), (max(x, u), max(y, v))
            for left, top, right, bottom in boxes:
                inside = (
                    high[0] > left + 1 and low[0] < right - 1 and high[1] > top + 1 and low[1] < bottom - 1
                )
                ends = {corners[0], corners[-1]} & {(x, y), (u, v)}  # a diamond's box is larger than it
                assert not inside or ends


@pytest.mark.parametrize("seed", range(12))
def test_words_stand_inside_their_symbol(seed: int) -> None:
    for source in (in_lanes, in_one_column):
        for group in drawn(some_chart(seed), source).iter("g"):
            if not group.get("class", "").startswith("node"):
                continue
            shape = next(part for part in group.iter() if part.tag in ("polygon", "path"))
            xs, ys = zip(*points(shape.get("points") or shape.attrib["d"]), strict=True)
            for text in group.iter("text"):
                half = text_width("".join(text.itertext()).strip()) * 12 / 2
                assert min(xs) <= float(text.attrib["x"]) - half
                assert float(text.attrib["x"]) + half <= max(xs)
                assert min(ys) < float(text.attrib["y"]) < max(ys)


def test_the_column_has_one_symbol_for_each_step_and_names_all_of_its_actors() -> None:
    chart = next(chart for chart in map(sop_chart, range(40)) if chart.pairs)
    svg = drawn(chart, in_one_column)
    said = [a.attrib["aria-label"] for a in svg.iter("a")]
    joint = {node for pair in chart.pairs for node in (pair.left, pair.right)}
    rows = {node.row for node in chart.nodes if node.id in joint}
    for row in rows:
        names = {
            chart.lanes[node.lane].heading for node in chart.nodes if node.row == row and node.id in joint
        }
        assert any(all(name in words for name in names) for words in said)
    assert len(said) == len(chart.nodes) - len(chart.pairs)
    assert not svg.findall("./g[@class='lajur']")


def test_the_same_chart_gives_the_same_bytes() -> None:
    chart = sop_chart(5)
    flow = page(alur_for(chart), chart)
    assert flow == page(alur_for(chart), chart)
    relations = draw(MAP, "Peta")
    assert relations == draw(MAP, "Peta")
    assert "Graphviz" not in relations
    assert not re.search(r"\bid=|xlink|<!--|<!DOCTYPE", flow + relations)


def test_a_missing_program_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOP_DOT", "tidak-ada-program-ini")
    with pytest.raises(DotError, match="tidak-ada-program-ini"):
        draw(MAP, "Peta")


def test_long_words_do_not_widen_a_box_without_end() -> None:
    chart = sop_chart(2)
    steps = tuple(Kegiatan(uraian="x" * 500) for _ in chart.rows)
    alur = Alur(id=chart.id, pelaksana=tuple(lane.id for lane in chart.lanes), kegiatan=steps)
    svg = ET.fromstring(page(alur, chart))
    assert float(svg.attrib["width"]) < 400 * len(chart.lanes)


def test_a_drawing_leaves_nothing_behind() -> None:
    """Neither a fault nor another drawing changes the next one, and no memory is kept: Graphviz used to leave
    7 kB in it at each."""
    before = draw(MAP, "Peta")
    for other in ("digraph {", 'digraph { a [label="\\Z'):
        with pytest.raises(DotError):
            render(other)
    assert draw(MAP, "Peta") == before
    gc.collect()
    assert not [one for one in gc.get_objects() if isinstance(one, Store)]


@settings(max_examples=40, deadline=None)
@given(TEXT)
def test_any_text_stands_in_a_flowchart_as_it_is(text: str) -> None:
    """Said whole to those who hear it, shown in lines; in the title too."""
    chart = sop_chart(5)
    alur = alur_for(chart)
    steps = tuple(replace(step, uraian=text) for step in alur.kegiatan)
    svg = ET.fromstring(page_flowchart(in_lanes(replace(alur, kegiatan=steps), chart), text, lambda _: "#a"))
    wanted = "".join(only_xml(text).split())
    assert "".join((svg.get("aria-label") or "").split()) == wanted
    said = ["".join((a.get("aria-label") or "").split()) for a in svg.iter("a")]
    assert any(words.endswith(wanted) for words in said)
