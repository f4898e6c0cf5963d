"""SOP + Catalogue → what is said of it where it is told in words, and its flows in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.data.catalogue import Catalogue
from generator.data.revisions import VersionState
from generator.flow.timeline import Timeline
from generator.formats.flows import flows_of
from generator.formats.html.answer import StepActor, answer
from generator.formats.html.page import flow_titles
from generator.formats.open_data.records import on_site
from generator.formats.plain.told import About, FlowWords
from generator.model.sop import SOP


def about(sop: SOP, catalogue: Catalogue, lines: Sequence[Timeline]) -> About:
    """What is said of an SOP as a whole; ``lines`` are the times of its flows."""
    names = catalogue.names(sop)
    found = answer(sop, catalogue, lines, VersionState.BERLAKU, None)
    return About(
        agency=catalogue.instansi.nama,
        unit=catalogue.unit[sop.unit].nama if sop.unit in catalogue.unit else "",
        page=on_site(catalogue, f"sop/{sop.slug}/") or "",
        time=found.time,
        signs=_people(found.signs, catalogue),
        begins=_people(found.begins, catalogue),
        results=found.results,
        laws=tuple(catalogue.hukum[id].kutipan for id in sop.dasar_hukum if id in catalogue.hukum),
        related=tuple(one.teks or names.get(one.sop or "", "") for one in sop.keterkaitan),
    )


def in_words(sop: SOP, catalogue: Catalogue) -> list[FlowWords]:
    """Its flows in words, in their order."""
    flows, charts = flows_of(sop, catalogue), catalogue.charts[sop.slug]
    return [
        FlowWords(title, alur, flow.steps, tuple(row.number for row in chart.rows))
        for title, alur, chart, flow in zip(flow_titles(sop), sop.alur, charts, flows, strict=True)
    ]


def _people(steps: Iterable[StepActor], catalogue: Catalogue) -> tuple[str, ...]:
    ids = dict.fromkeys(step.actor for step in steps)
    actors = [catalogue.pelaksana[id] for id in ids if id in catalogue.pelaksana]
    return tuple(f"{one.nama} ({one.lengkap})" if one.lengkap else one.nama for one in actors)
