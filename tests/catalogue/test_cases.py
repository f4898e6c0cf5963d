"""Every case file gives exactly the problems that its comments expect, and every rule has a case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.data import validate
from generator.data.validate import cross_rules, flow_rules, form_rules, references, register_rules
from tests.catalogue.cases import CASES, INCOMPLETE, check_case, expected

FILES = sorted(CASES.glob("*.yml"))

FILE_RULES = [
    validate.tanda_tak_terlihat,
    *references.NAMES,
    *references.REFERENCES,
    *references.CONTENT,
    *references.ELSEWHERE,
    *flow_rules.SYMBOL_ERRORS,
    *flow_rules.PATH_ERRORS,
    *flow_rules.FLOW_WARNINGS,
    form_rules.rantai_output,
    *form_rules.FORM,
]
ALL_RULES = [
    *FILE_RULES,
    *register_rules.REGISTER_ERRORS,
    *register_rules.REGISTER_WARNINGS,
    *cross_rules.CROSS,
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_case_has_the_problems_that_its_comments_say(path: Path) -> None:
    wanted = expected(path)
    _, problems = check_case(path)
    texts = {message.partition(" -> ")[0] for _, _, message in wanted}
    named = {p.rule for p in problems if p.message in texts}
    found = {
        (p.position.line, p.severity.value, p.message)
        for p in problems
        if p.rule not in INCOMPLETE or (p.rule in named and p.message in texts)
    }
    hints = {(p.position.line, p.message): p.hint for p in problems}
    assert found == {(line, severity, message.partition(" -> ")[0]) for line, severity, message in wanted}
    for line, _, message in wanted:
        text, arrow, hint = message.partition(" -> ")
        assert not arrow or hints[line, text] == hint


def test_the_sound_case_has_no_problem_at_all() -> None:
    outline, problems = check_case(CASES / "benar.yml")
    assert outline is not None
    assert problems == []


BY_NAME = [rule for rule in FILE_RULES if rule is not references.bentuk_nama_berkas]  # see test_catalogue


@pytest.mark.parametrize("rule", BY_NAME, ids=lambda rule: rule.__name__)
def test_every_rule_of_a_file_has_a_case(rule: object) -> None:
    name = getattr(rule, "__name__", "")
    assert any(p.rule == name for path in FILES for p in check_case(path)[1])


def test_every_problem_has_a_position_in_its_file_and_a_cure() -> None:
    for path in FILES:
        lines = path.read_text(encoding="utf-8").splitlines()
        for problem in check_case(path)[1]:
            assert problem.position.file == path.name
            assert 1 <= problem.position.line <= len(lines)
            assert 1 <= problem.position.column <= len(lines[problem.position.line - 1]) + 1
            assert problem.hint
            assert problem.rule


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.__name__)
def test_a_rule_is_one_indonesian_sentence(rule: object) -> None:
    sentence = rule.__doc__ or ""
    assert re.fullmatch(r"[A-Z][^\n]*\.", sentence)
    assert ". " not in sentence
