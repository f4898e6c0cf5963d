"""Runs of pages → what the index needs of them, run by run, by any number of processes; remembered.

A run is a job: what is remembered of its pages, and the text of those that are to be read. What came of it
is kept page by page and as a whole, so that a page that changes costs its own reading and one joining of its
run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from hashlib import sha256
from itertools import chain
from sys import byteorder
from typing import Protocol, TypeVar
from zlib import ZLIB_RUNTIME_VERSION, compress, crc32

from msgspec import Struct

from generator.data.words import split
from generator.program import program
from generator.search.digest import Digester, texts_of
from generator.search.lookups import LookupRow
from generator.search.pages import SearchPage, page_of
from generator.search.postings import Postings
from generator.search.vocabulary import Explained, Vocabulary, explained
from generator.store import Store

PAGES = 32
"""Pages of a run, more or less."""
_READING, _FEW = 10, 3000
"""What it costs to read a page, where one that is remembered costs 1, and what is not worth processes."""


class Unread(Struct, frozen=True):
    """A page that is read only where it is not known from the last run."""

    url: str
    key: str
    """Changes when the page does: a hash of what it is made from, or of what it says."""
    text: Callable[[], str]
    """Gives it as ``pages.page_text`` does."""


class Group(Struct, frozen=True):
    """A run of pages that are remembered together."""

    url: str
    """Address of the first."""
    pages: Sequence[Unread]
    key: str
    """Changes when a page of it does."""


Given = TypeVar("Given")
Result = TypeVar("Result")


class Each(Protocol):
    """Has jobs done, some at a time, and gives what was made of them, in no particular order."""

    def __call__(
        self, do: Callable[[Sequence[Given]], list[Result]], jobs: Iterable[Given], /
    ) -> Iterator[Result]: ...


def at_once(do: Callable[[Sequence[Given]], list[Result]], jobs: Iterable[Given]) -> Iterator[Result]:
    """Do the jobs one by one, here."""
    for job in jobs:
        yield from do([job])


def grouped(listed: Sequence[Unread]) -> Iterator[Group]:
    """The pages in runs that are remembered together."""
    for run in cut([one.url for one in listed], PAGES):
        pages = listed[run.start : run.stop]
        told = "\n".join(f"{one.url}\0{one.key}" for one in pages)
        yield Group(pages[0].url, pages, sha256((code() + told).encode("utf-8", "replace")).hexdigest())


def cut(urls: Sequence[str], size: int) -> Iterator[range]:
    """Runs of some ``size`` addresses. What ends a run is its last address, so that a new one changes the run
    that it falls in alone."""
    begin = 0
    for at, url in enumerate(urls, 1):
        if crc32(url.encode("utf-8", "replace")) % size == 0 or at == len(urls):
            yield range(begin, at)
            begin = at


class Share(Struct, frozen=True):
    """A page of a job: what is remembered of it, else its text."""

    url: str
    known: bytes | None
    text: str


class GroupJob(Struct, frozen=True):
    """A run of pages by its number."""

    number: int
    pages: tuple[Share, ...]


class GroupResult(Struct, frozen=True):
    """What came of a run, and of those of its pages that were read, by address."""

    number: int
    whole: bytes
    pages: Mapping[str, tuple[bytes, ...]]


Do = Callable[[Sequence[GroupJob]], list[GroupResult]]
Stale = Callable[[str, str], bool]
"""Whether what is remembered of a run or page is not to be used; asked by its name and key among facts."""


class Layer(Struct, frozen=True):
    """Names of what is kept of runs and of pages; the first of a page's is what a job is given of it."""

    run: str
    pages: tuple[str, ...]

    def fill(
        self, groups: Sequence[Group], asked: Iterable[int], do: Do, kept: Store, each: Each, stale: Stale
    ) -> set[int]:
        """Have done what is not remembered of those that are ``asked`` for, and remember it; gives the
        numbers of these runs."""
        done: set[int] = set()

        def lacking() -> Iterator[GroupJob]:
            for number in asked:
                group = groups[number]
                if not kept.holds(*self._of(group)) or stale(*FACTS._of(group)):
                    yield self._job(number, group, kept, stale)

        jobs, few, cost = lacking(), list[GroupJob](), 0
        while kept and cost < _FEW and (job := next(jobs, None)):
            few.append(job)
            cost += sum(_READING if page.known is None else 1 for page in job.pages)
        for made in at_once(do, few) if cost < _FEW else each(do, chain(few, jobs)):
            self._keep(groups[made.number], made, kept)
            done.add(made.number)
        return done

    def run_of(self, number: int, group: Group, do: Do, kept: Store, stale: Stale) -> GroupResult:
        """What came of a run, as remembered by ``fill``; where the memory failed it is made here."""
        if (data := kept.get(*self._of(group))) is not None:
            return GroupResult(number, data, {})
        [made] = do([self._job(number, group, kept, stale)])
        self._keep(group, made, kept)
        return made

    def last_of(self, url: str, key: str, kept: Store) -> bytes | None:
        """What came of the run that began at this address and had this key."""
        return kept.get(f"{self.run} {url}", key)

    def page_of(self, one: Unread, at: int, made: GroupResult, do: Do, kept: Store) -> bytes:
        """What is kept of a page of a run in place ``at``."""
        if one.url in made.pages:
            return made.pages[one.url][at]
        if (data := kept.get(f"{self.pages[at]} {one.url}", code() + one.key)) is not None:
            return data
        [again] = do([GroupJob(made.number, (Share(one.url, None, one.text()),))])
        return again.pages[one.url][at]

    def known(self, name: str, urls: Collection[str], runs: Collection[str]) -> bool:
        """Whether something that is kept is of one of these pages or runs."""
        kind, _, url = name.partition(" ")
        return url in urls if kind in self.pages else kind == self.run and url in runs

    def size(self, groups: Sequence[Group]) -> int:
        """How many entries are kept of these runs and their pages."""
        return len(groups) + len(self.pages) * sum(len(group.pages) for group in groups)

    def _of(self, group: Group) -> tuple[str, str]:
        return f"{self.run} {group.url}", group.key

    def _job(self, number: int, group: Group, kept: Store, stale: Stale) -> GroupJob:
        pages = []
        for one in group.pages:
            name, key = f"{self.pages[0]} {one.url}", code() + one.key
            known = kept.get(name, key)
            if known is not None and stale(f"{FACTS.pages[0]} {one.url}", key):
                known = None
            pages.append(Share(one.url, known, one.text() if known is None else ""))
        return GroupJob(number, tuple(pages))

    def _keep(self, group: Group, made: GroupResult, kept: Store) -> None:
        kept.put(*self._of(group), made.whole)
        for one in group.pages:
            for name, data in zip(self.pages, made.pages.get(one.url, ()), strict=False):
                kept.put(f"{name} {one.url}", code() + one.key, data)


