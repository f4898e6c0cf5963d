"""Rows of cells outside the tables → identity blocks: letterhead, numbers, dates, boxes, as written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from generator.form import boxes
from generator.reading.tables.grid import Rows

LABELS = {box.path[-1]: box.pattern for box in boxes.FIELDS}
BOXES = {box.key: box.pattern for box in boxes.BOXES}
_LABEL = {key: re.compile(rf"({pattern})\s*(?::\s*(.*))?$", re.I | re.S) for key, pattern in LABELS.items()}
_BOX = {key: re.compile(rf"({pattern})\s*:?\s*(?:\n(.*))?$", re.I | re.S) for key, pattern in BOXES.items()}
OPENING = re.compile(r"standar operasional prosedur", re.I)


class IdentityBlock(Struct):
    """What an identity block says: single values, lines of the boxes, lines before them; ``shared`` names
    boxes that a list had to be given to by its place alone."""

    values: dict[str, str] = {}
    boxes: dict[str, list[str]] = {}
    kop: list[str] = []
    alamat: list[str] = []
    shared: list[str] = []


def plain(text: str) -> str:
    """A cell without the signs that stand for bold."""
    return text.strip().strip("*").strip()


def identities(rows: Rows, lines: bool) -> Iterator[IdentityBlock]:
    """The identity blocks of a stretch of rows; a new one opens with the words of its title."""
    starts = [n for n, row in enumerate(rows) if any(OPENING.search(cell) for cell in row)]
    cuts = [0, *starts[1:], len(rows)]
    for begin, end in pairwise(cuts):
        found = _identity(rows[begin:end], lines)
        if found.values or found.boxes:
            yield found


def _identity(rows: Rows, lines: bool) -> IdentityBlock:
    found = IdentityBlock()
    for row in rows:
        for column, cell in enumerate(row):
            _label(found, row, column, plain(cell))
    if lines:
        _blocks(found, [plain(" ".join(cell for cell in row if cell)) for row in rows])
    else:
        _columns(found, rows)
    return found


def _label(found: IdentityBlock, row: Sequence[str], column: int, cell: str) -> None:
    for key, pattern in _LABEL.items():
        if hit := pattern.match(cell):
            beside = next((plain(other) for other in row[column + 1 :] if plain(other)), "")
            value = hit[hit.re.groups] or beside.removeprefix(":").strip()
            found.values.setdefault(key, " ".join(value.split()))


def _box(cell: str) -> tuple[str, str] | None:
    return next(((key, hit[hit.re.groups] or "") for key, p in _BOX.items() if (hit := p.match(cell))), None)


def _blocks(found: IdentityBlock, texts: Sequence[str]) -> None:
    """Running text: headings come before their lists, sometimes two headings before two lists."""
    waiting: list[str] = []
    lists: list[list[str]] = []
    for block in [*_paragraphs(texts), [""]]:
        heads = [box[0] for line in block if (box := _box(line))]
        if lists and (heads or block == [""]):
            _give(found, waiting, lists)
            waiting, lists = [], []
        waiting += heads
        words = [line for line in block if line and not _box(line) and not _is_label(line)]
        if waiting and words:
            lists.append(words)
        elif words and not waiting and not found.boxes:
            target = (
                found.kop if not found.kop and any(OPENING.search(line) for line in block) else found.alamat
            )
            target += words
    for key in waiting:
        found.boxes.setdefault(key, [])


def _give(found: IdentityBlock, heads: Sequence[str], lists: Sequence[Sequence[str]]) -> None:
    """Lists to headings, in order; of fewer lists than headings the last headings get theirs."""
    missing = max(len(heads) - len(lists), 0)
    for key in heads[:missing]:
        found.boxes.setdefault(key, [])
    for n, lines in enumerate(lists):
        key = heads[min(missing + n, len(heads) - 1)]
        found.boxes.setdefault(key, []).extend(lines)
    if missing:
        found.shared += [key for key in heads[missing:] if found.boxes[key]]


def _is_label(line: str) -> bool:
    return any(pattern.match(line) for pattern in _LABEL.values())


def _paragraphs(texts: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for text in [*texts, ""]:
        if text:
            block.append(text)
        elif block:
            yield block
            block = []


def _ends(rows: Rows) -> list[int]:
    """For each row the next one below it with a heading of a box or a label, or the number of rows."""
    found, end = [len(rows)] * len(rows), len(rows)
    for at in range(len(rows) - 1, -1, -1):
        found[at] = end
        if any(_box(cell) or _is_label(cell) for cell in map(plain, rows[at]) if cell):
            end = at
    return found


def _columns(found: IdentityBlock, rows: Rows) -> None:
    """Cells of a sheet: a box goes on in its cell, beside it, and below it in its column."""
    ends = _ends(rows)
    for n, row in enumerate(rows):
        for column, cell in enumerate(row):
            if not (box := _box(plain(cell))):
                continue
            key, within = box
            lines = within.split("\n") if within else []
            beside = next((other for other in row[column + 1 :] if other), "")
            if beside and not _box(plain(beside)) and not _is_label(plain(beside)):
                lines += beside.removeprefix(":").split("\n")
            if not lines:
                for below in range(n + 1, ends[n]):
                    if column < len(rows[below]):
                        lines += rows[below][column].split("\n")
            found.boxes.setdefault(key, [" ".join(line.split()) for line in lines if line.strip()])
    opening = next((n for n, row in enumerate(rows) if any(OPENING.search(cell) for cell in row)), None)
    if opening is not None:
        for row in rows[opening:]:
            first = next((plain(cell) for cell in row if cell), "")
            if not first or _is_label(first) or _box(first):
                break
            found.kop += [line for line in first.split("\n") if line]
