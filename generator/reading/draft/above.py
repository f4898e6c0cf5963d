"""Headings above the columns of several actors → what of them no register says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.data.catalogue import Catalogue
from generator.reading.draft.registers import flat
from generator.reading.understood import Chart


def group_of(chart: Chart, n: int) -> str:
    """The heading above an actor's column, where it says more than that actors stand below it."""
    group = " ".join(chart.groups[n].split()) if n < len(chart.groups) else ""
    name = flat(" ".join(chart.actors[n].split()))
    return "" if flat(group) in ("", "pelaksana", "pelaksana proyek", name) else group


def group_lines(
    chart: Chart, ids: Sequence[str], new: Mapping[str, Mapping[str, Any]], registers: Catalogue | None
) -> list[str]:
    """A line for each heading above actors (``ids``, by column) whose full names do not hold it."""
    found: dict[str, list[str]] = {}
    for n, id in enumerate(ids):
        known = registers.pelaksana.get(id) if registers else None
        full = flat(str((known.lengkap if known else new[id].get("lengkap")) or ""))
        group = group_of(chart, n)
        if group and flat(group) not in full:
            found.setdefault(group, []).append(" ".join(chart.actors[n].split()))
    return [f"Judul di atas pelaksana {', '.join(names)}: {group}" for group, names in found.items()]
