"""Tables of cells that tests write themselves, as people keep them, and their reading in few words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from generator.reading.doors import door
from generator.reading.understand import understand
from generator.reading.understood import Chart, Reading

HEAD = ["No", "Kegiatan", "Staf", "Kasi", "Kelengkapan", "Waktu", "Output", "Ket"]
ROWS: list[list[Any]] = [
    [1, "Mencatat surat", "v", None, "Surat", "5 menit", "Agenda", None],
    [2, "Memeriksa surat", None, "v", "Agenda", "10 menit", "Surat diperiksa", None],
]


def book(
    *sheets: tuple[str, Sequence[Sequence[Any]]],
    merged: Sequence[str] = (),
    formats: dict[str, str] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """A workbook of these sheets; ranges and formats are those of the first."""
    made = Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if title in hidden else "visible"
    first = made.worksheets[0]
    for area in merged:
        first.merge_cells(area)
    for place, form in (formats or {}).items():
        first[place].number_format = form
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def table(*rows: Sequence[Any], merged: Sequence[str] = (), formats: dict[str, str] | None = None) -> Reading:
    """The reading of one sheet."""
    return reading(book(("Lembar1", rows), merged=merged, formats=formats), "uji.xlsx")


def csv(*rows: str) -> Reading:
    return reading("\n".join(rows).encode(), "uji.csv")


def reading(data: bytes, name: str) -> Reading:
    opened = door(name, data)
    assert opened is not None
    seen, problems = opened(data, name)
    assert seen is not None, problems
    return understand(seen)


def chart(found: Reading) -> Chart:
    (only,) = found.charts
    return only


def steps(found: Reading) -> list[tuple[str, str]]:
    return [(row.no, row.cells["kegiatan"].text) for row in chart(found).rows]


def doers(found: Reading) -> list[tuple[str, ...]]:
    """By row who does it."""
    only = chart(found)
    return [tuple(only.actors[s.actor] for s in only.symbols if s.row == n) for n in range(len(only.rows))]


def column(found: Reading, field: str) -> list[str]:
    return [row.cells[field].text if field in row.cells else "" for row in chart(found).rows]


def said(found: Reading) -> str:
    """All doubts, remarks and what was left over, as one text."""
    doubts = [
        *found.doubts,
        *(d for c in found.charts for d in c.doubts),
        *(d for i in found.identities for d in i.doubts),
    ]
    return "\n".join(
        [
            *(f"{d.about}|{d.said}|{d.place.named}|{d.else_}" for d in doubts),
            *(w.text for w in found.left_over),
        ]
        + [note for c in found.charts for note in c.notes]
    )
