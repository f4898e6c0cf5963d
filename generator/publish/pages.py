"""Catalogue → the pages of a site: one for each SOP, unit, actor and law, and the lists that lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from types import MappingProxyType

from markupsafe import Markup

from generator.catalogue import Audience, Catalogue
from generator.documents import SignedCopy, has_cards
from generator.model import SOP
from generator.publish.facets import facet_marks
from generator.publish.health_pages import TITLE, health_pages
from generator.publish.history import TITLE as CHANGES
from generator.publish.history import history_lists, version_pages
from generator.publish.listing import Listing
from generator.publish.official import cells, official_parts, titled
from generator.publish.open_files import open_parts
from generator.publish.staged import Page, Part, root_of
from generator.render import indexes
from generator.render.history import banner, standing, version_part
from generator.render.html import Links
from generator.render.linked_data import json_ld, sop_description
from generator.render.open_data import absolute
from generator.render.page import Seal, sop_parts
from generator.render.share import CARD
from generator.render.view import View
from generator.revisions import history

HOME = ("Beranda", "")
LISTS = {
    "sop": "Daftar SOP",
    "unit": "Unit kerja",
    "pelaksana": "Tugas saya",
    "hukum": "Dasar hukum",
    "peta": "Peta SOP",
    "perubahan": CHANGES,
}
"""The lists of every site: address and title, in the order of the menu."""
ASIDE = ("navigation", "toc")
"""Side columns that generated pages do without: the menu stands above, and their tables need the room."""
INTERNAL_LISTS = {"kesehatan": TITLE, "masalah": "Masalah data", "dugaan": "Dugaan untuk dipastikan"}
"""Further lists of the internal site."""


def all_pages(
    catalogue: Catalogue, day: date | None, signed: Mapping[str, SignedCopy] = MappingProxyType({})
) -> Iterator[Page]:
    """Every generated page of the catalogue's site; ``day`` is the date against which reviews are due,
    ``signed`` the signed copies that lie beside the pages, by slug."""
    for sop in catalogue.sop.values():
        yield sop_page(sop, catalogue, day, seal_of(signed.get(sop.slug)))
        yield from version_pages(sop, catalogue, day)
    yield from (listing.whole() for listing in listings(catalogue, day))
    yield from (unit_page(id, catalogue, day) for id in catalogue.unit)
    yield from (actor_page(id, catalogue) for id in catalogue.pelaksana)
    yield from (law_page(id, catalogue, day) for id in catalogue.hukum)


def seal_of(signed: SignedCopy | None) -> Seal | None:
    """What a page tells of a signed copy."""
    return Seal(signed.sha256, signed.changed) if signed else None


def unit_page(id: str, catalogue: Catalogue, day: date | None, papers: bool = True) -> Page:
    """The page of a unit: its SOPs, what is above and below it, its actors."""
    body = indexes.unit_page(id, catalogue, _links(catalogue, f"unit/{id}/"), day, papers)
    return _page(f"unit/{id}/", catalogue.unit[id].nama, body, "unit")


def actor_page(id: str, catalogue: Catalogue) -> Page:
    """The page of an actor: every step of theirs."""
    body = indexes.actor_page(id, catalogue, _links(catalogue, f"pelaksana/{id}/"))
    return _page(f"pelaksana/{id}/", f"Tugas {catalogue.pelaksana[id].nama}", body, "pelaksana")


def law_page(id: str, catalogue: Catalogue, day: date | None) -> Page:
    """The page of a law: as cited, as meant, and the SOPs that cite it."""
    body = indexes.law_page(id, catalogue, _links(catalogue, f"hukum/{id}/"), day)
    return _page(f"hukum/{id}/", catalogue.hukum[id].kutipan, body, "hukum")


def sop_page(
    sop: SOP, catalogue: Catalogue, day: date | None, seal: Seal | None = None, papers: bool = True
) -> Page:
    """The page of one SOP: what a reader wants first, then the official form, then the same in words.
    ``seal`` tells of the signed copy that lies beside it, ``papers`` whether documents do."""
    path = f"sop/{sop.slug}/"
    flows = [cells(chart) for chart in catalogue.charts[sop.slug]]
    links = Links(catalogue, root_of(path))
    versions = catalogue.versions(sop.slug)
    made = sop_parts(sop, catalogue, flows, links, day, seal, standing(sop, versions, links, day))
    more = open_parts(sop, catalogue, links, papers)
    news = banner(sop, history(versions, day), links, day)
    parts = (
        Part("", "ringkasan", news + made.summary + facet_marks(sop, catalogue, day) + _contents(more)),
        *official_parts(sop, made.form),
        Part("Bagan alir", "bagan", titled(made.diagrams)),
        *more[:-1],
        Part("Dasar hukum dan keterkaitan", "rujukan", made.references),
        Part("Versi dan perubahan", "versi", version_part(sop, versions, links, day)),
        more[-1],
    )
    return Page(
        path=path,
        title=sop.nama,
        parts=parts,
        crumbs=(HOME, (LISTS["sop"], "sop/")),
        description=sop_description(sop, catalogue),
        structured=json_ld(sop, catalogue),
        kind="sop",
        hide=ASIDE,
        card=card_address(catalogue, path) if papers else "",
    )


def card_address(catalogue: Catalogue, folder: str) -> str:
    """Whole address of the card in a folder of the site, "" where there is none."""
    return (absolute(catalogue, folder + CARD) or "") if has_cards(catalogue) else ""


def listings(catalogue: Catalogue, day: date | None) -> Iterator[Listing]:
    """The pages that show everything."""
    yield from (_list(name, catalogue, day) for name in _lists(catalogue))
    yield from history_lists(catalogue, day)
    yield from health_pages(catalogue, day)


def _lists(catalogue: Catalogue) -> Iterator[str]:
    """The names of the lists of a site."""
    yield from ("sop", "unit", "pelaksana", "hukum", "peta")
    if catalogue.audience is Audience.INTERNAL:
        yield from ("masalah", "dugaan")


def _list(name: str, catalogue: Catalogue, day: date | None) -> Listing:
    """One list by its name."""
    title = {**LISTS, **INTERNAL_LISTS}[name]
    page = Page(f"{name}/", title, (), crumbs=(HOME,), hide=ASIDE)
    return Listing(page, partial(_view, name, catalogue, day))


def _view(name: str, catalogue: Catalogue, day: date | None) -> View:
    links = Links(catalogue, "../")
    match name:
        case "sop":
            view = indexes.sop_list(catalogue.sop, catalogue, links, day, "Semua SOP")
        case "unit":
            view = indexes.unit_tree(catalogue, links)
        case "pelaksana":
            view = indexes.actor_list(catalogue, links)
        case "hukum":
            view = indexes.law_list(catalogue, links)
        case "peta":
            view = indexes.relation_map(catalogue, links)
        case "masalah":
            view = indexes.problem_list(catalogue.problems, catalogue, links)
        case _:
            view = indexes.reading_list(catalogue, links)
    return replace(view, lead=_LEADS.get(name, ""))


_LEADS = {
    "pelaksana": "Pilih pelaksana untuk melihat semua langkahnya dalam semua SOP.",
    "hukum": "Ditulis seperti dikutip dalam SOP; yang kami kira dimaksud berdiri di sampingnya.",
    "peta": "SOP yang saling menyebut. Panah berangkat dari SOP yang menyebut.",
    "dugaan": "Yang tidak dikatakan naskah dan kami baca sendiri, sampai dipastikan pemiliknya.",
}


def _links(catalogue: Catalogue, path: str) -> Links:
    return Links(catalogue, root_of(path))


def _page(path: str, title: str, body: Markup, parent: str) -> Page:
    crumbs = (HOME, (LISTS[parent], f"{parent}/"))
    return Page(path, title, (Part("", parent, body),), crumbs=crumbs, description=title, hide=ASIDE)


def _contents(more: tuple[Part, ...]) -> Markup:
    """Links to the parts of the page."""
    rows = (
        ("tabel", "Tabel kegiatan"),
        ("langkah", "Langkah demi langkah"),
        ("bagan", "Bagan alir"),
        *((part.anchor, part.heading) for part in more[:-1]),
        ("rujukan", "Dasar hukum dan keterkaitan"),
        ("versi", "Versi dan perubahan"),
        *((part.anchor, part.heading) for part in more[-1:]),
    )
    items = Markup("").join(Markup('<li><a href="#{}">{}</a></li>').format(*row) for row in rows)
    return Markup('\n<nav class="isi-halaman" aria-label="Isi halaman"><ul>{}</ul></nav>').format(items)
