"""Catalogue → the pages of a site: one for each SOP, unit, actor and law, and the lists that lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from markupsafe import Markup

from generator.catalogue import Audience, Catalogue
from generator.chart import Chart
from generator.documents import SignedCopy
from generator.drawing import Drawing
from generator.layout import lay_out
from generator.model import SOP
from generator.publish.facets import facet_marks
from generator.publish.health_pages import TITLE, health_pages
from generator.publish.open_files import open_parts
from generator.publish.staged import Page, Part, root_of
from generator.render import indexes
from generator.render.html import Links
from generator.render.linked_data import json_ld, sop_description
from generator.render.page import Seal, SopParts, readings, sop_parts

HOME = ("Beranda", "")
LISTS = {
    "sop": "Daftar SOP",
    "unit": "Unit kerja",
    "pelaksana": "Tugas saya",
    "hukum": "Dasar hukum",
    "peta": "Peta SOP",
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
        yield sop_page(sop, catalogue, day, signed.get(sop.slug))
    yield from list_pages(catalogue, day)
    yield from health_pages(catalogue, day)
    for id, unit in catalogue.unit.items():
        body = indexes.unit_page(id, catalogue, _links(catalogue, f"unit/{id}/"), day)
        yield _page(f"unit/{id}/", unit.nama, body, "unit")
    for id, actor in catalogue.pelaksana.items():
        body = indexes.actor_page(id, catalogue, _links(catalogue, f"pelaksana/{id}/"))
        yield _page(f"pelaksana/{id}/", f"Tugas {actor.nama}", body, "pelaksana")
    for id, law in catalogue.hukum.items():
        body = indexes.law_page(id, catalogue, _links(catalogue, f"hukum/{id}/"), day)
        yield _page(f"hukum/{id}/", law.kutipan, body, "hukum")


def sop_page(sop: SOP, catalogue: Catalogue, day: date | None, signed: SignedCopy | None = None) -> Page:
    """The page of one SOP: what a reader wants first, then the official form, then the same in words."""
    path = f"sop/{sop.slug}/"
    drawings = [drawn(chart) for chart in catalogue.charts[sop.slug]]
    links = Links(catalogue, root_of(path))
    seal = Seal(signed.sha256, signed.changed) if signed else None
    made = sop_parts(sop, catalogue, drawings, links, day, seal)
    more = open_parts(sop, catalogue, links)
    identity = _region("Bagian identitas", made.identity)
    table = readings(sop) + _titled(made.tables, made)
    parts = (
        Part("", "ringkasan", made.summary + facet_marks(sop, catalogue, day) + _contents(more)),
        Part("Bagian identitas", "identitas", _opener("identitas", "Buka bagian identitas resmi") + identity),
        Part("Tabel kegiatan", "tabel", _opener("tabel", "Buka tabel resmi") + table),
        Part("Langkah demi langkah", "langkah", _titled(made.words, made)),
        Part("Bagan alir", "bagan", _titled(made.diagrams, made)),
        *more[:-1],
        Part("Dasar hukum dan keterkaitan", "rujukan", made.references),
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
    )


def list_pages(catalogue: Catalogue, day: date | None) -> Iterator[Page]:
    """The lists that the menu names."""
    links = Links(catalogue, "../")
    bodies = {
        "sop": indexes.sop_list(catalogue.sop, catalogue, links, day, "Semua SOP"),
        "unit": indexes.unit_tree(catalogue, links),
        "pelaksana": indexes.actor_list(catalogue, links),
        "hukum": indexes.law_list(catalogue, links),
        "peta": indexes.relation_map(catalogue, links),
    }
    if catalogue.audience is Audience.INTERNAL:
        bodies["masalah"] = indexes.problem_list(catalogue.problems, catalogue, links)
        bodies["dugaan"] = indexes.reading_list(catalogue, links)
    leads = {
        "pelaksana": "Pilih pelaksana untuk melihat semua langkahnya dalam semua SOP.",
        "hukum": "Ditulis seperti dikutip dalam SOP; yang kami kira dimaksud berdiri di sampingnya.",
        "peta": "SOP yang saling menyebut. Panah berangkat dari SOP yang menyebut.",
        "dugaan": "Yang tidak dikatakan naskah dan kami baca sendiri, sampai dipastikan pemiliknya.",
    }
    for name, body in bodies.items():
        title = {**LISTS, **INTERNAL_LISTS}[name]
        lead = Markup("<p>{}</p>\n").format(leads[name]) if name in leads else Markup()
        yield Page(f"{name}/", title, (Part("", name, lead + body),), crumbs=(HOME,), hide=ASIDE)


def drawn(chart: Chart) -> Drawing:
    """The drawing of a chart."""
    return lay_out(chart)


def _links(catalogue: Catalogue, path: str) -> Links:
    return Links(catalogue, root_of(path))


def _page(path: str, title: str, body: Markup, parent: str) -> Page:
    crumbs = (HOME, (LISTS[parent], f"{parent}/"))
    return Page(path, title, (Part("", parent, body),), crumbs=crumbs, description=title, hide=ASIDE)


def _titled(flows: tuple[tuple[str, Markup], ...], made: SopParts) -> Markup:
    """The pieces of all flows; each under its title where there are several."""
    if not flows:
        return Markup('<p class="diam">Belum ada langkah.</p>')
    if len(made.tables) == 1:
        return flows[0][1]
    return Markup("\n").join(Markup("<h3>{}</h3>\n{}").format(title, body) for title, body in flows)


def _opener(anchor: str, words: str) -> Markup:
    """The tap that opens a part of the official form where the sheet keeps it shut (on a phone): a link to
    its heading, which needs no script and can be kept as a bookmark."""
    return Markup('<p class="buka"><a href="#{}">{}</a></p>\n').format(anchor, words)


def _region(name: str, body: Markup) -> Markup:
    return Markup('<div class="gulir" role="region" tabindex="0" aria-label="{}">\n{}\n</div>').format(
        name, body
    )


def _contents(more: tuple[Part, ...]) -> Markup:
    """Links to the parts of the page."""
    rows = (
        ("tabel", "Tabel kegiatan"),
        ("langkah", "Langkah demi langkah"),
        ("bagan", "Bagan alir"),
        *((part.anchor, part.heading) for part in more[:-1]),
        ("rujukan", "Dasar hukum dan keterkaitan"),
        *((part.anchor, part.heading) for part in more[-1:]),
    )
    items = Markup("").join(Markup('<li><a href="#{}">{}</a></li>').format(*row) for row in rows)
    return Markup('\n<nav class="isi-halaman" aria-label="Isi halaman"><ul>{}</ul></nav>').format(items)
