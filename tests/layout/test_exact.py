"""Small flows against every other drawing of them: the best, or within one crossing and two bends."""

from __future__ import annotations

from collections import Counter

import pytest

from generator.flow.layout import lay_out
from generator.flow.layout.score import score
from tests.bench.flow.exact import distance, fewest, small_chart
from tests.layout.charts import FLOWS, real


@pytest.mark.parametrize("start", range(0, 60, 15))
def test_small_flows_are_within_one_crossing_and_two_bends_of_the_best(start: int) -> None:
    found = Counter(distance(small_chart(seed)) for seed in range(start, start + 15))
    assert found[None] <= 3
    assert all(more is None or (more[0] <= 1 and (more[0] < 0 or more[1] <= 2)) for more in found), found


def test_the_real_flows_have_no_more_bends_than_the_best_drawing() -> None:
    for path in FLOWS:
        chart = real(path)
        found = score(chart, lay_out(chart))
        assert fewest(chart, (found.crossings, found.bends)) == (found.crossings, found.bends), path.stem
