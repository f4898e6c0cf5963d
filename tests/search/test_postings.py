"""An index that is cut anew where it changed is the index that is made of all pages."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pytest

from generator.search.postings import ALPHABET, Postings, Splice, digits, recut, splices

Pages = Sequence[Mapping[str, bytes]]
TERMS = [f"{a}{b}{c}" for a in "kmpst" for b in "aiu" for c in "bdgklmnprst"]


def some_pages(count: int, rng: random.Random) -> list[Mapping[str, bytes]]:
    """Pages of common and rare terms; some hold nothing."""
    return [
        {
            term: ALPHABET[rng.randrange(32)].encode()
            for term in rng.sample(TERMS, rng.choice((0, 3, 60)))
            if rng.random() < 0.9 or term < "m"
        }
        for _ in range(count)
    ]


def gathered(pages: Pages) -> Postings:
    found = Postings()
    for page in pages:
        found.add(page)
    return found


@pytest.mark.parametrize("seed", range(8))
def test_changed_runs_are_put_in_place_of_what_they_were(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.search.postings._LEAST", 150)
    monkeypatch.setattr("generator.search.postings._MOST", 1500)
    rng = random.Random(seed)
    runs = [some_pages(rng.randint(1, 40), rng) for _ in range(9)]
    held = dict(gathered([page for run in runs for page in run]).pieces())
    for _ in range(4):
        changes: dict[str, list[Splice]] = {}
        for number in sorted(rng.sample(range(9), rng.randint(0, 3))):
            old, begin = runs[number], sum(map(len, runs[:number]))
            new = [page if rng.random() < 0.7 else some_pages(1, rng)[0] for page in old]
            runs[number] = new
            dumps = gathered(old).dump(), gathered(new).dump()
            for term, one in splices(*dumps, begin, begin + len(old)):
                changes.setdefault(term, []).append(one)
        read: list[str] = []

        def text(name: str, held: Mapping[str, bytes] = held, read: list[str] = read) -> bytes:
            read.append(name)
            return held[name]

        cut = recut([(first, first) for first in held], text, changes)
        now = {first: held[told] if isinstance(told, str) else told for first, told in cut}
        assert list(now.items()) == list(gathered([page for run in runs for page in run]).pieces())
        assert changes or not read
        held = now


def test_a_change_of_one_term_reads_one_piece_or_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.search.postings._LEAST", 150)
    rng = random.Random(1)
    held = dict(gathered(some_pages(300, rng)).pieces())
    assert len(held) > 20
    read: list[str] = []

    def text(name: str) -> bytes:
        read.append(name)
        return held[name]

    term = next(iter(held)) + "x"
    cut = list(recut([(first, first) for first in held], text, {term: [Splice(0, 5, digits(3) + b"M")]}))
    assert 1 <= len(read) < 6
    assert sum(isinstance(told, bytes) for _, told in cut) <= len(read) + 1
