"""SOP + Charts + Drawings → the parts of its page as HTML: summary, identity block, tables, steps in words,
flowcharts, laws and related SOPs.

The order of the parts and their headings are the page's (``generator/publish``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import zip_longest
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.revisions import VersionState
from generator.figure.flowchart import in_lanes, in_one_column
from generator.flow.chart import Chart
from generator.flow.timeline import Timeline
from generator.flow.words import StepWords
from generator.form.boxes import BOXES, FIELDS, ValueKind
from generator.formats.flows import flows_of
from generator.formats.html.answer import Answer, StepActor, answer
from generator.formats.html.flow import Cells
from generator.formats.html.flowchart import page_flowchart
from generator.formats.html.html import Links, fill, safe_url, step_anchor
from generator.formats.html.steps import tools, words
from generator.formats.html.summary import Summary, summarise
from generator.formats.html.table import flow_table
from generator.model.dates import parse_date
from generator.model.lists import read_list
from generator.model.records import WHOLE, time_text
from generator.model.registers import label_untuk
from generator.model.sop import SOP, Alur, Rujukan


class Target(Struct, frozen=True):
    """Something named on a page: its words, its address if it has a page, a note of ours."""

    teks: str
    url: str | None
    catatan: str = ""

    @property
    def nama(self) -> str:
        return self.teks


class Seal(Struct, frozen=True):
    """What is known of the signed copy beside a page: its SHA-256, and whether the data has changed since it
    was signed (None: the SOP does not say with what data it was)."""

    sha256: str
    changed: bool | None


class Beside(Struct, frozen=True):
    """What lies beside a page: the signed copy, documents (each with its address), or that these could not be
    made. A document says its ``words`` and whether it is ``saved``."""

    seal: Seal | None = None
    documents: Sequence[tuple[Any, str]] = ()
    failed: bool = False


_NOTHING = Beside()


class Standing(Struct, frozen=True):
    """How the version stands that a page shows: its state, in words, and the address of what it changed."""

    state: VersionState
    words: str
    changes: str | None


class Form(Struct, frozen=True):
    """The official form of one SOP; ``tables`` and ``words`` one for each flow, with its title; ``tools`` of
    the steps are for a page that has their script."""

    identity: Markup
    tables: tuple[tuple[str, Markup], ...]
    words: tuple[tuple[str, Markup], ...]
    tools: Markup


class SopParts(Struct, frozen=True):
    """The parts of one SOP's page; ``diagrams`` one for each flow, with its title."""

    summary: Markup
    form: Form
    diagrams: tuple[tuple[str, Markup], ...]
    references: Markup


def sop_parts(
    sop: SOP,
    catalogue: Catalogue,
    cells: Sequence[Cells],
    links: Links,
    day: date | None = None,
    beside: Beside = _NOTHING,
    standing: Standing | None = None,
    timelines: Sequence[Timeline] = (),
) -> SopParts:
    """All parts of one SOP's page. ``cells`` and ``timelines`` stand in the order of its flows."""
    label = label_untuk(catalogue.instansi, sop)
    charts = catalogue.charts[sop.slug]
    return SopParts(
        summary=summary(sop, catalogue, links, day, beside, standing, timelines),
        form=form(sop, catalogue, cells, links),
        diagrams=tuple(
            (title, diagram(number, alur, chart, title))
            for number, (title, alur, chart) in enumerate(
                zip(flow_titles(sop), sop.alur, charts, strict=True)
            )
        ),
        references=references(sop, catalogue, links, label),
    )


def form(sop: SOP, catalogue: Catalogue, cells: Sequence[Cells], links: Links) -> Form:
    """The official form of one SOP. ``cells`` stand in the order of its flows."""
    label = label_untuk(catalogue.instansi, sop)
    charts, titles = catalogue.charts[sop.slug], flow_titles(sop)
    told = [flow.steps for flow in flows_of(sop, catalogue)]
    flows = list(zip(titles, sop.alur, charts, cells, told, strict=True))
    return Form(
        identity=identity(sop, catalogue, links, label),
        tables=tuple(
            (title, table(alur, chart, drawn, label, title, links, steps, number))
            for number, (title, alur, chart, drawn, steps) in enumerate(flows)
        ),
        words=tuple(
            (title, words(sop, number, alur, chart, label, links, steps))
            for number, (title, alur, chart, _, steps) in enumerate(flows)
        ),
        tools=tools(zip(charts, told, strict=True)),
    )


