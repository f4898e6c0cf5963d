"""Catalogue → one SOP set on paper → its PDF and Word file, as bytes, + problems. Here the drawing meets
the paper; nothing is written."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.documents.days import EARLIEST, day_of
from generator.documents.signed import position
from generator.figure.paper.alt import symbol_words
from generator.figure.paper.content import Content, gather
from generator.figure.paper.measure import missing_letters
from generator.figure.paper.pages import NoRoom, set_pages
from generator.figure.paper.sheet import PAPERS, Paper, Sheet
from generator.flow.chart import Chart
from generator.flow.layout import drawn
from generator.flow.words import steps_in_words
from generator.formats.pdf.data import Logo, face_data, sop_data
from generator.formats.pdf.write import Attachment, pdf_bytes, svg_to_png
from generator.model.problems import Problem, Severity
from generator.model.sop import SOP
from generator.model.values import stated


class Document(Struct, frozen=True):
    """One SOP set on paper: what is printed, its tables on their pages, the pages of its identity block,
    the date that the files carry; ``sop``: the data that its PDF carries."""

    content: Content
    sheets: tuple[Sheet, ...]
    face_pages: int
    paper: Paper
    day: date
    agency: str
    logo: Logo | None
    sop: SOP | None


def set_document(
    catalogue: Catalogue,
    slug: str,
    data_dir: Path,
    undated: date | None = None,
    logo: bytes | None = None,
    to_sign: bool = False,
) -> tuple[Document | None, list[Problem]]:
    """Set one SOP on its paper; None where it does not fit, with the problem that says so.

    ``undated``: the date of an SOP that has none (see ``day_of``), where the catalogue is an excerpt;
    ``logo``: the bytes of the emblem, where they have been read already; ``to_sign``: it is the sheet that is
    signed, not a copy.
    """
    sop = catalogue.sop[slug]
    charts = catalogue.charts[slug]
    names = {other.slug: other.nama for other in catalogue.sop.values()}
    words = {
        chart.id: symbol_words(chart, steps_in_words(alur, chart, names))
        for alur, chart in zip(sop.alur, charts, strict=True)
    }
    content = gather(catalogue, sop, words, to_sign)
    shown = emblem(data_dir, catalogue.instansi.logo, catalogue.instansi.nama, logo)
    problems = []
    for letter, text in missing_letters(content):
        message = f"huruf '{letter}' (U+{ord(letter):04X}) tidak ada pada huruf cetak, pada '{text}'"
        where = position(data_dir, sop)
        problems.append(
            Problem(where, Severity.WARNING, message, "pada PDF huruf itu diganti tanda □", "huruf")
        )
    day, agency = day_of(catalogue, sop, undated), catalogue.instansi.nama
    try:
        return set_content(content, charts, day, agency, shown, sop), problems
    except NoRoom as error:
        no_room = str(error)
    where = position(data_dir, sop, "pelaksana")
    for name in sorted(PAPERS, key=lambda name: PAPERS[name].width):
        with suppress(NoRoom):
            document = set_content(replace(content, paper=name), charts, day, agency, shown, sop)
            message = f"{no_room} dengan huruf yang terbaca, jadi disusun pada {name}"
            told = Problem(
                where, Severity.WARNING, message, f"tulis kertas: {name}, atau bagi alurnya", "muat"
            )
            return document, [*problems, told]
    hint = "bagi alurnya menjadi beberapa tabel"
    return None, [*problems, Problem(where, Severity.ERROR, no_room, hint, "muat")]


def set_content(
    content: Content,
    charts: Sequence[Chart],
    day: date = EARLIEST,
    agency: str = "",
    logo: Logo | None = None,
    sop: SOP | None = None,
) -> Document:
    """Set what is printed on its paper, with the drawings of its charts. Raises NoRoom."""
    paper = PAPERS[content.paper]
    drawings = [drawn(chart) for chart in charts]
    sheets, pages = set_pages(content, drawings, paper, face_data(content, logo))
    return Document(content, sheets, pages, paper, day, agency, logo, sop)


def make_pdf(document: Document) -> bytes:
    """The PDF of one SOP (PDF/A-3a, PDF/UA-1)."""
    content = document.content
    data = sop_data(content, document.sheets, document.face_pages, document.paper, document.logo)
    said = _written(document.sop) if document.sop else ""
    attached = Attachment(f"{content.slug}.json", said, "application/json", "Data SOP ini")
    return pdf_bytes([data], content.name, document.agency, document.day, [attached])


def _written(sop: SOP) -> str:
    """The data of an SOP as JSON."""
    return msgspec.json.format(msgspec.json.encode(stated(sop)), indent=1).decode() + "\n"


def make_docx(document: Document) -> bytes:
    """The Word file of one SOP."""
    from generator.formats.docx.write import Emblem, docx_bytes  # 0.1 s to load, for those who write Word

    d = document
    picture = Emblem(svg_to_png(d.logo.svg), d.logo.words) if d.logo else None
    return docx_bytes(d.content, d.sheets, d.face_pages, d.paper, d.agency, d.day, picture)


def emblem(data_dir: Path, name: str | None, agency: str, logo: bytes | None = None) -> Logo | None:
    """The agency's emblem as SVG; a picture of points is wrapped in one. None if it cannot be read. ``logo``
    are its bytes, where they have been read already."""
    if name is None:
        return None
    try:
        return _emblem((data_dir / name).read_bytes() if logo is None else logo, name, agency)
    except OSError:
        return None


@lru_cache(maxsize=4)
def _emblem(blob: bytes, name: str, agency: str) -> Logo | None:
    told = f"Lambang {agency}"
    if name.endswith(".svg"):
        return Logo(blob.decode("utf-8", "replace"), told)
    from docx.image.exceptions import UnrecognizedImageError  # see make_docx
    from docx.image.image import Image

    try:
        image = Image.from_blob(blob)
    except UnrecognizedImageError:
        return None
    size = f'width="{image.px_width}" height="{image.px_height}"'
    coded = base64.b64encode(blob).decode()
    picture = f'<image {size} href="data:{image.content_type};base64,{coded}"/>'
    return Logo(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{picture}</svg>', told)
