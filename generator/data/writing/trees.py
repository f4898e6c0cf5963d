"""Text of a file → its tree; remembered, as many ask for the same one."""

from __future__ import annotations

from functools import lru_cache

from generator.data.load import Tree, load_text
from generator.model.problems import Problem


@lru_cache(maxsize=12)
def read_tree(text: str, name: str = "") -> tuple[Tree | None, tuple[Problem, ...]]:
    """The tree of a text, None where it cannot be read, and what is to be said of it: why, or what is read
    as a comment and most likely meant as text. ``name`` is what problems call the file."""
    comments: list[Problem] = []
    tree, problems = load_text(text, name, comments)
    return (None if problems else tree), (*problems, *comments)
