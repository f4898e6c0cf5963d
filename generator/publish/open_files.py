"""Catalogue → the files that stand beside its pages (open data, BPMN, pictures), and the parts of an SOP's
page that show and link them: time, documents, downloads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from generator.catalogue import Catalogue
from generator.durations import parse_duration
from generator.layout import lay_out
from generator.model import SOP, label_untuk
from generator.process import Process, build_process
from generator.publish.staged import Part
from generator.render.bpmn import bpmn_xml
from generator.render.html import Links, fill
from generator.render.open_data import (
    ALL,
    LIST,
    all_text,
    list_csv,
    picture_name,
    record_line,
    record_path,
    record_text,
    schema_files,
    sop_record,
    version_record_path,
)
from generator.render.page import flow_titles
from generator.render.svg import flow_svg
from generator.render.timing import times, trails
from generator.timeline import Timeline, build_timeline
from generator.trail import find_trails


def open_files(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """Every file by its address from the top of the site."""
    lines = []
    for sop in catalogue.sop.values():
        files, line = sop_files(sop, catalogue)
        yield from files
        lines.append(line)
    yield from ((path, "".join(text).encode()) for path, text in list_files(lines, len(lines), catalogue))


def sop_files(sop: SOP, catalogue: Catalogue) -> tuple[list[tuple[str, bytes]], str]:
    """The files of one SOP and of its versions, and its line in the file of all records."""
    processes = _processes(sop, catalogue)
    record = sop_record(sop, catalogue, _timelines(sop, processes))
    versions = catalogue.versions(sop.slug)
    files = [
        (record_path(sop.slug), record_text(record, catalogue).encode()),
        *_pictures(sop, catalogue, processes),
        *(_version_file(version, versions, catalogue) for version in versions),
    ]
    return files, record_line(record)


def list_files(lines: Iterable[str], count: int, catalogue: Catalogue) -> Iterator[tuple[str, Iterable[str]]]:
    """The files of all SOPs, piece by piece; ``lines`` are those of ``sop_files``, ``count`` of them."""
    yield ALL, all_text(lines, count, catalogue)
    yield LIST, [list_csv(catalogue).decode()]
    yield from ((path, [text]) for path, text in schema_files().items())


def _version_file(version: SOP, versions: tuple[SOP, ...], catalogue: Catalogue) -> tuple[str, bytes]:
    """The lasting record of a version."""
    part = catalogue.with_version(version)
    record = sop_record(version, part, _timelines(version, _processes(version, part)), versions)
    path = version_record_path(version.slug, version.versi.nomor)
    return path, record_text(record, catalogue, lasting=True).encode()


def open_parts(sop: SOP, catalogue: Catalogue, links: Links) -> tuple[Part, ...]:
    """Time, documents and downloads of one SOP, as parts of its page."""
    charts = catalogue.charts[sop.slug]
    flows = list(enumerate(zip(sop.alur, charts, _timelines(sop, _processes(sop, catalogue)), strict=True)))
    time = Markup("").join(times(alur, number, chart, line, links) for number, (alur, chart, line) in flows)
    papers = Markup("").join(
        trails(alur, number, chart, find_trails(alur), links) for number, (alur, chart, _) in flows
    )
    downloads = fill(
        "unduh.html",
        {
            "pdf": f"{sop.slug}.pdf",
            "docx": f"{sop.slug}.docx",
            "data": links.page(record_path(sop.slug)),
            "bpmn": f"{sop.slug}.bpmn" if flows else None,
            "gambar": [(picture_name(sop.slug, n), title) for n, title in enumerate(flow_titles(sop))],
            "semua": links.page("data-terbuka/"),
        },
    )
    return (
        *((Part("Waktu", "waktu", time),) if time else ()),
        *((Part("Perjalanan dokumen", "dokumen", papers),) if papers else ()),
        Part("Unduh dan data terbuka", "unduh", downloads),
    )


def _processes(sop: SOP, catalogue: Catalogue) -> list[Process]:
    names = {slug: other.nama for slug, other in catalogue.sop.items()}
    return [
        build_process(chart, [step.uraian for step in alur.kegiatan], names)
        for alur, chart in zip(sop.alur, catalogue.charts[sop.slug], strict=True)
    ]


def _timelines(sop: SOP, processes: list[Process]) -> list[Timeline]:
    return [
        build_timeline(process, [parse_duration(step.waktu) for step in alur.kegiatan])
        for alur, process in zip(sop.alur, processes, strict=True)
    ]


def _pictures(sop: SOP, catalogue: Catalogue, processes: list[Process]) -> Iterator[tuple[str, bytes]]:
    label = label_untuk(catalogue.instansi, sop)
    folder = f"sop/{sop.slug}/"
    if processes:
        flows = [(process, lay_out(process.chart)) for process in processes]
        yield f"{folder}{sop.slug}.bpmn", bpmn_xml(sop, flows, label).encode()
    titles = flow_titles(sop)
    for number, (alur, chart) in enumerate(zip(sop.alur, catalogue.charts[sop.slug], strict=True)):
        picture = flow_svg(alur, chart, lay_out(chart), label, titles[number])
        yield folder + picture_name(sop.slug, number), picture.encode("utf-8", "replace")
