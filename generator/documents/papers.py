"""Job of a site → its files, set by the typesetter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.catalogue import Catalogue
from generator.documents.book import make_book
from generator.documents.many import FORMATS
from generator.documents.setting import Document, emblem, set_document
from generator.documents.site import KINDS, Paper, PaperJob, named
from generator.layout import lay_out
from generator.problems import Problem
from generator.render.card import site_card, sop_card
from generator.revisions.words import State


def set_paper(job: PaperJob) -> Paper:
    """Do one job, whose excerpt it has (see ``site.with_excerpt``)."""
    assert job.excerpt is not None
    data_dir, logo, day = job.data_dir, job.logo, job.undated
    if job.book is not None:
        book, wrong = make_book(job.excerpt, job.slugs, job.book, data_dir, day, logo)
        return _paper(job, {"pdf": book} if book else {}, wrong)
    if not job.slugs:
        agency = job.excerpt.instansi
        return _paper(job, {"png": site_card(agency, emblem(data_dir, agency.logo, agency.nama, logo))}, [])
    document, wrong = set_document(job.excerpt, job.slugs[0], data_dir, day, logo)
    files = {kind: FORMATS[kind](document) for kind in KINDS} if document else {}
    if document and job.state:
        files["png"] = _card(job.excerpt, job.slugs[0], document, job.state)
    return _paper(job, files, wrong)


def _paper(job: PaperJob, files: Mapping[str, bytes], problems: Sequence[Problem]) -> Paper:
    return Paper(job.key, tuple(named(job, files)), tuple(problems), job.place)


def _card(catalogue: Catalogue, slug: str, document: Document, state: State) -> bytes:
    drawings = [lay_out(chart) for chart in catalogue.charts[slug][:1]]
    return sop_card(catalogue.sop[slug], catalogue, drawings, state, document.logo)
