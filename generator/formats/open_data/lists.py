"""SOPs → tables for a spreadsheet: the list of all of them, and any other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from generator.data.catalogue import Catalogue
from generator.form.boxes import FIELDS, ValueKind
from generator.formats.open_data.pieces import Piece
from generator.formats.open_data.records import DATA, absolute, record_path, whole_time
from generator.model.durations import total_text
from generator.model.sop import SOP

LIST = f"{DATA}/sop.csv"
DATES = tuple(box.key for box in FIELDS if box.kind is ValueKind.DATE)
COLUMNS = (
    *("id", "nama", "nomor", "unit", "klasifikasi", "versi", *DATES, "tanggal_pencabutan"),
    *("pelaksana", "jumlah_langkah", "waktu", "dasar_hukum"),
    *("ditandatangani_oleh", "ditandatangani_pada", "ditinjau_pada", "halaman", "data"),
)
"""Headings of the CSV."""
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def list_row(sop: SOP, catalogue: Catalogue) -> str:
    """A row of the list of SOPs."""
    return _csv([_row(sop, catalogue)])


def list_csv(rows: Iterable[Piece]) -> Iterator[Piece]:
    """The list of SOPs for a spreadsheet, piece by piece; ``rows`` are those of ``list_row``, some or one."""
    yield _CSV + _csv([COLUMNS])
    yield from rows


def csv_file(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table for a spreadsheet: UTF-8 with a byte order mark, and no cell that a spreadsheet would take for
    a formula (an apostrophe stands before it)."""
    return f"{_CSV}{_csv([heading, *rows])}".encode()


_CSV = "\ufeff"
"""Begins a table: the byte order mark."""


def _csv(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace").decode()


def _row(sop: SOP, catalogue: Catalogue) -> tuple[str, ...]:
    actors = dict.fromkeys(id for alur in sop.alur for id in alur.pelaksana)
    laws = [catalogue.hukum[id].kutipan for id in sop.dasar_hukum if id in catalogue.hukum]
    page, data = f"sop/{sop.slug}/", record_path(sop.slug)
    return (
        *(
            sop.slug,
            sop.nama,
            sop.nomor or "",
            catalogue.unit[sop.unit].nama if sop.unit in catalogue.unit else "",
        ),
        *(sop.klasifikasi.value if sop.klasifikasi else "", str(sop.versi.nomor)),
        *(box.of(sop) or "" for box in FIELDS if box.kind is ValueKind.DATE),
        sop.pencabutan.tanggal if sop.pencabutan else "",
        "; ".join(catalogue.pelaksana[id].nama if id in catalogue.pelaksana else id for id in actors),
        str(sum(len(alur.kegiatan) for alur in sop.alur)),
        total_text(whole_time(sop)),
        "; ".join(laws),
        "; ".join(one.nama for one in sop.tanda_tangan),
        "; ".join(one.waktu or "" for one in sop.tanda_tangan),
        "; ".join(one.tanggal for one in sop.tinjauan),
        absolute(catalogue, page) or page,
        absolute(catalogue, data) or data,
    )


def _cell(value: str) -> str:
    return f"'{value}" if value.lstrip(" ").startswith(_RISKY) and value != "-" else value
