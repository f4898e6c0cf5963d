"""Catalogue → the whole staged folder of a site, as any engine of the MkDocs family builds it. A build itself
gives its engine one specimen of each sort of page; what it makes is held against this by tests and benches.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import msgspec

from generator.data.catalogue import Audience, Catalogue
from generator.data.excerpt import Excerpts
from generator.documents import (
    SignedCopy,
    from_cache,
    keep_paper,
    paper_jobs,
    set_papers,
    signed_copies,
    with_excerpt,
)
from generator.formats.html.offer import Offer
from generator.model.values import stated
from generator.program import program
from generator.site import several
from generator.site.changes import history_files, version_pages
from generator.site.handwritten.written import Written
from generator.site.health_pages import health_files
from generator.site.lists.history import all_news
from generator.site.pages import (
    card_address,
    health_listings,
    listings,
    seal_of,
    sop_page,
)
from generator.site.stage import for_audience, pages_in, read_own, refuse, write_bytes, write_own
from generator.site.staged import StagedPage
from generator.store import stored
from tests.open_files import open_files


def written_pages(docs: Path, audience: Audience | None) -> list[Written]:
    """The hand-written pages of a folder that an audience may read, in the order of the menu (``urutan``)."""
    return for_audience(pages_in(docs), audience)


def stage(
    catalogue: Catalogue,
    target: Path,
    *,
    docs: Path,
    config: Path,
    data: Path,
    day: date | None = None,
    cache: Path | None = None,
    papers: bool = True,
) -> Path:
    """Write the whole staged folder of one audience into ``target`` (which must not exist) and return its
    ``mkdocs.yml``.

    ``docs`` holds the agency's own pages, ``config`` is its ``mkdocs.yml`` for all sites (neither need be
    there), ``data`` the data folder (for the logo and the signed copies that SOPs name), ``cache`` a file
    that keeps documents between builds, ``papers`` whether they are made.
    """
    signed, problems = signed_copies(catalogue, data)
    refuse(problems)
    pages = target / "docs"
    made, unset = _papers(catalogue, data, cache, day) if papers else ([], set())
    for page in all_pages(catalogue, day, signed, unset):
        write_bytes(pages / page.path / "index.md", page.text().encode())
    own = read_own(catalogue, docs, config, card_address(catalogue, ""))
    for path, content in (
        *open_files(catalogue, day, own.titles),
        *history_files(all_news(catalogue, day), catalogue, day),
        *health_files(catalogue, day),
        *made,
        *((f"naskah/{copy.name}", copy.bytes) for copy in signed.values()),
    ):
        write_bytes(pages / path, content)
    write_bytes(target / "katalog.json", dump_catalogue(catalogue).encode())
    return write_own(own, catalogue, target, docs, data)


def _papers(
    catalogue: Catalogue, data: Path, cache: Path | None, day: date | None
) -> tuple[list[tuple[str, bytes]], set[str]]:
    """The documents of a site, and the folders of those that cannot be made."""
    excerpts = Excerpts(catalogue)
    files: list[tuple[str, bytes]] = []
    unset = set()
    with stored(cache) as store:
        for job in paper_jobs(excerpts, data, program(), day):
            paper = from_cache(job, store)
            if paper is None:
                [paper] = set_papers([with_excerpt(job, excerpts)])
                keep_paper(paper, store)
            files += paper.files
            if not paper.files:
                unset.add(job.folder)
    return files, unset


def all_pages(
    catalogue: Catalogue,
    day: date | None,
    signed: Mapping[str, SignedCopy] = MappingProxyType({}),
    unset: Collection[str] = (),
) -> Iterator[StagedPage]:
    """Every generated page of the catalogue's site; ``day`` is the date against which reviews are due,
    ``signed`` the signed copies that lie beside the pages, by slug, ``unset`` the folders of the documents
    that cannot be made."""

    def offer(folder: str) -> Offer:
        return Offer.FAILED if folder in unset else Offer.THERE

    for sop in catalogue.sop.values():
        yield sop_page(sop, catalogue, day, seal_of(signed.get(sop.slug)), offer(f"sop/{sop.slug}"))
        yield from version_pages(sop, catalogue, day)
    shown = chain(listings(all_news(catalogue, day), catalogue, day), health_listings(catalogue, day))
    yield from (listing.whole() for listing in shown)
    for id in catalogue.unit:
        yield from several.pages(several.unit(id, catalogue, day, offer(f"unit/{id}")), catalogue)
    for id in catalogue.pelaksana:
        yield from several.pages(several.actor(id, catalogue), catalogue)
    for id in catalogue.hukum:
        yield from several.pages(several.law(id, catalogue, day), catalogue)


def dump_catalogue(catalogue: Catalogue) -> str:
    """The catalogue of one audience as JSON, for the macros of hand-written pages."""
    registers = {"unit": catalogue.unit, "pelaksana": catalogue.pelaksana, "hukum": catalogue.hukum}
    data = {
        "untuk": catalogue.audience,
        "instansi": catalogue.instansi,
        **{name: list(rows.values()) for name, rows in registers.items()},
        "sop": [stated(sop) for sop in catalogue.sop.values()],
        "versi": {slug: [stated(sop) for sop in many] for slug, many in catalogue.versi.items()},
    }
    return msgspec.json.encode(data).decode()
