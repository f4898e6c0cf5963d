"""Content of a page (HTML with every tag closed) → its twin: Markdown (CommonMark, tables as on GitHub).

What templates say once is not said again for machines. Drawings go by their names; what only works in a
browser (fields, buttons, the way through the site) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from generator.formats.plain.markdown import at_beginning, in_line
from generator.search.pages import HEADINGS, INLINE, SKIPPED, VOID
from generator.search.tags import attributes, named, plain

TWIN = "index.md.txt"
"""Name of the twin of a page, in the folder of that."""
_PASSED = SKIPPED | {"form", "textarea"}
_IGNORED = frozenset(["headerlink", "alur"])
"""Classes of what is not told: marks beside headings, the table of a flow, whose words the steps repeat."""
_MARKS = {"strong": "**", "b": "**", "dt": "**", "summary": "**", "em": "*", "i": "*", "code": "`"}
_ALOUD = "hanya-pembaca-layar"
"""Class of what is heard and not seen."""
_BADGE = "lencana"
"""Class of words that stand for themselves beside others."""
_UNSAFE = re.compile(r"[\s()<>\\]")


def twin_of(page: str) -> str:
    """The twin of a page; both by the names of their files."""
    return page.removesuffix("index.html") + TWIN


def page_markdown(html: str, address: str = "") -> str:
    """The twin of a page, given its content. ``address`` is where the page lies, "" if that is not known."""
    writer = _Writer()
    for piece in html.replace("<wbr>", "").split("<")[1:]:
        written, _, text = piece.partition(">")
        writer.read(written, text)
    writer.flush()
    lines = writer.lines
    if address:
        title = next((at for at, line in enumerate(lines) if line.startswith("# ")), -1)
        lines[title + 1 : title + 1] = ["", f"Halaman: <{address}>"]
    return "\n".join(lines).strip("\n") + "\n"


class _Tag(Struct, frozen=True):
    """A tag as it counts here: whether it ends an element, has none, is passed over with what is in it; what
    stands around its words; what is said in its place; where it leads; whether a cell is more than one."""

    name: str
    end: bool
    void: bool
    skipped: bool
    mark: str
    said: str
    address: str
    wide: bool


@lru_cache(maxsize=8192)
def _tag(written: str) -> _Tag:
    name, told = named(written)
    own = attributes(told)
    classes = own.get("class", "").split()
    unseen = name == "caption" and _ALOUD in classes  # the heading above says the same
    unseen |= "hidden" in own or own.get("aria-hidden") == "true" or not _IGNORED.isdisjoint(classes)
    drawn = "" if unseen or own.get("role") != "img" else own.get("aria-label", "")
    return _Tag(
        name.removeprefix("/"),
        name.startswith("/"),
        name in VOID or (told.endswith("/") and name != "/"),
        unseen or name in _PASSED,
        "*" if _BADGE in classes else _MARKS.get(name, ""),
        own.get("alt", "") if name == "img" else drawn,
        own.get("href", "") if name == "a" else "",
        any(own.get(key, "1") != "1" for key in ("colspan", "rowspan")),
    )


class _Open(Struct, frozen=True):
    """An element that is being read, and where its words begin: in the line ``line``, at ``start``."""

    tag: _Tag
    line: int
    start: int


class _Table(Struct):
    """A table that is being read: how many of its rows are headings, whether a cell is more than one, and
    what stands in the cell so far, None between two cells."""

    rows: list[list[str]]
    heads: int = 0
    wide: bool = False
    cell: list[str] | None = None


class _Writer:
    """The lines of the twin so far, and the words of the line that is being read."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.words: list[str] = []
        self.number = 0
        """How many lines have ended."""
        self.open: list[_Open] = []
        self.passed = 0
        """How many elements are open that are passed over."""
        self.lists: list[int | None] = []
        """The number of the last item of each open list, None of one without numbers."""
        self.items: list[str] = []
        """What the next line of each open list item begins with: its mark, once, then room."""
        self.listed = False
        """Whether the last line stands in a list."""
        self.tables: list[_Table] = []
        self.literal = 0
        """How many elements are open whose words are no Markdown."""
        self.beside = False
        """Whether an element ended just before: two side by side are two words, "<b>tebal</b>nya" is one."""

    def read(self, written: str, text: str) -> None:
        """A tag and the text after it."""
        tag = _tag(written)
        if self.passed:
            self.passed += 0 if tag.void else -1 if tag.end else 1
        elif tag.end:
            self._end()
        elif tag.void or tag.skipped:
            self.words.append(f" {in_line(tag.said)} ")
            self.passed = 0 if tag.void else 1
        else:
            self._begin(tag)
        if text and not self.passed:
            self.words.append(plain(text) if self.literal else in_line(plain(text)))
            self.beside = False

    def flush(self, heading: str = "") -> None:
        """The line ends; where it stands in a cell, a part of that does."""
        text = " ".join("".join(self.words).split())
        self.words, self.beside = [], False
        self.number += 1
        cell = self.tables[-1].cell if self.tables else None
        if text and cell is not None:
            cell.append(text)
        elif text:
            self._put([heading + text if heading else at_beginning(text)])

    def _put(self, lines: Iterable[str]) -> None:
        """A block, below a blank line if it does not go on with a list."""
        if not (self.listed and self.items and self.items[-1].strip()):
            self.lines.append("")
        for line in lines:
            self.lines.append(("".join(self.items) + line).rstrip())
            self.items = [" " * len(mark) for mark in self.items]
        self.listed = bool(self.items)

    def _item(self) -> None:
        """An item of a list begins."""
        number = self.lists[-1] if self.lists else None
        if number is not None:
            self.lists[-1] = number + 1
        self.items.append("- " if number is None else f"{number + 1}. ")

    def _begin(self, tag: _Tag) -> None:
        if tag.name not in INLINE and tag.name != "dd":
            self.flush()
        elif self.beside:
            self.words.append(" ")
        match tag.name:
            case "ul" | "dl" | "ol":
                self.lists.append(0 if tag.name == "ol" else None)
            case "li" | "dd":
                self._item()
            case "table":
                self.tables.append(_Table([]))
            case "tr" if self.tables:
                self.tables[-1].rows.append([])
            case "td" | "th" if self.tables:
                self.tables[-1].cell = []
                self.tables[-1].wide |= tag.wide
            case "pre" | "code":
                self.literal += 1
        self.open.append(_Open(tag, self.number, len(self.words)))
        self.beside = False

    def _end(self) -> None:
        if not self.open:
            return
        one = self.open.pop()
        name = one.tag.name
        self.literal -= name in ("pre", "code")
        if one.line == self.number:
            self._mark(one)
        if name not in INLINE and name != "dt":
            self.flush(f"{'#' * int(name[1])} " if name in HEADINGS else "")
        match name:
            case "dt":
                self.words.append(": ")
            case "ul" | "dl" | "ol":
                self.lists.pop()
            case "li" | "dd":
                self.items.pop()
            case "td" | "th" if self.tables and self.tables[-1].rows:
                self.tables[-1].rows[-1].append("; ".join(self.tables[-1].cell or ()))
                self.tables[-1].cell = None
            case "thead" if self.tables:
                self.tables[-1].heads = len(self.tables[-1].rows)
            case "table":
                self._table(self.tables.pop())
        self.beside = name in INLINE

    def _mark(self, one: _Open) -> None:
        """What stands around the words of an element that ends."""
        words = "".join(self.words[one.start :])
        text, tag = words.strip(), one.tag
        if not text or (self.literal and tag.name != "pre"):
            return
        if tag.name == "pre":
            fence = _fence(words, 3)
            self.words = []
            self._put([fence, *words.strip("\n").split("\n"), fence])
            return
        if tag.name == "code":
            text = f"{_fence(text)} {text} {_fence(text)}" if "`" in text else f"`{text}`"
            text = text.replace("|", "\\|") if self.tables else text
        elif tag.address:
            text = f"[{text}]({_UNSAFE.sub(lambda found: f'%{ord(found[0]):02X}', tag.address)})"
        elif tag.mark:
            text = f"{tag.mark}{text}{tag.mark}"
        before, after = (" " if words[at].isspace() else "" for at in (0, -1))
        self.words[one.start :] = [before, text, after]

    def _table(self, table: _Table) -> None:
        """A table that has ended; one that Markdown has no words for, row by row."""
        rows = [row for row in table.rows if any(row)]
        if self.tables and self.tables[-1].cell is not None:
            self.tables[-1].cell += ["; ".join(filter(None, row)) for row in rows]
        elif table.heads == 1 and not table.wide:
            width = max(map(len, rows), default=0)
            lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
            self._put([*lines[:1], f"|{' --- |' * width}", *lines[1:]])
        else:
            for row in rows:
                self.items.append("- ")
                self._put(["; ".join(filter(None, row))])
                self.items.pop()


def _fence(text: str, least: int = 1) -> str:
    """More backticks than stand in a row in a text."""
    return "`" * max([least, *(len(run) + 1 for run in re.findall("`+", text))])
