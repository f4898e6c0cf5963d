"""Catalogue of one audience → its documents in the tree, made or taken over from tree and store."""

from __future__ import annotations

from collections.abc import Iterator

from generator.build.order import Order, Sources
from generator.build.tree import Tree
from generator.data.excerpt import Excerpts
from generator.documents import (
    FILE,
    PaperJob,
    forget_gone,
    from_cache,
    keep_paper,
    paper_jobs,
    paths_of,
    set_papers,
    with_excerpt,
)
from generator.model.problems import Problem, Severity
from generator.program import program
from generator.site.stage import refuse
from generator.store import Store, stored

_SAVED = 50
"""After so many documents they are written back: a build that is killed is not begun anew."""


def set_all(
    excerpts: Excerpts, tree: Tree, sources: Sources, order: Order
) -> tuple[set[str], tuple[Problem, ...]]:
    """Put all documents into the tree; gives the folders of those that cannot be made, and why. They come
    before pages, which say whether there are any. None where none are asked for. Raises StageError where
    every page needs one of these."""
    if not order.papers:
        return set(), ()
    with stored(sources.cache / FILE if sources.cache else None, costly=True) as store:
        paths, unset, wrong = _set(excerpts, tree, store, sources, order)
        forget_gone(store, sources.data, excerpts.catalogue, paths)
    if "" in unset:  # the card of the site, to which every page leads
        refuse(wrong)
    order.workers.rest()
    return unset, tuple(sorted(wrong))


def _set(
    excerpts: Excerpts, tree: Tree, store: Store, sources: Sources, order: Order
) -> tuple[set[str], set[str], set[Problem]]:
    """Make or take over; gives the paths of all, the folders of those that cannot be made, what is wrong."""
    waiting: dict[str, str] = {}
    paths: set[str] = set()
    unset: set[str] = set()
    wrong: set[Problem] = set()
    total = done = 0

    def fresh() -> Iterator[PaperJob]:
        nonlocal total, done
        for job in paper_jobs(excerpts, sources.data, program(), order.day):
            total += 1
            paths.update(paths_of(job))
            if tree.take(job.key):
                done += 1
            elif paper := from_cache(job, store):
                tree.add(job.key, files=paper.files)
                done += 1
            else:
                waiting[job.key] = job.folder
                yield with_excerpt(job, excerpts)

    for paper in order.workers.each(set_papers, fresh()):
        if not paper.files:
            wrong.update(one for one in paper.problems if one.severity is Severity.ERROR)
            unset.add(waiting[paper.key])
            continue
        keep_paper(paper, store)
        tree.add(paper.key, files=paper.files)
        done += 1
        if done % _SAVED == 0:
            store.save()
        order.tell("dokumen", done, max(done, len(excerpts.catalogue.sop)))
    return paths, unset, wrong
