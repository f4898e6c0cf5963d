"""SOPs → tables for a spreadsheet: the list of all of them, and any other."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.data.catalogue import Catalogue
from generator.form.boxes import FIELDS, ValueKind
from generator.formats.open_data.records import DATA, absolute, record_path, whole_time
from generator.model.durations import total_text
from generator.model.sop import SOP

LIST = f"{DATA}/sop.csv"
WHOLE = f"{DATA}/semua.zip"
"""All open data in one file."""
_BEGAN = (1980, 1, 1, 0, 0, 0)
"""The day of every file in it: the first that the format knows."""
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


def list_csv(rows: Iterable[str]) -> Iterator[str]:
    """The list of SOPs for a spreadsheet, piece by piece; ``rows`` are those of ``list_row``."""
    yield _CSV + _csv([COLUMNS])
    yield from rows


def with_whole(
    files: Iterable[tuple[str, Iterable[str]]], beside: Mapping[str, bytes], catalogue: Catalogue
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files of all SOPs, and last all of them in one, with a note on what they are and on what terms they
    may be used. It holds what was taken of each, so that nothing is made twice, and what lies ``beside``."""
    agency, out = catalogue.instansi, io.BytesIO()
    terms = agency.lisensi_data or "belum ditetapkan; tanyakan kepada instansi"
    note = (
        f"Data terbuka SOP {agency.nama}",
        f"Lisensi data: {terms}.",
        "Salinan untuk dibaca; yang berlaku adalah dokumen yang ditandatangani.",
        f"Situs: {catalogue.home or 'alamatnya belum diisi'}",
    )
    with zipfile.ZipFile(out, "w") as whole:
        for _ in _put(whole, "BACA-SAYA.txt", (line + "\r\n" for line in note)):
            pass
        for name, text in beside.items():
            whole.writestr(_entry(name), text)
        for name, pieces in files:
            yield name, _put(whole, name, pieces)
    yield WHOLE, [out.getvalue()]


def _put(whole: zipfile.ZipFile, name: str, pieces: Iterable[str]) -> Iterator[bytes]:
    """Put a file into the one of all while it is read."""
    with whole.open(_entry(name), "w", force_zip64=True) as file:
        for piece in pieces:
            data = piece.encode()
            file.write(data)
            yield data


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name.removeprefix(f"{DATA}/"), _BEGAN)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry


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
