"""A chart as read → the steps of an activity table that draw just that, and where each symbol and arrow went.

Every symbol is first written out by itself (``simbol``); then each row takes the shortest form that draws the
same. As drawn: a dead end ends without a capsule (``selesai: tidak``), and what nothing leads to begins
without one (``mulai: tidak``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.flow.chart import Chart as Drawn
from generator.flow.chart import build_chart
from generator.flow.steps import SELESAI, build_flow
from generator.form.symbols import Bentuk, Shape
from generator.model.sop import Alur, Arah, Hubungan, Kapsul, Kegiatan, Simbol
from generator.reading.draft.groups import Group, groups
from generator.reading.draft.written import written
from generator.reading.understood import Chart

Path = tuple[str | int, ...]


class Steps(Struct, frozen=True):
    """The steps; where in them a symbol (by id) and an arrow (by its two symbols) stands; joint pairs that
    could not be joined. ``silent``: nothing was drawn between the symbols, so that the steps follow one
    another."""

    kegiatan: tuple[Kegiatan, ...]
    symbols: Mapping[str, Path]
    arrows: Mapping[tuple[str, str], Path]
    apart: tuple[tuple[str, str], ...] = ()
    silent: bool = False


def steps(chart: Chart, rows: Sequence[Kegiatan], actors: Sequence[str], capsule: Kapsul) -> Steps:
    """The rows of a chart (so far without symbols) with what is drawn in them. ``actors`` are the ids of the
    columns, ``capsule`` is how the agency draws starts and ends that no step speaks of."""
    found, apart = groups(chart)
    silent = not chart.edges
    long = written(found, rows, actors, silent)
    begun = _begun(Alur(id="alur", pelaksana=tuple(actors), kegiatan=tuple(long)), silent)
    made = _shortened(begun, capsule)
    symbols, arrows = _places(found, made)
    return Steps(made.kegiatan, symbols, arrows, tuple(apart), silent)


def _begun(alur: Alur, silent: bool) -> Alur:
    """The table with a start, without a capsule, wherever nothing leads to."""
    if silent:
        return alur
    kegiatan = list(alur.kegiatan)
    first = next((r for r, step in enumerate(kegiatan) if step.simbol), None)
    if first is not None and kegiatan[first].simbol[0].bentuk is not Bentuk.KAPSUL:
        kegiatan[first] = replace(kegiatan[first], mulai=Kapsul.TIDAK)
    if kegiatan and not kegiatan[0].simbol:
        kegiatan[0] = replace(kegiatan[0], mulai=Kapsul.TIDAK)
    while True:
        alur = replace(alur, kegiatan=tuple(kegiatan))
        flow = build_flow(alur, Kapsul.SENDIRI)
        ahead: dict[int, list[int]] = {}
        for way in flow.ways:
            ahead.setdefault(way.source, []).append(way.target)
        seen, todo = set(flow.starts), list(flow.starts)
        while todo:
            for target in ahead.get(todo.pop(), ()):
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
        lost = [
            s.row
            for n, s in enumerate(flow.symbols)
            if n not in seen and not s.added and s.part == 0 and kegiatan[s.row].mulai is None
        ]
        entered = {way.target for way in flow.ways}
        bare = [
            s.row for n, s in enumerate(flow.symbols) if s.row in lost and s.part == 0 and n not in entered
        ]
        if not lost:
            return alur
        row = (bare or lost)[0]
        kegiatan[row] = replace(kegiatan[row], mulai=Kapsul.TIDAK)


def _shortened(alur: Alur, capsule: Kapsul) -> Alur:
    """The same drawing with each row as short as can be, and no id that nothing points at."""
    said = facts(alur, capsule)
    for row in range(len(alur.kegiatan)):
        for step in _shorter(alur.kegiatan[row]):
            kegiatan = (*alur.kegiatan[:row], step, *alur.kegiatan[row + 1 :])
            tried = replace(alur, kegiatan=kegiatan)
            if facts(tried, capsule) == said:
                alur = tried
                break
    used = {way.ke for step in alur.kegiatan for s in step.simbol or (step,) for way in s.arah or ()}
    return replace(
        alur,
        kegiatan=tuple(
            replace(
                step,
                id=step.id if step.id in used else None,
                simbol=tuple(replace(s, id=s.id if s.id in used else None) for s in step.simbol),
            )
            for step in alur.kegiatan
        ),
    )


def _shorter(step: Kegiatan) -> Iterator[Kegiatan]:
    """Shorter forms of a row that may draw the same, the shortest first."""
    symbols = list(step.simbol)
    if not symbols:
        return
    if len(symbols) == 1 and symbols[0].bentuk is Bentuk.KAPSUL and not symbols[0].teks:
        bare = replace(step, simbol=(), pelaksana=symbols[0].pelaksana)
        for keys in ({}, {"mulai": Kapsul.PENGGANTI}, {"selesai": Kapsul.PENGGANTI}):
            yield replace(bare, **{"mulai": None, "selesai": None, **keys})
            yield replace(bare, **{"mulai": None, "selesai": None, "arah": symbols[0].arah, **keys})
        return
    start = symbols.pop(0) if symbols[0].bentuk is Bentuk.KAPSUL and not _ending(symbols[0]) else None
    end = symbols.pop() if symbols and symbols[-1].bentuk is Bentuk.KAPSUL else None
    if (
        not symbols
        or any(s.bentuk is Bentuk.KAPSUL for s in symbols)
        or (start and start.teks)
        or (end and end.teks)
    ):
        return
    for style, core in _cores(symbols):
        if core.teks and not core.keputusan:
            continue
        ends = {end.id} if end else set()
        ways = None if core.arah is None else tuple(_short(way, ends, end is not None) for way in core.arah)
        bare = replace(
            step,
            id=core.id or step.id,
            simbol=(),
            pelaksana=core.pelaksana,
            hubungan=style,
            pertanyaan=core.teks,
            keputusan=core.keputusan,
        )
        for begin in (None, step.mulai, Kapsul.SENDIRI) if start or step.mulai else (None,):
            for finish in dict.fromkeys((None, step.selesai, Kapsul.SENDIRI)):
                for out in dict.fromkeys((None, ways)) if not core.keputusan else (ways,):
                    yield replace(bare, mulai=begin, selesai=finish, arah=out)


def _ending(symbol: Simbol) -> bool:
    return symbol.arah == (Arah(ke=SELESAI),)


def _short(way: Arah, ends: set[str | None], next_ends: bool) -> Arah:
    """A way to the capsule of an end is a way to the end."""
    ended = way.ke in ends if way.ke is not None else next_ends
    return replace(way, ke=SELESAI) if ended else way


def _cores(symbols: Sequence[Simbol]) -> Iterator[tuple[Hubungan, Simbol]]:
    """One symbol, or the boxes of a row as one of several actors, in the order of the row or one after
    another."""
    if len(symbols) == 1:
        yield symbols[0].hubungan, symbols[0]
        return
    if any(s.keputusan or s.teks or len(s.pelaksana) > 1 for s in symbols):
        return
    actors = tuple(s.pelaksana[0] for s in symbols)
    if len(set(actors)) == len(actors):
        for style in (Hubungan.PANAH, Hubungan.TANPA):
            yield style, Simbol(id=symbols[0].id, pelaksana=actors, arah=symbols[-1].arah)
            yield style, Simbol(id=symbols[0].id, pelaksana=actors, arah=symbols[0].arah)


Spot = tuple[int, int, int]
"""Of a symbol: its row, its lane, its number in the cell."""
Facts = tuple[
    frozenset[tuple[Spot, Shape, str]], frozenset[tuple[Spot, Spot, str]], frozenset[tuple[Spot, Spot]]
]


def facts(alur: Alur, capsule: Kapsul) -> tuple[Facts, frozenset[int], frozenset[int]]:
    """What is drawn, and the rows in which the flow begins and ends, drawn or not."""
    flow = build_flow(alur, capsule)
    starts, ends = (frozenset(flow.symbols[n].row for n in some) for some in (flow.starts, flow.ends))
    return drawn(build_chart(alur, "alur", {}, capsule)), starts, ends


def drawn(chart: Drawn) -> Facts:
    """What a chart draws, each symbol named by its row, its lane and its place in the cell: symbols, arrows
    and joints."""
    count: dict[tuple[int, int], int] = {}
    names = {}
    for node in chart.nodes:
        count[node.row, node.lane] = count.get((node.row, node.lane), 0) + 1
        names[node.id] = (node.row, node.lane, count[node.row, node.lane])
    return (
        frozenset((names[n.id], n.shape, n.text) for n in chart.nodes),
        frozenset((names[e.source], names[e.target], e.label) for e in chart.edges),
        frozenset((names[p.left], names[p.right]) for p in chart.pairs),
    )


def _places(found: Sequence[Group], alur: Alur) -> tuple[dict[str, Path], dict[tuple[str, str], Path]]:
    """Where the symbols and arrows of the groups stand in the steps."""
    symbols: dict[str, Path] = {}
    arrows: dict[tuple[str, str], Path] = {}
    parts: dict[int, int] = {}
    for group in found:
        part = parts.get(group.row, 0)
        parts[group.row] = part + 1
        step = alur.kegiatan[group.row]
        at: Path = ("kegiatan", group.row)
        if step.simbol:
            at = (*at, "simbol", part)
            ways, decision = step.simbol[part].arah, step.simbol[part].keputusan
        else:
            ways, decision = step.arah, step.keputusan
        for member in group.members:
            symbols[member.id] = (*at, "pelaksana")
        key = "keputusan" if decision else "lanjut" if ways is not None else "pelaksana"
        for _, _, arrow in group.outs:
            arrows[arrow] = (*at, key)
    return symbols, arrows


NUMBER = re.compile(r"[(\[]?\s*(\d{1,3})\s*[)\].]*")


def numbered(numbers: Sequence[str]) -> list[str | None]:
    """Numbers as printed → what a step writes: nothing where it just counts on, "" where none is printed
    beside others that are."""
    if not any(numbers):
        return [None] * len(numbers)
    found: list[str | None] = []
    last = 0
    for number in numbers:
        hit = NUMBER.fullmatch(number.strip())
        if hit and int(hit[1]) == last + 1:
            last += 1
            found.append(None)
        else:
            last = int(number) if number.isdecimal() else last
            found.append(number)
    return found
