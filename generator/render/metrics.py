"""Text → width in em, by the advance widths of Arial (and its metric twins Liberation Sans, Helvetica).

Renderers that cannot ask a typesetter use this to make room for short words and to break lines. The
widths are the public metrics of the face, in thousandths of an em, from U+0020 to U+007E.
"""

from __future__ import annotations

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


def text_width(text: str) -> float:
    """Width in em of one line of text; letters outside ASCII count as wide as the widest of their kind."""
    total = 0
    for char in text:
        code = ord(char)
        if 32 <= code <= 126:
            total += _ASCII[code - 32]
        else:
            total += _LATIN if code < 0x250 else _WIDE
    return total / 1000


def wrap(text: str, width: float) -> tuple[str, ...]:
    """Lines no wider than ``width`` em, broken at spaces, at hyphens and slashes, and inside a word only
    where the word alone is too wide. Line breaks in the text are kept; at least one line comes back."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _pieces(paragraph):
            if line and text_width(line + word.rstrip()) > width:
                lines.append(line.rstrip())
                line = ""
            while text_width(word.rstrip()) > width and len(word) > 1:
                cut = _fit(word, width)
                lines.append(word[:cut])
                word = word[cut:]
            line += word
        lines.append(line.rstrip())
    return tuple(lines)


def _pieces(paragraph: str) -> list[str]:
    """The paragraph cut after every space, hyphen and slash; joined again it is the same text."""
    pieces = [""]
    for char in paragraph:
        pieces[-1] += char
        if char in " -/":
            pieces.append("")
    return pieces


def _fit(word: str, width: float) -> int:
    """How many letters of the word fit, at least one."""
    cut = len(word) - 1
    while cut > 1 and text_width(word[:cut]) > width:
        cut -= 1
    return cut
