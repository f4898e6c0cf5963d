"""Words of a site + lexicon → what they stand for and what the browser is told of them; remembered, so that a
run that meets no new word looks nothing up."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b, sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.data.lexicon import Lexicon, given_lexicon, whole_lexicon
from generator.search.groups import code
from generator.search.last import Counts
from generator.search.lookups import json_bytes, word_table
from generator.search.vocabulary import Learned, Phrase, Tokens, Vocabulary, vocabulary_of
from generator.store import Store

WORDS, TABLE, LEXICON = "kosakata", "tabel", "leksikon"
"""Names of what is kept: what words stand for, what the browser is told of it, the lexicon of the program."""


class _Kept(Struct, frozen=True):
    """What the last run knew. ``key`` is what all the rest follows from; ``concerning`` see ``SiteWords``;
    ``state`` what senses follow from, ``senses`` the hash of each; ``unknown`` see ``vocabulary_of``; the
    others are of ``Vocabulary``."""

    key: str = ""
    concerning: str = ""
    state: str = ""
    senses: dict[str, str] = {}
    unknown: dict[str, Learned] = {}
    more: frozenset[str] = frozenset()
    meanings: dict[str, Tokens] = {}
    phrases: dict[str, tuple[tuple[Phrase, Tokens], ...]] = {}
    known: dict[str, str | None] = {}


class SiteWords(Struct, frozen=True):
    """All words of a site, what they stand for, and which of them stand for something else than in the last
    run; ``learned`` is what is to be remembered, None where that is known."""

    seen: set[str]
    words: Vocabulary
    changed: frozenset[str]
    key: str
    concerning: str = ""
    """Hash of what of the lexicon concerns them, where that is known."""
    learned: _Kept | None = None

    def table(self, terms: str, kept: Store) -> bytes:
        """``word_table`` in JSON; ``terms`` are those of the index."""
        held = terms.encode("utf-8", "replace")
        key = sha256(f"{code()}{self.key}".encode() + held).hexdigest()
        if (data := kept.get(TABLE, key)) is None:
            data = json_bytes(word_table(self.seen, held.decode().split("\n"), self.words))
            kept.put(TABLE, key, data)
        return data

    def remember(self, concerning: str, kept: Store) -> None:
        """Keep what was learned, with the roots that were found since."""
        if self.learned is not None:
            whole = msgspec.structs.replace(self.learned, concerning=concerning, known=self.words.known)
            kept.put(WORDS, code(), msgspec.json.encode(whole))


def lexicon_from(said: Lexicon | Sequence[Path], kept: Store) -> Lexicon:
    """A lexicon, or that of the program with the files of an agency."""
    if isinstance(said, Lexicon):
        return said
    if (data := kept.get(LEXICON, code())) is not None:
        return whole_lexicon(said, msgspec.json.decode(data, type=Lexicon))[0]
    kept.put(LEXICON, code(), msgspec.json.encode(given_lexicon()))
    return whole_lexicon(said)[0]


def words_of(counts: Counts, lexicon: Lexicon, kept: Store) -> SiteWords:
    """What the words of a site stand for."""
    seen, said = set(counts.words), {pair for pair, _ in counts.said}
    told = repr((sorted(seen), sorted(said), lexicon.digest()))
    key = sha256(told.encode("utf-8", "replace")).hexdigest()
    data = kept.get(WORDS, code())
    last = msgspec.json.decode(data, type=_Kept) if data else _Kept()
    if last.key == key:
        fixed = (last.more, last.meanings, last.phrases, lexicon.ignored, lexicon.everyday)
        return SiteWords(seen, Vocabulary(*fixed, known=last.known), frozenset(), key, last.concerning)
    unknown = dict(last.unknown)
    words = vocabulary_of(seen, said, lexicon, unknown)
    state = words.fingerprint()
    held = last.senses if state == last.state else {}
    senses = {word: held.get(word) or _sense(word, words) for word in sorted(seen)}
    changed = frozenset(word for word in seen if last.senses.get(word) != senses[word])
    unknown = {word: one for word, one in sorted(unknown.items()) if word in seen}
    learned = _Kept(key, "", state, senses, unknown, words.more, dict(words.meanings), dict(words.phrases))
    return SiteWords(seen, words, frozenset() if held else changed, key, learned=learned)


def _sense(word: str, words: Vocabulary) -> str:
    return blake2b(repr(words.sense(word)).encode(), digest_size=8).hexdigest()
