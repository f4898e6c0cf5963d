"""Identity block as data (see ``form.typ``) → whether it surely has room on one page. Lengths in points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.figure.metrics import text_width
from generator.figure.paper.breaks import PITCH, Item, height_of
from generator.figure.paper.sheet import Paper

_SIZE = 9.5
_SPARE = 30.0
"""What is left over at least, for rules and what is between lines."""
_WIDER = 1.3
"""How much wider letters may be than ``text_width`` says."""


def fits_one_page(face: Mapping[str, Any], paper: Paper) -> bool:
    """Whether it does; where it may not, the typesetter is asked."""
    left, label, _, value = face["columns"]
    approval, name = face["approval"], face["name"]
    rows = [max(_height(one, label - 10), _height(other, value - 10)) for one, other in face["fields"]]
    signer = _height(approval["office"], value - 10) + _height(approval["name"] + approval["nip"], value - 10)
    rows.append(signer + (approval["room"] + 2) * _SIZE)
    rows.append(max(_height(name[0], label - 10), _height(name[1], value - 10, weight="bold")))
    kop = 16 + 49 * (face["logo"] is not None) + _height(face["kop"], left - 16, 10.5, "bold")
    kop += 5 + _height(face["address"], left - 16, 8)
    boxes = [
        11 + _height(head, wide - 10, weight="bold") + _height(lines, wide - 10)
        for number, (head, lines) in enumerate(face["boxes"])
        for wide in [left if number % 2 == 0 else paper.inner_width - left]
    ]
    pairs = [max(boxes[at : at + 2]) for at in range(0, len(boxes), 2)]
    high = max(sum(rows) + 4.4 * len(rows), kop) + sum(pairs)
    return high + _SPARE < paper.inner_height


def _height(items: Sequence[Item], width: float, size: float = _SIZE, weight: str = "regular") -> float:
    """At most so high: two lines that follow one another are together longer than one."""
    known = height_of(items, width, size, weight)
    if known is not None:
        return known
    room = width / size
    return (
        sum(2 * text_width(words) * _WIDER / (room - indent) + 1 for indent, _, words in items) * PITCH * size
    )
