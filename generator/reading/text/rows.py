"""Pasted or separated text → rows of cell texts, with the line that each row begins on.

A cell of several lines comes in quotes, or (where a program left them out) torn over lines: lines that have
too few cells are joined where together they have as many as the table."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.reading.words import is_number, label

_MARKDOWN = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)+\|?\s*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MOST_LINES = 40
"""A cell has no more lines than this; a quote that is open longer is only a sign."""


class Line(Struct, frozen=True):
    """A row, and the number of its first line, from 1."""

    number: int
    cells: tuple[str, ...]


def separated(text: str, sign: str) -> list[Line]:
    """The rows of CSV. Raises ``csv.Error``."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    found, before = [], 0
    for row in reader:
        found.append(Line(before + 1, tuple(row)))
        before = reader.line_num
    return found


def separator(text: str) -> str:
    """The sign that splits most lines into the most cells."""
    counts = {sign: _evenly(text, sign) for sign in (",", ";", "\t", "|")}
    return max(counts, key=lambda sign: counts[sign])


def _evenly(text: str, sign: str) -> int:
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=sign)]
    except csv.Error:
        return 0
    return max((widths.count(width) * width for width in set(widths) if width > 1), default=0)


def pasted(text: str) -> list[Line]:
    """The rows of text with tabs between cells, tables of Markdown among them."""
    lines = text.splitlines()
    found: list[Line] = []
    at = 0
    while at < len(lines):
        if "|" in lines[at] and at + 1 < len(lines) and _MARKDOWN.fullmatch(lines[at + 1]):
            rows, at = _markdown(lines, at)
            found += rows
            continue
        count = _quoted(lines, at)
        found.append(Line(at + 1, tuple(_split("\n".join(lines[at : at + count])))))
        at += count
    return _mended(found)


def _markdown(lines: Sequence[str], at: int) -> tuple[list[Line], int]:
    """A table of Markdown from its heading on, and the line after it."""
    found = []
    while at < len(lines) and "|" in lines[at]:
        if not _MARKDOWN.fullmatch(lines[at]):
            bare = lines[at].strip()
            bare = bare.removeprefix("|")
            bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
            cells = re.split(r"(?<!\\)\|", bare)
            found.append(Line(at + 1, tuple(_unmarked(cell) for cell in cells)))
        at += 1
    return found, at


def _unmarked(cell: str) -> str:
    """A cell of Markdown without the signs of its look."""
    text = _BREAK.sub("\n", cell.strip()).replace("\\|", "|")
    text = re.sub(r"\*\*(.+?)\*\*|__(.+?)__|`(.+?)`", lambda m: m[1] or m[2] or m[3], text)
    return re.sub(r"\\([*_`#\[\]()-])", r"\1", text)


def _quoted(lines: Sequence[str], at: int) -> int:
    """How many lines the row takes that begins here: quotes may hold line breaks."""
    count = 1
    while _open(lines[at : at + count]):
        if count > _MOST_LINES or at + count >= len(lines):
            return 1
        count += 1
    return count


def _open(lines: Sequence[str]) -> bool:
    """Whether a quote that begins a cell is not closed yet."""
    inside = False
    for cell in "\n".join(lines).split("\t"):
        body = cell
        if not inside:
            if not cell.startswith('"'):
                continue
            inside, body = True, cell[1:]
        if body.replace('""', "").rstrip().endswith('"'):
            inside = False
    return inside


def _split(text: str) -> Iterator[str]:
    """The cells of a row: one in quotes may hold tabs and line breaks, a quote inside another stays."""
    if '"' not in text:
        yield from text.split("\t")
        return
    parts, held = text.split("\t"), ""
    for part in parts:
        if held:
            held += "\t" + part
        elif part.startswith('"'):
            held = part
        else:
            yield part
            continue
        bare = held.rstrip()
        if len(bare) > 1 and bare[1:].replace('""', "").endswith('"'):
            yield bare[1:-1].replace('""', '"')
            held = ""
    if held:
        yield from held.split("\t")


def _mended(lines: Sequence[Line]) -> list[Line]:
    """Rows whose cells were torn over lines, whole again."""
    wide = _usual(lines)
    found: list[Line] = []
    at = 0
    while at < len(lines):
        count = _torn(lines, at, wide) if wide else 1
        cells = list(lines[at].cells)
        for more in lines[at + 1 : at + count]:
            cells[-1] += "\n" + more.cells[0]
            cells += more.cells[1:]
        found.append(Line(lines[at].number, tuple(cells)))
        at += count
    return found


def _usual(lines: Sequence[Line]) -> int:
    """How many cells most rows of the table have; 0 where there is none."""
    counts = Counter(len(line.cells) for line in lines if len(line.cells) >= 4)
    return max(counts, key=lambda width: (counts[width] * width, width), default=0)


def _torn(lines: Sequence[Line], at: int, wide: int) -> int:
    """Over how many lines the row runs that begins here: as many as have the cells of the table together."""
    have = len(lines[at].cells)
    if have < 2 or have >= wide or not is_number(lines[at].cells[0]):
        return 1
    for count in range(1, _MOST_LINES):
        if at + count >= len(lines):
            break
        more = lines[at + count].cells
        first = more[0].strip()
        if not any(cell.strip() for cell in more) or label(first) or (len(more) > 1 and is_number(first)):
            break
        have += len(more) - 1
        if have == wide:
            return count + 1
        if have > wide:
            break
    return 1
