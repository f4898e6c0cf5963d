"""How the SOPs of all agencies stand → what their head looks at: two pages, two tables for a spreadsheet, and
one page on paper for the meeting."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.figure.paper.measure import items, printable
from generator.formats.open_data.lists import csv_file
from generator.formats.pdf.write import pdf_of
from generator.model.dates import date_text
from generator.portal.front import render
from generator.portal.head import Overview, Standing

_HERE = Path(__file__).parent
_ROWS = 36
"""Agencies on the page for the meeting."""
COLUMNS = (
    *("id", "nama", "sop", "bernomor", "berlaku", "ditandatangani", "terlambat", "hukum_berakhir"),
    *("perlu_dikerjakan", "galat", "tugas"),
)
LAW_COLUMNS = ("peraturan", "keterangan", "instansi", "nama_instansi", "id", "nama")
_TITLE, _LAWS = "Keadaan SOP semua instansi", "Peraturan yang berakhir dan SOP yang menyebutnya"


def agency_table(found: Overview) -> bytes:
    """The agencies for a spreadsheet."""
    return csv_file(COLUMNS, (_row(one) for one in found.instansi))


def _row(one: Standing) -> list[str]:
    figures = (one.sop, one.bernomor, one.berlaku, one.ditandatangani, one.terlambat, one.hukum_berakhir)
    return [one.id, one.nama, *map(str, (*figures, one.kerja, one.galat)), "; ".join(one.tugas)]


def head_files(found: Overview, nama: str) -> dict[str, bytes]:
    """All files by name."""
    values: dict[str, Any] = {"nama": nama, "hari": date_text(found.day)}
    index = render(
        "pimpinan_indeks.html", judul=_TITLE, instansi=found.instansi, jumlah=found.total, **values
    )
    laws = render("pimpinan_hukum.html", judul=_LAWS, hukum=found.hukum, **values)
    rows = (
        (law.nama, law.keterangan, one.instansi, one.nama_instansi, one.id, one.nama)
        for law in found.hukum
        for one in law.sop
    )
    return {
        "index.html": index.encode(),
        "hukum.html": laws.encode(),
        "instansi.csv": agency_table(found),
        "hukum.csv": csv_file(LAW_COLUMNS, rows),
        "rapat.pdf": pdf_of(_HERE / "rapat.typ", _paper(found, nama), found.day),
    }


def _paper(found: Overview, nama: str) -> Mapping[str, Any]:
    """What stands on the page for the meeting."""
    total, day = found.total, found.day
    figures = (
        (total.sop, "SOP"),
        (total.berlaku, "berlaku"),
        (total.ditandatangani, "ditandatangani"),
        (total.terlambat, "terlambat ditinjau"),
        (total.hukum_berakhir, "dasar hukum berakhir"),
    )
    shown = found.instansi[:_ROWS]
    notes = [f"Datanya tidak terbaca, tidak dihitung: {one.nama}." for one in found.instansi if one.galat][:5]
    if left := len(found.instansi) - len(shown):
        notes.append(f"{left} instansi lain, dengan pekerjaan lebih sedikit, ada di instansi.csv.")
    notes += [
        f"{law.nama}: disebut {len(law.sop)} SOP di {len({one.instansi for one in law.sop})} instansi."
        for law in found.hukum[:3]
    ]
    return {
        "title": printable(_TITLE),
        "author": [printable(nama)],
        "date": [day.year, day.month, day.day],
        "portal": items([nama]),
        "heading": items([_TITLE]),
        "day": items([f"Menurut data per {date_text(day)}. SOP yang dikecualikan tidak dihitung."]),
        "figures": [[str(many), items([what])] for many, what in figures],
        "table_heading": items(["Yang paling banyak perlu dikerjakan lebih dahulu"]),
        "columns": [
            items([n])
            for n in ("Instansi", "SOP", "Berlaku", "Bertanda tangan", "Terlambat", "Dasar berakhir")
        ],
        "rows": [
            [
                items([one.nama]),
                *map(str, (one.sop, one.berlaku, one.ditandatangani, one.terlambat, one.hukum_berakhir)),
            ]
            for one in shown
            if not one.galat
        ],
        "notes": [items([note]) for note in notes],
    }
