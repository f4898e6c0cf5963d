"""Tree → words that are known to be misprints, and marks that are not seen, with their positions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.data.load import Items, MappingNode, ScalarNode, Tree
from generator.model.problems import Position

MISPRINTS: dict[str, str] = {
    "mutu buku": "Mutu Baku",
    "meteri": "materi",
    "stampel": "stempel",
    "survey": "survei",
    "standard": "standar",
    "aktifitas": "aktivitas",
    "efektifitas": "efektivitas",
    "analisa": "analisis",
    "ijin": "izin",
    "jadual": "jadwal",
    "kwitansi": "kuitansi",
    "kwalitas": "kualitas",
    "nopember": "November",
    "pebruari": "Februari",
    "obyek": "objek",
    "subyek": "subjek",
    "praktek": "praktik",
    "resiko": "risiko",
    "sistim": "sistem",
    "standarisasi": "standardisasi",
    "tehnik": "teknik",
    "tehnis": "teknis",
    "photo": "foto",
    "pelaksaan": "pelaksanaan",
    "pelakasana": "pelaksana",
    "kelengkapam": "kelengkapan",
    "dokumnen": "dokumen",
    "menandatangai": "menandatangani",
    "memferifikasi": "memverifikasi",
    "ferifikasi": "verifikasi",
}
"""Misprint or outdated spelling (lower case) → the word that is probably meant."""

_WORD = re.compile(rf"\b(?:{'|'.join(map(re.escape, MISPRINTS))})\b", re.IGNORECASE)
_OURS = frozenset({"catatan", "dugaan"})
"""Keys whose text is ours and not the source's."""

# Direction marks, zero-width characters and soft hyphens: legal text that nobody sees.
UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f]")


def texts(tree: Tree) -> Iterator[ScalarNode]:
    """All scalars that stand as values, in the order of the file."""
    if isinstance(tree, ScalarNode):
        yield tree
    elif isinstance(tree, Items):
        for item in tree.items:
            yield from texts(item)
    else:
        for key, entry in tree.entries.items():
            if key not in _OURS:
                yield from texts(entry.value)


def misprints(tree: Tree) -> Iterator[tuple[Position, str, str]]:
    """(where its text begins, the word as written, the word meant), each word once a text."""
    for text in texts(tree):
        for word in dict.fromkeys(found[0] for found in _WORD.finditer(text.value)):
            yield text.position, word, _like(word, MISPRINTS[word.lower()])


def _like(word: str, meant: str) -> str:
    """The word meant, with capitals as the written one has them."""
    return meant.upper() if word.isupper() else meant[0].upper() + meant[1:] if word[0].isupper() else meant


def unseen(tree: Tree) -> Iterator[tuple[Position, str]]:
    """(where its text or key begins, the mark as U+…) of marks that nobody sees, each once a text."""
    for text in every_text(tree):
        for mark in dict.fromkeys(UNSEEN.findall(text.value)):
            yield text.position, f"U+{ord(mark):04X}"


def every_text(tree: Tree) -> Iterator[ScalarNode]:
    """All scalars, keys included."""
    if isinstance(tree, ScalarNode):
        yield tree
    elif isinstance(tree, Items):
        for item in tree.items:
            yield from every_text(item)
    else:
        assert isinstance(tree, MappingNode)
        for entry in tree.entries.values():
            yield entry.key
            yield from every_text(entry.value)
