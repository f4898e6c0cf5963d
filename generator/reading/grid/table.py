"""The tables of a page → the flowchart's table: its columns by words and geometry, its rows, their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from generator.reading.grid.cells import around, in_lines, line_text, placed, words
from generator.reading.grid.headings import Band, Column, bands, columns
from generator.reading.grid.lattice import Ruled, TableGrid
from generator.reading.seen import Box, Page, Text
from generator.reading.understood import Place, Row, Words
from generator.reading.words import heading, is_number

_GOES_ON = re.compile(r"\W*(?:ber)?sambung|\W*lanjut", re.IGNORECASE)
"""What a row says that only tells that the table goes on."""


class Sign(Struct, frozen=True):
    """A mark or a name in a cell that says who does a step: the kind of symbol that it stands for."""

    row: int
    actors: tuple[int, ...]
    kind: str
    text: str
    box: Box
    doubt: str = ""
    place: str = ""


class Table(Struct, frozen=True):
    """The part of a flowchart's table on one page. ``head``: it has a heading of its own."""

    page: int
    box: Box
    columns: tuple[Column, ...]
    spans: tuple[tuple[float, float], ...]
    """Top and bottom of each row."""
    rows: tuple[Row, ...]
    head: bool
    loose: tuple[Text, ...]
    """Texts among the actors: labels and what stands in symbols."""
    over: tuple[tuple[int, str], ...] = ()
    """Cells (row, field) whose text is larger than they are."""
    top: float = 0.0
    """Where its heading begins."""
    others: tuple[Words, ...] = ()
    """Texts in columns that have no name of the form."""
    signs: tuple[Sign, ...] = ()
    """Marks in cells, where the file knows its cells."""
    groups: dict[str, str] = {}
    """What the headings over several columns say, by their keys."""

    def actors(self) -> list[Column]:
        return [column for column in self.columns if column.kind == "actor"]


class Filled(Struct, frozen=True):
    """A grid with its texts by cell."""

    grid: TableGrid
    by_cell: dict[int, list[Text]]
    over: frozenset[int]

    def text(self, n: int) -> str:
        return words(self.by_cell.get(n, []))


def texts_of(page: Page) -> list[Text]:
    """The texts of a page; a cell that the file knows is a text as large as itself."""
    known = [
        Text(cell.text, cell.box, bold=cell.bold, place=cell.place)
        for cell in page.cells
        if cell.text.strip()
    ]
    return [*known, *page.texts]


def filled(page: Page, ruled: Ruled) -> tuple[list[Filled], list[Text]]:
    """The grids of a page with their texts, and the texts outside of all of them."""
    rest = texts_of(page)
    found = []
    for grid in ruled.grids:
        inside = [text for text in rest if grid.box.holds(text.box.centre, 2.0)]
        outside = [text for text in rest if not grid.box.holds(text.box.centre, 2.0)]
        by_cell, loose, over = placed(inside, grid.cells)
        found.append(Filled(grid, by_cell, frozenset(over)))
        rest = outside + loose
    return found, rest


def tables(number: int, filled_grid: Filled, before: Table | None) -> list[Table]:
    """The flowchart tables of a grid; without a heading it may go on with the table ``before``."""
    grid = filled_grid.grid
    found = bands(filled_grid.grid.cells, filled_grid.by_cell, grid)
    if not found:
        if before is None or (going := _going_on(grid, before)) is None:
            return []
        return [_table(number, filled_grid, going, grid.box.top, grid.box.bottom, head=None)]
    result = []
    if before is not None and found[0].box.top - grid.box.top > 30 and not _identity(filled_grid, found[0]):
        going = _going_on(grid, before)
        if going is not None and going:
            result.append(_table(number, filled_grid, going, grid.box.top, found[0].box.top, head=None))
    for n, band in enumerate(found):
        bottom = found[n + 1].box.top if n + 1 < len(found) else grid.box.bottom
        made = columns(band, grid, filled_grid.by_cell, bottom)
        if made:
            result.append(_table(number, filled_grid, made, band.box.bottom, bottom, head=band.box.top))
    return result


