"""Identity block as data (see ``form.typ``) → how high its rows are; whether it surely has room on one page.
Lengths in points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf, isinf
from typing import Any

from generator.figure.metrics import text_width
from generator.figure.paper.breaks import LOWER, PITCH, Item, height_of
from generator.figure.paper.sheet import Paper

_SIZE = 9.5
_SPARE = 30.0
"""What is left over at least, for rules and what is between lines."""
_WIDER = 1.3
"""How much wider letters may be than ``text_width`` says."""

_High = Callable[[Sequence[Item], float, float, str], float]
"""Height of lines at a width, size and weight."""


def row_heights(face: Mapping[str, Any], paper: Paper) -> list[float | None] | None:
    """The height of every row, None where only the typesetter can tell; None for all where it must find them
    together: on several pages, or beside the name of the agency."""
    if not fits_one_page(face, paper):
        return None
    beside, below, kop = _heights(face, paper, _known)
    if kop > sum(beside):  # the last row makes room for it
        beside[-1] += kop - sum(beside)
    return None if isinf(sum(beside) + kop) else [None if isinf(row) else row for row in (*beside, *below)]


def fits_one_page(face: Mapping[str, Any], paper: Paper) -> bool:
    """Whether it does; where it may not, the typesetter is asked."""
    beside, below, kop = _heights(face, paper, _at_most)
    return max(sum(beside), kop) + sum(below) + _SPARE < paper.inner_height


def _heights(face: Mapping[str, Any], paper: Paper, high: _High) -> tuple[list[float], list[float], float]:
    """The rows beside the name of the agency, the rows below it, and it itself."""

    def own(lines: Sequence[Item], width: float, weight: str = "regular") -> float:
        return high(lines, width - 10, _SIZE, weight)

    left, label, _, value = face["columns"]
    line = (PITCH - LOWER) * _SIZE
    rows = [max(own(one, label), line, own(other, value)) for one, other in face["fields"]]
    approval, name = face["approval"], face["name"]
    office, signer = approval["office"], approval["name"] + approval["nip"]
    between = approval["room"] * _SIZE + (LOWER * _SIZE if office and signer else 0.0)
    signed = own(office, value) + between + own(signer, value)
    rows.append(max(own(approval["label"], label), line, signed))
    rows.append(max(own(name[0], label), line, own(name[1], value, "bold")))
    kop = 16 + 49 * (face["logo"] is not None) + high(face["kop"], left - 16, 10.5, "bold")
    if face["address"]:
        kop += 5 + LOWER * 10.5 + high(face["address"], left - 16, 8, "regular")
    boxes = [
        8 + own([*head[:-1], _asked(head[-1])], wide, "bold") + 3 + own(lines, wide)
        for number, (head, lines) in enumerate(face["boxes"])
        for wide in [left if number % 2 == 0 else paper.inner_width - left]
    ]
    below = [max(boxes[at : at + 2]) for at in range(0, len(boxes), 2)]
    return [row + 4.4 for row in rows], below, kop


def _asked(item: Item) -> Item:
    """The last line of a heading, with the colon after it."""
    indent, marker, words = item
    return indent, marker, f"{words}:"


def _known(items: Sequence[Item], width: float, size: float, weight: str) -> float:
    """The height; infinite where only the typesetter can tell."""
    known = height_of(items, width, size, weight)
    return inf if known is None else known


def _at_most(items: Sequence[Item], width: float, size: float, weight: str) -> float:
    """At most so high: two lines that follow one another are together longer than one."""
    known = height_of(items, width, size, weight)
    if known is not None:
        return known
    room = width / size
    return (
        sum(2 * text_width(words) * _WIDER / (room - indent) + 1 for indent, _, words in items) * PITCH * size
    )