def flow_titles(sop: SOP) -> list[str]:
    """The title of each flow: as the source prints it, else the name of the SOP (counted where several)."""
    several = len(sop.alur) > 1
    return [
        alur.judul or (f"{sop.nama} – alur {number}" if several else sop.nama)
        for number, alur in enumerate(sop.alur, 1)
    ]


def summary(
    sop: SOP,
    catalogue: Catalogue,
    links: Links,
    day: date | None,
    beside: Beside = _NOTHING,
    standing: Standing | None = None,
    timelines: Sequence[Timeline] = (),
) -> Markup:
    """What a reader wants first, and how far to trust it."""
    found = summarise(sop, catalogue, day)
    state = standing.state if standing else VersionState.TANPA_TANGGAL
    first = answer(sop, catalogue, timelines, state, day)

    def told(people: Sequence[StepActor]) -> list[dict[str, str | None]]:
        known = [(catalogue.pelaksana.get(one.actor), one) for one in people]
        return [
            {
                "nama": actor.nama,
                "lengkap": actor.lengkap,
                "url": links.actor(one.actor),
                "langkah": one.anchor,
            }
            for actor, one in known
            if actor
        ]

    return fill(
        "ringkasan.html",
        {
            "ringkasan": found,
            "keadaan": standing,
            "nomor": sop.versi.nomor,
            "jawaban": first,
            "memulai": told(first.begins),
            "menandatangani": told(first.signs),
            "pengesah": sop.disahkan_oleh,
            "efektif": sop.tanggal.efektif if parse_date(sop.tanggal.efektif) else None,
            "catatan": _standing_words(first, found),
            "dokumen": beside.documents,
            "gagal": beside.failed,
            "unit": Target(_unit_name(catalogue, sop.unit), links.unit(sop.unit)),
            "resmi": signed_copy(sop, links),
            "tertanda": [
                {"siapa": one, "kapan": time_text(one.waktu), "kata": WHOLE[one.keadaan]}
                for one in sop.tanda_tangan
            ],
            "segel": beside.seal,
        },
    )


def identity(sop: SOP, catalogue: Catalogue, links: Links, label: dict[str, str]) -> Markup:
    """The identity block of the official form, every box as the source has it."""
    agency = catalogue.instansi
    return fill(
        "identitas.html",
        {
            "sop": sop,
            "label": label,
            "logo": links.page(f"berkas/{agency.logo}") if agency.logo else None,
            "kop": catalogue.kop(sop),
            "alamat": agency.alamat,
            "hukum": _laws(sop, catalogue, links),
            "keterkaitan": _related(sop, catalogue, links),
            "isian": [(box, box.of(sop)) for box in FIELDS],
            "kotak_kotak": list(zip_longest(BOXES[::2], BOXES[1::2])),
            "butir": {box.key: read_list(box.of(sop)) for box in BOXES if box.kind is ValueKind.LINES},
        },
    )


def readings(sop: SOP) -> Markup:
    """What of the table is a reading of ours, said where the table stands."""
    if not sop.dugaan:
        return Markup()
    return Markup('<p class="bacaan dugaan">Dugaan, belum dipastikan pemilik SOP: {}.</p>\n').format(
        "; ".join(f"{guess.hal} ({guess.keyakinan})" for guess in sop.dugaan)
    )


def table(
    alur: Alur,
    chart: Chart,
    cells: Cells,
    label: dict[str, str],
    title: str,
    links: Links,
    told: Sequence[StepWords] = (),
    number: int | None = None,
) -> Markup:
    """The official activity table in a region of its own that scrolls, by keyboard too. ``number``: which
    flow of the SOP it is, where the steps in words (``told``) stand on the same page."""
    anchor = None if number is None else partial(step_anchor, number)
    shown = flow_table(alur, chart, cells, label, title, links.actor, told, anchor)
    return Markup(
        '<div class="gulir" role="region" tabindex="0" aria-label="{name}">\n{table}\n</div>'
    ).format(name=f"Tabel kegiatan: {title}", table=shown)


