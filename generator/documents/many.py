"""Catalogue → the documents of many SOPs, over all cores; what has not changed comes from a cache.

The cache holds finished files by the hash of all that went into them: the data, the program, the
typesetter. Deleting it changes nothing but the time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from generator.catalogue import Catalogue
from generator.documents.setting import Document, Marks, day_of, make_docx, make_pdf, set_document
from generator.problems import Problem
from generator.program import program
from generator.render.paper.content import gather
from generator.writing.files import write_whole

FORMATS: Mapping[str, Callable[[Document], bytes]] = {"pdf": make_pdf, "docx": make_docx}
_ALONE = 6
"""So many SOPs are made without a second process."""


@dataclass(frozen=True, slots=True)
class Made:
    """The documents of one SOP by format (none where it cannot be set), and what is wrong."""

    slug: str
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    cached: bool


def make_documents(
    catalogue: Catalogue,
    slugs: Sequence[str],
    formats: Sequence[str],
    data_dir: Path,
    cache_dir: Path | None = None,
    jobs: int = 0,
    marks: Marks | None = None,
) -> Iterator[Made]:
    """The documents of these SOPs, in their order. ``jobs``: processes to use, 0 for one a core;
    ``marks``: the hashes to print, where the catalogue is not the one that holds everything."""
    waiting = []
    found: dict[str, Made] = {}
    keys = {slug: key_of(catalogue, slug, data_dir, marks) for slug in slugs} if cache_dir else {}
    for slug in slugs:
        files = cached(cache_dir, keys[slug], formats) if cache_dir else None
        if files:
            found[slug] = Made(slug, files, (), True)
        else:
            waiting.append(slug)
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1 or len(waiting) <= _ALONE:
        fresh: Iterator[Made] = (_make(catalogue, slug, formats, data_dir, marks) for slug in waiting)
        yield from _in_order(slugs, found, fresh, cache_dir, keys)
        return
    context = get_context("spawn")  # the typesetter's own threads do not survive a fork
    shared = (catalogue, formats, data_dir, marks)
    with ProcessPoolExecutor(jobs, context, initializer=_start, initargs=shared) as pool:
        yield from _in_order(slugs, found, pool.map(_work, waiting, chunksize=4), cache_dir, keys)


def _in_order(
    slugs: Sequence[str],
    found: Mapping[str, Made],
    fresh: Iterator[Made],
    cache_dir: Path | None,
    keys: Mapping[str, str],
) -> Iterator[Made]:
    for slug in slugs:
        made = found.get(slug) or next(fresh)
        if cache_dir and not made.cached and not made.problems:
            for name, data in made.files.items():
                keep(cache_dir / f"{keys[slug]}.{name}", data)
        yield made


def _make(
    catalogue: Catalogue, slug: str, formats: Sequence[str], data_dir: Path, marks: Marks | None
) -> Made:
    document, problems = set_document(catalogue, slug, data_dir, marks)
    files = {name: FORMATS[name](document) for name in formats} if document else {}
    return Made(slug, files, tuple(problems), False)


_shared: list[tuple[Catalogue, Sequence[str], Path, Marks | None]] = []
"""What a worker process was started with."""


def _start(catalogue: Catalogue, formats: Sequence[str], data_dir: Path, marks: Marks | None) -> None:
    _shared[:] = [(catalogue, formats, data_dir, marks)]


def _work(slug: str) -> Made:
    catalogue, formats, data_dir, marks = _shared[0]
    return _make(catalogue, slug, formats, data_dir, marks)


def key_of(catalogue: Catalogue, slug: str, data_dir: Path, marks: Marks | None) -> str:
    """Hash of all that the documents of an SOP depend on."""
    sop, agency = catalogue.sop[slug], catalogue.instansi
    logo = data_dir / agency.logo if agency.logo else None
    names = [catalogue.sop[other].nama for other in sorted(catalogue.sop)]
    parts = (
        program(),
        repr(sop),
        repr(gather(catalogue, sop, {})),
        repr(catalogue.charts[slug]),
        repr((agency, names, day_of(catalogue, sop), marks and marks[slug])),
        logo.read_bytes().hex() if logo and logo.is_file() else "",
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def cached(cache_dir: Path, key: str, formats: Sequence[str]) -> dict[str, bytes] | None:
    """The files that the cache has under a key; None unless it has all."""
    try:
        return {name: (cache_dir / f"{key}.{name}").read_bytes() for name in formats}
    except OSError:
        return None


def keep(path: Path, data: bytes) -> None:
    """Write into the cache; a cache that cannot be written is no fault."""
    with suppress(OSError):
        write_whole(path, data)
