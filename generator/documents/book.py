"""Catalogue + a unit → one PDF of all its SOPs: cover, room for the decision, contents, summary, laws,
and the SOPs in order, as agencies bind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Any

from generator.data.catalogue import Catalogue
from generator.documents.blame import blamed
from generator.documents.days import day_of
from generator.documents.setting import Document, set_document
from generator.figure.paper.measure import items, printable
from generator.figure.paper.sheet import PAPERS
from generator.figure.paper.typesetter import Unsettable
from generator.formats.pdf.data import face_data, sop_data
from generator.formats.pdf.write import front_pages, pdf_bytes
from generator.model.problems import Problem, Severity


def make_book(
    catalogue: Catalogue,
    slugs: Sequence[str],
    title: str,
    data_dir: Path,
    undated: date | None = None,
    logo: bytes | None = None,
) -> tuple[bytes | None, list[Problem]]:
    """The book of these SOPs; None where one of them cannot be set, with the problems. ``undated`` and
    ``logo`` as for ``set_document``."""
    try:
        return _book(catalogue, slugs, title, data_dir, undated, logo)
    except Unsettable as error:
        return None, blamed(catalogue, slugs, data_dir, error)


def _book(
    catalogue: Catalogue,
    slugs: Sequence[str],
    title: str,
    data_dir: Path,
    undated: date | None,
    logo: bytes | None,
) -> tuple[bytes | None, list[Problem]]:
    documents: list[Document] = []
    problems: list[Problem] = []
    for slug in slugs:
        document, found = set_document(catalogue, slug, data_dir, undated, logo)
        problems += found
        if document:
            documents.append(document)
    if not documents or any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    sops = [sop_data(d.content, d.sheets, d.face_pages, d.paper, d.logo) for d in documents]
    paper = PAPERS[catalogue.instansi.kertas]
    shown = documents[0].logo
    cited: dict[str, list[int]] = {}
    for number, slug in enumerate(slugs, 1):
        for law in catalogue.sop[slug].dasar_hukum:
            cited.setdefault(law, []).append(number)
    book: dict[str, Any] = {
        "title": items([title]),
        "government": items([catalogue.instansi.pemerintah]),
        "agency": items([catalogue.instansi.nama]),
        "address": items(catalogue.instansi.alamat),
        "logo": face_data(documents[0].content, shown)["logo"],
        "paper": [paper.width, paper.height, paper.side, paper.top, paper.bottom],
        "summary": [_summary(catalogue, slug) for slug in slugs],
        "laws": [
            [
                items([catalogue.hukum[law].kutipan if law in catalogue.hukum else law]),
                items([", ".join(map(str, numbers))]),
            ]
            for law, numbers in cited.items()
        ],
    }
    pages = front_pages(sops, book)
    ahead = accumulate((sum(one["pages"]) for one in sops), initial=pages)
    book["ahead"] = dict(zip(slugs, ahead, strict=False))
    day = max(day_of(catalogue, catalogue.sop[slug], undated) for slug in slugs)
    return pdf_bytes(sops, printable(title), catalogue.instansi.nama, day, book=book), problems


def _summary(catalogue: Catalogue, slug: str) -> list[object]:
    """A row of the summary: name, number, actors, number of steps, slug."""
    sop = catalogue.sop[slug]
    actors = dict.fromkeys(lane.heading for chart in catalogue.charts[slug] for lane in chart.lanes)
    steps = sum(len(alur.kegiatan) for alur in sop.alur)
    cells = [sop.nama, sop.nomor or "-", ", ".join(actors), str(steps)]
    return [*(items([cell]) for cell in cells), slug]
