"""Catalogue → the documents of many SOPs, over all cores; what has not changed comes from a store.

The store holds finished files under the hash of all that went into them: the data, the program, the
typesetter. Deleting it changes nothing but the time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.excerpt import Excerpts
from generator.documents.blame import blamed
from generator.documents.cache import COMMAND, cached, keep, prefix
from generator.documents.days import day_of, latest_day
from generator.documents.setting import (
    Document,
    make_docx,
    make_pdf,
    set_document,
)
from generator.figure.paper.content import gather
from generator.figure.paper.typesetter import Unsettable
from generator.model.problems import Problem
from generator.program import program
from generator.store import stored
from generator.workers import Workers, cores, processes

FORMATS: Mapping[str, Callable[[Document], bytes]] = {"pdf": make_pdf, "docx": make_docx}
_ALONE, _BATCH = 6, 4
"""So many SOPs are made without a second process; so many in one task of one."""


class Made(Struct, frozen=True):
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
    cache: Path | None = None,
    jobs: int = 0,
) -> Iterator[Made]:
    """The documents of these SOPs, in their order. ``jobs``: processes to use, 0 for one a core."""
    waiting = []
    ready: dict[str, Made] = {}
    keys = {slug: key_of(catalogue, slug, data_dir) for slug in slugs} if cache else {}
    place = f"{prefix(data_dir, catalogue)}{COMMAND}"
    with stored(cache if cache and cache.is_file() else None) as store:
        for slug in dict.fromkeys(slugs):
            names = [f"{place}{slug}.{kind}" for kind in formats]
            if cache and (files := cached(store, keys[slug], names)):
                ready[slug] = Made(slug, dict(zip(formats, files, strict=True)), (), True)
            else:
                waiting.append(slug)
    workers = Workers(partial(processes, jobs or cores()))
    alone = len(waiting) if (jobs or cores()) == 1 else _ALONE
    set_one = partial(_make, formats=formats, data_dir=data_dir, undated=latest_day(catalogue))
    try:
        fresh = workers.each(set_one, _jobs(catalogue, waiting), alone, _BATCH)
        for slug in slugs:
            while slug not in ready:
                made = next(fresh)
                ready[made.slug] = made
                if cache and not made.problems:
                    whole = {f"{place}{made.slug}.{kind}": data for kind, data in made.files.items()}
                    with stored(cache) as store:
                        keep(store, keys[made.slug], whole)
            yield ready[slug]
    finally:
        workers.close()


_Job = tuple[str, Catalogue]
"""An SOP, the excerpt that its documents are made from."""


def _jobs(catalogue: Catalogue, slugs: Sequence[str]) -> Iterator[_Job]:
    excerpts = Excerpts(catalogue)
    for slug in slugs:
        yield slug, excerpts.of_sop(slug)


def _make(jobs: Sequence[_Job], formats: Sequence[str], data_dir: Path, undated: date) -> list[Made]:
    found = []
    for slug, excerpt in jobs:
        files: dict[str, bytes] = {}
        try:
            document, problems = set_document(excerpt, slug, data_dir, undated)
            files = {name: FORMATS[name](document) for name in formats} if document else {}
        except Unsettable as error:
            problems = blamed(excerpt, [slug], data_dir, error)
        found.append(Made(slug, files, tuple(problems), False))
    return found


def key_of(catalogue: Catalogue, slug: str, data_dir: Path) -> str:
    """Hash of all that the documents of an SOP depend on."""
    sop, agency = catalogue.sop[slug], catalogue.instansi
    logo = data_dir / agency.logo if agency.logo else None
    names = [catalogue.sop[other].nama for other in sorted(catalogue.sop)]
    parts = (
        program(),
        repr(sop),
        repr(gather(catalogue, sop, {})),
        repr(catalogue.charts[slug]),
        repr((agency, names, day_of(catalogue, sop))),
        logo.read_bytes().hex() if logo and logo.is_file() else "",
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
