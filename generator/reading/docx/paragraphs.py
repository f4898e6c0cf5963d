"""A paragraph of Word → its text as it is seen, how high it is, and what is anchored in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec import Struct

from generator.formats.xlsx.cells import fit
from generator.reading.docx.styles import Style, Styles, on
from generator.reading.office.parts import chosen, number, path
from generator.reading.symbol_fonts import as_seen

LINE = 1.15
"""Height of a line as a share of the size of its type."""
_NARROW, _WIDE = frozenset(" .,:;'!|()[]/\\-ijltfrI1"), frozenset("mwMWGOQ@%")
_UNSEEN = frozenset(("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "footnoteReference"))


class Paragraph(Struct, frozen=True):
    """``text``: with "\\n" at its breaks; ``drawn``: the elements of what is anchored in it, in order."""

    text: str
    style: Style
    drawn: tuple[Element, ...]
    page_breaks: int = 0

    @property
    def words(self) -> str:
        """The text without blanks at its ends and twice."""
        return "\n".join(" ".join(line.split()) for line in self.text.split("\n")).strip()


def paragraph(element: Element, styles: Styles) -> Paragraph:
    style = styles.of(element)
    texts: list[str] = []
    drawn: list[Element] = []
    breaks = 0
    for part, font in _parts(element):
        match part.tag:
            case "t":
                words = fit((part.text or "").replace("\u200b", ""))
                texts.append(as_seen(words, font))
            case "tab" | "ptab":
                texts.append(" ")
            case "br" | "cr":
                if part.get("type") in ("page", "column"):
                    breaks += part.get("type") == "page"
                elif not _CUT.search(texts[-1] if texts else ""):
                    texts.append("\n")
            case "noBreakHyphen":
                texts.append("-")
            case "sym":
                texts.append(as_seen(_sign(part.get("char", "")), part.get("font") or font))
            case "checkBox" | "ddList":
                texts.append(_chosen(part))
            case _:
                drawn.append(part)
    text = "".join(texts)
    marker = styles.marker(style) if text.strip() or style.list else ""
    if marker:
        text = f"{marker} {text}"
    return Paragraph(text, style, tuple(drawn), breaks)


_CUT = re.compile(r"\w/$")
"""A word that is parted behind its slash goes on in the next line: Word itself parts none there."""

_SEEN = frozenset(
    (
        "t",
        "tab",
        "ptab",
        "br",
        "cr",
        "noBreakHyphen",
        "sym",
        "checkBox",
        "ddList",
        "drawing",
        "pict",
        "object",
    )
)


def _parts(element: Element, font: str | None = None) -> Iterator[tuple[Element, str | None]]:
    """What is seen of a paragraph, in order, and the font that its run names."""
    for child in chosen(element):
        if child.tag in _SEEN:
            yield child, font
        elif child.tag not in _UNSEEN and not (child.tag == "r" and _hidden(child)):
            yield from _parts(child, _font(child) if child.tag == "r" else font)


def _font(run: Element) -> str | None:
    named = run.find("rPr/rFonts")
    return None if named is None else named.get("ascii") or named.get("hAnsi")


def _hidden(run: Element) -> bool:
    return on(run.find("rPr/vanish"))


def _chosen(field: Element) -> str:
    """What a field of an old form shows: a box ticked or open, the chosen entry of a list."""
    if field.tag == "checkBox":
        own = field.find("checked")
        return "☑" if on(own if own is not None else field.find("default")) else "☐"
    entries, chosen_ = field.findall("listEntry"), path(field, "result")
    place = int(number(chosen_.get("val"), 0)) if chosen_ is not None else 0
    return entries[place].get("val", "") if 0 <= place < len(entries) else ""


def _sign(code: str) -> str:
    try:
        return chr(int(code, 16)) if code else ""
    except (ValueError, OverflowError):
        return ""


def height(found: Paragraph, width: float) -> float:
    """About how high a paragraph is in a column of this width."""
    style = found.style
    pitch = style.line if style.exact else style.size * LINE * style.line
    room = max(width - style.left, 2 * style.size)
    lines = sum(_lines(line, style, room) for line in found.text.split("\n"))
    return style.before + style.after + lines * pitch


def _lines(text: str, style: Style, room: float) -> int:
    """How many lines a text takes."""
    count, used = 1, 0.0
    for word in text.split(" "):
        wide = wide_as(word, style)
        if used and used + wide > room:
            count, used = count + 1, 0.0
        if wide > room:
            count += int(wide // room)
            wide %= room
        used += wide + 0.28 * style.size
    return count


def wide_as(text: str, style: Style) -> float:
    """About how wide a text is."""
    em = sum(0.3 if c in _NARROW else 0.82 if c in _WIDE else 0.65 if c.isupper() else 0.53 for c in text)
    return em * style.size * (1.07 if style.bold else 1.0)
