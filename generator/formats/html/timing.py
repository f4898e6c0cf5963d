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
from generator.formats.html.html import Links, fill, step_anchor
from generator.model.durations import Family, Span, number_text, span_text
from generator.model.sop import Alur


class Step(Struct, frozen=True):
    """A step as the tables name it: "Langkah 3", its actors, its place on the page."""

    name: str
    actors: str
    url: str


def times(alur: Alur, number: int, chart: Chart, timeline: Timeline, links: Links) -> Markup:
    """The times of one flow: how long the shortest and the longest way take, when each step comes, how
    much of it is whose. ``number`` counts the flows of the SOP from 0."""
    if not timeline.families:
        return Markup()
    steps = _steps(alur, number, chart)
    heading = alur.judul if number else None
    return fill(
        "waktu.html",
        {
            "judul": heading,
            "kalimat": [*time_sentences(timeline, [step.name for step in steps])],
            "keluarga": [_family(family, alur, steps) for family in timeline.families],
            "pelaksana": [
                {
                    "nama": chart.lanes[actor.lane].heading,
                    "url": links.actor(chart.lanes[actor.lane].id),
                    "langkah": [
                        (steps[row].url, chart.rows[row].number or f"baris {row + 1}") for row in actor.rows
                    ],
                    "batang": _shares(actor, timeline),
                    "lain": _unmeasured(actor),
                }
                for actor in timeline.actors
                if actor.rows
            ],
            "bersama": any(actor.joint for actor in timeline.actors),
        },
    )


def trails(alur: Alur, number: int, chart: Chart, found: Sequence[Trail], links: Links) -> Markup:
    """The way of each document through the actors."""
    if not found:
        return Markup()
    steps = _steps(alur, number, chart)
    return fill(
        "jejak.html",
        {
            "jejak": [
                {
                    "nama": trail.text,
                    "langkah": [(steps[stop.row], _role(stop.needed, stop.made)) for stop in trail.stops],
                }
                for trail in found
            ]
        },
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


def _family(family: FamilyTime, alur: Alur, steps: Sequence[Step]) -> dict[str, object]:
    whole = max([family.worst, *(row.latest for row in family.rows)])
    rows = [
        {
            "langkah": steps[row.row],
            "waktu": alur.kegiatan[row.row].waktu or "",
            "rentang": _place(row),
            "lebar": _bar(row.earliest, row.latest, whole),
            "kerja": _bar(row.earliest, row.earliest + (row.low or row.high), whole),
        }
        for row in family.rows
    ]
    extra = None
    if family.returns:
        extra = {
            "waktu": span_text(Span(family.family, family.returns, family.returns)),
            "lebar": _bar(family.forward, family.worst, whole),
        }
    return {"satuan": str(family.family), "langkah": rows, "kembali": extra, "jumlah": number_text(whole)}


def _place(row: RowTime) -> str:
    return f"{number_text(row.earliest)}–{number_text(row.latest)}"


def _bar(start: Fraction, end: Fraction, whole: Fraction) -> tuple[str, str]:
    """Left and width of a bar as percentages."""
    share = 100 / whole if whole else Fraction(0)
    return f"{float(start * share):.2f}%", f"{float((end - start) * share):.2f}%"


def _shares(actor: ActorTime, timeline: Timeline) -> list[dict[str, str]]:
    """A bar for each family of units: the actor's longest time beside that of the busiest actor."""
    bars = []
    for span in actor.total.spans:
        most = max(s.high for a in timeline.actors for s in a.total.spans if s.family is span.family)
        bars.append({"teks": span_text(span), "lebar": _bar(Fraction(0), span.high, most)[1]})
    return bars


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
