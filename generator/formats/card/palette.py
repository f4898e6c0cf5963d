"""The colours of cards, by number: what lies between two colours lies between their numbers too, so that soft
edges are painted in numbers.
"""

from __future__ import annotations

from msgspec import Struct
from PIL import Image


class Ramp(Struct, frozen=True):
    """The numbers of the colours from a ground to what is painted on it."""

    ground: int
    paint: int


_WHITE, _BLACK, _PANEL = 0xFFFFFF, 0x111111, 0xF4F6F9
_PAINTS = (0x1B1F24, 0x4A525C, 0x12395B, 0xA3161F, 0xCED5DD)
_STEPS = 20
INK, QUIET, DEEP, ALARM, RULE = (
    Ramp(number * (_STEPS + 1), number * (_STEPS + 1) + _STEPS) for number in range(len(_PAINTS))
)
"""What is painted on white."""
INSIDE = RULE.paint + _STEPS
"""The ground of the panel, beside its rule."""
BLACK = INSIDE + 1
GREY, PANEL, WHITE = BLACK + 14, BLACK + 48, BLACK + 50
"""What is painted there: from black over the ground to white."""
OWN = WHITE + 1
"""From here on numbers are for the colours of an emblem."""


def colours() -> bytes:
    """The colours of all cards."""
    found = b"".join(_between(_WHITE, paint, _STEPS) for paint in _PAINTS)
    found += _between(_PAINTS[-1], _PANEL, _STEPS)[3:]
    return found + _between(_BLACK, _PANEL, PANEL - BLACK)[:-3] + _between(_PANEL, _WHITE, WHITE - PANEL)


def _between(first: int, last: int, steps: int) -> bytes:
    """Colours from one to another, both among them."""
    ends = list(zip(first.to_bytes(3, "big"), last.to_bytes(3, "big"), strict=True))
    return bytes(round(a + (b - a) * step / steps) for step in range(steps + 1) for a, b in ends)


def numbered(image: Image.Image) -> tuple[Image.Image, bytes]:
    """A picture in numbers from ``OWN`` on, and their colours."""
    own = image.quantize(256 - OWN, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    numbers = Image.frombytes("L", image.size, own.tobytes())
    return numbers.point([min(255, OWN + number) for number in range(256)]), bytes(own.getpalette() or ())
