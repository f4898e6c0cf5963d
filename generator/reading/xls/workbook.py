"""The bytes of an old Excel file (.xls) → ``Seen``, or a problem: values, formats, merged cells."""

from __future__ import annotations

import io
from datetime import time
from typing import Any

import xlrd  # type: ignore[import-untyped]

from generator.formats.xlsx.cells import clean
from generator.model.problems import Problem
from generator.reading.bounds import MAX_BOOK, MAX_COLUMNS, MAX_ROWS, TooMuch, refusal
from generator.reading.seen import Cell, Page, Seen
from generator.reading.symbol_fonts import as_seen
from generator.reading.xlsx.sheet import HEIGHT, WIDTH, Geometry, geometry, place
from generator.reading.xlsx.shown import is_error, shown
from generator.reading.xlsx.workbook import SAVE_AGAIN, Filling

_TWIPS = 20


def read_xls(data: bytes, name: str) -> tuple[Seen | None, list[Problem]]:
    """What the sheets of an old workbook show; never raises for what is in it."""
    if len(data) > MAX_BOOK:
        return None, [refusal(name, "berkas terlalu besar", "bagi menjadi berkas yang lebih kecil")]
    try:
        with xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO()) as book:
            filling = Filling()
            pages = [_page(book, sheet, filling) for sheet in book.sheets()]
    except TooMuch as error:
        return None, [refusal(name, error.message, error.hint)]
    except Exception as error:  # xlrd raises whatever it stumbles over
        said = "berkas bukan buku kerja Excel lama (.xls) yang benar"
        if "encrypted" in str(error).lower():
            said = "buku kerja ini dikunci dengan kata sandi"
        return None, [refusal(name, said, SAVE_AGAIN)]
    if not pages:
        return None, [refusal(name, "buku kerja ini tidak punya lembar berisi tabel", SAVE_AGAIN)]
    return Seen(name, "xls", tuple(pages)), []


def _page(book: Any, sheet: Any, filling: Filling) -> Page:
    title = f"lembar '{sheet.name}'"
    if sheet.nrows > 20 * MAX_ROWS:
        raise TooMuch(f"lebih dari {MAX_ROWS} baris", "bagi menjadi berkas yang lebih kecil")
    spans = {(top, left): (bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells}
    covered = {
        (r, c)
        for (top, left), (bottom, right) in spans.items()
        for r in range(top, min(bottom, sheet.nrows) + 1)
        for c in range(left, min(right, sheet.ncols) + 1)
        if (r, c) != (top, left)
    }
    where = _geometry(sheet)
    cells, hidden = [], []
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            if (row, column) in covered or not (text := _shown(book, sheet, row, column)):
                continue
            if row >= MAX_ROWS or column >= MAX_COLUMNS:
                said = f"ada isi di baris {row + 1} kolom {column + 1}, di luar {MAX_ROWS} baris dan "
                raise TooMuch(f"{said}{MAX_COLUMNS} kolom yang dibaca", "hapus isi itu")
            filling.take(text, f"{sheet.name}!{place(row, column)}")
            bottom, right = spans.get((row, column), (row, column))
            box = where.box(row, column, bottom, right)
            if box.width <= 0 or box.height <= 0:
                hidden.append(place(row, column))
            else:
                cells.append(Cell(box, text, f"{sheet.name}!{place(row, column)}"))
    if sheet.visibility:
        told = (f"{title} tersembunyi; isinya tidak dibaca",) if cells else ()
        return Page(title, WIDTH, HEIGHT, remarks=told)
    told = (f"{title} sel {', '.join(hidden[:20])} di baris atau kolom tersembunyi; tidak dibaca",)
    return Page(title, where.xs[-1], where.ys[-1], cells=tuple(cells), remarks=told if hidden else ())


def _shown(book: Any, sheet: Any, row: int, column: int) -> str:
    """The text of a cell by its value and format."""
    cell = sheet.cell(row, column)
    style = book.xf_list[cell.xf_index]
    form = book.format_map[style.format_key].format_str
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return ""
    if cell.ctype == xlrd.XL_CELL_DATE:
        if "[" in form or cell.value < 1:
            seconds = round(cell.value * 86400)
            if seconds < 86400:
                return shown(time(seconds // 3600, seconds // 60 % 60, seconds % 60), form)
            return f"{seconds // 3600}:{seconds // 60 % 60:02}"
        return shown(xlrd.xldate_as_datetime(cell.value, book.datemode), form)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return shown(cell.value, form)
    text = as_seen(clean(str(cell.value)), book.font_list[style.font_index].name)
    return "" if is_error(text) else text


def _geometry(sheet: Any) -> Geometry:
    """Where the cells stand; what is hidden has no width or height."""
    columns = {
        n: 0.0 if info.hidden else info.width / 256 * 5.25
        for n, info in sheet.colinfo_map.items()
        if n < MAX_COLUMNS
    }
    rows = {
        n: 0.0 if info.hidden else info.height / _TWIPS or HEIGHT for n, info in sheet.rowinfo_map.items()
    }
    return geometry(columns, rows, (max(1, sheet.nrows), max(1, sheet.ncols)))
