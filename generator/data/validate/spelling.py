"""Tree → words that are known to be misprints, and marks that are not seen, with their positions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.data.load import Items, ScalarNode, Tree
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


def texts(tree: Tree) -> list[ScalarNode]:
    """All scalars that stand as values, in the order of the file."""
    found: list[ScalarNode] = []
    _add_texts(tree, found)
    return found


def _add_texts(tree: Tree, found: list[ScalarNode]) -> None:
    if isinstance(tree, ScalarNode):
        found.append(tree)
    elif isinstance(tree, Items):
        for item in tree.items:
            _add_texts(item, found)
    else:
        for key, entry in tree.entries.items():
            if key not in _OURS:
                _add_texts(entry.value, found)


def misprints(tree: Tree) -> Iterator[tuple[Position, str, str]]:
    """(where its text begins, the word as written, the word meant), each word once a text."""
    found = texts(tree)
    whole = "\n".join(text.value for text in found).lower()
    if not any(misprint in whole for misprint in MISPRINTS):  # asked first, as it takes a tenth of the time
        return
    for text in found:
        for word in dict.fromkeys(_WORD.findall(text.value)):
            if meant := MISPRINTS.get(word.lower()):
                yield text.position, word, _like(word, meant)


def _like(word: str, meant: str) -> str:
    """The word meant, with capitals as the written one has them."""
    return meant.upper() if word.isupper() else meant[0].upper() + meant[1:] if word[0].isupper() else meant


def unseen(tree: Tree) -> Iterator[tuple[Position, str]]:
    """(where its text or key begins, the mark as U+…) of marks that nobody sees, each once a text."""
    for text in _not_ascii(tree):
        for mark in dict.fromkeys(UNSEEN.findall(text.value)):
            yield text.position, f"U+{ord(mark):04X}"


def _not_ascii(tree: Tree) -> Iterator[ScalarNode]:
    """The scalars, keys included, in which another sign than those of ASCII stands."""
    todo: list[Tree] = [tree]
    while todo:
        one = todo.pop()
        if isinstance(one, ScalarNode):
            if not one.value.isascii():
                yield one
        elif isinstance(one, Items):
            todo += reversed(one.items)
        else:
            for entry in reversed(list(one.entries.values())):
                todo += (entry.value, entry.key)
