"""Runs of pages → the files of the bundle that follow from them: what the last run had is told by its names,
and read only where a file is asked for that does not stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from hashlib import sha256
from zlib import decompress

from generator.search.groups import DIGESTS, Do, Each, Group, GroupResult, Stale, code, read_digests
from generator.search.last import Last, Run, addresses, told_of
from generator.search.lookups import facet_files, json_bytes, named, script, short
from generator.search.postings import Postings, Splice, name_of, recut, splices, terms_of
from generator.store import Store

Files = Iterable[tuple[str, bytes]]
"""Files by their names."""
Put = Callable[[str, str, Callable[[], Files]], None]
"""Takes files of the bundle that are made at once: a name for them, what their names and bytes follow from,
what gives them; that is asked only where they are not at hand."""
PIECE = "potongan-"
"""How the names of pieces of the index begin in the memory."""


class Runs:
    """The runs of a site and what came of them."""

    def __init__(self, groups: Sequence[Group], do: Do, kept: Store, stale: Stale) -> None:
        self.groups, self._do, self._kept, self._stale = groups, do, kept, stale
        self._fresh: dict[str, bytes] = {}  # texts of pieces that were cut now

    def fill(self, asked: Iterable[int], each: Each) -> set[int]:
        """Have done what is not remembered of these; gives their numbers."""
        return DIGESTS.fill(self.groups, asked, self._do, self._kept, each, self._stale)

    def index(self, last: Last, looked: Collection[int], before: Mapping[int, bytes | None]) -> Last:
        """What this run comes to, but for its words. ``looked``: the runs that may not be as in the last;
        ``before``: the postings that these had, empty where that is not known."""
        known = {run.url: run for run in last.runs}
        runs = tuple(
            told_of(group, self._whole(number)) if number in looked else known[group.url]
            for number, group in enumerate(self.groups)
        )
        urls = addresses(self.groups)
        old = {number: data for number, data in before.items() if data is not None}
        if not last.pieces or urls != last.urls or old.keys() != set(looked):
            pieces, terms = self._cut()
        else:
            pieces, terms = self._recut(last, old)
        for name, data in self._fresh.items():
            self._kept.put(f"{PIECE}{name}", code(), data)
        names = [name for _, name in pieces]
        self._kept.forget(f"{PIECE}{name}" for _, name in last.pieces if name not in names)
        return Last(runs, last.counts, urls, pieces, terms, self._facets(runs, last))

    def put(self, put: Put, last: Last) -> None:
        """Put the files of pages, terms and facets."""
        shown: set[str] = set()
        for number, run in enumerate(last.runs):
            own = [
                name for name in dict.fromkeys(run.texts) if name not in shown
            ]  # two pages may say the same
            shown.update(own)
            put(f"halaman {run.url}", " ".join((run.pages, *own)), partial(self._pages, number, own))
        for _, name in last.pieces:
            put(f"istilah/{short(name)}", name, partial(self._piece, name))
        _, listed, others = last.facets
        put("saring", " ".join((listed, *others)), lambda: scripts(self._facet_files[1]))

    def _whole(self, number: int) -> GroupResult:
        return DIGESTS.run_of(number, self.groups[number], self._do, self._kept, self._stale)

    def _pages(self, number: int, texts: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """The list of the pages of a run, and these texts."""
        group, made = self.groups[number], self._whole(number)
        rows, _ = read_digests(made.whole, {})
        files: dict[str, bytes] = {}
        named(files, "halaman", json_bytes([row.listed() for row in rows]))
        for one, row in zip(group.pages, rows, strict=True):
            name = short(row.name)
            if name in texts:
                files[f"kutipan/{name}"] = decompress(DIGESTS.page_of(one, 1, made, self._do, self._kept))
        return scripts(files)

    # the index

    def _cut(self) -> tuple[tuple[tuple[str, str], ...], str]:
        """The pieces of the index, first terms and names, and its terms."""
        postings = Postings()
        for number in range(len(self.groups)):
            postings.extend(read_digests(self._whole(number).whole, {})[1])
        terms = "\n".join(sorted(postings.terms))
        return tuple((first, self._told(data)) for first, data in postings.pieces()), terms

    def _recut(self, last: Last, old: Mapping[int, bytes]) -> tuple[tuple[tuple[str, str], ...], str]:
        """The same, where only these runs are not as they were."""
        changes: dict[str, list[Splice]] = {}
        begin = 0
        for number, group in enumerate(self.groups):
            end = begin + len(group.pages)
            if number in old:
                now = self._whole(number).whole
                for term, one in splices(_postings(old[number]), _postings(now), begin, end):
                    changes.setdefault(term, []).append(one)
            begin = end
        try:
            cut = list(recut(last.pieces, self._text, changes))
        except LookupError:
            return self._cut()
        there = {term for _, data in cut if isinstance(data, bytes) for term in terms_of(data)}
        terms = set(last.terms.split("\n")) - changes.keys() | changes.keys() & there
        pieces = tuple((first, data if isinstance(data, str) else self._told(data)) for first, data in cut)
        return pieces, "\n".join(sorted(terms))

    def _told(self, data: bytes) -> str:
        name = name_of(json_bytes(data.decode()))
        self._fresh[name] = data
        return name

    def _text(self, name: str) -> bytes:
        """A piece. Raises LookupError."""
        data = self._fresh.get(name) or self._kept.get(f"{PIECE}{name}", code())
        if data is None:
            raise LookupError(name)
        return data

    def _piece(self, name: str) -> Files:
        try:
            data = self._text(name)
        except LookupError:
            self._cut()
            data = self._text(name)
        return scripts({f"istilah/{short(name)}": json_bytes(data.decode())})

    # facets

    @cached_property
    def _facet_files(self) -> tuple[str, dict[str, bytes]]:
        """The name of the list of facets, and all files."""
        pool: dict[tuple[str, str], tuple[str, str]] = {}
        rows = [
            row.facets
            for number in range(len(self.groups))
            for row in read_digests(self._whole(number).whole, pool)[0]
        ]
        return facet_files(rows)

    def _facets(self, runs: Sequence[Run], last: Last) -> tuple[str, str, tuple[str, ...]]:
        told = " ".join(f"{len(run.texts)} {run.facets}" for run in runs)
        key = sha256(told.encode()).hexdigest()
        if key == last.facets[0]:
            return last.facets
        name, files = self._facet_files
        return key, name, tuple(sorted(files))


def _postings(whole: bytes) -> bytes:
    return whole.partition(b"\n")[2]


def scripts(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Values in JSON by their names → the files that hand them over."""
    for name, content in files.items():
        yield f"{name}.js", script(name, content)
