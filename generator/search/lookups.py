"""Words, pages and facets of a site → what the browser looks up beside the postings.

A file of the bundle is a script that hands one value over (``sopCari.terima(name, value)``): so a site works
from a folder too, where browsers let pages read no files but run scripts.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from generator.data.words import root
from generator.search.dictionary import by_letter
from generator.search.postings import digits, name_of
from generator.search.vocabulary import Tokens, Vocabulary

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
FACETS = ("instansi", "unit", "pelaksana", "hukum", "status", "lama", "klasifikasi")
SHOWN = ("satuan", "nomor", "keadaan")
"""Marks of a page that tell it from others of its name, as they are shown."""
_SHORT = 10
"""Letters of a name that are enough."""


class LookupRow(Struct, frozen=True):
    """A page as it is listed and filtered."""

    name: str
    """Of what is shown of it."""
    url: str
    title: str
    facets: tuple[tuple[str, str], ...]

    def listed(self) -> list[object]:
        """What the browser is told of it: address, title, marks, name of its text."""
        told = dict(self.facets)
        return [self.url, self.title, [told[name] for name in SHOWN if name in told], short(self.name)]


def short(name: str) -> str:
    """A name as files bear it."""
    return name[:_SHORT]


def script(name: str, content: bytes) -> bytes:
    """The file that hands over a value in JSON."""
    return b"sopCari.terima(%s,%s)\n" % (json.dumps(name).encode(), content)


def json_bytes(data: object) -> bytes:
    """In as few bytes as can be, and safe in a script of old browsers."""
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return told.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode()


def word_table(seen: Collection[str], terms: Iterable[str], words: Vocabulary) -> dict[str, object]:
    """What turns words into the terms of this site: known roots, other meanings, expressions, everyday words.
    ``seen`` are the words of the site, ``terms`` the terms of its index."""
    held = {term for term in terms if term.isalnum()}
    meanings = {word: tokens for word, tokens in words.meanings.items() if not held.isdisjoint(tokens)}
    tokens_of = {word: words.tokens(word) for word in sorted(seen)}
    found = {word: tokens for word, tokens in tokens_of.items() if not held.isdisjoint(tokens)}
    roots = {words.root(word) or word for word in found}
    roots |= meanings.keys() & words.roots
    for word, tokens in found.items():
        exact = next((w for w in (word, word.removesuffix("nya")) if w in meanings), None)
        base = exact or (word if word in roots else root(word, roots)) or word
        if meanings.get(base, (base,)) != tokens:
            meanings[word] = tokens
    phrases = [
        [" ".join(phrase), *tokens]
        for listed in words.phrases.values()
        for phrase, tokens in listed
        if not held.isdisjoint(tokens)
    ]
    everyday = _everyday(held, words)
    return {
        "akar": front_coded(roots),
        "kenal": front_coded(_own_roots(everyday, words) - roots),
        "arti": {word: [t for t in tokens if t in held] for word, tokens in sorted(meanings.items())},
        "frasa": sorted(phrases),
        "sehari": everyday,
        "abaikan": " ".join(sorted(words.ignored)),
    }


def _everyday(held: set[str], words: Vocabulary) -> list[tuple[str, list[Tokens]]]:
    """Everyday expressions with the terms of the official ones that the site holds."""
    found: list[tuple[str, list[Tokens]]] = []
    for said, official in words.everyday:
        if known := [tokens for tokens in official if tokens and held.issuperset(tokens)]:
            found.append((" ".join(said), known))
    return sorted(found)


def _own_roots(everyday: Iterable[tuple[str, list[Tokens]]], words: Vocabulary) -> set[str]:
    """The words of everyday expressions that are roots, so that their forms are known too; a derived one
    stands for itself alone (penghargaan is no harga)."""
    found = {word for said, _ in everyday for word in said.split()}
    return {word for word in found if words.root(word) in (None, word)}


def front_coded(words: Iterable[str]) -> str:
    """Sorted words, each as the number of letters shared with the one before (base 36) and the rest."""
    coded: list[str] = []
    before = ""
    for word in sorted(words):
        shared = 0
        for letter, other in zip(word, before, strict=False):
            if letter != other or shared == 35:
                break
            shared += 1
        coded.append(DIGITS[shared] + word[shared:])
        before = word
    return " ".join(coded)


def facet_files(pages: Iterable[Iterable[tuple[str, str]]]) -> tuple[str, dict[str, bytes]]:
    """Name of the list of facets, and all files by name: the list tells the values of each facet and the file
    that holds for each value the numbers of its pages."""
    found: dict[str, dict[str, list[int]]] = {}
    for number, facets in enumerate(pages):
        for facet, value in facets:
            found.setdefault(facet, {}).setdefault(value, []).append(number)
    files: dict[str, bytes] = {}
    listed: dict[str, object] = {}
    for facet in (name for name in FACETS if name in found):
        values = sorted(found[facet].items())
        name = named(files, "saring", json_bytes([_apart(numbers) for _, numbers in values]))
        listed[facet] = [name, [value for value, _ in values]]
    return named(files, "saring", json_bytes(listed)), files


@cache
def dictionary_files() -> tuple[Mapping[str, str], dict[str, bytes]]:
    """Name of the piece of the dictionary for each first letter, and the pieces by name."""
    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for letter, words in by_letter().items():
        told = [front_coded(words), " ".join(words[word] or "-" for word in sorted(words))]
        names[letter] = named(files, "kamus", json_bytes(told))
    return names, files


def named(files: dict[str, bytes], folder: str, content: bytes) -> str:
    """Add a file that is named after what is in it; gives its name."""
    name = f"{folder}/{short(name_of(content))}"
    files[name] = content
    return name


def _apart(numbers: Sequence[int]) -> str:
    """Rising numbers, each by how far it is from the one before."""
    return b"".join(digits(after - before) for before, after in pairwise((0, *numbers))).decode()
