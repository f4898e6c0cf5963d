"""Text of an SOP → its tree, remembered: an operation, the check and the page ask for the same one."""

from __future__ import annotations

from functools import lru_cache

from generator.data.load import Tree, load_text
from generator.model.problems import Problem


@lru_cache(maxsize=12)
def read_tree(text: str, name: str) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The tree of a text and what is wrong with it; ``name`` is what problems call the file."""
    tree, problems = load_text(text, name)
    return tree, tuple(problems)
