"""Rows of a table → which of them stand on which page.

As few pages as can be. Among the ways to end them, those that leave no page nearly empty, then those that cut
the fewest returns, then the fewest lines, then those that fill the pages alike. A row is torn only where it
alone is higher than a page.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from generator.figure.figure import Connector, Elsewhere, strip_words
from generator.figure.lattice import Lattice
from generator.figure.metrics import wrap
from generator.figure.paper.breaks import PITCH
from generator.figure.paper.columns import INSET, TOLD
from generator.figure.paper.content import FlowContent
from generator.figure.paper.crossing import Crossing, Fall, crossing, strip_height
from generator.figure.paper.measure import MeasuredText, measured, split
from generator.figure.paper.place import CutPlane
from generator.figure.paper.sheet import Columns, Paper
from generator.form.columns import BEFORE

HEADROOM = 3.5
"""Free height over a level that begins a page within its row: a label, an arrow head and its line, em."""
LEAST_FILL = 0.35
"""Of its rows a page holds at least so much, as a share of what it has room for, where the table has it."""


class Part(Struct, frozen=True):
    """A row or the part of one that stays on one page: its place, height and texts; ``cut`` is the band
    before which the row is torn after this part (None: it ends here)."""

    row: int
    part: int
    whole: bool
    height: float
    texts: tuple[tuple[str, ...], ...]
    cut: tuple[int, int] | None = None


class Table(Struct, frozen=True, dict=True):
    """One table before it is on pages: everything that decides where its pages end."""

    flow: FlowContent
    lattice: Lattice
    columns: Columns
    heights: tuple[float, ...]
    rooms: tuple[float, float]
    """Height left for rows on the first page and on every other."""
    falls: Mapping[int, Sequence[Fall]]
    """Of the drawing, see ``crossing.falls``."""

    @property
    def plane(self) -> CutPlane:
        return CutPlane(self.lattice, self.columns.em, self.heights, self.columns.stretch)

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """What each row is called where another page speaks of it."""
        return tuple(_called(row) for row in self.flow.rows)

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        return {symbol.node: symbol.row for symbol in self.lattice.drawing.symbols}

    @cached_property
    def _strips(self) -> dict[tuple[int, int], float]:
        return {}

    def strip(self, cut: tuple[int, int]) -> float:
        """Height of the strips at a break: room for its connectors and for what is said of them."""
        if cut not in self._strips:
            lines = crossing(self.falls, self.plane, cut)
            high = strip_height([one.x for one in lines], self.columns.em)
            self._strips[cut] = max(high, _up(self._told(lines))) if lines else 0.0
        return self._strips[cut]

    def _told(self, lines: Sequence[Crossing]) -> float:
        """Height of the words at a break, with pages and letters as long as they may be."""
        letter, high, wide = "MM" * (len(lines) > 1), 0.0, sum(self.columns.widths[:BEFORE]) - 2 * INSET[0]
        for below in (True, False):
            told = [
                Connector(letter, (0, 0), (0, 0), below, one.edges, one.up, self._others(one, below))
                for one in lines
            ]
            many = len(wrap(strip_words(told, 0), wide / TOLD * 0.97))
            high = max(high, many * TOLD * PITCH + 2 * INSET[1])
        return high

    def _others(self, one: Crossing, below: bool) -> tuple[Elsewhere, ...]:
        steps = [
            self.steps[self._rows[target if one.up != below else source]] for source, target in one.edges
        ]
        return tuple(Elsewhere(step, 88) for step in dict.fromkeys(steps))


def _called(row: tuple[tuple[str, ...], ...]) -> str:
    """Its number, or what is done in it."""
    if number := " ".join(row[0]):
        return f"langkah {number}"
    did = " ".join(row[1])
    short = did if len(did) <= 40 else f"{did[:39].rpartition(' ')[0] or did[:38]}…"
    return f"“{short}”" if did else "langkah tanpa nomor"


def page_end(parts: Sequence[Part]) -> tuple[int, int]:
    """The band before which a page that ends with these parts is cut."""
    last = parts[-1]
    return last.cut or (last.row + 1, 0)


def deal(table: Table, filled: Sequence[Sequence[Part]]) -> list[list[Part]]:
    """Which rows and parts of rows stand on which page, of as many as they were filled on."""
    pages = [list(parts) for parts in filled]
    torn = [number for number, parts in enumerate(pages) if any(not part.whole for part in parts)]
    start = torn[-1] if torn else 0
    if len(pages) - start > 1:
        above = table.strip(page_end(pages[start - 1])) if start else 0.0
        room = table.rooms[1 if start else 0]
        tail = [part for parts in pages[start:] for part in parts]
        pages[start:] = _balanced(table, tail, len(pages) - start, above, room)
    return pages


class _Ending(Struct, frozen=True):
    """The best way so far to end a page behind so many parts: what it costs, where the page began."""

    cost: tuple[float, ...]
    start: int


def _balanced(
    table: Table, parts: Sequence[Part], count: int, above: float, first: float
) -> list[list[Part]]:
    """The parts on so many pages, the first of which has ``first`` room and a strip ``above``; what is higher
    than any page stands alone."""
    ends = [*(page_end(parts[:end]) for end in range(1, len(parts)))]
    strips = [above, *map(table.strip, ends), 0.0]
    costs = [(0.0, 0.0), *(_cut(table, end) for end in ends), (0.0, 0.0)]
    tops = list(accumulate((part.height for part in parts), initial=0.0))
    best: list[dict[int, _Ending]] = [{0: _Ending((0.0,) * 5, 0)}]
    for page in range(count):
        room, found = table.rooms[1] if page else first, dict[int, _Ending]()
        for start, before in best[-1].items():
            for end in range(start + 1, len(parts) + 1):
                held = tops[end] - tops[start] + strips[start]
                over, used = held + strips[end] > room, (held + strips[end]) / room
                if held > room and end > start + 1:
                    break
                if over and end > start + 1:
                    continue
                cost = (float(over), float(used < LEAST_FILL), *costs[end], (1 - used) ** 2)
                total = tuple(a + b for a, b in zip(before.cost, cost, strict=True))
                if end not in found or total < found[end].cost:
                    found[end] = _Ending(total, start)
        best.append(found)
    pages, end = list[list[Part]](), len(parts)
    for found in reversed(best[1:]):
        pages.insert(0, list(parts[found[end].start : end]))
        end = found[end].start
    return pages


def _cut(table: Table, end: tuple[int, int]) -> tuple[float, float]:
    """How many returns and how many lines a break cuts."""
    lines = crossing(table.falls, table.plane, end)
    return float(sum(one.up for one in lines)), float(len(lines))


def filled(table: Table) -> list[list[Part]]:
    """Fill page after page with as many whole rows as it holds with the connectors of its break."""
    count = len(table.heights)
    pages: list[list[Part]] = []
    row, rest = 0, list[Part]()
    while row < count or rest:
        above = table.strip(page_end(pages[-1])) if pages else 0.0
        room = table.rooms[1 if pages else 0] - above
        used = sum(part.height for part in rest)
        fitting, height = 0, used
        for ahead in range(row, count):
            height += table.heights[ahead]
            if height > room:
                break
            last = ahead == count - 1
            if height + (0.0 if last else table.strip((ahead + 1, 0))) <= room:
                fitting = ahead - row + 1
        page = rest + [
            Part(r, 0, True, table.heights[r], table.flow.rows[r]) for r in range(row, row + fitting)
        ]
        row, rest = row + fitting, []
        left = room - sum(part.height for part in page)
        if row < count and (not page or _must_tear(table, row, left)):
            first, *parts, end = _tear(table, row, left)
            pages += [[*page, first], *([part] for part in parts)]
            row, rest = row + 1, [end]
        else:
            pages.append(page)
    return pages or [[]]


def _must_tear(table: Table, row: int, left: float) -> bool:
    """Whether a row is higher than any page, and what is left of this one holds a good piece of it."""
    highest = table.rooms[1] - table.strip((row, 0)) - table.strip((row + 1, 0))
    piece = table.lattice.rows[row].height * table.columns.em + table.strip((row + 1, 0))
    return table.heights[row] > highest and left > max(piece, table.rooms[1] / 4)


def _tear(table: Table, row: int, room: float) -> list[Part]:
    """A row that is higher than a page, in parts: its symbols on the first of them (and further ones if
    they need more room), its texts as they fit."""
    texts = [
        MeasuredText(width - 2 * INSET[0], table.columns.text, lines)
        for width, lines in zip(table.columns.widths, table.flow.rows[row], strict=True)
    ]
    cuts = _zones(table, row, room)
    strips = [table.strip(cut) for cut, _ in cuts]
    later = table.rooms[1] - 2 * max(strips)
    first = room - strips[0]
    line = table.columns.text * PITCH + 0.01
    heights = [max(first, line), max(later, line)]
    # a line's room is left over, for Word may break the lines elsewhere
    pieces = split(texts, [max(height - 2 * INSET[1] - line, line) for height in heights])
    count = max(2, len(cuts), *(len(piece) for piece in pieces))
    parts = []
    for number in range(count):
        here = tuple(piece[number] if number < len(piece) else () for piece in pieces)
        height = heights[min(number, 1)]
        cut: tuple[int, int] | None = cuts[min(number, len(cuts) - 1)][0]
        if number == count - 1:
            found, _ = measured(
                [replace(t, lines=lines) for t, lines in zip(texts, here, strict=True)], _ANY, None
            )
            height, cut = _up(max(max(found) + 2 * INSET[1], _tail(table, row, cuts, count))), None
        parts.append(Part(row, number, False, height, here, cut))
    return parts


def _tail(table: Table, row: int, cuts: Sequence[tuple[tuple[int, int], float]], count: int) -> float:
    """Height that the drawing needs on the last part of a torn row."""
    em = table.columns.em
    if 1 < len(cuts) == count:
        return cuts[-1][1] + HEADROOM * em
    return table.lattice.rows[row].bands[-1] * em


_ANY = Paper("", 1000, 1000)


def _zones(table: Table, row: int, room: float) -> list[tuple[tuple[int, int], float]]:
    """Where a row may be torn so that its drawing fits: the bands before which it is, each with the
    height that the drawing takes before it; the last pair stands for the last gutter."""
    em, lengths = table.columns.em, table.lattice.rows[row]
    last = len(lengths.bands) - 1
    cuts, used = [], 0.0
    limit = room - (HEADROOM + 3) * em
    for zone, band in enumerate(lengths.bands[:-1]):
        if zone % 2 and zone > 1 and used + band * em > limit:
            cuts.append(((row, zone), used))
            used = 0.0
        used += band * em
    return [*cuts, ((row, last), used + lengths.bands[-1] * em)]


def _up(height: float) -> float:
    return math.ceil(height * 100 - 1e-6) / 100
