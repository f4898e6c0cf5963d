"""Numbers beside the middle of their items."""

from __future__ import annotations

import pytest

from generator.reading.grid.cells import placed, words
from generator.reading.seen import Box, Text


def laid(items: list[list[str]], middle: bool, gap: float) -> list[Text]:
    """Items of several lines, the number of each on its first line or beside its middle."""
    pieces, y = [], 100.0
    for n, lines in enumerate(items, 1):
        top = y + (len(lines) - 1) * 6 if middle else y
        pieces.append(Text(f"{n}.", Box(50, top, 58, top + 10)))
        for line in lines:
            pieces.append(Text(line, Box(70, y, 70 + 5 * len(line), y + 10)))
            y += 12
        y += gap
    return pieces


ITEMS = [
    ["Undang-Undang satu;"],
    ["Peraturan dua tentang", "hal kedua;"],
    ["Peraturan tiga", "dan", "seterusnya"],
]


@pytest.mark.parametrize("gap", [0.0, 4.0])
@pytest.mark.parametrize("middle", [True, False])
@pytest.mark.parametrize("items", [ITEMS, ITEMS[::-1], [ITEMS[1], ITEMS[1]]])
def test_items_are_the_lines_around_their_number(items: list[list[str]], middle: bool, gap: float) -> None:
    said = [f"{n}. {' '.join(lines)}" for n, lines in enumerate(items, 1)]
    assert words(laid(items, middle, gap)).split("\n") == said


def test_a_name_right_above_another_cell_is_not_of_its_text() -> None:
    upper, lower = Box(0, 0, 180, 48), Box(0, 48, 180, 70)
    name = Text("Win Rizal", Box(78, 41, 102, 48))
    title = [Text("SOP Pelaksanaan Kegiatan yang", Box(2, 49, 176, 55)), Text("Panjang", Box(2, 56, 40, 62))]
    found, _, over = placed([name, *title], [upper, lower])
    assert (found, over) == ({0: [name], 1: title}, set())
