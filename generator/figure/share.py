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
    lines = [_heights(cells, w, size, inset) for cells, w in zip(columns, widths, strict=True)]
    needs = [sum(heights) / w for heights, w in zip(lines, widths, strict=True)]
    others = range(1, len(columns))
    while (left := width - sum(widths)) > 0.01:
        more = min(max(step, left / 12), left)
        gains = [0.0] * len(columns)
        for row, heights in enumerate(zip(*lines, strict=True)):
            *_, second, top = sorted(heights)
            column = heights.index(top)
            if column and second < top:  # where two are as high, to widen one lowers nothing
                now = _height(columns[column][row], widths[column] + more, size, inset)
                gains[column] += top - max(second, now)
        choice = max(others, key=lambda column: (gains[column], needs[column]))
        widths[choice] += more
        lines[choice] = _heights(columns[choice], widths[choice], size, inset)
        needs[choice] = sum(lines[choice]) / widths[choice]
    return widths


def _heights(cells: Sequence[Lines], width: float, size: float, inset: float) -> list[float]:
    """Lines that each cell of a column takes at a width."""
    return [_height(row, width, size, inset) for row in cells]


def _height(row: Lines, width: float, size: float, inset: float) -> float:
    """Lines that a cell takes at a width, roughly and without steps, so that every widening counts."""
    inner = (width - 2 * inset) * 0.94 / size
    height = 0.0
    for line in row:
        height += line / inner if line > inner else 1.0
    return height
