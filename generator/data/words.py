"""Text → words → roots of Indonesian words.

The same rules run in the browser (``theme/assets/search/kata.js``), where the roots are those that the index
knows; a test holds the two to each other. Words are lower case, without diacritics; a root is taken off its
affixes only where the shorter word is a known root, the fewest affixes first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from functools import lru_cache

VOWELS = "aeiou"
LONGEST = 40
"""Longer words have no affixes worth removing (codes, addresses)."""

_APOSTROPHES = re.compile("['’‘`´ʼ]")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_WORD = re.compile("[a-z0-9]+")
_CLITICS = ("lah", "pun", "nya", "ku", "mu")
_SUFFIXES = ("an", "kan", "i")
_PLAIN = ("di", "ke", "ber", "ter", "per")
_RARE = ("se", "be", "te", "ku", "kau")
"""Prefixes tried after the suffixes (tenisan is tenis, not nisan)."""
_IMPOSSIBLE = {
    ("be", "i"),
    ("di", "an"),
    ("ke", "i"),
    ("ke", "kan"),
    ("me", "an"),
    ("se", "i"),
    ("se", "kan"),
    ("pe", "kan"),
    ("te", "an"),
}
"""Pairs of a prefix (its first two letters) and a suffix that no Indonesian word has together."""

_LOANS = (
    ("ator", "asi"), ("atur", "asi"), ("isir", "isasi"), ("ir", "asi"), ("atif", "asi"), ("or", "i"),
    ("if", "i"),
)  # fmt: skip
"""Endings of loan words that stand for one another: koordinator, koordinir, koordinatif: koordinasi."""

_SPELLINGS = (
    ("f", "v"), ("v", "f"), ("ij", "iz"), ("j", "z"), ("z", "s"), ("kw", "ku"), ("hn", "kn"), ("x", "ks"),
    ("ph", "f"), ("p", "f"), ("sy", "s"), ("isa", "isis"), ("ai", "ae"), ("y", "i"), ("o", "u"), ("u", "o"),
    ("ek", "ik"), ("em", "im"), ("e", "i"), ("by", "bj"), ("oo", "o"), ("ll", "l"), ("ss", "s"), ("tt", "t"),
)  # fmt: skip
"""Old or wrong spellings and the right ones, tried one at a time on words that are otherwise unknown."""


def fold(text: str) -> str:
    """Lower case, without diacritics and apostrophes (Jum'at: jumat)."""
    if text.isascii():
        return text.replace("'", "").replace("`", "").lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))).lower()


def split(text: str) -> list[str]:
    """Words of a text, folded: runs of the letters a-z and digits."""
    return _WORD.findall(fold(text))


def without_prefix(word: str) -> Iterator[tuple[str, str]]:
    """The word without one of the common prefixes, as (prefix, rest), in the order of trial."""
    first, rest = word[:2], word[2:]
    if word.startswith("per") and word[3:4] in tuple(VOWELS):
        yield "per", word[3:]
    if first in ("me", "pe") and rest:
        yield from ((first, stem) for stem in _after_nasal(first, rest))
    for prefix in _PLAIN:
        if word.startswith(prefix):
            yield prefix, word[len(prefix) :]


def _after_nasal(first: str, rest: str) -> Iterator[str]:
    """What may stand before me- and pe-: the nasal is the root's, the prefix's, or took a letter's place."""
    if rest[0] in "lrwymn" or (first == "pe" and rest[0] not in VOWELS):
        yield rest
    if rest.startswith("ng"):
        after = rest[2:]
        yield after
        if after[:1] and after[0] in VOWELS + "lr":
            yield "k" + after
        if after[:1] == "e" and len(after) <= 5:
            yield after[1:]
    elif rest.startswith("ny"):
        yield "s" + rest[2:]
        yield "c" + rest[2:]
    elif rest[0] in "nm":
        after = rest[1:]
        if after[:1] and after[0] not in VOWELS:
            yield after
        if after[:1] and after[0] in VOWELS + "lr":
            yield ("t" if rest[0] == "n" else "p") + after
            if rest[0] == "m":
                yield "f" + after


@lru_cache(maxsize=16_384)
def stems(word: str) -> tuple[str, ...]:
    """As ``_stems``; the words of one site are mostly those of the next."""
    return tuple(_stems(word))


def _stems(word: str) -> Iterator[str]:
    """The word and what is left of it without its affixes, at least 3 letters: the fewest affixes first, of
    these the fewest prefixes (memberikan is beri, not ikan), and -i and -kan without a prefix last."""
    if len(word) > LONGEST or not word.isalpha():
        yield word
        return
    level = [(0, word, "", "")]
    seen = {word}
    while level:
        below: list[tuple[int, str, str, str]] = []
        for state in level:
            yield state[1]
            for prefixes, rest, outer, last in _shorter(*state):
                if len(rest) >= 3 and rest not in seen and (outer, last) not in _IMPOSSIBLE:
                    seen.add(rest)
                    below.append((prefixes, rest, outer, last))
        level = sorted(below, key=_unlikely)


def _unlikely(state: tuple[int, str, str, str]) -> int:
    prefixes, _, outer, last = state
    return prefixes + (2 if last in ("i", "kan") and not outer else 0)


def _shorter(prefixes: int, stem: str, outer: str, last: str) -> Iterator[tuple[int, str, str, str]]:
    """The stem without one more affix: number of prefixes removed, rest, outermost prefix, suffix."""
    for found, rest in without_prefix(stem):
        yield prefixes + 1, rest, outer or found[:2], last
    if stem in ("belajar", "pelajar"):
        yield prefixes + 1, "ajar", outer or stem[:2], last
    if not last:
        for found in _CLITICS:
            if stem.endswith(found):
                yield prefixes, stem[: -len(found)], outer, last
        for found in _SUFFIXES:
            if stem.endswith(found):
                yield prefixes, stem[: -len(found)], outer, found
    for found in _RARE:
        if stem.startswith(found):
            yield prefixes + 1, stem[len(found) :], outer or found[:2], last


def root(word: str, roots: Container[str]) -> str | None:
    """The known root of a word, by its affixes, loan endings or another spelling; None: unknown."""
    found = []
    for stem in stems(word):
        if stem in roots:
            return stem
        found.append(stem)
    for stem in found:
        for variant in variants(stem):
            if variant in roots:
                return variant
    return None


def variants(stem: str) -> Iterator[str]:
    """Other spellings of a root of at least five letters."""
    if len(stem) < 5 or not stem.isalpha():
        return
    for ending, other in _LOANS:
        if len(stem) - len(ending) >= 4 and stem.endswith(ending):
            yield stem[: -len(ending)] + other
    for wrong, right in _SPELLINGS:
        at = stem.find(wrong)
        while at >= 0:
            yield stem[:at] + right + stem[at + len(wrong) :]
            at = stem.find(wrong, at + 1)
