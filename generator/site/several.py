"""Catalogue → the pages about several SOPs: of a unit, an actor, a law; in parts where the SOPs are many.

A part can be made by itself, from the SOPs on it and what it shows of the others (``Share``), so that an SOP
makes only the part anew on which it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.formats.html.html import Links, fill
from generator.formats.html.offer import Offer
from generator.formats.html.pagination import ListPage, Paginator, list_pages, way_of
from generator.formats.html.view import Pagination, View
from generator.model.sop import SOP
from generator.site.listing import page_of_part
from generator.site.lists import indexes
from generator.site.lists.sops import NO_LENGTHS, Lengths, sop_list
from generator.site.pages import ASIDE, HOME, LISTS
from generator.site.staged import PageSection, StagedPage


class Share(Struct, frozen=True):
    """A part of a long page: its SOPs; the page without content; the way to the other parts; what stands
    around the list, on the first; whether the SOPs of all parts are of several units."""

    slugs: tuple[str, ...]
    page: StagedPage
    way: Pagination | None
    around: View | None
    units: bool


class Subject(Struct, frozen=True):
    """What a page is about: the page without content; the list of its SOPs; what stands around that on the
    first of these parts."""

    page: StagedPage
    sops: Paginator[SOP]
    around: Callable[[Sequence[ListPage]], View]


def unit(
    id: str,
    catalogue: Catalogue,
    day: date | None,
    papers: Offer = Offer.THERE,
    lengths: Lengths = NO_LENGTHS,
    share: Share | None = None,
) -> Subject:
    """A unit: its SOPs, what is above and below it, its actors. ``lengths`` that are known are not reckoned
    again; of a ``share`` only what stands on it."""
    page = _page(f"unit/{id}/", catalogue.unit[id].nama, "unit")
    title, slugs = f"SOP {catalogue.unit[id].nama}", share.slugs if share else catalogue.of_unit[id]
    sops = sop_list(page.path, slugs, catalogue, day, title, unit=False, lengths=lengths)
    links = Links(catalogue, page.root)
    return Subject(page, sops, lambda _: indexes.unit_page(id, catalogue, links, papers))


def actor(id: str, catalogue: Catalogue) -> Subject:
    """An actor: every step of theirs, SOP by SOP."""
    page = _page(f"pelaksana/{id}/", f"Tugas {catalogue.pelaksana[id].nama}", "pelaksana")
    tasks, links = indexes.task_list(page.path, id, catalogue), Links(catalogue, page.root)

    def around(parts: Sequence[ListPage]) -> View:
        elsewhere = [(part, tasks.entries[part.start : part.stop]) for part in parts[1:]]
        return indexes.actor_page(id, catalogue, links, elsewhere)

    return Subject(page, tasks, around)


def law(
    id: str,
    catalogue: Catalogue,
    day: date | None,
    lengths: Lengths = NO_LENGTHS,
    share: Share | None = None,
) -> Subject:
    """A law: as cited, as meant, and the SOPs that cite it."""
    page = _page(f"hukum/{id}/", catalogue.hukum[id].kutipan, "hukum")
    title, several = "SOP dengan dasar hukum ini", share.units if share else None
    sops = sop_list(page.path, catalogue.citing[id], catalogue, day, title, several, lengths)
    return Subject(page, sops, lambda _: indexes.law_page(id, catalogue))


def shares(subject: Subject, catalogue: Catalogue) -> Iterator[Share]:
    """The parts of its page, one if it is short."""
    sops, parts = subject.sops, list_pages(subject.sops)
    units = len({sop.unit for sop in sops.entries}) > 1
    for part in parts:
        page = page_of_part(subject.page, part, len(parts), catalogue)
        slugs = tuple(sop.slug for sop in sops.entries[part.start : part.stop])
        around = subject.around(parts) if part.number == 1 else None
        yield Share(slugs, page, way_of(parts, part, Links(catalogue, page.root)), around, units)


def shared_page(subject: Subject, share: Share, catalogue: Catalogue) -> StagedPage:
    """A part of a page; the list of ``subject`` holds the SOPs of that part alone. Raises DotError."""
    page, view = share.page, subject.sops.whole(Links(catalogue, share.page.root))
    body = replace(view, way=share.way).html()
    if share.around:
        body = fill(share.around.template, {**share.around.values, "daftar": body})
    return replace(page, parts=(PageSection("", subject.page.path.partition("/")[0], body),))


def pages(subject: Subject, catalogue: Catalogue) -> Iterator[StagedPage]:
    """All parts of its page. Raises DotError."""
    rest = iter(subject.sops.entries)
    for share in shares(subject, catalogue):
        own = replace(subject.sops, entries=list(islice(rest, len(share.slugs))))
        yield shared_page(replace(subject, sops=own), share, catalogue)


def _page(path: str, title: str, parent: str) -> StagedPage:
    crumbs = (HOME, (LISTS[parent], f"{parent}/"))
    return StagedPage(path, title, (), crumbs=crumbs, description=title, hide=ASIDE)
