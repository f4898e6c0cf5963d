"""A sheet's widths and heights → where each cell and each anchor stands, in points from the sheet's corner.

The whole sheet is one page: cells and drawings share these places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate

from msgspec import Struct

from generator.reading.seen import Box, Point

EMU = 12_700
"""Office units in a point."""
WIDTH, HEIGHT = 48.0, 15.0
"""A column and a row that say nothing, in points."""


class Geometry(Struct, frozen=True):
    """Left edges of columns and top edges of rows, from 0, one more than there are; what lies beyond has the
    usual width or height."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    width: float = WIDTH
    height: float = HEIGHT

    def x(self, column: int) -> float:
        """The left edge of a column, counted from 0."""
        return _edge(self.xs, self.width, column)

    def y(self, row: int) -> float:
        """The top edge of a row, counted from 0."""
        return _edge(self.ys, self.height, row)

    def box(self, row: int, column: int, last_row: int, last_column: int) -> Box:
        """The box of a range of cells, all counted from 0 and included."""
        return Box(self.x(column), self.y(row), self.x(last_column + 1), self.y(last_row + 1))

    def at(self, column: int, dx: float, row: int, dy: float) -> Point:
        """An anchor: a cell, and office units from its corner, not beyond the cell."""
        x = min(self.x(column) + dx / EMU, self.x(column + 1))
        y = min(self.y(row) + dy / EMU, self.y(row + 1))
        return x, y

    def cell(self, point: Point) -> tuple[int, int]:
        """Row and column, from 0, that a point lies in."""
        return _inside(self.ys, self.height, point[1]), _inside(self.xs, self.width, point[0])


def _edge(edges: tuple[float, ...], usual: float, n: int) -> float:
    return edges[n] if n < len(edges) else edges[-1] + (n - len(edges) + 1) * usual


def _inside(edges: tuple[float, ...], usual: float, at: float) -> int:
    if at >= edges[-1]:
        return len(edges) - 1 + int((at - edges[-1]) // usual)
    return max(0, bisect_right(edges, at) - 1)


def geometry(
    columns: Mapping[int, float],
    rows: Mapping[int, float],
    size: tuple[int, int],
    usual: tuple[float, float] = (WIDTH, HEIGHT),
) -> Geometry:
    """The places of a sheet of ``size`` (rows, columns) whose own widths and heights are given in points, by
    number from 0."""
    width, height = usual
    high, wide = size
    return Geometry(
        _sums(columns.get(n, width) for n in range(wide)),
        _sums(rows.get(n, height) for n in range(high)),
        width,
        height,
    )


def _sums(sizes: Iterable[float]) -> tuple[float, ...]:
    return tuple(accumulate(sizes, initial=0.0))


def points(characters: float) -> float:
    """A column's width, which Excel gives in digits of its usual font, in points."""
    return int(characters * 7 + 0.5) * 0.75


def place(row: int, column: int) -> str:
    """A cell counted from 0 as people call it: "C7"."""
    name = ""
    n = column + 1
    while n:
        n, rest = divmod(n - 1, 26)
        name = chr(65 + rest) + name
    return f"{name}{row + 1}"
