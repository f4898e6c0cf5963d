"""Alur + Chart → its steps as lines that open: number, role, sentence and time; inside what is needed, what
comes out, where it leads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from markupsafe import Markup

from generator.flow.chart import Chart
from generator.flow.words import Phrase, StepWords
from generator.form.columns import headed
from generator.formats.escaping import escaped
from generator.formats.html.html import Links, as_list, breakable, fill, link, step_anchor
from generator.formats.html.table import row_anchor
from generator.model.durations import Family, parse_duration
from generator.model.lists import read_list
from generator.model.sop import SOP, Alur


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
    cards = _Cards(number, alur, chart, label, links, 3 if len(sop.alur) == 1 else 4)
    return Markup(f'<ol class="langkah">\n{"".join(map(cards.card, told))}</ol>')


def tools(flows: Iterable[tuple[Chart, Sequence[StepWords]]]) -> Markup:
    """What opens all steps of a page and lights the way of one role, for its script. It stands on the page
    from the start, so that nothing moves when the script comes."""
    roles: dict[str, str] = {}
    some = False
    for chart, told in flows:
        lanes, some = _lanes(chart), some or bool(told)
        for step in told:
            for name, colour in zip(step.actors, _colours(step, lanes), strict=True):
                roles.setdefault(name, colour)
    return fill("langkah_alat.html", {"peran": list(roles.items())}) if some else Markup()


def _lanes(chart: Chart) -> list[list[int]]:
    """The lanes in which each row has a symbol, from left to right."""
    rows: list[set[int]] = [set() for _ in chart.rows]
    for node in chart.nodes:
        rows[node.row].add(node.lane)
    return [sorted(lanes) for lanes in rows]


def _colours(step: StepWords, rows: Sequence[Sequence[int]]) -> list[str]:
    """The colour of the lane of each of its actors, as a class."""
    lanes = rows[step.row]
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


class _Cards:
    """The steps of one flow; ``level`` is that of their headings."""

    def __init__(
        self, number: int, alur: Alur, chart: Chart, label: dict[str, str], links: Links, level: int
    ) -> None:
        self.number, self.alur, self.chart, self.label, self.links = number, alur, chart, label, links
        self.level, self.lanes, self.bars = level, _lanes(chart), _bars(alur)
        self.ids = {lane.heading: lane.id for lane in chart.lanes}
        self.columns = [one for one in headed(label).cells if one.key != "waktu"]  # that is in the summary

    def card(self, step: StepWords) -> str:
        anchor, name = step_anchor(self.number, step.row), escaped(step.name.lower())
        number = self.chart.rows[step.row].number.rstrip(".") or "•"
        lanes = " ".join(map(str, self.lanes[step.row]))
        actors = [(escaped(actor), self.links.actor(self.ids.get(actor, ""))) for actor in step.actors]
        tasks = "".join(
            f'<a href="{escaped(url)}">Semua tugas {actor}</a> · ' for actor, url in actors if url
        )
        return (
            f'<li id="{anchor}" data-lajur="{lanes}">\n<details>\n<summary>'
            f'<span class="langkah-no" aria-hidden="true">{escaped(number)}</span>'
            f"{self._heading(step)}{self._time(step.row)}</summary>\n"
            f'<div class="langkah-rinci">\n{self._details(step.row)}{self._onward(step)}'
            f'<p class="langkah-tautan">{tasks}<a href="#{row_anchor(anchor)}">Lihat di tabel</a> · '
            f'<a class="langkah-nama" href="#{anchor}">Tautan ke {name}</a></p>\n</div>\n</details>\n</li>\n'
        )

    def _heading(self, step: StepWords) -> str:
        """Who does what."""
        actors = "".join(
            f'<span class="pelaku {colour}">{escaped(actor)}</span> '
            for actor, colour in zip(step.actors, _colours(step, self.lanes), strict=True)
        )
        sharing = f'<span class="lengkap">{step.sharing}</span> ' if step.sharing else ""
        return (
            f'<h{self.level} class="langkah-isi"><span class="hanya-pembaca-layar">{escaped(step.name)}. '
            f"</span>{actors}{sharing}<bdi>{breakable(self.alur.kegiatan[step.row].uraian)}</bdi></h{self.level}>"
        )

    def _time(self, row: int) -> str:
        step, bar = self.alur.kegiatan[row], self.bars[row]
        drawn = (
            '<svg class="waktu-batang" width="100%" height="0.4em" aria-hidden="true">'
            f'<rect class="waktu-kerja" x="0" width="{bar}" height="100%"/></svg>'
        )
        if step.waktu:
            return (
                f'<span class="langkah-waktu">{drawn if bar else ""}<bdi>{escaped(step.waktu)}</bdi></span>'
            )
        joint = "waktu" in step.gabung
        return '<span class="langkah-waktu">bersama langkah di atas</span>' if joint else ""

    def _details(self, row: int) -> str:
        """What is needed and what comes out."""
        said = [(column, column.of(self.alur.kegiatan[row])) for column in self.columns]
        rows = "".join(
            f"<div><dt>{escaped(self.label[column.key])}</dt>"
            f"<dd>{as_list(read_list([line for line in lines if line]))}</dd></div>\n"
            for column, lines in said
            if any(lines) and (column.counted or lines != ("-",))
        )
        return f"<dl>\n{rows}</dl>\n" if rows else ""

    def _onward(self, step: StepWords) -> str:
        """What is asked, and where it leads."""
        question = f"<span>Keputusan: <bdi>{escaped(step.question)}</bdi></span> " if step.question else ""
        ways = "".join(f"{''.join(map(self._phrase, sentence))} " for sentence in step.sentences)
        return f'<p class="langkah-arah">{question}{ways}</p>\n'

    def _phrase(self, phrase: Phrase) -> str:
        if phrase.row is not None:
            return link(phrase.text, f"#{step_anchor(self.number, phrase.row)}")
        url = self.links.sop(phrase.sop) if phrase.sop else None
        return link(phrase.text, url) if url else escaped(phrase.text)
