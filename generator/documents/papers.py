"""Job of a site → its files, set by the typesetter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.data.catalogue import Catalogue
from generator.data.revisions.words import StandingWords
from generator.documents.blame import blamed
from generator.documents.book import make_book
from generator.documents.jobs import KINDS, DocumentFiles, PaperJob, named
from generator.documents.setting import emblem, set_document
from generator.figure.paper.typesetter import Unsettable
from generator.flow.layout import drawn
from generator.formats.card.card import site_card, sop_card
from generator.model.problems import Position, Problem, Severity
from generator.model.registers import Instansi


def set_paper(job: PaperJob) -> DocumentFiles:
    """Do one job, whose excerpt it has (see ``site.with_excerpt``)."""
    assert job.excerpt is not None
    data_dir, logo, day = job.data_dir, job.logo, job.undated
    if job.book is not None:
        book, wrong = make_book(job.excerpt, job.slugs, job.book, data_dir, day, logo)
        return _paper(job, {"pdf": book} if book else {}, wrong)
    if not job.slugs:
        return _site_card(job, job.excerpt.instansi)
    [slug] = job.slugs
    excerpt, to_sign = job.excerpt, job.to_sign is not None
    if to_sign:
        version = next(one for one in excerpt.versions(slug) if one.versi.nomor == job.to_sign)
        excerpt = excerpt.sheet_of(version)
    try:
        if job.state:
            return _paper(job, {"png": _card(job, job.excerpt, slug, job.state)}, [])
        document, wrong = set_document(excerpt, slug, data_dir, day, logo, to_sign)
        files = {kind: KINDS[kind].make(document) for kind in job.kinds} if document else {}
    except Unsettable as error:
        files, wrong = {}, blamed(excerpt, job.slugs, data_dir, error)
    return _paper(job, files, wrong)


def _site_card(job: PaperJob, agency: Instansi) -> DocumentFiles:
    """The card of the site."""
    try:
        shown = emblem(job.data_dir, agency.logo, agency.nama, job.logo)
        return _paper(job, {"png": site_card(agency, shown)}, [])
    except Unsettable as error:
        where = Position((job.data_dir / "instansi.yml").as_posix(), 1, 1)
        said = f"kartu situs tidak dapat dibuat ({error})"
        hint = "periksa nama dan lambang instansi"
        return _paper(job, {}, [Problem(where, Severity.ERROR, said, hint, "naskah")])


def _paper(job: PaperJob, files: Mapping[str, bytes], problems: Sequence[Problem]) -> DocumentFiles:
    return DocumentFiles(job.key, tuple(named(job, files)), tuple(problems), job.place)


def _card(job: PaperJob, catalogue: Catalogue, slug: str, state: StandingWords) -> bytes:
    drawings = [drawn(chart) for chart in catalogue.charts[slug][:1]]
    agency = catalogue.instansi
    shown = emblem(job.data_dir, agency.logo, agency.nama, job.logo)
    return sop_card(catalogue.sop[slug], catalogue, drawings, state, shown)
