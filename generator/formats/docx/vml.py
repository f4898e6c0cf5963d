"""A shape → its copy in VML, for readers that do not know DrawingML (docx-preview, mammoth, mail).

Of VML they draw rectangles, ovals and straight lines and no paths, so a way and a slanting outline are lines,
and a capsule is an oval. Lengths in points, from the left of the cell and the top of its paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from generator.figure.outline import At
from generator.formats.docx.xml import NONE, Xml, joined, words


def box(kind: str, at: At, size: At, line: float, told: str, text: Xml, number: int) -> Xml:
    """A ``rect`` or an ``oval``, white, with its text; ``line`` is the width of its line, 0 without one."""
    body = f'<v:textbox inset="0,0,0,0">{text}</v:textbox>' if text else ""
    bare = _weight(line) if line else ' stroked="f"'
    return Xml(
        f'<v:{kind} id="_x0000_s{number}"{_alt(told)} style="position:absolute;margin-left:{_n(at[0])}pt;'
        f"margin-top:{_n(at[1])}pt;width:{_n(size[0])}pt;height:{_n(size[1])}pt;z-index:{number};"
        f'v-text-anchor:middle" fillcolor="white"{bare}>{_stroke() if line else ""}{body}</v:{kind}>'
    )


def lines(corners: Sequence[At], line: float, head: bool, dashed: bool, told: str, number: int) -> Xml:
    """A way through these corners; ``head``: with an arrow head at its end."""
    last, weight = len(corners) - 2, _weight(line)
    return joined(
        Xml(
            f'<v:line id="_x0000_s{number}_{part}"{NONE if part else _alt(told)} '
            f'style="position:absolute;z-index:{number}" from="{_n(a)}pt,{_n(b)}pt" to="{_n(c)}pt,{_n(d)}pt"'
            f"{weight}>{_stroke(head and part == last, dashed)}</v:line>"
        )
        for part, ((a, b), (c, d)) in enumerate(pairwise(corners))
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
