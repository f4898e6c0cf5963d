"""Catalogue → the pages of a site: one for each SOP, and the lists; those of units, actors and laws are in
``several``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from generator.data.audience import Sight
from generator.data.catalogue import Catalogue
from generator.data.revisions import NewsItem, history
from generator.documents import CARD, KINDS, SignedCopy, has_cards
from generator.formats.beside import MARKDOWN
from generator.formats.flows import timelines
from generator.formats.html.html import Links
from generator.formats.html.offer import Offer
from generator.formats.html.page import Beside, Seal, sop_parts
from generator.formats.html.pagination import Paginator
from generator.formats.open_data.linked_data import json_ld, sop_description
from generator.formats.open_data.records import absolute
from generator.model.sop import SOP
from generator.site.changes import TITLE as CHANGES
from generator.site.changes import history_lists
from generator.site.facets import facet_marks
from generator.site.health_pages import TITLE, health_pages
from generator.site.listing import Listing, parted
from generator.site.lists import indexes
from generator.site.lists.history import banner, standing, version_part
from generator.site.lists.relation_map import map_list
from generator.site.lists.sops import NO_LENGTHS, Lengths, sop_list
from generator.site.official import cells, official_parts, titled
from generator.site.open_files import download_part, open_parts
from generator.site.staged import PageSection, StagedPage, root_of

HOME = ("Beranda", "")
LISTS = {
    "sop": "Daftar SOP",
    "pelaksana": "Tugas saya",
    "unit": "Unit kerja",
    "hukum": "Dasar hukum",
    "perubahan": CHANGES,
    "peta": "Peta SOP",
}
"""The lists of every site: address and title, in the order of the menu; its first five are the main ones."""
ASIDE = ("navigation", "toc")
"""Side columns that generated pages do without: the menu stands above, and their tables need the room."""
INTERNAL_LISTS = {"kesehatan": TITLE, "masalah": "Masalah data", "dugaan": "Dugaan untuk dipastikan"}
"""Further lists, for those who see them."""


def seal_of(signed: SignedCopy | None) -> Seal | None:
    """What a page tells of a signed copy."""
    return Seal(signed.sha256, signed.changed) if signed else None


def sop_page(
    sop: SOP,
    catalogue: Catalogue,
    day: date | None,
    seal: Seal | None = None,
    papers: Offer = Offer.THERE,
) -> StagedPage:
    """The page of one SOP: what a reader wants first, then the official form, then the same in words.
    ``seal`` tells of the signed copy that lies beside it, ``papers`` whether documents do."""
    path = f"sop/{sop.slug}/"
    flows = [cells(chart) for chart in catalogue.charts[sop.slug]]
    links = Links(catalogue, root_of(path))
    versions = catalogue.versions(sop.slug)
    how = standing(sop, versions, links, day)
    files = [(one, f"{sop.slug}.{one.ending}") for one in KINDS.values()]
    beside = Beside(seal, files if papers is Offer.THERE else [], papers is Offer.FAILED)
    made = sop_parts(sop, catalogue, flows, links, day, beside, how, timelines(sop, catalogue))
    news = banner(sop, history(versions, day), links, day)
    identity, table, steps = official_parts(sop, made.form)
    parts = (
        PageSection("", "ringkasan", news + made.summary + facet_marks(sop, catalogue, day)),
        replace(steps, body=_step_scripts(links) + made.form.tools + steps.body),
        identity,
        table,
        PageSection("Bagan alir", "bagan", titled(made.diagrams), closed=True),
        *open_parts(sop, catalogue, links),
        PageSection("Dasar hukum dan keterkaitan", "rujukan", made.references, closed=True),
        PageSection("Versi dan perubahan", "versi", version_part(sop, versions, links, day), closed=True),
        download_part(sop, links),
    )
    return StagedPage(
        path=path,
        title=sop.nama,
        parts=parts,
        crumbs=(HOME, (LISTS["sop"], "sop/")),
        description=sop_description(sop, catalogue),
        structured=json_ld(sop, catalogue),
        kind="sop",
        hide=ASIDE,
        card=card_address(catalogue, path) if papers is Offer.THERE else "",
        twin=next(iter(MARKDOWN.names(sop)), ""),
    )


def card_address(catalogue: Catalogue, folder: str) -> str:
    """Whole address of the card in a folder of the site, "" where there is none."""
    return (absolute(catalogue, folder + CARD) or "") if has_cards(catalogue) else ""


def lists_of(sees: Sight) -> dict[str, str]:
    """The lists of a site, as ``LISTS``."""
    seen = {"kesehatan": sees.health, "masalah": sees.problems, "dugaan": sees.readings}
    return {**LISTS, **{name: title for name, title in INTERNAL_LISTS.items() if seen[name]}}


def listings(
    news: Sequence[NewsItem], catalogue: Catalogue, day: date | None, lengths: Lengths = NO_LENGTHS
) -> Iterator[Listing]:
    """The pages that show something of every SOP; ``news`` are those of ``all_news``. What ``lengths`` holds
    is asked for when a page is filled."""
    for name, title in lists_of(catalogue.sees).items():
        if name not in ("perubahan", "kesehatan", "masalah"):
            yield from _list(name, title, catalogue, day, lengths)
    yield from history_lists(news, catalogue, day)


def health_listings(catalogue: Catalogue, day: date | None) -> Iterator[Listing]:
    """The pages that tell what is wrong or missing, for those who see them: anything in the data may show
    there."""
    if catalogue.sees.problems:
        yield from _list("masalah", INTERNAL_LISTS["masalah"], catalogue, day, NO_LENGTHS)
    yield from health_pages(catalogue, day)


def _list(
    name: str, title: str, catalogue: Catalogue, day: date | None, lengths: Lengths
) -> Iterator[Listing]:
    """One list by its name, or the parts of a long one."""
    page = StagedPage(f"{name}/", title, (), crumbs=(HOME,), hide=ASIDE)
    paginator: Paginator[Any]
    match name:
        case "sop":
            paginator = sop_list(page.path, catalogue.sop, catalogue, day, "Semua SOP", lengths=lengths)
        case "unit":
            yield Listing(page, partial(indexes.unit_tree, catalogue, Links(catalogue, page.root)))
            return
        case "pelaksana":
            paginator = indexes.actor_list(page.path, catalogue)
        case "hukum":
            paginator = indexes.law_list(page.path, catalogue)
        case "peta":
            paginator = map_list(page.path, catalogue)
        case "masalah":
            paginator = indexes.problem_list(page.path, catalogue)
        case _:
            paginator = indexes.reading_list(page.path, catalogue)
    yield from parted(page, paginator, catalogue, _LEADS.get(name, ""))


_LEADS = {
    "pelaksana": "Pilih pelaksana untuk melihat semua langkahnya dalam semua SOP.",
    "hukum": "Ditulis seperti dikutip dalam SOP; yang menurut kami dimaksud tercantum di sebelahnya.",
    "peta": "SOP yang saling menyebut. Anak panah mengarah dari SOP yang menyebut ke SOP yang disebut.",
    "dugaan": "Penafsiran kami atas hal yang tidak tertulis dalam naskah, sampai dipastikan pemilik SOP.",
}


def _step_scripts(links: Links) -> Markup:
    """What opens, filters and ticks steps and goes through their table; both can be read without it."""
    names = ("assets/langkah.js", "assets/tabel.js")
    script = Markup('<script src="{}" defer></script>\n')
    return Markup("").join(script.format(links.page(name)) for name in names)
