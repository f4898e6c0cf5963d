"""Alur + Chart → its steps as lines that open: number, role, sentence and time; inside what is needed, what
comes out, where it leads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from generator.flow.chart import Chart
from generator.flow.words import Phrase, StepWords
from generator.form.columns import headed
from generator.formats.html.html import Links, fill, step_anchor
from generator.formats.html.table import row_anchor
from generator.model.durations import Family, parse_duration
from generator.model.lists import read_list
from generator.model.sop import SOP, Alur, Kegiatan


def words(
    sop: SOP,
    number: int,
    alur: Alur,
    chart: Chart,
    label: dict[str, str],
    links: Links,
    told: Sequence[StepWords],
) -> Markup:
    """The steps of one flow: each a sentence that opens to all that is said of it."""
    cards = [_told(step, number, alur.kegiatan[step.row], chart, label, links) for step in told]
    level = 3 if len(sop.alur) == 1 else 4
    return fill("langkah.html", {"langkah": cards, "tingkat": level, "batang": _bars(alur)})


def tools(flows: Iterable[tuple[Chart, Sequence[StepWords]]]) -> Markup:
    """What opens all steps of a page and lights the way of one role, for its script. It stands on the page
    from the start, so that nothing moves when the script comes."""
    steps = [(step, chart) for chart, told in flows for step in told]
    roles: dict[str, str] = {}
    for step, chart in steps:
        for name, colour in zip(step.actors, _colours(step, chart), strict=True):
            roles.setdefault(name, colour)
    return fill("langkah_alat.html", {"peran": list(roles.items())}) if steps else Markup()


def _lanes(step: StepWords, chart: Chart) -> list[int]:
    return sorted({node.lane for node in chart.nodes if node.row == step.row})


def _colours(step: StepWords, chart: Chart) -> list[str]:
    """The colour of the lane of each of its actors, as a class."""
    lanes = _lanes(step, chart)
    return [f"lajur-{lanes[n] % 8 if n < len(lanes) else 0}" for n in range(len(step.actors))]


def _bars(alur: Alur) -> list[str]:
    """How long each step takes beside the longest of its unit, as a width; "" where that cannot be said, and
    everywhere where all are as long, as bars would say nothing."""
    spans = [parse_duration(step.waktu).spans if step.waktu else () for step in alur.kegiatan]
    most: dict[Family, Fraction] = {}
    for span in (one for many in spans if len(many) == 1 for one in many):
        most[span.family] = max(most.get(span.family, Fraction(0)), span.high)
    bars = [
        f"{float(100 * many[0].high / most[many[0].family]):.0f}%"
        if len(many) == 1 and most[many[0].family]
        else ""
        for many in spans
    ]
    return bars if len(set(bars) - {""}) > 1 else [""] * len(bars)


def _told(
    step: StepWords, number: int, kegiatan: Kegiatan, chart: Chart, label: dict[str, str], links: Links
) -> dict[str, Any]:
    ids = {lane.heading: lane.id for lane in chart.lanes}
    columns = [
        column for column in headed(label).cells if column.key != "waktu"
    ]  # that stands in the summary
    details = [(label[c.key], c.of(kegiatan)) for c in columns if c.counted or c.of(kegiatan) != ("-",)]
    return {
        "anchor": step_anchor(number, step.row),
        "baris": row_anchor(step_anchor(number, step.row)),
        "kata": step,
        "no": chart.rows[step.row].number.rstrip("."),
        "kegiatan": kegiatan,
        "lajur": _lanes(step, chart),
        "warna": _colours(step, chart),
        "pelaksana": [(name, links.actor(ids.get(name, ""))) for name in step.actors],
        "rincian": [
            (name, read_list([line for line in lines if line])) for name, lines in details if any(lines)
        ],
        "arah": [
            [(phrase.text, _phrase_url(phrase, number, links)) for phrase in sentence]
            for sentence in step.sentences
        ],
    }


def _phrase_url(phrase: Phrase, number: int, links: Links) -> str | None:
    if phrase.row is not None:
        return f"#{step_anchor(number, phrase.row)}"
    return links.sop(phrase.sop) if phrase.sop else None
