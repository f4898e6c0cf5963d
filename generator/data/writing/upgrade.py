"""Text of a data file in an older format → in the format of this program, comments and all.

A later format adds its changes here, each where it finds what it replaces, so that a file that was upgraded
already stays as it is; ``instansi.yml`` comes last, as its number says that all is done.
"""

from __future__ import annotations

import re

from generator.data.data_format import FORMAT, RULE
from generator.data.load import MappingNode, ScalarNode
from generator.data.writing.order import REGISTER_ORDERS
from generator.data.writing.tidy import same
from generator.data.writing.trees import read_tree
from generator.model.problems import Position, Problem, Severity

AGENCY = "instansi.yml"


def upgraded(text: str, name: str) -> tuple[str, list[Problem]]:
    """The text of ``instansi.yml`` with the number of the format; nothing else is new in format 2. Unchanged,
    with a problem, where it cannot be read or nothing can be written without changing something else.
    ``name`` is shown in problems."""
    tree, problems = read_tree(text, name)
    if not isinstance(tree, MappingNode):
        return text, list(problems) or [_by_hand(Position(name, 1, 1))]
    written = tree.entries.get("format")
    if written and isinstance(written.value, ScalarNode) and written.value.value.strip() == str(FORMAT):
        return text, []
    first = min((entry.key.position for entry in tree.entries.values()), default=tree.position)
    lines = text.splitlines(keepends=True)
    end = "\r\n" if "\r\n" in text else "\n"
    if written:
        line = written.key.position.line - 1
        lines[line] = re.sub(r"(:[ \t]*)[^#\s]*", rf"\g<1>{FORMAT}", lines[line], count=1)
    else:
        lines.insert(first.line - 1, f"format: {FORMAT}{end}")
    done = "".join(lines)
    if not _only_the_number(tree, done, name):
        return text, [_by_hand(first)]
    return done, []


def _only_the_number(before: MappingNode, text: str, name: str) -> bool:
    """Whether a text says what was said before, and the number."""
    after, _ = read_tree(text, name)
    if not isinstance(after, MappingNode) or "format" not in after.entries:
        return False
    number = after.entries["format"].value
    old, rest = (
        MappingNode({key: entry for key, entry in tree.entries.items() if key != "format"}, tree.position)
        for tree in (before, after)
    )
    told = isinstance(number, ScalarNode) and number.value.strip() == str(FORMAT)
    return told and same(old, rest, REGISTER_ORDERS[AGENCY.removesuffix(".yml")])


def _by_hand(where: Position) -> Problem:
    said = "format data tidak dapat ditulis di sini tanpa mengubah yang lain"
    return Problem(where, Severity.ERROR, said, f"tambahkan sendiri kunci ini: format: {FORMAT}", RULE)
