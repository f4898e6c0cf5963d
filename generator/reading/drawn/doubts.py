"""A chart as read → what is strange about it: steps that nothing leads to, cells for several steps, …"""

from __future__ import annotations

from collections.abc import Sequence

from generator.form.columns import CELLS
from generator.model.durations import said_differently
from generator.reading.grid.table import Table
from generator.reading.understood import Doubt, Edge, Row, Symbol


def capsule_doubts(symbols: Sequence[Symbol], edges: Sequence[Edge]) -> list[Doubt]:
    """Capsules that are come to and left, below the first row: start or end is guessed."""
    sources, targets = {e.source for e in edges}, {e.target for e in edges}
    said = "kapsul ini punya panah masuk dan keluar; mulai atau selesai diduga dari letaknya"
    return [
        Doubt(s.id, said, s.place)
        for s in symbols
        if s.kind in ("start", "end") and s.row and s.id in sources and s.id in targets
    ]


def flow_doubts(
    symbols: Sequence[Symbol], edges: Sequence[Edge], joint: Sequence[tuple[str, str]]
) -> list[Doubt]:
    """What is strange about a flow as drawn: a step that nothing leads to or that leads nowhere."""
    found = []
    mates: dict[str, set[str]] = {s.id: {s.id} for s in symbols}
    for a, b in joint:
        mates[a] |= mates[b]
        for other in mates[a]:
            mates[other] = mates[a]
    sources, targets = {e.source for e in edges}, {e.target for e in edges}
    starts, ends = ({s.id for s in symbols if s.kind == kind} for kind in ("start", "end"))
    for symbol in symbols:
        own = mates[symbol.id]
        if not own & starts and not own & targets:
            found.append(Doubt(symbol.id, "tidak ada panah yang sampai ke simbol ini", symbol.place))
        if not own & ends and not own & sources:
            found.append(Doubt(symbol.id, "tidak ada panah yang keluar dari simbol ini", symbol.place))
        out = [e for e in edges if e.source == symbol.id]
        if symbol.kind == "decision" and len(out) == 1:
            found.append(Doubt(symbol.id, "keputusan ini hanya punya satu jalan keluar", symbol.place))
    return found


def cell_doubts(tables: Sequence[Table]) -> list[Doubt]:
    found = []
    base = 0
    for table in tables:
        for n, row in enumerate(table.rows):
            for field, said in _strange(table, n, row):
                place = row.cells[field].place if field in row.cells else None
                found.append(Doubt(f"{base + n}:{field}", said, place or row.place))
        base += len(table.rows)
    return found


def _one_cell(table: Table, n: int, field: str) -> bool:
    """Whether what is read of a cell over several rows is that very cell in the row above or below, which the
    data says as drawn (``gabung``)."""
    beside = [table.rows[m] for m in (n - 1, n + 1) if 0 <= m < len(table.rows)]
    known = any(column.key == field for column in CELLS)
    return known and any(row.cells.get(field) == table.rows[n].cells[field] for row in beside)


def _strange(table: Table, n: int, row: Row) -> list[tuple[str, str]]:
    found = []
    for field, said in row.cells.items():
        if said.shared and not _one_cell(table, n, field):
            text = " ".join(said.text.split())[:80]
            found.append(
                (field, f"satu sel untuk beberapa langkah ('{text}'); pastikan berlaku untuk yang mana")
            )
        elif (n, field) in table.over:
            found.append((field, "teks lebih besar daripada selnya"))
        elif any(
            ("\ue000" <= c <= "\uf8ff" and c not in "\uf0b7\uf0a7\uf0d8\uf0fc") or c == "\ufffd"
            for c in said.text
        ):
            found.append((field, "ada huruf yang tidak terbaca"))
        if field == "waktu" and (two := said_differently(said.text)):
            found.append((field, f"menyebut dua lama yang berbeda: {two[0]} dan {two[1]}"))
    return found
