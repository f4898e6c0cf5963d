"""The tables that were handed in, one of each kind: what becomes of them, and that it is the same wherever in
a sheet they stand and whatever sort of file they are in.

Workbooks of ours that come back are in ``test_returned_workbook.py``."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from generator.reading.doors import door
from generator.reading.draft.draft import drafts
from generator.reading.understand import understand
from tests.documents.cases import catalogue

FOLDER = Path(__file__).parents[2] / "data" / "tabel"
CASES = sorted(FOLDER.iterdir())
Rows = list[list[str]]

DOERS: dict[str, list[str]] = {
    "01": ["staf", "kasi", "kabid+kadis"],
    "01b": ["staf", "kasi"],
    "02": ["staf", "kasi", "kabid"],
    "02c": ["staf", "kasi"],
    "03": ["staf", "kasi", "staf", "staf", "staf"],
    "04": ["staf", "kasi", "staf"],
    "05": ["staf", "kasi", "staf", "staf"],
    "06": ["staf", "staf", "staf", "kasi", "staf"],
    "06b": ["staf", "kasi"],
    "07": ["staf", "kasi"],
    "07b": ["staf", "kasi"],
    "08": ["staf", "kasi"],
    "09": ["staf", "kasi"],
    "10": ["staf", "kasi", "staf"],
    "11b": ["staf", "kasi"],
    "12": ["staf", "kasi", "kabid"],
    "13": ["staf", "kasi"],
    "14": ["", "", "", ""],
    "16": ["staf", "kasi"],
    "17": ["staf", "kasi", "staf"],
    "18": ["staf", "staf"],
    "19": ["staf", "kasi"],
    "20": ["staf", "kasi", "kabid"],
    "21": ["staf"],
    "22": ["petugas", "jfu", "petugas", "jfu", "ppid", "jfu", "ppid", "kadis", "petugas"],
    "23": ["petugas", "jfu", "petugas", "jfu", "ppid", "jfu", "ppid", "kadis", "petugas"],
}
"""Who does each step, by the number of the case."""
OWN = {"further in": {"10", "17", "22"}, "as a page": {"03", "08", "10", "13", "17", "22"}}
"""Cases of what only their own sort of file has: shapes, formulas, formats of values, sheets, signs that are
not seen, rows broken within a cell. They are varied in ``test_cells.py`` and ``test_workbook_flows.py``."""
ELSEWHERE = [(way, path) for way in OWN for path in CASES if path.name.partition("-")[0] not in OWN[way]]


def read(data: bytes, name: str) -> tuple[dict[str, Any], int]:
    """The one draft of a file, and how many things are to be looked at."""
    opened = door(name, data)
    assert opened is not None
    seen, problems = opened(data, name)
    assert seen is not None, problems
    (draft,) = drafts(understand(seen), catalogue())
    return dict(draft.form), len(draft.notes)


def number(path: Path) -> str:
    return path.name.partition("-")[0]


def doers(form: dict[str, Any]) -> list[str]:
    """The first word of who does each step, as the draft says it."""
    found = []
    for step in form["kegiatan"]:
        who = step.get("pelaksana") or ""
        names = [who] if isinstance(who, str) else who
        found.append("+".join(name.partition("-")[0] for name in names))
    return found


@pytest.mark.parametrize("path", CASES, ids=number)
def test_each_step_has_who_does_it(path: Path) -> None:
    form, notes = read(path.read_bytes(), path.name)
    assert doers(form) == DOERS[number(path)]
    assert notes > 0
    assert all(step["uraian"] for step in form["kegiatan"])


@pytest.mark.parametrize(
    ("way", "path"), ELSEWHERE, ids=lambda it: number(it) if isinstance(it, Path) else it
)
def test_it_is_the_same_elsewhere(way: str, path: Path) -> None:
    data, name = (further_in(path), "xlsx") if way == "further in" else (as_page(path), "html")
    assert read(data, f"{path.stem}.{name}") == read(path.read_bytes(), path.name)


def further_in(path: Path) -> bytes:
    """The cells two rows further down and a column further right, in a workbook."""
    made = Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    if path.suffix != ".xlsx":
        sheet = made.create_sheet("Lembar1")
        for r, row in enumerate(rows_of(path), 3):
            for c, text in enumerate(row, 2):
                if text:
                    sheet.cell(r, c, text)
        return saved(made)
    for source in load_workbook(path).worksheets:
        sheet = made.create_sheet(source.title)
        for cells in source.iter_rows():
            for cell in cells:
                if cell.value is not None:
                    target = sheet.cell(cell.row + 2, cell.column + 1, cell.value)
                    target.number_format = copy(cell.number_format)
        for area in source.merged_cells.ranges:
            area.shift(1, 2)
            sheet.merge_cells(area.coord)
    return saved(made)


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def as_page(path: Path) -> bytes:
    """The cells as a table of HTML."""
    parts = []
    for row in tagged(path) if path.suffix == ".xlsx" else ([(t, "") for t in r] for r in rows_of(path)):
        cells = (f"<td{more}>{html.escape(text).replace(chr(10), '<br>')}</td>" for text, more in row)
        parts.append(f"<tr>{''.join(cells)}</tr>")
    return f"<html><body><table>{''.join(parts)}</table></body></html>".encode()


def tagged(path: Path) -> Iterator[list[tuple[str, str]]]:
    """The cells of the first sheet with what HTML says of merged ones."""
    sheet = load_workbook(path).worksheets[0]
    begin = {(a.min_row, a.min_col): a for a in sheet.merged_cells.ranges}
    inside = {place for a in begin.values() for place in a.cells if place != (a.min_row, a.min_col)}
    for row in sheet.iter_rows():
        found = []
        for cell in row:
            if (cell.row, cell.column) in inside:
                continue
            area = begin.get((cell.row, cell.column))
            more = f" rowspan={area.size['rows']} colspan={area.size['columns']}" if area else ""
            found.append(("" if cell.value is None else str(cell.value), more))
        yield found


def rows_of(path: Path) -> Rows:
    """The cells of a file of text."""
    data = path.read_bytes()
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    if path.suffix == ".md":
        lines = [line.strip("|").split("|") for line in text.splitlines() if "---" not in line]
        return [[cell.strip() for cell in line] for line in lines]
    return [
        list(row) for row in csv.reader(io.StringIO(text), delimiter="," if path.suffix == ".csv" else "\t")
    ]
