"""Catalogue → one SOP set on paper → its PDF and Word file, as bytes, + problems. Here the drawing meets
the paper; nothing is written."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from generator.catalogue import Catalogue
from generator.chart import Chart
from generator.dates import parse_date
from generator.layout import lay_out
from generator.load import load_file, locate
from generator.model import SOP, stated
from generator.problems import Position, Problem, Severity
from generator.render.paper.alt import symbol_words
from generator.render.paper.content import Content, fingerprint, gather
from generator.render.paper.measure import missing_letters
from generator.render.paper.pages import NoRoom, set_pages
from generator.render.paper.sheet import PAPERS, Paper, Sheet
from generator.render.pdf.data import Logo, face_data, sop_data
from generator.render.pdf.write import Attachment, pdf_bytes, svg_to_png
from generator.render.words import steps_in_words

EARLIEST = date(2000, 1, 1)
"""Date of a file whose data has no date at all."""


@dataclass(frozen=True, slots=True)
class Document:
    """One SOP set on paper: what is printed, its tables on their pages, the pages of its identity block,
    the date that the files carry."""

    content: Content
    sheets: tuple[Sheet, ...]
    face_pages: int
    paper: Paper
    day: date
    agency: str
    logo: Logo | None
    data: str


@dataclass(frozen=True, slots=True)
class SignedCopy:
    """The signed PDF of an SOP: its name, its bytes, their SHA-256, and whether the data has changed since
    it was signed (None: the SOP does not say with what data it was)."""

    name: str
    bytes: bytes
    sha256: str
    changed: bool | None


Marks = Mapping[str, str]
"""The hash of each SOP's data, by slug (see ``fingerprint``)."""


class _Marks(Mapping[str, str]):
    """Reckoned when they are asked for: a site without documents needs none."""

    def __init__(self, whole: Catalogue) -> None:
        self._whole = whole
        self._known: dict[str, str] = {}

    def __getitem__(self, slug: str) -> str:
        if slug not in self._known:
            self._known[slug] = fingerprint(self._whole, self._whole.sop[slug])
        return self._known[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole.sop)

    def __len__(self) -> int:
        return len(self._whole.sop)


def marks_of(whole: Catalogue) -> Marks:
    """The hashes of all SOPs. Taken from the catalogue that holds everything, they are the same on what
    every audience prints, although one may not read all names that an SOP mentions."""
    return _Marks(whole)


def set_document(
    catalogue: Catalogue,
    slug: str,
    data_dir: Path,
    marks: Marks | None = None,
    undated: date | None = None,
) -> tuple[Document | None, list[Problem]]:
    """Set one SOP on its paper; None where it does not fit, with the problem that says so.

    ``marks``: the hashes to print, where the catalogue is not the one that holds everything; ``undated``:
    the date of an SOP that has none (see ``day_of``), where the catalogue is an excerpt.
    """
    sop = catalogue.sop[slug]
    charts = catalogue.charts[slug]
    names = {other.slug: other.nama for other in catalogue.sop.values()}
    words = {
        chart.id: symbol_words(chart, steps_in_words(alur, chart, names))
        for alur, chart in zip(sop.alur, charts, strict=True)
    }
    content = gather(catalogue, sop, words)
    if marks:
        content = replace(content, mark=marks[slug])
    logo = emblem(data_dir, catalogue.instansi.logo, catalogue.instansi.nama)
    problems = []
    for letter, text in missing_letters(content):
        message = f"huruf '{letter}' (U+{ord(letter):04X}) tidak ada pada huruf cetak, pada '{text}'"
        where = _position(data_dir, sop)
        problems.append(
            Problem(where, Severity.WARNING, message, "pada PDF huruf itu diganti tanda □", "huruf")
        )
    data = json.dumps(stated(sop), ensure_ascii=False, indent=1) + "\n"
    try:
        day = day_of(catalogue, sop, undated)
        document = set_content(content, charts, day, catalogue.instansi.nama, logo, data)
    except NoRoom as error:
        wider = [name for name in PAPERS if _fits(replace(content, paper=name), charts)]
        hint = f"muat pada kertas: {wider[0]}" if wider else "bagi alurnya menjadi beberapa tabel"
        where = _position(data_dir, sop, "pelaksana")
        return None, [*problems, Problem(where, Severity.ERROR, str(error), hint, "muat")]
    return document, problems


