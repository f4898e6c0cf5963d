"""Text at a width, size and weight → on how many lines the typesetter sets it; None where only it can tell.

Lines are filled as far as they go. Where they may end is the Unicode line breaking algorithm, of which this
knows what words of letters and digits with the usual marks around them need. A test holds both together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import inf

from generator.figure.paper.letters import UNITS, USUAL, advances

HYPHEN, BREAK = "\u00ad", "\u200b"
"""Marks in an item where a line must end inside a word, with a hyphen and without. No text of the data holds
them (see ``content.plain``), and none may come to a document."""
_LETTER = "[^\\W_\u0250-\U0010ffff]"
_PLAIN = re.compile(
    f"[(“\"']*{_LETTER}+(?:[-.,:&'+=()]{_LETTER}+)*-?[)”\"'.,:;!?…%]*|[-–—&+=]",
)
"""A word that may end a line behind its hyphens and nowhere else inside."""
_PIECE = re.compile(r"(?<=\w)[-/](?=[^\W\d_])")
_FITS = 1e-4
"""By so much, points, the typesetter lets a line be too wide."""
_CLEAR = UNITS / 4
"""What is left beside words that are in one line wherever it may end."""

Item = tuple[float, str, str]
"""A line of text: indent of the lines that follow (em), marker, words."""
PITCH = 1.15
"""Distance of lines of text as a share of their size: single spacing of Arial (see ``form.typ``)."""
LOWER = 0.033
"""By how much one line of letters is lower than that, em."""

Atom = tuple[int, int, bool]
"""What stands together: its width and that of the space after it (units of the font), and whether the line
ends behind it."""


def height_of(items: Sequence[Item], width: float, size: float, weight: str) -> float | None:
    """Height of lines of text one under the other, all in points; None where only the typesetter can tell."""
    many = 0
    for indent, _, words in items:
        count = line_count(words, indent, width, size, weight)
        if count is None:
            return None
        many += count
    return (many * PITCH - LOWER) * size if many else 0.0


def line_count(words: str, indent: float, width: float, size: float, weight: str) -> int | None:
    """The lines of an item's words at a width and size in points; a marker of ``indent`` em stands before."""
    if not words:
        return 1
    atoms = _atoms(words, weight)
    unit = size / UNITS
    room = (width + _FITS) / unit - indent * UNITS
    if atoms is None:
        return 1 if _wide(words, weight) <= room - _CLEAR else None
    lines, filled, empty = 1, 0, not indent
    for own, space, ends in atoms:
        if filled + own > room and not empty:
            lines, filled = lines + 1, 0
        filled += own + space
        empty = False
        if own > room and "/" in words:
            return None  # what is kept whole and has no room is broken after all
        if ends or (own == filled - space and own > room):
            lines, filled, empty = lines + 1, 0, True
    return lines - empty


@lru_cache(maxsize=4096)
def _wide(words: str, weight: str) -> float:
    """The width of words that are never shaped otherwise than letter by letter; of others infinite."""
    if not USUAL.issuperset(words) or HYPHEN in words:
        return inf
    return sum(map(advances(weight).__getitem__, words))


@lru_cache(maxsize=16384)
def _atoms(words: str, weight: str) -> Sequence[Atom] | None:
    """The pieces of a text behind which a line may end; None where there are words of other kinds."""
    wide = advances(weight)
    space = wide[" "]
    found: list[Atom] = []
    for word in words.split(" "):
        pieces = word.replace(HYPHEN, "-" + BREAK).split(BREAK)
        for number, piece in enumerate(pieces):
            parts = _parts(piece, len(pieces) == 1)
            if parts is None:
                return None
            *before, last = (sum(map(wide.__getitem__, part)) for part in parts)
            found += ((own, 0, False) for own in before)
            ends = number < len(pieces) - 1
            found.append((last, 0 if ends else space, ends))
    return found


@lru_cache(maxsize=4096)
def _parts(word: str, whole: bool) -> Sequence[str] | None:
    """A word cut where a line may end in it; ``whole``: it is not parted by marks."""
    if whole and "/" in word:
        return [word]  # the form keeps it whole
    if all(map(_PLAIN.fullmatch, word.removesuffix("/").split("/"))):
        cut = [match.end() for match in _PIECE.finditer(word)]
        return [word[a:b] for a, b in zip([0, *cut], [*cut, len(word)], strict=True)]
    return None
