"""Word → the syllables between which an Indonesian word may be parted at the end of a line.

The patterns come from pyphen's dictionary ``id_ID``. It parts a few suffixes wrongly ("…li-k-an") and leaves
some words whole, so every syllable must have a vowel and two letters, and long pieces are parted by rule.
What holds a digit is a number or a code and is never parted.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen

_WORD = re.compile(r"[^\W\d_]{4,}")
_SOUND = "(?i:(?=.*[aeiouyàáèéêìíòóùú])..)"
_LONGEST = 40
"""What has more letters is no word."""
_WHOLE = 6
"""Pieces of so many letters are parted by the plain rule: no word but some names has such a syllable."""
_CONSONANT = "(?:ng|ny|sy|kh|[^aiueo])"
_SYLLABLE = f"(?i:{_CONSONANT}*[aiueo]+(?:{_CONSONANT}(?={_CONSONANT})|{_CONSONANT}+$)?)"
_LAST = 3
"""Letters that must at least go to the next line."""


@lru_cache(maxsize=4096)
def syllables(word: str) -> tuple[str, ...]:
    """The word in the pieces that a hyphen may part; joined again it is the same word."""
    found = _WORD.findall(word)
    if len(found) != 1 or len(word) > _LONGEST or any(map(str.isdigit, word)):
        return (word,)
    core = found[0]
    before, after = word.split(core, 1)
    pieces: list[str] = []
    for piece in _patterns().inserted(core, "\0").split("\0"):
        for syllable in [piece] if len(piece) < _WHOLE else re.findall(_SYLLABLE, piece) or [piece]:
            if pieces and not re.match(_SOUND, pieces[-1]):
                pieces[-1] += syllable
            else:
                pieces.append(syllable)
    if len(pieces) > 1 and not re.match(_SOUND, pieces[-1]):
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    if len(pieces) > 1 and len(pieces[-1]) < _LAST:
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    return (before + pieces[0], *pieces[1:-1], pieces[-1] + after) if len(pieces) > 1 else (word,)


@cache
def _patterns() -> Pyphen:
    from pyphen import Pyphen  # not loaded where every word fits

    return Pyphen(lang="id_ID")
