"""A page as the engine leaves it → the finished page, and what the site as a whole must know of it.

Everything here is of one page alone, so that it is done where the page is made and remembered with it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec import Struct

from generator.build.links import PageLinks, mark_outside, page_links
from generator.build.policy import refuse_inline, seal
from generator.data.catalogue import Catalogue
from generator.formats.plain.page import page_markdown
from generator.search.pages import page_text, read_page
from generator.search.tags import closed
from generator.site.base_templates import BaseTemplate, fill
from generator.site.staged import StagedPage

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


def finish(name: str, html: str, place: SiteAddress) -> Finished:
    """A page that the engine made: let links to other hosts say so, put it under the policy, read its links
    and its words, write its twin. Raises PolicyError."""
    text, scripts = seal(name, mark_outside(html, place.home))
    content = closed(html[html.find("<article") : html.rfind("</article>")] + "</article>")
    return _read(name, text, content if name != UNLISTED else "", tuple(sorted(scripts)), place, ours=False)


def dressing(template: BaseTemplate, place: SiteAddress) -> BaseTemplate:
    """A base template of the engine, finished as far as it is the same for all its pages. Raises
    PolicyError."""
    html = "".join(f"\0{piece}\0" if at % 2 else piece for at, piece in enumerate(template.pieces))
    text, scripts = seal(UNLISTED, mark_outside(html, place.home))
    return BaseTemplate(tuple(text.split("\0")), tuple(sorted(scripts)))


def dressed(page: StagedPage, template: BaseTemplate, place: SiteAddress) -> Finished:
    """The same of a page that our templates made, in its ``dressing``. Raises PolicyError."""
    name, content = f"{page.path}index.html", page.html()
    refuse_inline(name, content)
    text = fill(template, page, mark_outside(content, place.home))
    return _read(name, text, "" if page.twin else content, template.scripts, place, ours=True)


def _read(
    name: str, text: str, content: str, scripts: tuple[str, ...], place: SiteAddress, ours: bool
) -> Finished:
    """A page with what is known of it. ``content``: what its twin is made from, "" if it is to have none;
    ``ours``: our templates made what stands in it."""
    entry = None if name == UNLISTED else read_page(text, name.removesuffix("index.html"), ours)
    links = page_links(name, text, place.base, place.beside, ours)
    address = place.home and place.home + name.removesuffix("index.html")
    twin = page_markdown(content, address).encode("utf-8", "replace") if content else b""
    return Finished(name, text.encode(), scripts, links, page_text(entry) if entry else None, twin)
