"""Text of an SOP file + values that a command sets → the same text with them and nothing else changed, or
nothing where that cannot be done."""

from __future__ import annotations

from collections.abc import Mapping

from generator.data.load import load_text
from generator.data.validate.schema import read_sop
from generator.data.writing.form import sop_form
from generator.data.writing.operations import NotApplied, Put, apply
from generator.data.writing.tidy import tidy
from generator.data.writing.yaml_style import Plain
from generator.model.problems import Problem, Severity
from generator.model.sop import SOP

Values = Mapping[tuple[str, ...], Plain]
"""Values by the keys that lead to them; None takes the key out."""


def read_text(text: str, slug: str, name: str) -> tuple[SOP | None, list[Problem]]:
    """The SOP of a file's text, its form checked and nothing else."""
    tree, problems = load_text(text.removeprefix("\ufeff"), name)
    sop = None if tree is None else read_sop(tree, slug, problems)
    broken = any(problem.severity is Severity.ERROR for problem in problems)
    return (None if broken else sop), problems


def edited(text: str, values: Values) -> str | None:
    """The text with the values, everything else to the byte."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        return apply(lines, [Put(path, value) for path, value in values.items()])
    except NotApplied:
        return None


def recorded(text: str, slug: str, name: str, values: Values) -> str | None:
    """The text with the values, held to that: all else that the SOP says is as it was. What was tidy stays
    tidy."""
    before, _ = read_text(text, slug, name)
    made = edited(text, values)
    if made is not None and tidy(text, name)[0] == text:
        made, _ = tidy(made, name)
    after = None if made is None else read_text(made, slug, name)[0]
    if before is None or after is None or rest(after, values) != rest(before, values):
        return None
    return made


def rest(sop: SOP, values: Values) -> dict[str, Plain]:
    """What an SOP says beside these values."""
    form = sop_form(sop)
    for first, *deeper in values:
        inner = form.get(first)
        if deeper and isinstance(inner, Mapping):
            form[first] = {key: value for key, value in inner.items() if key != deeper[0]} or None
        else:
            form.pop(first, None)
    return {key: value for key, value in form.items() if value is not None}
