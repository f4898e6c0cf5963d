"""``Reading`` → the neutral shape that readings are compared in: actors, rows with nodes, edges, doubt."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from generator.reading.understood import Chart, Reading

_FIELDS = {"kegiatan": "kegiatan", "kelengkapan": "kelengkapan", "waktu": "waktu", "output": "output",
           "keterangan": "ket"}  # fmt: skip


def neutral(reading: Reading) -> dict[str, Any]:
    """All charts of a reading."""
    return {
        "source": PurePath(reading.file).name,
        "charts": [_chart(chart) for chart in reading.charts],
        "identitas": [
            {
                **{key: words.text for key, words in block.values.items()},
                **{key: [words.text for words in some] for key, some in block.boxes.items()},
                "kop": list(block.kop),
            }
            for block in reading.identities
        ],
        "catatan": [doubt.said for doubt in reading.doubts],
    }


def _chart(chart: Chart) -> dict[str, Any]:
    rows = []
    for n, row in enumerate(chart.rows):
        nodes = [[s.id, s.actor, s.kind, *([s.text] if s.text else [])] for s in chart.symbols if s.row == n]
        again = {
            field
            for field, words in row.cells.items()
            if words.shared and n and chart.rows[n - 1].cells.get(field) == words
        }
        cells = {
            short: row.cells[field].text if field in row.cells and field not in again else ""
            for field, short in _FIELDS.items()
        }
        rows.append({"no": row.no, **cells, "nodes": nodes})
    return {
        "title": chart.title,
        "actors": list(chart.actors),
        "rows": rows,
        "edges": [[e.source, e.target, *([e.label] if e.label else [])] for e in chart.edges],
        "joint": [list(pair) for pair in chart.joint],
        "doubt": _doubt(chart),
    }


def _doubt(chart: Chart) -> dict[str, list[Any]]:
    nodes: list[str] = []
    edges: list[list[str]] = []
    cells: list[list[Any]] = []
    known = {symbol.id for symbol in chart.symbols}
    for doubt in chart.doubts:
        if doubt.about in known:
            nodes.append(doubt.about)
        elif ">" in doubt.about:
            edges.append(doubt.about.split(">"))
        elif ":" in doubt.about:
            row, field = doubt.about.split(":")
            cells.append([int(row), _FIELDS.get(field, field)])
    return {"nodes": list(dict.fromkeys(nodes)), "edges": edges, "cells": cells}
