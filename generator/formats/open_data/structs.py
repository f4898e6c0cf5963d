"""What a record of the open data consists of; ``schema`` publishes it as JSON Schema.

The sentences of the structs are published too, as what their keys mean, so they are in Indonesian. What
follows from the form (boxes, dates, columns) is taken from there.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType, field

from generator.form.boxes import BOXES, FIELDS, ValueKind
from generator.formats.beside import BESIDE
from generator.formats.open_data.described import URI, Count, Told, about, one_of, struct_of, text_or_lines
from generator.formats.open_data.flow_structs import DateRecord, FlowRecord, SpanRecord
from generator.model.klasifikasi import Klasifikasi
from generator.model.records import Keutuhan, Sertifikat
from generator.model.registers import Kepastian, Status
from generator.model.sop import Keyakinan

_OPEN = [kind.value for kind in Klasifikasi if kind is not Klasifikasi.DIKECUALIKAN]
"""What an SOP on a site may be; what is exempt is on none."""
_SEAL = (
    "SHA-256 catatan tanpa sidik, tanda_tangan, tinjauan, riwayat, alamat dan $schema, sebagai JSON berkunci "
    "urut tanpa spasi."
)
_WHOLE = "Apakah isinya masih seperti ketika ditandatangani; tidak-dapat-dinilai bukan berarti palsu."
_SIGNED = "Tanda tangan elektronik pada dokumen itu, seperti terbaca ketika disimpan."
_REVIEWED = "Kapan dan oleh siapa versi ini ditinjau dan tetap berlaku."
_PAST = "Semua versi SOP ini yang ada di situs ini, dari yang tertua."
_ONE = "null: SOP ini belum beralur, atau data ini data tetap sebuah versi."
_EACH = "Satu untuk tiap alur; kosong pada data tetap sebuah versi."
_SCHEMA: Any = field(name="$schema", default=UNSET)
Address = Annotated[
    str, URI, about("Alamat: lengkap bila instansi menyebut alamat situsnya, selain itu dari puncak situs.")
]


class LawRecord(Told, frozen=True):
    """Peraturan: seperti dikutip, dan yang kami kira dimaksud."""

    id: str
    kutipan: Annotated[str, about("Seperti dikutip dalam SOP, salah ketik termasuk.")]
    jenis: str
    nomor: str
    tahun: str
    judul: str
    dimaksud: Annotated[str | None, about("Peraturan yang dimaksud bila lain dari yang dikutip.")]
    keyakinan: Annotated[str, one_of(Kepastian)]
    catatan: str | None
    tautan: str | None
    nama: Annotated[str, about("Nama lengkap peraturan yang dimaksud.")]
    status: Annotated[str, one_of(Status)]


class VersionRecord(Told, frozen=True):
    """Versi SOP ini."""

    nomor: Annotated[int, Meta(ge=1)]
    perubahan: str | None
    alasan: str | None


class UnitRecord(Told, frozen=True):
    """Unit."""

    id: str
    nama: str


class RevocationRecord(Told, frozen=True):
    """Sejak kapan SOP ini dicabut (hari pertama ia tidak berlaku), dengan apa, dan apa penggantinya."""

    tanggal: DateRecord
    dasar: str | None
    pengganti: Annotated[str | None, about("Id SOP penggantinya.")]
    teks: Annotated[str | None, about("Kata-kata untuk pengganti yang tidak ada di situs ini.")]


class SignerRecord(Told, frozen=True):
    """Pengesah. NIP sengaja tidak dimuat."""

    jabatan: str | None
    nama: str | None


class RelatedRecord(Told, frozen=True):
    """Rujukan."""

    teks: Annotated[str | None, about("Seperti tertulis.")]
    sop: Annotated[str | None, about("Id SOP bila dikenal; milik instansi lain: instansi/id.")]


class TotalRecord(Told, frozen=True):
    """Jumlah waktu."""

    teks: str
    rentang: Annotated[tuple[SpanRecord, ...], about("Setiap satuan terpisah.")]
    langkah_tanpa_waktu: Count
    langkah_tak_terukur: Count


class ReadingRecord(Told, frozen=True):
    """Dugaan."""

    hal: str
    alasan: str
    keyakinan: Annotated[str, one_of(Keyakinan)]


class SignatureRecord(Told, frozen=True):
    """Satu tanda tangan elektronik."""

    nama: str
    jabatan: Annotated[str | None, about("Jabatan atau instansi pada sertifikatnya.")]
    waktu: Annotated[
        str | None, Meta(description="Kapan ditandatangani.", extra_json_schema={"format": "date-time"})
    ]
    cap_waktu: Annotated[bool, about("true: waktunya dari cap waktu, bukan dari jam penandatangan.")]
    keadaan: Annotated[str, one_of(Keutuhan, _WHOLE)]
    sertifikat: Annotated[
        str, one_of(Sertifikat, "Apakah sertifikatnya sampai ke akar yang dipercaya instansi.")
    ]


class ReviewRecord(Told, frozen=True):
    """Satu tinjauan."""

    tanggal: DateRecord
    oleh: str
    catatan: str | None


class PastRecord(Told, frozen=True):
    """Satu versi."""

    nomor: Annotated[int, Meta(ge=1)]
    dari: Annotated[date | None, about("Hari pertama versi ini berlaku; null: tidak disebut.")]
    sampai: Annotated[
        date | None, about("Hari terakhir versi ini berlaku; null: tidak ada atau tidak diketahui.")
    ]
    sampai_pasti: Annotated[
        bool,
        about(
            "false: versi ini berlaku paling lambat sampai hari itu; sesudahnya ada versi yang tanggalnya "
            "tidak diketahui."
        ),
    ]
    rancangan: Annotated[bool, about("true: rancangan revisi yang belum bertanggal efektif.")]
    perubahan: str | None
    alasan: str | None
    halaman: Annotated[
        str, URI, about("Alamat tetap halaman versi ini; dari satu-satunya versi, halaman SOP-nya.")
    ]
    data: Annotated[str, URI, about("Alamat tetap data versi ini; dari satu-satunya versi, data SOP-nya.")]


BY_KEY = sorted(BESIDE, key=lambda form: form.key)
"""The formats beside a page as records name them."""

AddressRecord = struct_of(
    "AddressRecord",
    "Di mana SOP ini dan turunannya.",
    ("halaman", Address),
    ("data", Address),
    *(
        (
            form.key,
            Annotated[tuple[Address, ...], about(_EACH)]
            if form.each
            else Annotated[str | None, URI, about(_ONE)],
        )
        for form in BY_KEY
    ),
)


class AgencyRecord(Told, frozen=True):
    """Instansi pemilik."""

    nama: str
    singkatan: str
    pemerintah: str


DatesRecord = struct_of(
    "DatesRecord",
    "Tanggal pada bagian identitas.",
    *((box.path[-1], DateRecord) for box in FIELDS if box.kind is ValueKind.DATE),
)


class SopHead(Told, frozen=True, kw_only=True):
    """Apa SOP itu."""

    schema: str | UnsetType = _SCHEMA
    id: Annotated[
        str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", description="Id SOP; tetap selama SOP itu ada.")
    ]
    nama: Annotated[str, about("Nama SOP seperti tertulis.")]
    nomor: str | None
    versi: VersionRecord
    klasifikasi: Annotated[str | None, Meta(extra_json_schema={"enum": [*_OPEN, None]})]
    unit: Annotated[tuple[UnitRecord, ...], about("Unit pemilik, lalu unit di atasnya.")]
    kop: tuple[str, ...]
    tanggal: DatesRecord  # type: ignore[valid-type]
    pencabutan: Annotated[RevocationRecord | None, about("null: SOP ini tidak dicabut.")]
    disahkan_oleh: SignerRecord | None
    tujuan: str | None
    dasar_hukum: Annotated[tuple[LawRecord, ...], about("Menurut urutan kutipan.")]
    keterkaitan: Annotated[tuple[RelatedRecord, ...], about("SOP lain yang terkait.")]


SopRecord = struct_of(
    "SopRecord",
    "Satu standar operasional prosedur: kata naskah seperti tertulis beserta hasil pembacaannya.",
    *(
        (box.key, Annotated[text_or_lines(box.kind is ValueKind.LINES), about(box.about)])
        for box in BOXES
        if box.kind in (ValueKind.LINES, ValueKind.TEXT)
    ),
    ("alur", Annotated[tuple[FlowRecord, ...], about("Satu untuk tiap tabel kegiatan.")]),
    ("waktu_total", Annotated[TotalRecord, about("Total waktu satu kali pengerjaan semua langkah.")]),
    (
        "dugaan",
        Annotated[tuple[ReadingRecord, ...], about("Penafsiran kami atas yang tidak tertulis di naskah.")],
    ),
    (
        "dokumen_resmi",
        Annotated[str | None, about("Alamat dokumen yang ditandatangani; data ini bukan penggantinya.")],
    ),
    ("sidik", Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description=_SEAL)]),
    ("tanda_tangan", Annotated[tuple[SignatureRecord, ...], about(_SIGNED)]),
    ("tinjauan", Annotated[tuple[ReviewRecord, ...], about(_REVIEWED)]),
    ("riwayat", Annotated[tuple[PastRecord, ...], Meta(min_length=1, description=_PAST)]),
    ("alamat", AddressRecord),
    base=SopHead,
)


class ListRecord(Told, frozen=True, kw_only=True):
    """Semua SOP di situs ini."""

    schema: str | UnsetType = _SCHEMA
    instansi: AgencyRecord
    jumlah: Count
    sop: Annotated[tuple[SopRecord, ...], about("Menurut id.")]  # type: ignore[valid-type]
