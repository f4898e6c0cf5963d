"""What a card says → its picture: PNG, 1200 × 630 points.

It is painted in one plane of numbers of colours: a picture of full colours takes six times as long to write.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from PIL import Image, ImageDraw

from generator.figure.outline import At
from generator.formats.card import palette
from generator.formats.card.flow import Flow, flow_picture
from generator.formats.card.letters import DOWN, EDGE, UP, above, mask, set_picture
from generator.formats.card.palette import ALARM, DEEP, INK, Ramp

LEFT = 60
"""Where words begin."""
SMALL = 25
"""Size of the words that are neither the name nor over it."""
_EMBLEM, _FINE = 64, 4
_PANEL, _WIDE, _HIGH, _SHORT = (770, 130), 380, 450, 414
"""Where the flow stands; its width and height, and the height where there are words below it."""


class Words(Struct, frozen=True):
    """A line of words, how it looks, and where its base line begins."""

    text: str
    at: At
    size: float
    ramp: Ramp
    weight: str = "regular"


class State(Struct, frozen=True):
    """How an SOP stands, in a box; ``ended``: it is not in force any more."""

    text: str
    size: float
    ended: bool


class Card(Struct, frozen=True):
    """All that a card shows; ``guess`` stands below the flow."""

    agency: str
    logo: str | None
    words: Sequence[Words]
    state: State | None = None
    flow: Flow | None = None
    guess: str = ""


def painted(card: Card) -> bytes:
    """The picture. Raises Unsettable."""
    ended = card.state is not None and card.state.ended
    ground, colours = _ground(card.agency, card.logo, ended, card.flow is not None)
    plane = ground.copy()
    for words in card.words:
        _write(plane, mask(words.text, words.size, words.weight), words.at, words.size, words.ramp)
    if card.state:
        _frame(plane, card.state)
    if card.flow:
        _place(plane, card.flow, card.guess)
    plane.putpalette(colours)
    file = io.BytesIO()
    plane.save(file, "PNG", compress_level=1)
    return file.getvalue()


@lru_cache(maxsize=4)
def _ground(agency: str, logo: str | None, ended: bool, panel: bool) -> tuple[Image.Image, bytes]:
    """The card before anything is said on it, in numbers of colours, and their palette."""
    plane, colours = Image.new("L", (1200, 630), INK.ground), palette.colours()
    plane.paste((ALARM if ended else DEEP).paint, (0, 0, plane.width, 14))
    across, down = LEFT, 48.0
    if logo:
        shown = set_picture("emblem.typ", {"svg": logo, "side": _EMBLEM}).convert("RGBA")
        white = Image.new("RGBA", shown.size, "white")
        numbers, own = palette.numbered(Image.alpha_composite(white, shown).convert("RGB"))
        plane.paste(numbers, (LEFT, 38), shown.getchannel("A").point([0] + [255] * 255))
        colours += own
        across, down = LEFT + _EMBLEM + 20, 38 + (_EMBLEM - (UP + DOWN) * SMALL) / 2
    _write(plane, mask(agency, SMALL, "bold"), (across, down + UP * SMALL), SMALL, DEEP)
    if panel:
        plane.paste(_box((402, 472), 9, palette.RULE, palette.INSIDE), (759, 119))
    return plane, colours


@lru_cache(maxsize=8)
def _box(size: tuple[int, int], radius: int, ramp: Ramp, inside: int) -> Image.Image:
    """A box with round corners, its line two points thick."""
    large = Image.new("L", (size[0] * _FINE, size[1] * _FINE), ramp.ground)
    edge = (0, 0, large.width - 1, large.height - 1)
    ImageDraw.Draw(large).rounded_rectangle(edge, radius * _FINE, inside, ramp.paint, 2 * _FINE)
    return large.reduce(_FINE)


def _write(plane: Image.Image, letters: Image.Image, at: At, size: float, ramp: Ramp) -> None:
    """Words on their ground."""
    x, y = round(at[0]) - EDGE, round(at[1]) - above(size)
    plane.paste(ramp.ground, (x, y, x + letters.width, y + letters.height))
    plane.paste(ramp.paint, (x, y), letters)


def _frame(plane: Image.Image, state: State) -> None:
    """The state in its box."""
    ramp = Ramp(ALARM.paint, ALARM.ground) if state.ended else DEEP
    letters = mask(state.text, state.size, "bold")
    wide, high = letters.width - 2 * EDGE + 38, round((UP + DOWN) * state.size) + 20
    longest = _box((plane.width, high), 7, ALARM if state.ended else DEEP, ramp.ground)
    left, top, end = LEFT - 1, 545, 8
    plane.paste(longest.crop((0, 0, wide - end, high)), (left, top))
    plane.paste(longest.crop((plane.width - end, 0, plane.width, high)), (left + wide - end, top))
    _write(plane, letters, (LEFT + 18, 555 + UP * state.size), state.size, ramp)


def _place(plane: Image.Image, flow: Flow, guess: str) -> None:
    """The flow in its panel, and what is said below it."""
    x, y = _PANEL
    room = _SHORT if guess else _HIGH
    picture = flow_picture(flow, _WIDE, room)
    plane.paste(picture, (x + (_WIDE - picture.width) // 2, y + (room - picture.height) // 2))
    if guess:
        letters = mask(guess, 20)
        at = x + EDGE + (_WIDE - letters.width) // 2, 552 + UP * 20
        _write(plane, letters, at, 20, Ramp(palette.PANEL, palette.GREY))
