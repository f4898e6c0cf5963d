"""Peers on the same PDFs → how much of them comes back, measured by the same scorer.

Peers know shapes and edges, or rows of cells, but no form: which row and actor a shape is of, and which row
is which step, they are told from the transcription and our reading, so their numbers are upper bounds.
Packages are installed into a venv in a temporary folder and are no part of the project."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from types import ModuleType
from typing import Any

from generator.reading.seen import Box
from generator.reading.understood import Chart, Symbol

PACKAGES = ("pdf-diagram-extract==1.0.0", "pdfplumber==0.11.10")
KINDS = {"process": {"rectangle"}, "decision": {"diamond", "polygon"}, "start": set[str](), "end": set[str]()}
"""What a peer calls our shapes; a capsule may be called anything round."""
ROUND = {"ellipse", "circle", "polygon", "rounded_rectangle", "rectangle"}
FIELDS = ("kegiatan", "kelengkapan", "waktu", "output", "ket")


def seen_by_peers(folder: Path) -> dict[str, Any]:
    """What the peers see in the PDFs of a folder, by name."""
    with tempfile.TemporaryDirectory() as away:
        venv.create(away, with_pip=True)
        python = Path(away, "bin", "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True, timeout=600)
        script = Path(__file__).with_name("seen_by_peers.py")
        done = subprocess.run([python, script, folder], check=True, capture_output=True, timeout=1200)
        found: dict[str, Any] = json.loads(done.stdout)
        return found


def measure_peers(
    scorer: ModuleType,
    truths: Mapping[str, Any],
    charts: Mapping[str, Sequence[Chart]],
    seen: Mapping[str, Any],
) -> None:
    """A line for each peer, means over the transcribed files."""
    total = dict.fromkeys(("sym", "edge", "text"), 0.0)
    for key, gold in truths.items():
        drawn = [_drawn(chart, seen[key]) for chart in charts.get(key, ())] or [{}]
        cells = [_cells(gold, seen[key]["rows"])]
        for names, results in ((("sym", "edge"), drawn), (("text",), cells)):
            score = max((scorer.score(gold, one) for one in results), key=lambda s: float(s[names[0]]))
            for name in names:
                total[name] += score[name] / len(truths)
    sys.stdout.write(f"pdf-diagram-extract 1.0.0: sym={total['sym']:.3f} edge={total['edge']:.3f}\n")
    sys.stdout.write(f"pdfplumber 0.11.10: text={total['text']:.3f}\n")
    sys.stdout.write("docling: tidak diukur; bobot modelnya tidak ada di PyPI\n")


def _drawn(chart: Chart, seen: Mapping[str, Any]) -> dict[str, Any]:
    """The symbols of a chart that a peer has a shape of that kind for, and its edges between them."""
    named: dict[str, str] = {}
    nodes: list[list[Any]] = [[] for _ in chart.rows]
    for symbol in chart.symbols:
        own = next((shape for shape in seen["shapes"] if _same(symbol, shape)), None)
        if own is not None:
            named[own[0]] = symbol.id
            nodes[symbol.row].append([symbol.id, symbol.actor, symbol.kind])
    said = [row.cells["kegiatan"].text if "kegiatan" in row.cells else "" for row in chart.rows]
    rows = [
        {"no": row.no, "kegiatan": text, "nodes": own}
        for row, text, own in zip(chart.rows, said, nodes, strict=True)
    ]
    ends = [(b, a) if way == "backward" else (a, b) for a, b, way in seen["edges"]]
    edges = [[named[a], named[b]] for a, b in ends if a in named and b in named]
    return {"actors": list(chart.actors), "rows": rows, "edges": edges}


def _same(symbol: Symbol, shape: Sequence[Any]) -> bool:
    _, page, kind, *corners = shape
    box, own = Box(*corners), symbol.place.box
    if page != symbol.place.page or kind not in (KINDS[symbol.kind] or ROUND):
        return False
    shared = max(0.0, min(box.right, own.right) - max(box.left, own.left))
    shared *= max(0.0, min(box.bottom, own.bottom) - max(box.top, own.top))
    whole = box.width * box.height + own.width * own.height - shared
    return whole > 0 and shared > 0.5 * whole


def _cells(gold: Mapping[str, Any], rows: Sequence[Sequence[str | None]]) -> dict[str, Any]:
    """The rows of a peer's tables that are most like those of a transcription, their texts under the columns
    that fit best."""
    found = []
    left = [[" ".join((cell or "").split()) for cell in row] for row in rows]
    for step in gold["rows"]:
        row = max(
            left, key=lambda cells: max(map(_like(step.get("kegiatan", "")), cells or [""])), default=[]
        )
        made: dict[str, Any] = {"no": step.get("no", ""), "nodes": []}
        for field in FIELDS:
            said = step.get(field) or ""
            made[field] = max(row, key=_like(said), default="") if said else ""
        found.append(made)
    return {"actors": gold["actors"], "rows": found, "edges": []}


def _like(said: str) -> Any:
    flat = " ".join(said.split())
    return lambda cell: SequenceMatcher(None, flat, cell, autojunk=False).ratio()
