"""File of a table (Excel, CSV, TSV, pasted text) → rows of cell texts, + problems; nothing is interpreted."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any

from msgspec import Struct
from openpyxl import load_workbook

from generator.data.files.plain import why
from generator.formats.xlsx.cells import MAX_CELL, clean
from generator.model.problems import Position, Problem, Severity
from generator.reading.bounds import (
    MAX_BOOK,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_LETTERS,
    MAX_ROWS,
    MAX_TEXT,
    TooMuch,
)
from generator.reading.xlsx.package import Range, covered, package

_BOOKS, _TEXTS = (".xlsx", ".xlsm"), (".csv", ".tsv", ".txt")
_SAVE_AGAIN = "buka di Excel atau LibreOffice lalu simpan ulang sebagai .xlsx"


Rows = tuple[tuple[str, ...], ...]


class Sheet(Struct, frozen=True):
    """The cells of one sheet, without the blank ones at the ends of rows and below; ``lines``: it is running
    text, whose lines were split at tabs; ``file`` is shown in problems."""

    name: str
    rows: Rows
    lines: bool = False
    file: str = ""


def read_sheets(data: bytes, name: str) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """The sheets of a file by the ending of its name; never raises for what is in it. A file with more than
    can be read is refused whole, so that nothing is dropped."""
    ending = PurePath(name).suffix.lower()
    if ending not in (*_BOOKS, *_TEXTS):
        hint = "simpan sebagai .xlsx, .csv, .tsv atau .txt"
        if ending == ".pdf":
            hint = f"baca alurnya dahulu: sop import --bacaan bacaan.json {PurePath(name).name}"
        return (), [_problem(name, f"berkas '{ending}' tidak dapat dijadikan draf", hint)]
    if len(data) > (MAX_BOOK if ending in _BOOKS else MAX_TEXT):
        return (), [_problem(name, "berkas terlalu besar", "bagi menjadi berkas yang lebih kecil")]
    try:
        sheets = _workbook(data, name) if ending in _BOOKS else (_text(data, name, ending),)
    except TooMuch as error:
        return (), [_problem(name, error.message, error.hint)]
    except csv.Error:
        hint = "simpan ulang dari Excel sebagai CSV UTF-8"
        return (), [_problem(name, "berkas CSV tidak dapat dibaca", hint)]
    except Exception:  # openpyxl raises whatever it stumbles over
        return (), [_problem(name, "berkas bukan buku kerja Excel yang benar", _SAVE_AGAIN)]
    if not sheets:
        return (), [_problem(name, "buku kerja ini tidak punya lembar berisi tabel", _SAVE_AGAIN)]
    return sheets, []


def read_sheet_file(path: Path) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """The sheets of a file on the disk, of which no more is read than may be in it."""
    name = path.as_posix()
    try:
        if not path.is_file():
            return (), [_problem(name, "ini bukan berkas biasa", "sebut berkas tabelnya")]
        with path.open("rb") as stream:
            data = stream.read(MAX_BOOK + 1)
    except OSError as error:
        hint = "periksa nama dan izin berkas"
        return (), [_problem(name, f"berkas tidak dapat dibaca ({why(error)})", hint)]
    return read_sheets(data, name)


class _Filling:
    """Rows of a file as they are read, held to the bounds of all of its sheets together."""

    def __init__(self) -> None:
        self.places = self.letters = 0
        self.cleaned: dict[str, str] = {}

    def rows(self, lines: Iterable[Sequence[str]]) -> Rows:
        """The rows of one sheet."""
        found: list[tuple[str, ...]] = []
        filled = 0
        for number, line in enumerate(lines, 1):
            row = self._row(line, number)
            found.append(row)
            if row:
                filled = number
                self.places += len(row)
            if filled > MAX_ROWS or number > 20 * MAX_ROWS:
                raise TooMuch(f"lebih dari {MAX_ROWS} baris", "bagi menjadi berkas yang lebih kecil")
            if self.places > MAX_CELLS:
                raise TooMuch(f"lebih dari {MAX_CELLS} sel", "bagi menjadi berkas yang lebih kecil")
        return tuple(found[:filled])

    def _row(self, line: Sequence[str], number: int) -> tuple[str, ...]:
        end = len(line)
        while end and not line[end - 1]:
            end -= 1
        row = [self._cell(text, number) if text else "" for text in line[:end]]
        while row and not row[-1]:
            row.pop()
        if len(row) > MAX_COLUMNS:
            message = f"baris {number} berisi lebih dari {MAX_COLUMNS} kolom"
            raise TooMuch(message, "pastikan tanda pemisah kolomnya, lalu simpan ulang")
        return tuple(row)

    def _cell(self, text: str, number: int) -> str:
        self.letters += len(text)
        if len(text) > MAX_CELL:
            raise TooMuch(
                f"satu sel di baris {number} memuat lebih dari {MAX_CELL} huruf", "bagi isi sel itu"
            )
        if self.letters > MAX_LETTERS:
            raise TooMuch(f"lebih dari {MAX_LETTERS} huruf", "bagi menjadi berkas yang lebih kecil")
        if text not in self.cleaned:
            self.cleaned[text] = clean(text)
        return self.cleaned[text]


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


def _text(data: bytes, name: str, ending: str) -> Sheet:
    text, stem = _decoded(data), PurePath(name).stem
    if ending == ".txt":
        lines = (line.split("\t") for line in text.splitlines())
        return Sheet(stem, _Filling().rows(lines), lines=True, file=name)
    found = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text, ending))
    return Sheet(stem, _Filling().rows(found), file=name)


def _workbook(data: bytes, name: str) -> tuple[Sheet, ...]:
    packed, filling = package(data), _Filling()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what the library left out, which no table needs
        book = load_workbook(packed.data, read_only=True, data_only=True, keep_links=False)
        sheets = []
        for sheet in book.worksheets:
            part = sheet._worksheet_path  # type: ignore[attr-defined]  # the stubs know of other sheets only
            rows = filling.rows(_values(sheet))
            sheets.append(Sheet(sheet.title, _seen(rows, packed.merged.get(part, ())), file=name))
    return tuple(sheets)


def _values(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows(min_row=1, max_row=MAX_ROWS, min_col=1, max_col=MAX_COLUMNS, values_only=True):
        blank = row.count(None) == len(row)
        yield [] if blank else ["" if value is None else str(value) for value in row]


def _seen(rows: Rows, merged: tuple[Range, ...]) -> Rows:
    """The rows without what merged cells hide."""
    found = list(map(list, rows)) if merged else []
    for row, begin, end in covered(merged, len(found)):
        width = len(found[row][begin : end + 1])
        found[row][begin : begin + width] = [""] * width
    return tuple(map(tuple, found)) if merged else rows


def _problem(name: str, message: str, hint: str) -> Problem:
    return Problem(Position(name, 1, 1), Severity.ERROR, message, hint, "impor")
