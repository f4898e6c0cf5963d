"""Styles and list numbers of a Word file → how large the type of a paragraph is, and which marker it has."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from msgspec import Struct

from generator.reading.office.parts import Parts, number, path

_DEEP = 20
"""So many styles may rest on one another."""


class Style(Struct, frozen=True):
    """What matters of a paragraph's look: type and spacing in points, its list."""

    size: float = 11.0
    bold: bool = False
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    """Distance of lines as a share of the usual one; with ``exact``, in points."""
    exact: bool = False
    side: str = "left"
    left: float = 0.0
    list: tuple[str, int] | None = None
    """Id of the list and the level in it."""
    page_break: bool = False


class Level(Struct, frozen=True):
    form: str
    text: str
    start: int


class Styles(Struct):
    """The styles and lists of one document; ``counts`` holds how far its lists have come."""

    base: Style
    known: Mapping[str, Element]
    usual: str
    levels: Mapping[str, Mapping[int, Level]]
    counts: dict[str, dict[int, int]] = {}

    def of(self, paragraph: Element) -> Style:
        """The style of a paragraph, its own settings last."""
        own = paragraph.find("pPr")
        name = path(own, "pStyle")
        style = self._named(name.get("val", "") if name is not None else self.usual, 0)
        return _with(_with(style, own), own, paragraph.find("r/rPr"))

    def _named(self, name: str, depth: int) -> Style:
        element = self.known.get(name)
        if element is None or depth > _DEEP:
            return self.base
        below = element.find("basedOn")
        style = self._named(below.get("val", ""), depth + 1) if below is not None else self.base
        return _with(style, element.find("pPr"), element.find("rPr"))

    def marker(self, style: Style) -> str:
        """The marker of a paragraph of a list, counted on."""
        if style.list is None:
            return ""
        name, level = style.list
        levels = self.levels.get(name, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(name, {})
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        if levels[level].form in ("bullet", "none"):
            return levels[level].text if levels[level].form == "bullet" else ""
        text = levels[level].text
        for n in range(level + 1):
            if n in levels:
                text = text.replace(f"%{n + 1}", counted(counts.get(n, levels[n].start), levels[n].form))
        return text


def styles(parts: Parts, related: Mapping[str, tuple[str, str]]) -> Styles:
    """What a document says of its styles and lists."""
    part = dict(related.values())
    root = parts.tree(part.get("styles", ""))
    lists = parts.tree(part.get("numbering", ""))
    base = Style(size=10.0)
    known: dict[str, Element] = {}
    usual = ""
    if root is not None:
        defaults = path(root, "docDefaults")
        base = _with(base, path(defaults, "pPrDefault", "pPr"), path(defaults, "rPrDefault", "rPr"))
        for style in root.iterfind("style"):
            known[style.get("styleId", "")] = style
            if style.get("type") == "paragraph" and style.get("default") in ("1", "true", "on"):
                usual = style.get("styleId", "")
    return Styles(base, known, usual, _levels(lists))


def _with(style: Style, own: Element | None, run: Element | None = None) -> Style:
    """A style with settings laid over it."""
    spacing, aligned, indent = path(own, "spacing"), path(own, "jc"), path(own, "ind")
    lists, broken = path(own, "numPr"), path(own, "pageBreakBefore")
    size, bold = path(run, "sz"), path(run, "b")
    line, exact = style.line, style.exact
    if spacing is not None and spacing.get("line"):
        exact = spacing.get("lineRule") == "exact"
        line = number(spacing.get("line"), 240) / (20 if exact else 240)
        if spacing.get("lineRule") == "atLeast":
            line = 1.0
    left = indent.get("left") or indent.get("start") if indent is not None else None
    return Style(
        size=number(size.get("val"), 2 * style.size) / 2 if size is not None else style.size,
        bold=on(bold) if bold is not None else style.bold,
        before=_points(spacing, "before", style.before),
        after=_points(spacing, "after", style.after),
        line=line,
        exact=exact,
        side=aligned.get("val", "left") if aligned is not None else style.side,
        left=number(left, 0) / 20 if left else style.left,
        list=_list(lists) if lists is not None else style.list,
        page_break=on(broken) if broken is not None else style.page_break,
    )


def on(element: Element | None) -> bool:
    """Whether a switch that is there is on."""
    return element is not None and element.get("val", "1") not in ("0", "false", "off")


def _points(element: Element | None, key: str, otherwise: float) -> float:
    if element is None or element.get(key) is None:
        return otherwise
    return min(max(number(element.get(key)) / 20, 0.0), 1_000.0)


def _list(element: Element) -> tuple[str, int] | None:
    name, level = element.find("numId"), element.find("ilvl")
    said = name.get("val", "0") if name is not None else "0"
    return None if said == "0" else (said, int(number(level.get("val"))) if level is not None else 0)


def _levels(root: Element | None) -> dict[str, dict[int, Level]]:
    """The levels of each list by its id."""
    if root is None:
        return {}
    abstract = {
        one.get("abstractNumId", ""): {
            int(number(level.get("ilvl"))): _level(level) for level in one.iterfind("lvl")
        }
        for one in root.iterfind("abstractNum")
    }
    found = {}
    for one in root.iterfind("num"):
        name = one.find("abstractNumId")
        levels = dict(abstract.get(name.get("val", "") if name is not None else "", {}))
        for other in one.iterfind("lvlOverride"):
            n, start = int(number(other.get("ilvl"))), other.find("startOverride")
            if n in levels and start is not None:
                levels[n] = Level(levels[n].form, levels[n].text, int(number(start.get("val"), 1)))
        found[one.get("numId", "")] = levels
    return found


def _level(element: Element) -> Level:
    form, text, start = element.find("numFmt"), element.find("lvlText"), element.find("start")
    return Level(
        form.get("val", "decimal") if form is not None else "decimal",
        text.get("val", "") if text is not None else "",
        int(number(start.get("val"), 1)) if start is not None else 1,
    )


def counted(n: int, form: str) -> str:
    """A number of a list as it is written."""
    if form in ("lowerLetter", "upperLetter") and n > 0:
        letter = chr(ord("a") + (n - 1) % 26) * min((n - 1) // 26 + 1, 5)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < n < 4_000:
        found = ""
        for value, sign in zip(
            _ROMAN, ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"], strict=True
        ):
            found += sign * (n // value)
            n %= value
        return found if form == "lowerRoman" else found.upper()
    return f"{n:02}" if form == "decimalZero" else str(n)


_ROMAN = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
