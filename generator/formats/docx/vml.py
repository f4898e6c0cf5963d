"""A shape → its copy in VML, for readers that do not know DrawingML (docx-preview, mammoth, mail).

Of VML they draw rectangles, ovals and straight lines and no paths, so a way and a slanting outline are lines,
and a capsule is an oval. Lengths in points, from the left of the cell and the top of its paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from generator.figure.outline import At


def box(kind: str, at: At, size: At, line: float, words: str, text: Markup, number: int) -> Markup:
    """A ``rect`` or an ``oval``, white, with its text; ``line`` is the width of its line, 0 without one."""
    body = Markup('<v:textbox inset="0,0,0,0">{}</v:textbox>').format(text) if text else Markup()
    return Markup(
        '<v:{kind} id="_x0000_s{number}"{alt} style="position:absolute;margin-left:{x}pt;margin-top:{y}pt;'
        'width:{w}pt;height:{h}pt;z-index:{number};v-text-anchor:middle" '
        'fillcolor="white"{bare}>{stroke}{body}</v:{kind}>'
    ).format(
        kind=Markup(kind),
        number=number,
        alt=_alt(words),
        x=_n(at[0]),
        y=_n(at[1]),
        w=_n(size[0]),
        h=_n(size[1]),
        bare=_weight(line) if line else Markup(' stroked="f"'),
        stroke=_stroke() if line else Markup(),
        body=body,
    )


def lines(corners: Sequence[At], line: float, head: bool, dashed: bool, words: str, number: int) -> Markup:
    """A way through these corners; ``head``: with an arrow head at its end."""
    last = len(corners) - 2
    return Markup("").join(
        Markup(
            '<v:line id="_x0000_s{number}_{part}"{alt} style="position:absolute;z-index:{number}" '
            'from="{ax}pt,{ay}pt" to="{bx}pt,{by}pt"{weight}>{stroke}</v:line>'
        ).format(
            number=number,
            part=part,
            alt=_alt(words if part == 0 else ""),
            ax=_n(a[0]),
            ay=_n(a[1]),
            bx=_n(b[0]),
            by=_n(b[1]),
            weight=_weight(line),
            stroke=_stroke(head and part == last, dashed),
        )
        for part, (a, b) in enumerate(pairwise(corners))
    )


def _stroke(head: bool = False, dashed: bool = False) -> Markup:
    look = Markup(' dashstyle="dash"' * dashed + ' endarrow="block"' * head)
    return Markup('<v:stroke color="black"{}/>').format(look)


def _weight(line: float) -> Markup:
    return Markup(' strokeweight="{}pt"').format(_n(line))


def _alt(words: str) -> Markup:
    return Markup(' alt="{}"').format(words) if words else Markup()


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
