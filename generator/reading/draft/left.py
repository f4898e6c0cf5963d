"""Texts that found no place → lines to be told: pieces of one line together, what each page repeats once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from generator.reading.seen import Box
from generator.reading.understood import Chart, Place, Reading, Words


def left_lines(
    reading: Reading, charts: Sequence[Chart], pages: Collection[int] | None, first: bool
) -> tuple[Words, ...]:
    """What was left over on these pages (None: on all); what stands nowhere is told with the first SOP. What
    became a chart's title, or is only a page's number, is not left over."""
    known = [_flat(chart.title) for chart in charts]
    found: dict[str, Words] = {}
    said = [words for block in reading.identities for words in block.rest]
    for words in [*said, *_lines(reading.left_over)]:
        here = first if words.place is None else pages is None or words.place.page in pages
        text = _flat(words.text)
        if here and text and not any(_line_of(text, title) for title in known) and not _page_number(words):
            found.setdefault(text, words)
    return tuple(found.values())


def _line_of(text: str, title: str) -> bool:
    """Whether a line is a title, or one of the two that it stands in."""
    return text == title or (len(text) > 4 and (title.startswith(text) or title.endswith(text)))


def _page_number(words: Words) -> bool:
    """A bare short number on a page; one in a cell was filled in by somebody."""
    bare = words.text.strip(" -–—.")
    return bare.isdigit() and len(bare) <= 3 and not (words.place and words.place.named)


def _flat(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _lines(pieces: Sequence[Words]) -> list[Words]:
    """Pieces side by side as one."""
    found: list[Words] = []
    for words in pieces:
        before = found[-1] if found else None
        if before and before.place and words.place and _beside(before.place, words.place):
            box = _around(before.place.box, words.place.box)
            text = f"{before.text.rstrip()} {words.text.strip()}"
            found[-1] = Words(text, Place(words.place.page, box, before.place.named))
        else:
            found.append(words)
    return found


def _beside(one: Place, two: Place) -> bool:
    high = min(one.box.height, two.box.height)
    level = abs(one.box.centre[1] - two.box.centre[1]) <= 0.5 * high
    return one.page == two.page and level and two.box.left >= one.box.left


def _around(one: Box, two: Box) -> Box:
    return Box(
        min(one.left, two.left), min(one.top, two.top), max(one.right, two.right), max(one.bottom, two.bottom)
    )
