"""SOPs → Excel workbook. Each SOP has a sheet that looks like the official form; what a table cannot say
stands as JSON in its last column and in the sheet ``_data`` (read back by ``returned``).
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from generator.data.catalogue import Catalogue
from generator.data.writing.form import sop_form, step_form
from generator.flow.chart import row_numbers
from generator.flow.steps import symbols_of
from generator.form import boxes
from generator.form.boxes import FIELDS, ValueKind
from generator.form.columns import BEFORE, ColumnGroup, FormColumn, TableColumns, depth, headed
from generator.form.symbols import BY_WORD
from generator.formats.xlsx.cells import MAX_CELL, clean
from generator.model.registers import label_untuk
from generator.model.sop import SOP, Alur, Kegiatan, Rujukan

DATA_SHEET = "_data"
MARK = "sop-generator"
DATA_HEADING = "Data (biarkan)"

VALUES = (*(box.at or box.key for box in FIELDS if box.kind is not ValueKind.SIGNER), "tujuan")
BOXES = tuple(box.key for box in boxes.BOXES if box.kind in (ValueKind.TEXT, ValueKind.LINES))
TOLD = tuple(
    box.key
    for box in (*FIELDS, *boxes.BOXES)
    if box.kind in (ValueKind.SIGNER, ValueKind.LAWS, ValueKind.RELATED)
)
"""Shown in the sheet, but kept by what ``_data`` says of them."""

_THIN = Side(style="thin", color="FF808080")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="FFE7EBF0")


class TooLong(Exception):
    """A text is longer than a cell of Excel can hold; says of which SOP."""


def to_workbook(catalogue: Catalogue, sops: Sequence[SOP]) -> bytes:
    """The workbook; the same SOPs give the same sheets. Raises ``TooLong``."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    kept: list[tuple[str, str, str]] = [(MARK, "1", "")]
    for number, sop in enumerate(sops, 1):
        name = sop.slug if len(sop.slug) <= 28 else f"{sop.slug[:26]}-{number}"
        sheet = book.create_sheet(name)
        _fill(sheet, catalogue, sop)
        head = {key: value for key, value in sop_form(sop).items() if key != "kegiatan"}
        if isinstance(tables := head.get("alur"), list):
            head["alur"] = [
                {key: part for key, part in table.items() if key != "kegiatan"} for table in tables
            ]
        kept.append((name, "slug", json.dumps(sop.slug)))
        kept.append((name, "tampak", json.dumps(_noted(sop, catalogue))))
        kept += [(name, key, json.dumps(value)) for key, value in head.items()]
    data = book.create_sheet(DATA_SHEET)
    data.sheet_state = "hidden"
    for row, values in enumerate(kept, 1):
        for column, value in enumerate(values, 1):
            _put(data, row, column, value)
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(sheet: Any, row: int, column: int, text: str, head: bool = False) -> Any:
    """A text in a cell, never a formula: a leading = + - @ stays a sign, in Excel's own editor too."""
    if len(text) > MAX_CELL:
        raise TooLong(sheet.title)
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in ("=", "+", "-", "@")
    cell.alignment = Alignment(
        wrap_text=True, vertical="center" if head else "top", horizontal="center" if head else None
    )
    if head:
        cell.font, cell.fill = Font(bold=True), _HEAD
    return cell


def _shown(sop: SOP, catalogue: Catalogue) -> dict[str, str]:
    """What the sheet shows of the identity block, by key."""
    signer = sop.disahkan_oleh
    lines: dict[str, Sequence[str | None]] = {
        "nomor": (sop.nomor,),
        "nama": (sop.nama,),
        "tujuan": (sop.tujuan,),
        **{box.at: (box.of(sop),) for box in FIELDS if box.kind is ValueKind.DATE},
        **{key: getattr(sop, key) for key in BOXES},
        "disahkan_oleh": (signer.jabatan, signer.nama, signer.nip) if signer else (),
        "dasar_hukum": [
            catalogue.hukum[id].kutipan if id in catalogue.hukum else id for id in sop.dasar_hukum
        ],
        "keterkaitan": [_related(related, catalogue) for related in sop.keterkaitan],
    }
    return {key: "\n".join(part for part in parts if part) for key, parts in lines.items()}


def _related(related: Rujukan, catalogue: Catalogue) -> str | None:
    other = catalogue.lain.get(related.sop or "")
    return related.teks or (other.sebutan if other else related.sop)


def _noted(sop: SOP, catalogue: Catalogue) -> dict[str, str]:
    """What the sheet shows and is not read back, to say so if it was changed there."""
    shown = _shown(sop, catalogue)
    heads = {f"tabel {n}": _head(alur, catalogue) for n, alur in enumerate(sop.alur, 1)}
    kop = "\n".join(clean(line) for line in catalogue.kop(sop))
    own = headed(label_untuk(catalogue.instansi, sop)).cells
    return (
        {key: clean(shown[key]) for key in TOLD}
        | {key: "|".join(head) for key, head in heads.items()}
        | {
            "kop": kop,
            "kolom": "|".join(column.key for column in own),
        }
    )


