"""Catalogue → every file that lies beside its pages, at once; a build makes them SOP by SOP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from generator.build.known.records import SOPS
from generator.data.catalogue import Catalogue
from generator.formats.open_data.joined import joined
from generator.formats.open_data.schema import schema_files
from generator.formats.open_data.whole import unit_note, unit_path
from generator.search.groups import cut
from generator.site.open_files import bundled, list_files, run_of, sop_files

PAGES = (("Beranda", ""), ("Daftar SOP", "sop/"))


def open_files(
    catalogue: Catalogue, day: date | None = None, pages: Sequence[tuple[str, str]] = PAGES
) -> Iterator[tuple[str, bytes]]:
    """Every file by its address from the top of the site; ``pages`` are titles and addresses of others."""
    lines, rows, told, files = [], [], {}, dict[str, bytes]()
    for sop in catalogue.sop.values():
        made = sop_files(sop, catalogue, day)
        files |= made.files
        lines.append(made.line)
        rows.append(made.row)
        told[sop.slug] = made.told
    schemas = schema_files()
    yield from (*files.items(), *schemas.items())
    units = dict(_units(catalogue, files))
    yield from units.items()
    parts = [slice(at.start, at.stop) for at in cut(list(catalogue.sop), SOPS)]
    runs = [run_of(lines[part], rows[part]) for part in parts]
    for path, pieces in list_files(runs, told, pages, schemas, units.items(), catalogue):
        yield path, b"".join(pieces)


def _units(catalogue: Catalogue, files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for id, slugs in catalogue.of_unit.items():
        names = [name for slug in slugs for name in bundled(catalogue.sop[slug], catalogue.versions(slug))]
        own = [(name, files[name]) for name in names]
        if own:
            packed = [unit_note(catalogue.unit[id].nama, catalogue), *own]
            yield unit_path(id), b"".join(joined([("", packed)], None, []))
