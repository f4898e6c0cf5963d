"""The bytes of a workbook of ours → all of its cells by row, hidden ones too, as Excel shows them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from msgspec import Struct

from generator.formats.xlsx.workbook import DATA_SHEET, MARK
from generator.model.problems import Position, Problem, Severity
from generator.reading.bounds import MAX_BOOK, MAX_CELLS, TooMuch, refusal
from generator.reading.xlsx.package import package
from generator.reading.xlsx.workbook import SAVE_AGAIN, Filling, opened, parts_of, texts_of

_PEEK = 4_000_000
"""Bytes of the list of sheets that are looked at."""

Rows = tuple[tuple[str, ...], ...]


class Sheet(Struct, frozen=True):
    """The cells of one sheet, without the blank ones at the ends of rows and below; ``file`` is shown in
    problems."""

    name: str
    rows: Rows
    file: str = ""


def may_be_ours(data: bytes) -> bool:
    """Whether a workbook names the sheet that only we write; it is not read for that."""
    if len(data) > MAX_BOOK:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open("xl/workbook.xml") as part:
            return f'"{DATA_SHEET}"'.encode() in part.read(_PEEK)
    except Exception:  # what is damaged the door refuses, with a reason
        return False


def is_ours(sheets: tuple[Sheet, ...]) -> bool:
    """Whether a workbook was written here."""
    return any(s.name == DATA_SHEET and s.rows and s.rows[0][:1] == (MARK,) for s in sheets)


def read_rows(data: bytes, name: str) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """All sheets, and what of them could not be read; never raises for what is in it. A workbook with more
    than can be read is refused whole."""
    try:
        return _sheets(data, name)
    except TooMuch as error:
        return (), [refusal(name, error.message, error.hint)]
    except Exception:  # openpyxl raises whatever it stumbles over
        return (), [refusal(name, "berkas bukan buku kerja Excel yang benar", SAVE_AGAIN)]


def _sheets(data: bytes, name: str) -> tuple[tuple[Sheet, ...], list[Problem]]:
    packed, filling, places = package(data), Filling(), 0
    book = opened(packed)
    parts = parts_of(packed)
    sheets, told = [], []
    for sheet in book.worksheets:
        texts, remarks = texts_of(sheet, packed, parts.get(sheet.title, ""), filling)
        rows = _rows(texts)
        places += sum(map(len, rows))
        if places > MAX_CELLS:
            raise TooMuch(f"lebih dari {MAX_CELLS} sel", "bagi menjadi berkas yang lebih kecil")
        sheets.append(Sheet(sheet.title, rows, name))
        told += remarks
    where = Position(name, 1, 1)
    return tuple(sheets), [Problem(where, Severity.WARNING, said, "ketik nilainya", "impor") for said in told]


def _rows(texts: Mapping[tuple[int, int], str]) -> Rows:
    """Texts by row and column, from 1, as rows."""
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in texts.items():
        if text:
            by_row.setdefault(row, {})[column] = text
    return tuple(
        tuple(by_row[row].get(column, "") for column in range(1, max(by_row[row]) + 1))
        if row in by_row
        else ()
        for row in range(1, max(by_row, default=0) + 1)
    )
