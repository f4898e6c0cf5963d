"""HTML page → ``Page``: its title, its sections with their anchors, its facets.

Attributes are those of Pagefind: the page's body is ``data-pagefind-body`` (else ``article``, ``main``,
``body``), what stands under ``data-pagefind-ignore`` is left out, ``data-pagefind-filter="unit:Bidang A"``
gives a facet. A section begins at a heading with an id; a list item or element with an id ``langkah-3`` is a
section of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

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
IGNORED = frozenset(["headerlink", "alur", "keadaan"])
"""Classes of what is not read: marks beside headings, the table of a flow, whose words the steps
repeat, and the banner that every SOP has."""
BREAK = " · "
_LARGE = re.compile(r"<svg\b(?:(?!<svg\b).)*?</svg>|<table class=\"alur\".*?</table>", re.DOTALL)
"""What is passed over whole, as most of a page is drawing; the reader passes over what this leaves."""


@dataclass(frozen=True, slots=True)
class Section:
    """Text under one anchor; "" is the part before the first."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """What is searched on one page. ``url`` is relative to the site's root ("sop/surat/")."""

    url: str
    title: str
    sections: tuple[Section, ...]
    facets: tuple[tuple[str, str], ...]


@dataclass
class _Part:
    anchor: str
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


@dataclass
class _Open:
    tag: str
    skipped: bool
    body: bool
    part: _Part
    """The section to return to when the element ends."""
    heading: bool = False


class _Reader(HTMLParser):
    def __init__(self, marked: str) -> None:
        super().__init__(convert_charrefs=True)
        self.marked = marked
        self.stack: list[_Open] = []
        self.parts = [_Part("")]
        self.part = self.parts[0]
        self.facets: list[tuple[str, str]] = []
        self.title: list[str] = []
        self.document_title: list[str] = []
        self.hidden = False
        self.closed = False
        """Whether an element ended just before: two side by side are two words, "<b>tebal</b>nya" is one."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        top = self.stack[-1] if self.stack else _Open("", False, False, self.part)
        if tag == "meta" and given.get("name") == "robots" and "noindex" in given.get("content", ""):
            self.hidden = True
        body = top.body or self._is_body(tag, given)
        if body and "data-pagefind-filter" in given:
            name, _, value = given["data-pagefind-filter"].partition(":")
            if value.strip():
                self.facets.append((name.strip(), value.strip()))
        if tag in VOID:
            if tag == "br" and body:
                self._text(" ")
            return
        skipped = top.skipped or tag in SKIPPED or self._is_skipped(given)
        entry = _Open(tag, skipped, body, self.part, top.heading)
        self.stack.append(entry)
        if skipped or not body:
            return
        if tag not in INLINE:
            self._text(BREAK)
        elif self.closed:
            self._text(" ")
        anchor = given.get("id", "")
        if tag in HEADINGS:
            entry.heading = True
            if anchor and tag != "h1":
                self._begin(anchor)
                entry.part = self.part
                for outer in self.stack:
                    if not STEP.fullmatch(outer.part.anchor):
                        outer.part = self.part
        elif STEP.fullmatch(anchor):
            self._begin(anchor)

    def handle_endtag(self, tag: str) -> None:
        at = next((i for i in range(len(self.stack) - 1, -1, -1) if self.stack[i].tag == tag), None)
        if at is None:
            return
        closed = self.stack[at]
        if not closed.skipped and closed.body and tag not in INLINE and not closed.heading:
            self._text(BREAK)
        self.part = closed.part
        del self.stack[at:]
        self.closed = True

    def handle_data(self, data: str) -> None:
        self.closed = False
        if self.stack and self.stack[-1].tag == "title" and "svg" not in {o.tag for o in self.stack}:
            self.document_title.append(data)
        self._text(data)

    def _begin(self, anchor: str) -> None:
        self.part = _Part(anchor)
        self.parts.append(self.part)

    def _text(self, data: str) -> None:
        top = self.stack[-1] if self.stack else None
        if top is None or top.skipped or not top.body:
            return
        if top.heading and any(entry.tag == "h1" for entry in self.stack):
            self.title.append(data)
        elif top.heading and self.part.anchor:
            self.part.heading.append(data)
        else:
            self.part.text.append(data)

    def _is_body(self, tag: str, given: dict[str, str]) -> bool:
        return "data-pagefind-body" in given if self.marked == "" else tag == self.marked

    def _is_skipped(self, given: dict[str, str]) -> bool:
        return (
            "data-pagefind-ignore" in given
            or "hidden" in given
            or given.get("aria-hidden") == "true"
            or bool(IGNORED & set(given.get("class", "").split()))
        )


def read_page(html: str, url: str) -> Page | None:
    """What is searched on a page; None: the page asks not to be found (robots noindex) or has no text."""
    marked = next(
        (
            tag
            for tag, sign in (("", "data-pagefind-body"), ("article", "<article"), ("main", "<main"))
            if sign in html
        ),
        "body",
    )
    reader = _Reader(marked)
    reader.feed(_LARGE.sub("", html))
    reader.close()
    if reader.hidden:
        return None
    sections = tuple(
        _section(part.anchor, _joined(part.heading) or _named(part.anchor), _joined(part.text))
        for part in reader.parts
    )
    sections = tuple(section for section in sections if section.text or section.anchor)
    title = _joined(reader.title) or _joined(reader.document_title)
    if not title and not any(section.text for section in sections):
        return None
    return Page(url, title or url, sections, tuple(sorted(set(reader.facets))))


def _section(anchor: str, heading: str, text: str) -> Section:
    """The section; a step's text goes on after its name ("Langkah 3. Kasi: …" is "Kasi: …")."""
    return Section(anchor, heading, text.removeprefix(f"{heading}. ") if STEP.fullmatch(anchor) else text)


def _joined(pieces: list[str]) -> str:
    """Pieces in one line; runs of breaks become one, none at the ends."""
    text = " ".join("".join(pieces).split())
    return re.sub(r"(?:·\s*)+", "· ", text).strip("· ")


def _named(anchor: str) -> str:
    return anchor.replace("-", " ").capitalize()