def set_content(
    content: Content,
    charts: Sequence[Chart],
    day: date = EARLIEST,
    agency: str = "",
    logo: Logo | None = None,
    data: str = "",
) -> Document:
    """Set what is printed on its paper, with the drawings of its charts. Raises NoRoom."""
    paper = PAPERS[content.paper]
    drawings = [lay_out(chart) for chart in charts]
    sheets, pages = set_pages(content, drawings, paper, face_data(content, logo))
    return Document(content, sheets, pages, paper, day, agency, logo, data)


def _fits(content: Content, charts: Sequence[Chart]) -> bool:
    try:
        set_content(content, charts)
    except NoRoom:
        return False
    return True


def make_pdf(document: Document) -> bytes:
    """The PDF of one SOP (PDF/A-3a, PDF/UA-1)."""
    content = document.content
    data = sop_data(content, document.sheets, document.face_pages, document.paper, document.logo)
    attached = Attachment(f"{content.slug}.json", document.data, "application/json", "Data SOP ini")
    return pdf_bytes([data], content.name, document.agency, document.day, [attached])


def make_docx(document: Document) -> bytes:
    """The Word file of one SOP."""
    from generator.render.docx.write import Picture, docx_bytes  # 0.1 s to load, for those who write Word

    d = document
    picture = Picture(svg_to_png(d.logo.svg), d.logo.words) if d.logo else None
    return docx_bytes(d.content, d.sheets, d.face_pages, d.paper, d.agency, d.day, picture)


def signed_copy(
    catalogue: Catalogue, slug: str, data_dir: Path, marks: Marks | None = None
) -> tuple[SignedCopy | None, list[Problem]]:
    """The signed PDF in the data folder that an SOP names; None without one, or where it is missing."""
    sop = catalogue.sop[slug]
    copy, problems = signed_file(sop, data_dir)
    changed = None
    if copy is not None and sop.sidik_data is not None:
        mark = marks[slug] if marks else fingerprint(catalogue, sop)
        changed = not mark.startswith(sop.sidik_data)
    return copy and replace(copy, changed=changed), problems


def signed_file(sop: SOP, data_dir: Path) -> tuple[SignedCopy | None, list[Problem]]:
    """The signed PDF that a version names; nothing is said of whether the data has changed."""
    name = sop.dokumen_resmi
    if name is None or not name.startswith("naskah/"):
        return None, []
    try:
        copy = (data_dir / name).read_bytes()
    except OSError:
        copy = b""
    if not copy.startswith(b"%PDF-"):
        message = f"naskah yang ditandatangani '{name}' " + ("bukan PDF" if copy else "tidak ada")
        hint = "simpan PDF itu di folder data, atau kosongkan dokumen_resmi"
        where = _position(data_dir, sop, "dokumen_resmi")
        return None, [Problem(where, Severity.ERROR, message, hint, "naskah")]
    return SignedCopy(Path(name).name, copy, hashlib.sha256(copy).hexdigest(), None), []


def day_of(catalogue: Catalogue, sop: SOP, undated: date | None = None) -> date:
    """The date that an SOP's files carry: its own latest, else ``undated``, else the latest of the
    catalogue."""
    return max(_days(sop), default=None) or undated or latest_day(catalogue)


def latest_day(catalogue: Catalogue) -> date:
    """The latest date of all SOPs."""
    return max((day for sop in catalogue.sop.values() for day in _days(sop)), default=EARLIEST)


def _days(sop: SOP) -> list[date]:
    dates = (sop.tanggal.pembuatan, sop.tanggal.revisi, sop.tanggal.efektif)
    return [day for day in map(parse_date, dates) if day]


def _position(data_dir: Path, sop: SOP, *path: str) -> Position:
    """Where a key of a version of an SOP stands, its first line if the key is not there."""
    kept = data_dir / "versi" / sop.slug / f"{sop.versi.nomor}.yml"
    file = kept if kept.is_file() else data_dir / "sop" / f"{sop.slug}.yml"
    tree, _ = load_file(file)
    return locate(tree, *path) or Position(file.as_posix(), 1, 1)


@cache
def emblem(data_dir: Path, name: str | None, agency: str) -> Logo | None:
    """The agency's emblem as SVG; a picture of points is wrapped in one. None if it cannot be read."""
    if name is None:
        return None
    try:
        blob = (data_dir / name).read_bytes()
    except OSError:
        return None
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