FACTS = Layer("isi-kelompok", ("isi",))
DIGESTS = Layer("kelompok", ("halaman", "kutipan"))


@cache
def code() -> str:
    """Hash of all that entries of the memory follow from beside pages and lexicon."""
    return sha256(f"{program()} {ZLIB_RUNTIME_VERSION} {byteorder}".encode()).hexdigest()


# words and explained abbreviations

Facts = tuple[Collection[str], Collection[Explained]]
"""Words, each once, and abbreviations that are explained."""


def find_facts(jobs: Sequence[GroupJob]) -> list[GroupResult]:
    """The facts of runs and of their pages."""
    return [_facts_of(job) for job in jobs]


def _facts_of(job: GroupJob) -> GroupResult:
    seen: set[str] = set()
    said: set[Explained] = set()
    own: dict[str, tuple[bytes, ...]] = {}
    for one in job.pages:
        facts = facts_of(page_of(one.text)) if one.known is None else read_facts(one.known)
        if one.known is None:
            own[one.url] = (_told_facts(*facts),)
        seen.update(facts[0])
        said.update(facts[1])
    return GroupResult(job.number, _told_facts(seen, said), own)


def facts_of(page: SearchPage) -> Facts:
    """The facts of one page."""
    texts = list(texts_of(page))
    words = split(" ".join(texts).replace("·", " ").replace("–", " "))  # quickly, where the rest is plain
    return set(words), {pair for text in texts for pair in explained(text)}


def _told_facts(words: Iterable[str], pairs: Iterable[Explained]) -> bytes:
    return "\n".join((" ".join(sorted(words)), json.dumps(sorted(pairs)))).encode()


def read_facts(data: bytes) -> Facts:
    """The facts that are kept of a run or page."""
    words, _, pairs = data.decode().partition("\n")
    return words.split(), [(tuple(phrase), tuple(short)) for phrase, short in json.loads(pairs)]


def stale_for(changed: frozenset[str], kept: Store) -> Stale:
    """What holds a word that now stands for something else is stale."""

    def stale(name: str, key: str) -> bool:
        if not changed:
            return False
        data = kept.get(name, key)
        return data is None or not changed.isdisjoint(read_facts(data)[0])

    return stale


# terms and fragments


def digesting(words: Vocabulary) -> Do:
    """What makes digests in the words of a site, here or in another process."""
    return partial(make_digests, digester=Digester(words))


def make_digests(jobs: Sequence[GroupJob], digester: Digester) -> list[GroupResult]:
    """Rows and postings of runs; row, terms and fragment of each page that is read."""
    return [_digest_of(job, digester) for job in jobs]


def _digest_of(job: GroupJob, digester: Digester) -> GroupResult:
    rows: list[LookupRow] = []
    postings = Postings()
    own: dict[str, tuple[bytes, ...]] = {}
    for one in job.pages:
        if one.known is not None:
            row, terms = _read_entry(one.known)
        else:
            page = page_of(one.text)
            found = digester.digest(page)
            row, terms = LookupRow(found.name, one.url, page.title, page.facets), found.terms
            own[one.url] = (_told_entry(row, terms), compress(found.shown, 1))
        rows.append(row)
        postings.add(terms)
    head = json.dumps([_told(row) for row in rows]).encode()
    return GroupResult(job.number, head + b"\n" + postings.dump(), own)


def read_digests(data: bytes, pool: dict[tuple[str, str], tuple[str, str]]) -> tuple[list[LookupRow], bytes]:
    """Rows of a run, and its postings as ``Postings.dump`` gave them. ``pool`` holds each facet once."""
    head, _, postings = data.partition(b"\n")
    return [_row(pool, *told) for told in json.loads(head)], postings


def _told_entry(row: LookupRow, terms: Mapping[str, bytes]) -> bytes:
    return json.dumps([_told(row), " ".join(terms), b"".join(terms.values()).decode()]).encode()


def _read_entry(data: bytes) -> tuple[LookupRow, Mapping[str, bytes]]:
    row, terms, letters = json.loads(data)
    return _row({}, *row), dict(zip(terms.split(), map(str.encode, letters), strict=True))


def _told(row: LookupRow) -> list[object]:
    return [row.name, row.url, row.title, row.facets]


def _row(
    pool: dict[tuple[str, str], tuple[str, str]],
    name: str,
    url: str,
    title: str,
    facets: Sequence[Sequence[str]],
) -> LookupRow:
    pairs = [(facet, value) for facet, value in facets]
    return LookupRow(name, url, title, tuple(pool.setdefault(pair, pair) for pair in pairs))
