"""A list that may be long → its parts: which entries stand on which page, and the way between the pages.

A part begins where the one before it is full, so that a new row moves only what comes after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.formats.html.html import Links
from generator.formats.html.view import Pagination, View

MAX_ROWS = 500
"""Rows on one page. A slow phone (a sixth of a desk's speed) opens a list of 12 in 1.6 s, of 500 in 4 s, of
1,000 in 7 s, of 10,000 not in 30 s; fewer would leave less to narrow at a time."""
FOLDER = "daftar/"
"""What all parts but the first lie in, each below the address of its list: nothing else lies there."""
_LONG = 40
"""Letters of a name by which a part is known."""
Entry = TypeVar("Entry")


def _one(_: object) -> int:
    return 1


class Paginator(Struct, Generic[Entry], frozen=True):
    """A list: its address, its entries in their order, how some of them are seen on a page with these links,
    what an entry is known by, and how many rows it takes. An entry is not divided."""

    path: str
    entries: Sequence[Entry]
    view: Callable[[Sequence[Entry], Links], View]
    name: Callable[[Entry], str]
    rows: Callable[[Entry], int] = _one

    def whole(self, links: Links) -> View:
        """All of it at once, however long."""
        return self.view(self.entries, links)


class ListPage(Struct, frozen=True):
    """Entries ``start`` to ``stop`` of a list on a page of their own; ``number`` counts from 1; ``first`` and
    ``last`` are what these are known by, shortened."""

    path: str
    number: int
    start: int
    stop: int
    first: str
    last: str


def list_pages(paginator: Paginator[Entry]) -> list[ListPage]:
    """The parts of a list, one if all of it fits."""
    starts, full = [0], 0
    for at, entry in enumerate(paginator.entries):
        rows = paginator.rows(entry)
        if full and full + rows > MAX_ROWS:
            starts.append(at)
            full = 0
        full += rows
    stops = [*starts[1:], len(paginator.entries)]
    return [
        _list_page(paginator, number, *span) for number, span in enumerate(zip(starts, stops, strict=True), 1)
    ]


def _list_page(paginator: Paginator[Entry], number: int, start: int, stop: int) -> ListPage:
    path = paginator.path if number == 1 else f"{FOLDER}{paginator.path}{number}/"
    ends = (paginator.entries[start], paginator.entries[stop - 1]) if paginator.entries else ()
    first, last = (_short(paginator.name(entry)) for entry in ends) if ends else ("", "")
    return ListPage(path, number, start, stop, first, last)


def _short(name: str) -> str:
    words = " ".join(name.split())
    if len(words) <= _LONG:
        return words
    cut = words[:_LONG]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…"


def list_page_view(
    paginator: Paginator[Entry], found: Sequence[ListPage], part: ListPage, links: Links
) -> View:
    """A part as it stands on its page, with the way to the others; ``found`` are all parts of the list."""
    view = paginator.view(paginator.entries[part.start : part.stop], links)
    return replace(view, way=way_of(found, part, links))


def way_of(found: Sequence[ListPage], part: ListPage, links: Links) -> Pagination | None:
    """The way from a part to the others, if there are any."""
    if len(found) == 1:
        return None
    return Pagination(part.number, tuple((links.page(one.path), one.first, one.last) for one in found))


def placed(paginator: Paginator[Entry]) -> Iterator[tuple[str, Entry]]:
    """Each entry with the address of the page on which it stands."""
    for part in list_pages(paginator):
        yield from ((part.path, entry) for entry in paginator.entries[part.start : part.stop])
