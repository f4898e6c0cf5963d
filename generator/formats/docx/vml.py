"""A shape → its copy in VML, for readers that do not know DrawingML (docx-preview, mammoth, mail).

Of VML they draw rectangles, ovals and straight lines, no paths, no text in these and no heads of lines. So a
way and a slanting outline are lines, a capsule is an oval, text has a shape of its own, and an arrow head is
two short lines too. Lengths in points, from the left of the cell and the top of its paragraph.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.figure.outline import At
from generator.form.symbols import ARROW
from generator.formats.docx.xml import NONE, Xml, joined, words

_HEAD = 6.0
"""Length of an arrow head in widths of its line."""


def box(kind: str, at: At, size: At, line: float, told: str, text: Xml, number: int) -> Xml:
    """A ``rect`` or an ``oval``, white, with its text; ``line`` is its line's width, 0: only the text."""
    if not line:
        return said(at, size, text, told, number)
    shape = Xml(
        f'<v:{kind} id="_x0000_s{number}"{_alt(told)} style="{_place(at, size, number)}" fillcolor="white"'
        f"{_weight(line)}>{_stroke()}</v:{kind}>"
    )
    return joined((shape, said(at, size, text, "", number))) if text else shape


def said(at: At, size: At, text: Xml, told: str, number: int) -> Xml:
    """The text of a shape, in one of its own without line and ground."""
    return Xml(
        f'<v:shape id="_x0000_s{number}_t"{_alt(told)} style="{_place(at, size, number)}" coordsize="1,1" '
        'path="m,l1,,1,1,,1xe" filled="f" stroked="f">'
        f'<v:textbox inset="0,0,0,0">{text}</v:textbox></v:shape>'
    )


def _place(at: At, size: At, number: int) -> str:
    return (
        f"position:absolute;margin-left:{_n(at[0])}pt;margin-top:{_n(at[1])}pt;width:{_n(size[0])}pt;"
        f"height:{_n(size[1])}pt;z-index:{number};v-text-anchor:middle"
    )


def lines(corners: Sequence[At], line: float, head: bool, dashed: bool, told: str, number: int) -> Xml:
    """A way through these corners; ``head``: with an arrow head at its end."""
    last, weight = len(corners) - 2, _weight(line)
    ways = joined(
        Xml(
            f'<v:line id="_x0000_s{number}_{part}"{NONE if part else _alt(told)} '
            f'style="position:absolute;z-index:{number}" from="{_n(a)}pt,{_n(b)}pt" to="{_n(c)}pt,{_n(d)}pt"'
            f"{weight}>{_stroke(head and part == last, dashed)}</v:line>"
        )
        for part, ((a, b), (c, d)) in enumerate(pairwise(corners))
    )
    return joined((ways, *_head(corners[-2], corners[-1], line, number))) if head else ways


def _head(before: At, tip: At, line: float, number: int) -> Iterator[Xml]:
    """Two short lines from the tip of an arrow."""
    run = math.dist(before, tip) or 1.0
    x, y = ((tip[n] - before[n]) / run * _HEAD * line for n in (0, 1))
    for part, side in (("a", ARROW.slender), ("b", -ARROW.slender)):
        end = tip[0] - x - y * side, tip[1] - y + x * side
        yield Xml(
            f'<v:line id="_x0000_s{number}_{part}" style="position:absolute;z-index:{number}" '
            f'from="{_n(tip[0])}pt,{_n(tip[1])}pt" to="{_n(end[0])}pt,{_n(end[1])}pt"{_weight(line)}>'
            f"{_stroke()}</v:line>"
        )


def _stroke(head: bool = False, dashed: bool = False) -> Xml:
    look = ' dashstyle="dash"' * dashed + ' endarrow="block"' * head
    return Xml(f'<v:stroke color="black"{look}/>')


def _weight(line: float) -> Xml:
    return Xml(f' strokeweight="{_n(line)}pt"')


def _alt(told: str) -> Xml:
    return Xml(f' alt="{words(told)}"') if told else NONE


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
