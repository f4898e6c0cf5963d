"""Enormous declarations in small files are refused before anything grows; the rest is read whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.reading.bounds import MAX_COLUMNS, MAX_ROWS
from generator.reading.tables.grid import MAX_CELL, read_sheets
from tests.tables.hostile import HEAD, workbook

ROOT = Path(__file__).parents[2]
MEMORY = 500

_READ_ALL = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000,) * 2)
from generator.reading.tables.draft import drafts
from generator.reading.tables.grid import read_sheets
from tests.tables.hostile import hostile
for name, data in hostile():
    sheets, problems = read_sheets(data, name)
    assert bool(sheets) != bool(problems), name
    for sheet in sheets:
        drafts(sheet, None)
    print(name, *(problem.message for problem in problems))
with open("/proc/self/status") as told:  # getrusage counts what the starter held
    print(*(int(line.split()[1]) // 1024 for line in told if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory a process took")
def test_hostile_files_take_no_more_memory_than_others() -> None:
    """Before, a workbook of 1 kB took 3.4 GB and was killed."""
    done = subprocess.run([sys.executable, "-c", _READ_ALL], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    *told, memory = done.stdout.splitlines()
    assert int(memory) < MEMORY
    refused = {line.split()[0] for line in told if " " in line}
    assert {"pojok.xlsx", "gabung-bertumpuk.xlsx", "lembar.xlsx", "entitas.xlsx", "panjang.csv"} <= refused
    assert {"rentang.xlsx", "pojok-kosong.xlsx", "media.xlsx", "langkah.xlsx"}.isdisjoint(refused)


def cells(*places: tuple[str, str]) -> str:
    """Rows of XML with these texts, in order."""
    return "".join(
        f'<row r="{"".join(filter(str.isdigit, place))}">'
        f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for place, text in places
    )


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (f"A{MAX_ROWS}", None),
        ("GR2", None),
        (f"A{MAX_ROWS + 1}", f"ada isi di baris {MAX_ROWS + 1} kolom 1"),
        ("GS2", f"ada isi di baris 2 kolom {MAX_COLUMNS + 1}"),
    ],
)
def test_what_stands_beyond_the_bounds_is_told_and_not_dropped(place: str, said: str | None) -> None:
    sheets, problems = read_sheets(workbook(HEAD + cells((place, "x"))), "a.xlsx")
    assert [problem.message.startswith(said or "?") for problem in problems] == ([True] if said else [])
    assert bool(sheets) == (said is None)
    if sheets:
        assert sheets[0].rows[-1][-1] == "x"


@pytest.mark.parametrize("name", ["a.csv", "a.txt"])
def test_long_texts_are_told_and_not_cut(name: str) -> None:
    many = b"No,Kegiatan\n" * (MAX_ROWS + 1)
    assert read_sheets(many, name)[1][0].message == f"lebih dari {MAX_ROWS} baris"
    long = b"No,Kegiatan\n" + b"x" * (MAX_CELL + 1)
    assert f"lebih dari {MAX_CELL} huruf" in read_sheets(long, name)[1][0].message
    assert len(read_sheets(many[:-12], name)[0][0].rows) == MAX_ROWS


def test_what_merged_cells_hide_is_not_read() -> None:
    hidden = '<mergeCells><mergeCell ref="A2:C3"/></mergeCells>'
    rows = HEAD + cells(("A2", "tampak"), ("B3", "tersembunyi"), ("D4", "lain"))
    (sheet,), _ = read_sheets(workbook(rows, after=hidden), "a.xlsx")
    assert [text for row in sheet.rows[1:] for text in row if text] == ["tampak", "lain"]


def test_rows_out_of_order_are_told() -> None:
    _, problems = read_sheets(workbook(cells(("A5", "x"), ("A2", "y"))), "a.xlsx")
    assert problems[0].message == "baris 2 buku kerja ini tidak urut"
