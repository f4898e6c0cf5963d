"""An SOP, as frozen values.

Fields carry the keys of ``sop_data/`` in the words of the official form (PermenPAN-RB 35/2012), because
the people who edit them are civil servants. Text is kept as the source said it ("-" and "" included);
None means that the source is silent.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import field

from generator.form.symbols import Bentuk
from generator.model.klasifikasi import Klasifikasi
from generator.model.records import Peninjauan, TandaTangan
from generator.model.values import DataStruct


class Kapsul(StrEnum):
    """How a start or end is drawn: a capsule of its own in the cell, in place of the box, or none."""

    SENDIRI = "sendiri"
    PENGGANTI = "pengganti"
    TIDAK = "tidak"


class Hubungan(StrEnum):
    """How boxes of joint actors are joined: a headless line, an ordered arrow, or nothing."""

    GARIS = "garis"
    PANAH = "panah"
    TANPA = "tanpa"


class Garis(StrEnum):
    """How an arrow is drawn where that is not a plain line."""

    PUTUS = "putus-putus"


class Keyakinan(StrEnum):
    """How sure a reading is: ``kuat`` where it follows from the text, ``lemah`` where it is a guess."""

    KUAT = "kuat"
    LEMAH = "lemah"


class Arah(DataStruct, frozen=True, kw_only=True):
    """One way out of a symbol. ``ke`` is the id of a step or symbol, None for the next one, ``selesai``
    for the end, ``lepas`` where the source does not say where it leads; ``sop`` the slug of another SOP that
    the flow is handed to."""

    label: str = ""
    ke: str | None = None
    pelaksana: str | None = None
    """Of joint actors at the target, the one that the arrow goes to; None: the nearest."""
    dari: str | None = None
    """Of joint actors here, the one that the arrow comes from; None: the nearest."""
    sop: str | None = None
    garis: Garis | None = None
    teks: str = ""
    """What the end capsule says where the SOP that follows may not be named."""


class Simbol(DataStruct, frozen=True, kw_only=True):
    """One symbol of a step that has several (long form)."""

    id: str | None = None
    bentuk: Bentuk = Bentuk.KOTAK
    pelaksana: tuple[str, ...]
    hubungan: Hubungan = Hubungan.GARIS
    bersama: bool = False
    """Done jointly with the symbol before it, whatever its shape: a headless line joins both."""
    teks: str = ""
    arah: tuple[Arah, ...] | None = None
    """None: on to the next symbol or step. Written as ``lanjut`` or ``keputusan`` in the file."""
    keputusan: bool = False
    sop: str | None = None


class Kegiatan(DataStruct, frozen=True, kw_only=True):
    """One row of the activity table."""

    id: str | None = None
    no: str | None = None
    """Number as printed; None counts on from the row before, "" leaves the row unnumbered."""
    uraian: str
    pelaksana: tuple[str, ...] = ()
    hubungan: Hubungan = Hubungan.GARIS
    mulai: Kapsul | None = None
    selesai: Kapsul | None = None
    pertanyaan: str = ""
    """Text inside the diamond, as "Setuju?"."""
    arah: tuple[Arah, ...] | None = None
    """Ways out, from ``keputusan`` (a mapping of labels) or ``lanjut``; None: the next step."""
    keputusan: bool = False
    simbol: tuple[Simbol, ...] = ()
    sop: str | None = None
    """Slug of another SOP by which this step is carried out."""
    kelengkapan: tuple[str, ...] = ()
    """Lines of the cell as printed, list markers included ("1. Standard Harga", "- DPA"); see
    ``read_list``."""
    waktu: str | None = None
    output: str | None = None
    keterangan: str | None = None
    gabung: tuple[str, ...] = ()
    """Columns right of the actors whose cell is one with that of the step above."""


class Alur(DataStruct, frozen=True, kw_only=True):
    """One activity table with its flowchart; an SOP may have several."""

    id: str
    judul: str | None = None
    pelaksana: tuple[str, ...]
    kegiatan: tuple[Kegiatan, ...]


class Tanggal(DataStruct, frozen=True, kw_only=True):
    """Dates as the source writes them ("16 Januari 2019", "2019-01-16", "-")."""

    pembuatan: str | None = None
    revisi: str | None = None
    efektif: str | None = None


class Pengesahan(DataStruct, frozen=True, kw_only=True):
    """Who signs: jabatan, nama, NIP."""

    jabatan: str | None = None
    nama: str | None = None
    nip: str | None = None


class Rujukan(DataStruct, frozen=True, kw_only=True):
    """A related SOP: its text as cited, and its slug where it is one of ours."""

    teks: str | None = None
    sop: str | None = None


class Dugaan(DataStruct, frozen=True, kw_only=True):
    """A reading: something the source does not say and that we inferred. Shown marked until confirmed."""

    hal: str
    """What was inferred: ``pelaksana``, ``alur`` …"""
    alasan: str
    keyakinan: Keyakinan = Keyakinan.LEMAH


class Versi(DataStruct, frozen=True, kw_only=True):
    """Which version of its SOP a file is. It is in force from ``tanggal.efektif`` to the day before the next
    version is."""

    nomor: int = 1
    perubahan: str | None = None
    """What this version changes, in the words of whoever revised it."""
    alasan: str | None = None
    """Why."""


class Pencabutan(DataStruct, frozen=True, kw_only=True):
    """That an SOP is no longer in force: since which day, by what, and by which SOP it is replaced."""

    tanggal: str
    """The first day on which it is not in force, as people write dates; always one that can be read."""
    dasar: str | None = None
    pengganti: str | None = None
    """Slug of the SOP in its place."""
    teks: str = ""
    """What stands for the replacement where it may not be named."""


ABOUT_THE_FILE = frozenset(
    {
        *("klasifikasi", "catatan", "dugaan", "dokumen_resmi", "sidik_data", "judul_terbuka", "kertas"),
        *("tanda_tangan", "tinjau_ulang_bulan", "tinjauan"),
    }
)
"""Fields of an SOP that are not in the form."""


class SOP(DataStruct, frozen=True, kw_only=True, weakref=True):
    """One standard operating procedure."""

    slug: str
    nama: str
    nomor: str | None = None
    unit: str
    kop: tuple[str, ...] = ()
    """Lines of the letterhead as the source prints them; empty: from the unit and its parents."""
    klasifikasi: Klasifikasi | None = None
    versi: Versi = Versi()
    tanggal: Tanggal = Tanggal()
    pencabutan: Pencabutan | None = None
    disahkan_oleh: Pengesahan | None = None
    tujuan: str | None = None
    dasar_hukum: tuple[str, ...] = ()
    """Ids in the register of laws, in the cited order."""
    kualifikasi_pelaksana: tuple[str, ...] = ()
    """Lines as printed, list markers included; so are the other boxes of the identity block."""
    keterkaitan: tuple[Rujukan, ...] = ()
    peralatan_perlengkapan: tuple[str, ...] = ()
    peringatan: tuple[str, ...] = ()
    pencatatan_pendataan: tuple[str, ...] = ()
    alur: tuple[Alur, ...] = ()
    """One per activity table; a file with ``pelaksana`` and ``kegiatan`` at its top has one."""
    label: dict[str, str] = field(default_factory=dict)
    """Headings of this SOP that differ from those of the agency (keys of ``form.LABEL_RESMI``)."""
    kolom: tuple[str, ...] | None = None
    """Columns right of the actors, from the left, where they are not as in the agency."""
    dokumen_resmi: str | None = None
    """Link to the signed document, or ``naskah/….pdf`` in the data folder, published byte for byte beside
    the generated one, which never replaces it."""
    sidik_data: str | None = None
    """The data hash at the foot of the copy that was signed: when the data has another hash now, it was
    changed since."""
    tanda_tangan: tuple[TandaTangan, ...] = ()
    """The electronic signatures of the signed copy, as they were read when it came home."""
    tinjau_ulang_bulan: int | None = None
    """After so many months it is reviewed, where that is not as in its unit or the agency."""
    tinjauan: tuple[Peninjauan, ...] = ()
    """When this version was reviewed and stayed as it is, the earliest first."""
    kertas: str | None = None
    """Paper of this SOP where it is not the agency's."""
    judul_terbuka: bool = False
    """True: the title may be named on the public site although the SOP itself is not public."""
    dugaan: tuple[Dugaan, ...] = ()
    catatan: tuple[str, ...] = ()
    """Editor's notes on the source, for the internal site only."""
