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


def lines(texts: list[str], left: float, top: float) -> list[Text]:
    return [
        Text(t, Box(left, top + 10 * n, left + 5 * len(t), top + 10 * n + 9)) for n, t in enumerate(texts)
    ]


@pytest.mark.parametrize("top", [12.0, 14.0])
def test_a_name_that_is_too_high_for_its_cell_is_whole(top: float) -> None:
    """Three lines over a cell for two: the first begins above it, the last ends below."""
    cells = [Box(0, 0, 90, 18), Box(0, 18, 90, 36), Box(0, 36, 90, 90)]
    name = lines(["Proyek", "Keuangan/", "PPK"], 10, top)
    for piece in name:  # in the middle, as headings stand
        wide = piece.box.width
        at = Box(45 - wide / 2, piece.box.top, 45 + wide / 2, piece.box.bottom)
        name[name.index(piece)] = Text(piece.text, at)
    found, loose, over = placed(name, cells)
    assert (found, loose, over) == ({1: name}, [], {1})


def test_lines_that_lie_within_their_cells_are_of_their_cells() -> None:
    cells = [Box(0, 10 * n, 90, 10 * n + 10) for n in range(3)]
    pieces = lines(["Satu", "Dua", "Tiga"], 2, 0.5)
    found, _, over = placed(pieces, cells)
    assert (found, over) == ({n: [piece] for n, piece in enumerate(pieces)}, set())


@pytest.mark.parametrize("head", ["PENCATATAN DAN PENDATAAN", "Peringatan :"])
def test_the_label_of_the_next_box_is_not_of_the_list_above(head: str) -> None:
    upper, label, lower = Box(0, 0, 200, 42), Box(0, 42, 200, 51), Box(0, 51, 200, 80)
    items = lines(["1. Alat", "2. Kertas", "3. Kuesioner", "4. Internet"], 2, 2)
    below = lines([head, "- Indeks"], 2, 42)
    found, _, _ = placed([*items, *below], [upper, label, lower])
    assert found == {0: items, 1: below[:1], 2: below[1:]}


@pytest.mark.parametrize("counts", [(3, 3), (3, 2), (2, 2, 1)])
def test_a_list_in_several_columns_is_read_column_by_column(counts: tuple[int, ...]) -> None:
    said = [f"{n}. Barang {n}" for n in range(1, sum(counts) + 1)]
    pieces, at = [], 0
    for column, count in enumerate(counts):
        pieces += lines(said[at : at + count], 10 + 150 * column, 0)
        at += count
    rowwise = sorted(pieces, key=lambda piece: (piece.box.top, piece.box.left))
    assert words(rowwise).split("\n") == said


def test_numbers_further_right_that_do_not_go_on_are_no_column() -> None:
    pieces = [*lines(["1. Satu", "2. Dua"], 10, 0), *lines(["1. Anak", "2. Cucu"], 150, 0)]
    assert words(pieces).split("\n") == ["1. Satu 1. Anak", "2. Dua 2. Cucu"]
