"""Catalogue of one audience → the files that its site offers: documents of every SOP, a book a unit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue import Catalogue
from generator.documents.book import make_book, sops_under
from generator.documents.many import FORMATS, cached, keep, key_of, make_documents
from generator.documents.setting import Marks, SignedCopy, signed_copy, signed_file
from generator.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """The documents of a site: bytes by path under its root, the signed copies by slug, and what is wrong.
    An error leaves its file out; a build stops for it."""

    files: Mapping[str, bytes]
    signed: Mapping[str, SignedCopy]
    problems: tuple[Problem, ...]


def site_files(
    catalogue: Catalogue, data_dir: Path, cache_dir: Path | None = None, marks: Marks | None = None
) -> SiteFiles:
    """What a site offers: ``sop/<slug>/<slug>.pdf`` and ``.docx`` of every SOP, the signed
    copies of its versions ``naskah/….pdf``, and ``unit/<id>/buku-sop.pdf`` of every unit with SOPs."""
    files: dict[str, bytes] = {}
    signed: dict[str, SignedCopy] = {}
    problems: list[Problem] = []
    slugs = list(catalogue.sop)
    for made in make_documents(catalogue, slugs, list(FORMATS), data_dir, cache_dir, marks=marks):
        problems += made.problems
        files |= {f"sop/{made.slug}/{made.slug}.{kind}": data for kind, data in made.files.items()}
        copy, found = signed_copy(catalogue, made.slug, data_dir, marks)
        problems += found
        if copy:
            files[f"naskah/{copy.name}"] = copy.bytes
            signed[made.slug] = copy
        for version in catalogue.versi.get(made.slug, ()):
            kept, found = signed_file(version, data_dir)
            problems += found
            files |= {f"naskah/{kept.name}": kept.bytes} if kept else {}
    if any(problem.severity is Severity.ERROR for problem in problems):
        return SiteFiles(files, signed, tuple(sorted(problems)))
    for unit in catalogue.unit:
        if catalogue.of_unit.get(unit):
            book = _book(catalogue, unit, data_dir, cache_dir, marks)
            files |= {f"unit/{unit}/buku-sop.pdf": book} if book else {}
    return SiteFiles(files, signed, tuple(sorted(problems)))


def _book(
    catalogue: Catalogue, unit: str, data_dir: Path, cache_dir: Path | None, marks: Marks | None
) -> bytes | None:
    slugs, title = sops_under(catalogue, unit), catalogue.unit[unit].nama
    parts = [title, *(key_of(catalogue, slug, data_dir, marks) for slug in slugs)]
    key = "buku-" + hashlib.sha256("\0".join(parts).encode()).hexdigest()
    if cache_dir and (found := cached(cache_dir, key, ["pdf"])):
        return found["pdf"]
    book, _ = make_book(catalogue, slugs, title, data_dir, marks)
    if book and cache_dir:
        keep(cache_dir / f"{key}.pdf", book)
    return book
