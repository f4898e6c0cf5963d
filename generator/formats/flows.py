"""SOP + Catalogue → the process and the timeline of each of its flows, as several formats tell them."""

from __future__ import annotations

from functools import lru_cache

from generator.data.catalogue import Catalogue
from generator.flow.chart import Chart
from generator.flow.process import Process, build_process
from generator.flow.timeline import Timeline, build_timeline
from generator.model.durations import parse_duration
from generator.model.sop import SOP


def timelines(sop: SOP, catalogue: Catalogue) -> list[Timeline]:
    """The times of each flow of an SOP."""
    return [timeline for _, timeline in flows_of(sop, catalogue)]


def flows_of(sop: SOP, catalogue: Catalogue) -> list[tuple[Process, Timeline]]:
    """The process and the timeline of each flow."""
    made = []
    for alur, chart in zip(sop.alur, catalogue.charts[sop.slug], strict=True):
        known = catalogue.names(sop)
        named = dict.fromkeys(node.sop for node in chart.nodes if node.sop)
        names = tuple((slug, known[slug]) for slug in named if slug in known)
        steps = tuple((step.uraian, step.waktu, "waktu" in step.gabung) for step in alur.kegiatan)
        made.append(_flow(chart, steps, names))
    return made


@lru_cache(maxsize=16)
def _flow(
    chart: Chart, steps: tuple[tuple[str, str | None, bool], ...], names: tuple[tuple[str, str], ...]
) -> tuple[Process, Timeline]:
    """The latest are kept: the page of an SOP, its record and that of its version ask for the same ones.
    ``steps`` are Kegiatan, Waktu, and whether its cell is one with that above; ``names`` the slugs and names
    of SOPs that the chart names."""
    process = build_process(chart, [text for text, _, _ in steps], dict(names))
    merged = frozenset(row for row, (_, _, above) in enumerate(steps) if above)
    return process, build_timeline(process, [parse_duration(waktu) for _, waktu, _ in steps], merged)
