"""Trees → SOP and registers, + problems: first the form (schema), then one small rule each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from generator.data.load import Tree
from generator.data.validate.cross_rules import CROSS, KeptFile, outline
from generator.data.validate.document import CheckedFile, Finding, Register
from generator.data.validate.flow_rules import FLOW_WARNINGS, PATH_ERRORS, SYMBOL_ERRORS
from generator.data.validate.form_rules import FORM, rantai_output
from generator.data.validate.read import error
from generator.data.validate.references import CONTENT, ELSEWHERE, NAMES, REFERENCES
from generator.data.validate.register_rules import REGISTER_ERRORS, REGISTER_WARNINGS, Registers
from generator.data.validate.schema import read_sop
from generator.data.validate.spelling import texts, unseen
from generator.model.problems import Problem, Severity

__all__ = ["KeptFile", "Register", "Registers", "validate_across", "validate_registers", "validate_sop"]

Subject = TypeVar("Subject")


def validate_sop(tree: Tree, slug: str, register: Register) -> tuple[KeptFile | None, list[Problem]]:
    """One SOP file: its outline if its form allows one, and everything that is wrong with it.

    Form and names are told together. Rules on symbols wait until both are sound, rules on paths until the
    symbols are: a flow read from half a step would tell of problems that nobody made.
    """
    out: list[Problem] = [*tanda_tak_terlihat(tree), *_size(tree)]
    sop = read_sop(tree, slug, out)
    if sop is None:
        return None, out
    doc = CheckedFile(sop, tree, register)
    out += _apply((*FORM, *ELSEWHERE), doc, Severity.WARNING)
    names = list(_apply(NAMES, doc, Severity.ERROR))
    content = () if _any_error(out) else CONTENT
    out += _apply((*REFERENCES, *content), doc, Severity.ERROR)
    for rules in (SYMBOL_ERRORS, PATH_ERRORS):
        if _any_error(out):
            return outline(doc), [*out, *names]
        out += _apply(rules, doc, Severity.ERROR)
    out += _apply((*FLOW_WARNINGS, rantai_output), doc, Severity.WARNING)
    return outline(doc), [*out, *names]


_LETTERS, _LINES = 200_000, 10_000
"""Letters and lines of one SOP: some 80 pages of text."""


def _size(tree: Tree) -> Iterator[Problem]:
    """An SOP that is too long as a whole, although none of its texts is."""
    found = [text.value for text in texts(tree)]
    letters, lines = sum(map(len, found)), len(found) + sum(text.count("\n") for text in found)
    for many, most, what in ((letters, _LETTERS, "huruf"), (lines, _LINES, "baris isi")):
        if many > most:
            message = f"SOP ini terlalu panjang ({many} {what}, paling banyak {most})"
            yield error(
                tree.position, message, "bagi menjadi beberapa SOP, atau pindahkan ke lampiran", "panjang"
            )


def validate_registers(data: Registers) -> list[Problem]:
    """The registers against one another."""
    out = [*_apply(REGISTER_ERRORS, data, Severity.ERROR), *_apply(REGISTER_WARNINGS, data, Severity.WARNING)]
    for tree in (data.instansi, data.unit, data.pelaksana, data.hukum):
        out += [] if tree is None else tanda_tak_terlihat(tree)
    return out


def validate_across(outlines: Sequence[KeptFile]) -> list[Problem]:
    """All SOPs together."""
    return list(_apply(CROSS, outlines, Severity.WARNING))


def tanda_tak_terlihat(tree: Tree) -> Iterator[Problem]:
    """Tanda arah tulisan dan tanda lain yang tidak terlihat ditandai."""
    for where, mark in unseen(tree):
        message = f"teks memuat tanda yang tidak terlihat ({mark})"
        yield Problem(where, Severity.WARNING, message, "ketik ulang teks itu", "tanda_tak_terlihat")


def _apply(
    rules: Iterable[Callable[[Subject], Iterator[Finding]]], subject: Subject, severity: Severity
) -> Iterator[Problem]:
    for rule in rules:
        for position, message, hint in rule(subject):
            yield Problem(position, severity, message, hint, rule.__name__)


def _any_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
