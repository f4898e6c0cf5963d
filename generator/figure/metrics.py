"""Text → width in em, by the advance widths of Arial (and its metric twins Liberation Sans, Helvetica).

Renderers that cannot ask a typesetter use this to make room for short words and to break lines. The
widths are the public metrics of the face, in thousandths of an em, from U+0020 to U+007E.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.figure.syllables import syllables

_ASCII = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_WIDE = 1000
_LATIN = 667


class _Letters(dict[str, int]):
    """Width of every letter; those outside ASCII count as wide as the widest of their kind."""

    def __missing__(self, letter: str) -> int:
        return _LATIN if ord(letter) < 0x250 else _WIDE


_LETTERS = _Letters({chr(code): width for code, width in enumerate(_ASCII, 32)})


def text_width(text: str) -> float:
    """Width in em of one line of text; letters outside ASCII count as wide as the widest of their kind."""
    return _width(text) / 1000


@lru_cache(maxsize=8192)
def _width(text: str) -> int:
    """Width in thousandths of an em: whole, so that widths of pieces add up to that of their text."""
    return sum(map(_LETTERS.__getitem__, text))


def wrap(text: str, width: float) -> tuple[str, ...]:
    """Lines no wider than ``width`` em, broken at spaces, at hyphens and slashes, and inside a word only
    where the word alone is too wide: there with a hyphen. Line breaks in the text are kept; at least one line
    comes back."""
    if "\n" not in text and _width(text) / 1000 <= width:
        return (text.rstrip(),)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, filled = "", 0
        for word in _PIECE.findall(paragraph):
            bare = word.rstrip()
            wide = _width(bare)
            if line and (filled + wide) / 1000 > width:
                lines.append(line.rstrip())
                line, filled = "", 0
            if wide / 1000 > width:
                *parts, (last, _) = parted(bare, width)
                lines += [part + "-" * hyphen for part, hyphen in parts]
                word = last + word[len(bare) :]
            line += word
            filled += _width(word)
        lines.append(line.rstrip())
    return tuple(lines)


def parted(word: str, width: float) -> list[tuple[str, bool]]:
    """A word in pieces no wider than ``width`` em, as few as there can be, and whether a hyphen is to be set
    behind each; whole where it fits. Broken after its own hyphens and slashes, then between syllables, and
    between letters only where a syllable or a number is wider than all the room."""
    if _width(word) / 1000 <= width:
        return [(word, False)]
    atoms: list[tuple[str, bool]] = []
    for piece in _PIECE.findall(word):
        atoms += [(piece, False)] if _width(piece) / 1000 <= width else _syllables(piece, width)
    found: list[tuple[str, bool]] = []
    for number, (atom, hyphen) in enumerate(atoms):
        ends = _width(atom) + _width("-") * (hyphen and number < len(atoms) - 1)
        if found and (_width(found[-1][0]) + ends) / 1000 <= width:
            found[-1] = found[-1][0] + atom, hyphen
        else:
            found.append((atom, hyphen))
    return found


def longest(text: str) -> float:
    """Width in em of the widest piece of a text that ``wrap`` does not part without need."""
    return max((text_width(word.rstrip()) for word in _PIECE.findall(text)), default=0.0)


_PIECE = re.compile(r"(?:[^\s/-]|[/-](?=\d))+[\s/-]?|[\s/-]")
"""A text cut after spaces, and after hyphens and slashes that no digit follows; joined it is the same."""


def _syllables(word: str, width: float) -> list[tuple[str, bool]]:
    """The syllables of a word, all but the last with a hyphen to come; letters of what is too wide still."""
    atoms: list[tuple[str, bool]] = []
    pieces = syllables(word)
    for number, piece in enumerate(pieces):
        hyphen = number < len(pieces) - 1
        if (_width(piece) + _width("-") * hyphen) / 1000 > width:
            atoms += [(letter, False) for letter in piece[:-1]]
            piece = piece[-1]
            hyphen = hyphen and (_width(piece) + _width("-")) / 1000 <= width
        atoms.append((piece, hyphen))
    return atoms
