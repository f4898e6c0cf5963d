"""SOP + Charts + Drawings → the parts of its page as HTML: summary, identity block, tables, steps in words,
Graphviz flowcharts, laws and related SOPs.

The order of the parts and their headings are the page's (``generator/publish``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.figure.flowchart import in_lanes, in_one_column
from generator.flow.chart import Chart
from generator.flow.words import Phrase, StepWords, steps_in_words
from generator.form.boxes import BOXES, FIELDS, ValueKind
from generator.form.columns import CELLS
from generator.formats.graphviz.dot import NONE, Drawn, draw
from generator.formats.graphviz.flowchart import flow_graph
from generator.formats.html.cards import small_flows
from generator.formats.html.flow import Cells
from generator.formats.html.html import Links, fill, safe_url, step_anchor
from generator.formats.html.summary import summarise
from generator.formats.html.table import flow_table
from generator.model.lists import read_list
from generator.model.named import named_sops
from generator.model.records import WHOLE, time_text
from generator.model.registers import label_untuk
from generator.model.sop import SOP, Alur, Kegiatan, Rujukan


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


class Standing(Struct, frozen=True):
    """How the version stands that a page shows, in words, and the address of what it changed."""

    words: str
    changes: str | None


class Form(Struct, frozen=True):
    """The official form of one SOP; ``tables`` and ``words`` one for each flow, with its title."""

    identity: Markup
    tables: tuple[tuple[str, Markup], ...]
    words: tuple[tuple[str, Markup], ...]


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
    seal: Seal | None = None,
    standing: Standing | None = None,
    known: Drawn = NONE,
) -> SopParts:
    """All parts of one SOP's page. ``cells`` stand in the order of its flows; diagrams that are ``known``
    are not drawn again."""
    label = label_untuk(catalogue.instansi, sop)
    charts = catalogue.charts[sop.slug]
    return SopParts(
        summary=summary(sop, catalogue, links, day, seal, standing),
        form=form(sop, catalogue, cells, links),
        diagrams=tuple(
            (title, diagram(number, alur, chart, title, known))
            for number, (title, alur, chart) in enumerate(
                zip(flow_titles(sop), sop.alur, charts, strict=True)
            )
        ),
        references=references(sop, catalogue, links, label),
    )


def form(sop: SOP, catalogue: Catalogue, cells: Sequence[Cells], links: Links) -> Form:
    """The official form of one SOP. ``cells`` stand in the order of its flows."""
    label = label_untuk(catalogue.instansi, sop)
    flows = list(zip(flow_titles(sop), sop.alur, catalogue.charts[sop.slug], cells, strict=True))
    return Form(
        identity=identity(sop, catalogue, links, label),
        tables=tuple(
            (title, table(alur, chart, drawn, label, title, links)) for title, alur, chart, drawn in flows
        ),
        words=tuple(
            (title, words(sop, number, alur, chart, label, links, drawn))
            for number, (title, alur, chart, drawn) in enumerate(flows)
        ),
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
    seal: Seal | None = None,
    standing: Standing | None = None,
) -> Markup:
    """What a reader wants first, and how far to trust it."""
    found = summarise(sop, catalogue, day)
    actors = [
        {"nama": actor.nama, "lengkap": actor.lengkap, "url": links.actor(id)}
        for id in found.actors
        if (actor := catalogue.pelaksana.get(id))
    ]
    return fill(
        "ringkasan.html",
        {
            "ringkasan": found,
            "keadaan": standing,
            "nomor": sop.versi.nomor,
            "pelaksana": actors,
            "jumlah_alur": len(sop.alur),
            "unit": Target(_unit_name(catalogue, sop.unit), links.unit(sop.unit)),
            "resmi": signed_copy(sop, links),
            "tertanda": [
                {"siapa": one, "kapan": time_text(one.waktu), "kata": WHOLE[one.keadaan]}
                for one in sop.tanda_tangan
            ],
            "segel": seal,
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


def table(alur: Alur, chart: Chart, cells: Cells, label: dict[str, str], title: str, links: Links) -> Markup:
    """The official activity table in a region of its own that scrolls sideways, by keyboard too."""
    return Markup(
        '<div class="gulir" role="region" tabindex="0" aria-label="{name}">\n{table}\n</div>'
    ).format(name=f"Tabel kegiatan: {title}", table=flow_table(alur, chart, cells, label, title, links.actor))


def words(
    sop: SOP,
    number: int,
    alur: Alur,
    chart: Chart,
    label: dict[str, str],
    links: Links,
    cells: Cells,
) -> Markup:
    """The steps of one flow as cards: each in words, the small flow beside it."""
    known = links.catalogue.sop
    names = {slug: known[slug].nama for slug in named_sops(sop) if slug in known}
    told = steps_in_words(alur, chart, names)
    cards = [_told(step, number, alur.kegiatan[step.row], chart, label, links) for step in told]
    return fill("langkah.html", {"langkah": cards, "alur": small_flows(cells)})


def diagram(number: int, alur: Alur, chart: Chart, title: str, known: Drawn = NONE) -> Markup:
    """The flowchart of one flow, its symbols linked to the steps in words: with a lane for each actor, and in
    one column for narrow screens."""
    name = f"Bagan alir: {title}"
    ways = {"lebar": in_lanes, "sempit": in_one_column} if len(chart.lanes) > 1 else {"": in_one_column}
    div = Markup('<div class="gulir bagan-{kind}" role="region" tabindex="0" aria-label="{name}">{svg}</div>')
    shown = []
    for kind, placed in ways.items():
        graph = flow_graph(placed(alur, chart), lambda row: f"#{step_anchor(number, row)}")
        svg = draw(graph, name, known)
        shown.append(div.format(kind=kind, name=name, svg=svg))
    return Markup("").join(shown)


def references(sop: SOP, catalogue: Catalogue, links: Links, label: dict[str, str]) -> Markup:
    """Laws and related SOPs as links, and the SOPs that name this one."""
    related = {reference.sop for reference in sop.keterkaitan}
    related |= {sop.pencabutan.pengganti} if sop.pencabutan else set()
    named = [slug for slug in named_sops(sop) if slug not in related and slug in catalogue.sop]
    return fill(
        "rujukan.html",
        {
            "label": label,
            "hukum": _laws(sop, catalogue, links),
            "keterkaitan": _related(sop, catalogue, links),
            "disebut": [Target(catalogue.sop[slug].nama, links.sop(slug)) for slug in named],
            "perujuk": [
                Target(catalogue.sop[slug].nama, links.sop(slug)) for slug in catalogue.referring[sop.slug]
            ],
            "catatan": sop.catatan,
        },
    )


def signed_copy(sop: SOP, links: Links) -> str | None:
    """Address of the signed document: a link, or a PDF of the data folder that the site carries along."""
    if (sop.dokumen_resmi or "").startswith("naskah/"):
        return links.page(quote(sop.dokumen_resmi or ""))
    return safe_url(sop.dokumen_resmi)


def _told(
    step: StepWords, number: int, kegiatan: Kegiatan, chart: Chart, label: dict[str, str], links: Links
) -> dict[str, Any]:
    ids = {lane.heading: lane.id for lane in chart.lanes}
    columns = sorted(CELLS, key=lambda column: column.key != "waktu")
    details = [(label[c.key], c.of(kegiatan)) for c in columns if c.counted or c.of(kegiatan) != ("-",)]
    return {
        "anchor": step_anchor(number, step.row),
        "kata": step,
        "kegiatan": kegiatan,
        "pelaksana": [(name, links.actor(ids.get(name, ""))) for name in step.actors],
        "rincian": [
            (name, read_list([line for line in lines if line])) for name, lines in details if any(lines)
        ],
        "arah": [
            [(phrase.text, _phrase_url(phrase, number, links)) for phrase in sentence]
            for sentence in step.sentences
        ],
    }


def _phrase_url(phrase: Phrase, number: int, links: Links) -> str | None:
    if phrase.row is not None:
        return f"#{step_anchor(number, phrase.row)}"
    return links.sop(phrase.sop) if phrase.sop else None


def _laws(sop: SOP, catalogue: Catalogue, links: Links) -> list[dict[str, Any]]:
    known = [id for id in sop.dasar_hukum if id in catalogue.hukum]
    return [{"peraturan": catalogue.hukum[id], "url": links.law(id)} for id in known]


def _related(sop: SOP, catalogue: Catalogue, links: Links) -> list[Target]:
    return [_relation(reference, sop, catalogue, links) for reference in sop.keterkaitan]


def _relation(reference: Rujukan, sop: SOP, catalogue: Catalogue, links: Links) -> Target:
    other = catalogue.sop.get(reference.sop or "")
    if other is None:
        return Target(reference.teks or "", None)
    if other.slug == sop.slug:
        return Target(reference.teks or other.nama, None, "naskah menyebut SOP ini sendiri")
    note = f"yang dimaksud: SOP {other.nama}" if reference.teks and other.nama not in reference.teks else ""
    return Target(reference.teks or other.nama, links.sop(other.slug), note)


def _unit_name(catalogue: Catalogue, id: str) -> str:
    return catalogue.unit[id].nama if id in catalogue.unit else id
