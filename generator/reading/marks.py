"""A ruled table in which marks or names stand in place of drawn symbols → the same with its signs."""

from __future__ import annotations

from msgspec.structs import replace

from generator.reading.cells.signs import is_arrow, is_mark, is_none, kind
from generator.reading.grid.cells import around, words
from generator.reading.grid.headings import Column
from generator.reading.grid.table import Sign, Table
from generator.reading.seen import Text
from generator.reading.words import heading


def signed(table: Table) -> Table | None:
    """The table with what its texts below the actors say; nothing where none stands there."""
    actors = table.actors()
    by: dict[tuple[int, int], list[Text]] = {}
    for text in table.loose:
        x, y = text.box.centre
        row = next((n for n, (top, bottom) in enumerate(table.spans) if top <= y <= bottom), None)
        actor = next((n for n, column in enumerate(actors) if column.left <= x <= column.right), None)
        if row is not None and actor is not None:
            by.setdefault((row, actor), []).append(text)
    said = {place: words(pieces) for place, pieces in sorted(by.items())}
    said = {place: text for place, text in said.items() if not is_none(text) and not is_arrow(text)}
    if not said:
        return None
    bare = len(actors) == 1 and (not actors[0].heading or heading(actors[0].heading) == "pelaksana")
    if bare and not any(map(is_mark, said.values())):
        return _named(table, actors[0], {row: text for (row, _), text in said.items()}, by)
    signs = []
    for (row, actor), written in said.items():
        shape, inside = kind(written)
        told = f"sel pelaksana berisi teks '{written[:60]}', bukan tanda; dibaca sebagai simbol"
        doubt = "" if is_mark(written) or (shape == "terminator" and " " not in inside) else told
        signs.append(Sign(row, (actor,), shape, inside, around(by[row, actor]), doubt))
    return replace(table, signs=tuple(signs))


def _named(
    table: Table, column: Column, said: dict[int, str], by: dict[tuple[int, int], list[Text]]
) -> Table:
    """The one column of Pelaksana parted among those who are named in it."""
    names = list(dict.fromkeys(" ".join(text.split()) for text in said.values()))
    wide = column.width / len(names)
    parted = [
        Column("actor", column.left + n * wide, column.left + (n + 1) * wide, name, column.group)
        for n, name in enumerate(names)
    ]
    columns = [one for old in table.columns for one in (parted if old is column else [old])]
    signs = [
        Sign(row, (names.index(" ".join(text.split())),), "process", "", around(by[row, 0]))
        for row, text in said.items()
    ]
    return replace(table, columns=tuple(columns), signs=tuple(signs))
