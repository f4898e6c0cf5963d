"""No drawing has a fault: nothing through a symbol, on one line, on a label, or out of its room."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings

from generator.flow import layout
from generator.flow.chart import Chart
from generator.flow.layout import lay_out
from generator.flow.layout.board import Board
from generator.flow.layout.route import reroute
from generator.flow.layout.score import score
from tests.bench.flow.charts import sop_chart, stress_chart
from tests.layout.charts import FLOWS, charts, real
from tests.layout.charts import chart as short


@given(charts())
@settings(max_examples=150, deadline=None)
def test_any_chart_is_drawn_without_a_fault(chart: Chart) -> None:
    assert score(chart, lay_out(chart)).faults == ()


@given(charts(rows=3, lanes=8))
@settings(max_examples=80, deadline=None)
def test_any_broad_chart_is_drawn_without_a_fault(chart: Chart) -> None:
    assert score(chart, lay_out(chart)).faults == ()


@pytest.mark.parametrize("seed", range(0, 60, 10))
def test_made_up_flows_are_drawn_without_a_fault(seed: int) -> None:
    for n in range(seed, seed + 10):
        chart = stress_chart(n)
        assert score(chart, lay_out(chart)).faults == (), f"stress_chart({n})"


def test_sixty_steps_of_fifteen_actors_are_drawn_without_a_fault() -> None:
    chart = stress_chart(7, steps=60, lanes=15)
    assert len(chart.rows) == 60
    assert score(chart, lay_out(chart)).faults == ()


def test_the_real_flows_are_drawn_without_a_fault_or_a_crossing() -> None:
    assert len(FLOWS) == 6
    for path in FLOWS:
        chart = real(path)
        found = score(chart, lay_out(chart))
        assert (found.faults, found.crossings) == ((), 0), path.stem


def test_the_quality_of_made_up_flows_does_not_fall() -> None:
    edges = crossings = bends = 0
    for seed in range(300):
        chart = sop_chart(seed)
        found = score(chart, lay_out(chart))
        assert found.faults == (), f"sop_chart({seed})"
        edges, crossings, bends = edges + found.edges, crossings + found.crossings, bends + found.bends
    assert crossings <= 0.001 * edges
    assert bends <= 0.65 * edges


DIGEST = """
import hashlib
from tests.bench.flow.charts import stress_chart
from generator.flow.layout import lay_out
print(hashlib.sha256("".join(repr(lay_out(stress_chart(n))) for n in range(12)).encode()).hexdigest())
"""


def test_the_same_chart_gives_the_same_drawing_in_every_process() -> None:
    here = hashlib.sha256("".join(repr(lay_out(stress_chart(n))) for n in range(12)).encode()).hexdigest()
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", DIGEST],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.strip() == here


def test_edges_that_no_order_of_tracks_keeps_apart_are_laid_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three ways in one gap, each of which has to be above the next."""
    rows = [[(f"n{row}_{lane}", lane) for lane in range(4)] for row in range(4)]
    edges = """n0_2>n1_1 n0_3>n1_3 n1_0>n2_2 n1_1>n0_2 n1_1>n2_3 n1_2>n0_3 n1_2>n2_1 n1_3>n2_0
        n2_1>n3_1 n2_2>n3_0 n2_3>n3_2"""
    chart = short(4, rows, edges.split())
    calls = []

    def spy(board: Board, edges: set[int]) -> None:
        calls.append(edges)
        reroute(board, edges)

    monkeypatch.setattr(layout, "reroute", spy)
    assert score(chart, lay_out(chart)).faults == ()
    assert calls, "this chart no longer needs it: find another (full rows, permuted edges)"


def test_full_rows_with_permuted_edges_are_drawn_without_a_fault() -> None:
    for seed in range(15):
        rng = Random(seed)
        lanes, height = rng.randint(3, 7), rng.randint(2, 4)
        rows = [[(f"n{row}_{lane}", lane) for lane in range(lanes)] for row in range(height)]
        edges = {
            f"n{row}_{lane}>n{row + 1}_{to}" if rng.random() < 0.8 else f"n{row + 1}_{to}>n{row}_{lane}"
            for row in range(height - 1)
            for _ in range(rng.choice((1, 2)))
            for lane, to in enumerate(rng.sample(range(lanes), lanes))
        }
        chart = short(lanes, rows, sorted(edges))
        assert score(chart, lay_out(chart)).faults == (), seed


@pytest.mark.parametrize("branches", [6, 8, 10])
def test_labels_are_the_first_to_suffer_and_only_beyond_eight_branches(branches: int) -> None:
    rows = [[(f"n{row}_{lane}", lane) for lane in range(5)] for row in range(5)]
    rows[2][1] = ("d", 1)
    others = [id for row in rows for id, _ in row if id != "d"]
    for seed in range(3):
        targets = Random(seed).sample(others, branches)
        edges = [f"d>>{id} {id}" for id in targets] + [
            f"{id}>d" for id in Random(seed + 100).sample(others, 3)
        ]
        chart = short(5, rows, edges)
        found = score(chart, lay_out(chart))
        assert (found.hits, found.shared) == (0, 0)
        assert len(found.faults) == found.labels
        assert branches > 8 or found.labels == 0
