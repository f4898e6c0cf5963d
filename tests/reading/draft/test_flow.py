"""What was read of a flow → steps that draw it again."""

from __future__ import annotations

import pytest

from generator.flow.chart import Chart as Drawn
from generator.flow.chart import build_chart
from generator.model.sop import Alur, Kapsul
from generator.reading.draft.flow import drawn, steps
from tests.bench.flow.charts import sop_chart, stress_chart
from tests.reading.draft.drawn import as_read, bare_rows, loose


def again(chart: Drawn, capsule: Kapsul = Kapsul.SENDIRI) -> Drawn:
    read = as_read(chart)
    actors = [f"a{n}" for n in range(len(chart.lanes))]
    made = steps(read, bare_rows(read), actors, capsule)
    alur = Alur(id="alur", pelaksana=tuple(actors), kegiatan=made.kegiatan)
    return build_chart(alur, "alur", {}, capsule)


@pytest.mark.parametrize("capsule", list(Kapsul))
@pytest.mark.parametrize("seed", range(40))
def test_a_flow_is_written_as_it_was_drawn(seed: int, capsule: Kapsul) -> None:
    chart = sop_chart(seed)
    assert loose(drawn(again(chart, capsule))) == loose(drawn(chart))


@pytest.mark.parametrize("seed", range(60))
def test_any_flow_is_written_as_it_was_drawn(seed: int) -> None:
    chart = stress_chart(seed)
    assert loose(drawn(again(chart))) == loose(drawn(chart))
