"""Lines of a text: nothing lost, nothing too wide that could be broken, quick for words of any length."""

from __future__ import annotations

import time

from hypothesis import example, given
from hypothesis import strategies as st

from generator.figure.metrics import text_width, wrap


@example("WaaWW", 0.1)
@given(st.text("abW é—漢-/ .\n", max_size=60), st.sampled_from([0.1, 1, 3, 8]))
def test_lines_hold_the_text_and_fit(text: str, width: float) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()).replace("-", "") == "".join(text.split()).replace("-", "")
    assert len(lines) >= text.count("\n") + 1
    assert all(text_width(line) <= width or len(line) == 1 for line in lines)


def test_a_word_as_long_as_a_file_is_no_hang() -> None:
    begun = time.process_time()
    lines = wrap("x" * 200_000, 8)
    assert time.process_time() - begun < 2
    assert sum(map(len, lines)) == 200_000
