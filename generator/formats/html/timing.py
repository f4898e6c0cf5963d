"""Timeline and trails of a flow → its times and its documents as pictures, with the same facts in words.

A bar is an SVG whose places are percentages, so it is as wide as its cell on any device; colours come from
classes (``waktu.css``). Each bar stands in a table cell that says in words what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from markupsafe import Markup
from msgspec import Struct

from generator.flow.chart import Chart
from generator.flow.timeline import ActorTime, FamilyTime, RowTime, Timeline
from generator.flow.trail import Trail
from generator.flow.words import listed, step_names
from generator.formats.escaping import escaped
from generator.formats.html.html import Links, link, step_anchor
from generator.model.durations import Family, Span, number_text, span_text
from generator.model.sop import Alur

_BAR = '<svg class="waktu-batang" width="100%" height="0.8em" aria-hidden="true">'
_ARROW = (
    '<svg class="jejak-panah" viewBox="0 0 24 12" width="24" height="12" aria-hidden="true">'
    '<path d="M0 6h17"/><path class="jejak-kepala" d="M24 6l-8-4v8z"/></svg>'
)


class Step(Struct, frozen=True):
    """A step as the tables name it: "Langkah 3", its actors, its place on the page."""

    name: str
    actors: str
    url: str

    def link(self) -> str:
        return f'<a href="{self.url}">{escaped(self.name)}</a>'


def times(alur: Alur, number: int, chart: Chart, timeline: Timeline, links: Links) -> Markup:
    """The times of one flow: how long the shortest and the longest way take, when each step comes, how
    much of it is whose. ``number`` counts the flows of the SOP from 0."""
    if not timeline.families:
        return Markup()
    steps = _steps(alur, number, chart)
    heading = f"<h3>{escaped(alur.judul)}</h3>\n" if number and alur.judul else ""
    said = "".join(
        f"<p>{escaped(one)}</p>\n" for one in time_sentences(timeline, [one.name for one in steps])
    )
    tables = "".join(_family(family, alur, steps) for family in timeline.families)
    rows = "".join(_actor(actor, chart, steps, timeline, links) for actor in timeline.actors if actor.rows)
    heads = ("Pelaksana", "Langkah", "Waktu")
    joint = any(actor.joint for actor in timeline.actors)
    note = "<p>Waktu langkah yang dikerjakan bersama dihitung untuk tiap pelaksananya.</p>\n" if joint else ""
    return Markup(
        f'{heading}<div class="waktu" data-pagefind-ignore>\n{said}{tables}'
        f"{_table('Waktu tiap pelaksana, jumlah semua langkahnya', heads, rows)}{note}</div>"
    )


def trails(alur: Alur, number: int, chart: Chart, found: Sequence[Trail]) -> Markup:
    """The way of each document through the actors."""
    if not found:
        return Markup()
    steps = _steps(alur, number, chart)
    ways = "".join(
        f'<li><p class="jejak-nama"><bdi>{escaped(trail.text)}</bdi></p>\n<ol>\n'
        f"{''.join(_stops(trail, steps))}</ol>\n</li>\n"
        for trail in found
    )
    return Markup(f'<ul class="jejak" data-pagefind-ignore>\n{ways}</ul>')


def _stops(trail: Trail, steps: Sequence[Step]) -> Iterable[str]:
    for at, stop in enumerate(trail.stops):
        step = steps[stop.row]
        yield (
            f'<li>{_ARROW if at else ""}<span class="jejak-henti"><strong><bdi>{escaped(step.actors or "–")}'
            f'</bdi></strong> {step.link()} <span class="jejak-peran">{_role(stop.needed, stop.made)}</span>'
            "</span></li>\n"
        )


def time_range(timeline: Timeline, returned: bool = True) -> str:
    """How long a flow takes from start to end, in a few words, and what that leaves out; "" where no time is
    known. ``returned``: with the words that a return takes longer."""
    families = [family for family in timeline.families if family.forward]
    if not families:
        return ""
    told = listed([span_text(Span(family.family, family.best, family.forward)) for family in families])
    without = [f"belum termasuk {len(timeline.unknown)} langkah tanpa waktu"] if timeline.unknown else []
    longer = returned and any(family.returns for family in families)
    more = ["lebih lama bila dikembalikan"] if longer else []
    return f"{told} ({'; '.join([*without, *more])})" if without or more else told


def time_sentences(timeline: Timeline, names: Sequence[str]) -> Iterable[str]:
    """What the picture shows, in sentences; ``names`` are those of the rows ("Langkah 3")."""
    best = _sum((family.family, family.best) for family in timeline.families)
    forward = _sum((family.family, family.forward) for family in timeline.families)
    back = [(family.family, family.returns) for family in timeline.families if family.returns]
    returns = _sum(back) if back else ""
    if best == forward:
        yield f"Dari mulai sampai selesai: {best}{' bila tidak ada yang dikembalikan' if returns else ''}."
    else:
        end = " bila tidak ada yang dikembalikan" if returns else ""
        yield f"Dari mulai sampai selesai: paling cepat {best}, paling lama {forward}{end}."
    if returns:
        several = len(timeline.returns) > 1
        many = "Setiap pengembalian dihitung satu kali" if several else "Bila satu kali dikembalikan"
        yield f"{many}: paling banyak bertambah {returns}."
    if timeline.unknown:
        left_out = [names[row] for row in timeline.unknown]
        yield f"Tidak terhitung karena waktunya tidak disebut atau tidak terukur: {listed(left_out)}."
    if timeline.per:
        yield f"Sebagian waktu dihitung per {listed(timeline.per)}."
    if len(timeline.families) > 1:
        units = listed([str(family.family) for family in timeline.families])
        yield f"Satuan {units} dihitung terpisah karena naskah tidak menyebut kesetaraannya."


def _steps(alur: Alur, number: int, chart: Chart) -> list[Step]:
    return [
        Step(name, listed(actors), f"#{step_anchor(number, row)}")
        for row, (name, actors) in enumerate(step_names(alur, chart))
    ]


def _table(caption: str, heads: Iterable[str], rows: str) -> str:
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return (
        f'<table class="waktu-tabel">\n<caption>{caption}</caption>\n<thead><tr>{columns}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table>\n"
    )


def _family(family: FamilyTime, alur: Alur, steps: Sequence[Step]) -> str:
    """When each step comes, in one family of units."""
    whole = max([family.worst, *(row.latest for row in family.rows)])
    share = 100 / whole if whole else Fraction(0)
    rows = [_row(row, steps[row.row], alur.kegiatan[row.row].waktu or "", share) for row in family.rows]
    if family.returns:
        took = span_text(Span(family.family, family.returns, family.returns))
        drawn = _rect("kembali", family.forward, family.worst, share)
        rows.append(
            f'<tr><th scope="row">Pengembalian, masing-masing satu kali</th><td>{escaped(took)}</td>'
            f'<td class="waktu-letak">{_BAR}{drawn}</svg> sampai {number_text(whole)}</td></tr>\n'
        )
    caption = f"Waktu tiap langkah, dalam {escaped(str(family.family))} sejak mulai"
    heads = ("Langkah", "Waktu", "Paling cepat mulai – paling lambat selesai")
    return _table(caption, heads, "".join(rows))


def _row(row: RowTime, step: Step, said: str, share: Fraction) -> str:
    actors = f' <span class="waktu-siapa">{escaped(step.actors)}</span>' if step.actors else ""
    span = _rect("rentang", row.earliest, row.latest, share)
    work = _rect("kerja", row.earliest, row.earliest + (row.low or row.high), share)
    return (
        f'<tr><th scope="row">{step.link()}{actors}</th><td><bdi>{escaped(said)}</bdi></td>'
        f'<td class="waktu-letak">{_BAR}{span}{work}</svg> {_place(row)}</td></tr>\n'
    )


def _actor(actor: ActorTime, chart: Chart, steps: Sequence[Step], timeline: Timeline, links: Links) -> str:
    lane = chart.lanes[actor.lane]
    numbers = ", ".join(
        f'<a href="{steps[row].url}">{escaped(chart.rows[row].number or f"baris {row + 1}")}</a>'
        for row in actor.rows
    )
    rest = _unmeasured(actor)
    left_out = f'<span class="waktu-siapa">{escaped(rest)}</span>' if rest else ""
    return (
        f'<tr><th scope="row">{link(lane.heading, links.actor(lane.id))}</th><td>{numbers}</td>'
        f'<td class="waktu-letak">{"".join(_shares(actor, timeline))}{left_out}</td></tr>\n'
    )


def _place(row: RowTime) -> str:
    return f"{number_text(row.earliest)}–{number_text(row.latest)}"


def _rect(kind: str, start: Fraction, end: Fraction, share: Fraction) -> str:
    """A bar from a moment to another; ``share`` is what one unit is of a hundred."""
    left, width = float(start * share), float((end - start) * share)
    return f'<rect class="waktu-{kind}" x="{left:.2f}%" width="{width:.2f}%" height="100%"/>'


def _shares(actor: ActorTime, timeline: Timeline) -> Iterable[str]:
    """A bar for each family of units: the actor's longest time beside that of the busiest actor."""
    for span in actor.total.spans:
        most = max(s.high for a in timeline.actors for s in a.total.spans if s.family is span.family)
        width = float(span.high * (100 / most if most else 0))
        drawn = f'<rect class="waktu-kerja" x="0" width="{width:.2f}%" height="100%"/>'
        yield f"{_BAR}{drawn}</svg> {escaped(span_text(span))}"


def _unmeasured(actor: ActorTime) -> str:
    """What the bars leave out, in words."""
    left_out = f"{actor.total.unknown} langkah tanpa waktu terukur" if actor.total.unknown else ""
    per = f"sebagian dihitung per {listed(actor.total.per)}" if actor.total.per else ""
    return "; ".join(part for part in (left_out, per) if part)


def _role(needed: bool, made: bool) -> str:
    if needed and made:
        return "dipakai dan dihasilkan"
    return "dihasilkan" if made else "dipakai"


def _sum(parts: Iterable[tuple[Family, Fraction]]) -> str:
    return listed([span_text(Span(family, value, value)) for family, value in parts if value]) or "0"
