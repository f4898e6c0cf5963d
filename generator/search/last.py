"""What the last run came to, run of pages by run of pages → what of it still holds.

Only the runs that changed are looked at: their words are counted out and in, their postings put in place of
what they were. All of it is one entry of the memory, beside the entries that it names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import TypeVar

import msgspec
from msgspec import Struct

from generator.search.groups import (
    DIGESTS,
    FACTS,
    Each,
    Group,
    GroupResult,
    code,
    find_facts,
    read_digests,
    read_facts,
    stale_for,
)
from generator.search.lookups import json_bytes, short
from generator.search.postings import name_of
from generator.search.vocabulary import Explained
from generator.store import Store

Told = TypeVar("Told")
LAST = "terakhir"
"""Name of the entry."""


class Run(Struct, frozen=True, array_like=True):
    """What the index needs of a run of pages, beside its postings."""

    url: str
    key: str
    pages: str
    """Name of the list of its pages, by what is in it."""
    texts: tuple[str, ...]
    """Names of what is shown of its pages."""
    facets: str
    """Hash of their facets."""


class Counts(Struct, frozen=True):
    """In how many runs each word stands, and each abbreviation is explained."""

    words: dict[str, int] = {}
    said: tuple[tuple[Explained, int], ...] = ()


class Last(Struct, frozen=True):
    """The last run; an empty one is as good as none."""

    runs: tuple[Run, ...] = ()
    counts: Counts = Counts()
    urls: str = ""
    """Hash of the addresses of all pages."""
    pieces: tuple[tuple[str, str], ...] = ()
    """First terms and names of the pieces of the index."""
    terms: str = ""
    """All terms of the index in their order."""
    facets: tuple[str, str, tuple[str, ...]] = ("", "", ())
    """Hash of the facets of all pages, name of their list, names of the other files."""

    def changed(self, groups: Sequence[Group]) -> list[int]:
        """The numbers of the runs that are not as they were."""
        known = {run.url: run.key for run in self.runs}
        return [number for number, group in enumerate(groups) if known.get(group.url) != group.key]

    def gone(self, groups: Sequence[Group]) -> list[Run]:
        """The runs that are no more, or not as they were."""
        now = {group.url: group.key for group in groups}
        return [run for run in self.runs if now.get(run.url) != run.key]

    def postings(self, group: Group, kept: Store) -> bytes | None:
        """Rows and postings of a run as it was."""
        keys = [run.key for run in self.runs if run.url == group.url]
        return DIGESTS.last_of(group.url, keys[0], kept) if keys else None


def last_of(kept: Store) -> Last:
    """The last run, as far as it is remembered."""
    data = kept.get(LAST, code())
    return msgspec.json.decode(data, type=Last) if data else Last()


def remember(now: Last, counts: Counts, kept: Store) -> None:
    """Keep a run for the next; one with an address that is no text is not kept."""
    with suppress(UnicodeError):
        kept.put(LAST, code(), msgspec.json.encode(msgspec.structs.replace(now, counts=counts)))


def addresses(groups: Sequence[Group]) -> str:
    """Hash of the addresses of all pages, in their runs."""
    told = "\n".join(" ".join(one.url for one in group.pages) for group in groups)
    return sha256(told.encode("utf-8", "replace")).hexdigest()


def told_of(group: Group, made: GroupResult) -> Run:
    """What the index needs of a run."""
    rows, _ = read_digests(made.whole, {})
    pages = name_of(json_bytes([row.listed() for row in rows]))
    facets = sha256(repr([row.facets for row in rows]).encode("utf-8", "replace")).hexdigest()
    return Run(group.url, group.key, pages, tuple(short(row.name) for row in rows), facets)


def counted(groups: Sequence[Group], changed: Sequence[int], last: Last, kept: Store, each: Each) -> Counts:
    """The words of these runs, of which some changed since the last."""
    before = [FACTS.last_of(run.url, run.key, kept) for run in last.gone(groups)]
    never = stale_for(frozenset(), kept)
    FACTS.fill(groups, changed, find_facts, kept, each, never)
    words, said = Counter(last.counts.words), Counter(dict(last.counts.said))
    if None in before:
        words, said, before, changed = Counter(), Counter(), [], range(len(groups))
    for data in filter(None, before):
        own, pairs = read_facts(data)
        words.subtract(own)
        said.subtract(pairs)
    for number in changed:
        own, pairs = read_facts(FACTS.run_of(number, groups[number], find_facts, kept, never).whole)
        words.update(own)
        said.update(pairs)
    return Counts(_left(words), tuple(sorted(_left(said).items())))


def _left(counts: Mapping[Told, int]) -> dict[Told, int]:
    return {one: count for one, count in counts.items() if count > 0}
