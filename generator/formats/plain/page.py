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
_LITERAL = frozenset(["pre", "code"])
_TURNING = _LITERAL | {"ul", "dl", "ol", "li", "dt", "dd", "table", "thead", "tr", "td", "th"}
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
    writer.read(html.replace("<wbr>", ""))
    writer.flush()
    lines = writer.lines
    if address:
        title = next((at for at, line in enumerate(lines) if line.startswith("# ")), -1)
        lines[title + 1 : title + 1] = ["", f"Halaman: <{address}>"]
    return "\n".join(lines).strip("\n") + "\n"


class _Tag(Struct, frozen=True):
    """A tag as it counts here: how many elements deeper what follows stands; whether it ends an element, is
    passed over with what is in it, is part of a line; whether lists and tables turn on it, and whether marks
    may stand around its words; which; what is said in its place; where it leads; whether a cell is more than
    one."""

    name: str
    depth: int
    end: bool
    skipped: bool
    inline: bool
    turns: bool
    marked: bool
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
    end, void = name.startswith("/"), name in VOID or (told.endswith("/") and name != "/")
    mark = "*" if _BADGE in classes else _MARKS.get(name, "")
    address = own.get("href", "") if name == "a" else ""
    return _Tag(
        name.removeprefix("/"),
        0 if void else -1 if end else 1,
        end,
        unseen or name in _PASSED,
        name in INLINE,
        name in _TURNING,
        bool(mark or address or name in _LITERAL),
        mark,
        own.get("alt", "") if name == "img" else drawn,
        address,
        any(own.get(key, "1") != "1" for key in ("colspan", "rowspan")),
    )


@lru_cache(maxsize=8192)
def _told(text: str) -> str:
    """A text between tags as Markdown."""
    return in_line(plain(text))


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
        self.open: list[tuple[_Tag, int, int]] = []
        """The elements that are being read, and where their words begin: in which line, at which word."""
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

    def read(self, html: str) -> None:
        """A whole page."""
        for piece in html.split("<")[1:]:
            written, _, text = piece.partition(">")
            tag = _tag(written)
            if self.passed:
                self.passed += tag.depth
            elif tag.end:
                self._end()
            elif tag.skipped or not tag.depth:
                self.words.append(f" {in_line(tag.said)} ")
                self.passed = tag.depth
            else:
                self._begin(tag)
            if text and not self.passed:
                self.words.append(plain(text) if self.literal else _told(text))
                self.beside = False

    def flush(self, heading: str = "") -> None:
        """The line ends; where it stands in a cell, a part of that does."""
        self.beside = False
        self.number += 1
        if not self.words:
            return
        text = " ".join("".join(self.words).split())
        self.words = []
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
        if not tag.inline and tag.name != "dd":
            self.flush()
        elif self.beside:
            self.words.append(" ")
        if tag.turns:
            self._turn(tag)
        self.open.append((tag, self.number, len(self.words)))
        self.beside = False

    def _turn(self, tag: _Tag) -> None:
        """A list, a table or a part of one begins, or words that are no Markdown."""
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

    def _end(self) -> None:
        if not self.open:
            return
        tag, line, start = self.open.pop()
        name = tag.name
        if tag.marked:
            self.literal -= name in _LITERAL
            if line == self.number:
                self._mark(tag, start)
        if not tag.inline and name != "dt":
            self.flush(f"{'#' * int(name[1])} " if name in HEADINGS else "")
        if tag.turns:
            self._turn_back(name)
        self.beside = tag.inline

    def _turn_back(self, name: str) -> None:
        """What began in ``_turn`` ends."""
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

    def _mark(self, tag: _Tag, start: int) -> None:
        """What stands around the words of an element that ends."""
        words = "".join(self.words[start:])
        text = words.strip()
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
        before, after = " " if words[0].isspace() else "", " " if words[-1].isspace() else ""
        self.words[start:] = [before, text, after]

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
