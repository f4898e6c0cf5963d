"""Bytes of a workbook (.xlsx) → the same with only the parts that tables need, and its merged ranges; or
``TooMuch``. Bounds are held here, part by part as it is unpacked, before a library makes anything of it.

A few kB can declare a million rows, merge all cells of a sheet or name one part as ten thousand sheets. What
is counted is what the reader would have to build, not what the file says of itself.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.parsers import expat

from msgspec import Struct

from generator.reading.bounds import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, TooMuch

_PARTS, _UNPACKED = 20_000, 40_000_000
_IN_SHEETS, _IN_STRINGS, _ELSEWHERE = 500_000, 150_000, 60_000
"""Elements of XML: rows and cells, shared texts, all the rest; each costs the library up to 3, 15, 50 µs."""
_DEPTH = 40
_CHUNK = 1 << 16
_FORMULA = 300
"""Letters that are kept of a formula."""

_CONTENTS = "[Content_Types].xml"
_KEPT = re.compile(
    r"(application/[\w.+-]*)(sheet|template)\.main\+xml|\S+\.(worksheet|sharedStrings|styles)\+xml", re.I
)
_USUAL = re.compile(
    r"_rels/\.rels|xl/(workbook|styles|sharedStrings)\.xml|xl/_rels/[^/]+\.rels|xl/worksheets/[^/]+\.xml"
)
"""Parts by the kind that the package says, and by their usual name where it says nothing. Pictures, drawings,
links to other files, comments and macros are never unpacked."""

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""


class Metered(io.BytesIO):
    """Bytes that may be read four times over: one part that is named as many sheets is read for each."""

    left = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.left = (self.left or 4 * len(self.getbuffer()) + _CHUNK) - len(found)
        if self.left <= 0:
            raise TooMuch("lembar-lembar buku kerja ini berbagi isi, yang tidak pernah ditulis Excel", _AGAIN)
        return found


class Package(Struct, frozen=True):
    """What is left to be read: a package of plain parts in which nothing is merged, and of each part the
    merged ranges and the formulas by row and column, from 1."""

    data: Metered
    merged: dict[str, tuple[Range, ...]]
    formulas: dict[str, dict[tuple[int, int], str]]


def package(data: bytes) -> Package:
    """The package in bounds. Raises ``TooMuch``, and what ``zipfile`` and ``expat`` raise on damaged ones."""
    counts, merged, formulas = _Counts(), {}, {}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as plain:
        if len(packed.infolist()) > _PARTS:
            raise TooMuch("buku kerja ini terdiri dari terlalu banyak bagian", _AGAIN)
        if sum(part.file_size for part in packed.infolist() if _USUAL.fullmatch(part.filename)) > _UNPACKED:
            raise TooMuch(*_LARGE)
        contents = _Part(_CONTENTS, counts)
        texts = {_CONTENTS: contents.read(packed)}
        for name in dict.fromkeys(packed.namelist()):
            if name != _CONTENTS and (name in contents.tables or _USUAL.fullmatch(name)):
                part = _Part(name, counts)
                texts[name] = part.read(packed)
                merged[name] = tuple(part.merged)
                formulas[name] = part.formulas
        for name, text in texts.items():
            plain.writestr(name, text)
    return Package(Metered(out.getvalue()), merged, formulas)


def place(text: str) -> tuple[int, int] | None:
    """Row and column of "B7"."""
    if not (hit := _PLACE.fullmatch(text)):
        return None
    column = 0
    for letter in hit[1]:
        column = column * 26 + ord(letter) - 64
    return int(hit[2]), column


_LARGE = "isi berkas terlalu besar", "bagi menjadi berkas yang lebih kecil"
_AGAIN = "salin tabelnya ke buku kerja baru, lalu simpan sebagai .xlsx"


class _Counts(Struct):
    """What was met so far in all parts."""

    unpacked: int = 0
    rows_cells: int = 0
    strings: int = 0
    rest: int = 0
    sheets: int = 0
    merged: int = 0


class _Part:
    """One part while expat reads it; holds nothing of it but what ``package`` needs."""

    def __init__(self, name: str, counts: _Counts) -> None:
        self.name, self.counts = name, counts
        self.tables: set[str] = set()
        self.merged: list[Range] = []
        self.depth = self.row = self.column = self.first_merged = 0
        self.in_rows = self.in_strings = self.in_formula = False
        self.formulas: dict[tuple[int, int], str] = {}
        self.cuts: list[tuple[int, int]] = []

    def read(self, packed: zipfile.ZipFile) -> bytes:
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.StartDoctypeDeclHandler = self._doctype
        parser.CharacterDataHandler = self._letters
        chunks = []
        with packed.open(self.name) as stream:
            while chunk := stream.read(_CHUNK):
                self.counts.unpacked += len(chunk)
                if self.counts.unpacked > _UNPACKED:
                    raise TooMuch(*_LARGE)
                parser.Parse(chunk)
                chunks.append(chunk)
        parser.Parse(b"", True)
        whole = b"".join(chunks)
        for begin, end in reversed(self.cuts):  # a library would make a cell of each that is merged
            whole = whole[:begin] + whole[end:]
        return whole

    def _doctype(self, *_: object) -> None:
        raise TooMuch("buku kerja ini memuat deklarasi DOCTYPE, yang tidak pernah ditulis Excel", _AGAIN)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self.depth += 1
        if self.depth > _DEPTH:
            raise TooMuch("susunan buku kerja ini terlalu dalam", _AGAIN)
        counts = self.counts
        if self.in_rows and name in ("row", "c", "v", "f"):
            counts.rows_cells += 1
            self._in_rows(name, attributes)
        elif self.in_strings or (self.in_rows and name in ("is", "t", "r")):
            counts.strings += 1
            self._in_rows(name, attributes)
        else:
            counts.rest += 1
            self._elsewhere(name, attributes)
        if counts.rows_cells > _IN_SHEETS or counts.strings > _IN_STRINGS or counts.rest > _ELSEWHERE:
            what = "sel" if self.in_rows else "teks" if self.in_strings else "gaya, gabungan sel atau setelan"
            raise TooMuch(f"buku kerja ini memuat terlalu banyak {what}", _AGAIN)

    def _letters(self, text: str) -> None:
        if self.in_formula:
            old = self.formulas[self.row, self.column]
            self.formulas[self.row, self.column] = (old + text)[:_FORMULA]

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "mergeCells" and self.first_merged:
            self.cuts.append((self.first_merged, self.parser.CurrentByteIndex))
            self.first_merged = 0
        self.in_formula = False
        self.depth -= 1
        if self.depth == 1:
            self.in_rows = False

    def _in_rows(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            number = attributes.get("r", "")
            row = int(number) if number.isdecimal() and len(number) < 9 else self.row + 1
            if row <= self.row:
                raise TooMuch(f"baris {row} buku kerja ini tidak urut", "buka di Excel lalu simpan ulang")
            self.row, self.column = row, 0
        elif name == "c":
            found = place(attributes.get("r", ""))
            self.column = found[1] if found else self.column + 1
        elif name == "f":
            self.in_formula = True
            self.formulas[self.row, self.column] = ""
        elif name in ("v", "is") and (self.row > MAX_ROWS or self.column > MAX_COLUMNS):
            raise TooMuch(
                f"ada isi di baris {self.row} kolom {self.column}, di luar {MAX_ROWS} baris dan "
                f"{MAX_COLUMNS} kolom yang dibaca",
                "hapus isi itu, atau pindahkan tabelnya ke lembar lain",
            )

    def _elsewhere(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheetData":
            self.in_rows = True
        elif name == "sst":
            self.in_strings = True
        elif name == "sheet":
            self.counts.sheets += 1
            if self.counts.sheets > MAX_SHEETS:
                raise TooMuch(f"buku kerja ini punya lebih dari {MAX_SHEETS} lembar", "bagi menjadi beberapa")
        elif name == "mergeCell":
            self.first_merged = self.first_merged or self.parser.CurrentByteIndex
            self._merge(attributes.get("ref", ""))
        elif name == "Override" and _KEPT.fullmatch(attributes.get("ContentType", "")):
            self.tables.add(attributes.get("PartName", "").removeprefix("/"))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        begin, end = place(first), place(last or first)
        if begin is None or end is None:
            return
        bottom, right = min(end[0], MAX_ROWS), min(end[1], MAX_COLUMNS)
        self.counts.merged += max(bottom - begin[0] + 1, 0) * max(right - begin[1] + 1, 0)
        if self.counts.merged > 2 * MAX_ROWS * MAX_COLUMNS:
            raise TooMuch("sel gabungan buku kerja ini bertumpuk", "pisahkan sel-sel itu, lalu simpan ulang")
        self.merged.append((*begin, bottom, right))
