"""The six real flows: facts (tests/data/flows) → YAML of ours, in the short form or in the long one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from generator.data.validate import Register
from generator.model.registers import Instansi, Pelaksana, Unit

FLOWS = Path(__file__).parents[1] / "data" / "flows"
FILES = sorted(FLOWS.glob("*.json"))

SHAPES = {"start": "terminator", "end": "terminator", "process": "process", "decision": "decision"}
_BENTUK = {"start": "kapsul", "end": "kapsul", "process": "kotak", "decision": "belah-ketupat"}


def facts(path: Path) -> dict[str, Any]:
    """The transcribed facts of one flow."""
    value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return value


def register(flow: dict[str, Any]) -> Register:
    """Registers with the actors of a flow: a0, a1, …"""
    actors = {f"a{n}": Pelaksana(id=f"a{n}", nama=name) for n, name in enumerate(flow["actors"])}
    agency = Instansi(nama="", singkatan="", pemerintah="")
    return Register(agency, {"unit": Unit(id="unit", nama="Unit")}, actors, {}, frozenset())


def to_yaml(flow: dict[str, Any], long: bool) -> str:
    """The flow as an SOP file; ``long`` writes every symbol and every arrow out."""
    rows = [_row(flow, n, long) for n in range(len(flow["rows"]))]
    columns = [f"a{n}" for n in range(len(flow["actors"]))]
    sop = {"nama": flow["title"], "unit": "unit", "pelaksana": columns, "kegiatan": rows}
    return yaml.safe_dump(sop, allow_unicode=True, sort_keys=False)


def _row(flow: dict[str, Any], index: int, long: bool) -> dict[str, Any]:
    row = flow["rows"][index]
    cells = {"no": row["no"], "uraian": row["kegiatan"], "waktu": row["waktu"], "output": row["output"]}
    cells |= {"kelengkapan": row["kelengkapan"], "keterangan": row.get("ket")}
    cells = {key: value for key, value in cells.items() if value or key == "no"}
    short = None if long else _short(flow, row["nodes"])
    return cells | (short or {"simbol": [_symbol(flow, node) for node in row["nodes"]]})


def _ways(flow: dict[str, Any], id: str) -> dict[str, Any]:
    """``keputusan`` or ``lanjut`` of a node, all targets by id."""
    edges = [(edge[1], edge[2] if len(edge) > 2 else "") for edge in flow["edges"] if edge[0] == id]
    if not edges:
        return {"lanjut": "selesai"}
    if not any(label for _, label in edges):
        return {"lanjut": [target for target, _ in edges]}
    branches: dict[str, list[str]] = {}
    for target, label in edges:
        branches.setdefault(label, []).append(target)
    return {"keputusan": {label: t if len(t) > 1 else t[0] for label, t in branches.items()}}


def _symbol(flow: dict[str, Any], node: list[Any]) -> dict[str, Any]:
    id, lane, kind, *text = node
    symbol = {"id": id, "bentuk": _BENTUK[kind], "pelaksana": f"a{lane}"} | _ways(flow, id)
    return symbol | ({"teks": text[0]} if text else {})


def _short(flow: dict[str, Any], nodes: list[list[Any]]) -> dict[str, Any] | None:
    """The short form, if these symbols have one: a box or diamond with capsules in its own cell."""
    kinds = [node[2] for node in nodes]
    if len({node[1] for node in nodes}) > 1 or len([k for k in kinds if k in ("process", "decision")]) > 1:
        return None
    step: dict[str, Any] = {}
    if kinds in (["start"], ["end"]):
        main = nodes[0]
        step |= {"mulai" if kinds == ["start"] else "selesai": "pengganti"}
    else:
        main = next(node for node in nodes if node[2] in ("process", "decision"))
        step |= {"mulai": "sendiri"} if "start" in kinds else {}
        step |= {"selesai": "sendiri"} if "end" in kinds else {}
    ways = {} if "end" in kinds else _ways(flow, main[0])
    text = {"pertanyaan": main[3]} if len(main) > 3 else {}
    return {"id": main[0], "pelaksana": f"a{main[1]}"} | step | ways | text
