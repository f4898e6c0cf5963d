"""Letters set in a font of symbols → the signs that are seen.

Clerks tick a box with a letter of Wingdings or a like font: in the file stands "ü" or "P", on paper a tick.
Codes by the Unicode mappings of these fonts (L2/11-052R, and the Adobe encoding of Symbol); only signs that
stand in forms."""

from __future__ import annotations

import re

_TICK, _CROSS, _TICKED, _CROSSED, _OPEN = "✓", "✗", "☑", "☒", "☐"
_SIGNS = {
    "wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: _OPEN, 0x70: _OPEN, 0x71: _OPEN, 0x72: _OPEN, 0x75: "◆", 0x9F: "•",
        0xA7: "▪", 0xA8: _OPEN, 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE7: "←", 0xE8: "→",
        0xE9: "↑", 0xEA: "↓", 0xFB: _CROSS, 0xFC: _TICK, 0xFD: _CROSSED, 0xFE: _TICKED,
    },
    "wingdings2": {0x4F: _CROSS, 0x50: _TICK, 0x52: _TICKED, 0x53: _CROSSED, 0x54: _CROSSED, 0xA3: _OPEN},
    "webdings": {0x61: _TICK, 0x63: _OPEN, 0x67: "■", 0x6E: "●", 0x72: _CROSS},
    "marlett": {0x61: _TICK, 0x62: _TICK},
    "symbol": {
        0xA3: "≤", 0xA8: "♦", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
        0xB7: "•", 0xD6: "√",
    },
}  # fmt: skip
_SUBSET = re.compile(r"^[A-Z]{6}\+")


def as_seen(text: str, font: str | None) -> str:
    """A text as it looks in its font, a subset too; as it stands where the font has letters."""
    if not font or (signs := _SIGNS.get(_plain(font))) is None:
        return text
    return "".join(signs.get(_code(letter), letter) for letter in text)


def _plain(font: str) -> str:
    name = re.sub(r"[\s_-]+", "", _SUBSET.sub("", font).casefold())
    return re.sub(r"(?:regular|mt)$", "", name)


def _code(letter: str) -> int:
    """The code in the font: symbols lie from U+F000 on, or under the letters of Windows-1252."""
    code = ord(letter)
    if 0xF000 <= code <= 0xF0FF:
        return code - 0xF000
    if code < 0x100:
        return code
    found = letter.encode("cp1252", "ignore")
    return found[0] if found else -1
