"""Enormous declarations in small files are refused before anything grows; the rest is read whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.formats.xlsx.cells import MAX_CELL
from generator.model.problems import Problem
from generator.reading.bounds import MAX_COLUMNS, MAX_ROWS
from generator.reading.doors import door
from generator.reading.seen import Seen
from tests.tables.hostile import HEAD, workbook

ROOT = Path(__file__).parents[2]
MEMORY = 500

_READ_ALL = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000,) * 2)
from generator.reading.doors import door
from generator.reading.draft.draft import drafts
from generator.reading.understand import understand
from tests.tables.hostile import hostile
for name, data in hostile():
    seen, problems = door(name, data)(data, name)
    assert bool(seen) != bool(problems), name
    if seen:
        drafts(understand(seen), None)
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


def opened(data: bytes, name: str) -> tuple[Seen | None, list[Problem]]:
    read = door(name, data)
    assert read is not None
    return read(data, name)


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
    seen, problems = opened(workbook(HEAD + cells((place, "x"))), "a.xlsx")
    assert [problem.message.startswith(said or "?") for problem in problems] == ([True] if said else [])
    assert bool(seen) == (said is None)
    if seen:
        assert (seen.pages[0].cells[-1].text, seen.pages[0].cells[-1].place) == ("x", f"S1!{place}")


@pytest.mark.parametrize("name", ["a.csv", "a.txt"])
def test_long_texts_are_told_and_not_cut(name: str) -> None:
    many = b"No,Kegiatan\n" * (MAX_ROWS + 1)
    assert opened(many, name)[1][0].message == f"lebih dari {MAX_ROWS} baris"
    long = b"No,Kegiatan\n" + b"x" * (MAX_CELL + 1)
    assert f"lebih dari {MAX_CELL} huruf" in opened(long, name)[1][0].message
    seen, _ = opened(many[:-12], name)
    assert seen is not None
    assert len(seen.pages[0].cells) == MAX_ROWS * (2 if name == "a.csv" else 1)


def test_what_merged_cells_hide_is_not_read() -> None:
    hidden = '<mergeCells><mergeCell ref="A2:C3"/></mergeCells>'
    rows = HEAD + cells(("A2", "tampak"), ("B3", "tersembunyi"), ("D4", "lain"))
    seen, _ = opened(workbook(rows, after=hidden), "a.xlsx")
    assert seen is not None
    assert [cell.text for cell in seen.pages[0].cells[2:]] == ["tampak", "lain"]


def test_rows_out_of_order_are_told() -> None:
    _, problems = opened(workbook(cells(("A5", "x"), ("A2", "y"))), "a.xlsx")
    assert problems[0].message == "baris 2 buku kerja ini tidak urut"
