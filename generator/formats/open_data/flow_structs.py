"""What a record says of a flow: the table of steps, the graph, the times. See ``structs``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from msgspec import Meta

from generator.form.columns import CELLS, FormColumn
from generator.form.symbols import BY_WORD, Bentuk
from generator.formats.open_data.described import Count, Length, Told, about, one_of, struct_of, text_or_lines
from generator.model.durations import DurationKind, Family

_DRAWN = [BY_WORD[word] for word in Bentuk]
FamilyName = Annotated[str, one_of(Family)]
ShapeName = Annotated[
    str, one_of((form.shape for form in _DRAWN), ", ".join(form.name.lower() for form in _DRAWN) + ".")
]


class SpanRecord(Told, frozen=True):
    """Rentang waktu dalam satu satuan; satuan tidak pernah diubah ke satuan lain."""

    satuan: FamilyName
    dari: Length
    sampai: Length


class DateRecord(Told, frozen=True):
    """Tanggal seperti tertulis, dan yang terbaca darinya."""

    teks: Annotated[str | None, about("Seperti tertulis; null: naskah tidak menyebutnya.")]
    tanggal: Annotated[date | None, about("Yang terbaca; null: tidak terbaca.")]


class TimeRecord(Told, frozen=True):
    """Waktu satu langkah."""

    teks: Annotated[str, about("Seperti tertulis.")]
    terbaca: Annotated[
        str,
        one_of(DurationKind, 'diketahui; kata (bukan lama waktu, seperti "Segera"); tidak-terbaca; kosong.'),
    ]
    rentang: Annotated[tuple[SpanRecord, ...], about("Kosong bila tidak terbaca.")]
    per: Annotated[str | None, about('Dihitung per apa ("berkas"), null: untuk seluruh langkah.')]


def _cell(column: FormColumn) -> Any:
    return TimeRecord | None if column.field == "waktu" else text_or_lines(column.lines)


StepRecord = struct_of(
    "StepRecord",
    "Satu baris tabel kegiatan.",
    ("baris", Annotated[int, Meta(ge=0, description="Urutan baris, dari 0.")]),
    ("id", str),
    ("no", Annotated[str, about('Seperti tercetak; "" bila tidak bernomor.')]),
    ("uraian", str),
    ("pelaksana", Annotated[tuple[str, ...], about("Id pelaksana yang simbolnya ada di baris ini.")]),
    *((column.key, Annotated[_cell(column), about(column.about)]) for column in CELLS),
    ("gabung", Annotated[tuple[str, ...], about("Kolom yang selnya satu dengan sel langkah di atasnya.")]),
    ("sop", Annotated[str | None, about("Id SOP yang dipakai untuk mengerjakan langkah ini.")]),
)


class NodeRecord(Told, frozen=True):
    """Simbol dalam kolom pelaksana."""

    id: str
    bentuk: ShapeName
    baris: Count
    pelaksana: str
    teks: str
    sop: str | None
    lepas: Annotated[bool, about("Ujung panah yang pada naskah tidak menuju ke mana pun; tidak digambar.")]


class EdgeRecord(Told, frozen=True):
    """Panah dari simbol ke simbol."""

    dari: str
    ke: str
    label: str
    utama: Annotated[bool, about("Jalan yang meneruskan alur.")]
    putus: Annotated[bool, about("Digambar putus-putus.")]


class LaneRecord(Told, frozen=True):
    """Pelaksana."""

    id: str
    nama: Annotated[str, about("Judul kolom.")]
    lengkap: str | None


class FlowTimeRecord(Told, frozen=True):
    """Dalam satu satuan."""

    satuan: FamilyName
    tercepat: Length
    terlama: Annotated[float, Meta(ge=0, description="Jalan terpanjang tanpa pengembalian.")]
    pengembalian: Annotated[
        float, Meta(ge=0, description="Tambahan terbanyak bila setiap pengembalian terjadi satu kali.")
    ]


class FlowRecord(Told, frozen=True):
    """Satu tabel kegiatan dengan diagram alirnya."""

    id: str
    judul: str | None
    pelaksana: Annotated[tuple[LaneRecord, ...], about("Kolom, dari kiri.")]
    kegiatan: Annotated[tuple[StepRecord, ...], about("Langkah, dari atas.")]  # type: ignore[valid-type]
    simbol: Annotated[tuple[NodeRecord, ...], about("Simpul graf alur.")]
    panah: Annotated[tuple[EdgeRecord, ...], about("Sisi graf alur.")]
    bersama: Annotated[tuple[tuple[str, str], ...], about("Dua simbol satu langkah yang dikerjakan bersama.")]
    waktu: Annotated[
        tuple[FlowTimeRecord, ...],
        about("Waktu dari mulai sampai selesai, tiap satuan terpisah; langkah tanpa waktu tidak terhitung."),
    ]
