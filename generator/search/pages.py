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
from html import unescape

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
    ["a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "ins", "kbd"]
) | frozenset(["mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "time"])
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
_IGNORE, _FACET = " data-pagefind-ignore>", " data-pagefind-filter="
_ROBOTS = ("robots", "pagefind")


def _cut(html: str, sign: str) -> str:
    """The part of a page that may hold its body, without drawings."""
    if sign.startswith("<") and (end := html.rfind(f"</{sign[1:]}>")) > 0:
        html = html[html.find(sign) : end] + f"</{sign[1:]}>"
    html = _DRAWING.sub("", _without(html, '<table class="alur', "</table>"))
    return _emptied(html.replace("<wbr>", ""))  # lxml takes it for an element that is never closed


def _emptied(html: str) -> str:
    """The page without what is in elements that ask to be passed over, where their end is plain to see."""
    first, *rest = html.split(_IGNORE)
    kept = [first]
    for piece in rest:
        name = kept[-1].rpartition("<")[2].partition(" ")[0]
        inner, end, after = piece.partition(f"</{name}>")
        plain_to_see = end and f"<{name}" not in inner and _FACET not in inner
        kept.append(f"{_IGNORE}{end}{after}" if plain_to_see else f"{_IGNORE}{piece}")
    return "".join(kept)


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
    """A tag as it counts here: how many elements deeper what follows stands, whether its element has no end
    or ends at once (``whole``), is passed over with all that is in it, is part of a line, or is a heading;
    its id; the facet that it gives. ``usual``: its element begins as most do, with no more than a line."""

    name: str
    depth: int
    void: bool
    whole: bool
    skipped: bool
    inline: bool
    heading: bool
    anchor: str
    facet: tuple[str, str] | None
    usual: bool


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
    void, whole, heading, anchor = name in VOID, told.endswith("/"), name in HEADINGS, own.get("id", "")
    depth = -1 if name.startswith("/") else 0 if void or whole else 1
    usual = depth == 1 and not (skipped or heading or facet or STEP.fullmatch(anchor))
    return _Tag(name, depth, void, whole, skipped, name in INLINE, heading, anchor, facet, usual)


class _Marked(Struct):
    """A heading, a step or the body that is being read: the section to return to when it ends, and whether
    that stands inside a heading, and inside the page's own."""

    part: _Part
    heading: bool
    titled: bool
    inline: bool


class _Reader:
    """The words of elements in their order, under the anchors that they stand under, and the facets of all.
    ``sign`` tells which element is the body."""

    def __init__(self, sign: str) -> None:
        self.parts = [_Part("")]
        self.part = self.parts[0]
        self.heading = self.titled = False
        """Whether what comes stands inside a heading, and inside the page's own."""
        self.words = self.part.text
        """Where its words go."""
        self.title: list[str] = []
        self.facets: set[tuple[str, str]] = set()
        self.sign = sign
        self.around: list[bool] = []
        """For each open element outside the body, whether it is passed over."""
        self.passed = 0
        """How many elements are open that are passed over, in the body."""
        self.open: list[bool | _Marked] = []
        """The elements that are being read: of the usual ones, whether their end is none of a line."""
        self.closed = False
        """Whether an element ended just before: two side by side are two words, "<b>tebal</b>nya" is one."""

    def read(self, html: str) -> None:
        """A whole page."""
        for piece in html.split("<")[1:]:
            written, _, text = piece.partition(">")
            tag = _tag(written)
            if self.passed:
                self.passed += tag.depth
                if tag.facet:
                    self.facets.add(tag.facet)
                if self.passed:
                    continue
                self.closed = True
            elif not self.open:
                self._outside(tag, written)
            elif tag.usual:
                if not tag.inline:
                    self.words.append(BREAK)
                elif self.closed:
                    self.words.append(" ")
                self.open.append(tag.inline or self.heading)
            elif tag.depth < 0:
                self._end()
            else:
                self._begin(tag)
            if text and self.open and not self.passed:
                self.closed = False
                self.words.append(unescape(text) if "&" in text else text)

    def _outside(self, tag: _Tag, written: str) -> None:
        """A tag outside the body, or that with which it begins."""
        if tag.depth < 0:
            self.around = self.around[:-1]
        elif not tag.void:
            if self._is_body(tag, written):
                self._begin(tag)
            elif not tag.whole:
                self.around.append(tag.skipped)

    def _is_body(self, tag: _Tag, written: str) -> bool:
        if self.sign == _SIGNS[0]:
            return self.sign in attributes(named(written)[1])
        return tag.name == (self.sign[1:] or "body")

    def _begin(self, tag: _Tag) -> None:
        if tag.facet:
            self.facets.add(tag.facet)
        if tag.void:
            self.words += [" "] if tag.name == "br" else []
            return
        if tag.skipped or (not self.open and any(self.around)):
            self.passed, self.closed = tag.depth, self.closed or tag.whole
            return
        if not tag.inline:
            self.words.append(BREAK)
        elif self.closed:
            self.words.append(" ")
        self.open.append(_Marked(self.part, self.heading, self.titled, tag.inline))
        step = STEP.fullmatch
        if tag.heading and (tag.anchor or not step(self.part.anchor)):  # a step's own says what it does
            self.heading, self.titled = True, self.titled or tag.name == "h1"
            if tag.anchor and tag.name != "h1":
                self._section(tag.anchor)
                for one in self.open:
                    if isinstance(one, _Marked) and not step(one.part.anchor):
                        one.part = self.part
        elif step(tag.anchor):
            self._section(tag.anchor)
        self.words = self._place()
        if tag.whole:
            self._end()

    def _end(self) -> None:
        """The element ends that began last."""
        ended = self.open.pop()
        if ended is False:
            self.words.append(BREAK)
        elif ended is not True:
            if not (ended.inline or self.heading):
                self.words.append(BREAK)
            self.part, self.heading, self.titled = ended.part, ended.heading, ended.titled
            self.words = self._place()
        self.closed = True

    def _section(self, anchor: str) -> None:
        self.part = _Part(anchor)
        self.parts.append(self.part)

    def _place(self) -> list[str]:
        """Where words go."""
        if self.titled:
            return self.title
        return self.part.heading if self.heading and self.part.anchor else self.part.text


def _section(anchor: str, heading: str, text: str) -> Section:
    """The section; a step's text goes on after its name ("Langkah 3. Kasi: …" is "Kasi: …")."""
    return Section(anchor, heading, text.removeprefix(f"{heading}. ") if STEP.fullmatch(anchor) else text)


def _joined(pieces: list[str]) -> str:
    """Pieces in one line; runs of breaks become one, none at the ends."""
    text = " ".join("".join(pieces).split())
    if "·" not in text:
        return text
    first, *rest = text.split("·")
    return "· ".join([first, *filter(None, map(str.lstrip, rest))]).strip("· ")


def _named(anchor: str) -> str:
    return anchor.replace("-", " ").capitalize()
