"""Texts + lexicon → the vocabulary of a site that says just these."""

from __future__ import annotations

from collections.abc import Iterable

from generator.data.lexicon import Lexicon
from generator.data.words import split
from generator.search.vocabulary import Vocabulary, explained, vocabulary_of


def vocabulary(texts: Iterable[str], lexicon: Lexicon) -> Vocabulary:
    """Vocabulary of a site from all its texts; see ``vocabulary_of``."""
    held = list(texts)
    words = {word for text in held for word in split(text)}
    return vocabulary_of(words, {one for text in held for one in explained(text)}, lexicon)
