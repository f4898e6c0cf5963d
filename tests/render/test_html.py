"""Words that may break stay the words they are."""

from __future__ import annotations

from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from generator.render.html import breakable


@given(st.text("a/<>&\"' \n", max_size=40) | st.text(max_size=40))
def test_a_word_that_may_break_is_the_same_word(text: str) -> None:
    shown = str(breakable(text))
    assert unescape(shown.replace("<wbr>", "")) == text
    assert all(piece.endswith("/") for piece in shown.split("<wbr>")[:-1])


def test_long_words_break_after_a_slash_and_short_ones_do_not() -> None:
    assert breakable("No. 27/PER/2011 dan/atau") == "No. 27/PER/2011 dan/atau"
    assert breakable("27/PER/M.KOMINFO/12/2011") == "27/<wbr>PER/<wbr>M.KOMINFO/<wbr>12/<wbr>2011"
