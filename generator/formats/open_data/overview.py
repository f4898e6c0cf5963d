"""Catalogue → ``llms.txt``: what lies on this site, for machines that read it (llmstxt.org), unit by unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.data.catalogue import Catalogue
from generator.formats.beside import MARKDOWN
from generator.formats.open_data.linked_data import sop_description
from generator.formats.open_data.lists import LIST
from generator.formats.open_data.records import ALL, on_site
from generator.formats.open_data.schema import SCHEMAS
from generator.formats.plain.markdown import escaped
from generator.formats.plain.page import TWIN
from generator.formats.plain.told import one_line
from generator.model.sop import SOP

LLMS = "llms.txt"


def overview(
    catalogue: Catalogue, told: Mapping[str, str], pages: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """The file, piece by piece: every SOP that the readers of this site see, by its line (``told``), the
    twins of other ``pages`` (title and address), and the data of all."""
    yield f"# SOP {escaped(one_line(catalogue.instansi.nama))}\n\n"
    yield (
        "> Standar operasional prosedur: siapa mengerjakan apa, sesudah apa, berapa lama. Semua berkas di "
        "sini salinan; yang berlaku adalah dokumen yang ditandatangani.\n\n"
    )
    for id, unit in catalogue.unit.items():
        slugs = [slug for slug in catalogue.of_unit.get(id, ()) if slug in catalogue.sop]
        if slugs:
            yield f"## {escaped(one_line(unit.nama))}\n\n"
        for slug in slugs:
            yield told[slug]
        if slugs:
            yield "\n"
    yield "## Halaman lain\n\n"
    yield (
        "Tiap halaman mempunyai kembaran Markdown di sampingnya, juga halaman tiap unit, pelaksana dan "
        f"peraturan: alamat halamannya, ditambah `{TWIN}`.\n\n"
    )
    for title, path in pages:
        yield _line(title, path + TWIN, "", catalogue)
    yield "\n## Data semua SOP\n\n"
    yield _line("JSON", ALL, "semua SOP selengkapnya", catalogue)
    yield _line("CSV", LIST, "daftar SOP untuk lembar kerja", catalogue)
    yield _line("JSON Schema", SCHEMAS[0], "arti tiap kunci", catalogue)


def overview_line(sop: SOP, catalogue: Catalogue) -> str:
    """What the file says of one SOP."""
    twin = next(iter(MARKDOWN.names(sop)), TWIN)
    return _line(sop.nama, f"sop/{sop.slug}/{twin}", sop_description(sop, catalogue), catalogue)


def _line(words: str, path: str, more: str, catalogue: Catalogue) -> str:
    address = on_site(catalogue, path) or path
    said = f": {escaped(one_line(more))}" if more else ""
    return f"- [{escaped(one_line(words))}]({address}){said}\n"
