"""HTML page → ``SearchPage``: its title, its sections with their anchors, its facets.

Attributes are those of Pagefind: the page's body is ``data-pagefind-body`` (else ``article``, ``main``,
``body``), what stands under ``data-pagefind-ignore`` is left out, ``data-pagefind-filter="unit:Bidang A"``
gives a facet. A section begins at a heading with an id; a list item or element with an id ``langkah-3`` is a
section of its own.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from msgspec import Struct

from generator.search.tags import attributes, closed, named, plain

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
IGNORED = frozenset(["headerlink", "alur", "keadaan", "langkah-arah", "langkah-tautan"])
"""Classes of what is not read: marks beside headings, the table of a flow, whose words the steps
repeat, the banner that every SOP has, where a step leads (its numbers are no content) and its links."""
BREAK = " · "
_DRAWING = re.compile(r"<svg\b[^<]*+(?:<(?!/?svg\b)[^<]*+)*+</svg>")
"""What is passed over whole, as most of a page is drawing; the walk passes over what this leaves."""


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


def read_page(html: str, url: str, ours: bool = False) -> SearchPage | None:
    """What is searched on a page; None: the page asks not to be found (robots noindex) or has no text.
    ``ours``: our templates made its body (see ``tags``)."""
    if _asks_not_to_be_found(html, ours):
        return None
    sign = next(sign for sign in _SIGNS if sign in html)
    body = _cut(html, sign)
    reader = _Reader(sign)
    reader.read(body if ours else closed(body))
    sections = tuple(
        _section(part.anchor, _joined(part.heading) or _named(part.anchor), _joined(part.text))
        for part in reader.parts
    )
    sections = tuple(section for section in sections if section.text or section.anchor)
    title = _joined(reader.title) or _document_title(html)
    if not title and not any(section.text for section in sections):
        return None
    return SearchPage(url, title or url, sections, tuple(sorted(reader.facets)))


_SIGNS = ("data-pagefind-body", "<article", "<main", "")
"""Signs that a page has a body, the strongest first; "" is any page."""
_ROBOTS = ("robots", "pagefind")


def _cut(html: str, sign: str) -> str:
    """The part of a page that may hold its body, without drawings."""
    if sign.startswith("<") and (end := html.rfind(f"</{sign[1:]}>")) > 0:
        html = html[html.find(sign) : end] + f"</{sign[1:]}>"
    html = html.replace("<wbr>", "")  # lxml takes it for an element that is never closed
    return _DRAWING.sub("", _without(html, '<table class="alur', "</table>"))


def _without(html: str, begin: str, end: str) -> str:
    """The page without what stands between these, and without them."""
    first, *rest = html.split(begin)
    return "".join([first, *(piece.partition(end)[2] for piece in rest)])


def _asks_not_to_be_found(html: str, ours: bool) -> bool:
    """Said in the head; the body need not be read for it."""
    head, end, _ = html.partition("</head>")
    if "noindex" not in head:
        return False
    head = head if ours else closed(head + end)
    told = (named(piece.partition(">")[0]) for piece in head.split("<"))
    metas = (attributes(rest) for name, rest in told if name == "meta")
    return any(one.get("name") in _ROBOTS and "noindex" in one.get("content", "") for one in metas)


def _document_title(html: str) -> str:
    told, drawings = list[str](), 0
    for piece in closed(html).split("<"):
        written, _, text = piece.partition(">")
        match _tag(written).name:
            case "svg":
                drawings += not written.endswith("/")
            case "/svg":
                drawings -= 1
            case "title" if not drawings:
                told.append(plain(text))
    return _joined(told)


class _Tag(Struct, frozen=True):
    """A tag as it counts here: an end, an element without one, or a beginning (``whole``: that ends at once)
    whose element is passed over with all that is in it, is part of a line, or is a heading; its id; the facet
    that it gives."""

    name: str
    end: bool
    void: bool
    whole: bool
    skipped: bool
    inline: bool
    heading: bool
    anchor: str
    facet: tuple[str, str] | None


@lru_cache(maxsize=8192)
def _tag(written: str) -> _Tag:
    name, told = named(written)
    own = attributes(told)
    skipped = (
        name in SKIPPED
        or "data-pagefind-ignore" in own
        or "hidden" in own
        or own.get("aria-hidden") == "true"
        or not IGNORED.isdisjoint(own.get("class", "").split())
    )
    key, _, value = own.get("data-pagefind-filter", "").partition(":")
    facet = (key.strip(), value.strip()) if value.strip() else None
    kind = (name.startswith("/"), name in VOID, told.endswith("/"))
    return _Tag(name, *kind, skipped, name in INLINE, name in HEADINGS, own.get("id", ""), facet)


class _Open(Struct, frozen=True):
    """An element that is being read: inside a heading, inside the page's own, part of a line; the section to
    return to when it ends."""

    heading: bool
    titled: bool
    inline: bool


_NONE = _Open(False, False, False)


class _Reader:
    """The words of elements in their order, under the anchors that they stand under, and the facets of all.
    ``sign`` tells which element is the body."""

    def __init__(self, sign: str) -> None:
        self.parts = [_Part("")]
        self.part = self.parts[0]
        self.title: list[str] = []
        self.facets: set[tuple[str, str]] = set()
        self.sign = sign
        self.around: list[bool] = []
        """For each open element outside the body, whether it is passed over."""
        self.passed = 0
        """How many elements are open that are passed over, in the body."""
        self.open: list[_Open] = []
        self.back: list[_Part] = []
        """For each open element the section to return to when it ends."""
        self.closed = False
        """Whether an element ended just before: two side by side are two words, "<b>tebal</b>nya" is one."""

    def read(self, html: str) -> None:
        """A whole page."""
        for piece in html.split("<")[1:]:
            written, _, text = piece.partition(">")
            tag = _tag(written)
            if self.passed and not tag.facet:
                self.passed += 0 if tag.void or tag.whole else -1 if tag.end else 1
                if self.passed:
                    continue
                self.closed = True
            elif tag.end:
                self._end()
            elif tag.void:
                self._void(tag)
            else:
                self._begin(tag, written)
                if tag.whole:
                    self._end()
            if text and self.open and not self.passed:
                self.closed = False
                self._add(plain(text), self.open[-1])

    def _void(self, tag: _Tag) -> None:
        if not (self.open or self.passed):
            return
        if tag.facet:
            self.facets.add(tag.facet)
        if tag.name == "br" and not self.passed:
            self._add(" ", self.open[-1])

    def _begin(self, tag: _Tag, written: str) -> None:
        body = not self.open and not self.passed
        if body and not self._is_body(tag, written):
            self.around.append(tag.skipped)
            return
        if tag.facet:
            self.facets.add(tag.facet)
        if self.passed or tag.skipped or (body and any(self.around)):
            self.passed += 1
            return
        above = self.open[-1] if self.open else _NONE
        self.back.append(self.part)
        if not tag.inline:
            self._add(BREAK, above)
        elif self.closed:
            self._add(" ", above)
        heading, titled = above.heading, above.titled
        if tag.heading and (
            tag.anchor or not STEP.fullmatch(self.part.anchor)
        ):  # a step's own says what it does
            heading, titled = True, titled or tag.name == "h1"
            if tag.anchor and tag.name != "h1":
                self._section(tag.anchor)
                self.back = [one if STEP.fullmatch(one.anchor) else self.part for one in self.back]
        elif tag.anchor and STEP.fullmatch(tag.anchor):
            self._section(tag.anchor)
        self.open.append(_Open(heading, titled, tag.inline))

    def _end(self) -> None:
        if self.passed:
            self.passed -= 1
            self.closed = True
        elif self.open:
            ended = self.open.pop()
            if not ended.inline and not ended.heading:
                self.part.text.append(BREAK)
            self.part = self.back.pop()
            self.closed = True
        elif self.around:
            self.around.pop()

    def _is_body(self, tag: _Tag, written: str) -> bool:
        if self.sign == _SIGNS[0]:
            return self.sign in attributes(named(written)[1])
        return tag.name == (self.sign[1:] or "body")

    def _section(self, anchor: str) -> None:
        self.part = _Part(anchor)
        self.parts.append(self.part)

    def _add(self, text: str, inside: _Open) -> None:
        if not inside.heading:
            self.part.text.append(text)
        elif inside.titled:
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
