"""Pages of a site → every link that leads nowhere (page, file, anchor); links to other hosts → links that say
so.

The check reads finished pages as a browser would, whatever engine wrote them, and is exact: an address must
be a file of the tree, an anchor an id of that very page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from generator.search.tags import closed, plain, values

_LINKED = ("href", "src", "data", "poster", "action", "xlink:href", "formaction", "background")
_SETS = ("srcset", "imagesrcset")
"""Attributes that hold one address, and several with a width or density each."""
_ATTRIBUTE = re.compile(rf' ({"|".join((*_LINKED, *_SETS, "id", "(?<=<a )name", "http-equiv"))})="([^"]*)"')
_REFRESH = re.compile(r"\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_OUTSIDE = re.compile(
    r"<a\b(?P<before>(?:[^>\"']|\"[^\"]*\"|'[^']*')*?)\bhref=\"(?P<url>https?://[^\"]*)\""
    r"(?P<after>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(?P<words>.*?)</a>",
    re.DOTALL | re.IGNORECASE,
)
_OUT = ('href="http', 'href="https')
"""How a link to another host begins, up to its colon."""
_REL = re.compile(r"\s+rel=\"[^\"]*\"", re.IGNORECASE)
_TOLD = "ke-luar"
_SCRIPT = re.compile(r"(<script\b.*?</script\s*>)", re.DOTALL | re.IGNORECASE)


class DeadLink(Struct, frozen=True, order=True, array_like=True):
    """A link of a page of the tree that leads nowhere."""

    page: str
    address: str
    why: str

    def __str__(self) -> str:
        return f"{self.page}: tautan '{self.address}' mati: {self.why}"


class PageLinks(Struct, frozen=True, array_like=True):
    """What the check needs of one page: its name (path of its file), its anchors, and its links to other
    pages and files; those to itself are followed at once, and the dead ones kept."""

    name: str
    anchors: tuple[str, ...]
    links: tuple[Link, ...]
    dead: tuple[DeadLink, ...]


class Link(Struct, frozen=True, order=True, array_like=True):
    """An address as written, the path in the tree that it means ("" for the top), its anchor, and whether
    only a folder can be meant."""

    address: str
    path: str
    anchor: str
    folder: bool


def page_links(name: str, html: str, base: str = "/", beside: bool = False, ours: bool = False) -> PageLinks:
    """The links of a page. ``base`` is the path under which the site is published: addresses from the top of
    the host ("/x/") are read from there (``404.html``, which is shown at any address, has only such). Links
    to other hosts and other schemes are not followed, nor to a site ``beside`` this one. ``ours``: our
    templates made the page (see ``tags``)."""
    page = html if ours else closed(html)
    found = _ATTRIBUTE.findall(page)
    anchors = {plain(value) for attribute, value in found if attribute in ("id", "name")}
    links, dead = [], []
    refreshes = any(name == "http-equiv" and value.strip().lower() == "refresh" for name, value in found)
    for address in dict.fromkeys((*_addresses(found), *(_refreshed(page) if refreshes else ()))):
        if address.startswith("#"):
            anchor = unquote(address[1:])
            if anchor and anchor not in anchors:
                dead.append(DeadLink(name, address, _no_part(anchor, name)))
            continue
        try:
            link = _link(_top(name, address), address, base.rstrip("/") + "/", beside)
        except ValueError as error:
            dead.append(DeadLink(name, address, str(error)))
            continue
        links += [link] if link else []
    return PageLinks(name, tuple(sorted(anchors)), tuple(sorted(links)), tuple(dead))


def _addresses(found: Iterable[tuple[str, str]]) -> Iterator[str]:
    """All addresses in these attributes."""
    for name, value in found:
        if name in _LINKED:
            yield plain(value).strip()
        elif name in _SETS:
            yield from (one.split()[0] for one in plain(value).split(",") if one.strip())


def _refreshed(page: str) -> Iterator[str]:
    """Where a page sends its reader on to."""
    for piece in page.split("<meta")[1:]:
        meta = piece.partition(">")[0]
        for value in values(meta, "content") if "http-equiv" in meta else ():
            if to := refresh_of(value):
                yield to


def refresh_of(content: str) -> str:
    """Where a page is sent on to ("0; url=x/"), "" for nowhere."""
    found = _REFRESH.match(content)
    return found[1].strip() if found else ""


def _top(name: str, address: str) -> str:
    """The page that an address is read from, or if the address begins at the top of the site, any other page
    as deep: so the same ones need not be reckoned for each page."""
    depth = name.count("/")
    return "x/" * depth if depth and address.startswith("../" * depth) else name


@lru_cache(maxsize=4096)
def _link(name: str, address: str, base: str, beside: bool) -> Link | None:
    """Where an address leads; None out of the site. Raises ValueError that says why nowhere."""
    parts = _parts(address)
    if parts is None:
        return None
    path, anchor = parts
    if not path:
        return Link(address, name, anchor, False)
    folder, below = name.rpartition("/")[0], path
    if path.startswith("/"):
        if not f"{path}/".startswith(base):
            raise ValueError(_NOT_THERE)
        folder, below = "", path[len(base) :]
    target = _joined(folder, below)
    if beside and target.startswith("..") and not target.startswith("../.."):
        return None
    if target.startswith(".."):
        raise ValueError(_NOT_THERE)
    return Link(address, "" if target == "." else target, anchor, below.endswith("/") or target == ".")


@lru_cache(maxsize=4096)
def _parts(address: str) -> tuple[str, str] | None:
    """Path and anchor of an address, None of one to another host. The same ones stand on many pages."""
    try:
        parts = urlsplit(address)
    except ValueError:
        raise ValueError("alamatnya tidak terbaca") from None
    return None if parts.scheme or parts.netloc else (unquote(parts.path), unquote(parts.fragment))


def _joined(folder: str, below: str) -> str:
    """The path that is meant in a folder."""
    while folder and below.startswith("../"):
        folder, below = folder.rpartition("/")[0], below[3:]
    return posixpath.normpath(posixpath.join(folder, below))


def dead_links(
    pages: Callable[[], Iterable[PageLinks]],
    files: Collection[str],
    anchors: Callable[[Iterable[str]], Iterable[PageLinks]],
) -> list[DeadLink]:
    """Every link of these pages to a page, file or anchor of the site that is not there, sorted. ``pages``
    gives them anew each time, so that none need be held; ``files`` are the paths of all files of the tree;
    ``anchors`` gives pages of the tree by their names."""
    dead: set[DeadLink] = set()
    wanted: dict[str, set[str]] = {}
    for page in pages():
        dead |= set(page.dead)
        for link in page.links:
            target = _file(link, files)
            if target is None:
                dead.add(DeadLink(page.name, link.address, _NOT_THERE))
            elif link.anchor and target.endswith(".html"):
                wanted.setdefault(target, set()).add(link.anchor)
    for page in anchors(sorted(wanted)):
        wanted[page.name].difference_update(page.anchors)
    if any(wanted.values()):
        for page in pages():
            for link in page.links:
                target = _file(link, files)
                if target and link.anchor in wanted.get(target, ()):
                    dead.add(DeadLink(page.name, link.address, _no_part(link.anchor, target)))
    return sorted(dead)


def _file(link: Link, files: Collection[str]) -> str | None:
    """The file that an address shows; a folder shows its ``index.html``."""
    if not link.folder and link.path in files:
        return link.path
    index = f"{link.path}/index.html" if link.path else "index.html"
    return index if index in files else None


_SCHEME = re.compile("https?://")
_NOT_THERE = "halaman atau berkas itu tidak ada"


def _no_part(anchor: str, page: str) -> str:
    return f"tidak ada bagian '{anchor}' pada {page}"


def mark_outside(page: str, own: str = "") -> str:
    """The page with every link to another host told: ``rel``, and after its words the host that it leads to.
    ``own`` is the address of the site itself; links below it lead nowhere else. Words that are the address
    tell it themselves."""

    top = own.rstrip("/") + "/"

    def told(link: re.Match[str]) -> str:
        url = unescape(link["url"])
        host = urlsplit(url).hostname or url
        if own and f"{url}/".startswith(top):
            return link[0]
        attributes = _REL.sub("", f'<a{link["before"]}href="{link["url"]}"{link["after"]}')
        known = link["words"].endswith("</span>") and _TOLD in link["words"]
        known = known or _SCHEME.sub("", unescape(link["words"]).strip()).partition("/")[0] == host
        said = "" if known else _said(host)
        return f'{attributes} rel="noopener noreferrer">{link["words"]}{said}</a>'

    if not any(before[-11:].lower().endswith(_OUT) for before in page.split("://")[:-1]):
        return page
    pieces = _SCRIPT.split(page)
    return "".join(piece if at % 2 else _OUTSIDE.sub(told, piece) for at, piece in enumerate(pieces))


def _said(host: str) -> str:
    return f' <span class="{_TOLD}">(ke situs {escape(host)})</span>'
