"""A line of words, its size and weight → its mask: how much of each point is covered."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont, ImageOps

from generator.figure.paper.letters import FILES, FONTS, UNITS, USUAL, kerning
from generator.figure.paper.typesetter import compiler, handed, setting

UP, DOWN, PITCH = 0.905, 0.212, 1.217
"""How far letters reach above and below their base line; from one base line to the next, em."""
EDGE = 6
"""Room of a mask on both sides of its words, for letters that reach over their width."""
_LARGE = 30
"""Letters stand at whole points; smaller ones than this at halves of them, or one would see it."""
_WORD = re.compile("[^ ]+ ?| ")
_HERE = Path(__file__).parent


def above(size: float) -> int:
    """How far down in a mask the base line runs."""
    return math.ceil(UP * size) + 1


def mask(text: str, size: float, weight: str = "regular") -> Image.Image:
    """The mask of words; what is not set letter by letter the typesetter sets. Raises Unsettable."""
    high = _height(size)
    if not USUAL.issuperset(text):
        said = {"text": text, "weight": weight, "size": size, "over": above(size), "high": high, "edge": EDGE}
        return ImageOps.invert(set_picture("line.typ", said).convert("L"))
    words = _WORD.findall(text)
    masks = [_word(word, size, weight) for word in words]
    starts = _starts(words, [long for _, long in masks], size, weight)
    found = Image.new("L", (math.ceil(starts[-1]) + 2 * EDGE, high))
    for (word, _), start in zip(masks, starts, strict=False):
        found.paste(255, (round(start), 0), word)
    return found


def _height(size: float) -> int:
    return above(size) + math.ceil(DOWN * size) + 2


def _starts(parts: Sequence[str], lengths: Sequence[float], size: float, weight: str) -> list[float]:
    """Where the parts of a text begin, and where the last ends: kerned, as Pillow does not."""
    found = [0.0]
    for part, following, long in zip(parts, [*parts[1:], ""], lengths, strict=False):
        found.append(found[-1] + long + kerning(weight).get(part[-1] + following[:1], 0) * size / UNITS)
    return found


@lru_cache(maxsize=512)
def _word(text: str, size: float, weight: str) -> tuple[Image.Image, float]:
    """The mask of a word and the space after it, and how long they are: names of SOPs share many."""
    fine = 1 if size > _LARGE else 2
    font = _font(weight, size * fine)
    cuts = [at for at in range(1, len(text)) if text[at - 1 : at + 1] in kerning(weight)]
    parts = [text[a:b] for a, b in pairwise([0, *cuts, len(text)])]
    starts = _starts(parts, [font.getlength(part) for part in parts], size * fine, weight)
    found = Image.new("L", ((math.ceil(starts[-1] / fine) + 2 * EDGE) * fine, _height(size) * fine))
    draw = ImageDraw.Draw(found)
    for part, start in zip(parts, starts, strict=False):
        draw.text((EDGE * fine + round(start), above(size) * fine), part, 255, font, anchor="ls")
    return found.reduce(fine), starts[-1] / fine


@lru_cache(maxsize=32)
def _font(weight: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / FILES[weight], size, layout_engine=ImageFont.Layout.BASIC)


def set_picture(template: str, data: Mapping[str, Any]) -> Image.Image:
    """What a template of the typesetter makes of its data. Raises Unsettable."""
    with setting():
        made = compiler().compile(handed(_HERE / template, data), format="png", ppi=72)
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no picture")
    return Image.open(io.BytesIO(made))
