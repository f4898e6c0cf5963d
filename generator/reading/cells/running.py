"""Lines of running text → the lists below the headings of boxes: sometimes two headings before two lists."""

from __future__ import annotations

from collections.abc import Sequence

from generator.reading.cells.matrix import Field

Line = tuple[int, str, Field]
"""Row, the key of the box that the line heads (or ""), and the line."""


def blocks(lines: Sequence[Line]) -> tuple[dict[str, list[Field]], list[str]]:
    """The lines of each box, and the boxes that a list came to by its place alone."""
    found: dict[str, list[Field]] = {}
    unsure: list[str] = []
    waiting: list[str] = []
    lists: list[list[Field]] = []
    for block in _paragraphs(lines):
        heads = [key for _, key, _ in block if key]
        if lists and heads:
            unsure += _give(found, waiting, lists)
            waiting, lists = [], []
        waiting += heads
        words = [field for _, key, field in block if not key]
        if waiting and words:
            lists.append(words)
    unsure += _give(found, waiting, lists)
    return found, unsure


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line[0]):
        if found and line[0] <= found[-1][-1][2].last_row + 1:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _give(found: dict[str, list[Field]], heads: Sequence[str], lists: Sequence[Sequence[Field]]) -> list[str]:
    """Lists to headings, in order; of fewer lists than headings the last headings get theirs."""
    missing = max(len(heads) - len(lists), 0) if lists else len(heads)
    for key in heads[:missing]:
        found.setdefault(key, [])
    for n, some in enumerate(lists):
        if heads:
            found.setdefault(heads[min(missing + n, len(heads) - 1)], []).extend(some)
    return [key for key in heads[missing:] if found[key]] if missing and lists else []
