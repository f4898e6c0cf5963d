"""Catalogue of one audience → the jobs that make the documents of its site (see ``papers``), their keys.

A site whose documents are all there already is told so by these alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.data.excerpt import Excerpts
from generator.data.files.inputs import read_file
from generator.data.revisions import to_be_signed
from generator.data.revisions.words import StandingWords, state_of
from generator.documents.cache import cached, keep, prefix
from generator.documents.days import latest_day
from generator.documents.jobs import KINDS, DocumentFiles, PaperJob, named
from generator.store import Store


def paper_jobs(
    excerpts: Excerpts, data_dir: Path, program: str, day: date | None = None
) -> Iterator[PaperJob]:
    """What a site offers: ``sop/<slug>/<slug>.pdf`` and ``.docx`` of every SOP, ``unit/<id>/buku-sop.pdf`` of
    every unit with SOPs; where the site has an address ``sop/<slug>/kartu.png`` and ``kartu.png``, for those
    who share it. The jobs have no excerpt yet (see ``with_excerpt``); ``program`` is the digest of the
    program, ``day`` the one on which versions are judged."""
    whole = excerpts.catalogue
    yield from document_jobs(excerpts, whole.sop, list(KINDS), data_dir, program)
    job = _jobs_of(excerpts, data_dir, program)
    for slug in whole.sop:
        if (number := sheet_of(whole, slug, day)) is not None:
            yield sheet_job(excerpts, slug, number, list(KINDS), data_dir, program)
    if has_cards(whole):
        for slug in whole.sop:
            yield job(f"sop/{slug}", (slug,), ("png",), state=state_of(whole.versions(slug), day))
        yield job("", (), ("png",))
    for id, unit in whole.unit.items():
        if whole.of_unit.get(id):
            yield job(f"unit/{id}", sops_under(whole, id), ("pdf",), book=unit.nama)


def document_jobs(
    excerpts: Excerpts, slugs: Iterable[str], kinds: Sequence[str], data_dir: Path, program: str
) -> Iterator[PaperJob]:
    """The documents of these SOPs alone, in their order: the same jobs for a site and for a command, so that
    what one has made the other need not."""
    job = _jobs_of(excerpts, data_dir, program)
    return (job(f"sop/{slug}", (slug,), tuple(kinds)) for slug in slugs)


def sheet_job(
    excerpts: Excerpts, slug: str, number: int, kinds: Sequence[str], data_dir: Path, program: str
) -> PaperJob:
    """The sheet of a version of an SOP that is to be signed."""
    job = _jobs_of(excerpts, data_dir, program)
    return job(_beside(slug, number), (slug,), tuple(kinds), to_sign=number)


def _jobs_of(excerpts: Excerpts, data_dir: Path, program: str) -> Callable[..., PaperJob]:
    """What makes jobs of folder, slugs and kinds, and the state or the title of a book."""
    whole = excerpts.catalogue
    name = whole.instansi.logo
    logo = read_file(data_dir / name) if name and (data_dir / name).is_file() else None
    undated = latest_day(whole)
    known = repr((program, whole.instansi, whole.audience, undated)).encode("utf-8", "replace")
    place = prefix(data_dir, whole)

    def job(
        folder: str,
        slugs: tuple[str, ...],
        kinds: tuple[str, ...],
        book: str | None = None,
        state: StandingWords | None = None,
        to_sign: int | None = None,
    ) -> PaperJob:
        found = hashlib.sha256(known + repr((folder, book, state, to_sign)).encode("utf-8", "replace"))
        found.update(logo or b"")
        for slug in slugs:
            found.update(excerpts.key_of_sop(slug))
        key = f"naskah-{found.hexdigest()}"
        return PaperJob(key, folder, slugs, kinds, book, None, undated, data_dir, logo, state, place, to_sign)

    return job


def sheet_of(catalogue: Catalogue, slug: str, day: date | None) -> int | None:
    """Number of the version that is to be signed next, of which a site whose readers see drafts offers the
    sheet; None where there is none, or where the SOP itself has not begun."""
    versions = catalogue.versions(slug)
    version = to_be_signed(versions, day) if catalogue.sees.drafts else None
    return version.versi.nomor if version and version.versi.nomor != catalogue.sop[slug].versi.nomor else None


def sheet_place(catalogue: Catalogue, slug: str, day: date | None) -> str:
    """Where on the site the sheet of an SOP lies that is signed: beside the page of its version; "" where
    there is none."""
    number = sheet_of(catalogue, slug, day) if slug in catalogue.sop else None
    return "" if number is None else _beside(slug, number)


def _beside(slug: str, number: int) -> str:
    """The folder of the page of a version."""
    return f"sop/{slug}/versi/{number}"


def sops_under(catalogue: Catalogue, unit: str) -> tuple[str, ...]:
    """Slugs of the SOPs of a unit and of those under it, units as in the register, SOPs by slug."""
    under = [id for id in catalogue.unit if any(u.id == unit for u in catalogue.unit_chain(id))]
    return tuple(slug for id in under for slug in catalogue.of_unit.get(id, ()))


def has_cards(catalogue: Catalogue) -> bool:
    """Whether pages of a site are shared with a card: an address for it must be known, and public."""
    return bool(catalogue.home)


def with_excerpt(job: PaperJob, excerpts: Excerpts) -> PaperJob:
    """A job that can be done."""
    return replace(job, excerpt=excerpts.of_sops(job.slugs))


def paths_of(job: PaperJob) -> list[str]:
    """The files that a job makes, by their path under the root of the site."""
    return [path for path, _ in named(job, dict.fromkeys(job.kinds, b""))]


def from_cache(job: PaperJob, store: Store) -> DocumentFiles | None:
    """What the store has of a job."""
    paths = paths_of(job)
    found = cached(store, job.key, (f"{job.place}{path}" for path in paths))
    return DocumentFiles(job.key, tuple(zip(paths, found, strict=True)), (), job.place) if found else None


def keep_paper(paper: DocumentFiles, store: Store) -> None:
    """Put what a job made into the store."""
    if not paper.problems:
        keep(store, paper.key, {f"{paper.place}{path}": content for path, content in paper.files})


def set_papers(jobs: Sequence[PaperJob]) -> list[DocumentFiles]:
    """Do some jobs."""
    from generator.documents.papers import set_paper  # the typesetter, for those who make documents

    return [set_paper(job) for job in jobs]
