"""No drawing has a fault: nothing through a symbol, on one line, on a label, or out of its room."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from bench.flow.charts import sop_chart, stress_chart
from generator.chart import Chart
from generator.layout import lay_out
from generator.layout.score import score
from tests.layout.charts import FLOWS, charts, real


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
    assert crossings <= 0.0025 * edges
    assert bends <= 0.70 * edges


DIGEST = """
import hashlib
from bench.flow.charts import stress_chart
from generator.layout import lay_out
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
