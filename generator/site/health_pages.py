"""Catalogue of the internal site → the pages and tables of its health: one page that tells what is to be
done, and below it one for each unit, each box of the form that is left blank somewhere, and the reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from generator.data.catalogue import Catalogue
from generator.data.health import DATES, assess
from generator.formats.html.html import Links
from generator.site.listing import Listing, parted
from generator.site.lists.health import (
    DATES_PAGE,
    HOME,
    REVIEWS,
    field_health,
    field_path,
    overview,
    report,
    review_health,
    unit_health,
    unit_path,
)
from generator.site.lists.health_data import FINDINGS, TABLE, field_name, finding_table, sop_table, unit_name
from generator.site.staged import StagedPage, root_of

TITLE = "Kesehatan SOP"


def health_pages(catalogue: Catalogue, day: date | None) -> Iterator[Listing]:
    """The pages, for those who see them. ``day`` is the one on which reviews are judged."""
    if not catalogue.sees.health:
        return
    health = assess(catalogue, day)
    told = report(health, catalogue)

    def links(path: str) -> Links:
        return Links(catalogue, root_of(path))

    yield Listing(_page(HOME, TITLE), partial(overview, told, links(HOME)))
    yield Listing(_page(REVIEWS, "Tinjau ulang"), partial(review_health, told, links(REVIEWS)))
    for unit in health.units:
        path = unit_path(unit.unit)
        title = f"Kesehatan {unit_name(unit.unit, catalogue)}"
        yield from parted(_page(path, title), unit_health(path, unit, told), catalogue)
    fields = [((found.field,), field_path(found.field)) for found in health.fields if found.missing]
    for chosen, path in (*fields, *([(DATES, DATES_PAGE)] if health.total.no_date else [])):
        name = field_name(chosen[0], catalogue) if len(chosen) == 1 else "tanggal"
        yield Listing(_page(path, f"Kosong: {name}"), partial(field_health, chosen, told, links(path)))


def health_files(catalogue: Catalogue, day: date | None) -> Iterator[tuple[str, bytes]]:
    """The tables by their address from the top of the site, for those who see them."""
    if catalogue.sees.health:
        health = assess(catalogue, day)
        yield TABLE, sop_table(health, catalogue)
        yield FINDINGS, finding_table(health, catalogue)


def _page(path: str, title: str) -> StagedPage:
    crumbs = (("Beranda", ""), *(((TITLE, HOME),) if path != HOME else ()))
    return StagedPage(path, title, (), crumbs=crumbs, hide=("navigation", "toc"))
