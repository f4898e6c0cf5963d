"""Catalogue → ``llms.txt``: what lies on this site, for machines that read it (llmstxt.org), unit by unit."""

from __future__ import annotations

from collections.abc import Iterator

from generator.data.catalogue import Catalogue
from generator.formats.beside import BESIDE
from generator.formats.open_data.linked_data import sop_description
from generator.formats.open_data.lists import LIST
from generator.formats.open_data.records import ALL, on_site
from generator.formats.open_data.schema import SCHEMAS
from generator.formats.plain.markdown import escaped
from generator.formats.plain.told import one_line

LLMS = "llms.txt"
_TWIN = next(form for form in BESIDE if form.key == "markdown")


def overview(catalogue: Catalogue) -> Iterator[str]:
    """The file, piece by piece: every SOP that the readers of this site see, and the data of all."""

    def line(words: str, path: str, more: str) -> str:
        address = on_site(catalogue, path) or path
        return f"- [{escaped(one_line(words))}]({address}): {escaped(one_line(more))}\n"

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
            sop = catalogue.sop[slug]
            names = _TWIN.names(sop) or [""]
            yield line(sop.nama, f"sop/{slug}/{names[0]}", sop_description(sop, catalogue))
        if slugs:
            yield "\n"
    yield "## Data semua SOP\n\n"
    yield line("JSON", ALL, "semua SOP selengkapnya")
    yield line("CSV", LIST, "daftar SOP untuk lembar kerja")
    yield line("JSON Schema", SCHEMAS[0], "arti tiap kunci")
