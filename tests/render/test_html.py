"""Words that may break stay the words they are; templates need no place to be kept."""

from __future__ import annotations

import sys
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import compiled
from generator.formats.html import html
from generator.formats.html.html import breakable


@given(st.text("a/<>&\"' \n", max_size=40) | st.text(max_size=40))
def test_a_word_that_may_break_is_the_same_word(text: str) -> None:
    shown = str(breakable(text))
    assert unescape(shown.replace("<wbr>", "")) == text
    assert all(piece.endswith("/") for piece in shown.split("<wbr>")[:-1])


def test_long_words_break_after_a_slash_and_short_ones_do_not() -> None:
    assert breakable("No. 27/PER/2011 dan/atau") == "No. 27/PER/2011 dan/atau"
    assert breakable("27/PER/M.KOMINFO/12/2011") == "27/<wbr>PER/<wbr>M.KOMINFO/<wbr>12/<wbr>2011"


def test_templates_are_filled_where_nothing_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program in a folder that is not one's own, and one whose kept templates are damaged."""
    kept = tmp_path / "kept"
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(compiled, "cache_from_source", lambda _: str(kept / "html.pyc"))
    html._environment.cache_clear()
    try:
        environment = html._environment()
        name = environment.list_templates()[0]
        environment.get_template(name)
        assert not kept.exists()
        kept.mkdir()
        html._environment.cache_clear()
        html._environment().get_template(name)
        (file,) = kept.iterdir()
        file.write_bytes(b"damaged")
        html._environment.cache_clear()
        html._environment().get_template(name)
        assert file.read_bytes() != b"damaged"
    finally:
        html._environment.cache_clear()
