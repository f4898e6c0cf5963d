"""Job → the files that it makes: finished pages of one SOP, unit, actor or law, and the files beside them.

A job holds all that its files depend on and nothing else, and can be done by any process on any machine that
has the program. Its key is known without doing it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from generator.build.finish import Finished, Place, finish
from generator.build.manifest import sop_hash
from generator.data.catalogue import Catalogue
from generator.formats.graphviz.dot import Drawn
from generator.formats.html.offer import Offer
from generator.formats.html.page import Seal
from generator.site.changes import version_pages
from generator.site.frames import Frame, Sort, fill, sort_of
from generator.site.open_files import sop_files
from generator.site.pages import actor_pages, law_pages, sop_page, unit_pages
from generator.site.staged import Page


class Kind(StrEnum):
    """Of what a job makes the pages; the name of the folder that they lie in."""

    SOP = "sop"
    UNIT = "unit"
    PELAKSANA = "pelaksana"
    HUKUM = "hukum"


class Job(Struct, frozen=True):
    """``excerpt`` is what the pages are made from (None until the job is to be done), ``seal`` what is told
    of the signed copy of an SOP, ``papers`` whether documents lie beside the pages, ``sheet`` the same of the
    sheet that is signed, ``drawn`` the diagrams of the old page."""

    key: str
    kind: Kind
    id: str
    excerpt: Catalogue | None
    day: date | None
    seal: Seal | None = None
    papers: Offer = Offer.THERE
    sheet: Offer = Offer.THERE
    drawn: Drawn = {}


class Shell(Struct, frozen=True):
    """What stands around all pages: the frames, the addresses in the menu, where the site will lie."""

    frames: Mapping[Sort, Frame]
    menu: frozenset[str]
    place: Place


class Made(Struct, frozen=True):
    """What a job made: pages, other files by path, and of an SOP its line in the file of all records, its row
    in the list and the hash of its data. ``lacking``: sorts of pages that the shell has no frame for; then
    nothing was made."""

    key: str
    id: str
    pages: tuple[Finished, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    line: str = ""
    row: str = ""
    hash: str = ""
    lacking: frozenset[Sort] = frozenset()


def make(jobs: Iterable[Job], shell: Shell) -> list[Made]:
    """Do some jobs. Raises PolicyError, DotError."""
    return [_make(job, shell) for job in jobs]


def _make(job: Job, shell: Shell) -> Made:
    assert job.excerpt is not None
    pages = [(page, sort_of(page, shell.menu)) for page in pages_of(job)]
    if lacking := frozenset(sort for _, sort in pages) - shell.frames.keys():
        return Made(job.key, job.id, lacking=lacking)
    made = tuple(_finished(page, shell.frames[sort], shell.place) for page, sort in pages)
    if job.kind is not Kind.SOP:
        return Made(job.key, job.id, made)
    files, line, row = sop_files(job.excerpt.sop[job.id], job.excerpt)
    return Made(job.key, job.id, made, tuple(files), line, row, sop_hash(job.excerpt, job.id))


def pages_of(job: Job) -> Iterator[Page]:
    """The pages that a job makes."""
    part = job.excerpt
    assert part is not None
    match job.kind:
        case Kind.SOP:
            sop = part.sop[job.id]
            yield sop_page(sop, part, job.day, job.seal, job.papers, job.drawn)
            yield from version_pages(sop, part, job.day, job.sheet)
        case Kind.UNIT:
            yield from unit_pages(job.id, part, job.day, job.papers)
        case Kind.PELAKSANA:
            yield from actor_pages(job.id, part)
        case Kind.HUKUM:
            yield from law_pages(job.id, part, job.day)


def lacking_frames(pages: Iterable[Page], shell: Shell) -> frozenset[Sort]:
    """The sorts of these pages that the shell has no frame for."""
    return frozenset(sort_of(page, shell.menu) for page in pages) - shell.frames.keys()


def finished(page: Page, shell: Shell) -> Finished:
    """A page in its frame, ready to be published. Raises PolicyError."""
    return _finished(page, shell.frames[sort_of(page, shell.menu)], shell.place)


def _finished(page: Page, frame: Frame, place: Place) -> Finished:
    return finish(f"{page.path}index.html", fill(frame, page, page.html()), place)
