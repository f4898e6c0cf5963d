"""Catalogue + what is asked for → documents of many SOPs, by several processes, from the store where it has
them: the same jobs as those of a site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.excerpt import Excerpts
from generator.documents.jobs import DocumentFiles, PaperJob
from generator.documents.site import (
    document_jobs,
    from_cache,
    keep_paper,
    set_papers,
    sheet_job,
    with_excerpt,
)
from generator.model.problems import Problem
from generator.program import program
from generator.store import Store, stored
from generator.workers import Workers, cores, processes

_ALONE, _BATCH = 40, 4
"""So many SOPs are made without a second process; so many in one task of one."""
_SAVED = 50
"""After so many documents they are written back: a command that is killed is not begun anew."""


class Made(Struct, frozen=True):
    """The documents of one SOP by format (none where it cannot be set), and what is wrong."""

    slug: str
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    cached: bool


def make_to_sign(
    catalogue: Catalogue, slug: str, number: int, formats: Sequence[str], data_dir: Path
) -> Made:
    """The sheet of a version of an SOP that is to be signed."""
    excerpts = Excerpts(catalogue)
    job = with_excerpt(sheet_job(excerpts, slug, number, formats, data_dir, program()), excerpts)
    return _made(job, set_papers([job])[0], False)


def make_documents(
    catalogue: Catalogue,
    slugs: Sequence[str],
    formats: Sequence[str],
    data_dir: Path,
    cache: Path | None = None,
    jobs: int = 0,
) -> Iterator[Made]:
    """The documents of these SOPs, in their order. ``jobs``: processes to use, 0 for one a core."""
    with stored(cache) as store:
        yield from _make(catalogue, slugs, formats, data_dir, store, jobs or cores())


def _make(
    catalogue: Catalogue,
    slugs: Sequence[str],
    formats: Sequence[str],
    data_dir: Path,
    store: Store,
    jobs: int,
) -> Iterator[Made]:
    excerpts = Excerpts(catalogue)
    waiting: dict[str, PaperJob] = {}
    ready: dict[str, Made] = {}
    for job in document_jobs(excerpts, dict.fromkeys(slugs), formats, data_dir, program()):
        if paper := from_cache(job, store):
            ready[job.slugs[0]] = _made(job, paper, True)
        else:
            waiting[job.key] = job
    workers = Workers(partial(processes, jobs))
    fresh = workers.each(
        set_papers,
        (with_excerpt(job, excerpts) for job in list(waiting.values())),
        len(waiting) if jobs == 1 else _ALONE,
        _BATCH,
    )
    try:
        for slug in slugs:
            while slug not in ready:
                paper = next(fresh)
                job = waiting.pop(paper.key)
                ready[job.slugs[0]] = _made(job, paper, False)
                keep_paper(paper, store)
                if len(waiting) % _SAVED == 0:
                    store.save()
            yield ready[slug]
    finally:
        workers.close()


def _made(job: PaperJob, paper: DocumentFiles, cached: bool) -> Made:
    files = {kind: data for kind, (_, data) in zip(job.kinds, paper.files, strict=False)}
    return Made(job.slugs[0], files, paper.problems, cached)
