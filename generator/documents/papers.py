"""Job of a site → its files, set by the typesetter."""

from __future__ import annotations

import tempfile
from pathlib import Path

from generator.catalogue import Catalogue
from generator.documents.blame import blamed
from generator.documents.book import make_book
from generator.documents.many import FORMATS
from generator.documents.setting import Document, emblem, set_document
from generator.documents.site import KINDS, Paper, PaperJob, named
from generator.layout import drawn
from generator.problems import Position, Problem, Severity
from generator.render.card import site_card, sop_card
from generator.render.typesetter import Unsettable
from generator.revisions.words import State


def set_paper(job: PaperJob) -> Paper:
    """Do one job, whose excerpt it has (see ``site.with_excerpt``)."""
    assert job.excerpt is not None
    with tempfile.TemporaryDirectory() as away:
        data_dir = job.data_dir
        if job.logo is not None and not (data_dir / (name := job.excerpt.instansi.logo or "")).is_file():
            data_dir = Path(away)  # another machine
            (data_dir / name).parent.mkdir(parents=True, exist_ok=True)
            (data_dir / name).write_bytes(job.logo)
        if job.book is not None:
            book, wrong = make_book(job.excerpt, job.slugs, job.book, data_dir, job.undated)
            return Paper(job.key, tuple(named(job, {"pdf": book} if book else {})), tuple(wrong))
        if not job.slugs:
            agency = job.excerpt.instansi
            try:
                card = site_card(agency, emblem(data_dir, agency.logo, agency.nama))
            except Unsettable as error:
                where = Position((job.data_dir / "instansi.yml").as_posix(), 1, 1)
                said = f"kartu situs tidak dapat dibuat ({error})"
                hint = "periksa nama dan lambang instansi"
                return Paper(job.key, (), (Problem(where, Severity.ERROR, said, hint, "naskah"),))
            return Paper(job.key, tuple(named(job, {"png": card})), ())
        try:
            document, wrong = set_document(job.excerpt, job.slugs[0], data_dir, job.undated)
            files = {kind: FORMATS[kind](document) for kind in KINDS} if document else {}
            if document and job.state:
                files["png"] = _card(job.excerpt, job.slugs[0], document, job.state)
        except Unsettable as error:
            files, wrong = {}, blamed(job.excerpt, job.slugs, data_dir, error)
        return Paper(job.key, tuple(named(job, files)), tuple(wrong))


def _card(catalogue: Catalogue, slug: str, document: Document, state: State) -> bytes:
    drawings = [drawn(chart) for chart in catalogue.charts[slug][:1]]
    return sop_card(catalogue.sop[slug], catalogue, drawings, state, document.logo)
