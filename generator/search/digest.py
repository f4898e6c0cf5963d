"""Page + ``Vocabulary`` → what it is found by and what is shown of it.

Beside each text of a page stand the tokens of its words, marked by ``TOKEN`` so that no word can be taken for
one. The browser asks for tokens; a word as it is written is a term only where no token of it begins so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from generator.data.words import split
from generator.search.pagefind import PLAIN, fragment, name_of, told
from generator.search.pages import BREAK, SearchPage
from generator.search.vocabulary import Vocabulary

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
_CAPITAL = re.compile("[A-Z]")
_LINKS = frozenset(
    ["dan", "di", "ke", "yang", "untuk", "serta", "atau", "dengan", "pada", "oleh", "dari", "dalam"]
)


class Digest(Struct, frozen=True):
    """What a page is found by, and what is shown of it."""

    shown: bytes
    """Its fragment."""
    name: str
    """Of its fragment."""
    length: int
    """Number of its words."""
    terms: Mapping[str, bytes]
    """Its terms as the index tells them."""


def texts_of(page: SearchPage) -> Iterator[str]:
    """All texts of a page that words are taken from."""
    yield page.title
    for section in page.sections:
        if section.heading:
            yield section.heading
        if section.text:
            yield section.text


class _Part(Struct, frozen=True):
    """What one cell or paragraph comes to."""

    words: int
    marks: tuple[str, ...]
    spelled: tuple[str, ...]
    """Words that are found as they are written."""
    initials: tuple[str, ...]


class Digester:
    """Makes digests in the words of one site. Cells of tables are met again and again: what the last of them
    came to is remembered."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self._spelled = _Spelled(words)
        self._part = lru_cache(maxsize=1 << 13)(self._read)

    def digest(self, page: SearchPage) -> Digest:
        """What a page is found by and what is shown of it."""
        gathered = self.gathered(page)
        weights = gathered.weights()
        title: dict[str, list[int]] = {}
        for at, word in enumerate(split(page.title)):
            if word in weights:
                title.setdefault(word, []).append(at)
        content, length = " ".join(gathered.content), gathered.length
        shown = fragment(page.url, content, length, page.title, gathered.anchors)
        return Digest(shown, name_of(shown), length, told(weights, title))

    def gathered(self, page: SearchPage) -> Gathered:
        """Terms and content of a page."""
        gathered = Gathered()
        self._add(gathered, page.title, _TITLE)
        for section in page.sections:
            if section.anchor:
                gathered.anchors.append((section.anchor, section.heading, gathered.pieces))
                self._add(gathered, section.heading, _HEADING)
            self._add(gathered, section.text, _TEXT)
        return gathered

    def _add(self, gathered: Gathered, text: str, weights: tuple[int, int]) -> None:
        if not text:
            return
        plain, heavy = weights
        marks: list[str] = []
        short: list[str] = []
        spelled = gathered.counted[plain]
        for piece in text.split(BREAK):
            part = self._part(piece)
            marks += part.marks
            short += part.initials
            spelled += part.spelled
            gathered.length += part.words
        marks += dict.fromkeys(short)
        gathered.counted[heavy] += marks
        gathered.length += len(marks)
        if "\u200b" in text or "\ufeff" in text:
            text = " ".join(text.translate(_INVISIBLE).split())
        for shown in (text, " ".join(dict.fromkeys(marks))):
            if shown:
                gathered.content.append(shown if shown.endswith((".", "?", "!")) else f"{shown}.")
                gathered.pieces += shown.count(" ") + 1

    def _read(self, text: str) -> _Part:
        words = split(text)
        marks_of, spelled_of = _MARKS_OF, self._spelled
        marks = [mark for pair in self.words.index_tokens(words) for mark in marks_of[pair]]
        spelled = [word for word in words if spelled_of[word]]
        return _Part(len(words), tuple(marks), tuple(spelled), tuple(s + INITIALS for s in initials(text)))


class _Spelled(dict[str, bool]):
    """Whether a word is found as it is written."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words

    def __missing__(self, word: str) -> bool:
        self[word] = found = self._words.sense(word).spelled and not word.endswith(MARKS)
        return found


class _Marks(dict[tuple[str, bool], tuple[str, ...]]):
    """The marks of a token, and whether a derived word gave it."""

    def __missing__(self, pair: tuple[str, bool]) -> tuple[str, ...]:
        token, derived = pair
        self[pair] = marks = (token + TOKEN, token + DERIVED) if derived else (token + TOKEN,)
        return marks


_MARKS_OF = _Marks()


class Gathered:
    """Terms and content of a page so far."""

    def __init__(self) -> None:
        self.counted: defaultdict[int, list[str]] = defaultdict(list)
        """Terms by the weight of one."""
        self.length = 0
        """Number of words and marks."""
        self.anchors: list[tuple[str, str, int]] = []
        """Id, heading, and place in the content."""
        self.content: list[str] = []
        self.pieces = 0
        """Words of the content, as browsers part them."""

    def weights(self) -> dict[str, int]:
        """Weight of each term on the page."""
        found: dict[str, int] = {}
        for weight, terms in sorted(self.counted.items(), key=lambda one: -len(one[1])):
            counted = Counter(terms).items()
            if not found:
                found = {term: weight * count for term, count in counted}
                continue
            for term, count in counted:
                found[term] = found.get(term, 0) + weight * count
        return found


def initials(text: str) -> list[str]:
    """Initials of 3 to 7 words with capitals side by side, links passed over: the abbreviations that a reader
    may make of them."""
    found: dict[str, None] = {}
    for run in _CAPITALS.findall(text) if len(_CAPITAL.findall(text)) > 2 else ():
        if len(words := run.split()) < 3:
            continue
        letters = [word[0].lower() for word in words if word.lower() not in _LINKS]
        for start in range(len(letters) - 2):
            for size in range(3, min(7, len(letters) - start) + 1):
                found["".join(letters[start : start + size])] = None
    return [short for short in found if short.isascii() and short.isalpha()]
