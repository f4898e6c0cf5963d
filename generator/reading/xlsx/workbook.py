"""The bytes of a workbook (.xlsx, .xlsm) → ``Seen``: what its sheets show, or a problem.

A sheet is a page. What nobody sees there (hidden sheets, rows and columns) is not read, and told."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from generator.formats.xlsx.cells import MAX_CELL
from generator.model.problems import Problem
from generator.reading.bounds import MAX_BOOK, MAX_CELLS, MAX_LETTERS, TooMuch, refusal
from generator.reading.seen import Cell, Page, Seen
from generator.reading.symbol_fonts import as_seen
from generator.reading.xlsx.drawings import Drawings
from generator.reading.xlsx.formulas import reckoned
from generator.reading.xlsx.package import Package, package
from generator.reading.xlsx.sheet import HEIGHT, WIDTH, Geometry, geometry, place, points
from generator.reading.xlsx.shown import is_error, shown

if TYPE_CHECKING:
    from openpyxl import Workbook

SAVE_AGAIN = "buka di Excel atau LibreOffice lalu simpan ulang sebagai .xlsx"
_OLD = b"\xd0\xcf\x11\xe0"
_NAMED = 20
"""Of so many cells each is named; of more only how many there are."""


def read_xlsx(data: bytes, name: str) -> tuple[Seen | None, list[Problem]]:
    """What the sheets of a workbook show; never raises for what is in it. A workbook with more than can be
    read is refused whole."""
    if not data.strip():
        return None, [refusal(name, "berkas kosong", "ambil ulang berkasnya")]
    if len(data) > MAX_BOOK:
        return None, [refusal(name, "berkas terlalu besar", "bagi menjadi berkas yang lebih kecil")]
    if data.startswith(_OLD):
        said = "buku kerja ini dikunci dengan kata sandi, atau berkas lama .xls dengan nama .xlsx"
        return None, [refusal(name, said, "simpan ulang sebagai .xlsx tanpa kata sandi")]
    try:
        pages = _pages(data)
    except TooMuch as error:
        return None, [refusal(name, error.message, error.hint)]
    except Exception:  # openpyxl raises whatever it stumbles over
        return None, [refusal(name, "berkas bukan buku kerja Excel yang benar", SAVE_AGAIN)]
    if not pages:
        return None, [refusal(name, "buku kerja ini tidak punya lembar berisi tabel", SAVE_AGAIN)]
    return Seen(name, "xlsx", tuple(pages)), []


def _pages(data: bytes) -> list[Page]:
    packed, filling, drawings = package(data), Filling(), Drawings(data)
    book = opened(packed)
    parts = parts_of(packed)
    return [_page(sheet, packed, parts.get(sheet.title, ""), filling, drawings) for sheet in book.worksheets]


def opened(packed: Package, read_only: bool = False) -> Workbook:
    """The workbook as the library sees it."""
    from openpyxl import (
        load_workbook,  # loaded where a workbook is read: with numpy it takes a fifth of a second
    )

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it left out, which no table needs
        return load_workbook(packed.data, read_only=read_only, data_only=not read_only, keep_links=False)


def parts_of(packed: Package) -> dict[str, str]:
    """The part of the package that each sheet is, by its name."""
    packed.data.seek(0)
    book = opened(packed, read_only=True)
    return {sheet.title: sheet._worksheet_path for sheet in book.worksheets}  # type: ignore[attr-defined]


class Filling:
    """What was read of all sheets together, held to its bounds."""

    def __init__(self) -> None:
        self.places = self.letters = 0

    def take(self, text: str, where: str) -> None:
        """Count a cell. Raises ``TooMuch``."""
        self.places += 1
        self.letters += len(text)
        if len(text) > MAX_CELL:
            raise TooMuch(f"sel {where} memuat lebih dari {MAX_CELL} huruf", "bagi isi sel itu")
        if self.places > MAX_CELLS:
            raise TooMuch(f"lebih dari {MAX_CELLS} sel", "bagi menjadi berkas yang lebih kecil")
        if self.letters > MAX_LETTERS:
            raise TooMuch(f"lebih dari {MAX_LETTERS} huruf", "bagi menjadi berkas yang lebih kecil")


def _page(sheet: Any, packed: Package, part: str, filling: Filling, drawings: Drawings) -> Page:
    title = f"lembar '{sheet.title}'"
    written = _written(sheet)
    if sheet.sheet_state != "visible":
        told = (f"{title} tersembunyi; isinya tidak dibaca",) if written else ()
        return Page(title, WIDTH, HEIGHT, remarks=told)
    spans = {(top, left): (bottom, right) for top, left, bottom, right in packed.merged.get(part, ())}
    texts, remarks = texts_of(sheet, packed, part, filling)
    bold = {(cell.row, cell.column) for cell in written if cell.font.bold}
    where = sheet_geometry(
        sheet, (max((r for r, _ in texts), default=1), max((c for _, c in texts), default=1))
    )
    cells, hidden = [], []
    for (row, column), text in sorted(texts.items()):
        at = f"{sheet.title}!{place(row - 1, column - 1)}"
        bottom, right = spans.get((row, column), (row, column))
        box = where.box(row - 1, column - 1, bottom - 1, right - 1)
        if not text.strip():
            continue
        if box.width <= 0 or box.height <= 0:
            hidden.append(at.rpartition("!")[2])
            continue
        cells.append(Cell(box, text, at, (row, column) in bold))
    remarks += _listed(title, hidden, "di baris atau kolom tersembunyi; tidak dibaca")
    sketch, unread = drawings.of(part, where, title)
    across, down = sketch.reach()
    return Page(
        title,
        max(where.xs[-1], across) or WIDTH,
        max(where.ys[-1], down) or HEIGHT,
        texts=tuple(sketch.texts),
        cells=tuple(cells),
        outlines=tuple(sketch.outlines),
        strokes=tuple(sketch.strokes),
        heads=tuple(sketch.heads),
        pictures=tuple(sketch.pictures),
        remarks=(*remarks, *unread),
    )


def _written(sheet: Any) -> list[Any]:
    """The cells in which something stands; rows that are asked for would grow."""
    return [cell for cell in sheet._cells.values() if cell.value is not None]


def texts_of(
    sheet: Any, packed: Package, part: str, filling: Filling
) -> tuple[dict[tuple[int, int], str], list[str]]:
    """What the cells of a sheet show, by row and column from 1, without what merged cells hide, and what of
    it is reckoned or unread. Raises ``TooMuch``."""
    rows: dict[int, dict[int, Any]] = {}
    for cell in _written(sheet):
        rows.setdefault(cell.row, {})[cell.column] = cell
    for top, left, bottom, right in packed.merged.get(part, ()):
        for row in range(top, bottom + 1):
            for column in [c for c in rows.get(row, ()) if left <= c <= right and (row, c) != (top, left)]:
                del rows[row][column]
    texts = {}
    for row, cells in rows.items():
        for column, cell in cells.items():
            filling.take(str(cell.value), f"{sheet.title}!{cell.coordinate}")
            texts[row, column] = as_seen(shown(cell.value, cell.number_format), cell.font.name)
    return texts, _reckon(texts, packed.formulas.get(part, {}), f"lembar '{sheet.title}'")


def _reckon(texts: dict[tuple[int, int], str], formulas: dict[tuple[int, int], str], title: str) -> list[str]:
    """Give formulas without results their text where that is plain; say which were, and which are unread."""
    blank = {at: formula for at, formula in formulas.items() if at not in texts}
    found, unread = {}, []
    for at, formula in blank.items():
        text = reckoned(formula, lambda r, c: texts.get((r, c), ""), blank)
        if text is None:
            unread.append(place(at[0] - 1, at[1] - 1))
        else:
            found[at] = text
    texts |= found
    failed = [at for at, text in texts.items() if is_error(text)]
    for at in failed:
        del texts[at]
    said = _listed(
        title,
        [place(r - 1, c - 1) for r, c in found],
        "berisi rumus tanpa nilai tersimpan; dihitung di sini, pastikan",
    )
    said += _listed(title, unread, f"berisi rumus tanpa nilai; tidak dibaca: {SAVE_AGAIN}")
    return said + _listed(
        title, [place(r - 1, c - 1) for r, c in failed], "berisi rumus yang gagal; tidak dibaca"
    )


def _listed(title: str, places: Sequence[str], said: str) -> list[str]:
    if not places:
        return []
    more = f" dan {len(places) - _NAMED} lagi" if len(places) > _NAMED else ""
    return [f"{title} sel {', '.join(places[:_NAMED])}{more} {said}"]


def sheet_geometry(sheet: Any, size: tuple[int, int]) -> Geometry:
    """Where the cells of a sheet of so many rows and columns stand; what is hidden has no width or height."""
    usual = sheet.sheet_format
    columns: dict[int, float] = {}
    for dimension in sheet.column_dimensions.values():
        width = 0.0 if dimension.hidden else points(dimension.width) if dimension.width else WIDTH
        last = min(dimension.max or 0, size[1])
        columns |= {n - 1: width for n in range(dimension.min or 1, last + 1)}
    rows = {
        n - 1: 0.0 if dimension.hidden else float(dimension.height or usual.defaultRowHeight or HEIGHT)
        for n, dimension in sheet.row_dimensions.items()
        if n <= size[0] and (dimension.hidden or dimension.height)
    }
    width = points(usual.defaultColWidth) if usual.defaultColWidth else WIDTH
    return geometry(columns, rows, size, (width, float(usual.defaultRowHeight or HEIGHT)))
