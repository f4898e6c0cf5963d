"""Lexicon + texts of a site → ``Vocabulary``: which token of the index a word stands for.

A token is one meaning: a root ("periksa"), or an expression of the lexicon ("suratkeputusan" for SK and surat
keputusan). The same table, cut down to what the site holds, goes to the browser.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property

from msgspec import Struct
from msgspec.structs import replace

from generator.data.lexicon import Lexicon
from generator.data.words import root, split, stems, variants, without_prefix
from generator.search.dictionary import base_words

Tokens = tuple[str, ...]
Phrase = tuple[str, ...]

_LINKS = frozenset(
    [
        "dan",
        "di",
        "ke",
        "yang",
        "untuk",
        "serta",
        "atau",
        "dengan",
        "atas",
        "pada",
        "oleh",
        "dari",
        "dalam",
        "secara",
    ]
)
"""Words that an abbreviation may pass over."""
_ABBREVIATED = re.compile(r"\(([A-Z][A-Za-z0-9]{1,9})\)")
_CAPITALS = re.compile(r"[A-Z]")
_LOAN_ENDINGS = ("ator", "isir", "atif")


class Sense(Struct, frozen=True):
    """What a word stands for in a text."""

    tokens: Tokens
    """Of the word by itself; none where it is not searched for."""
    keys: Tokens
    """What an expression may name it by: the word (without -nya), its root, its meanings."""
    begins: Mapping[str, tuple[tuple[Phrase, Tokens], ...]]
    """Expressions that may begin at it, by their second word."""


class Vocabulary(Struct, frozen=True, dict=True):
    """What the words of a site stand for."""

    more: frozenset[str]
    """Roots that the dictionary lacks."""
    meanings: Mapping[str, Tokens]
    """Tokens of a word or root where they are not the root itself."""
    phrases: Mapping[str, tuple[tuple[Phrase, Tokens], ...]]
    """Expressions of several words by their first word, the longest first."""
    ignored: frozenset[str]
    everyday: tuple[tuple[Phrase, tuple[Tokens, ...]], ...] = ()
    """Everyday expressions with terms of the official ones that are meant too; no page is read by them."""
    known: dict[str, str | None] = {}
    """Roots found so far."""
    senses: dict[str, Sense] = {}
    """Senses of the words met so far."""

    def __reduce__(self) -> tuple[Callable[..., Vocabulary], tuple[object, ...]]:
        """For another process, without what only the browser asks for; senses it looks up again."""
        return Vocabulary, (self.more, self.meanings, self.phrases, self.ignored, (), self.known)

    @cached_property
    def roots(self) -> frozenset[str]:
        """All known roots. Where all words were met before nobody asks, and the dictionary is not read."""
        return base_words() | self.more

    def root(self, word: str) -> str | None:
        """The root of a folded word, where it has one."""
        if word not in self.known:
            self.known[word] = root(word, self.roots)
        return self.known[word]

    def tokens(self, word: str) -> Tokens:
        """Tokens of one folded word; an unknown word is its own token."""
        for exact in (word, word.removesuffix("nya")):
            if exact in self.meanings:
                return self.meanings[exact]
        base = self.root(word) or word
        return self.meanings.get(base, (base,))

    def meant(self, phrase: Phrase) -> Tokens:
        """Terms that together stand for an expression."""
        if whole := dict(self.phrases.get(phrase[0], ())).get(phrase):
            return whole[:1]
        return tuple(dict.fromkeys(self.tokens(word)[0] for word in phrase if word not in self.ignored))

    def keys(self, word: str) -> Tokens:
        """All that a folded word may be found by: itself, its root, its tokens."""
        return tuple(dict.fromkeys((word.removesuffix("nya"), self.root(word) or word, *self.tokens(word))))

    def sense(self, word: str) -> Sense:
        """What one folded word stands for."""
        if word not in self.senses:
            keys = self.keys(word)
            begins: dict[str, tuple[tuple[Phrase, Tokens], ...]] = {}
            for key in keys:
                for phrase, meant in self.phrases.get(key, ()):
                    begins[phrase[1]] = (*begins.get(phrase[1], ()), (phrase, meant))
            self.senses[word] = Sense(() if word in self.ignored else self.tokens(word), keys, begins)
        return self.senses[word]

    def index_tokens(self, words: Sequence[str]) -> list[str]:
        """Tokens of a text: of its words, and of its expressions at their first word. A doubled word that is
        an expression ("undang-undang") counts as that only."""
        found: list[str] = []
        senses = [self.senses.get(word) or self.sense(word) for word in words]
        skip, last = 0, len(senses) - 1
        for at, sense in enumerate(senses):
            if sense.begins and at < last:
                for key in senses[at + 1].keys:
                    for phrase, tokens in sense.begins.get(key, ()):
                        if _stands(phrase, senses, at):
                            found += tokens
                            if len(set(phrase)) == 1:
                                skip = max(skip, at + len(phrase))
            if at >= skip:
                found += sense.tokens
        return found


def _stands(phrase: Phrase, senses: Sequence[Sense], at: int) -> bool:
    """Whether an expression of which two words stand at a place stands there whole."""
    return at + len(phrase) <= len(senses) and all(
        phrase[i] in senses[at + i].keys for i in range(2, len(phrase))
    )


Explained = tuple[Phrase, Phrase]
"""An expression and the abbreviation that a text says for it."""
Groups = tuple[tuple[Phrase, ...], ...]


class Unknown(Struct, frozen=True):
    """What is left of an unknown word without its affixes, at least four letters."""

    unprefixed: Tokens
    """Without a prefix at least."""
    stems: Tokens
    """Without any affix, the fewest first."""


def vocabulary_of(words: Iterable[str], said: Iterable[Explained], lexicon: Lexicon) -> Vocabulary:
    """Vocabulary of a site from all its words and the abbreviations that its texts explain."""
    groups = groups_of(said, lexicon)
    given = roots_given(groups, lexicon)
    learned = roots_in(unknown_among(words, base_words() | given))
    return vocabulary_from(groups, given | learned, lexicon)


def groups_of(said: Iterable[Explained], lexicon: Lexicon) -> Groups:
    """Expressions of one meaning: those of the lexicon, and what texts explain themselves ("Kelompok
    Informasi Masyarakat (KIM)")."""
    listed = {phrase for group in lexicon.groups for phrase in group}
    return (*lexicon.groups, *sorted(pair for pair in set(said) if pair[1] not in listed))


def roots_given(groups: Groups, lexicon: Lexicon) -> frozenset[str]:
    """Roots that the dictionary lacks and the lexicon or these expressions have."""
    single = {phrase[0] for group in groups for phrase in group if len(phrase) == 1}
    joined = {"".join(phrase) for group in groups for phrase in group if _joined(phrase)}
    roots = base_words() | lexicon.base | lexicon.own | joined
    roots |= {word for word in single - lexicon.short if len(word) > 3 and not _affixed(word, roots)}
    return roots - base_words()


def vocabulary_from(groups: Groups, more: frozenset[str], lexicon: Lexicon) -> Vocabulary:
    """Vocabulary of a site from all that the dictionary lacks; ``more`` are roots."""
    roots = base_words() | more
    meanings, phrases = _meanings(groups)
    for base in _loan_words():
        if base not in meanings and base not in lexicon.own and (loan := _loan(base, roots)):
            meanings[base] = meanings.get(loan, (loan,))
    by_first: dict[str, list[tuple[Phrase, Tokens]]] = {}
    for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
        by_first.setdefault(phrase[0], []).append((phrase, phrases[phrase]))
    fixed = {first: tuple(found) for first, found in by_first.items()}
    words = Vocabulary(more, meanings, fixed, lexicon.ignored)
    everyday = ((said, tuple(map(words.meant, official))) for said, official in lexicon.everyday)
    return replace(words, everyday=tuple(everyday))


def _meanings(groups: Iterable[Sequence[Phrase]]) -> tuple[dict[str, Tokens], dict[Phrase, Tokens]]:
    """Tokens by word and by expression; an abbreviation of two expressions has two tokens. An expression of
    two base words is also one word (tanda tangan: ditandatangani)."""
    words: dict[str, Tokens] = {}
    phrases: dict[Phrase, Tokens] = {}
    pairs = {phrase for group in groups for phrase in group if _joined(phrase)}
    for group in groups:
        token = ("".join(group[0]),)
        for phrase in group:
            if len(phrase) > 1:
                for written in (phrase, *_closed_up(phrase, pairs)):
                    phrases[written] = phrases.get(written, ()) + token
            if len(phrase) == 1 or _joined(phrase):
                words["".join(phrase)] = words.get("".join(phrase), ()) + token
    return (
        {word: tuple(dict.fromkeys(tokens)) for word, tokens in words.items()},
        {phrase: tuple(dict.fromkeys(tokens)) for phrase, tokens in phrases.items()},
    )


def _closed_up(phrase: Phrase, pairs: Container[Phrase]) -> Iterator[Phrase]:
    """The expression with two of its words written as one (perjanjian kerjasama)."""
    for at in range(len(phrase) - 1):
        if len(phrase) > 2 and phrase[at : at + 2] in pairs:
            yield (*phrase[:at], phrase[at] + phrase[at + 1], *phrase[at + 2 :])


def _affixed(word: str, roots: frozenset[str]) -> bool:
    return any(stem in roots for stem in list(stems(word))[1:]) and word not in roots


def _joined(phrase: Phrase) -> bool:
    return len(phrase) == 2 and all(word in base_words() for word in phrase)


@cache
def _loan_words() -> tuple[str, ...]:
    return tuple(sorted(base for base in base_words() if base.endswith(_LOAN_ENDINGS)))


def _loan(base: str, roots: frozenset[str]) -> str | None:
    """The loan root that stands for this one: koordinator → koordinasi."""
    return next((other for other in variants(base) if other in roots and other.endswith("asi")), None)


def unknown_among(words: Iterable[str], roots: frozenset[str]) -> dict[str, Unknown]:
    """The words that come from none of these roots."""
    found = (w for w in words if len(w) > 3 and w not in roots and w.isalpha() and root(w, roots) is None)
    return {word: _without_affixes(word) for word in found}


def roots_in(unknown: Mapping[str, Unknown]) -> frozenset[str]:
    """Roots that no dictionary knows: what is left of an unknown word where it stands alone in the texts, or
    where two inflected words with a prefix leave the same (mengunggah, diunggah: unggah)."""
    shared = Counter(stem for one in unknown.values() for stem in one.unprefixed)
    found = (
        next((stem for stem in one.stems if stem in unknown or shared[stem] > 1), None)
        for one in unknown.values()
    )
    return frozenset(stem for stem in found if stem)


def _without_affixes(word: str) -> Unknown:
    rests = {
        rest for _, prefixed in without_prefix(word) for rest in stems(prefixed) if len(rest) > 3
    }  # each counts once
    return Unknown(tuple(sorted(rests)), tuple(stem for stem in list(stems(word))[1:] if len(stem) > 3))


def explained(text: str) -> Iterator[Explained]:
    """Abbreviations that a text explains in front of their brackets."""
    for match in _ABBREVIATED.finditer(text) if "(" in text else ():
        short = match[1].lower()
        before = split(text[max(0, match.start() - 160) : match.start()])
        if len(_CAPITALS.findall(match[1])) < 2:
            continue
        for count in range(2, min(len(before), len(short) + 3) + 1):
            phrase = tuple(before[-count:])
            if phrase[0] not in _LINKS and spells(short, phrase):
                yield phrase, (short,)
                break


def spells(short: str, phrase: Sequence[str]) -> bool:
    """Whether an abbreviation is made of the beginnings of all the words, links aside ("perbup": peraturan
    bupati; "KIM": kelompok informasi masyarakat)."""
    if not phrase:
        return not short
    if phrase[0] in _LINKS and spells(short, phrase[1:]):
        return True
    word = phrase[0]
    return any(
        short[:size] == word[:size] and spells(short[size:], phrase[1:])
        for size in range(1, min(len(short), len(word)) + 1)
    )
