"""Job → the files that it makes: finished pages of one SOP, unit, actor or law, and the files beside them.

A job holds all that its files depend on and nothing else, and can be done by any process on any machine that
has the program. Its key is known without doing it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from generator.build.finish import Finished, SiteAddress, dressed
from generator.build.manifest import sop_hash
from generator.data.catalogue import Catalogue
from generator.formats.html.offer import Offer
from generator.formats.html.page import Seal
from generator.site.base_templates import BaseTemplate, Sort, sort_of
from generator.site.changes import version_pages
from generator.site.lists.sops import NO_LENGTHS, Lengths, length
from generator.site.open_files import sop_files
from generator.site.pages import actor_pages, law_pages, sop_page, unit_pages
from generator.site.staged import StagedPage


class PageKind(StrEnum):
    """Of what a job makes the pages; the name of the folder that they lie in."""

    SOP = "sop"
    UNIT = "unit"
    PELAKSANA = "pelaksana"
    HUKUM = "hukum"


class Job(Struct, frozen=True):
    """``excerpt`` is what the pages are made from (None until the job is to be done), ``seal`` what is told
    of the signed copy of an SOP, ``papers`` whether documents lie beside the pages, ``sheet`` the same of the
    sheet that is signed, ``lengths`` how long listed SOPs take, as far as
    it is known."""

    key: str
    kind: PageKind
    id: str
    excerpt: Catalogue | None
    day: date | None
    seal: Seal | None = None
    papers: Offer = Offer.THERE
    sheet: Offer = Offer.THERE
    lengths: Lengths = NO_LENGTHS


class Templates(Struct, frozen=True):
    """What stands around all pages: the base templates, the menu's addresses, where the site will lie."""

    by_sort: Mapping[Sort, BaseTemplate]
    menu: frozenset[str]
    place: SiteAddress


class JobResult(Struct, frozen=True):
    """What a job made: pages, other files by path, and of an SOP its line in the file of all records, its row
    in the list, what the overview says of it, the hash of its data and how long it takes in words.
    ``lacking``: sorts of pages without a template; then nothing was made."""

    key: str
    id: str
    pages: tuple[Finished, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    line: str = ""
    row: str = ""
    told: str = ""
    hash: str = ""
    length: str = ""
    lacking: frozenset[Sort] = frozenset()


def make(jobs: Iterable[Job], templates: Templates) -> list[JobResult]:
    """Do some jobs. Raises PolicyError, DotError."""
    return [_make(job, templates) for job in jobs]


def _make(job: Job, templates: Templates) -> JobResult:
    assert job.excerpt is not None
    pages = [(page, sort_of(page, templates.menu)) for page in pages_of(job)]
    if lacking := frozenset(sort for _, sort in pages) - templates.by_sort.keys():
        return JobResult(job.key, job.id, lacking=lacking)
    made = tuple(dressed(page, templates.by_sort[sort], templates.place) for page, sort in pages)
    if job.kind is not PageKind.SOP:
        return JobResult(job.key, job.id, made)
    sop = job.excerpt.sop[job.id]
    beside = sop_files(sop, job.excerpt, job.day)
    told = (sop_hash(job.excerpt, job.id), length(sop, job.excerpt))
    return JobResult(job.key, job.id, made, beside.files, beside.line, beside.row, beside.told, *told)


def pages_of(job: Job) -> Iterator[StagedPage]:
    """The pages that a job makes."""
    part = job.excerpt
    assert part is not None
    match job.kind:
        case PageKind.SOP:
            sop = part.sop[job.id]
            yield sop_page(sop, part, job.day, job.seal, job.papers)
            yield from version_pages(sop, part, job.day, job.sheet)
        case PageKind.UNIT:
            yield from unit_pages(job.id, part, job.day, job.papers, job.lengths)
        case PageKind.PELAKSANA:
            yield from actor_pages(job.id, part)
        case PageKind.HUKUM:
            yield from law_pages(job.id, part, job.day, job.lengths)


def missing(pages: Iterable[StagedPage], templates: Templates) -> frozenset[Sort]:
    """The sorts of these pages that have no template."""
    return frozenset(sort_of(page, templates.menu) for page in pages) - templates.by_sort.keys()


def finished(page: StagedPage, templates: Templates) -> Finished:
    """A page in its base template, ready to be published. Raises PolicyError."""
    return dressed(page, templates.by_sort[sort_of(page, templates.menu)], templates.place)
