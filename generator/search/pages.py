"""HTML page → ``SearchPage``: its title, its sections with their anchors, its facets.

Attributes are those of Pagefind: the page's body is ``data-pagefind-body`` (else ``article``, ``main``,
``body``), what stands under ``data-pagefind-ignore`` is left out, ``data-pagefind-filter="unit:Bidang A"``
gives a facet. A section begins at a heading with an id; a list item or element with an id ``langkah-3`` is a
section of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.etree import HTMLParser, XMLSyntaxError, XPath, fromstring  # type: ignore[import-untyped]
from msgspec import Struct

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
SKIPPED = frozenset(
    ["script", "style", "template", "nav", "svg", "noscript", "select", "button", "iframe", "object"]
)
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "del",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "time",
    ]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
STEP = re.compile(r"(alur-\d+-)?langkah-\d+")
IGNORED = frozenset(["headerlink", "alur", "keadaan", "langkah-arah"])
"""Classes of what is not read: marks beside headings, the table of a flow, whose words the steps
repeat, the banner that every SOP has, and where a step leads (its numbers are no content)."""
BREAK = " · "
_DRAWING = re.compile(r"<svg\b[^<]*+(?:<(?!/?svg\b)[^<]*+)*+</svg>")
_FLOW_TABLE = re.compile(r"<table class=\"alur\".*?</table>", re.DOTALL)
"""What is passed over whole, as most of a page is drawing; the walk passes over what these leave."""
_PARSER = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


class Section(Struct, frozen=True):
    """Text under one anchor; "" is the part before the first."""

    anchor: str
    heading: str
    text: str


class SearchPage(Struct, frozen=True):
    """What is searched on one page. ``url`` is relative to the site's root ("sop/surat/")."""

    url: str
    title: str
    sections: tuple[Section, ...]
    facets: tuple[tuple[str, str], ...]


def page_text(page: SearchPage) -> str:
    """A page in JSON."""
    sections = [(one.anchor, one.heading, one.text) for one in page.sections]
    return json.dumps((page.url, page.title, sections, page.facets), ensure_ascii=False)


def page_of(text: str) -> SearchPage:
    """The page that ``page_text`` gave the text of."""
    url, title, sections, facets = json.loads(text)
    parts = tuple(Section(*section) for section in sections)
    return SearchPage(url, title, parts, tuple((name, value) for name, value in facets))


class _Part(Struct):
    anchor: str
    heading: list[str] = []
    text: list[str] = []


def read_page(html: str, url: str) -> SearchPage | None:
    """What is searched on a page; None: the page asks not to be found (robots noindex) or has no text."""
    if _asks_not_to_be_found(html):
        return None
    sign = next(sign for sign in _SIGNS if sign in html)
    tree = _tree(_cut(html, sign))
    if tree is None:
        return None
    reader = _Reader()
    facets: set[tuple[str, str]] = set()
    for body in _bodies(tree, sign):
        facets.update(_facets(body))
        if not any(_skipped(outer) for outer in (body, *body.iterancestors())):
            reader.read(body, False, False)
    sections = tuple(
        _section(part.anchor, _joined(part.heading) or _named(part.anchor), _joined(part.text))
        for part in reader.parts
    )
    sections = tuple(section for section in sections if section.text or section.anchor)
    title = _joined(reader.title) or _document_title(html)
    if not title and not any(section.text for section in sections):
        return None
    return SearchPage(url, title or url, sections, tuple(sorted(facets)))


_SIGNS = ("data-pagefind-body", "<article", "<main", "")
"""Signs that a page has a body, the strongest first; "" is any page."""
_MARKED = XPath("//*[@data-pagefind-body][not(ancestor::*[@data-pagefind-body])]")
_FACETS = XPath("descendant-or-self::*/@data-pagefind-filter")
_ROBOTS = XPath("//meta[@name='robots' or @name='pagefind']/@content")
_TITLES = XPath("//title[not(ancestor::svg)]")


def _bodies(tree: Any, sign: str) -> list[Any]:
    """The elements that are the body of a page, none in another."""
    if sign == _SIGNS[0]:
        return list(_MARKED(tree))
    tag = sign[1:] or "body"
    return [one for one in tree.iter(tag) if next(one.iterancestors(tag), None) is None]


