"""A page as the engine leaves it → the finished page, and what the site as a whole must know of it.

Everything here is of one page alone, so that it is done where the page is made and remembered with it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec import Struct

from generator.build.links import PageLinks, mark_outside, page_links
from generator.build.policy import seal
from generator.data.catalogue import Catalogue
from generator.formats.plain.page import page_markdown
from generator.search.pages import page_text, read_page
from generator.search.tags import closed

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
    is searched of it, in JSON, None if it asks not to be found; ``twin``: the same page as Markdown, empty if
    that is made elsewhere."""

    name: str
    text: bytes
    scripts: tuple[str, ...]
    links: PageLinks
    entry: str | None
    twin: bytes = b""


def finish(name: str, html: str, place: SiteAddress, ours: bool = False, twin: bool = True) -> Finished:
    """Let links to other hosts say so, put the page under the policy, read its links and its words, write its
    twin. ``ours``: our templates made what stands in it; ``twin``: whether it is to have one. Raises
    PolicyError."""
    text, scripts = seal(name, mark_outside(html, place.home))
    entry = None if name == UNLISTED else read_page(text, name.removesuffix("index.html"), ours)
    said = page_text(entry) if entry else None
    links = page_links(name, text, place.base, place.beside, ours)
    told = twin and name != UNLISTED
    markdown = _twin(name, html, place, ours).encode("utf-8", "replace") if told else b""
    return Finished(name, text.encode(), tuple(sorted(scripts)), links, said, markdown)


def _twin(name: str, html: str, place: SiteAddress, ours: bool) -> str:
    content = html[html.find("<article") : html.rfind("</article>")] + "</article>"
    address = place.home and place.home + name.removesuffix("index.html")
    return page_markdown(content if ours else closed(content), address)
