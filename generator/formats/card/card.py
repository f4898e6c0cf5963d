"""SOP → the picture that stands beside its address where the address is shared: a card of 1200 × 630 points.

It says what the page says first, and no more: name, owner, size, how it stands, the shape of the flow. A
flow that is our reading is marked so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.data.catalogue import Catalogue
from generator.data.revisions.words import StandingWords
from generator.figure.metrics import text_width, wrap
from generator.figure.paper.content import plain
from generator.figure.paper.measure import printable
from generator.figure.paper.typesetter import compiler, handed, setting
from generator.flow.drawing import Drawing
from generator.formats.html.summary import summarise
from generator.formats.pdf.data import Logo
from generator.formats.svg.picture import bare_flow
from generator.model.registers import Instansi
from generator.model.sop import SOP

_HERE = Path(__file__).parent
_SIZES = (66, 58, 50, 44, 38)
"""Sizes of the name, the largest first that leaves it within its lines."""
_LINES, _BOLD = 4, 1.08
"""How many lines a name may have; how much wider bold letters may be."""
_WIDE, _WHOLE = 640, 1080
"""Width of the words beside a flow and without one, points."""
_SMALL = 25


def sop_card(
    sop: SOP, catalogue: Catalogue, drawings: Sequence[Drawing], state: StandingWords, logo: Logo | None
) -> bytes:
    """The card of an SOP as PNG; the picture is that of its first flow."""
    told_of = summarise(sop, catalogue)
    unit = catalogue.unit[sop.unit].nama if sop.unit in catalogue.unit else ""
    guess = ", ".join(guess.hal for guess in sop.dugaan)
    picture = bare_flow(drawings[0]) if drawings and drawings[0].symbols else None
    size, name = _name(sop.nama, _WIDE if picture else _WHOLE)
    return _png(
        {
            "agency": _line(catalogue.instansi.nama, _WHOLE if logo is None else _WHOLE - 90),
            "unit": _line(unit, _WIDE if picture else _WHOLE),
            "over": "Standar Operasional Prosedur",
            "name": name,
            "size": size,
            "facts": f"{told_of.steps} langkah · {len(told_of.actors)} pelaksana",
            "state": _whole(_upper(state.words), (_WIDE if picture else _WHOLE) - 40),
            "ended": state.ended,
            "guess": _line(f"dugaan: {guess}", 380, 20) if guess else "",
            "flow": [_plain(picture.text), picture.width, picture.height] if picture else None,
            "logo": logo.svg if logo else None,
        }
    )


def site_card(agency: Instansi, logo: Logo | None) -> bytes:
    """The card of the site as a whole, as PNG."""
    size, name = _name("Standar Operasional Prosedur", _WHOLE)
    return _png(
        {
            "agency": _line(agency.nama, _WHOLE if logo is None else _WHOLE - 90),
            "unit": "",
            "over": "",
            "name": name,
            "size": size,
            "facts": _line(agency.pemerintah, _WHOLE),
            "state": None,
            "ended": False,
            "guess": "",
            "flow": None,
            "logo": logo.svg if logo else None,
        }
    )


def _name(text: str, width: float) -> tuple[int, list[str]]:
    """The largest size at which a name has room, and its lines; what has no room is cut with an ellipsis."""
    text = _plain(text)
    for size in _SIZES:
        room = width / size / _BOLD
        lines = wrap(text, room)
        whole = all(text_width(word) <= room for word in text.split())
        if len(lines) <= _LINES and (whole or size == _SIZES[-1]):
            return size, list(lines)
    kept = list(lines[:_LINES])
    return size, [*kept[:-1], _cut(kept[-1] + "…", room)]


def _whole(text: str, width: float) -> tuple[int, str]:
    """The largest size at which bold words with a date in them have room in one line; cut only in need."""
    text = _plain(text)
    sizes = (size for size in (_SMALL, 22, 20, 18, 16) if text_width(text) * size * _BOLD <= width)
    size = next(sizes, 16)
    return size, _line(text, width, size * _BOLD)


def _line(text: str, width: float, size: float = _SMALL) -> str:
    """One line of words; what has no room is cut with an ellipsis."""
    return _cut(_plain(text), width / size)


def _cut(text: str, room: float) -> str:
    if text_width(text) <= room:
        return text
    text = text.rstrip("…")
    while text and text_width(text + "…") > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _plain(text: str) -> str:
    return printable(" ".join(plain(text).split()))


def _png(data: Mapping[str, Any]) -> bytes:
    with setting():
        made = compiler().compile(handed(_HERE / "card.typ", data), format="png", ppi=72)
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no picture")
    return made
