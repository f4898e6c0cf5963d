"""Catalogue of one audience → the jobs that make the documents of its site; job → the files."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.catalogue import Catalogue
from generator.documents.book import make_book, sops_under
from generator.documents.many import FORMATS, cached, keep
from generator.documents.setting import Marks, SignedCopy, latest_day, set_document, signed_copy, signed_file
from generator.excerpt import Excerpts
from generator.problems import Problem


@dataclass(frozen=True, slots=True)
class PaperJob:
    """The documents of one SOP (``book`` is None), or a unit's book of its SOPs, which has that title. A job
    holds all that its files depend on: ``excerpt`` and ``logo`` (bytes of the emblem) among it; ``data_dir``
    is where problems say that the data stands."""

    key: str
    folder: str
    slugs: tuple[str, ...]
    book: str | None
    excerpt: Catalogue | None
    marks: Marks
    undated: date
    data_dir: Path
    logo: bytes | None


@dataclass(frozen=True, slots=True)
class Paper:
    """The files that a job made, by their path under the root of the site, and what is wrong."""

    key: str
    files: tuple[tuple[str, bytes], ...]
    problems: tuple[Problem, ...]


def paper_jobs(excerpts: Excerpts, data_dir: Path, marks: Marks, program: str) -> Iterator[PaperJob]:
    """What a site offers: ``sop/<slug>/<slug>.pdf`` and ``.docx`` of every SOP, ``unit/<id>/buku-sop.pdf`` of
    every unit with SOPs. The jobs have no excerpt yet (see ``with_excerpt``); ``program`` is the digest of
    the program."""
    whole = excerpts.catalogue
    name = whole.instansi.logo
    logo = (data_dir / name).read_bytes() if name and (data_dir / name).is_file() else None
    undated = latest_day(whole)
    agency = whole.instansi.model_dump_json()

    def job(folder: str, slugs: tuple[str, ...], book: str | None) -> PaperJob:
        found = hashlib.sha256(
            repr((program, folder, book, undated, agency, whole.audience)).encode("utf-8", "replace")
        )
        found.update(logo or b"")
        own = {slug: marks[slug] for slug in slugs}
        for slug, mark in own.items():
            found.update(excerpts.key_of_sop(slug) + mark.encode())
        return PaperJob(
            f"naskah-{found.hexdigest()}", folder, slugs, book, None, own, undated, data_dir, logo
        )

    yield from (job(f"sop/{slug}", (slug,), None) for slug in whole.sop)
    for id, unit in whole.unit.items():
        if whole.of_unit.get(id):
            yield job(f"unit/{id}", sops_under(whole, id), unit.nama)


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
    found = cached(cache, job.key, ["pdf"] if job.book else list(FORMATS))
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
        document, wrong = set_document(job.excerpt, job.slugs[0], data_dir, job.marks, job.undated)
        files = {kind: make(document) for kind, make in FORMATS.items()} if document else {}
        return Paper(job.key, tuple(_named(job, files)), tuple(wrong))


def _named(job: PaperJob, files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    name = "buku-sop" if job.book is not None else job.slugs[0]
    yield from ((f"{job.folder}/{name}.{kind}", content) for kind, content in files.items())
