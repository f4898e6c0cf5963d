"""The bytes of an OpenDocument spreadsheet (.ods) → ``Seen``, or a problem. The file itself holds what each
cell shows; only dates are written anew, in Indonesian."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from lxml import etree

from generator.formats.xlsx.cells import clean
from generator.model.dates import MONTHS, date_text
from generator.model.problems import Problem
from generator.reading.bounds import MAX_BOOK, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, TooMuch, refusal
from generator.reading.seen import Cell, Page, Seen
from generator.reading.symbol_fonts import as_seen
from generator.reading.xlsx.sheet import HEIGHT, WIDTH, Geometry, geometry, place
from generator.reading.xlsx.workbook import SAVE_AGAIN, Filling

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE, _STYLE = (f"{{{_NS}{part}:1.0}}" for part in ("table", "text", "office", "style"))
_UNPACKED = 60_000_000
_LENGTH = re.compile(r"([\d.]+)(cm|mm|in|pt|pc)")
_POINTS = {"cm": 28.3465, "mm": 2.83465, "in": 72.0, "pt": 1.0, "pc": 12.0}


def read_ods(data: bytes, name: str) -> tuple[Seen | None, list[Problem]]:
    """What the sheets of a spreadsheet show; never raises for what is in it."""
    if not data.strip():
        return None, [refusal(name, "berkas kosong", "ambil ulang berkasnya")]
    if len(data) > MAX_BOOK:
        return None, [refusal(name, "berkas terlalu besar", "bagi menjadi berkas yang lebih kecil")]
    try:
        pages = _pages(data)
    except TooMuch as error:
        return None, [refusal(name, error.message, error.hint)]
    except Exception:  # whatever zipfile and lxml stumble over
        return None, [refusal(name, "berkas bukan buku kerja OpenDocument yang benar", SAVE_AGAIN)]
    if not pages:
        return None, [refusal(name, "buku kerja ini tidak punya lembar berisi tabel", SAVE_AGAIN)]
    return Seen(name, "ods", tuple(pages)), []


def _pages(data: bytes) -> list[Page]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if b"encryption-data" in _part(packed, "META-INF/manifest.xml"):
            raise TooMuch("buku kerja ini dikunci dengan kata sandi", "simpan ulang tanpa kata sandi")
        content = _part(packed, "content.xml")
    if b"<!DOCTYPE" in content[:2000]:
        raise TooMuch("buku kerja ini memuat deklarasi DOCTYPE", SAVE_AGAIN)
    root = etree.fromstring(
        content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    )
    styles = {style.get(f"{_STYLE}name"): style for style in root.iter(f"{_STYLE}style")}
    sheets = list(root.iter(f"{_TABLE}table"))
    if len(sheets) > MAX_SHEETS:
        raise TooMuch(f"buku kerja ini punya lebih dari {MAX_SHEETS} lembar", "bagi menjadi beberapa")
    filling = Filling()
    return [_page(sheet, styles, filling) for sheet in sheets]


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    if name not in packed.namelist():
        return b""
    with packed.open(name) as stream:
        found = stream.read(_UNPACKED + 1)
    if len(found) > _UNPACKED:
        raise TooMuch("isi berkas terlalu besar", "bagi menjadi berkas yang lebih kecil")
    return found


def _page(sheet: Any, styles: dict[str, Any], filling: Filling) -> Page:
    title = f"lembar '{sheet.get(f'{_TABLE}name', '')}'"
    found = list(_cells(sheet, styles))
    if any(p.get(f"{_TABLE}display") == "false" for p in _properties(sheet, styles)):
        told = (f"{title} tersembunyi; isinya tidak dibaca",) if found else ()
        return Page(title, WIDTH, HEIGHT, remarks=told)
    where = _geometry(sheet, styles, found)
    cells, hidden = [], []
    for row, column, bottom, right, text in found:
        at = place(row, column)
        filling.take(text, f"{title} {at}")
        box = where.box(row, column, bottom, right)
        if box.width <= 0 or box.height <= 0:
            hidden.append(at)
        else:
            cells.append(Cell(box, text, f"{sheet.get(f'{_TABLE}name', '')}!{at}"))
    told = (f"{title} sel {', '.join(hidden[:20])} di baris atau kolom tersembunyi; tidak dibaca",)
    return Page(title, where.xs[-1], where.ys[-1], cells=tuple(cells), remarks=told if hidden else ())


def _cells(sheet: Any, styles: dict[str, Any]) -> Iterator[tuple[int, int, int, int, str]]:
    """Filled cells: row, column, last row, last column (from 0) and the text that is shown."""
    row = 0
    for line in _in_order(sheet, "row"):
        again = _count(line, "number-rows-repeated")
        column = 0
        for cell in line:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            more = _count(cell, "number-columns-repeated")
            text = as_seen(_shown(cell), _font(cell, styles)) if cell.tag == f"{_TABLE}table-cell" else ""
            if text:
                if row + again > MAX_ROWS or column + more > MAX_COLUMNS:
                    said = f"ada isi di baris {row + 1} kolom {column + 1}, di luar {MAX_ROWS} baris dan "
                    hint = "hapus isi itu, atau pindahkan tabelnya ke lembar lain"
                    raise TooMuch(f"{said}{MAX_COLUMNS} kolom yang dibaca", hint)
                bottom = row + min(_count(cell, "number-rows-spanned"), MAX_ROWS) - 1
                right = column + min(_count(cell, "number-columns-spanned"), MAX_COLUMNS) - 1
                for r in range(again):
                    for k in range(more):
                        yield row + r, column + k, bottom + r, right + k, text
            column += more
        row += again


def _in_order(sheet: Any, kind: str) -> Iterator[Any]:
    """The rows or columns of a sheet, those in groups and headings too."""
    for node in sheet:
        if node.tag == f"{_TABLE}table-{kind}":
            yield node
        elif isinstance(node.tag, str) and node.tag.startswith(f"{_TABLE}table-"):
            yield from _in_order(node, kind)


def _count(node: Any, key: str) -> int:
    said = node.get(f"{_TABLE}{key}", "1")
    return max(1, int(said)) if said.isdecimal() and len(said) < 9 else 1


def _shown(cell: Any) -> str:
    lines = [_line(p) for p in cell if p.tag == f"{_TEXT}p"]
    said = clean("\n".join(lines))
    day = cell.get(f"{_OFFICE}date-value", "")
    kind = cell.get(f"{_OFFICE}value-type")
    if kind == "date" and (hit := re.match(r"(\d{4})-(\d\d)-(\d\d)", day)):
        return _date(date(*map(int, hit.groups())), said)
    if kind == "boolean":
        return str(cell.get(f"{_OFFICE}boolean-value", "")).upper()
    return said


def _font(cell: Any, styles: dict[str, Any]) -> str | None:
    """The font that the style of a cell names."""
    named = (part.get(f"{_STYLE}font-name") for part in _properties(cell, styles))
    return next(filter(None, named), None)


def _date(day: date, said: str) -> str:
    """A date in as many parts as the cell shows."""
    numbers = re.findall(r"\d+", said)
    year = any(number in (str(day.year), f"{day.year % 100:02}") and len(number) != 1 for number in numbers)
    own = [number for number in numbers if int(number) == day.day]
    if year and len(re.findall(r"\w+", said)) >= 3:
        return date_text(day)
    if year and not (own and len(numbers) > 1):
        return f"{MONTHS[day.month - 1]} {day.year}"
    return f"{day.day}-{MONTHS[day.month - 1][:3]}" if len(said) < 12 else said


def _line(node: Any) -> str:
    out = [node.text or ""]
    for child in node:
        if child.tag == f"{_TEXT}s":
            out.append(" " * min(_plain(child.get(f"{_TEXT}c", "1")), 100))
        elif child.tag == f"{_TEXT}tab":
            out.append(" ")
        elif child.tag == f"{_TEXT}line-break":
            out.append("\n")
        elif isinstance(child.tag, str):
            out.append(_line(child))
        out.append(child.tail or "")
    return "".join(out)


def _plain(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def _properties(node: Any, styles: dict[str, Any]) -> Iterator[Any]:
    style = styles.get(node.get(f"{_TABLE}style-name"))
    return iter(style if style is not None else ())


def _geometry(sheet: Any, styles: dict[str, Any], found: list[tuple[int, int, int, int, str]]) -> Geometry:
    size = (max((f[2] for f in found), default=0) + 1, max((f[3] for f in found), default=0) + 1)
    columns = _sizes(sheet, styles, "column", "column-width", size[1])
    return geometry(columns, _sizes(sheet, styles, "row", "row-height", size[0]), size)


def _sizes(sheet: Any, styles: dict[str, Any], kind: str, key: str, most: int) -> dict[int, float]:
    """Widths of columns or heights of rows in points; what is hidden has none."""
    at, found = 0, {}
    for node in _in_order(sheet, kind):
        again = _count(node, f"number-{kind}s-repeated")
        said = next(
            (p.get(f"{_STYLE}{key}") for p in _properties(node, styles) if p.get(f"{_STYLE}{key}")), ""
        )
        hit = _LENGTH.fullmatch(said)
        unseen = node.get(f"{_TABLE}visibility") in ("collapse", "filter")
        for n in range(at, min(at + again, most)):
            if unseen or hit:
                found[n] = 0.0 if unseen or not hit else float(hit[1]) * _POINTS[hit[2]]
        at += again
        if at >= most:
            break
    return found
