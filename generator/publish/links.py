"""Built tree → every link that leads nowhere (page, file, anchor); links to other hosts → links that say so.

The check reads the finished files as a browser would, whatever engine wrote them, and is exact: an address
must be a file of the tree, an anchor an id of that very page.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html  # type: ignore[import-untyped]

_NAMED = "//@id | //a/@name"
_LINKED = "//@href | //@src | //@data | //@poster | //form/@action"
_OUTSIDE = re.compile(
    r"<a\b(?P<before>(?:[^>\"']|\"[^\"]*\"|'[^']*')*?)\bhref=\"(?P<url>https?://[^\"]*)\""
    r"(?P<after>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(?P<words>.*?)</a>",
    re.DOTALL | re.IGNORECASE,
)
_REL = re.compile(r"\s+rel=\"[^\"]*\"", re.IGNORECASE)
_TOLD = "ke-luar"
_SCRIPT = re.compile(r"(<script\b.*?</script\s*>)", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class DeadLink:
    """A link of a page of the tree that leads nowhere."""

    page: str
    address: str
    why: str

    def __str__(self) -> str:
        return f"{self.page}: tautan '{self.address}' mati: {self.why}"


@dataclass(frozen=True, slots=True)
class _Page:
    """What the check needs of one page: its anchors and its links, as they are written."""

    anchors: frozenset[str]
    addresses: tuple[str, ...]


def dead_links(site: Path, base: str = "/") -> list[DeadLink]:
    """Every link of the tree to a page, file or anchor of the site that is not there, sorted.

    ``base`` is the path under which the site is published: addresses from the top of the host ("/x/") are
    read from there (``404.html``, which is shown at any address, has only such). Links to other hosts and
    other schemes are not followed.
    """
    tree = _Tree(site, base)
    return sorted(
        {
            DeadLink(page, address, why)
            for page in tree.pages
            for address in tree.pages[page].addresses
            if (why := tree.why_dead(page, address))
        }
    )


class _Tree:
    """The files of a site and what its pages hold."""

    def __init__(self, site: Path, base: str) -> None:
        self.base = base.rstrip("/") + "/"
        self.files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
        self.pages = {name: _read(site / name) for name in sorted(self.files) if name.endswith(".html")}

    def why_dead(self, page: str, address: str) -> str:
        """Why a link of a page leads nowhere; "" if it leads somewhere or out of the site."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return "alamatnya tidak terbaca"
        if parts.scheme or parts.netloc:
            return ""
        path = unquote(parts.path)
        target = self._file(posixpath.dirname(page), path) if path else page
        if target is None:
            return "halaman atau berkas itu tidak ada"
        anchor = unquote(parts.fragment)
        if anchor and target in self.pages and anchor not in self.pages[target].anchors:
            return f"tidak ada bagian '{anchor}' pada {target}"
        return ""

    def _file(self, folder: str, path: str) -> str | None:
        """The file that an address shows; a folder shows its ``index.html``."""
        if path.startswith("/"):
            if not f"{path}/".startswith(self.base):
                return None
            folder, path = "", path[len(self.base) :]
        name = posixpath.normpath(posixpath.join(folder, path))
        if name.startswith(".."):
            return None
        index = posixpath.normpath(posixpath.join(name, "index.html"))
        if path.endswith("/") or name not in self.files:
            return index if index in self.files else None
        return name


def _read(path: Path) -> _Page:
    tree = lxml.html.fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    return _Page(frozenset(tree.xpath(_NAMED)), tuple(dict.fromkeys(tree.xpath(_LINKED))))


def mark_outside(page: str, own: str = "") -> str:
    """The page with every link to another host told: ``rel``, and after its words the host that it leads to.
    ``own`` is the address of the site itself; links below it lead nowhere else."""

    top = own.rstrip("/") + "/"

    def told(link: re.Match[str]) -> str:
        url = unescape(link["url"])
        host = urlsplit(url).hostname or url
        if own and f"{url}/".startswith(top):
            return link[0]
        attributes = _REL.sub("", f'<a{link["before"]}href="{link["url"]}"{link["after"]}')
        said = "" if link["words"].endswith("</span>") and _TOLD in link["words"] else _said(host)
        return f'{attributes} rel="noopener noreferrer">{link["words"]}{said}</a>'

    pieces = _SCRIPT.split(page)
    return "".join(piece if at % 2 else _OUTSIDE.sub(told, piece) for at, piece in enumerate(pieces))


def _said(host: str) -> str:
    return f' <span class="{_TOLD}">(ke situs {escape(host)})</span>'
