"""Text of an SOP → its tree, or the text in order and style; remembered, as many ask for the same one."""

from __future__ import annotations

from functools import lru_cache

from generator.data.load import Tree, load_text
from generator.data.writing.tidy import tidy
from generator.model.problems import Problem


@lru_cache(maxsize=12)
def read_tree(text: str, name: str) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The tree of a text and what is wrong with it; ``name`` is what problems call the file."""
    tree, problems = load_text(text, name)
    return tree, tuple(problems)


@lru_cache(maxsize=8)
def tidied(text: str, name: str) -> str:
    """The text as ``sop fmt`` leaves it: a quarter of a second, asked for at every key while a file waits for
    somebody's choice."""
    return tidy(text, name)[0]