def _standing_words(first: Answer, found: Summary) -> str:
    """The line that opens the notices."""
    said = ["Salinan"]
    if not first.number:
        said.append("belum bernomor")
    if count := sum(1 for notice in found.notices if not notice.above):
        said.append(f"{count} catatan")
    return " · ".join(said)


def diagram(number: int, alur: Alur, chart: Chart, title: str) -> Markup:
    """The flowchart of one flow, its symbols linked to the steps in words: with a lane for each actor, and in
    one column for narrow screens."""
    name = f"Bagan alir: {title}"
    ways = {"lebar": in_lanes, "sempit": in_one_column} if len(chart.lanes) > 1 else {"": in_one_column}
    div = Markup('<div class="gulir bagan-{kind}" role="region" tabindex="0" aria-label="{name}">{svg}</div>')
    shown = []
    for kind, placed in ways.items():
        svg = page_flowchart(placed(alur, chart), name, lambda row: f"#{step_anchor(number, row)}")
        shown.append(div.format(kind=kind, name=name, svg=svg))
    return Markup("").join(shown)


def references(sop: SOP, catalogue: Catalogue, links: Links, label: dict[str, str]) -> Markup:
    """Laws and related SOPs as links, and the SOPs that name this one."""
    related = {reference.sop for reference in sop.keterkaitan}
    related |= {sop.pencabutan.pengganti} if sop.pencabutan else set()
    names = {slug: name for slug, name in catalogue.names(sop).items() if slug not in related}
    return fill(
        "rujukan.html",
        {
            "label": label,
            "hukum": _laws(sop, catalogue, links),
            "keterkaitan": _related(sop, catalogue, links),
            "disebut": [Target(name, links.sop(slug)) for slug, name in names.items()],
            "perujuk": [
                *(
                    Target(catalogue.sop[slug].nama, links.sop(slug))
                    for slug in catalogue.referring[sop.slug]
                ),
                *(Target(one.sebutan, links.elsewhere(one)) for one in catalogue.perujuk.get(sop.slug, ())),
            ],
            "catatan": sop.catatan,
        },
    )


def signed_copy(sop: SOP, links: Links) -> str | None:
    """Address of the signed document: a link, or a PDF of the data folder that the site carries along."""
    if (sop.dokumen_resmi or "").startswith("naskah/"):
        return links.page(quote(sop.dokumen_resmi or ""))
    return safe_url(sop.dokumen_resmi)


def _laws(sop: SOP, catalogue: Catalogue, links: Links) -> list[dict[str, Any]]:
    known = [id for id in sop.dasar_hukum if id in catalogue.hukum]
    return [{"peraturan": catalogue.hukum[id], "url": links.law(id)} for id in known]


def _related(sop: SOP, catalogue: Catalogue, links: Links) -> list[Target]:
    return [_relation(reference, sop, catalogue, links) for reference in sop.keterkaitan]


def _relation(reference: Rujukan, sop: SOP, catalogue: Catalogue, links: Links) -> Target:
    other = catalogue.sop.get(reference.sop or "")
    if elsewhere := catalogue.lain.get(reference.sop or ""):
        name, text = elsewhere.sebutan, reference.teks
        note = f"yang dimaksud: SOP {name}" if text and elsewhere.nama not in text else ""
        note = note or (elsewhere.instansi if text and elsewhere.instansi not in text else "")
        return Target(text or name, links.sop(reference.sop), note)
    if other is None:
        return Target(reference.teks or "", None)
    if other.slug == sop.slug:
        return Target(reference.teks or other.nama, None, "naskah menyebut SOP ini sendiri")
    note = f"yang dimaksud: SOP {other.nama}" if reference.teks and other.nama not in reference.teks else ""
    return Target(reference.teks or other.nama, links.sop(other.slug), note)


def _unit_name(catalogue: Catalogue, id: str) -> str:
    return catalogue.unit[id].nama if id in catalogue.unit else id
