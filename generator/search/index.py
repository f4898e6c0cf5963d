"""Pages + lexicon → the search bundle of a site: scripts that hand over what the browser searches in.

``indeks.js`` is asked first and names all others, whose names are of what is in them: postings
(``istilah/``), pages in runs (``halaman/``), the text of each page (``kutipan/``), facets (``saring/``) and
the dictionary (``kamus/``). The bytes follow from the pages and the lexicon alone. A ``memory`` keeps what
pages came to, so that the next run reads only the pages that changed and those that hold a word that now
stands for something else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from zlib import decompress

from msgspec import Struct

from generator.data.lexicon import Lexicon
from generator.search.dictionary import licence
from generator.search.folder import Folder
from generator.search.groups import (
    DIGESTS,
    FACTS,
    PAGES,
    Do,
    Each,
    Group,
    GroupResult,
    Unread,
    at_once,
    code,
    cut,
    digesting,
    facts_of,
    grouped,
    joined,
    key_of,
    read_digests,
    stale_for,
)
from generator.search.lookups import (
    LookupRow,
    dictionary_files,
    facet_files,
    json_bytes,
    named,
    script,
    short,
)
from generator.search.pages import SearchPage, page_text, read_page
from generator.search.postings import Postings, name_of
from generator.search.vocabulary import Explained, Vocabulary, vocabulary_of
from generator.search.words import LEXICON, TABLE, WORDS, lexicon_from, words_of
from generator.store import Store, stored

__all__ = ["BUNDLE", "Unread", "make_bundle", "read_pages", "write_bundle", "write_index"]

BUNDLE, DICTIONARY = "cari", "kamus/"
"""Folder of the bundle in a site, and of the dictionary in that."""
FILE = "pencarian.sqlite"
"""Name of what is remembered, in its folder."""


Put = Callable[[str, str, Callable[[], bytes]], None]
"""Takes a file of the bundle: its name, what its bytes follow from, what gives them; that is asked only where
they are not at hand."""


def write_index(site: Path, lexicon: Lexicon) -> int:
    """Index a built site tree and write its bundle; gives the number of pages that can be found."""
    return write_bundle(read_pages(site), site / BUNDLE, lexicon)


def read_pages(site: Path) -> Iterator[SearchPage]:
    """All pages of a built tree; ``404.html`` and pages that ask not to be found left out."""
    for file in site.rglob("*.html"):
        name = file.relative_to(site).as_posix()
        if name == "404.html" or name.startswith(f"{BUNDLE}/") or not file.is_file():
            continue
        page = read_page(file.read_text(encoding="utf-8", errors="replace"), name.removesuffix("index.html"))
        if page is not None:
            yield page


def write_bundle(
    pages: Iterable[SearchPage | Unread],
    target: Path,
    lexicon: Lexicon,
    memory: Path | None = None,
    *,
    sops_alone: bool = False,
) -> int:
    """Make ``target`` the bundle of these pages, whatever it holds, and give their number. See
    ``make_bundle``."""
    out = Folder(target)
    made = make_bundle(pages, out.put, lexicon, memory, sops_alone=sops_alone)
    out.remove_others()
    return made.pages


class Bundle(Struct, frozen=True):
    """What was made: how many pages can be found, and what of the lexicon concerns them."""

    pages: int
    lexicon: Lexicon


def make_bundle(
    pages: Iterable[SearchPage | Unread],
    put: Put,
    lexicon: Lexicon | Sequence[Path],
    memory: Path | None = None,
    each: Each = at_once,
    done: Callable[[], object] = lambda: None,
    *,
    sops_alone: bool = False,
) -> Bundle:
    """Put the files of the bundle of these pages. The order of the pages does not matter; two of one address
    are a ValueError. ``lexicon``: or the files of it that come beside that of the program.

    ``memory`` is a folder that keeps what the next run can use, one for each site; what is missing, old or
    damaged in it costs time and changes nothing. ``each`` has the pages read that are not remembered;
    ``done`` is called when none is left to be read; ``sops_alone``: all pages are those of SOPs.
    Raises OSError.
    """
    listed = sorted(map(_unread, pages), key=lambda one: one.url)
    if twice := [one.url for one, other in pairwise(listed) if one.url == other.url]:
        raise ValueError(f"two pages of one address: {twice[0]}")
    groups = list(grouped(listed))
    blocks = list(cut([group[-1].url for group in groups], _RUNS * PAGES))
    with stored(memory / FILE if memory else None) as kept:
        whole_lexicon = lexicon_from(lexicon, kept)
        found = words_of(groups, whole_lexicon, kept, each)
        do, postings, rows = digesting(found.words), Postings(), []
        stale = stale_for(found.changed, kept)
        made = DIGESTS.fill(groups, do, kept, each, stale)
        done()

        def run_of(at: int) -> GroupResult:
            return DIGESTS.run_of(at, groups[at], do, kept, stale)

        pool: dict[tuple[str, str], tuple[str, str]] = {}
        shown: set[str] = set()
        for block in blocks:
            whole = _block(block, groups, made, kept, run_of)
            own, others = read_digests(whole.whole, pool)
            postings.extend(others)
            for one, row in zip((one for at in block for one in groups[at]), own, strict=True):
                name = f"kutipan/{short(row.name)}"
                if name not in shown:  # two pages may say the same
                    put(f"{name}.js", row.name, partial(_shown, name, one, whole, do, kept))
                    shown.add(name)
                rows.append(row)
        table = found.table(postings.terms, kept)
        sops = [0, len(rows)] if sops_alone else _sops(rows)
        _write(put, table, postings, rows, [len(group) for group in groups], sops, _dictionary(kept))
        concerning = _concerning(found.seen, whole_lexicon, found.words)
        found.remember(kept)
        _forget_others(groups, blocks, kept, set() if whole_lexicon is lexicon else {LEXICON})
    return Bundle(len(listed), concerning)


def lexicon_of(pages: Iterable[SearchPage], lexicon: Lexicon) -> Lexicon:
    """What of the lexicon concerns these pages, as ``make_bundle`` finds it."""
    seen: set[str] = set()
    said: set[Explained] = set()
    for page in pages:
        words, pairs = facts_of(page)
        seen.update(words)
        said.update(pairs)
    return _concerning(seen, lexicon, vocabulary_of(seen, said, lexicon, {}))


def _concerning(seen: Iterable[str], lexicon: Lexicon, words: Vocabulary) -> Lexicon:
    return lexicon.among({key for word in seen for key in words.keys(word)}, words.keys)


def _shown(name: str, one: Unread, made: GroupResult, do: Do, kept: Store) -> bytes:
    """The file of what is shown of a page."""
    return script(name, decompress(DIGESTS.page_of(one, 1, made, do, kept)))


def _dictionary(kept: Store) -> tuple[Mapping[str, str], dict[str, bytes]]:
    """``dictionary_files``, which are the same as long as the program is."""
    if (data := kept.get(_LETTERS, code())) is not None:
        names, texts = json.loads(data)
        return names, {name: text.encode() for name, text in texts.items()}
    names, files = dictionary_files()
    texts = {name: content.decode() for name, content in files.items()}
    kept.put(_LETTERS, code(), json_bytes([names, texts]))
    return names, files


def _write(
    put: Put,
    table: bytes,
    postings: Postings,
    rows: Sequence[LookupRow],
    runs: Sequence[int],
    sops: list[int],
    dictionary: tuple[Mapping[str, str], dict[str, bytes]],
) -> None:
    """All files but the texts of pages."""
    files: dict[str, bytes] = {}
    pages, at = [], 0
    for size in runs:
        content = json_bytes([row.listed() for row in rows[at : at + size]])
        pages.append([size, named(files, "halaman", content)])
        at += size
    terms = [[first, named(files, "istilah", json_bytes(data.decode()))] for first, data in postings.pieces()]
    facets, more = facet_files(rows)
    letters, pieces = dictionary
    told = {"halaman": pages, "sop": sops, "istilah": terms, "saring": facets, "kamus": letters}
    whole = json_bytes(told)[:-1] + b"," + table[1:]
    for name, content in {**files, **more, **pieces, "indeks": whole}.items():
        put(f"{name}.js", name_of(content), partial(script, name, content))
    put("LISENSI-KAMUS.txt", name_of(licence()), licence)


def _sops(rows: Sequence[LookupRow]) -> list[int]:
    """Number of the first page of an SOP and of the first after them: in the order of addresses they stand
    side by side."""
    found = [at for at, row in enumerate(rows) if row.url.startswith("sop/") and row.url != "sop/"]
    return [found[0], found[-1] + 1] if found else [0, 0]


def _unread(page: SearchPage | Unread) -> Unread:
    if isinstance(page, Unread):
        return page
    key = sha256(repr(page).encode("utf-8", "replace")).hexdigest()
    return Unread(page.url, key, partial(page_text, page))


_RUNS = 8
"""Runs of a block, more or less."""


def _block(
    block: range, groups: Sequence[Group], made: set[int], kept: Store, run_of: Callable[[int], GroupResult]
) -> GroupResult:
    """Some runs as one, which is remembered while none of them is ``made`` anew: that half as many terms are
    joined where little has changed."""
    name = f"{_BLOCK} {groups[block.start][0].url}"
    key = key_of([one for at in block for one in groups[at]])
    if made.isdisjoint(block) and (data := kept.get(name, key)) is not None:
        return GroupResult(block.start, data, {})
    runs = [run_of(at) for at in block]
    data = joined(run.whole for run in runs)
    kept.put(name, key, data)
    return GroupResult(block.start, data, {url: own for run in runs for url, own in run.pages.items()})


def _forget_others(
    groups: Sequence[Group], blocks: Sequence[range], kept: Store, others: Collection[str]
) -> None:
    """Forget what the next run will not ask for; ``others`` are names of what it will."""
    more = {WORDS, TABLE, _LETTERS, *others, *(f"{_BLOCK} {groups[block.start][0].url}" for block in blocks)}
    if kept.size() == len(more) + FACTS.size(groups) + DIGESTS.size(groups):
        return  # every name of this run is there, so no other is
    urls = {one.url for group in groups for one in group}
    runs = {group[0].url for group in groups}

    def known(name: str) -> bool:
        return name in more or any(one.known(name, urls, runs) for one in (FACTS, DIGESTS))

    kept.forget_others(known)


_LETTERS, _BLOCK = "kamus", "blok"
