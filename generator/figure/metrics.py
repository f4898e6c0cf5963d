"""Text → width in em, by the advance widths of Arial (and its metric twins Liberation Sans, Helvetica).

Renderers that cannot ask a typesetter use this to make room for short words and to break lines. The
widths are the public metrics of the face, in thousandths of an em, from U+0020 to U+007E.
"""

from __future__ import annotations

import re
from functools import lru_cache

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
    where the word alone is too wide. Line breaks in the text are kept; at least one line comes back."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, filled = "", 0
        for word in _pieces(paragraph):
            bare = word.rstrip()
            if line and (filled + _width(bare)) / 1000 > width:
                lines.append(line.rstrip())
                line, filled = "", 0
            if _width(bare) / 1000 > width:
                begin, end = 0, len(bare)
                while len(word) - begin > 1 and (cut := _fit(word, begin, end, width)) < end:
                    lines.append(word[begin:cut])
                    begin = cut
                word = word[begin:]
            line += word
            filled += _width(word)
        lines.append(line.rstrip())
    return tuple(lines)


def _pieces(paragraph: str) -> list[str]:
    """The paragraph cut after every space, hyphen and slash; joined again it is the same text."""
    return re.findall("[^ /-]*[ /-]|[^ /-]+", paragraph)


def _fit(word: str, begin: int, end: int, width: float) -> int:
    """Where the letters that fit end, counted from ``begin``: at least one letter, at most up to ``end``."""
    total = 0
    for at in range(begin, end):
        total += _LETTERS[word[at]]
        if total / 1000 > width:
            return max(at, begin + 1)
    return end
