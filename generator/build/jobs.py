"""Job → the files that it makes: finished pages of one SOP, unit, actor or law, and the files beside them.

A job holds all that its files depend on and nothing else, and can be done by any process on any machine that
has the program. Its key is known without doing it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from generator.build.finish import Finished, SiteAddress, dressed
from generator.build.manifest import sop_hash
from generator.data.catalogue import Catalogue
from generator.data.excerpt import Excerpts
from generator.formats.html import pagination
from generator.formats.html.offer import Offer
from generator.formats.html.page import Seal
from generator.site import several
from generator.site.base_templates import BaseTemplate, Sort, sort_of
from generator.site.changes import version_pages
from generator.site.lists.indexes import ROOM
from generator.site.lists.sops import NO_LENGTHS, Lengths, length
from generator.site.open_files import sop_files
from generator.site.pages import sop_page
from generator.site.several import Share
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
    sheet that is signed, ``lengths`` how long listed SOPs take, as far as it is known, ``share`` the part of
    a long page that it is about."""

    key: str
    kind: PageKind
    id: str
    excerpt: Catalogue | None
    day: date | None
    seal: Seal | None = None
    papers: Offer = Offer.THERE
    sheet: Offer = Offer.THERE
    lengths: Lengths = NO_LENGTHS
    share: Share | None = None


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
    if job.kind is PageKind.SOP:
        sop = part.sop[job.id]
        yield sop_page(sop, part, job.day, job.seal, job.papers)
        yield from version_pages(sop, part, job.day, job.sheet)
    elif job.share:
        yield several.shared_page(_subject(job, part), job.share, part)
    else:
        yield from several.pages(_subject(job, part), part)


def by_part(job: Job, catalogue: Catalogue) -> Iterator[Job]:
    """A job, or those of the parts of its page where that may be long."""
    match job.kind:
        case PageKind.SOP:
            rows = 0
        case PageKind.UNIT:
            rows = len(catalogue.of_unit[job.id])
        case PageKind.PELAKSANA:
            rows = sum(catalogue.duties[job.id].values())
        case PageKind.HUKUM:
            rows = len(catalogue.citing[job.id])
    if rows * ROOM <= pagination.MAX_ROWS:
        yield job
        return
    for share in several.shares(_subject(job, catalogue), catalogue):
        yield replace(job, share=share)


def depends_on(job: Job, excerpts: Excerpts) -> Iterator[bytes]:
    """All that a job depends on beside what every page does."""
    key = {
        PageKind.UNIT: excerpts.key_of_unit,
        PageKind.PELAKSANA: excerpts.key_of_actor,
        PageKind.HUKUM: excerpts.key_of_law,
    }
    slugs = job.share.slugs if job.share else None
    yield key[job.kind](job.id, slugs) if job.kind in key else excerpts.key_of_sop(job.id)
    yield repr(job.seal).encode()
    offers = job.papers, job.sheet
    if Offer.FAILED in offers:
        yield repr(offers).encode()
    if job.share:
        yield repr(job.share).encode("utf-8", "backslashreplace")


def excerpt_of(job: Job, excerpts: Excerpts) -> Catalogue:
    """What the pages of a job are made from."""
    cut = {
        PageKind.UNIT: excerpts.of_unit,
        PageKind.PELAKSANA: excerpts.of_actor,
        PageKind.HUKUM: excerpts.of_law,
    }
    slugs = job.share.slugs if job.share else None
    return cut[job.kind](job.id, slugs) if job.kind in cut else excerpts.of_sop(job.id)


def _subject(job: Job, catalogue: Catalogue) -> several.Subject:
    """What the page of a unit, an actor or a law is about."""
    match job.kind:
        case PageKind.UNIT:
            return several.unit(job.id, catalogue, job.day, job.papers, job.lengths, job.share)
        case PageKind.PELAKSANA:
            return several.actor(job.id, catalogue)
        case _:
            return several.law(job.id, catalogue, job.day, job.lengths, job.share)


def missing(pages: Iterable[StagedPage], templates: Templates) -> frozenset[Sort]:
    """The sorts of these pages that have no template."""
    return frozenset(sort_of(page, templates.menu) for page in pages) - templates.by_sort.keys()


def finished(page: StagedPage, templates: Templates) -> Finished:
    """A page in its base template, ready to be published. Raises PolicyError."""
    return dressed(page, templates.by_sort[sort_of(page, templates.menu)], templates.place)
