"""Texts and cells → which text stands in which cell, and the words of a cell in reading order.

A text that is taller than its cell (a spreadsheet clips it on the page, its text layer is whole) goes as a
whole into the cell that holds its middle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.reading.grid.lists import in_columns, numbers, parted
from generator.reading.seen import Box, Text
from generator.reading.words import label

_MARKER = re.compile(r"(?:[•·▪●○◦‣➢✓\-–—*\uf0b7\uf0a7\uf0d8]|\(?\d{1,2}[.)]|\(?[a-z][.)])(?:\s|$)")


def placed(texts: Sequence[Text], cells: Sequence[Box]) -> tuple[dict[int, list[Text]], list[Text], set[int]]:
    """Texts by cell, texts in no cell, and the cells whose text is larger than they are."""
    found: dict[int, list[Text]] = {}
    loose: list[Text] = []
    over: set[int] = set()
    finder = _Finder(cells)
    for run in _runs(_single(texts)):
        homes = [finder.at(piece.box.centre) for piece in run]
        if (
            len(set(homes)) > 1
            and (len(set(homes)) < len(_steps(run)) + 1 or _crossing(run, homes, cells))
            and _one_block(run)
            and (home := _home(run, finder, cells)) is not None
        ):
            over.add(home)
            homes = [home] * len(run)
        for piece, home in zip(run, homes, strict=True):
            if home is None:
                loose.append(piece)
            else:
                found.setdefault(home, []).append(piece)
    return found, loose, over


_HIGHEST = 20_000.0
"""A cell higher than this is on no paper; a hostile file may name any number."""


class _Finder:
    """Cells by bands of y, to find the one that holds a point."""

    def __init__(self, cells: Sequence[Box]) -> None:
        self.cells = cells
        self.bands: dict[int, list[int]] = {}
        self.high: list[int] = []
        for n, cell in enumerate(cells):
            if cell.height > _HIGHEST:
                self.high.append(n)
                continue
            for band in range(int(cell.top // 40), int(cell.bottom // 40) + 1):
                self.bands.setdefault(band, []).append(n)

    def at(self, point: tuple[float, float]) -> int | None:
        near = [*self.bands.get(int(point[1] // 40), ()), *self.high]
        fitting = [n for n in near if self.cells[n].holds(point)]
        return min(fitting, key=lambda n: self.cells[n].width * self.cells[n].height, default=None)


def _single(texts: Sequence[Text]) -> list[Text]:
    """Texts without those painted twice on the same place to look bold."""
    found: list[Text] = []
    seen: dict[tuple[str, int, int], Text] = {}
    for text in texts:
        key = (text.text, round(text.box.left / 3), round(text.box.top / 3))
        old = seen.get(key)
        if old and abs(old.box.left - text.box.left) < 1.5 and abs(old.box.top - text.box.top) < 1.5:
            continue
        seen[key] = text
        found.append(text)
    return found


def _runs(texts: Sequence[Text]) -> list[list[Text]]:
    """Texts painted one after another that stand below one another at one distance, as of one cell; a label
    of the identity block stands for itself."""
    found: list[list[Text]] = []
    for text in texts:
        named = bool(label(text.text)) or bool(found and label(found[-1][-1].text))
        if found and not named and _follows(found[-1], text):
            found[-1].append(text)
        else:
            found.append([text])
    return found


def _follows(run: Sequence[Text], text: Text) -> bool:
    last = run[-1]
    if abs(last.box.height - text.box.height) > 0.35 * max(last.box.height, text.box.height):
        return False
    level = min(last.box.bottom, text.box.bottom) - max(last.box.top, text.box.top)
    if level > 0.6 * last.box.height:
        return -1 < text.box.left - last.box.right < last.box.height
    left, right = min(t.box.left for t in run), max(t.box.right for t in run)
    step = text.box.centre[1] - last.box.centre[1]
    beside = min(right, text.box.right) - max(left, text.box.left)
    if not 0 < step < 1.8 * text.box.height or beside < 0.25 * min(right - left, text.box.width):
        return False
    steps = _steps(run)
    return not steps or abs(step - steps[-1]) <= 0.12 * text.box.height


def _one_block(run: Sequence[Text]) -> bool:
    """Whether the first line stands flush with the next, or all lines in the middle, as in one text."""
    lines = [around(line) for line in in_lines(run)]
    if len(lines) < 2:
        return True
    one, two = lines[:2]
    middles = [line.centre[0] for line in lines]
    flush = abs(one.left - two.left) < 15 or abs(one.right - two.right) < 3
    return flush or max(middles) - min(middles) < 3


def _crossing(run: Sequence[Text], homes: Sequence[int | None], cells: Sequence[Box]) -> bool:
    """Whether lines lie across the edges of the cells that hold their middles."""
    for piece, home in zip(run, homes, strict=True):
        slack = 0.25 * piece.box.height
        if home is not None and (
            piece.box.top < cells[home].top - slack or piece.box.bottom > cells[home].bottom + slack
        ):
            return True
    return False


def _steps(run: Sequence[Text]) -> list[float]:
    """Distances between the lines of a run."""
    found = []
    for one, two in pairwise(run):
        step = two.box.centre[1] - one.box.centre[1]
        if step > 0.4 * one.box.height:
            found.append(step)
    return found


def _home(run: Sequence[Text], finder: _Finder, cells: Sequence[Box]) -> int | None:
    """The one cell that a run is too large for, if it is."""
    top, bottom = min(t.box.top for t in run), max(t.box.bottom for t in run)
    left, right = min(t.box.left for t in run), max(t.box.right for t in run)
    home = finder.at(((left + right) / 2, (top + bottom) / 2))
    if home is None or not _steps(run):
        return None
    cell = cells[home]
    high = bottom - top
    return home if high > cell.height - 0.3 * run[0].box.height and cell.left - 3 <= left else None


def words(pieces: Sequence[Text]) -> str:
    """The text of a cell: pieces in lines, lines joined but for list items and paragraphs."""
    if (columns := in_columns(pieces)) is not None:
        return "\n".join(map(words, columns))
    if (items := centred(pieces)) is not None:
        return "\n".join(" ".join(line_text(line).strip() for line in item) for item in items)
    lines = in_lines(pieces)
    if not lines:
        return ""
    steps = sorted(b[0].box.centre[1] - a[0].box.centre[1] for a, b in pairwise(lines))
    usual = steps[len(steps) // 2] if steps else 0.0
    found = line_text(lines[0])
    for before, line in pairwise(lines):
        text = line_text(line)
        step = line[0].box.centre[1] - before[0].box.centre[1]
        if _MARKER.match(text) or step > 1.45 * usual:
            found = found.rstrip() + "\n" + text
        elif found[-1] in "-/" and found[-2:-1] not in (" ", ""):
            found += text
        else:
            found = found.rstrip() + " " + text
    return found.strip()


def centred(pieces: Sequence[Text]) -> list[list[Sequence[Text]]] | None:
    """The lines of each item where numbers stand beside the middle of theirs."""
    marks = numbers(pieces)
    return parted(pieces, in_lines([p for p in pieces if p not in marks])) if len(marks) > 1 else None


def in_lines(pieces: Sequence[Text]) -> list[list[Text]]:
    """Pieces by line from the top, each from the left."""
    lines: list[list[Text]] = []
    for piece in sorted(pieces, key=lambda p: (p.box.centre[1], p.box.left)):
        for line in reversed(lines[-3:]):
            high = min(line[0].box.height, piece.box.height)
            if abs(line[0].box.centre[1] - piece.box.centre[1]) <= 0.5 * high:
                line.append(piece)
                break
        else:
            lines.append([piece])
    for line in lines:
        line.sort(key=lambda p: p.box.left)
    return lines


def line_text(line: Sequence[Text]) -> str:
    """The words of one line; pieces that touch are one word."""
    found = line[0].text
    for before, piece in pairwise(line):
        gap = piece.box.left - before.box.right
        apart = gap >= 0.12 * piece.box.height and not found.endswith(" ")
        found += " " + piece.text if apart else piece.text
    return found


def around(pieces: Sequence[Text]) -> Box:
    """The box of several texts."""
    return Box(
        min(p.box.left for p in pieces),
        min(p.box.top for p in pieces),
        max(p.box.right for p in pieces),
        max(p.box.bottom for p in pieces),
    )
