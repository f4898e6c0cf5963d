"""Identity blocks as offices lay them out: fields beside, below or behind their labels."""

from __future__ import annotations

from itertools import pairwise

import pytest

from generator.reading.pdf.document import read_pdf
from generator.reading.seen import Box
from generator.reading.understand import understand
from generator.reading.understood import Identity
from tests.reading.painted import Pen, pdf

FIELDS = [
    ("Nomor SOP", "SOP-12/2024"),
    ("Tanggal Pembuatan", "16 Januari 2024"),
    ("Tanggal Revisi", "-"),
    ("Tanggal Efektif", "1 Februari 2024"),
]
LISTS = [
    ("Dasar Hukum", ["1. UU Nomor 14 Tahun 2008", "2. UU Nomor 25 Tahun 2009"]),
    ("Kualifikasi Pelaksana", ["1. Memahami aturan", "2. Cermat"]),
]


def _rules(pen: Pen, box: Box) -> None:
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    pen.path(corners, paint="S")


def _line(pen: Pen, left: float, top: float, words: str) -> None:
    pen.text(words, Box(left, top, left + 4.6 * len(words), top + 10))


def identity(layout: str) -> Identity:
    """The block read from a page: "cells" (label, value), "colons" (label, colon, value in cells) or
    "lines" (all fields in one cell without rules)."""
    pen = Pen(595)
    pen.raw("0 g 0 G 0.6 w")
    _rules(pen, Box(40, 40, 400, 190))
    for n, words in enumerate(("PEMERINTAH KABUPATEN CONTOH", "DINAS KOMINFO")):
        _line(pen, 120, 80 + 12 * n, words)
    if layout == "lines":
        _rules(pen, Box(400, 40, 800, 190))
    for n, (label, value) in enumerate(
        [*FIELDS, ("Disahkan oleh", "Kepala Dinas"), ("Nama SOP", "Surat Masuk")]
    ):
        top = 40 + 16 * n if n < 5 else 174
        bottom = top + 16 if n != 4 else 174
        edges = {"cells": (400, 510, 800), "colons": (400, 510, 522, 800), "lines": ()}[layout]
        for a, b in pairwise(edges):
            _rules(pen, Box(a, top, b, bottom))
        _line(pen, 405, top + 3, label)
        if layout != "cells":
            _line(pen, 514, top + 3, ":")
        _line(pen, 526, top + 3, value)
        if n == 4:
            _line(pen, 526, top + 40, "I Made Uji")
            _line(pen, 526, top + 51, "NIP. 19700101 199001 1 001")
    for left, right, (label, items) in ((40, 400, LISTS[0]), (400, 800, LISTS[1])):
        _rules(pen, Box(left, 190, right, 206))
        _rules(pen, Box(left, 206, right, 260))
        _line(pen, left + 5, 193, f"{label} :")
        for n, item in enumerate(items):
            _line(pen, left + 5, 210 + 12 * n, item)
    seen, _ = read_pdf(pdf([(842, 595, str(pen))]), "uji.pdf")
    assert seen is not None
    (found,) = understand(seen).identities
    return found


@pytest.mark.parametrize("layout", ["cells", "colons", "lines"])
def test_fields_are_found_wherever_their_value_stands(layout: str) -> None:
    found = identity(layout)
    assert {key: words.text for key, words in found.values.items()} == {
        "nomor": "SOP-12/2024",
        "pembuatan": "16 Januari 2024",
        "revisi": "-",
        "efektif": "1 Februari 2024",
        "disahkan_oleh": "Kepala Dinas",
        "pejabat": "I Made Uji",
        "nip": "19700101 199001 1 001",
        "nama": "Surat Masuk",
    }
    assert {key: [w.text for w in some] for key, some in found.boxes.items()} == {
        "dasar_hukum": LISTS[0][1],
        "kualifikasi_pelaksana": LISTS[1][1],
    }
    assert found.kop == ("PEMERINTAH KABUPATEN CONTOH", "DINAS KOMINFO")


def test_what_is_missing_is_told_and_not_written_empty() -> None:
    found = identity("cells")
    missing = {"keterkaitan", "peralatan_perlengkapan", "peringatan", "pencatatan_pendataan"}
    assert {doubt.about for doubt in found.doubts} == missing
    assert not missing & {*found.boxes, *found.values}
