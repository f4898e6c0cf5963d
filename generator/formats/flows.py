"""SOP + Catalogue → what pages and formats tell of each of its flows: process, times, steps in words."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.flow.chart import Chart
from generator.flow.process import Process, build_process
from generator.flow.timeline import Timeline, build_timeline
from generator.flow.words import StepWords, steps_in_words
from generator.model.durations import parse_duration
from generator.model.sop import SOP, Alur


class FlowReadings(Struct, frozen=True):
    """One flow, read in three ways."""

    process: Process
    timeline: Timeline
    steps: tuple[StepWords, ...]


def timelines(sop: SOP, catalogue: Catalogue) -> list[Timeline]:
    """The times of each flow of an SOP."""
    return [flow.timeline for flow in flows_of(sop, catalogue)]


def flows_of(sop: SOP, catalogue: Catalogue) -> list[FlowReadings]:
    """The readings of each flow."""
    names = tuple(catalogue.names(sop).items())
    charts = catalogue.charts[sop.slug]
    return [_read(alur, chart, names) for alur, chart in zip(sop.alur, charts, strict=True)]


@lru_cache(maxsize=16)
def _read(alur: Alur, chart: Chart, names: tuple[tuple[str, str], ...]) -> FlowReadings:
    """The latest are kept: the page of an SOP, the files beside it, its record and that of its version ask
    for the same ones. ``names`` are slugs and names of the SOPs that the SOP names."""
    process = build_process(chart, [step.uraian for step in alur.kegiatan], dict(names))
    merged = frozenset(row for row, step in enumerate(alur.kegiatan) if "waktu" in step.gabung)
    timeline = build_timeline(process, [parse_duration(step.waktu) for step in alur.kegiatan], merged)
    return FlowReadings(process, timeline, steps_in_words(alur, chart, dict(names)))
