"""Texts of the columns of a table + the width they have together → the width of each.

The lengths of texts are in em; widths in any unit, ``size`` of which are one em.
"""

from __future__ import annotations

from collections.abc import Sequence

Lines = Sequence[float]
"""The widths of the lines of one cell, em."""


def share(
    columns: Sequence[Sequence[Lines]],
    floor: Sequence[float],
    width: float,
    size: float,
    inset: float,
    step: float,
) -> list[float]:
    """Give the columns what is over, step by step to the one whose widening lowers the table most.

    ``columns`` are the cells of each, row by row; the first holds numbers and keeps its ``floor``; ``inset``
    is the distance of a text from the sides of its cell.
    """
    widths = list(floor)
    lines = [
        [_height(row, w, size, inset) for row in cells] for cells, w in zip(columns, widths, strict=True)
    ]
    rows = range(len(columns[0]))
    while (left := width - sum(widths)) > 0.01:
        more = min(max(step, left / 12), left)
        tallest = [sorted((column[row] for column in lines), reverse=True)[:2] for row in rows]
        best, choice, wider = (-1.0, -1.0), 1, lines[1]
        for column in range(1, len(columns)):
            now = [_height(row, widths[column] + more, size, inset) for row in columns[column]]
            before, gain = lines[column], 0.0
            for row in rows:
                top, second = tallest[row]
                if before[row] == top:
                    gain += top - max(second, now[row])
            need = sum(before) / widths[column]
            if (gain, need) > best:
                best, choice, wider = (gain, need), column, now
        widths[choice] += more
        lines[choice] = wider
    return widths


def _height(row: Lines, width: float, size: float, inset: float) -> float:
    """Lines that a cell takes at a width, roughly and without steps, so that every widening counts."""
    inner = (width - 2 * inset) * 0.94 / size
    height = 0.0
    for line in row:
        height += line / inner if line > inner else 1.0
    return height
