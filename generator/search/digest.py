"""Page + ``Vocabulary`` → what it is found by and what is shown of it.

Beside each text of a page stand the tokens of its words, marked by ``TOKEN`` so that no word can be taken for
one. The browser asks for tokens; a word as it is written is a term only where no token of it begins so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.search.pagefind import PLAIN, fragment, name_of, told
from generator.search.pages import Page
from generator.search.vocabulary import Vocabulary
from generator.search.words import split

TOKEN = "xq"
"""Ends a token in the index."""
DERIVED = "xd"
"""Ends the token once more where a derived word gave it: who asks for "pengumuman" wants it before "umum"."""
INITIALS = "xi"
"""Ends the initials of words that begin with capitals side by side."""
MARKS = (TOKEN, DERIVED, INITIALS)
_TITLE, _HEADING, _TEXT = (7 * PLAIN, 8 * PLAIN), (6 * PLAIN, 3 * PLAIN // 2), (PLAIN, PLAIN)
"""Weights of written words and of marks."""
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\ufeff"))
"""What browsers take for a space, or Pagefind takes away."""
_CAPITALS = re.compile(r"(?:[A-Z][\w'-]*(?:\s+(?:dan|di|ke|yang|untuk|atau|dengan|dari)(?=\s+[A-Z]))?\s*)+")
_LINKS = frozenset(
    ["dan", "di", "ke", "yang", "untuk", "serta", "atau", "dengan", "pada", "oleh", "dari", "dalam"]
)


@dataclass(frozen=True, slots=True)
class Digest:
    """What a page is found by, and what is shown of it."""

    shown: bytes
    """Its fragment."""
    name: str
    """Of its fragment."""
    length: int
    """Number of its words."""
    terms: Mapping[str, bytes]
    """Its terms as the index tells them."""


def texts_of(page: Page) -> Iterator[str]:
    """All texts of a page that words are taken from."""
    yield page.title
    for section in page.sections:
        if section.heading:
            yield section.heading
        if section.text:
            yield section.text


class _Gathered:
    """Terms and content so far."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.terms: dict[str, int] = {}
        self.length = 0
        self.content: list[str] = []
        self.pieces = 0
        """Words of the content, as browsers part them."""

    def add(self, text: str, weights: tuple[int, int]) -> None:
        """A text and its marks."""
        plain, heavy = weights
        terms = self.terms
        words = split(text)
        senses = self.words.senses
        marks: list[str] = []
        for token, derived in self.words.index_tokens(words):
            marks.append(token + TOKEN)
            if derived:
                marks.append(token + DERIVED)
        marks += [short + INITIALS for short in initials(text)]
        for mark in marks:
            terms[mark] = terms.get(mark, 0) + heavy
        for word in words:
            if senses[word].spelled and not word.endswith(MARKS):
                terms[word] = terms.get(word, 0) + plain
        self.length += len(words) + len(marks)
        shown = text
        if "\u200b" in text or "\ufeff" in text:
            shown = " ".join(text.translate(_INVISIBLE).split())
        for part in (shown, " ".join(dict.fromkeys(marks))):
            if part:
                self.content.append(f"{part}.")
                self.pieces += part.count(" ") + 1


def digest(page: Page, words: Vocabulary) -> Digest:
    """What a page is found by and what is shown of it."""
    gathered = _Gathered(words)
    gathered.add(page.title, _TITLE)
    anchors: list[tuple[str, str, int]] = []
    for section in page.sections:
        if section.anchor:
            anchors.append((section.anchor, section.heading, gathered.pieces))
            gathered.add(section.heading, _HEADING)
        gathered.add(section.text, _TEXT)
    places: dict[str, list[int]] = {}
    for at, word in enumerate(split(page.title)):
        places.setdefault(word, []).append(at)
    shown = fragment(page.url, " ".join(gathered.content), gathered.length, page.title, anchors)
    title = {word: at for word, at in places.items() if word in gathered.terms}
    return Digest(shown, name_of(shown), gathered.length, told(gathered.terms, title))


def initials(text: str) -> list[str]:
    """Initials of 3 to 7 words with capitals side by side, links passed over: the abbreviations that a reader
    may make of them."""
    found: dict[str, None] = {}
    for run in _CAPITALS.findall(text):
        letters = [word[0].lower() for word in re.findall(r"\w[\w'-]*", run) if word.lower() not in _LINKS]
        for start in range(len(letters) - 2):
            for size in range(3, min(7, len(letters) - start) + 1):
                found["".join(letters[start : start + size])] = None
    return [short for short in found if short.isascii() and short.isalpha()]
