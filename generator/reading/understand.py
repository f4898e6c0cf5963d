"""``Seen`` → ``Reading``: the one stage that understands, whatever the file was."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from generator.reading.cells.pages import Titled, understood
from generator.reading.drawn.charts import ChartPart, chart
from generator.reading.drawn.labels import labels
from generator.reading.drawn.symbols import CROWDED, boxes_of_words, marked, shapes
from generator.reading.drawn.wires import net
from generator.reading.grid.beside import note_lines, title_lines
from generator.reading.grid.lattice import Ruled, ruled
from generator.reading.grid.table import Table, filled, tables
from generator.reading.identity import identities
from generator.reading.marks import signed
from generator.reading.seen import Box, Page, Seen, Text
from generator.reading.unclaimed import unclaimed
from generator.reading.understood import Chart, Doubt, Identity, Place, Reading, Words

SECONDS = 8.0
"""Processor time after which no further page is begun."""
MOST_LINES = 12
"""A page without any SOP on which more lines stand is told as a whole."""


def understand(seen: Seen, registers: bool = False) -> Reading:
    """All charts and identity blocks of a file, with doubts; ``registers``: a list of SOPs gives an identity
    block for each of its rows, instead of a doubt."""
    parts: list[ChartPart] = []
    found: list[Identity] = []
    left: list[Words] = []
    before: Table | None = None
    end = time.process_time() + SECONDS
    unread: list[Doubt] = []
    inside: list[tuple[int, list[Text]]] = []
    for number, page in enumerate(seen.pages):
        if time.process_time() > end:
            said = f"berkas ini terlalu rumit; {page.name} dan sesudahnya tidak dibaca"
            unread.append(Doubt("halaman", said, Place(number, page.whole)))
            break
        if page.cells:
            known = understood(number, page, registers)
            here = [titled.found.table for titled in known.tables]
            drawn = [_cells_part(page, titled, here) for titled in known.tables]
            parts += drawn
            found += known.identities
            left += [*known.left, *_left_over(number, page, page.texts, drawn)]
            unread += known.doubts
            before = here[-1] if here else before
            continue
        lines = ruled(page)
        grids, outside = filled(page, lines)
        here = []
        for grid in grids:
            for table in tables(number, grid, before):
                here.append(table)
                before = table
        inside += [(number, [text for grid in grids for some in grid.by_cell.values() for text in some])]
        blocks, outside = identities(number, grids, outside, here)
        found += blocks
        drawn = [_marked_part(_part(page, lines, table, here, outside)) for table in here]
        parts += drawn
        left += _left_over(number, page, outside, drawn)
    charts = [chart(group) for group in _together(parts)]
    for number, texts in inside:
        left += unclaimed(number, texts, found, charts)
    left, others = _prose(seen, left, found, charts)
    doubts = tuple(unread + others + _missing(seen, charts))
    return Reading(seen.file, seen.door, tuple(found), tuple(charts), doubts, tuple(left), seen.fingerprint)


def _cells_part(page: Page, titled: Titled, here: Sequence[Table]) -> ChartPart:
    """One table of cells with its marks, and with what is drawn on it."""
    found = titled.found
    part = _part(page, ruled(page), found.table, here, page.texts)
    doubts = found.doubts
    if not part.shapes:
        drawn = marked(found.table)
        part = ChartPart(found.table, tuple(drawn), net((), (), drawn), labels((), (), ()), page)
        doubts += found.unsigned
    said = titled.title or part.title
    return replace(part, title=said, doubts=doubts, notes=(*found.notes, *part.notes))


def _marked_part(part: ChartPart) -> ChartPart:
    """A part on which nothing is drawn, with the marks or names in its cells."""
    if part.shapes or part.net.links or (table := signed(part.table)) is None:
        return part
    drawn = marked(table)
    return replace(part, table=table, shapes=tuple(drawn), net=net((), (), drawn), labels=labels((), (), ()))


def _part(
    page: Page, lines: Ruled, table: Table, here: Sequence[Table], outside: Sequence[Text]
) -> ChartPart:
    """One table of a page with what is drawn on it."""
    top = max((t.box.bottom for t in here if t.box.bottom <= table.box.top), default=0.0)
    bottom = min((t.box.top for t in here if t.box.top >= table.box.bottom), default=page.height)
    actors = table.actors()
    above, below = (
        " ".join(text.text.strip() for line in lines_ for text in line)
        for lines_ in (title_lines(table, outside), note_lines(table, here, outside))
    )
    nothing = net((), (), ()), labels((), (), ())
    bare = ChartPart(table, (), *nothing, page, above, notes=(below,) if below else ())
    if not actors:
        return bare
    left, right = actors[0].left - 20, actors[-1].right + 20
    strokes = [
        s for s in lines.strokes if any(left <= x <= right and top <= y <= bottom for x, y in s.points)
    ]
    heads = [h for h in page.heads if left <= h.tip[0] <= right and top <= h.tip[1] <= bottom]
    near = [t for t in outside if left <= t.box.centre[0] <= right and len(t.text) < 40]
    shown, boxed = boxes_of_words([o for o in lines.outlines if top <= o.box.centre[1] <= bottom], strokes)
    near += boxed
    if max(len(shown), len(strokes), len(heads)) > CROWDED:
        return bare
    drawn = shapes(shown, table, [*table.loose, *near])
    links = net(strokes, heads, drawn)
    texts = [*table.loose, *(t for t in near if _among(t, table, [s.outline.box for s in drawn]))]
    return replace(bare, shapes=tuple(drawn), net=links, labels=labels(texts, drawn, links.links))


def _among(text: Text, table: Table, boxes: Sequence[Box]) -> bool:
    """Whether a text outside the table lies where its flow goes on beyond it."""
    y = text.box.centre[1]
    if table.box.top <= y <= table.box.bottom:
        return True
    above = min((box.top for box in boxes), default=table.box.top)
    below = max((box.bottom for box in boxes), default=table.box.bottom)
    return above - 6 <= y <= below + 6 and not (table.head and y < table.box.top)


def _together(parts: Sequence[ChartPart]) -> list[list[ChartPart]]:
    """Parts of tables by chart: one goes on with the one before it where it has no heading of its own, or
    repeats the heading and goes on counting."""
    groups: list[list[ChartPart]] = []
    for part in parts:
        if groups and _goes_on(groups[-1], part):
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def _goes_on(group: Sequence[ChartPart], part: ChartPart) -> bool:
    before, now = group[-1].table, part.table
    if not now.head:
        return True
    if [c.heading for c in before.actors()] != [c.heading for c in now.actors()]:
        return False
    first = next((row.no.strip("(). ") for row in now.rows if row.no), "")
    numbers = [int(n) for p in group for row in p.table.rows if (n := row.no.strip("(). ")).isdigit()]
    if first.isdigit() and numbers:
        return int(first) > max(numbers) or int(first) not in numbers
    return not any(shape.kind == "terminator" for shape in part.shapes[:1]) and before.page != now.page


def _left_over(number: int, page: Page, outside: Sequence[Text], parts: Sequence[ChartPart]) -> list[Words]:
    """Texts outside of all tables, in shapes too, that are neither words of a symbol nor of a line."""
    symbols = {id(shape.outline) for part in parts for shape in part.shapes}
    said = [shape.text for part in parts for shape in part.shapes]
    said += [label for part in parts for label in part.labels.of.values()]
    said += [label.text for part in parts for label in part.labels.rest]
    known = {" ".join(text.split()) for text in said}
    here = [part.table for part in parts]
    taken = {id(text) for table in here for line in note_lines(table, here, outside) for text in line}
    boxes = [Text(o.text, o.box) for o in page.outlines if o.text.strip() and id(o) not in symbols]
    return [
        Words(text.text, Place(number, text.box))
        for text in [*outside, *boxes]
        if " ".join(text.text.split()) not in known and id(text) not in taken
    ]


def _prose(
    seen: Seen, left: Sequence[Words], found: Sequence[Identity], charts: Sequence[Chart]
) -> tuple[list[Words], list[Doubt]]:
    """Pages of other things between those of SOPs are told as such, not line by line."""
    used = {block.page for block in found} | {row.place.page for one in charts for row in one.rows}
    by = Counter(words.place.page for words in left if words.place and words.place.page not in used)
    other = sorted(page for page, count in by.items() if count > MOST_LINES)
    if not other or not used:
        return list(left), []
    names = ", ".join(seen.pages[n].name for n in other[:MOST_LINES])
    names += f" dan {len(other) - MOST_LINES} lagi" if len(other) > MOST_LINES else ""
    said = f"tidak memuat tabel atau identitas SOP dan tidak dibaca: {names}"
    kept = [words for words in left if not (words.place and words.place.page in other)]
    return kept, [Doubt("halaman", said, Place(other[0], seen.pages[other[0]].whole))]


def _missing(seen: Seen, charts: Sequence[Chart]) -> list[Doubt]:
    """What the pages have that could not be read at all: a table that is a picture."""
    found = []
    for number, page in enumerate(seen.pages):
        if max(len(page.outlines), len(page.strokes), len(page.heads)) > CROWDED:
            said = "gambar di halaman ini terlalu banyak garisnya; alurnya mungkin tidak dibaca"
            found.append(Doubt("halaman", said, Place(number, page.whole)))
        for remark in page.remarks:
            found.append(Doubt("halaman", remark, Place(number, page.whole)))
        read = any(row.place.page == number for c in charts for row in c.rows)
        box = _picture([one.box for one in page.pictures])
        if box is not None and box.width * box.height >= 0.1 * page.width * page.height:
            if not read:
                said = "halaman ini memuat gambar besar; tabel di dalam gambar tidak dibaca, ketik langkahnya"
            else:
                said = "alur di halaman ini berupa gambar; simbol dan garisnya dibaca dari titik-titiknya"
            found.append(Doubt("gambar", said, Place(number, box)))
    return found


def _picture(boxes: Sequence[Box]) -> Box | None:
    """The largest picture, with the strips of as much width that a program cut off it."""
    if not boxes:
        return None
    whole = max(boxes, key=lambda box: box.width * box.height)
    for box in sorted(boxes, key=lambda box: abs(box.centre[1] - whole.centre[1])):
        flush = abs(box.left - whole.left) < 3 and abs(box.right - whole.right) < 3
        if flush and box.top <= whole.bottom + 3 and box.bottom >= whole.top - 3:
            whole = Box(whole.left, min(box.top, whole.top), whole.right, max(box.bottom, whole.bottom))
    return whole
