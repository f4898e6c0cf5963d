"""A page whose file knows its cells → its tables, identity blocks, and what found no place."""

from __future__ import annotations

from msgspec import Struct

from generator.reading.cells.block import identities, title
from generator.reading.cells.heads import heads
from generator.reading.cells.listing import entries, listed, unnamed
from generator.reading.cells.matrix import Field, matrix
from generator.reading.cells.tables import Found, table
from generator.reading.seen import Page
from generator.reading.understood import Doubt, Identity, Place, Words


class Titled(Struct, frozen=True):
    """A table with the line above it."""

    found: Found
    title: str


class Understood(Struct, frozen=True):
    """What is understood of one page."""

    tables: tuple[Titled, ...] = ()
    identities: tuple[Identity, ...] = ()
    left: tuple[Words, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def understood(number: int, page: Page, registers: bool = False) -> Understood:
    """The tables and identity blocks of a page of cells; ``registers``: of a list of SOPs an SOP a row."""
    sheet = matrix(number, page)
    if register := listed(sheet, page.name):
        if registers:
            rest = tuple(sheet.words(field) for field in unnamed(sheet))
            return Understood(identities=tuple(entries(sheet)), left=rest)
        return Understood(doubts=(register,))
    tables: list[Titled] = []
    blocks: list[Identity] = []
    used: set[Field] = set()
    left: list[Words] = []
    at = 0
    found_heads = heads(sheet)
    for n, head in enumerate(found_heads):
        end = found_heads[n + 1].top if n + 1 < len(found_heads) else sheet.rows
        made = table(sheet, head, end)
        if made is None:
            continue
        above = title(sheet, at, head.top)
        taken = frozenset({above} if above is not None else ())
        for block in identities(sheet, at, head.top, taken):
            blocks.append(block.identity)
            used |= block.used
        used |= taken | made.used
        left += made.left
        tables.append(Titled(made, above.flat if above is not None else ""))
        at = made.end
    for block in identities(sheet, at, sheet.rows, frozenset(used)):
        blocks.append(block.identity)
        used |= block.used
    left += [sheet.words(f) for f in sheet.fields if f not in used]
    doubts = []
    if not tables and not blocks and sheet.fields:
        count = len(sheet.fields)
        said = f"{page.name} tidak memuat tabel atau identitas SOP; isinya ({count} sel) tidak dibaca"
        doubts.append(Doubt("halaman", said, Place(number, page.whole)))
        left = []
    return Understood(tuple(tables), tuple(blocks), tuple(left), tuple(doubts))
