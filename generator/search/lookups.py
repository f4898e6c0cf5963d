"""Words and facets of a site → what the browser looks up beside Pagefind: ``kata.json``, ``saring.json``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from generator.search.digest import DERIVED, TOKEN
from generator.search.vocabulary import Vocabulary
from generator.search.words import root

FACETS = ("unit", "pelaksana", "hukum", "status", "lama", "klasifikasi")


@dataclass(frozen=True, slots=True)
class Row:
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
        coded.append("0123456789abcdefghijklmnopqrstuvwxyz"[shared] + word[shared:])
        before = word
    return " ".join(coded)


def facet_table(rows: Sequence[Row]) -> dict[str, object]:
    """Facets with their values, and each record's title, address and values (indexes into them)."""
    values = {name: sorted({v for row in rows for n, v in row.facets if n == name}) for name in FACETS}
    used = {name: {v: at for at, v in enumerate(found)} for name, found in values.items() if found}
    listed = {
        row.name: [
            row.url,
            row.title,
            [[at[v] for n, v in row.facets if n == name] for name, at in used.items()],
        ]
        for row in rows
    }
    return {"faset": {name: list(at) for name, at in used.items()}, "halaman": dict(sorted(listed.items()))}
