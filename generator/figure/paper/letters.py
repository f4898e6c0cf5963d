"""The fonts of documents → which letters they print, and how wide each is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent.parent / "fonts"
UNITS = 2048
"""So many units of width are one em."""
FILES = {"regular": "LiberationSans-Regular.ttf", "bold": "LiberationSans-Bold.ttf"}
# Widths from U+0020 to U+007E as the files have them: to open those takes longer than to measure a document.
_ASCII = (
    (
        569, 569, 727, 1139, 1139, 1821, 1366, 391, 682, 682, 797, 1196, 569, 682, 569, 569,
        1139, 1139, 1139, 1139, 1139, 1139, 1139, 1139, 1139, 1139, 569, 569, 1196, 1196, 1196, 1139,
        2079, 1366, 1366, 1479, 1479, 1366, 1251, 1593, 1479, 569, 1024, 1366, 1139, 1706, 1479, 1593,
        1366, 1593, 1479, 1366, 1251, 1479, 1366, 1933, 1366, 1366, 1251, 569, 569, 569, 961, 1139,
        682, 1139, 1139, 1024, 1139, 1139, 569, 1139, 1139, 455, 455, 1024, 455, 1706, 1139, 1139,
        1139, 1139, 682, 1024, 569, 1139, 1024, 1479, 1024, 1024, 1024, 684, 532, 684, 1196,
    ),
    (
        569, 682, 971, 1139, 1139, 1821, 1479, 487, 682, 682, 797, 1196, 569, 682, 569, 569,
        1139, 1139, 1139, 1139, 1139, 1139, 1139, 1139, 1139, 1139, 682, 682, 1196, 1196, 1196, 1251,
        1997, 1479, 1479, 1479, 1479, 1366, 1251, 1593, 1479, 569, 1139, 1479, 1251, 1706, 1479, 1593,
        1366, 1593, 1479, 1366, 1251, 1479, 1366, 1933, 1366, 1366, 1251, 682, 569, 682, 1196, 1139,
        682, 1139, 1251, 1139, 1251, 1139, 682, 1251, 1251, 569, 569, 1139, 569, 1821, 1251, 1251,
        1251, 1251, 797, 1139, 682, 1251, 1139, 1593, 1139, 1139, 1024, 797, 573, 797, 1196,
    ),
)  # fmt: skip


USUAL = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) | frozenset("–—‘’“”•…□")
"""What most documents hold, which the fonts need not be asked for."""


class _Advances(dict[str, int]):
    """Width of every letter of a font, the box in place of those that it has not."""

    def __init__(self, file: str, ascii: tuple[int, ...]) -> None:
        super().__init__((chr(code), width) for code, width in enumerate(ascii, 32))
        self._file = file

    def __missing__(self, letter: str) -> int:
        wide = _metrics(self._file)
        self[letter] = wide.get(ord(letter), wide[ord("□")])
        return self[letter]


_ADVANCES = {
    weight: _Advances(file, ascii) for (weight, file), ascii in zip(FILES.items(), _ASCII, strict=True)
}


def advances(weight: str) -> dict[str, int]:
    """The widths of letters at a weight."""
    return _ADVANCES[weight]


def prints(letter: str) -> bool:
    """Whether the fonts have a letter."""
    return letter in USUAL or ord(letter) in _metrics(FILES["regular"])


@cache
def _metrics(file: str) -> dict[int, int]:
    from fontTools.ttLib import TTFont  # not loaded where all is ASCII

    with TTFont(FONTS / file, lazy=True) as font:
        wide = font["hmtx"].metrics
        return {code: wide[name][0] for code, name in font.getBestCmap().items()}


@cache
def kerning(weight: str) -> dict[str, int]:
    """By how much two letters, one after the other, stand farther apart than their widths say."""
    from fontTools.ttLib import TTFont

    with TTFont(FONTS / FILES[weight], lazy=True) as font:
        letters = {name: chr(code) for code, name in font.getBestCmap().items()}
        pairs = font["kern"].kernTables[0].kernTable.items()
        return {letters[a] + letters[b]: more for (a, b), more in pairs if a in letters and b in letters}
