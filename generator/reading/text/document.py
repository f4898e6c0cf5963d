"""The bytes of a text (.csv, .tsv, .txt, .md) → ``Seen``, or a problem: one page, a row for each line."""

from __future__ import annotations

import csv
import re
from pathlib import PurePath

from generator.formats.xlsx.cells import MAX_CELL, clean
from generator.model.problems import Problem
from generator.reading.bounds import MAX_CELLS, MAX_COLUMNS, MAX_LETTERS, MAX_ROWS, MAX_TEXT, TooMuch, refusal
from generator.reading.laid import of_rows, page
from generator.reading.seen import Seen
from generator.reading.text.rows import Line, pasted, separated, separator

_DUMP = re.compile(
    r"\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*)*(?:INSERT\s+INTO|CREATE\s+(?:TABLE|DATABASE)|DROP\s+TABLE|PRAGMA|BEGIN\s+TRANSACTION)\b",
    re.IGNORECASE | re.DOTALL,
)
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")


def read_text(data: bytes, name: str) -> tuple[Seen | None, list[Problem]]:
    """What the rows of a text say; never raises for what is in it."""
    if not data.strip():
        return None, [refusal(name, "berkas kosong", "ambil ulang berkasnya")]
    if len(data) > MAX_TEXT:
        return None, [refusal(name, "berkas terlalu besar", "bagi menjadi berkas yang lebih kecil")]
    if data.startswith(_BINARY):
        said = f"isi berkas ini bukan teks, lain daripada akhiran namanya ({PurePath(name).suffix})"
        return None, [
            refusal(name, said, "beri nama dengan akhiran yang benar, atau simpan ulang sebagai .xlsx")
        ]
    text = decoded(data)
    if said := dump(text):
        return None, [refusal(name, said, "ekspor tabelnya sebagai .xlsx atau .csv, satu baris tiap langkah")]
    try:
        lines = _lines(text, PurePath(name).suffix.lower())
        rows = _held(lines)
    except TooMuch as error:
        return None, [refusal(name, error.message, error.hint)]
    except csv.Error:
        return None, [
            refusal(name, "berkas CSV tidak dapat dibaca", "simpan ulang dari Excel sebagai CSV UTF-8")
        ]
    numbers = [line.number for line in lines]

    def place(row: int, column: int) -> str:
        return f"baris {numbers[row]}, kolom {column + 1}"

    return Seen(name, "text", (page(PurePath(name).name, of_rows(rows), place),)), []


def _lines(text: str, ending: str) -> list[Line]:
    if ending == ".tsv":
        return pasted(text)
    if ending == ".csv":
        sign = separator(text)
        return pasted(text) if sign == "\t" else separated(text, sign)
    return pasted(text)


def decoded(data: bytes) -> str:
    """The letters of a text in whatever way they were saved."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if data[1:40:2].count(0) > 12:  # UTF-16 without its mark
        return data.decode("utf-16-le", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def dump(text: str) -> str:
    """What a text is that no table is read from, or nothing."""
    if _DUMP.match(text):
        return "ini salinan basis data (SQL), bukan tabel SOP"
    bare = text.lstrip()
    if bare[:1] in "{[" and re.match(r'[{\[]\s*(?:["{\[\d\]}]|null|true|false)', bare):
        return "ini berkas JSON, bukan tabel SOP"
    return ""


def _held(lines: list[Line]) -> list[list[str]]:
    """The rows, cleaned and in bounds. Raises ``TooMuch``."""
    rows: list[list[str]] = []
    places = letters = filled = 0
    for line in lines:
        row = [cell if cell.isspace() else clean(cell) for cell in line.cells]
        while row and not row[-1].strip():
            row.pop()
        if len(row) > MAX_COLUMNS:
            message = f"baris {line.number} berisi lebih dari {MAX_COLUMNS} kolom"
            raise TooMuch(message, "pastikan tanda pemisah kolomnya, lalu simpan ulang")
        if any(len(cell) > MAX_CELL for cell in row):
            message = f"satu sel di baris {line.number} memuat lebih dari {MAX_CELL} huruf"
            raise TooMuch(message, "bagi isi sel itu")
        rows.append(row)
        places += len(row)
        letters += sum(map(len, row))
        filled += bool(row)
        if filled > MAX_ROWS or len(rows) > 20 * MAX_ROWS:
            raise TooMuch(f"lebih dari {MAX_ROWS} baris", "bagi menjadi berkas yang lebih kecil")
        if places > MAX_CELLS or letters > MAX_LETTERS:
            what = f"{MAX_CELLS} sel" if places > MAX_CELLS else f"{MAX_LETTERS} huruf"
            raise TooMuch(f"lebih dari {what}", "bagi menjadi berkas yang lebih kecil")
    return rows
