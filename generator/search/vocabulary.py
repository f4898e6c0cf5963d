"""Lexicon + texts of a site → ``Vocabulary``: which token of the index a word stands for.

A token is one meaning: a root ("periksa"), or an expression of the lexicon ("suratkeputusan" for SK and surat
keputusan). The same table, cut down to what the site holds, goes to the browser.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from generator.search.lexicon import Lexicon
from generator.search.words import root, split, stems, variants, without_prefix

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

_STRAY = frozenset(
    """
    abar acau awat awin belian belikan ecek epak ering kecek kelayan kelibat kelulus kerawat kerumus
    kesiap kunduran kupahan mada madam madu magar maket manah mandai mangan manggung mangkas manjing
    mapak masir melintir melotot mena meni mentas merang merawan meriang mesan meta milu minggir mintal
    molos mondok mondong muas mukah mulas mungut mupus mutih nahak nambi nandu natar ngabur nyaring peni
    runggas rurut sahan sahkan sala saman serahi setori ujuk unjung upas uras usak
    """.split()  # noqa: SIM905 - a list of words reads better in lines
)
"""Words of the dictionary that are hardly words, or that take the forms of a common one (mesan: memesan, of
pesan)."""


@cache
def base_words() -> frozenset[str]:
    """The dictionary of base words that PySastrawi brings."""
    text = files("Sastrawi.Stemmer.data").joinpath("kata-dasar.txt").read_text(encoding="utf-8")
    return frozenset(word for word in text.split() if word.isalpha() and len(word) > 1) - _STRAY


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the words of a site stand for."""

    roots: frozenset[str]
    meanings: Mapping[str, Tokens]
    """Tokens of a word or root where they are not the root itself."""
    phrases: Mapping[str, tuple[tuple[Phrase, Tokens], ...]]
    """Expressions of several words by their first word, the longest first."""
    ignored: frozenset[str]
    known: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)
    """Roots found so far."""
    keys: dict[str, Tokens] = field(default_factory=dict, repr=False, compare=False)
    """What an expression may name a word by, of the words met so far."""

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

    def derived(self, word: str) -> bool:
        """Whether a word stands for its root with a shade of its own (mengumumkan, not umum or umumnya)."""
        plain = word.removesuffix("nya")
        return not {word, plain} & self.meanings.keys() and self.root(word) not in (None, word, plain)

    def index_tokens(self, words: Sequence[str]) -> list[tuple[str, bool]]:
        """Tokens of a text, and whether a derived word gave them: of its words, and of its expressions at
        their first word. A doubled word that is an expression ("undang-undang") counts as that only."""
        found: list[tuple[str, bool]] = []
        skip = 0
        for at, word in enumerate(words):
            for phrase, tokens in self.phrases_at(words, at):
                found.extend((token, False) for token in tokens)
                if len(set(phrase)) == 1:
                    skip = max(skip, at + len(phrase))
            if at >= skip and word not in self.ignored:
                found.extend((token, self.derived(word)) for token in self.tokens(word))
        return found

    def phrases_at(self, words: Sequence[str], at: int) -> Iterator[tuple[Phrase, Tokens]]:
        """Expressions that begin at a word: each word as it stands (without -nya), by its root or meaning."""
        for first in self._keys(words[at]):
            for phrase, tokens in self.phrases.get(first, ()):
                if at + len(phrase) <= len(words) and all(
                    wanted in self._keys(word)
                    for word, wanted in zip(words[at + 1 :], phrase[1:], strict=False)
                ):
                    yield phrase, tokens

    def _keys(self, word: str) -> Tokens:
        if word not in self.keys:
            found = (word.removesuffix("nya"), self.root(word) or word, *self.tokens(word))
            self.keys[word] = tuple(dict.fromkeys(found))
        return self.keys[word]


def vocabulary(texts: Sequence[str], lexicon: Lexicon) -> Vocabulary:
    """Vocabulary of a site from all its texts: the dictionary, the lexicon, the abbreviations that the texts
    explain themselves ("Kelompok Informasi Masyarakat (KIM)"), and roots that only inflected words show."""
    groups = [*lexicon.groups, *_explained(texts, lexicon)]
    single = {phrase[0] for group in groups for phrase in group if len(phrase) == 1}
    joined = {"".join(phrase) for group in groups for phrase in group if _joined(phrase)}
    roots = base_words() | lexicon.base | lexicon.own | joined
    roots |= {word for word in single - lexicon.short if len(word) > 3 and not _affixed(word, roots)}
    roots |= _learned({word for text in texts for word in split(text)}, roots)
    meanings, phrases = _meanings(groups)
    for base in base_words():
        if base not in meanings and base not in lexicon.own and (loan := _loan(base, roots)):
            meanings[base] = meanings.get(loan, (loan,))
    by_first: dict[str, list[tuple[Phrase, Tokens]]] = {}
    for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
        by_first.setdefault(phrase[0], []).append((phrase, phrases[phrase]))
    fixed = {first: tuple(found) for first, found in by_first.items()}
    return Vocabulary(frozenset(roots), meanings, fixed, lexicon.ignored)


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


def _loan(base: str, roots: frozenset[str]) -> str | None:
    """The loan root that stands for this one: koordinator → koordinasi."""
    if not base.endswith(("ator", "isir", "atif")):
        return None
    return next((other for other in variants(base) if other in roots and other.endswith("asi")), None)


def _learned(words: Iterable[str], roots: frozenset[str]) -> frozenset[str]:
    """Roots that no dictionary knows: what is left of an unknown word where it stands alone in the texts, or
    where two inflected words with a prefix leave the same (mengunggah, diunggah: unggah)."""
    unknown = sorted(w for w in words if w.isalpha() and len(w) > 3 and root(w, roots) is None)
    alone = frozenset(unknown)
    shared = Counter(
        stem
        for word in unknown
        for stem in {
            rest for _, prefixed in without_prefix(word) for rest in stems(prefixed) if len(rest) > 3
        }
    )
    learned: set[str] = set()
    for word in unknown:
        for stem in list(stems(word))[1:]:
            if len(stem) > 3 and (stem in alone or shared[stem] > 1):
                learned.add(stem)
                break
    return frozenset(learned)


def _explained(texts: Iterable[str], lexicon: Lexicon) -> list[tuple[Phrase, Phrase]]:
    """Abbreviations that a text explains in front of their brackets and that the lexicon does not."""
    known = {phrase for group in lexicon.groups for phrase in group}
    found: dict[tuple[Phrase, Phrase], None] = {}
    for text in texts:
        for match in _ABBREVIATED.finditer(text):
            short = match[1].lower()
            before = split(text[max(0, match.start() - 160) : match.start()])
            if len(_CAPITALS.findall(match[1])) < 2 or (short,) in known:
                continue
            for count in range(2, min(len(before), len(short) + 3) + 1):
                phrase = tuple(before[-count:])
                if phrase[0] not in _LINKS and spells(short, phrase):
                    found[(phrase, (short,))] = None
                    break
    return sorted(found)


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
