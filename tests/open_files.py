"""Catalogue → every file that lies beside its pages, at once; a build makes them SOP by SOP."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from generator.data.catalogue import Catalogue
from generator.formats.open_data.schema import schema_files
from generator.site.open_files import list_files, run_of, sop_files

PAGES = (("Beranda", ""), ("Daftar SOP", "sop/"))


def open_files(
    catalogue: Catalogue, day: date | None = None, pages: Sequence[tuple[str, str]] = PAGES
) -> Iterator[tuple[str, bytes]]:
    """Every file by its address from the top of the site; ``pages`` are titles and addresses of others."""
    lines, rows, told = [], [], {}
    for sop in catalogue.sop.values():
        made = sop_files(sop, catalogue, day)
        yield from made.files
        lines.append(made.line)
        rows.append(made.row)
        told[sop.slug] = made.told
    schemas = schema_files()
    yield from schemas.items()
    for path, pieces in list_files([run_of(lines, rows)] if lines else [], told, pages, schemas, catalogue):
        yield path, b"".join(pieces)
