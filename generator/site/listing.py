"""A page that shows everything, or a part of that: known by what is to stand on it, and filled only where
that is new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.formats.html.html import Links
from generator.formats.html.pagination import FOLDER, ListPage, Paginator, list_page_view, list_pages
from generator.formats.html.view import View
from generator.formats.open_data.records import on_site
from generator.site.staged import PageSection as PagePart
from generator.site.staged import StagedPage, root_of


class Listing(Struct, frozen=True):
    """``page`` is the page without its content, ``view`` finds what that is."""

    page: StagedPage
    view: Callable[[], View]

    def filled(self, view: View) -> StagedPage:
        """The page with this content. Raises DotError."""
        anchor = self.page.path.removeprefix(FOLDER).partition("/")[0]
        return replace(self.page, parts=(PagePart("", anchor, view.html()),))

    def whole(self) -> StagedPage:
        """The page with its content. Raises DotError."""
        return self.filled(self.view())


def parted(
    page: StagedPage, paginator: Paginator[Any], catalogue: Catalogue, lead: str = ""
) -> Iterator[Listing]:
    """A list on its page, or the parts of a long one, each on a page of its own; ``lead`` stands above each.
    The first part keeps the page of the list and its title, as menu, search and links lead there."""
    found = list_pages(paginator)
    for part in found:
        own = page_of_part(page, part, len(found), catalogue)
        yield Listing(own, partial(_view, paginator, found, part, Links(catalogue, root_of(part.path)), lead))


def _view(
    paginator: Paginator[Any], found: Sequence[ListPage], part: ListPage, links: Links, lead: str
) -> View:
    return replace(list_page_view(paginator, found, part, links), lead=lead)


def page_of_part(page: StagedPage, part: ListPage, of: int, catalogue: Catalogue) -> StagedPage:
    """The page of a part; the first has that of its list. Our search and the sitemap do not name the others,
    as the SOPs on them are found by themselves; other search engines may follow them to those."""
    if part.number == 1:
        return page
    title = f"{page.title}, bagian {part.number} dari {of}"
    own = on_site(catalogue, part.path)
    return replace(
        page,
        path=part.path,
        title=title,
        crumbs=(*page.crumbs, (page.title, page.path)),
        description=title if page.description else "",
        listed=False,
        canonical=own or "",
    )
