"""What a draft leaves open (``# periksa:`` comments) → its places, and the text without one of them."""

from __future__ import annotations

from msgspec import Struct

from generator.data.load import MappingNode, load_text
from generator.data.writing.lines import Path
from generator.edit.fields import Refused
from generator.edit.understood import places_of

MARK = "# periksa:"


class Doubt(Struct, frozen=True):
    """A line of a draft that somebody has to look at, counted from 0, and the value below it."""

    line: int
    words: str
    path: Path


def doubts(text: str) -> list[Doubt]:
    """The doubts of a draft, from the top."""
    tree = load_text(text, "")[0] if MARK in text else None
    if not isinstance(tree, MappingNode):
        return []
    places = sorted((position.line, path) for position, path in places_of(tree, ()))
    found = []
    for number, line in enumerate(text.split("\n")):
        if line.lstrip().startswith(MARK):
            below = next((path for at, path in places if at > number + 1 and path), ())
            found.append(Doubt(number, line.strip().removeprefix(MARK).strip(), below))
    return found


def settled(text: str, line: int, words: str) -> str:
    """The text without a doubt that was looked at. Raises ``Refused`` where it stands there no more."""
    if not any((doubt.line, doubt.words) == (line, words) for doubt in doubts(text)):
        raise Refused("hal itu sudah diperiksa")
    lines = text.split("\n")
    return "\n".join([*lines[:line], *lines[line + 1 :]])
