"""Catalogue → the files that stand beside its pages (open data, BPMN, pictures), and the parts of an SOP's
page that show and link them: time, documents, downloads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.flow.timeline import Timeline
from generator.flow.trail import find_trails
from generator.formats.beside import BESIDE, Flow
from generator.formats.card import embedded
from generator.formats.card.frame import ENDING
from generator.formats.flows import flows_of, timelines
from generator.formats.html.answer import number_of
from generator.formats.html.html import Links, fill
from generator.formats.html.page import flow_titles
from generator.formats.html.timing import times, trails
from generator.formats.open_data.lists import LIST, list_csv, list_row
from generator.formats.open_data.overview import LLMS, overview, overview_line
from generator.formats.open_data.pieces import Packed, Piece, packed
from generator.formats.open_data.records import (
    ALL,
    BETWEEN,
    absolute,
    all_text,
    lasting_addresses,
    record_line,
    record_path,
    record_text,
    sop_record,
    version_record_path,
)
from generator.formats.open_data.whole import with_whole
from generator.formats.plain.gathered import about, in_words
from generator.formats.plain.told import told
from generator.model.registers import label_untuk
from generator.model.sop import SOP
from generator.site.lists.sops import status
from generator.site.official import cells
from generator.site.staged import PageSection


class SopFiles(Struct, frozen=True):
    """The files of one SOP and of its versions, its line in the file of all records, its row in the list, and
    what the overview says of it."""

    files: tuple[tuple[str, bytes], ...]
    line: str
    row: str
    told: str


def sop_files(sop: SOP, catalogue: Catalogue, day: date | None) -> SopFiles:
    """Everything that lies beside the page of an SOP, or says it where all of them stand."""
    lines = timelines(sop, catalogue)
    record = sop_record(sop, catalogue, lines)
    versions = catalogue.versions(sop.slug)
    files = (
        (record_path(sop.slug), record_text(record, catalogue)),
        *_beside(sop, catalogue),
        *_framed(sop, catalogue, lines, day),
        *(_version_file(one, versions, catalogue, sop, record) for one in versions if len(versions) > 1),
    )
    return SopFiles(files, record_line(record), list_row(sop, catalogue), overview_line(sop, catalogue))


class Run(Struct, frozen=True):
    """The lines and rows of some SOPs, one after the other (see ``SopFiles``)."""

    lines: Packed
    rows: Packed


def run_of(lines: Iterable[str], rows: Iterable[str]) -> Run:
    """The lines and rows of some SOPs as one."""
    return Run(packed(BETWEEN.join(lines)), packed("".join(rows)))


def lines_of(run: Run) -> list[str]:
    """The lines of a run, each by itself. Raises ValueError."""
    return run.lines.content().decode().split(BETWEEN)


def list_files(
    runs: Sequence[Run],
    told: Mapping[str, str],
    pages: Sequence[tuple[str, str]],
    schemas: Mapping[str, bytes],
    units: Iterable[tuple[str, bytes]],
    catalogue: Catalogue,
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files of all SOPs, piece by piece, and all of them in one with the ``schemas`` and the ZIP files of
    ``units``; ``runs`` and ``told`` (by slug) hold what ``sop_files`` gives, ``pages`` titles and addresses
    of the others."""
    files: tuple[tuple[str, Iterator[Piece]], ...] = (
        (ALL, all_text((run.lines for run in runs), len(told), catalogue)),
        (LIST, list_csv(run.rows for run in runs)),
        (LLMS, overview(catalogue, told, pages)),
    )
    yield from with_whole(files, schemas, units, catalogue)


def bundled(sop: SOP, versions: Sequence[SOP]) -> list[str]:
    """The files of an SOP that the ZIP file of its unit holds, by address: its records, and what lies beside
    its page but for what is made to be shown elsewhere."""
    numbers = [one.versi.nomor for one in versions if len(versions) > 1]
    records = [record_path(sop.slug), *(version_record_path(sop.slug, number) for number in numbers)]
    return records + [f"sop/{sop.slug}/{name}" for form in BESIDE for name in form.names(sop)]


def _version_file(
    version: SOP, versions: tuple[SOP, ...], catalogue: Catalogue, sop: SOP, record: Struct
) -> tuple[str, bytes]:
    """The lasting record of a version; that of the one that counts is the SOP's at another address."""
    if version is sop:
        record = replace(record, alamat=lasting_addresses(sop, catalogue))
    else:
        part = catalogue.with_version(version)
        record = sop_record(version, part, timelines(version, part), versions)
    path = version_record_path(version.slug, version.versi.nomor)
    return path, record_text(record, catalogue, lasting=True)


def open_parts(sop: SOP, catalogue: Catalogue, links: Links) -> tuple[PageSection, ...]:
    """Time and documents of one SOP, as parts of its page."""
    lines = timelines(sop, catalogue)
    flows = list(enumerate(zip(sop.alur, catalogue.charts[sop.slug], lines, strict=True)))
    time = Markup("").join(times(alur, number, chart, line, links) for number, (alur, chart, line) in flows)
    ways = Markup("").join(
        trails(alur, number, chart, find_trails(alur)) for number, (alur, chart, _) in flows
    )
    parts = (("Waktu", "waktu", time), ("Perjalanan dokumen", "dokumen", ways))
    return tuple(PageSection(*part, closed=True) for part in parts if part[-1])


def download_part(sop: SOP, links: Links) -> PageSection:
    """What else lies beside the page of an SOP."""
    downloads = fill(
        "unduh.html",
        {
            "data": links.page(record_path(sop.slug)),
            "berkas": [(one, list(zip(one.names(sop), flow_titles(sop), strict=False))) for one in BESIDE],
            "semua": links.page("data-terbuka/"),
            "sematan": _frame(sop, links.catalogue),
        },
    )
    return PageSection("Unduh dan data terbuka", "unduh", downloads, closed=True)


def _framed(
    sop: SOP, catalogue: Catalogue, lines: list[Timeline], day: date | None
) -> Iterator[tuple[str, bytes]]:
    """The page for frames of other sites: of what everybody may read, and on no other site."""
    if catalogue.sees.known_address:
        standing = embedded.Standing(status(sop, catalogue, day), number_of(sop))
        page = embedded.embedded(sop, about(sop, catalogue, lines), standing)
        yield f"sop/{sop.slug}/{_frame_name(sop)}", page.encode("utf-8", "replace")


def _frame(sop: SOP, catalogue: Catalogue) -> dict[str, str | bool] | None:
    """What the page of an SOP says of that page, where there is one."""
    if not catalogue.sees.known_address:
        return None
    path = f"sop/{sop.slug}/{_frame_name(sop)}"
    known = absolute(catalogue, path)
    said = embedded.snippet(sop, known or f"https://ALAMAT/{path}")
    return {"berkas": _frame_name(sop), "potongan": said, "diketahui": bool(known)}


def _frame_name(sop: SOP) -> str:
    return f"{sop.slug}.{ENDING}"


def _beside(sop: SOP, catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    label = label_untuk(catalogue.instansi, sop)
    read, charts = flows_of(sop, catalogue), catalogue.charts[sop.slug]
    said = about(sop, catalogue, [flow.timeline for flow in read])
    whole = told(sop, said, in_words(sop, catalogue), label)
    flows = [
        Flow(alur, chart, cells(chart).lattice, flow.process, heading, whole)
        for alur, chart, flow, heading in zip(sop.alur, charts, read, flow_titles(sop), strict=True)
    ]
    for form in BESIDE:
        yield from ((f"sop/{sop.slug}/{name}", data) for name, data in form.files(sop, flows, label))
