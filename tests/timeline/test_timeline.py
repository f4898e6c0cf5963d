"""The shortest and the longest way, held to every way there is through small flows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.flow.chart import Chart, ChartRow, Edge, Lane, Node
from generator.flow.process import ElementKind, Process, build_process
from generator.flow.timeline import FamilyTime, Timeline, build_timeline
from generator.form.symbols import Shape
from generator.model.durations import Family, parse_duration
from tests.bench.flow.charts import stress_chart

BOX, DIAMOND = Shape.PROCESS, Shape.DECISION


def flow(shapes: str, *edges: str) -> Chart:
    """A chart of one lane: "bdb" are box, diamond, box in rows 0, 1, 2; an edge is "1>0 Tidak"."""
    nodes = tuple(Node(str(n), DIAMOND if s == "d" else BOX, n, 0) for n, s in enumerate(shapes))
    found = []
    for text in edges:
        ends, _, label = text.partition(" ")
        source, target = ends.split(">")
        found.append(Edge(source, target, label, label != "Tidak"))
    rows = tuple(ChartRow(f"r{n}", str(n + 1)) for n in range(len(shapes)))
    return Chart("uji", (Lane("a", "A"),), rows, nodes, tuple(found))


def reckon(chart: Chart, times: list[str]) -> Timeline:
    words = [f"Langkah {row.number}" for row in chart.rows]
    return build_timeline(build_process(chart, words, {}), [parse_duration(text) for text in times])


def only(timeline: Timeline) -> FamilyTime:
    (family,) = timeline.families
    return family


def test_a_straight_flow_takes_the_sum() -> None:
    found = reckon(flow("bbb", "0>1", "1>2"), ["10 menit", "1 jam", "5-7 menit"])
    minutes = only(found)
    assert (minutes.best, minutes.forward, minutes.worst) == (75, 77, 77)
    assert [(row.earliest, row.latest) for row in minutes.rows] == [(0, 10), (10, 70), (70, 77)]
    assert (found.returns, found.choices, found.unknown) == ((), (), ())


def test_a_return_is_counted_once_and_said() -> None:
    found = reckon(flow("bdb", "0>1", "1>2 Ya", "1>0 Tidak"), ["10 menit", "5 menit", "1 menit"])
    minutes = only(found)
    assert (minutes.best, minutes.forward, minutes.returns) == (16, 16, 15)
    assert found.returns == ((1, 0),)
    assert found.choices == (1,)


def test_a_step_that_only_leads_back_is_part_of_its_return() -> None:
    chart = flow("bdbb", "0>1", "1>3 Ya", "1>2 Tidak", "2>0")
    found = reckon(chart, ["10 menit", "5 menit", "7 menit", "1 menit"])
    minutes = only(found)
    assert (minutes.best, minutes.forward, minutes.returns) == (16, 16, 22)
    assert found.returns == ((2, 0),)


def test_a_skip_makes_the_shortest_way() -> None:
    found = reckon(flow("dbb", "0>1 Ya", "0>2 Tidak", "1>2"), ["1 menit", "30 menit", "2 menit"])
    assert (only(found).best, only(found).worst) == (3, 33)
    last = only(found).rows[-1]
    assert (last.earliest, last.latest) == (1, 33)


def test_plain_ways_out_are_all_gone_along() -> None:
    chart = flow("bbbb", "0>1", "0>2", "1>3", "2>3")
    assert only(reckon(chart, ["1 menit", "10 menit", "3 menit", "1 menit"])).best == 12


def test_branches_of_one_label_are_gone_along_together() -> None:
    chart = flow("dbbb", "0>1 Ya", "0>2 Ya", "0>3 Tidak", "1>3", "2>3")
    assert only(reckon(chart, ["1 menit", "10 menit", "3 menit", "1 menit"])).best == 2
    short = flow("dbb", "0>1 Ya", "0>2 Ya")
    assert only(reckon(short, ["1 menit", "10 menit", "3 menit"])).best == 11


def test_families_of_units_stay_apart_and_unknown_steps_are_named() -> None:
    found = reckon(flow("bbbb", "0>1", "1>2", "2>3"), ["1 hari", "30 menit", "Segera", ""])
    assert [(f.family, f.worst) for f in found.families] == [(Family.HARI, 1), (Family.MENIT, 30)]
    assert found.unknown == (2, 3)


def test_two_symbols_of_one_step_are_one_time_and_two_actors_work() -> None:
    nodes = (Node("a", BOX, 0, 0), Node("b", DIAMOND, 0, 1), Node("c", BOX, 1, 0))
    edges = (Edge("a", "b"), Edge("b", "c", "Ya"), Edge("b", "a", "Tidak", False))
    lanes, rows = (Lane("x", "X"), Lane("y", "Y")), (ChartRow("r", "1"), ChartRow("s", "2"))
    found = reckon(Chart("uji", lanes, rows, nodes, edges), ["10 menit", "1 menit"])
    assert (only(found).best, only(found).returns) == (11, 10)
    first, second = found.actors
    assert (first.rows, first.joint) == ((0, 1), (0,))
    assert (second.rows, second.joint) == ((0,), (0,))


def test_every_row_needs_a_duration() -> None:
    with pytest.raises(ValueError, match="1 durations for 3 rows"):
        reckon(flow("bbb", "0>1", "1>2"), ["1 menit"])


def walks(process: Process, cost: list[Fraction]) -> Iterator[Fraction]:
    """The cost of every way from a start to an end that comes to no element twice."""
    row = {node.id: node.row for node in process.chart.nodes}
    kind = {part.id: part.kind for part in process.parts}

    def on(node: str, seen: frozenset[str], so_far: Fraction) -> Iterator[Fraction]:
        if kind[node] is ElementKind.END:
            yield so_far
        for edge in process.chart.edges:
            if edge.source == node and edge.target not in seen:
                step = cost[row[edge.target]] if row[edge.target] != row[node] else Fraction(0)
                yield from on(edge.target, seen | {edge.target}, so_far + step)

    for part in process.parts:
        if part.kind is ElementKind.START:
            yield from on(part.id, frozenset({part.id}), cost[row[part.id]])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 6))
def test_no_way_is_shorter_or_longer(seed: int, steps: int) -> None:
    chart = stress_chart(seed, steps, 1 + seed % 3)
    rng = Random(seed)
    minutes = [rng.choice((0, 1, 5, 20)) for _ in chart.rows]
    process = build_process(chart, ["Kerja"] * len(chart.rows), {})
    found = build_timeline(process, [parse_duration(f"{m} menit") for m in minutes])
    ways = list(walks(process, [Fraction(m) for m in minutes]))
    assume(len(ways) > 0)
    family = only(found)
    assert 0 <= family.best <= family.forward <= family.worst
    assert family.forward <= max(ways)
    if not found.returns:
        assert family.forward == max(ways)
    kinds = {part.kind for part in process.parts}
    if ElementKind.PARALLEL not in kinds and ElementKind.INCLUSIVE not in kinds:
        assert family.best == min(ways)
    else:
        assert family.best >= min(ways)
    for row in family.rows:
        assert row.earliest >= 0
        assert row.earliest + row.low <= row.latest
