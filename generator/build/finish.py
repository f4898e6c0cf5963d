"""A page as the engine leaves it → the finished page, and what the site as a whole must know of it.

Everything here is of one page alone, so that it is done where the page is made and remembered with it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec import Struct

from generator.build.links import PageLinks, mark_outside, page_links
from generator.build.policy import seal
from generator.data.catalogue import Catalogue
from generator.search.pages import page_text, read_page

UNLISTED = "404.html"
"""The page that is shown for any address; nobody looks for it."""


class SiteAddress(Struct, frozen=True):
    """Where a site will lie: ``home`` its address ("https://…", "" if unknown), ``base`` its path there;
    ``beside``: it stands in a folder with others, which it may lead to."""

    home: str = ""
    base: str = "/"
    beside: bool = False


def place_of(catalogue: Catalogue) -> SiteAddress:
    """Where the site of a catalogue's audience will lie."""
    home, portal = catalogue.home, catalogue.portal
    beside = portal is not None and portal.beside
    return SiteAddress(f"{home.rstrip('/')}/" if home else "", urlsplit(home).path or "/", beside)


class Finished(Struct, frozen=True):
    """A page of the tree by the name of its file. ``scripts``: sources of the scripts in it; ``entry``: what
    is searched of it, in JSON, None if it asks not to be found."""

    name: str
    text: bytes
    scripts: tuple[str, ...]
    links: PageLinks
    entry: str | None


def finish(name: str, html: str, place: SiteAddress, ours: bool = False) -> Finished:
    """Let links to other hosts say so, put the page under the policy, read its links and its words. ``ours``:
    our templates made what stands in it. Raises PolicyError."""
    text, scripts = seal(name, mark_outside(html, place.home))
    entry = None if name == UNLISTED else read_page(text, name.removesuffix("index.html"), ours)
    said = page_text(entry) if entry else None
    links = page_links(name, text, place.base, place.beside, ours)
    return Finished(name, text.encode(), tuple(sorted(scripts)), links, said)