def _identity(filled_grid: Filled, band: Band) -> bool:
    """Whether what stands above a heading is an identity block and no table's end."""
    from generator.reading.words import label, split_label

    said = 0
    for pieces in filled_grid.by_cell.values():
        for line in in_lines(pieces):
            if line[0].box.bottom <= band.box.top + 2:
                said += bool(label(line_text(line)) or split_label(line_text(line))[0] or label(line[0].text))
    return said >= 2


def _going_on(grid: TableGrid, before: Table) -> tuple[Column, ...] | None:
    """The columns of the table before, put onto a grid that has as many in the same proportions."""
    box = grid.box
    edges = [x for x in grid.xs if grid.stands(x, box.top, box.bottom) >= 0.4]
    old = before.columns
    if len(edges) != len(old) + 1 or len(old) < 3:
        return None
    left, wide = old[0].left, old[-1].right - old[0].left
    for edge, was in zip(edges, [old[0].left, *(column.right for column in old)], strict=True):
        if abs((edge - edges[0]) / (edges[-1] - edges[0]) - (was - left) / wide) > 0.06:
            return None
    return tuple(
        Column(column.kind, a, b, column.heading, column.group)
        for column, a, b in zip(old, edges, edges[1:], strict=False)
    )


def _table(
    number: int,
    filled_grid: Filled,
    made: Sequence[Column],
    top: float,
    bottom: float,
    head: float | None,
) -> Table:
    grid = filled_grid.grid
    spans, split = _spans(filled_grid, made, top, bottom)
    left, right = made[0].left, made[-1].right
    cells: list[dict[str, list[tuple[list[Text], bool, Box]]]] = [{} for _ in spans]
    loose: list[Text] = []
    over: set[tuple[int, str]] = set()
    headings: dict[int, str] = {}
    for n, cell in enumerate(grid.cells):
        pieces = filled_grid.by_cell.get(n, [])
        if not pieces or cell.bottom <= top + 1 or cell.top >= bottom - 1:
            continue
        if cell.right <= left + 1 or cell.left >= right - 1:
            continue
        covered = [r for r, span in enumerate(spans) if _within(cell, span)]
        across = [c for c in made if min(c.right, cell.right) - max(c.left, cell.left) > 0.5 * c.width]
        if not covered or not across:
            loose += pieces
            continue
        kinds = {c.kind for c in across}
        if {"no", "kegiatan"} <= kinds or (len(across) >= 3 and {"kegiatan", "actor"} <= kinds):
            headings[covered[0]] = words(pieces)
            continue
        column = across[0]
        if column.kind == "actor":
            loose += pieces
            continue
        if split or len(across) > 1:
            _spread(pieces, across, spans, covered, cells, cell)
            continue
        cells[covered[0]].setdefault(column.kind, []).append((pieces, len(covered) > 1, cell))
        for r in covered[1:]:
            cells[r].setdefault(column.kind, []).append((pieces, True, cell))
        if n in filled_grid.over:
            over.add((covered[0], column.kind))
    rows = _rows(number, spans, cells, headings, left, right)
    keep = [r for r in range(len(spans)) if r in rows]
    place = {r: n for n, r in enumerate(keep)}
    return Table(
        page=number,
        box=Box(left, top, right, bottom),
        columns=tuple(made),
        spans=tuple(spans[r] for r in keep),
        rows=tuple(rows[r] for r in keep),
        head=head is not None,
        top=top if head is None else head,
        loose=tuple(loose),
        over=tuple(sorted((place[r], kind) for r, kind in over if r in place)),
    )


def _within(cell: Box, span: tuple[float, float]) -> bool:
    shared = min(cell.bottom, span[1]) - max(cell.top, span[0])
    return shared > 0.5 * min(cell.height, span[1] - span[0])


def _spread(
    pieces: Sequence[Text],
    across: Sequence[Column],
    spans: Sequence[tuple[float, float]],
    covered: Sequence[int],
    cells: list[dict[str, list[tuple[list[Text], bool, Box]]]],
    cell: Box,
) -> None:
    """Texts of a field that no rule parts, by where each stands."""
    by: dict[tuple[int, str], list[Text]] = {}
    for piece in pieces:
        x, y = piece.box.centre
        r = min(covered, key=lambda r: max(spans[r][0] - y, 0, y - spans[r][1]))
        column = min(across, key=lambda c: max(c.left - x, 0, x - c.right))
        by.setdefault((r, column.kind), []).append(piece)
    for (r, kind), some in by.items():
        cells[r].setdefault(kind, []).append((some, False, cell))


