"""Alur → Flow: the symbols of an activity table in order, their ways out resolved, capsules added.

The step between the words of the data and the ``Chart``: here "the next step", ids, ``selesai`` and the
capsules of start and end get their meaning; joint actors are still one symbol.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from generator.form.symbols import BY_WORD, Bentuk, Shape
from generator.model.sop import Alur, Arah, Garis, Hubungan, Kapsul, Kegiatan, Simbol

SELESAI, LEPAS = "selesai", "lepas"
"""Targets of a way: the end, and nothing that the source says."""


class FlowSymbol(Struct):
    """A symbol, standing in one lane or jointly in several.

    ``part`` is its place among the symbols of its step; one that is ``joined`` has a joint line to the
    symbol before it; a capsule that the data does not write but asks for is ``added``; one that stands for
    an end left ``loose`` is not drawn.
    """

    id: str
    row: int
    part: int
    lanes: tuple[int, ...]
    shape: Shape
    style: Hubungan = Hubungan.GARIS
    text: str = ""
    sop: str | None = None
    joined: bool = False
    added: bool = False
    loose: bool = False


class StepWay(Struct, frozen=True):
    """From one symbol (index) to another; ``number`` counts the ways that the data writes for the source,
    None: the data writes none and the flow just goes on. ``out`` and ``into`` are the lanes of the joint
    actors that it is drawn between, None: the nearest."""

    source: int
    target: int
    label: str = ""
    number: int | None = None
    out: int | None = None
    into: int | None = None
    dashed: bool = False


class LostWay(Struct, frozen=True):
    """A way to an id that does not exist."""

    row: int
    part: int
    number: int
    target: str


class Flow(Struct):
    """``starts`` and ``ends`` are the symbols (indices) where the flow begins and stops, added capsules
    left aside; ``lost`` the ways that lead nowhere."""

    symbols: list[FlowSymbol] = []
    ways: list[StepWay] = []
    starts: list[int] = []
    ends: list[int] = []
    lost: list[LostWay] = []

    def team(self, index: int) -> range:
        """The symbols that joint lines join with one, itself among them."""
        first, after = index, index + 1
        while self.symbols[first].joined:
            first -= 1
        while after < len(self.symbols) and self.symbols[after].joined:
            after += 1
        return range(first, after)

    def ahead(self) -> dict[int, list[int]]:
        """The symbols that each leads to; those that are joined lead to one another."""
        found: dict[int, list[int]] = {}
        for way in self.ways:
            found.setdefault(way.source, []).append(way.target)
        for index, symbol in enumerate(self.symbols):
            if symbol.joined:
                found.setdefault(index - 1, []).append(index)
                found.setdefault(index, []).append(index - 1)
        return found


def symbols_of(step: Kegiatan) -> tuple[Simbol, ...]:
    """The symbols of a step: those of its long form, or the one that its short form means."""
    if step.simbol:
        return step.simbol
    known = _LATEST.get(id(step))
    if known is None or known[0] is not step:
        if len(_LATEST) >= _KEPT:
            _LATEST.clear()
        known = _LATEST[id(step)] = step, (_short(step),)
    return known[1]


_LATEST: dict[int, tuple[Kegiatan, tuple[Simbol, ...]]] = {}
_KEPT = 256
"""The symbols of the latest steps: one SOP is asked many times in a row."""


def _short(step: Kegiatan) -> Simbol:
    return Simbol(
        bentuk=Bentuk.BELAH_KETUPAT if step.keputusan else Bentuk.KOTAK,
        pelaksana=step.pelaksana,
        hubungan=step.hubungan,
        teks=step.pertanyaan,
        arah=step.arah,
        keputusan=step.keputusan,
        sop=step.sop,
    )


def row_id(alur: Alur, row: int) -> str:
    """Id of a step: its own, or one that no author can write."""
    return alur.kegiatan[row].id or f"langkah_{row + 1}"


def build_flow(alur: Alur, capsule: Kapsul) -> Flow:
    """Resolve one table; ``capsule`` is how starts and ends are drawn where a step does not say."""
    flow = Flow()
    written: list[tuple[int, Simbol]] = []
    order = {actor: lane for lane, actor in reversed(list(enumerate(alur.pelaksana)))}
    for row, step in enumerate(alur.kegiatan):
        for part, symbol in enumerate(symbols_of(step)):
            flow.symbols.append(_symbol(alur, row, part, symbol, order))
            written.append((row, symbol))
    entries = _entries(alur, flow.symbols)
    lanes: dict[str | None, int] = {actor: lane for lane, actor in enumerate(alur.pelaksana)}
    count = len(written)
    speaking = [_speaks(flow, written, index) for index in range(count)]
    for index, (row, symbol) in enumerate(written):
        if speaking[index]:
            following = _goes_on(alur, flow.symbols, flow.team(index)[-1], count)
            _add_ways(flow, index, symbol, following, entries, lanes)
        if index == 0 or (flow.symbols[index].part == 0 and alur.kegiatan[row].mulai is not None):
            flow.starts.append(index)
    flow.starts = sorted({*flow.starts, *_written_starts(flow)})
    for index in list(flow.starts):
        _draw_start(flow, index, alur.kegiatan[flow.symbols[index].row].mulai, capsule)
    leading = {way.source for way in flow.ways}
    for index, (row, symbol) in enumerate(written):
        if speaking[index]:
            count = len(flow.ways)
            _draw_end(flow, index, symbol, leading, alur.kegiatan[row].selesai, capsule)
            leading |= {way.source for way in flow.ways[count:]}
    return flow


def _symbol(alur: Alur, row: int, part: int, symbol: Simbol, order: Mapping[str, int]) -> FlowSymbol:
    lanes = [order[actor] for actor in symbol.pelaksana if actor in order]
    if symbol.hubungan is not Hubungan.PANAH:
        lanes.sort()
    base = row_id(alur, row)
    own = symbol.id or (base if part == 0 else f"{base}_s{part + 1}")
    shape = BY_WORD[symbol.bentuk].shape
    joined = symbol.bersama and part > 0
    return FlowSymbol(own, row, part, tuple(lanes), shape, symbol.hubungan, symbol.teks, symbol.sop, joined)


def _speaks(flow: Flow, written: Sequence[tuple[int, Simbol]], index: int) -> bool:
    """Whether a symbol says where the flow goes on: of those that are joined the ones that write it, else the
    last."""
    team = flow.team(index)
    silent = all(written[n][1].arah is None for n in team)
    return index == team[-1] if silent else written[index][1].arah is not None


def _entries(alur: Alur, symbols: list[FlowSymbol]) -> dict[str, int]:
    """What an id in ``lanjut`` or ``keputusan`` points at: a symbol, or the first symbol of a step."""
    entries: dict[str, int] = {}
    for index, symbol in enumerate(symbols):
        step = alur.kegiatan[symbol.row]
        if symbol.part == 0 and step.id:
            entries.setdefault(step.id, index)
        if step.simbol and (own := step.simbol[symbol.part].id):
            entries.setdefault(own, index)
    return entries


def _goes_on(alur: Alur, symbols: list[FlowSymbol], index: int, count: int) -> int | None:
    """The symbol after this one; None where the flow stops unless the data says otherwise."""
    if index + 1 >= count:
        return None
    last_of_step = symbols[index + 1].row != symbols[index].row
    return None if last_of_step and _stops(alur.kegiatan[symbols[index].row]) else index + 1


def _stops(step: Kegiatan) -> bool:
    symbols = symbols_of(step)
    last = len(symbols) - 1
    while last > 0 and symbols[last].bersama:
        last -= 1
    return step.selesai is not None and all(symbol.arah is None for symbol in symbols[last:])


def _add_ways(
    flow: Flow,
    index: int,
    symbol: Simbol,
    following: int | None,
    entries: Mapping[str, int],
    lanes: Mapping[str | None, int],
) -> None:
    if symbol.arah is None:
        if following is not None:
            flow.ways.append(StepWay(index, following))
        return
    for number, way in enumerate(symbol.arah):
        if way.sop is not None or way.teks or way.ke in (SELESAI, LEPAS):
            continue  # drawn with the end
        target = following if way.ke is None else entries.get(way.ke)
        if target is not None:
            out, into = lanes.get(way.dari), lanes.get(way.pelaksana)
            flow.ways.append(StepWay(index, target, way.label, number, out, into, way.garis is Garis.PUTUS))
        elif way.ke is not None:
            source = flow.symbols[index]
            flow.lost.append(LostWay(source.row, source.part, number, way.ke))


def _written_starts(flow: Flow) -> set[int]:
    """Capsules of the long form that nothing leads to and that lead on: they open a flow of their own."""
    sources, targets = {way.source for way in flow.ways}, {way.target for way in flow.ways}
    return {
        n
        for n, symbol in enumerate(flow.symbols)
        if symbol.shape is Shape.TERMINATOR
        and not sources.isdisjoint(team := flow.team(n))
        and targets.isdisjoint(team)
    }


def _draw_start(flow: Flow, index: int, asked: Kapsul | None, default: Kapsul) -> None:
    symbol = flow.symbols[index]
    how = asked or default
    if how is Kapsul.TIDAK or any(flow.symbols[n].shape is Shape.TERMINATOR for n in flow.team(index)):
        return
    if how is Kapsul.PENGGANTI and symbol.shape is Shape.PROCESS:
        symbol.shape = Shape.TERMINATOR
        return
    flow.symbols.append(
        FlowSymbol(f"{symbol.id}_mulai", symbol.row, -1, symbol.lanes[:1], Shape.TERMINATOR, added=True)
    )
    flow.ways.append(StepWay(len(flow.symbols) - 1, index))


def _draw_end(
    flow: Flow, index: int, symbol: Simbol, leading: set[int], asked: Kapsul | None, default: Kapsul
) -> None:
    """``leading``: the symbols that a way goes on from."""
    ways: list[tuple[int | None, Arah]] = [
        (n, way) for n, way in enumerate(symbol.arah or ()) if _ends(flow, index, n, way)
    ]
    silent = symbol.arah is None and index not in leading
    if not ways and not silent:
        return
    drawn, how = flow.symbols[index], asked or default
    flow.ends.append(index)
    plain = silent or all(way.sop is None and not way.teks and not way.label for _, way in ways)
    team = flow.team(index)
    if plain and leading.isdisjoint(team):
        if symbol.bentuk is Bentuk.KAPSUL or any(
            flow.symbols[n].shape is Shape.TERMINATOR for n in team if n != index
        ):
            return
        if how is Kapsul.TIDAK or all(way.ke == LEPAS for _, way in ways or [(None, Arah())]):
            return
        if how is Kapsul.PENGGANTI and drawn.shape is not Shape.DECISION:
            drawn.shape = Shape.TERMINATOR
            return
    capsules: dict[tuple[str | None, str, bool], int] = {}
    for number, way in ways or [(None, Arah())]:
        key = (way.sop, way.teks, way.ke == LEPAS)
        if key not in capsules:
            capsules[key] = len(flow.symbols)
            name = f"{drawn.id}_selesai" if len(capsules) == 1 else f"{drawn.id}_selesai{len(capsules)}"
            lanes = drawn.lanes[-1:] if drawn.style is Hubungan.PANAH else drawn.lanes[:1]
            flow.symbols.append(
                FlowSymbol(
                    name,
                    drawn.row,
                    drawn.part,
                    lanes,
                    Shape.TERMINATOR,
                    text=way.teks,
                    sop=way.sop,
                    added=True,
                    loose=way.ke == LEPAS,
                )
            )
        dashed = way.garis is Garis.PUTUS
        flow.ways.append(StepWay(index, capsules[key], way.label, number, dashed=dashed))


def _ends(flow: Flow, index: int, number: int, way: Arah) -> bool:
    """Whether a written way stops the flow: ``selesai``, another SOP, or "next" after the last."""
    if way.sop is not None or way.teks or way.ke in (SELESAI, LEPAS):
        return True
    return way.ke is None and not any(w.source == index and w.number == number for w in flow.ways)
