"""Texts in the tables of a page + what was understood → those that nothing of it says.

A net below all readings of ruled pages: whatever a rule of theirs lets fall is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from generator.reading.identity import NAMES
from generator.reading.seen import Text
from generator.reading.understood import FIELDS, Chart, Identity, Place, Words
from generator.reading.words import heading, label

_BEGIN = re.compile(r"^\W*(?:NIP\b\W*)?", re.IGNORECASE)
_TITLE = re.compile(r"standar\s*operasional\s*prosedur", re.IGNORECASE)


_FORM = "".join(c for c in " ".join((*NAMES.values(), "Judul SOP")).casefold() if c.isalnum())
"""What labels say, as a label may be painted in pieces or stand in one line with the next."""


def unclaimed(
    number: int,
    texts: Iterable[Text],
    identities: Sequence[Identity],
    charts: Sequence[Chart],
) -> list[Words]:
    """The texts of page ``number`` that are in no value, cell, label, heading or doubt of that page."""
    said = "\n".join(map(_squeezed, _said(number, identities, charts)))
    return [Words(text.text, Place(number, text.box)) for text in texts if not _known(text.text, said)]


def _known(text: str, said: str) -> bool:
    bare = _squeezed(_BEGIN.sub("", text))
    if sum(c.isalnum() for c in bare) < 2 or bare in said or bare in _FORM or heading(text) or label(text):
        return True
    head, _, rest = text.partition(":")
    return bool(label(head) and _squeezed(rest) in said) or _TITLE.search(text) is not None


def _said(number: int, identities: Sequence[Identity], charts: Sequence[Chart]) -> Iterator[str]:
    for block in identities:
        if block.page == number:
            yield from (words.text for words in block.values.values())
            yield from (words.text for box in block.boxes.values() for words in box)
            yield from (words.text for words in block.rest)
            yield "".join(block.kop)
    for chart in charts:
        yield from (*chart.actors, *chart.groups, *chart.headings.values(), *chart.notes)
        yield from (symbol.text for symbol in chart.symbols)
        yield from (edge.label for edge in chart.edges)
        yield from (doubt.said for doubt in chart.doubts)
        for row in chart.rows:
            if row.place.page == number:
                yield from (row.no, row.heading, *(row.cells[key].text for key in FIELDS if key in row.cells))


def _squeezed(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
