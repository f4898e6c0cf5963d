"""The doubts about a chart → notes at the keys of its steps: what was read, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.form.columns import COLUMNS
from generator.reading.draft.flow import Path, Steps
from generator.reading.draft.notes import Note
from generator.reading.understood import Chart, Doubt, Symbol

_KIND = {"start": "kapsul awal", "end": "kapsul akhir", "process": "kotak", "decision": "belah ketupat"}
_FIELD = {column.key: (column.field, column.label) for column in COLUMNS}
NOT_OUT = "tidak ada panah yang keluar"
NOT_IN = "tidak ada panah yang sampai"


def chart_notes(chart: Chart, steps: Steps, at: Path) -> list[Note]:
    """What of a chart is to be looked at."""
    known = {symbol.id: symbol for symbol in chart.symbols}
    number = int(at[1]) if at else 0
    found = []
    if steps.silent:
        said = "tidak ada panah yang terbaca; langkah dianggap berurutan, awal dan akhir belum dipastikan"
        place = chart.rows[0].place if chart.rows else None
        found.append(Note((*at, "kegiatan"), said, place, chart=number))
    seen: set[tuple[Path, str]] = set()
    for doubt in chart.doubts:
        if steps.silent and (NOT_IN in doubt.said or NOT_OUT in doubt.said):
            continue
        path = (*at, *_path(doubt, chart, steps))
        if (path, doubt.said) in seen:
            continue
        seen.add((path, doubt.said))
        of = [one.about for one in chart.doubts if (one.said, one.place) == (doubt.said, doubt.place)]
        if doubt.about.endswith(tuple(f":{field}" for field in _FIELD)) and of[0] != doubt.about:
            continue  # a cell of several steps is asked about once
        what = _what(doubt, chart, known, of)
        other = (*doubt.else_, *_meant(doubt, chart, known))
        found.append(
            Note(
                path, f"{what}: {doubt.said}" if what else doubt.said, doubt.place, other, number, doubt.about
            )
        )
    for a, b in steps.apart:
        if a in known and b in known:
            ends = f"{name(known[a], chart)} dan {name(known[b], chart)}"
            said = f"garis tanpa kepala antara {ends} tidak dapat ditulis pada data"
            found.append(Note((*at, *steps.symbols[a]), said, known[a].place, (), number, a))
    return found


def name(symbol: Symbol, chart: Chart) -> str:
    """What a symbol is called in a note: "kotak Kasi langkah 3"."""
    actor = chart.actors[symbol.actor] if symbol.actor < len(chart.actors) else ""
    return f"{_KIND[symbol.kind]} {' '.join(actor.split())} langkah {step(symbol.row, chart)}"


def step(row: int, chart: Chart) -> str:
    return chart.rows[row].no.strip(" .") or f"pada baris ke-{row + 1}"


def _path(doubt: Doubt, chart: Chart, steps: Steps) -> Path:
    if doubt.about in steps.symbols:
        return steps.symbols[doubt.about]
    if ">" in doubt.about:
        source, _, target = doubt.about.partition(">")
        return steps.arrows.get((source, target)) or steps.symbols.get(source, ("kegiatan",))
    row, colon, field = doubt.about.partition(":")
    if colon and row.isdigit():
        return ("kegiatan", int(row), _FIELD.get(field, ("uraian", ""))[0])
    _, y = doubt.place.box.centre
    first = chart.rows[0].place if chart.rows else None
    if first and first.page == doubt.place.page and y < first.box.top:
        return ("pelaksana",)
    for n, one in enumerate(chart.rows):
        if one.place.page == doubt.place.page and one.place.box.top <= y <= one.place.box.bottom:
            return ("kegiatan", n, "uraian")
    return ("kegiatan",)


def _what(doubt: Doubt, chart: Chart, known: dict[str, Symbol], of: Sequence[str]) -> str:
    """What a note is about; ``of``: all that its doubt is about."""
    if doubt.about in known:
        return name(known[doubt.about], chart)
    if ">" in doubt.about:
        source, _, target = doubt.about.partition(">")
        if source in known and target in known:
            return f"panah dari {name(known[source], chart)} ke {name(known[target], chart)}"
    row, colon, field = doubt.about.partition(":")
    if colon and row.isdigit() and field in _FIELD:
        rows = [int(one.partition(":")[0]) for one in of if one.endswith(colon + field)]
        return f"{_FIELD[field][1]} langkah {', '.join(step(n, chart) for n in rows)}"
    return ""


def _meant(doubt: Doubt, chart: Chart, known: dict[str, Symbol]) -> Iterator[str]:
    """What was probably meant where something is missing."""
    symbol = known.get(doubt.about)
    if symbol is None:
        return
    if NOT_OUT in doubt.said:
        after = next((s for s in chart.symbols if s.row > symbol.row), None)
        if after:
            yield f"mungkin berlanjut ke langkah {step(after.row, chart)}"
        yield "mungkin alur selesai di sini (lanjut: selesai)"
    elif NOT_IN in doubt.said:
        before = next((s for s in reversed(chart.symbols) if s.row < symbol.row), None)
        if before:
            yield f"mungkin datang dari langkah {step(before.row, chart)}"
        yield "mungkin alur mulai di sini (mulai: sendiri)"
    elif "satu jalan keluar" in doubt.said:
        yield "mungkin cabang yang lain tidak tergambar"
        yield "mungkin ini kotak biasa"
