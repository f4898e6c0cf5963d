"""A lattice and its texts → where a flowchart's table has its heading, and what its columns are.

By words where there are words, by geometry where not: what stands between Kegiatan and Mutu Baku, or below
Pelaksana, is an actor, whatever it is called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from generator.form.columns import CELLS
from generator.reading.grid.cells import in_lines, line_text, words
from generator.reading.grid.lattice import TableGrid
from generator.reading.seen import Box, Text
from generator.reading.words import heading, is_number

MUTU = tuple(column.key for column in CELLS if column.group)


class Column(Struct, frozen=True):
    """A column: "no", "kegiatan", "actor", "kelengkapan", "waktu", "output", "keterangan" or "" (unknown)."""

    kind: str
    left: float
    right: float
    heading: str = ""
    group: str = ""

    @property
    def width(self) -> float:
        return self.right - self.left


class Band(Struct, frozen=True):
    """The heading of a table, with the cells that head columns or groups of them."""

    box: Box
    cells: tuple[int, ...]
    pelaksana: Box | None = None


def bands(cells: Sequence[Box], by_cell: Mapping[int, Sequence[Text]], grid: TableGrid) -> list[Band]:
    """The headings in a grid, from the top: a cell "Kegiatan" with others of the form beside it."""
    kinds = {n: _kinds(by_cell.get(n, ())) for n in range(len(cells))}
    found: list[Band] = []
    for n, kind in kinds.items():
        if kind == {"kegiatan"} and not any(band.box.holds(cells[n].centre) for band in found):
            band = _band(n, cells, kinds, by_cell, grid)
            if band is not None:
                found.append(band)
    return sorted(found, key=lambda band: band.box.top)


def _kinds(pieces: Sequence[Text]) -> set[str]:
    """What a cell heads: one column, or (where its parts have no rules between them) several."""
    if not pieces or len(pieces) > 40:
        return set()
    whole = heading(words(pieces))
    if whole:
        return {whole}
    parts = {heading(piece.text) for piece in pieces} - {""}
    return parts if len(parts) >= 2 else set()


def _band(
    start: int,
    cells: Sequence[Box],
    kinds: Mapping[int, set[str]],
    by_cell: Mapping[int, Sequence[Text]],
    grid: TableGrid,
) -> Band | None:
    first = cells[start]
    beside = [
        n
        for n, kind in kinds.items()
        if kind
        and kind != {"kegiatan"}
        and min(cells[n].bottom, first.bottom) - max(cells[n].top, first.top) > 2
        and cells[n].height < 4 * max(first.height, 30)
    ]
    members = {start, *beside}
    top, bottom = min(cells[n].top for n in members), max(cells[n].bottom for n in members)
    groups = [n for n in beside if kinds[n] <= {"pelaksana", "mutu_baku"}]
    if any(cells[n].bottom >= bottom - 3 for n in groups):  # "Kegiatan" is not merged downward
        below = [n for n, kind in kinds.items() if kind & {*MUTU} and abs(cells[n].top - bottom) < 3]
        if len(below) >= 2:
            members |= set(below)
            bottom = max(cells[n].bottom for n in below)
    others = set().union(*(kinds[n] for n in members - {start}))
    if not others & {"pelaksana", "mutu_baku", *MUTU}:
        return None
    pelaksana = next((cells[n] for n in sorted(members) if kinds[n] == {"pelaksana"}), None)
    bottom = _names_below(pelaksana, bottom, cells, by_cell)
    box = Box(grid.box.left, top, grid.box.right, bottom)
    box = _numbers_below(box, cells, by_cell)
    inside = tuple(n for n, cell in enumerate(cells) if top - 2 <= cell.centre[1] <= box.bottom + 1)
    return Band(box, inside, pelaksana)


def _names_below(
    pelaksana: Box | None, bottom: float, cells: Sequence[Box], by_cell: Mapping[int, Sequence[Text]]
) -> float:
    """The bottom of a heading whose actors stand below all other headings."""
    if pelaksana is None or pelaksana.bottom < bottom - 3:
        return bottom
    below = [
        n
        for n, cell in enumerate(cells)
        if abs(cell.top - bottom) < 3
        and pelaksana.left - 3 <= cell.left
        and cell.right <= pelaksana.right + 3
    ]
    named = [n for n in below if 0 < len(words(by_cell.get(n, ()))) < 60]
    if len(below) >= 2 and len(named) == len(below):
        return min(cells[n].bottom for n in below)
    return bottom


def _numbers_below(box: Box, cells: Sequence[Box], by_cell: Mapping[int, Sequence[Text]]) -> Box:
    """The heading with a row (1) (2) (3) below it."""
    below = sorted(
        (n for n, cell in enumerate(cells) if abs(cell.top - box.bottom) < 3), key=lambda n: cells[n].left
    )
    said = [token.strip("().") for n in below for token in words(by_cell.get(n, ())).split()]
    counted = len(said) >= 4 and all(token.isdigit() for token in said)
    if counted and said == [str(int(said[0]) + k) for k in range(len(said))]:
        return Box(box.left, box.top, box.right, max(cells[n].bottom for n in below))
    return box


def columns(
    band: Band, grid: TableGrid, by_cell: Mapping[int, Sequence[Text]], bottom: float
) -> tuple[Column, ...]:
    """The columns under a heading."""
    leaves = _leaves(band, grid, by_cell)
    if not leaves:
        return ()
    left, right = min(grid.cells[n].left for n in leaves), max(grid.cells[n].right for n in leaves)
    inner = [
        x for x in grid.xs if left - 1 <= x <= right + 1 and grid.stands(x, band.box.bottom, bottom) >= 0.4
    ]
    made: list[Column] = []
    for n in leaves:
        cell = grid.cells[n]
        edges = [cell.left, *(x for x in inner if cell.left + 3 < x < cell.right - 3), cell.right]
        made += _under(n, edges, band, grid, by_cell, bottom)
    return _named(_without_slivers(made), band)


def _without_slivers(made: Sequence[Column]) -> list[Column]:
    """Columns without those that are only the gap between two edges that do not quite meet."""
    least = 0.012 * (made[-1].right - made[0].left)
    found: list[Column] = []
    for column in made:
        if column.width < least and not column.heading and found:
            last = found[-1]
            found[-1] = Column(last.kind, last.left, column.right, last.heading, last.group)
        else:
            found.append(column)
    return found


def _leaves(band: Band, grid: TableGrid, by_cell: Mapping[int, Sequence[Text]]) -> list[int]:
    """The lowest cells of a heading from the left."""
    found = [n for n in band.cells if abs(grid.cells[n].bottom - band.box.bottom) < 3]
    counts = [words(by_cell.get(n, ())).strip("(). ") for n in found]
    numbered = any(counts) and all(not text or (text.isdigit() and len(text) < 3) for text in counts)
    if found and (numbered or all(grid.cells[n].height < 14 for n in found)):  # the row of column numbers
        top = min(grid.cells[n].top for n in found)
        upper = [n for n in band.cells if abs(grid.cells[n].bottom - top) < 3]
        if len(upper) >= 3:
            found = upper
    return sorted(found, key=lambda n: grid.cells[n].left)


def _under(
    n: int,
    edges: Sequence[float],
    band: Band,
    grid: TableGrid,
    by_cell: Mapping[int, Sequence[Text]],
    bottom: float,
) -> list[Column]:
    """The columns under one lowest cell of the heading."""
    cell, pieces = grid.cells[n], by_cell.get(n, ())
    text = _name(words(pieces)) or _over(n, band, grid, by_cell)
    group = _above(n, band, grid, by_cell)
    group = "" if group == text else group
    spans = list(pairwise(edges))
    if len(spans) == 1:
        return [Column(heading(text), cell.left, cell.right, text, group)]
    parts = [[p for p in pieces if a <= p.box.centre[0] <= b] for a, b in spans]
    lowest = [_lowest(some) for some in parts]
    if heading(text) in ("pelaksana", "") and _names_of_columns(lowest, parts):
        return [Column(heading(name), a, b, name, group) for (a, b), name in zip(spans, lowest, strict=True)]
    if len({heading(name) for name in lowest} - {"", "mutu_baku", "pelaksana"}) >= 2:
        return [Column(heading(name), a, b, name, group) for (a, b), name in zip(spans, lowest, strict=True)]
    if heading(text) == "kegiatan" and _numbered(spans[0], band, bottom, by_cell):
        (a, b), rest = spans[0], spans[1:]
        return [Column("no", a, b, ""), Column("kegiatan", rest[0][0], rest[-1][1], text, group)]
    if heading(text) == "pelaksana":
        return [Column("actor", a, b, "", group) for a, b in spans]
    return [Column(heading(text), cell.left, cell.right, text, group)]


def _names_of_columns(lowest: Sequence[str], parts: Sequence[Sequence[Text]]) -> bool:
    """Whether each column has its own name in a cell that heads them all."""
    return all(lowest) and all(heading(name) != "pelaksana" for name in lowest) and all(parts)


def _name(text: str) -> str:
    """A heading without the number of its column."""
    flat = " ".join(text.split())
    return re.sub(r"\s*\(\d{1,2}\)$", "", flat)


def _lowest(pieces: Sequence[Text]) -> str:
    """What heads one column in a cell without rules: all its lines but those that head a group."""
    lines = [line_text(line) for line in in_lines(pieces)]
    lines = [line for line in lines if heading(line) not in ("mutu_baku", "pelaksana")]
    return _name(" ".join(lines))


def _numbered(
    span: tuple[float, float], band: Band, bottom: float, by_cell: Mapping[int, Sequence[Text]]
) -> bool:
    """Whether a narrow column below "Kegiatan" holds the numbers of the steps."""
    pieces = [
        p
        for some in by_cell.values()
        for p in some
        if span[0] <= p.box.centre[0] <= span[1] and band.box.bottom < p.box.centre[1] < bottom
    ]
    lines = [line_text(line) for line in in_lines(pieces)]
    return bool(lines) and sum(is_number(line) for line in lines) >= 0.7 * len(lines)


def _over(n: int, band: Band, grid: TableGrid, by_cell: Mapping[int, Sequence[Text]]) -> str:
    """The heading of a column whose lowest cell is empty: what stands in one as wide above it."""
    cell = grid.cells[n]
    said = [
        words(by_cell.get(m, ()))
        for m in band.cells
        if grid.cells[m].bottom <= cell.top + 3
        and abs(grid.cells[m].left - cell.left) < 3
        and abs(grid.cells[m].right - cell.right) < 3
    ]
    return _name(" ".join(text for text in said if text))


def _above(n: int, band: Band, grid: TableGrid, by_cell: Mapping[int, Sequence[Text]]) -> str:
    """The heading above a lowest cell, without that of all actors or of the whole Mutu Baku."""
    cell = grid.cells[n]
    over = [
        m
        for m in band.cells
        if m != n
        and grid.cells[m].bottom <= cell.top + 3
        and grid.cells[m].left - 3 <= cell.centre[0]
        and cell.centre[0] <= grid.cells[m].right + 3
    ]
    said = [words(by_cell.get(m, ())) for m in sorted(over, key=lambda m: grid.cells[m].top)]
    return " ".join(" ".join(text.split()) for text in said if text and not heading(text))


def _named(made: Sequence[Column], band: Band) -> tuple[Column, ...]:
    """Columns with their kinds: what has no name of the form is an actor where actors stand."""
    step = next((c for c in made if c.kind == "kegiatan"), None)
    mutu = [c.left for c in made if c.kind in MUTU]
    first = min(mutu, default=None)
    area = band.pelaksana
    found: list[Column] = []
    taken: set[str] = set()
    for column in made:
        kind = column.kind
        middle = (column.left + column.right) / 2
        under = area is not None and area.left - 3 <= middle <= area.right + 3
        between = step is not None and first is not None and step.right - 3 <= middle <= first + 3
        deep = area is not None and area.bottom < band.box.bottom - 3
        if (under and (deep or kind in ("", "pelaksana"))) or (kind in ("", "pelaksana") and between):
            kind = "actor"
        elif kind in taken or kind in ("mutu_baku", "pelaksana"):
            kind = ""
        elif kind == "" and not found and step is not None and column.right <= step.left + 3:
            kind = "no"
        taken |= {kind} - {"actor", ""}
        nameless = kind == "actor" and not deep and heading(column.heading) == "pelaksana"
        name = "" if nameless else column.heading
        found.append(Column(kind, column.left, column.right, name, column.group))
    if "keterangan" not in taken and found and found[-1].kind == "" and len(found) > 3:
        last = found[-1]
        found[-1] = Column("keterangan", last.left, last.right, last.heading, last.group)
    return tuple(found)
