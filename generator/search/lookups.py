"""Words and facets of a site → what the browser looks up beside Pagefind: ``kata.json``, ``saring.json``
and what that names."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from generator.data.words import fold, root
from generator.search.digest import DERIVED, TOKEN
from generator.search.pagefind import name_of
from generator.search.vocabulary import Vocabulary

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LISTED = 250
"""Titles in one file."""
FACETS = ("unit", "pelaksana", "hukum", "status", "lama", "klasifikasi")


class LookupRow(Struct, frozen=True):
    """A page as it is listed and filtered."""

    name: str
    """Of its fragment."""
    length: int
    """Number of its words."""
    url: str
    title: str
    facets: tuple[tuple[str, str], ...]


def word_table(seen: Collection[str], terms: Iterable[str], words: Vocabulary) -> dict[str, object]:
    """What turns words into the tokens of this site: known roots, other meanings, expressions. ``seen`` are
    the words of the site, ``terms`` the terms of its index."""
    held: set[str] = set()
    derived: set[str] = set()
    for term in terms:
        if term.endswith(TOKEN):
            held.add(term[: -len(TOKEN)])
        elif term.endswith(DERIVED):
            derived.add(term[: -len(DERIVED)])
    meanings = {word: tokens for word, tokens in words.meanings.items() if not held.isdisjoint(tokens)}
    tokens_of = {word: words.tokens(word) for word in sorted(seen)}
    found = {word: tokens for word, tokens in tokens_of.items() if not held.isdisjoint(tokens)}
    roots = {words.root(word) or word for word in found}
    roots |= meanings.keys() & words.roots
    for word, tokens in found.items():
        exact = next((w for w in (word, word.removesuffix("nya")) if w in meanings), None)
        base = exact or root(word, roots) or word
        if meanings.get(base, (base,)) != tokens:
            meanings[word] = tokens
    phrases = [
        [" ".join(phrase), *tokens]
        for listed in words.phrases.values()
        for phrase, tokens in listed
        if not held.isdisjoint(tokens)
    ]
    return {
        "akar": front_coded(roots),
        "turun": front_coded(derived),
        "arti": {word: [t for t in tokens if t in held] for word, tokens in sorted(meanings.items())},
        "frasa": sorted(phrases),
        "abaikan": " ".join(sorted(words.ignored)),
    }


def front_coded(words: Iterable[str]) -> str:
    """Sorted words, each as the number of letters shared with the one before (base 36) and the rest."""
    coded: list[str] = []
    before = ""
    for word in sorted(words):
        shared = 0
        while shared < min(len(word), len(before), 35) and word[shared] == before[shared]:
            shared += 1
        coded.append(DIGITS[shared] + word[shared:])
        before = word
    return " ".join(coded)


def facet_files(rows: Sequence[LookupRow]) -> dict[str, bytes]:
    """``saring.json`` and the files that it names, by name.

    ``saring.json`` holds the facets with their values, and the beginnings of all records' names in the order
    of their titles: a record's number is its place in it. What grows with the values of a facet is asked for
    with the facet, what grows with titles page by page: ``<folder>/unit.json`` holds for each value the
    numbers of its records, ``<folder>/0.json`` address and title of the first ``LISTED``, and so on.
    """
    ordered = sorted(rows, key=lambda row: (fold(row.title), row.title, row.url))
    blocks = [
        [[row.url, row.title] for row in ordered[at : at + LISTED]] for at in range(0, len(ordered), LISTED)
    ]
    facets = _by_value(ordered)
    data = {str(at): json_bytes(block) for at, block in enumerate(blocks)}
    data |= {name: json_bytes([_apart(numbers) for _, numbers in found]) for name, found in facets.items()}
    names = [row.name for row in ordered]
    size = next(n for n in range(1, 99) if len({name[:n] for name in names}) == len(names))
    told = {
        "faset": {name: [value for value, _ in found] for name, found in facets.items()},
        "nama": "".join(name[:size] for name in names),
        "huruf": size,
        "isi": LISTED,
    }
    folder = f"saring/{name_of(b''.join([json_bytes(told), *data.values()]))[:8]}"
    files = {f"{folder}/{name}.json": content for name, content in data.items()}
    return {"saring.json": json_bytes({**told, "folder": folder}), **files}


def _by_value(ordered: Sequence[LookupRow]) -> dict[str, list[tuple[str, list[int]]]]:
    """Facets with their values and the numbers of their records."""
    found: dict[str, dict[str, list[int]]] = {}
    for number, row in enumerate(ordered):
        for facet, value in row.facets:
            found.setdefault(facet, {}).setdefault(value, []).append(number)
    return {name: sorted(found[name].items()) for name in FACETS if name in found}


def _apart(numbers: Sequence[int]) -> str:
    """Rising numbers, each by how far it is from the one before."""
    return " ".join(_base36(after - before) for before, after in pairwise((0, *numbers)))


@lru_cache(maxsize=1 << 14)
def _base36(number: int) -> str:
    more, last = divmod(number, 36)
    return (_base36(more) if more else "") + DIGITS[last]


def json_bytes(data: object) -> bytes:
    """In as few bytes as can be."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
