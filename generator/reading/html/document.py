"""The bytes of a saved page (.html) → ``Seen``, or a problem: its tables and the lines between, one below
the other on one page. Many systems save such a page under the name .xls."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any

from lxml import html

from generator.formats.xlsx.cells import MAX_CELL, clean
from generator.model.problems import Problem
from generator.reading.bounds import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, TooMuch, refusal
from generator.reading.laid import Laid, page
from generator.reading.seen import Seen
from generator.reading.symbol_fonts import as_seen
from generator.reading.text.document import decoded

_LINES = {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "dt", "dd", "section", "center"}
_UNSEEN = {"script", "style", "head", "template", "noscript", "title", "meta", "link"}
_DEEPEST = 150


def read_html(data: bytes, name: str) -> tuple[Seen | None, list[Problem]]:
    """What the tables of a page show; never raises for what is in it."""
    if not data.strip():
        return None, [refusal(name, "berkas kosong", "ambil ulang berkasnya")]
    if len(data) > MAX_TEXT:
        return None, [refusal(name, "berkas terlalu besar", "simpan hanya tabelnya")]
    try:
        root = html.document_fromstring(
            decoded(data).encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
        )
        body = _Body()
        body.take(root, 0)
        body.end_line()
    except TooMuch as error:
        return None, [refusal(name, error.message, error.hint)]
    except Exception:  # lxml raises whatever it stumbles over
        return None, [refusal(name, "halaman HTML ini tidak dapat dibaca", "salin tabelnya ke Excel")]

    def place(row: int, column: int) -> str:
        return f"baris {row + 1}, kolom {column + 1}"

    return Seen(name, "html", (page(PurePath(name).name, body.cells, place),)), []


class _Body:
    """What was met of a page so far: cells, and the line that is being written."""

    def __init__(self) -> None:
        self.cells: list[Laid] = []
        self.row = self.places = 0
        self.line: list[str] = []

    def end_line(self) -> None:
        """A line of running text is a row of its own."""
        for said in clean("".join(self.line)).split("\n"):
            if text := " ".join(said.split()):
                self._add(Laid(text, self.row, 0, self.row, 0))
                self.row += 1
        self.line = []

    def take(self, node: Any, depth: int) -> None:
        """Everything below an element, in order."""
        if depth > _DEEPEST:
            raise TooMuch("susunan halaman ini terlalu dalam", "salin tabelnya ke Excel")
        if not isinstance(node.tag, str) or node.tag in _UNSEEN:
            return
        if node.tag == "table":
            self.end_line()
            self._table(node, depth)
            self.row += 1
            return
        if node.tag in _LINES:
            self.end_line()
        if node.tag == "br":
            self.line.append("\n")
        self.line.append(_flat(node.text))
        for child in node:
            self.take(child, depth + 1)
            self.line.append(_flat(child.tail))
        if node.tag in _LINES:
            self.end_line()

    def _table(self, table: Any, depth: int) -> None:
        """The cells of a table, each in the first place that no other takes."""
        taken: set[tuple[int, int]] = set()
        begin = self.row
        rows = [row for row in table.iter("tr") if _own(row, table)]
        for r, row in enumerate(rows):
            column = 0
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                while (r, column) in taken:
                    column += 1
                high = min(_span(cell, "rowspan"), len(rows) - r)
                wide = min(_span(cell, "colspan"), MAX_COLUMNS)
                if column + wide > MAX_COLUMNS:
                    raise TooMuch(f"tabel ini lebih dari {MAX_COLUMNS} kolom", "salin tabelnya ke Excel")
                self.places += high * wide
                if self.places > MAX_CELLS:
                    raise TooMuch(f"lebih dari {MAX_CELLS} sel", "bagi menjadi berkas yang lebih kecil")
                taken |= {(r + i, column + j) for i in range(high) for j in range(wide)}
                text = clean(_said(cell, depth))
                if text:
                    at = begin + r
                    bold = cell.tag == "th"
                    self._add(Laid(text, at, column, at + high - 1, column + wide - 1, bold))
                column += wide
        self.row = begin + len(rows)

    def _add(self, cell: Laid) -> None:
        if cell.row >= MAX_ROWS:
            raise TooMuch(f"lebih dari {MAX_ROWS} baris", "bagi menjadi berkas yang lebih kecil")
        if len(cell.text) > MAX_CELL:
            raise TooMuch(
                f"satu sel di baris {cell.row + 1} memuat lebih dari {MAX_CELL} huruf", "bagi isinya"
            )
        self.cells.append(cell)


def _own(row: Any, table: Any) -> bool:
    """Whether a row is of this table and not of one inside it."""
    return next((a for a in row.iterancestors("table")), None) is table


def _span(cell: Any, key: str) -> int:
    found = re.match(r"\s*(\d{1,4})", cell.get(key, ""))
    return max(1, int(found[1])) if found else 1


def _flat(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _said(node: Any, depth: int) -> str:
    """The text of a cell with its line breaks; a ticked box is a tick."""
    if depth > _DEEPEST:
        raise TooMuch("susunan halaman ini terlalu dalam", "salin tabelnya ke Excel")
    out = [_flat(node.text)]
    for n, child in enumerate(node, 1):
        if isinstance(child.tag, str) and child.tag not in _UNSEEN:
            block = child.tag in _LINES
            marker = f"{n}. " if child.tag == "li" and node.tag == "ol" else "- " if child.tag == "li" else ""
            ticked = (
                child.tag == "input" and child.get("type") == "checkbox" and child.get("checked") is not None
            )
            said = "\n" if child.tag == "br" else "v" if ticked else _said(child, depth + 1)
            said = as_seen(said, _font(child))
            out.append(f"\n{marker}{said.strip()}\n" if block else said)
        out.append(_flat(child.tail))
    return "\n".join(line.strip() for line in "".join(out).split("\n") if line.strip())


def _font(node: Any) -> str | None:
    """The font that an element names itself; programs name fonts of symbols where they are used."""
    named = re.search(r"font(?:-family)?\s*:[^;]*?([\w -]+)['\"]?\s*(?:;|$)", node.get("style", ""))
    return node.get("face") or (named[1].strip() if named else None)
