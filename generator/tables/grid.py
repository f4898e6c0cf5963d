"""File of a table (Excel, CSV, TSV, pasted text) → rows of cell texts, + problems; nothing is interpreted."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import PurePath

from msgspec import Struct
from openpyxl import load_workbook

from generator.load import MAX_BYTES
from generator.problems import Position, Problem, Severity

MAX_UNPACKED = 50_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 200

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
"""Characters that no data file may hold."""

Rows = tuple[tuple[str, ...], ...]


class Sheet(Struct, frozen=True):
    """The cells of one sheet; ``lines``: it is running text, whose lines were split at tabs."""

    name: str
    rows: Rows
    lines: bool = False


def read_sheets(data: bytes, name: str) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """The sheets of a file by the ending of its name; never raises for what is in it."""
    if len(data) > 20 * MAX_BYTES:
        return (), [_problem(name, "berkas terlalu besar", "bagi menjadi berkas yang lebih kecil")]
    ending = PurePath(name).suffix.lower()
    if ending in (".xlsx", ".xlsm"):
        return _workbook(data, name)
    if ending not in (".csv", ".tsv", ".txt"):
        return (), [
            _problem(
                name, f"berkas '{ending}' tidak dapat dibaca", "simpan sebagai .xlsx, .csv, .tsv atau .txt"
            )
        ]
    text = _decoded(data)
    if ending == ".txt":
        rows = tuple(tuple(clean(cell) for cell in line.split("\t")) for line in text.splitlines())
        return (Sheet(PurePath(name).stem, rows[:MAX_ROWS], lines=True),), []
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text, ending)))
    except csv.Error:
        return (), [
            _problem(name, "berkas CSV tidak dapat dibaca", "simpan ulang dari Excel sebagai CSV UTF-8")
        ]
    rows = tuple(tuple(clean(cell) for cell in row[:MAX_COLUMNS]) for row in found[:MAX_ROWS])
    return (Sheet(PurePath(name).stem, rows),), []


def clean(text: str) -> str:
    """A cell's text without what no data file may hold; lines kept, blanks at the ends not."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\t", " ")
    return _UNFIT.sub("", plain).strip()


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", "replace")


def _separator(text: str, ending: str) -> str:
    """The sign that splits most lines into the most cells."""
    if ending == ".tsv":
        return "\t"
    counts = {sign: _cells(text, sign) for sign in (",", ";", "\t")}
    return max(counts, key=lambda sign: counts[sign])


def _cells(text: str, sign: str) -> int:
    """How many rows a separator gives that have as many cells as the most frequent row of several."""
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=sign)]
    except csv.Error:
        return 0
    return max((widths.count(width) * width for width in set(widths) if width > 1), default=0)


def _workbook(data: bytes, name: str) -> tuple[tuple[Sheet, ...], list[Problem]]:
    hint = "buka di Excel atau LibreOffice lalu simpan ulang sebagai .xlsx"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                return (), [
                    _problem(name, "isi berkas terlalu besar", "bagi menjadi berkas yang lebih kecil")
                ]
        book = load_workbook(io.BytesIO(data), data_only=True)
        sheets = tuple(Sheet(sheet.title, _rows(sheet)) for sheet in book.worksheets)
    except Exception:  # openpyxl raises whatever it stumbles over
        return (), [_problem(name, "berkas bukan buku kerja Excel yang benar", hint)]
    if not sheets:
        return (), [_problem(name, "buku kerja ini tidak punya lembar berisi tabel", hint)]
    return sheets, []


def _rows(sheet: object) -> Rows:
    cells: Sequence[Sequence[object]] = list(
        sheet.iter_rows(  # type: ignore[attr-defined]
            max_row=min(sheet.max_row, MAX_ROWS),  # type: ignore[attr-defined]
            max_col=min(sheet.max_column, MAX_COLUMNS),  # type: ignore[attr-defined]
            values_only=True,
        )
    )
    return tuple(tuple("" if value is None else clean(str(value)) for value in row) for row in cells)


def _problem(name: str, message: str, hint: str) -> Problem:
    return Problem(Position(name, 1, 1), Severity.ERROR, message, hint, "impor")
