"""A step under the pen → what can be done with it and where it leads, as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from generator.data.validate.steps import BERIKUTNYA, ENDS, TARGET_FIELDS
from generator.edit.known import Known
from generator.edit.page.render import fill
from generator.edit.page.table import Sheet
from generator.edit.steps import Step, Table, branches, listed, row_of, symbols, tables
from generator.edit.symbols import shape_of
from generator.form.columns import headed
from generator.model.sop import Garis

LABELS = (
    "Ya",
    "Tidak",
    "Setuju",
    "Tidak setuju",
    "Lengkap",
    "Belum lengkap",
    "Sesuai",
    "Tidak sesuai",
    "Perbaikan",
)
NEXT, KEPT = "berikutnya", "tetap"


def panel(
    sheet: Sheet, row: int, values: Mapping[str, Any], known: Known, label: Mapping[str, str]
) -> Markup:
    """The panel of one step."""
    table = tables(values)[sheet.number]
    step = table.steps[row]
    ways = [
        {"label": way.label, "tujuan": _chosen(way.target, table, row), "putus": _dashed(way.target)}
        for way in branches(step)
    ]
    onward = step.get("lanjut")
    named = isinstance(onward, dict) and onward.keys() <= TARGET_FIELDS.keys()
    single = named or not isinstance(onward, list | dict)
    steps = [
        {
            "nilai": str(n),
            "kata": f"Langkah {sheet.chart.rows[n].number or n + 1}: {_short(one.get('uraian'))}",
        }
        for n, one in enumerate(table.steps)
        if n != row
    ]
    return fill(
        "rincian.html",
        {
            "tabel": sheet.number,
            "baris": row,
            "nomor": sheet.chart.rows[row].number or str(row + 1),
            "jumlah": len(table.steps),
            "keputusan": "keputusan" in step,
            "panjang": bool(step.get("simbol")),
            "simbol": [_symbol(one, n, table, row) for n, one in enumerate(symbols(step))],
            "kolom": [(lane.id, lane.heading) for lane in sheet.chart.lanes],
            "lain_lain": [
                (f"id:{one['id']}", f"Langkah {sheet.chart.rows[n].number or n + 1}, simbol {k + 1}")
                for n, other in enumerate(table.steps)
                for k, one in enumerate(symbols(other))
                if n != row and one.get("id")
            ],
            "cabang": ways,
            "lanjut": _chosen(onward, table, row) if single else None,
            "putus": _dashed(onward),
            "gabung": _merged(sheet, row, label),
            "sop_dijalankan": known.names.get(str(step.get("sop")), step.get("sop") or ""),
            "langkah": steps,
            "sop": sorted(known.names.values()),
            "label": LABELS,
            "mulai": step.get("mulai") or "",
            "selesai": step.get("selesai") or "",
            "jalur": json_paths(sheet, row),
            "pertanyaan": step.get("pertanyaan") or "",
            "bersama": len(step["pelaksana"]) if isinstance(step.get("pelaksana"), list) else 1,
            "hubungan": step.get("hubungan") or "",
        },
    )


def json_paths(sheet: Sheet, row: int) -> dict[str, str]:
    """The paths of what the panel sets, as JSON."""
    import json

    base = [*sheet.path, "kegiatan", row]
    return {key: json.dumps([*base, key]) for key in ("pertanyaan", "mulai", "selesai", "hubungan")}


def _symbol(symbol: Step, number: int, table: Table, row: int) -> dict[str, Any]:
    """One symbol of several, as the panel shows it."""

    def chosen(target: Any) -> str:
        if isinstance(target, list) or (
            isinstance(target, Mapping) and {"pelaksana", "dari"} & target.keys()
        ):
            return KEPT
        for n, other in enumerate(table.steps):
            for k, one in enumerate(symbols(other)):
                if target and one.get("id") == target:
                    return f"simbol:{k}" if n == row else f"id:{target}"
        return _chosen(target, table, row)

    return {
        "bentuk": shape_of(symbol),
        "pelaksana": listed(symbol.get("pelaksana")),
        "teks": symbol.get("teks") or "",
        "bersama": symbol.get("bersama") == "ya",
        "cabang": [{"label": way.label, "tujuan": chosen(way.target)} for way in branches(symbol)],
        "lanjut": chosen(symbol.get("lanjut")),
        "nomor": number,
    }


def _chosen(target: Any, table: Any, row: int) -> str:
    """The choice of the list of targets that a target is."""
    if target in (None, "", BERIKUTNYA):
        return NEXT
    if target in ENDS:
        return str(target)
    if isinstance(target, Mapping) and "sop" in target:
        return f"sop:{target['sop']}"
    if isinstance(target, Mapping):
        return _chosen(target.get("ke"), table, row)
    found = row_of(table, target)
    return KEPT if found is None else str(found)


def _dashed(target: Any) -> bool:
    return isinstance(target, Mapping) and target.get("garis") == Garis.PUTUS


def _merged(sheet: Sheet, row: int, label: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """The columns whose cell can be one with that above: key, heading, whether it is."""
    columns = headed(label).cells if row else ()
    here = sheet.alur.kegiatan[row].gabung
    return [(column.field, label[column.key], column.field in here) for column in columns]


def _short(text: Any) -> str:
    words = " ".join(str(text or "…").split())
    return words if len(words) <= 48 else f"{words[:47]}…"
