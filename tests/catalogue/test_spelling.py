"""Misprints are found as whole words, whatever their capitals, and nothing that only resembles one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.data.load import ScalarNode
from generator.data.validate.spelling import MISPRINTS, misprints
from generator.model.problems import Position

AT = Position("a.yml", 1, 1)


def _found(text: str) -> list[tuple[str, str]]:
    return [(word, meant) for _, word, meant in misprints(ScalarNode(text, AT))]


@given(st.sampled_from(sorted(MISPRINTS)), st.sampled_from([str, str.upper, str.title]), st.booleans())
def test_a_misprint_is_found_in_any_capitals(word: str, case: object, alone: bool) -> None:
    assert callable(case)
    written = case(word)
    [(said, meant)] = _found(written if alone else f"Surat, ({written}) lama")
    assert said == written
    assert meant.lower() == MISPRINTS[word].lower()


def test_what_is_part_of_another_word_is_none() -> None:
    assert _found("kematerian peresikoan buku_survey mutu baku") == []


def test_letters_that_only_resemble_those_of_a_misprint_do_no_harm() -> None:
    assert _found("ſurvey lapangan, reſiko, aktıfitas") == []
    assert _found("ſurvey dan survey") == [("survey", "survei")]
