"""An agency's registers → the official form as an empty workbook, to be filled in by who knows no data files.

It holds no data sheet: what was filled in is read as any other agency's workbook, and looked at as such."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from generator.data.catalogue import Catalogue
from generator.form import LABEL_RESMI
from generator.form.boxes import BOXES, FIELDS
from generator.form.columns import ColumnGroup, headed
from generator.form.symbols import SYMBOLS, Shape

ACTORS, STEPS = 6, 30
_THIN = Side(style="thin", color="FF808080")
_EDGE = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FILL = PatternFill("solid", fgColor="FFE7EBF0")
_FIRST = 3
"""The first column of actors, after No and Kegiatan."""
_NAMES = 250
"""A list to choose from has no more letters in Excel."""


def blank_workbook(catalogue: Catalogue) -> bytes:
    """The workbook; the same registers give the same sheet."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "SOP"
    labels = {**LABEL_RESMI, **catalogue.instansi.label}
    last = _FIRST + ACTORS + len(headed(labels).cells) - 1
    row = 1
    units = [unit.nama for unit in catalogue.unit.values()]
    for key, label in [("unit", "Unit Kerja"), *((box.key, labels[box.key]) for box in (*FIELDS, *BOXES))]:
        _cell(sheet, row, 1, f"{label} :", bold=True)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        _cell(sheet, row, _FIRST, "")
        sheet.merge_cells(start_row=row, start_column=_FIRST, end_row=row, end_column=last)
        sheet.row_dimensions[row].height = 15 if key in _SHORT else 45
        _ask(
            sheet,
            f"{get_column_letter(_FIRST)}{row}",
            label,
            _HELP.get(key, ""),
            units if key == "unit" else (),
        )
        row += 1
    _table(sheet, row + 1, labels, [actor.nama for actor in catalogue.pelaksana.values()])
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_SHORT = ("unit", "nomor", "tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif", "nama")
_HELP = {
    "unit": "Pilih atau ketik unit pemilik SOP.",
    "disahkan_oleh": "Jabatan, nama, dan NIP, masing-masing sebaris (Alt+Enter).",
    "dasar_hukum": "Satu peraturan tiap baris (Alt+Enter).",
    "keterkaitan": "Satu SOP tiap baris (Alt+Enter).",
}


def _table(sheet: Any, top: int, labels: Any, actors: Sequence[str]) -> None:
    """The heading in two rows, and rows for steps."""
    table = headed(labels)
    heads = [(1, labels["no"], ""), (2, labels["kegiatan"], "")]
    heads += [(_FIRST + n, labels["pelaksana"] if n == 0 else "", "") for n in range(ACTORS)]
    at = _FIRST + ACTORS
    spans: list[tuple[int, int]] = []
    for heading, under in table.over:
        if isinstance(heading, ColumnGroup):
            heads += [
                (at + n, labels[heading.key] if n == 0 else "", labels[c.key]) for n, c in enumerate(under)
            ]
            spans.append((at, at + len(under) - 1))
        else:
            heads.append((at, labels[heading.key], ""))
        at += len(under)
    for column, upper, lower in heads:
        for r, text in ((top, upper), (top + 1, lower)):
            _cell(sheet, r, column, text, bold=True, head=True).fill = _FILL
        if not lower and not _FIRST <= column < _FIRST + ACTORS:
            sheet.merge_cells(start_row=top, start_column=column, end_row=top + 1, end_column=column)
    for left, right in (*spans, (_FIRST, _FIRST + ACTORS - 1)):
        sheet.merge_cells(start_row=top, start_column=left, end_row=top, end_column=right)
    for r in range(top + 2, top + 2 + STEPS):
        for column in range(1, _FIRST + ACTORS + len(table.cells)):
            _cell(sheet, r, column, "")
    first, end = get_column_letter(_FIRST), get_column_letter(_FIRST + ACTORS - 1)
    said = "Satu pelaksana tiap kolom; kolom yang tidak dipakai dibiarkan kosong."
    _ask(sheet, f"{first}{top + 1}:{end}{top + 1}", "Pelaksana", said, actors)
    box, question = (SYMBOLS[shape].sign for shape in (Shape.PROCESS, Shape.DECISION))
    said = f"{box} mengerjakan, {question} memutuskan; Mulai dan Selesai di langkah pertama dan terakhir"
    _ask(
        sheet, f"{first}{top + 2}:{end}{top + 1 + STEPS}", "Simbol", said, (box, question, "Mulai", "Selesai")
    )
    widths = [6, 45, *[11] * ACTORS, *(14 if column.middle else 26 for column in table.cells)]
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _cell(sheet: Any, row: int, column: int, text: str, bold: bool = False, head: bool = False) -> Any:
    cell = sheet.cell(row, column)
    cell.value = text or None
    cell.font, cell.border = Font(bold=bold), _EDGE
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if head else None)
    cell.number_format = "@"  # a date or "5-10" stays as it was typed
    return cell


def _ask(sheet: Any, area: str, title: str, said: str, choices: Sequence[str]) -> None:
    """What Excel says when a cell is chosen, and what it offers; anything else may be typed."""
    listed = ",".join(choices)
    fits = bool(choices) and len(listed) <= _NAMES and not any("," in c or '"' in c for c in choices)
    if not said and not fits:
        return
    rule = DataValidation(
        type="list" if fits else None, formula1=f'"{listed}"' if fits else None, allow_blank=True
    )
    rule.showErrorMessage, rule.showInputMessage, rule.showDropDown = False, True, False
    rule.promptTitle, rule.prompt = title[:32], said[:255] or None
    rule.add(area)
    sheet.add_data_validation(rule)
