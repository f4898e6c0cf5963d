"""SearchPage + ``Vocabulary`` → what it is found by and what is shown of it.

A term weighs by how often it stands in which field of a page, against the field's length (BM25F): the name
before what a step does, that before the rest. The lengths are measured against fixed ones, so that a page's
weights follow from the page alone.
"""

from __future__ import annotations

import pickle
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import chain, pairwise

from msgspec import Struct

from generator.data.words import split
from generator.search.lookups import json_bytes
from generator.search.pages import BREAK, STEP, SearchPage
from generator.search.postings import name_of, weight_letter
from generator.search.vocabulary import Vocabulary

INITIALS = "^"
"""Ends the initials of a name, what a reader may make of it, and a number in it: "Tipe II" is no step 2."""
NUMBER = "#"
"""Begins the number of a law or document ("Nomor 62")."""


class SearchField(Struct, frozen=True):
    """What a word in a field weighs, how much the field's length counts, and how long it commonly is."""

    weight: float
    length_counts: float
    common: int


NAME = SearchField(7.0, 0.6, 8)
NAME_NUMBERS = SearchField(7.0, 0.0, 1)
STEP_DONE = SearchField(2.0, 0.6, 50)
STEP_REST = SearchField(1.0, 0.6, 120)
LAW = SearchField(0.25, 0.6, 60)
REST = SearchField(0.25, 0.6, 150)
_LAWS = "hukum"
"""Anchor of the section of an SOP's laws."""

_SHOWN = 1500
"""Letters of a section that are shown at most: lists are longer than anyone reads in a hit."""
_PASSED = "(?:dan|di|ke|yang|untuk|atau|dengan|dari|of|the)"
_CAPITALS = re.compile(rf"(?:[A-Z][\w'-]*(?:(?:\s+{_PASSED})+(?=\s+[A-Z]))?\s*)+")
_CAPITAL = re.compile("[A-Z]")
_LINKS = frozenset(
    "dan di ke yang untuk serta atau dengan pada oleh dari dalam of the".split()  # noqa: SIM905
)
_NUMBERED = frozenset(["nomor", "nomer", "no"])
_ROMAN = {
    roman: str(number)
    for number, roman in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)  # noqa: SIM905
}


class Digest(Struct, frozen=True):
    """What a page is found by, and what is shown of it."""

    shown: bytes
    """Its sections, each with anchor, heading and text."""
    name: str
    """Of what is shown."""
    terms: Mapping[str, bytes]
    """Its terms with the letters of their weights."""


def texts_of(page: SearchPage) -> Iterator[str]:
    """All texts of a page that words are taken from."""
    yield page.title
    for section in page.sections:
        if section.heading:
            yield section.heading
        if section.text:
            yield section.text


class Digester:
    """Makes digests in the words of one site. Cells of tables are met again and again: what the last of them
    came to is remembered."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self._terms = lru_cache(maxsize=1 << 13)(self._read)

    def __reduce__(self) -> tuple[Callable[[bytes], Digester], tuple[bytes]]:
        return _again, (self._packed,)

    @cached_property
    def _packed(self) -> bytes:
        return pickle.dumps(self.words)

    def digest(self, page: SearchPage) -> Digest:
        """What a page is found by and what is shown of it."""
        weights = self.weights(page)
        texts = (one.text.replace("\u200b", "").replace("\ufeff", "") for one in page.sections)
        told = [
            (one.anchor, one.heading, text if len(text) <= _SHOWN else _cut(text))
            for one, text in zip(page.sections, texts, strict=True)
        ]
        shown = json_bytes(told)
        return Digest(
            shown, name_of(shown), {term: weight_letter(weight) for term, weight in weights.items()}
        )

    def weights(self, page: SearchPage) -> dict[str, float]:
        """Weight of each term of a page."""
        found: defaultdict[str, float] = defaultdict(float)
        for field, terms in self._fields(page).items():
            size = 1 - field.length_counts + field.length_counts * len(terms) / field.common
            for term, count in Counter(terms).items():
                found[term] += field.weight * count / size
        return found

    def _fields(self, page: SearchPage) -> dict[SearchField, list[str]]:
        fields: dict[SearchField, list[str]] = {}
        heads = dict.fromkeys(initials(page.title))
        for field, text in _texts(page):
            terms = fields.setdefault(field, [])
            terms += chain.from_iterable(map(self._terms, text.split(BREAK)))
        fields.setdefault(NAME, []).extend(short + INITIALS for short in heads)
        numbers = (_ROMAN.get(word, word) for word in split(page.title))
        fields[NAME_NUMBERS] = [number + INITIALS for number in numbers if number.isdigit()]
        return fields

    def _read(self, text: str) -> list[str]:
        words = split(text)
        terms = self.words.index_tokens(words)
        for before, word in () if _NUMBERED.isdisjoint(words) else pairwise(words):
            if before in _NUMBERED and word.isdigit():
                terms.append(NUMBER + word)
        return terms


@lru_cache(maxsize=1)
def _again(words: bytes) -> Digester:
    """The digester of the last job, as the next will ask for the same. The bytes come from ``_packed``."""
    return Digester(pickle.loads(words))


def _cut(text: str) -> str:
    """As much of a text as is shown, by whole words."""
    return f"{text[:_SHOWN].rpartition(' ')[0]} …"


def _texts(page: SearchPage) -> Iterator[tuple[SearchField, str]]:
    """The texts of a page and the fields that they stand in."""
    yield NAME, page.title
    for section in page.sections:
        if STEP.fullmatch(section.anchor):
            done, _, rest = section.text.partition(BREAK)
            yield STEP_DONE, done
            yield STEP_REST, rest
        else:
            field = LAW if section.anchor == _LAWS else REST
            yield field, f"{section.heading}{BREAK}{section.text}"


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
