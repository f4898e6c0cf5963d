"""Rows of texts of a file that says no sizes → cells: columns as wide, rows as high as one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from generator.reading.seen import Box, Cell, Page

WIDE, HIGH = 60.0, 15.0


class Laid(Struct, frozen=True):
    """A text over one or several rows and columns, all from 0 and included."""

    text: str
    row: int
    column: int
    last_row: int
    last_column: int
    bold: bool = False


def page(
    name: str, cells: Iterable[Laid], place: Callable[[int, int], str], remarks: Sequence[str] = ()
) -> Page:
    """One page of cells; ``place`` tells a person where row and column (from 0) are."""
    found = [
        Cell(
            Box(c.column * WIDE, c.row * HIGH, (c.last_column + 1) * WIDE, (c.last_row + 1) * HIGH),
            c.text,
            place(c.row, c.column),
            c.bold,
        )
        for c in cells
    ]
    width = max((c.box.right for c in found), default=WIDE)
    height = max((c.box.bottom for c in found), default=HIGH)
    return Page(name, width, height, cells=tuple(found), remarks=tuple(remarks))


def of_rows(rows: Sequence[Sequence[str]]) -> list[Laid]:
    """The filled cells of plain rows."""
    return [
        Laid(text, r, c, r, c) for r, row in enumerate(rows) for c, text in enumerate(row) if text.strip()
    ]
