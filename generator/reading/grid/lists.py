"""Pieces of a cell → its items, where numbers stand in a column of their own, in the middle of their items,
or where the items stand in several columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.reading.seen import Text

_NUMBER = re.compile(r"\(?(\d{1,2})[.,)]?\s*")
_ITEM = re.compile(r"\(?(\d{1,2})[.)]\s")
_LEVEL = 0.3
"""A number this part of its height off a line's middle stands on that line."""


def parted(pieces: Sequence[Text], lines: Sequence[Sequence[Text]]) -> list[list[Sequence[Text]]] | None:
    """The lines of each item, its number the first; nothing where numbers stand on the first line of theirs.
    ``lines`` are those of the pieces that are no numbers (see ``numbers``)."""
    marks = numbers(pieces)
    if len(marks) < 2 or len(lines) < len(marks):
        return None
    middles = [line[0].box.centre[1] for line in lines]
    off = [min(abs(mark.box.centre[1] - y) for y in middles) / mark.box.height for mark in marks]
    if max(off) <= _LEVEL:
        return None
    cuts = _cuts(middles, [mark.box.centre[1] for mark in marks])
    return [[[mark], *lines[a:b]] for mark, (a, b) in zip(marks, pairwise(cuts), strict=True)]


def numbers(pieces: Sequence[Text]) -> list[Text]:
    """The numbers 1, 2, 3 … that stand in a column left of all else, from the top; none where they do not."""
    marks = sorted((p for p in pieces if _NUMBER.fullmatch(p.text)), key=lambda p: p.box.centre[1])
    said = [int(hit[1]) for mark in marks if (hit := _NUMBER.fullmatch(mark.text))]
    if said != list(range(1, len(said) + 1)) or not marks:
        return []
    edge = max(mark.box.right for mark in marks)
    body = [p for p in pieces if p.text.strip() and not _NUMBER.fullmatch(p.text)]
    return marks if body and min(p.box.left for p in body) >= edge - 1 else []


def in_columns(pieces: Sequence[Text]) -> list[list[Text]] | None:
    """The pieces of each column from the left, where a numbered list goes on at the top of the next column;
    nothing where it stands in one."""
    starts = sorted((p for p in pieces if _ITEM.match(f"{p.text} ")), key=lambda p: p.box.left)
    edges: list[float] = []
    for start in starts:
        if not edges or start.box.left > edges[-1] + 3 * start.box.height:
            edges.append(start.box.left)
    if len(edges) < 2:
        return None
    columns: list[list[Text]] = [[] for _ in edges]
    for piece in pieces:
        at = max((n for n, edge in enumerate(edges) if edge <= piece.box.left + 3), default=0)
        columns[at].append(piece)
    said = [
        int(hit[1])
        for column in columns
        for piece in sorted(column, key=lambda p: p.box.centre[1])
        if (hit := _ITEM.match(f"{piece.text} "))
    ]
    tops = [min(p.box.top for p in column) for column in columns]
    level = max(tops) - min(tops) < starts[0].box.height
    return columns if level and len(said) > len(edges) and said == list(range(1, len(said) + 1)) else None


def _cuts(middles: Sequence[float], marks: Sequence[float]) -> list[int]:
    """Where the lines of each item begin, each number being as near as can be to the middle of its lines."""
    many, count = len(middles), len(marks)
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for n, mark in enumerate(marks):
        row: dict[int, tuple[float, int]] = {}
        for end in range(n + 1, many - (count - n - 1) + 1):
            for begin, (cost, _) in best[-1].items():
                if begin < end:
                    off = abs((middles[begin] + middles[end - 1]) / 2 - mark)
                    if end not in row or cost + off < row[end][0]:
                        row[end] = (cost + off, begin)
        best.append(row)
    cuts = [many]
    for row in reversed(best[1:]):
        cuts.append(row[cuts[-1]][1])
    return cuts[::-1]
