"""SOP → the picture that stands beside its address where the address is shared: a card of 1200 × 630 points.

It says what the page says first, and no more: name, owner, size, how it stands, the shape of the flow. A
flow that is our reading is marked so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.data.catalogue import Catalogue
from generator.data.revisions.words import StandingWords
from generator.figure.metrics import text_width, wrap
from generator.figure.paper.content import plain
from generator.figure.paper.measure import printable
from generator.flow.drawing import Drawing
from generator.formats.card.flow import whole_flow
from generator.formats.card.letters import DOWN, PITCH, UP
from generator.formats.card.palette import INK, QUIET
from generator.formats.card.picture import LEFT, SMALL, Card, State, Words, painted
from generator.formats.html.summary import summarise
from generator.formats.pdf.data import Logo
from generator.model.registers import Instansi
from generator.model.sop import SOP

_OVER, _OVER_SIZE, _GAP, _MIDDLE = "Standar Operasional Prosedur", 23, 15, 300
"""What stands over the name, its size and how far over it; the middle of both."""
_SIZES = (66, 58, 50, 44, 38)
"""Sizes of the name, the largest first that leaves it within its lines."""
_LINES, _BOLD = 4, 1.08
"""How many lines a name may have; how much wider bold letters may be."""
_WIDE, _WHOLE = 640, 1080
"""Width of the words beside a flow and without one, points."""


def sop_card(
    sop: SOP, catalogue: Catalogue, drawings: Sequence[Drawing], state: StandingWords, logo: Logo | None
) -> bytes:
    """The card of an SOP as PNG; the picture is that of its first flow."""
    told_of = summarise(sop, catalogue)
    unit = catalogue.unit[sop.unit].nama if sop.unit in catalogue.unit else ""
    guess = ", ".join(guess.hal for guess in sop.dugaan)
    flow = whole_flow(drawings[0]) if drawings and drawings[0].symbols else None
    width = _WIDE if flow else _WHOLE
    facts = f"{told_of.steps} langkah · {len(told_of.actors)} pelaksana"
    size, said = _whole(_upper(state.words), width - 40)
    words = [*_title(_OVER, sop.nama, width), *_below(facts, _line(unit, width))]
    below = _line(f"dugaan: {guess}", 380, 20) if guess else ""
    return _card(catalogue.instansi, logo, words, State(said, size, state.ended), flow, below)


def site_card(agency: Instansi, logo: Logo | None) -> bytes:
    """The card of the site as a whole, as PNG."""
    words = [*_title("", _OVER, _WHOLE), *_below(_line(agency.pemerintah, _WHOLE), "")]
    return _card(agency, logo, words)


def _card(agency: Instansi, logo: Logo | None, words: Sequence[Words], *rest: Any) -> bytes:
    name = _line(agency.nama, _WHOLE if logo is None else _WHOLE - 90)
    return painted(Card(name, logo.svg if logo else None, words, *rest))


def _title(over: str, name: str, width: float) -> Iterator[Words]:
    """The name with what stands over it, about the middle of the card."""
    size, lines = _name(name, width)
    high = (UP + DOWN + (len(lines) - 1) * PITCH) * size
    head = (UP + DOWN) * _OVER_SIZE + _GAP if over else 0.0
    top = _MIDDLE - (head + high) / 2
    if over:
        yield Words(over, (LEFT, top + UP * _OVER_SIZE), _OVER_SIZE, QUIET)
    for number, line in enumerate(lines):
        yield Words(line, (LEFT, top + head + (UP + number * PITCH) * size), size, INK, "bold")


def _below(facts: str, unit: str) -> Iterator[Words]:
    yield Words(facts, (LEFT, 462 + UP * SMALL), SMALL, INK)
    if unit:
        yield Words(unit, (LEFT, 500 + UP * SMALL), SMALL, QUIET)


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
    sizes = (size for size in (SMALL, 22, 20, 18, 16) if text_width(text) * size * _BOLD <= width)
    size = next(sizes, 16)
    return size, _line(text, width, size * _BOLD)


def _line(text: str, width: float, size: float = SMALL) -> str:
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
