"""Catalogue of one audience → the jobs that make the documents of its site; job → the files."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.catalogue import Audience, Catalogue
from generator.documents.book import make_book, sops_under
from generator.documents.many import FORMATS, cached, keep
from generator.documents.setting import (
    Document,
    Marks,
    SignedCopy,
    emblem,
    latest_day,
    set_document,
    signed_copy,
    signed_file,
)
from generator.excerpt import Excerpts
from generator.layout import lay_out
from generator.problems import Problem
from generator.render.share import CARD, State, site_card, sop_card, state_of


@dataclass(frozen=True, slots=True)
class PaperJob:
    """The documents of one SOP (``book`` is None), a unit's book of its SOPs, which has that title, or the
    card of the site (no ``slugs``). A job holds all that its files depend on: ``excerpt`` and ``logo`` (bytes
    of the emblem) among it; ``data_dir`` is where problems say that the data stands; ``state``: how the card
    of an SOP says that it stands, None where no card is made."""

    key: str
    folder: str
    slugs: tuple[str, ...]
    book: str | None
    excerpt: Catalogue | None
    marks: Marks
    undated: date
    data_dir: Path
    logo: bytes | None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """The files that a job made, by their path under the root of the site, and what is wrong."""

    key: str
    files: tuple[tuple[str, bytes], ...]
    problems: tuple[Problem, ...]


def paper_jobs(
    excerpts: Excerpts, data_dir: Path, marks: Marks, program: str, day: date | None = None
) -> Iterator[PaperJob]:
    """What a site offers: ``sop/<slug>/<slug>.pdf`` and ``.docx`` of every SOP, ``unit/<id>/buku-sop.pdf`` of
    every unit with SOPs; where the site has an address ``sop/<slug>/kartu.png`` and ``kartu.png``, for those
    who share it. The jobs have no excerpt yet (see ``with_excerpt``); ``program`` is the digest of the
    program, ``day`` the one on which versions are judged."""
    whole = excerpts.catalogue
    name = whole.instansi.logo
    logo = (data_dir / name).read_bytes() if name and (data_dir / name).is_file() else None
    undated = latest_day(whole)
    agency = repr(whole.instansi)

    cards = has_cards(whole)

    def job(folder: str, slugs: tuple[str, ...], book: str | None, state: State | None = None) -> PaperJob:
        found = hashlib.sha256(
            repr((program, folder, book, undated, agency, whole.audience, state)).encode("utf-8", "replace")
        )
        found.update(logo or b"")
        own = {slug: marks[slug] for slug in slugs}
        for slug, mark in own.items():
            found.update(excerpts.key_of_sop(slug) + mark.encode())
        return PaperJob(
            f"naskah-{found.hexdigest()}", folder, slugs, book, None, own, undated, data_dir, logo, state
        )

    for slug in whole.sop:
        yield job(f"sop/{slug}", (slug,), None, state_of(whole.versions(slug), day) if cards else None)
    if cards:
        yield job("", (), None)
    for id, unit in whole.unit.items():
        if whole.of_unit.get(id):
            yield job(f"unit/{id}", sops_under(whole, id), unit.nama)


def has_cards(catalogue: Catalogue) -> bool:
    """Whether pages of a site are shared with a card: an address for it must be known, and public."""
    return catalogue.audience is Audience.PUBLIK and bool(catalogue.instansi.situs)


def with_excerpt(job: PaperJob, excerpts: Excerpts) -> PaperJob:
    """A job that can be done."""
    return replace(job, excerpt=excerpts.of_sops(job.slugs))


def signed_copies(
    catalogue: Catalogue, data_dir: Path, marks: Marks
) -> tuple[dict[str, SignedCopy], list[Problem]]:
    """The signed copies in the data folder by the slugs of their SOPs (those of other versions by slug and
    number, "surat/1"), and what is wrong with them; each is published as ``naskah/<name>``."""
    signed: dict[str, SignedCopy] = {}
    problems: list[Problem] = []
    for slug, sop in catalogue.sop.items():
        if sop.dokumen_resmi:
            copy, found = signed_copy(catalogue, slug, data_dir, marks)
            problems += found
            signed |= {slug: copy} if copy else {}
        for version in catalogue.versi.get(slug, ()):
            copy, found = signed_file(version, data_dir)
            problems += found
            signed |= {f"{slug}/{version.versi.nomor}": copy} if copy else {}
    return signed, problems


def from_cache(job: PaperJob, cache: Path) -> Paper | None:
    """What the cache has of a job."""
    found = cached(cache, job.key, _kinds(job))
    return Paper(job.key, tuple(_named(job, found)), ()) if found else None


def keep_paper(paper: Paper, cache: Path) -> None:
    """Put what a job made into the cache."""
    if not paper.problems:
        for name, content in paper.files:
            keep(cache / f"{paper.key}.{name.rpartition('.')[2]}", content)


def set_papers(jobs: Sequence[PaperJob]) -> list[Paper]:
    """Do some jobs."""
    return [_set(job) for job in jobs]


def _set(job: PaperJob) -> Paper:
    assert job.excerpt is not None
    with tempfile.TemporaryDirectory() as away:
        data_dir = job.data_dir
        if job.logo is not None and not (data_dir / (name := job.excerpt.instansi.logo or "")).is_file():
            data_dir = Path(away)  # another machine
            (data_dir / name).parent.mkdir(parents=True, exist_ok=True)
            (data_dir / name).write_bytes(job.logo)
        if job.book is not None:
            book, wrong = make_book(job.excerpt, job.slugs, job.book, data_dir, job.marks, job.undated)
            return Paper(job.key, tuple(_named(job, {"pdf": book} if book else {})), tuple(wrong))
        if not job.slugs:
            agency = job.excerpt.instansi
            card = site_card(agency, emblem(data_dir, agency.logo, agency.nama))
            return Paper(job.key, tuple(_named(job, {"png": card})), ())
        document, wrong = set_document(job.excerpt, job.slugs[0], data_dir, job.marks, job.undated)
        files = {kind: make(document) for kind, make in FORMATS.items()} if document else {}
        if document and job.state:
            files["png"] = _card(job.excerpt, job.slugs[0], document, job.state)
        return Paper(job.key, tuple(_named(job, files)), tuple(wrong))


def _card(catalogue: Catalogue, slug: str, document: Document, state: State) -> bytes:
    drawings = [lay_out(chart) for chart in catalogue.charts[slug][:1]]
    return sop_card(catalogue.sop[slug], catalogue, drawings, state, document.logo)


def _kinds(job: PaperJob) -> list[str]:
    """What a job makes."""
    if job.book is not None:
        return ["pdf"]
    return [*(FORMATS if job.slugs else ()), *(["png"] if job.state or not job.slugs else [])]


def _named(job: PaperJob, files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    name = "buku-sop" if job.book is not None else "".join(job.slugs)
    for kind, content in files.items():
        file = CARD if kind == "png" else f"{name}.{kind}"
        yield f"{job.folder}/{file}".lstrip("/"), content
