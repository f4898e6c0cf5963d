"""Pages + lexicon → the search bundle of a site, in the form that Pagefind's search reads.

Beside the files of Pagefind stand ``kata.json`` (what words stand for) and ``saring.json`` (facets; its own
filters are not used). The bytes follow from the pages and the lexicon alone. A
``memory`` keeps what pages came to, so that the next run reads only the pages that changed and those that
hold a word that now stands for something else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import blake2b, sha256
from importlib.metadata import version
from itertools import accumulate, pairwise
from pathlib import Path
from zlib import crc32

from generator.search.digest import Digester, texts_of
from generator.search.folder import Folder
from generator.search.lexicon import Lexicon
from generator.search.lookups import Row, facet_files, json_bytes, word_table
from generator.search.memory import Memory, remembered
from generator.search.pagefind import Postings, Program, SearchFailed, meta, name_of, packed, program
from generator.search.pages import BREAK, Page, read_page
from generator.search.vocabulary import (
    Explained,
    Learned,
    Vocabulary,
    base_words,
    explained,
    vocabulary_of,
)
from generator.search.words import split

__all__ = ["BUNDLE", "SearchFailed", "Unread", "read_pages", "write_bundle", "write_index"]

BUNDLE = "pagefind"


@dataclass(frozen=True, slots=True)
class Unread:
    """A page that is read only where it is not known from the last run."""

    url: str
    key: str
    """Changes when the page does: a hash of what it is made from, or of what it says."""
    read: Callable[[], Page]


def write_index(site: Path, lexicon: Lexicon) -> int:
    """Index a built site tree and write its bundle; gives the number of pages that can be found.

    Raises ``SearchFailed`` where Pagefind does not run.
    """
    return write_bundle(read_pages(site), site / BUNDLE, lexicon)


def read_pages(site: Path) -> Iterator[Page]:
    """All pages of a built tree; ``404.html`` and pages that ask not to be found left out."""
    for file in site.rglob("*.html"):
        name = file.relative_to(site).as_posix()
        if name == "404.html" or name.startswith(f"{BUNDLE}/"):
            continue
        page = read_page(file.read_text(encoding="utf-8"), name.removesuffix("index.html"))
        if page is not None:
            yield page


def write_bundle(
    pages: Iterable[Page | Unread], target: Path, lexicon: Lexicon, memory: Path | None = None
) -> int:
    """Make ``target`` the bundle of these pages, whatever it holds, and give their number. The order of the
    pages does not matter; two of one address are a ValueError.

    ``memory`` is a folder that keeps what the next run can use, one for each site; what is missing, old or
    damaged in it costs time and changes nothing. Raises OSError, ``SearchFailed`` where Pagefind fails.
    """
    listed = sorted(map(_unread, pages), key=lambda one: one.url)
    if twice := [one.url for one, other in pairwise(listed) if one.url == other.url]:
        raise ValueError(f"two pages of one address: {twice[0]}")
    out = Folder(target)
    with remembered(memory) as kept:
        groups = list(_grouped(listed))
        seen, words, changed = _vocabulary(groups, lexicon, kept)
        digester, postings, rows = Digester(words), Postings(), []
        taken: set[str] = set()
        for group in groups:
            made = _gathered(group, digester, changed, kept)
            postings.extend(made.postings)
            for one, row in zip(group, made.rows, strict=True):
                row = replace(row, name=_short(row.name, taken))
                out.write(f"fragment/{row.name}.pf_fragment", _shown(one, made, digester, kept))
                rows.append(row)
        out.write("kata.json", json_bytes(word_table(seen, postings.terms, words)))
        for name, content in facet_files(rows).items():
            out.write(name, content)
        if listed:
            _write_pagefind(out, postings, rows, _program(kept), kept)
        kept.forget_others()
    out.remove_others()
    return len(listed)


def _unread(page: Page | Unread) -> Unread:
    if isinstance(page, Unread):
        return page
    return Unread(page.url, sha256(repr(page).encode("utf-8", "replace")).hexdigest(), lambda: page)


@cache
def _code() -> str:
    """Hash of all that entries of the memory follow from beside pages and lexicon."""
    own = [file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py"))]
    return sha256(b"\0".join([*own, " ".join(sorted(base_words())).encode()])).hexdigest()


_WORDS, _FILES = "kosakata", "program"


Group = Sequence[Unread]


def _grouped(listed: Sequence[Unread]) -> Iterator[Group]:
    """The pages in runs of some 64 that are remembered together. What ends a run is the address of its last
    page, so that a new page changes the run that it falls in alone."""
    begin = 0
    for at, one in enumerate(listed, 1):
        if crc32(one.url.encode("utf-8", "replace")) % 64 == 0 or at == len(listed):
            yield listed[begin:at]
            begin = at


def _key(group: Group) -> str:
    told = "\n".join(f"{one.url}\0{one.key}" for one in group)
    return sha256((_code() + told).encode("utf-8", "replace")).hexdigest()


def _vocabulary(
    groups: Sequence[Group], lexicon: Lexicon, kept: Memory
) -> tuple[set[str], Vocabulary, frozenset[str]]:
    """All words of the site, what they stand for, and which stand for something else than in the last run."""
    seen: set[str] = set()
    said: set[Explained] = set()
    for group in groups:
        own, pairs = _group_facts(group, kept)
        seen.update(own)
        said.update(pairs)
    before = json.loads(kept.get(_WORDS, _code()) or b"{}")
    unknown = {word: Learned(tuple(one), tuple(other)) for word, one, other in before.get("unknown", ())}
    words = vocabulary_of(seen, said, lexicon, unknown)
    state = words.fingerprint()
    last: dict[str, str] = before.get("senses", {})
    if state == before.get("state"):
        senses = {word: last.get(word) or _sense(word, words) for word in seen}
        changed: frozenset[str] = frozenset()
    else:
        senses = {word: _sense(word, words) for word in seen}
        changed = frozenset(word for word in seen if last.get(word) != senses[word])
    if state != before.get("state") or senses != last:
        stems = [(w, one.unprefixed, one.stems) for w, one in sorted(unknown.items()) if w in seen]
        data = {"state": state, "senses": dict(sorted(senses.items())), "unknown": stems}
        kept.put(_WORDS, _code(), json.dumps(data).encode())
    return seen, words, changed


def _sense(word: str, words: Vocabulary) -> str:
    return blake2b(repr(words.sense(word)).encode(), digest_size=8).hexdigest()


Facts = tuple[Collection[str], Collection[Explained]]
"""Words, each once, and abbreviations that are explained."""


def _group_facts(group: Group, kept: Memory) -> Facts:
    name, key = f"isi kelompok {group[0].url}", _key(group)
    if (data := kept.get(name, key)) is not None:
        return _read_facts(data)
    seen: set[str] = set()
    said: set[Explained] = set()
    for one in group:
        own, pairs = _facts(one, kept)
        seen.update(own)
        said.update(pairs)
    return _keep_facts(name, key, (seen, said), kept)


@lru_cache(maxsize=1 << 14)
def _words(part: str) -> tuple[str, ...]:
    return tuple(split(part))


def _facts(one: Unread, kept: Memory) -> Facts:
    name, key = f"isi {one.url}", _code() + one.key
    if (data := kept.get(name, key)) is not None:
        return _read_facts(data)
    texts = list(texts_of(one.read()))
    own = set[str]().union(*(_words(part) for text in texts for part in text.split(BREAK)))
    return _keep_facts(name, key, (own, {pair for text in texts for pair in explained(text)}), kept)


def _keep_facts(name: str, key: str, facts: Facts, kept: Memory) -> Facts:
    words, pairs = facts
    kept.put(name, key, "\n".join((" ".join(sorted(words)), json.dumps(sorted(pairs)))).encode())
    return facts


def _read_facts(data: bytes) -> Facts:
    words, _, pairs = data.decode().partition("\n")
    return words.split(), [(tuple(phrase), tuple(short)) for phrase, short in json.loads(pairs)]


@dataclass(frozen=True, slots=True)
class _Made:
    """What a group comes to."""

    rows: Sequence[Row]
    postings: Postings
    shown: Mapping[str, bytes]
    """Fragments of the pages that were read again, by address."""


def _gathered(group: Group, digester: Digester, changed: frozenset[str], kept: Memory) -> _Made:
    name, key = f"kelompok {group[0].url}", _key(group)
    same = not changed or changed.isdisjoint(_group_facts(group, kept)[0])
    if same and (data := kept.get(name, key)) is not None:
        head, _, rest = data.partition(b"\n")
        return _Made([_row(*told) for told in json.loads(head)], Postings.load(rest), {})
    rows: list[Row] = []
    postings = Postings()
    shown: dict[str, bytes] = {}
    for one in group:
        same = not changed or changed.isdisjoint(_facts(one, kept)[0])
        known = _known(one, kept) if same else None
        if known is None:
            known, shown[one.url] = _read_again(one, digester, kept)
        rows.append(known[0])
        postings.add(known[1])
    kept.put(name, key, json.dumps([_told(row) for row in rows]).encode() + b"\n" + postings.dump())
    return _Made(rows, postings, shown)


_Entry = tuple[Row, Mapping[str, bytes]]
"""Row and terms of a page."""


def _known(one: Unread, kept: Memory) -> _Entry | None:
    data = kept.get(f"halaman {one.url}", _code() + one.key)
    if data is None:
        return None
    head, _, told = data.partition(b"\n")
    row, terms, ends = json.loads(head)
    cuts = zip([0, *ends], ends, strict=False)
    return _row(*row), {term: told[a:b] for term, (a, b) in zip(terms.split(), cuts, strict=True)}


def _read_again(one: Unread, digester: Digester, kept: Memory) -> tuple[_Entry, bytes]:
    """Row and terms, and the fragment."""
    page = one.read()
    found = digester.digest(page)
    row = Row(found.name, found.length, one.url, page.title, page.facets)
    told, shown = list(found.terms.values()), packed(found.shown)
    head = json.dumps([_told(row), " ".join(found.terms), list(accumulate(map(len, told)))])
    kept.put(f"halaman {one.url}", _code() + one.key, b"\n".join((head.encode(), b"".join(told))))
    kept.put(f"kutipan {one.url}", _code() + one.key, shown)
    return (row, found.terms), shown


def _shown(one: Unread, made: _Made, digester: Digester, kept: Memory) -> bytes:
    """The fragment of a page of a group."""
    found = made.shown.get(one.url) or kept.get(f"kutipan {one.url}", _code() + one.key)
    return found or _read_again(one, digester, kept)[1]


def _told(row: Row) -> list[object]:
    return [row.name, row.length, row.url, row.title, row.facets]


def _row(name: str, length: int, url: str, title: str, facets: Sequence[Sequence[str]]) -> Row:
    return Row(name, length, url, title, tuple((facet, value) for facet, value in facets))


_SHORT = 8
"""Letters of a name that are enough for nearly all."""


def _short(name: str, taken: set[str]) -> str:
    size = next(size for size in range(_SHORT, len(name) + 1) if name[:size] not in taken)
    taken.add(name[:size])
    return name[:size]


def _write_pagefind(
    out: Folder, postings: Postings, rows: Sequence[Row], files: Program, kept: Memory
) -> None:
    chunks: list[tuple[str, str, str]] = []
    taken: set[str] = set()
    for first, last, data in postings.chunks():
        full = name_of(data)
        name = _short(full, taken)
        content = kept.get(f"potongan {full}", _code())
        if content is None:
            content = packed(data)
            kept.put(f"potongan {full}", _code(), content)
        out.write(f"index/{name}.pf_index", content)
        chunks.append((first, last, name))
    listed = meta(files.version, [(row.name, row.length) for row in rows], chunks)
    name = name_of(listed)[:_SHORT]
    out.write(f"pagefind.{name}.pf_meta", packed(listed))
    out.write("pagefind-entry.json", files.first_file(name, len(rows)))
    for file, content in files.files.items():
        out.write(file, content)


def _program(kept: Memory) -> Program:
    """Pagefind's program, which depends on its version alone."""
    key = _code() + version("pagefind") + version("pagefind_bin")
    if data := kept.get(_FILES, key):
        head, _, rest = data.partition(b"\n")
        entry, sizes = json.loads(head)
        files: dict[str, bytes] = {}
        for name, size in sizes:
            files[name], rest = rest[:size], rest[size:]
        return Program(files, entry)
    found = program()
    head = json.dumps([found.entry, [(name, len(data)) for name, data in found.files.items()]]).encode()
    kept.put(_FILES, key, b"\n".join((head, b"".join(found.files.values()))))
    return found
