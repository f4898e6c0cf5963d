"""Text of a data file → the same data, comments and all, in one key order and one style, + problems."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import PurePath

from generator.data.load import Items, MappingNode, ScalarNode, Tree, load_text
from generator.data.writing.order import REGISTER_ORDERS, SOP_ORDER, KeyOrder, reorder
from generator.data.writing.trees import read_tree
from generator.data.writing.yaml_style import restyle
from generator.model.problems import Position, Problem, Severity

_COMMENT = re.compile(r"(?:^|\s)(#.*?)\s*$", re.MULTILINE)


def tidy(text: str, name: str) -> tuple[str, list[Problem]]:
    """The text in order and style; unchanged where it cannot be read. ``name`` is the file's, and says
    which file it is. The data that is loaded is the same before and after, and no comment is lost."""
    bare = text.removeprefix("\ufeff")
    tree, problems = read_tree(bare, name)
    if tree is None:
        return text, list(problems)
    path = PurePath(name)
    above = path.parent.name
    register = REGISTER_ORDERS.get(path.stem) if above != "sop" else None
    order = register or REGISTER_ORDERS.get(above, SOP_ORDER)
    plain = bare.replace("\r\n", "\n").replace("\r", "\n")
    steps = [plain]
    for change in (_reordered, _restyled, _reordered, _spaced):  # a "? key" moves only once restyled
        changed = change(steps[-1], name, order)
        if _kept(steps[-1], changed, name, order):
            steps.append(changed)
    done = steps[-1]
    if not _kept(bare, done, name, order):
        where = Position(name, 1, 1)
        hint = "berkas dibiarkan apa adanya; rapikan sendiri bila perlu"
        return text, [Problem(where, Severity.WARNING, "berkas ini tidak dapat dirapikan", hint, "fmt")]
    return done, []


@lru_cache(maxsize=8)
def tidied(text: str, name: str) -> str:
    """The text in order and style; remembered: a quarter of a second, asked for at every key while a file
    waits for somebody's choice."""
    return tidy(text, name)[0]


def _reordered(text: str, name: str, order: KeyOrder) -> str:
    tree, _ = load_text(text, name)
    return text if tree is None else reorder(text, tree, order)


def _restyled(text: str, name: str, order: KeyOrder) -> str:
    try:
        once = restyle(text)
        return once if restyle(once) == once else text
    except Exception:  # whatever ruamel.yaml stumbles over, the file then keeps its style
        return text


def _spaced(text: str, name: str, order: KeyOrder) -> str:
    """No blanks at line ends, no two blank lines, one line end at the end."""
    lines = re.sub(r"[ ]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


def _kept(before: str, after: str, name: str, order: KeyOrder) -> bool:
    """Whether the data, the comments and what is to be said of them are the same."""
    old, told = read_tree(before, name)
    new, told_then = read_tree(after, name)
    if old is None or new is None or len(told) != len(told_then):
        return False
    return same(old, new, order) and _comments(before) == _comments(after)


def _comments(text: str) -> Counter[str]:
    return Counter(_COMMENT.findall(text))


def same(one: Tree, other: Tree, order: KeyOrder | None = None) -> bool:
    """Whether two trees hold the same, positions aside; where ``order`` names keys, theirs does not count."""
    if isinstance(one, ScalarNode) and isinstance(other, ScalarNode):
        return (one.value.strip(), one.blank) == (other.value.strip(), other.blank)
    if isinstance(one, Items) and isinstance(other, Items):
        return len(one.items) == len(other.items) and all(
            same(a, b, order) for a, b in zip(one.items, other.items, strict=True)
        )
    if not (isinstance(one, MappingNode) and isinstance(other, MappingNode)):
        return False
    names, others = list(one.entries), list(other.entries)
    free = order is not None and order.keys is not None
    if (sorted(names) if free else names) != (sorted(others) if free else others):
        return False
    return all(
        same(entry.value, other.entries[key].value, (order.under.get(key, order.every) if order else None))
        for key, entry in one.entries.items()
    )
