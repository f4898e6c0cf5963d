"""The cells of a page → numbered rows and columns, a merged cell over several of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, partial

from msgspec import Struct

from generator.reading.seen import Box, Page
from generator.reading.understood import Place, Words

_NEAR = 0.8
"""Edges nearer than this are one."""
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_BOLD = re.compile(r"^\*\*+|\*\*+$", re.MULTILINE)


class Field(Struct, frozen=True, order=True):
    """A filled cell: its first and last row and column, counted from 0, and its text."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str
    box: Box
    place: str = ""
    bold: bool = False

    @property
    def flat(self) -> str:
        """Its text on one line."""
        return " ".join(self.text.split())


class Matrix:
    """The filled cells of a page by row and column."""

    def __init__(
        self, number: int, fields: Iterable[Field], xs: Sequence[float], ys: Sequence[float]
    ) -> None:
        self.number = number
        self.fields = sorted(fields)
        self.xs, self.ys = xs, ys
        self.rows, self.columns = max(len(ys) - 1, 0), max(len(xs) - 1, 0)
        self._at: dict[tuple[int, int], Field] = {}
        self.starting: dict[int, list[Field]] = {}
        for field in self.fields:
            self.starting.setdefault(field.row, []).append(field)
            for row in range(field.row, field.last_row + 1):
                for column in range(field.column, field.last_column + 1):
                    self._at.setdefault((row, column), field)

    def at(self, row: int, column: int) -> Field | None:
        """The filled cell that covers a place."""
        return self._at.get((row, column))

    def row(self, row: int) -> list[Field]:
        """The cells that begin in a row, from the left."""
        return self.starting.get(row, [])

    def words(self, field: Field, text: str | None = None) -> Words:
        """What a cell says, with its place."""
        return Words(field.text if text is None else text, self.place(field))

    def place(self, field: Field) -> Place:
        return Place(self.number, field.box, field.place)

    def span(self, top: int, bottom: int) -> tuple[float, float]:
        """From where to where rows reach."""
        return self.ys[top], self.ys[bottom + 1]


def matrix(number: int, page: Page) -> Matrix:
    """The cells of a page; the signs of Markdown for bold are no text."""
    filled = [cell for cell in page.cells if cell.text.strip()]
    xs = _edges(v for cell in filled for v in (cell.box.left, cell.box.right))
    ys = _edges(v for cell in filled for v in (cell.box.top, cell.box.bottom))
    across, down = cache(partial(_index, xs)), cache(partial(_index, ys))  # cells share their edges
    fields = []
    for cell in filled:
        text = _BOLD.sub("", _UNSEEN.sub("", cell.text).strip()).strip()
        if not text:
            continue
        box = cell.box
        fields.append(
            Field(
                down(box.top),
                across(box.left),
                max(down(box.bottom) - 1, down(box.top)),
                max(across(box.right) - 1, across(box.left)),
                text,
                box,
                cell.place,
                cell.bold,
            )
        )
    return Matrix(number, fields, xs, ys)


def _edges(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _index(edges: Sequence[float], value: float) -> int:
    at = bisect_left(edges, value - _NEAR)
    return min(at, len(edges) - 1)
