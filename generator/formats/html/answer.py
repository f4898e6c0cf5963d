"""SOP + timelines → what a reader asks first: how long, who signs, who begins, what comes out, how it stands.

What the source does not say is left out here; the notices say what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.revisions import VersionState, is_revoked
from generator.flow.chart import Chart, left
from generator.flow.timeline import Timeline
from generator.form.symbols import Shape
from generator.formats.html.html import step_anchor
from generator.formats.html.timing import time_range
from generator.model.sop import SOP, Alur

_SIGNS = re.compile(r"\b(?:menandatangani|tanda ?tangani|membubuhkan tanda ?tangan|penandatanganan)\b", re.I)
"""A step in which somebody signs; "yang sudah ditandatangani" is none."""
_BLANK = frozenset({"", "-", "–", "—"})


class StepActor(Struct, frozen=True):
    """Somebody in a step: the actor's id, and the step's place on the page."""

    actor: str
    anchor: str


class Answer(Struct, frozen=True):
    """``time`` is how long the flows take (one line each), ``results`` what the last steps give."""

    state: str
    number: str
    time: tuple[str, ...]
    signs: tuple[StepActor, ...]
    begins: tuple[StepActor, ...]
    results: tuple[str, ...]


def answer(
    sop: SOP, catalogue: Catalogue, timelines: Sequence[Timeline], state: VersionState, day: date | None
) -> Answer:
    """The answer of one SOP; ``timelines`` in the order of its flows, ``state`` that of the version shown."""
    flows = list(enumerate(zip(sop.alur, catalogue.charts[sop.slug], strict=True)))
    begins = [StepActor(actor, step_anchor(at, 0)) for at, (_, chart) in flows for actor in _actors(chart, 0)]
    return Answer(
        state_word(sop, state, day),
        number_of(sop),
        how_long(timelines),
        tuple(dict.fromkeys(one for at, (alur, chart) in flows for one in _signers(at, alur, chart))),
        tuple(dict.fromkeys(begins)),
        tuple(dict.fromkeys(text for _, (alur, chart) in flows for text in _results(alur, chart))),
    )


def number_of(sop: SOP) -> str:
    """Its number, "" where it has none."""
    number = (sop.nomor or "").strip()
    return "" if number in _BLANK else number


def how_long(timelines: Sequence[Timeline]) -> tuple[str, ...]:
    """How long the flows take, those of which that is known."""
    return tuple(text for line in timelines if (text := time_range(line)))


def state_word(sop: SOP, state: VersionState, day: date | None) -> str:
    """How an SOP stands of which a version stands so, in one word where one will do."""
    if is_revoked(sop, day):
        return "Dicabut"
    if state is VersionState.RANCANGAN or sop.klasifikasi is None:
        return "Rancangan"
    if state is VersionState.AKAN:
        return "Belum berlaku"
    if not number_of(sop):
        return "Belum bernomor"
    return "Berlaku" if state is VersionState.BERLAKU else "Tanggal berlaku belum ada"


def _actors(chart: Chart, row: int) -> list[str]:
    lanes = sorted({node.lane for node in chart.nodes if node.row == row})
    return [chart.lanes[lane].id for lane in lanes]


def _signers(number: int, alur: Alur, chart: Chart) -> Iterable[StepActor]:
    for row, step in enumerate(alur.kegiatan):
        if _SIGNS.search(step.uraian):
            yield from (StepActor(actor, step_anchor(number, row)) for actor in _actors(chart, row))


def _results(alur: Alur, chart: Chart) -> Iterable[str]:
    """Output of the steps after which the flow ends."""
    leading = left(chart)
    ends = {node.id for node in chart.nodes if node.id not in leading}
    before = {edge.source for edge in chart.edges if edge.target in ends}
    capsules = {node.id for node in chart.nodes if node.id in ends and node.shape is Shape.TERMINATOR}
    last = {node.row for node in chart.nodes if node.id in before | (ends - capsules)}
    last |= {node.row for node in chart.nodes if node.id in capsules}
    for row in sorted(last):
        if (text := (alur.kegiatan[row].output or "").strip()) not in _BLANK:
            yield text
