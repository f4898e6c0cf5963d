"""Words of a site + lexicon → what they stand for and what the browser is told of them; remembered, so that a
run that meets no new word looks nothing up."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b, sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.data.lexicon import Lexicon, given_lexicon, whole_lexicon
from generator.search.dictionary import base_words
from generator.search.groups import code
from generator.search.last import Counts
from generator.search.lookups import json_bytes, word_table
from generator.search.vocabulary import (
    Phrase,
    Tokens,
    Unknown,
    Vocabulary,
    groups_of,
    roots_given,
    roots_in,
    unknown_among,
    vocabulary_from,
)
from generator.store import Store

WORDS, TABLE, LEXICON = "kosakata", "tabel", "leksikon"
"""Names of what is kept: what words stand for, what the browser is told of it, the lexicon of the program."""


class _Kept(Struct, frozen=True):
    """What the last run knew: of ``ground`` the hash, which all the rest follows from beside the words;
    ``concerning`` see ``SiteWords``; of ``senses`` the hash of each; words without a root, and the roots that
    these show (``roots_in``); the others are of ``Vocabulary``."""

    ground: str = ""
    concerning: str = ""
    senses: dict[str, str] = {}
    unknown: dict[str, Unknown] = {}
    learned: frozenset[str] = frozenset()
    more: frozenset[str] = frozenset()
    meanings: dict[str, Tokens] = {}
    phrases: dict[str, tuple[tuple[Phrase, Tokens], ...]] = {}
    everyday: tuple[tuple[Phrase, tuple[Tokens, ...]], ...] = ()
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
    """What the words of a site stand for. Only new words are looked up, unless they change what others do."""
    seen, said = set(counts.words), {pair for pair, _ in counts.said}
    ground = _hash(repr((sorted(said), lexicon.digest())))
    key = _hash(" ".join((ground, *sorted(seen))))
    data = kept.get(WORDS, code())
    last = msgspec.json.decode(data, type=_Kept) if data else _Kept()
    words = Vocabulary(last.more, last.meanings, last.phrases, lexicon.ignored, last.everyday, last.known)
    held = last if last.ground == ground else _Kept()
    if held.ground and held.senses.keys() == seen:
        return SiteWords(seen, words, frozenset(), key, held.concerning)
    groups = groups_of(said, lexicon)
    given = held.more - held.learned if held.ground else roots_given(groups, lexicon)
    unknown = {word: one for word, one in held.unknown.items() if word in seen}
    unknown |= unknown_among(sorted(seen - held.senses.keys()), base_words() | given)
    learned = roots_in(unknown)
    if not held.ground or learned != held.learned:
        words, held = vocabulary_from(groups, given | learned, lexicon), _Kept()
    for word in held.senses.keys() - seen:
        words.known.pop(word, None)
    senses = {word: held.senses.get(word) or _sense(word, words) for word in sorted(seen)}
    changed = () if held.ground else (word for word in seen if last.senses.get(word) != senses[word])
    fixed = (words.more, dict(words.meanings), dict(words.phrases), words.everyday)
    now = _Kept(ground, "", senses, unknown, learned, *fixed)
    return SiteWords(seen, words, frozenset(changed), key, learned=now)


def _sense(word: str, words: Vocabulary) -> str:
    return blake2b(repr(words.sense(word)).encode(), digest_size=8).hexdigest()


def _hash(told: str) -> str:
    return sha256(told.encode("utf-8", "replace")).hexdigest()