def _head(alur: Alur, catalogue: Catalogue) -> list[str]:
    """Title and actor headings of a table, as they are read back."""
    names = [catalogue.pelaksana[id].nama if id in catalogue.pelaksana else id for id in alur.pelaksana]
    return [clean(text) for text in (alur.judul or "", *names)]


def _label(key: str, labels: Mapping[str, str]) -> str:
    return "Tujuan" if key == "tujuan" else labels[key.replace(".", "_")]


def _fill(sheet: Any, catalogue: Catalogue, sop: SOP) -> None:
    labels, shown = label_untuk(catalogue.instansi, sop), _shown(sop, catalogue)
    row = 1
    for line in catalogue.kop(sop):
        _put(sheet, row, 2, line).font = Font(bold=True)
        row += 1
    for key in (*VALUES, *TOLD, *BOXES):
        _put(sheet, row, 1, key_mark(key))
        _put(sheet, row, 2, _label(key, labels)).font = Font(bold=True)
        _put(sheet, row, 3, shown[key])
        last = _last_column(sop, headed(labels))
        sheet.merge_cells(start_row=row, start_column=3, end_row=row, end_column=last)
        lines = sum(1 + len(line) // 110 for line in shown[key].split("\n"))
        sheet.row_dimensions[row].height = 15 * max(lines, 1)
        row += 1
    for alur in sop.alur:
        row = _fill_table(sheet, row + 1, alur, labels, catalogue)
    sheet.column_dimensions["A"].width = 6
    sheet.column_dimensions["B"].width = 50
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _last_column(sop: SOP, table: TableColumns) -> int:
    """The last column of the first table that is seen."""
    return len(table.columns) + (len(sop.alur[0].pelaksana) if sop.alur else 0)


def key_mark(key: str) -> str:
    """A short sign of a row of the identity block, by which it is found again: "#1" …"""
    return f"#{(*VALUES, *TOLD, *BOXES).index(key) + 1}"


def _fill_table(sheet: Any, row: int, alur: Alur, labels: Mapping[str, str], catalogue: Catalogue) -> int:
    """One activity table from this row on; the row after it."""
    if alur.judul:
        _put(sheet, row, 2, alur.judul).font = Font(bold=True)
    row += 1
    actors = [catalogue.pelaksana[id].nama if id in catalogue.pelaksana else id for id in alur.pelaksana]
    first, last = 3, 2 + len(actors)
    table = headed(labels)
    beside = last + 1 + len(table.cells)
    top = {at: labels[column.key] for at, column in enumerate(table.columns[:BEFORE], 1)}
    below = dict(enumerate(actors, first))
    spans = [(at, row, at, row + 1) for at in (*top, beside)]
    spans += [(first, row, last, row)] if len(actors) > 1 else []
    top |= {first: labels["pelaksana"]} if actors else {}
    at = last + 1
    for heading, under in table.over:
        top[at] = labels[heading.key]
        if isinstance(heading, ColumnGroup):
            below |= {n: labels[column.key] for n, column in enumerate(under, at)}
            spans.append((at, row, at + len(under) - 1, row))
        else:
            spans.append((at, row, at, row + 1))
        at += len(under)
    top[beside] = DATA_HEADING
    for column in range(1, beside + 1):
        _put(sheet, row, column, top.get(column, ""), head=True)
        _put(sheet, row + 1, column, below.get(column, ""), head=True)
    for left, upper, right, lower in sorted(spans):
        sheet.merge_cells(start_row=upper, start_column=left, end_row=lower, end_column=right)
    row += 2
    for step, cells in zip(alur.kegiatan, _table_cells(alur, table.cells), strict=True):
        for column, text in enumerate([*cells, json.dumps(step_form(step))], 1):
            cell = _put(sheet, row, column, text)
            if column < beside:
                cell.border = _BORDER
        row += 1
    for n, own in enumerate(table.cells, last + 1):
        for at in range(len(alur.kegiatan)):
            if (deep := depth(alur.kegiatan, at, own)) > 1:
                upper = row - len(alur.kegiatan) + at
                sheet.merge_cells(start_row=upper, start_column=n, end_row=upper + deep - 1, end_column=n)
    widths = [11] * len(actors) + [14 if column.middle else 28 for column in table.cells]
    for at, width in enumerate(widths, first):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.column_dimensions[get_column_letter(beside)].hidden = True
    return row


def _table_cells(alur: Alur, own: Sequence[FormColumn]) -> list[list[str]]:
    """What the sheet shows of each step, column by column."""
    return [
        [number, step.uraian, *_marks(step, alur.pelaksana)] + ["\n".join(column.of(step)) for column in own]
        for number, step in zip(row_numbers(alur), alur.kegiatan, strict=True)
    ]


def _marks(step: Kegiatan, columns: Sequence[str]) -> list[str]:
    """The symbols under each actor."""
    drawn = symbols_of(step)
    return [
        "".join(BY_WORD[symbol.bentuk].sign for symbol in drawn if id in symbol.pelaksana) for id in columns
    ]
