"""Pages + lexicon → the search bundle of a site: scripts that hand over what the browser searches in.

``indeks.js`` is asked first and names all others, whose names are of what is in them: postings
(``istilah/``), pages in runs (``halaman/``), the text of each page (``kutipan/``), facets (``saring/``) and
the dictionary (``kamus/``). The bytes follow from the pages and the lexicon alone. A ``memory`` keeps what
pages came to, so that the next run reads only the pages that changed and those that hold a word that now
stands for something else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.data.lexicon import Lexicon
from generator.search.dictionary import licence
from generator.search.folder import Folder
from generator.search.groups import (
    DIGESTS,
    FACTS,
    Each,
    Group,
    Unread,
    at_once,
    code,
    digesting,
    facts_of,
    grouped,
    stale_for,
)
from generator.search.last import LAST, Last, counted, last_of, remember
from generator.search.lookups import dictionary_files, json_bytes, short
from generator.search.pages import SearchPage, page_text, read_page
from generator.search.postings import name_of
from generator.search.runs import PIECE, Put, Runs, scripts
from generator.search.vocabulary import Explained, Vocabulary, vocabulary_of
from generator.search.words import LEXICON, TABLE, WORDS, lexicon_from, words_of
from generator.store import Store, stored

__all__ = ["BUNDLE", "Unread", "make_bundle", "read_pages", "write_bundle", "write_index"]

BUNDLE, DICTIONARY = "cari", "kamus/"
"""Folder of the bundle in a site, and of the dictionary in that."""
FILE = "pencarian.sqlite"
"""Name of what is remembered, in its folder."""
_PLACED = "letak.sqlite"
"""Of what is remembered of the files of a bundle that is written into a folder."""


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
    lexicon: Lexicon | Sequence[Path],
    memory: Path | None = None,
    *,
    sops_alone: bool = False,
) -> int:
    """Make ``target`` the bundle of these pages, whatever it holds, and give their number. See
    ``make_bundle``."""
    with stored(memory / _PLACED if memory else None) as kept:
        out = Folder(target, kept, code())
        made = make_bundle(pages, out.put, lexicon, memory, sops_alone=sops_alone)
        out.remove_others()
    return made.pages


class Bundle(Struct, frozen=True):
    """What was made: how many pages can be found, and what of the lexicon concerns them."""

    pages: int
    lexicon: str
    """A hash of that."""


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
    with stored(memory / FILE if memory else None) as kept:
        last = last_of(kept)
        whole_lexicon = lexicon_from(lexicon, kept)
        changed = last.changed(groups)
        before = {at: last.postings(groups[at], kept) for at in changed}
        counts = counted(groups, changed, last, kept, each)
        found = words_of(counts, whole_lexicon, kept)
        runs = Runs(groups, digesting(found.words), kept, stale_for(found.changed, kept))
        made = runs.fill(range(len(groups)) if found.changed else changed, each)
        done()
        now = runs.index(last, made.union(changed), {} if found.changed else before)
        runs.put(put, now)
        sops = [0, len(listed)] if sops_alone else _sops(listed)
        _put_others(put, now, found.table(now.terms, kept), sops, _dictionary(kept))
        concerning = found.concerning or _concerning(found.seen, whole_lexicon, found.words).digest()
        found.remember(concerning, kept)
        remember(now, counts, kept)
        _forget_others(groups, now, kept, set() if whole_lexicon is lexicon else {LEXICON})
    return Bundle(len(listed), concerning)


def lexicon_of(pages: Iterable[SearchPage], lexicon: Lexicon) -> Lexicon:
    """What of the lexicon concerns these pages, as ``make_bundle`` finds it."""
    seen: set[str] = set()
    said: set[Explained] = set()
    for page in pages:
        words, pairs = facts_of(page)
        seen.update(words)
        said.update(pairs)
    return _concerning(seen, lexicon, vocabulary_of(seen, said, lexicon))


def _concerning(seen: Iterable[str], lexicon: Lexicon, words: Vocabulary) -> Lexicon:
    return lexicon.among({key for word in seen for key in words.keys(word)}, words.keys)


def _dictionary(kept: Store) -> Mapping[str, str]:
    """Name of the piece of the dictionary for each first letter; the same as long as the program is."""
    if (data := kept.get(_LETTERS, code())) is not None:
        return msgspec.json.decode(data, type=dict[str, str])
    names, _ = dictionary_files()
    kept.put(_LETTERS, code(), json_bytes(names))
    return names


def _put_others(put: Put, last: Last, table: bytes, sops: list[int], letters: Mapping[str, str]) -> None:
    """The dictionary, its licence, and the file that names all others."""
    told = {
        "halaman": [[len(run.texts), f"halaman/{short(run.pages)}"] for run in last.runs],
        "sop": sops,
        "istilah": [[first, f"istilah/{short(name)}"] for first, name in last.pieces],
        "saring": last.facets[1],
        "kamus": letters,
    }
    put(DICTIONARY, " ".join(letters.values()), lambda: scripts(dictionary_files()[1]))
    put("LISENSI", name_of(licence()), lambda: [("LISENSI-KAMUS.txt", licence())])
    whole = json_bytes(told)[:-1] + b"," + table[1:]
    put("indeks", name_of(whole), lambda: scripts({"indeks": whole}))


def _sops(listed: Sequence[Unread]) -> list[int]:
    """Number of the first page of an SOP and of the first after them: in the order of addresses they stand
    side by side."""
    found = [at for at, one in enumerate(listed) if one.url.startswith("sop/") and one.url != "sop/"]
    return [found[0], found[-1] + 1] if found else [0, 0]


def _unread(page: SearchPage | Unread) -> Unread:
    if isinstance(page, Unread):
        return page
    key = sha256(repr(page).encode("utf-8", "replace")).hexdigest()
    return Unread(page.url, key, partial(page_text, page))


def _forget_others(groups: Sequence[Group], last: Last, kept: Store, others: Collection[str]) -> None:
    """Forget what the next run will not ask for; ``others`` are names of what it will."""
    more = {WORDS, TABLE, LAST, _LETTERS, *others, *(f"{PIECE}{name}" for _, name in last.pieces)}
    if kept.size() == len(more) + FACTS.size(groups) + DIGESTS.size(groups):
        return  # every name of this run is there, so no other is
    urls = {one.url for group in groups for one in group.pages}
    runs = {group.url for group in groups}

    def known(name: str) -> bool:
        return name in more or any(one.known(name, urls, runs) for one in (FACTS, DIGESTS))

    kept.forget_others(known)


_LETTERS = "kamus"