def _spans(
    filled_grid: Filled, made: Sequence[Column], top: float, bottom: float
) -> tuple[list[tuple[float, float]], bool]:
    """The rows between two rules that part steps; ``True`` where numbers had to part them."""
    grid = filled_grid.grid
    by_kind = {column.kind: column for column in reversed(made)}
    actors = [column for column in made if column.kind == "actor"]
    no, step = by_kind.get("no"), by_kind.get("kegiatan")
    edges = [top]
    for y in grid.ys:
        if not top + 3 < y < bottom - 3:
            continue
        in_no = no is not None and grid.covered(y, no.left, no.right) >= 0.5
        in_step = step is not None and grid.covered(y, step.left, step.right) >= 0.5
        in_actors = not actors or grid.covered(y, actors[0].left, actors[-1].right) >= 0.55
        if (in_no and in_step) or (in_step and in_actors) or (in_no and in_actors) or (in_no and not step):
            edges.append(y)
    edges.append(bottom)
    spans = [(a, b) for a, b in pairwise(edges) if b - a > 3]
    return _by_numbers(filled_grid, no, spans)


def _by_numbers(
    filled_grid: Filled, no: Column | None, spans: Sequence[tuple[float, float]]
) -> tuple[list[tuple[float, float]], bool]:
    """Rows parted where several numbers stand in one field of the No column."""
    if no is None:
        return list(spans), False
    pieces = [
        p for some in filled_grid.by_cell.values() for p in some if no.left <= p.box.centre[0] <= no.right
    ]
    found: list[tuple[float, float]] = []
    split = False
    for top, bottom in spans:
        lines = in_lines([p for p in pieces if top <= p.box.centre[1] <= bottom])
        said = [line_text(line) for line in lines]
        if len(lines) < 2 or not all(is_number(text) and text.strip("(). ").isdigit() for text in said):
            found.append((top, bottom))
            continue
        split = True
        starts = [line[0].box.top - 1 for line in lines]
        edges = [top, *starts[1:], bottom]
        found += list(pairwise(edges))
    return found, split


def _rows(
    number: int,
    spans: Sequence[tuple[float, float]],
    cells: Sequence[dict[str, list[tuple[list[Text], bool, Box]]]],
    headings: dict[int, str],
    left: float,
    right: float,
) -> dict[int, Row]:
    """Rows that say something, by their place; a repeated heading and a row of numbers say nothing."""
    found: dict[int, Row] = {}
    above = ""
    seen: set[int] = set()
    for r, (top, bottom) in enumerate(spans):
        if r in headings and not cells[r]:
            above = "" if _GOES_ON.match(headings[r]) else headings[r]
            continue
        said: dict[str, Words] = {}
        for kind, parts in cells[r].items():
            text = "\n".join(words(pieces) for pieces, _, _ in parts)
            shared = any(more for _, more, _ in parts)
            box = around([piece for pieces, _, _ in parts for piece in pieces])
            said[kind] = Words(text, Place(number, box), shared)
        if r in headings:  # a step without a field of its own for its number
            said["kegiatan"] = Words(headings[r], Place(number, Box(left, top, right, bottom)))
        no = said.pop("no", None)
        again = no is not None and no.shared and id(cells[r]["no"][0][0]) in seen
        if no is not None:
            seen.add(id(cells[r]["no"][0][0]))
        if _is_heading_row(no, said):
            continue
        here = Place(number, Box(left, top, right, bottom))
        found[r] = Row("" if no is None or again else " ".join(no.text.split()), said, here, above)
        above = ""
    return found


def _is_heading_row(no: Words | None, said: dict[str, Words]) -> bool:
    """Whether a row repeats the headings or counts the columns."""
    texts = [w.text for w in (*([no] if no else []), *said.values())]
    if len(texts) >= 3 and sum(bool(heading(text)) for text in texts) >= len(texts) - 1:
        return True
    counts = ["".join(c for c in text if c.isalnum()) for text in texts]
    return len(counts) >= 4 and all(text.isdigit() for text in counts) and len(set(counts)) == len(counts)