def _cut(html: str, sign: str) -> str:
    """The part of a page that may hold its body, without drawings."""
    if sign.startswith("<") and (end := html.rfind(f"</{sign[1:]}>")) > 0:
        html = html[html.find(sign) : end]
    html = html.replace("<wbr>", "")  # lxml takes it for an element that is never closed
    return _FLOW_TABLE.sub("", _DRAWING.sub("", html))


def _tree(html: str) -> Any:
    """The parsed page; None where it holds nothing."""
    try:
        return fromstring(html.replace("\0", "\ufffd").encode("utf-8", "replace"), parser=_PARSER)
    except XMLSyntaxError:
        return None


def _asks_not_to_be_found(html: str) -> bool:
    """Said in the head; the body need not be read for it."""
    head, end, _ = html.partition("</head>")
    if "noindex" not in head:
        return False
    tree = _tree(head + end)
    return tree is not None and any("noindex" in content for content in _ROBOTS(tree))


def _document_title(html: str) -> str:
    tree = _tree(html)
    return "" if tree is None else _joined([title.text or "" for title in _TITLES(tree)])


def _facets(body: Any) -> Iterator[tuple[str, str]]:
    for mark in _FACETS(body):
        name, _, value = mark.partition(":")
        if value.strip():
            yield name.strip(), value.strip()


_TELLING = frozenset(["class", "hidden", "aria-hidden", "data-pagefind-ignore"])


def _skipped(element: Any) -> bool:
    """Whether an element is passed over with all that is in it."""
    if element.tag in SKIPPED:
        return True
    names = element.keys()
    if not names or _TELLING.isdisjoint(names):
        return False
    return (
        "data-pagefind-ignore" in names
        or "hidden" in names
        or element.get("aria-hidden") == "true"
        or not IGNORED.isdisjoint(element.get("class", "").split())
    )


class _Reader:
    """The words of elements in their order, under the anchors that they stand under."""

    def __init__(self) -> None:
        self.parts = [_Part("")]
        self.part = self.parts[0]
        self.title: list[str] = []
        self.open: list[_Part] = []
        """For each open element the section to return to when it ends."""
        self.closed = False
        """Whether an element ended just before: two side by side are two words, "<b>tebal</b>nya" is one."""

    def read(self, element: Any, heading: bool, titled: bool) -> None:
        """One element that is read; ``heading``: inside a heading, ``titled``: inside the page's own."""
        tag = element.tag
        self.open.append(self.part)
        inline = tag in INLINE
        if not inline:
            self._add(BREAK, heading, titled)
        elif self.closed:
            self._add(" ", heading, titled)
        anchor = element.get("id")
        if tag in HEADINGS and (
            anchor or not STEP.fullmatch(self.part.anchor)
        ):  # a step's own says what it does
            heading = True
            titled = titled or tag == "h1"
            if anchor and tag != "h1":
                self._begin(anchor)
                self.open = [one if STEP.fullmatch(one.anchor) else self.part for one in self.open]
        elif anchor and STEP.fullmatch(anchor):
            self._begin(anchor)
        if text := element.text:
            self.closed = False
            self._add(text, heading, titled)
        for inner in element:
            if inner.tag in VOID:
                if inner.tag == "br":
                    self._add(" ", heading, titled)
            elif _skipped(inner):
                self.closed = True
            else:
                self.read(inner, heading, titled)
            if text := inner.tail:
                self.closed = False
                self._add(text, heading, titled)
        if not inline and not heading:
            self.part.text.append(BREAK)
        self.part = self.open.pop()
        self.closed = True

    def _begin(self, anchor: str) -> None:
        self.part = _Part(anchor)
        self.parts.append(self.part)

    def _add(self, text: str, heading: bool, titled: bool) -> None:
        if not heading:
            self.part.text.append(text)
        elif titled:
            self.title.append(text)
        elif self.part.anchor:
            self.part.heading.append(text)
        else:
            self.part.text.append(text)


def _section(anchor: str, heading: str, text: str) -> Section:
    """The section; a step's text goes on after its name ("Langkah 3. Kasi: …" is "Kasi: …")."""
    return Section(anchor, heading, text.removeprefix(f"{heading}. ") if STEP.fullmatch(anchor) else text)


_BREAKS = re.compile(r"(?:·\s*)+")


def _joined(pieces: list[str]) -> str:
    """Pieces in one line; runs of breaks become one, none at the ends."""
    text = " ".join("".join(pieces).split())
    return _BREAKS.sub("· ", text).strip("· ") if "·" in text else text


def _named(anchor: str) -> str:
    return anchor.replace("-", " ").capitalize()
