"""Steps of two tables → which step of the new one is which of the old one, and which of them moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from generator.model.sop import Kegiatan

ALIKE = 60.0
"""Steps whose wording is less alike than this (per cent) are different steps."""


def match(old: Sequence[Kegiatan], new: Sequence[Kegiatan]) -> dict[int, int]:
    """Row of the new table → row of the old one: by id, then by the same words in the same order, then by the
    same words elsewhere, then by words that are alike, best first."""
    from difflib import SequenceMatcher  # not loaded where no SOP has several versions

    pairs: dict[int, int] = {}
    ids = {step.id: row for row, step in reversed(list(enumerate(old))) if step.id}
    for row, step in enumerate(new):
        if step.id in ids and ids[step.id] not in pairs.values():
            pairs[row] = ids[step.id]
    before, after = ([_words(step) for step in steps] for steps in (old, new))
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    for a, b, size in blocks:
        for n in range(size):
            _pair(pairs, b + n, a + n)
    rows = [row for row in range(len(new)) if row not in pairs]
    origins = sorted(set(range(len(old))) - set(pairs.values()))
    if rows and origins:
        from rapidfuzz import fuzz  # not loaded where every step is known again by its words

        scores = [
            (-fuzz.ratio(after[row], before[origin]), abs(row - origin), row, origin)
            for row in rows
            for origin in origins
        ]
        for score, _, row, origin in sorted(scores):
            if -score >= ALIKE:
                _pair(pairs, row, origin)
    return dict(sorted(pairs.items()))


def _pair(pairs: dict[int, int], row: int, origin: int) -> None:
    if row not in pairs and origin not in pairs.values():
        pairs[row] = origin


def _words(step: Kegiatan) -> str:
    return " ".join(step.uraian.casefold().split())


def moved(pairs: Mapping[int, int]) -> set[int]:
    """Rows of the new table that do not stand in the order of the old one: as few as can be."""
    tails: list[int] = []
    rows: list[int] = []
    before: dict[int, int | None] = {}
    for row in sorted(pairs):
        place = bisect_left(tails, pairs[row])
        tails[place : place + 1] = [pairs[row]]
        rows[place : place + 1] = [row]
        before[row] = rows[place - 1] if place else None
    kept: set[int] = set()
    at = rows[-1] if rows else None
    while at is not None:
        kept.add(at)
        at = before[at]
    return set(pairs) - kept
