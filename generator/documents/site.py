"""Catalogue of one audience → the files that its site offers: documents of every SOP, a book a unit."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generator.catalogue import Catalogue
from generator.documents.book import make_book, sops_under
from generator.documents.many import FORMATS, cached, keep, key_of, make_documents
from generator.documents.setting import Marks, signed_copy
from generator.problems import Problem, Severity


def site_files(
    catalogue: Catalogue, data_dir: Path, cache_dir: Path | None, marks: Marks | None = None
) -> tuple[dict[str, bytes], list[Problem]]:
    """What a site offers, by path under its root: ``sop/<slug>/<slug>.pdf`` and ``.docx`` of every SOP, its
    signed copy ``naskah/….pdf``, and ``unit/<id>/buku-sop.pdf`` of every unit with SOPs.

    Problems that are errors leave their file out; a build stops for them.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    slugs = list(catalogue.sop)
    for made in make_documents(catalogue, slugs, list(FORMATS), data_dir, cache_dir, marks=marks):
        problems += made.problems
        files |= {f"sop/{made.slug}/{made.slug}.{kind}": data for kind, data in made.files.items()}
        copy, found = signed_copy(catalogue, made.slug, data_dir, marks)
        problems += found
        if copy:
            files[f"naskah/{copy.name}"] = copy.bytes
    if any(problem.severity is Severity.ERROR for problem in problems):
        return files, sorted(problems)
    for unit in catalogue.unit:
        if catalogue.of_unit.get(unit):
            book = _book(catalogue, unit, data_dir, cache_dir, marks)
            files |= {f"unit/{unit}/buku-sop.pdf": book} if book else {}
    return files, sorted(problems)


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
