"""Headings of narrow columns that are turned by a quarter, as spreadsheets print them."""

from __future__ import annotations

import pytest

from tests.reading.forms import Form, form, read

ROWS = [
    {"No": "1", "Kegiatan": "Menerima surat", "Waktu": "5 menit", "Output": "Agenda"},
    {"No": "2", "Kegiatan": "Memeriksa surat", "Waktu": "1 hari", "Output": "Nota"},
]
NAMES = ("Kepala Bidang", "Juru Arsip")


def turned(clockwise: bool, apart: bool) -> Form:
    """A table whose actors are named in turned letters; ``apart``: each word is painted by itself."""
    made = form(["", " "], ROWS)
    made.actors[:] = ["", " "]
    for n, name in enumerate(NAMES):
        box = made.cell(0, n)
        x, y = box.centre[0], made.top - 3
        a, b = (-1, 1) if clockwise else (1, -1)
        run = 0.0
        for word in name.split(" ") if apart else [name]:
            at = y - 14 + run if clockwise else y - run
            made.pen.raw(f"BT /F1 2 Tf 0 {a} {b} 0 {x:.2f} {made.pen.height - at:.2f} Tm ({word}) Tj ET")
            run += 1.05 * len(word) + 0.6
    boxes = [made.box(0, 0), made.box(1, 1)]
    made.arrow((boxes[0].centre[0], boxes[0].bottom), (boxes[0].centre[0], boxes[1].centre[1]),
               (boxes[1].left, boxes[1].centre[1]))  # fmt: skip
    return made


@pytest.mark.parametrize("clockwise", [False, True])
@pytest.mark.parametrize("apart", [False, True])
def test_turned_headings_are_read_along_their_letters(clockwise: bool, apart: bool) -> None:
    (chart,) = read(turned(clockwise, apart)).charts
    assert chart.actors == NAMES
    assert [(s.row, s.actor) for s in chart.symbols] == [(0, 0), (1, 1)]
