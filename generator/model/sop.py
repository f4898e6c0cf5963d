"""The SOP and everything it refers to, as frozen values.

Fields carry the keys of ``sop_data/`` in the words of the official form (PermenPAN-RB 35/2012), because
the people who edit them are civil servants. Text is kept as the source said it ("-" and "" included);
None means that the source is silent.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any

import msgspec

from generator.form import LABEL_RESMI
from generator.form.papers import USUAL


class Nilai(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all values: frozen, given by the names of their fields; reading one from JSON refuses a key
    that is not a field."""


def stated(value: Nilai, *, leave: Collection[str] = ()) -> dict[str, Any]:
    """What a value states, as JSON knows it (mappings, lists, texts): without what has its default, so that a
    new field shows nowhere until it is used, and without the fields named in ``leave``."""
    found = ((name, getattr(value, name), default) for name, default in _defaults(type(value)))
    return {name: _stated(own) for name, own, default in found if own != default and name not in leave}


def _stated(value: Any) -> Any:
    if isinstance(value, Nilai):
        return stated(value)
    return [_stated(one) for one in value] if isinstance(value, tuple) else msgspec.to_builtins(value)


@lru_cache
def _defaults(kind: type[Nilai]) -> tuple[tuple[str, Any], ...]:
    """The fields of a kind of value with their defaults; one without has what no value equals."""
    fields = msgspec.structs.fields(kind)
    return tuple(
        (f.name, f.default if f.default_factory is msgspec.NODEFAULT else f.default_factory()) for f in fields
    )


class Klasifikasi(StrEnum):
    """Who may read an SOP (UU 14/2008): only what says ``publik`` is ever published."""

    PUBLIK = "publik"
    INTERNAL = "internal"
    DIKECUALIKAN = "dikecualikan"


class Bentuk(StrEnum):
    """The symbol of a step: kapsul (start, end), kotak (process), belah-ketupat (decision)."""

    KAPSUL = "kapsul"
    KOTAK = "kotak"
    BELAH_KETUPAT = "belah-ketupat"


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


class Keyakinan(StrEnum):
    """How sure a reading is: ``kuat`` where it follows from the text, ``lemah`` where it is a guess."""

    KUAT = "kuat"
    LEMAH = "lemah"


class Arah(Nilai, frozen=True, kw_only=True):
    """One way out of a symbol. ``ke`` is the id of a step or symbol, None for the next one, ``selesai``
    for the end; ``sop`` the slug of another SOP that the flow is handed to."""

    label: str = ""
    ke: str | None = None
    sop: str | None = None
    teks: str = ""
    """What the end capsule says where the SOP that follows may not be named."""


class Simbol(Nilai, frozen=True, kw_only=True):
    """One symbol of a step that has several (long form)."""

    id: str | None = None
    bentuk: Bentuk = Bentuk.KOTAK
    pelaksana: tuple[str, ...]
    hubungan: Hubungan = Hubungan.GARIS
    teks: str = ""
    arah: tuple[Arah, ...] | None = None
    """None: on to the next symbol or step. Written as ``lanjut`` or ``keputusan`` in the file."""
    keputusan: bool = False
    sop: str | None = None


class Kegiatan(Nilai, frozen=True, kw_only=True):
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
    ``susun_butir``."""
    waktu: str | None = None
    output: str | None = None
    keterangan: str | None = None


class Alur(Nilai, frozen=True, kw_only=True):
    """One activity table with its flowchart; an SOP may have several."""

    id: str
    judul: str | None = None
    pelaksana: tuple[str, ...]
    kegiatan: tuple[Kegiatan, ...]


class Tanggal(Nilai, frozen=True, kw_only=True):
    """Dates as the source writes them ("16 Januari 2019", "2019-01-16", "-")."""

    pembuatan: str | None = None
    revisi: str | None = None
    efektif: str | None = None


class Pengesahan(Nilai, frozen=True, kw_only=True):
    """Who signs: jabatan, nama, NIP."""

    jabatan: str | None = None
    nama: str | None = None
    nip: str | None = None


class Rujukan(Nilai, frozen=True, kw_only=True):
    """A related SOP: its text as cited, and its slug where it is one of ours."""

    teks: str | None = None
    sop: str | None = None


class Dugaan(Nilai, frozen=True, kw_only=True):
    """A reading: something the source does not say and that we inferred. Shown marked until confirmed."""

    hal: str
    """What was inferred: ``pelaksana``, ``alur`` …"""
    alasan: str
    keyakinan: Keyakinan = Keyakinan.LEMAH


class Versi(Nilai, frozen=True, kw_only=True):
    """Which version of its SOP a file is. It is in force from ``tanggal.efektif`` to the day before the next
    version is."""

    nomor: int = 1
    perubahan: str | None = None
    """What this version changes, in the words of whoever revised it."""
    alasan: str | None = None
    """Why."""


class Pencabutan(Nilai, frozen=True, kw_only=True):
    """That an SOP is no longer in force: since which day, by what, and by which SOP it is replaced."""

    tanggal: str
    """The first day on which it is not in force, as people write dates; always one that can be read."""
    dasar: str | None = None
    pengganti: str | None = None
    """Slug of the SOP in its place."""
    teks: str = ""
    """What stands for the replacement where it may not be named."""


class SOP(Nilai, frozen=True, kw_only=True, weakref=True):
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
    label: dict[str, str] = {}
    """Headings of this SOP that differ from those of the agency (keys of ``form.LABEL_RESMI``)."""
    dokumen_resmi: str | None = None
    """Link to the signed document, or ``naskah/….pdf`` in the data folder, published byte for byte beside
    the generated one, which never replaces it."""
    sidik_data: str | None = None
    """The data hash at the foot of the copy that was signed: when the data has another hash now, it was
    changed since."""
    kertas: str | None = None
    """Paper of this SOP where it is not the agency's."""
    judul_terbuka: bool = False
    """True: the title may be named on the public site although the SOP itself is not public."""
    dugaan: tuple[Dugaan, ...] = ()
    catatan: tuple[str, ...] = ()
    """Editor's notes on the source, for the internal site only."""


class Status(StrEnum):
    """Whether a law is in force, as far as we know."""

    BERLAKU = "berlaku"
    DICABUT = "dicabut"
    DIRAGUKAN = "diragukan"
    BELUM_DIPERIKSA = "belum-diperiksa"


class Kepastian(StrEnum):
    """How sure we are of the law that is meant."""

    PASTI = "pasti"
    HAMPIR_PASTI = "hampir-pasti"
    BELUM_DIPERIKSA = "belum-diperiksa"


class Peraturan(Nilai, frozen=True, kw_only=True):
    """One law in the register: the text as cited, and beside it the law we think is meant."""

    id: str
    kutipan: str
    """As cited in the SOPs, misprints included."""
    jenis: str
    nomor: str
    tahun: str
    judul: str
    """Official title of the law meant, as far as known."""
    dimaksud: str | None = None
    """The law meant where it is not the one cited ("UU Nomor 14 Tahun 2008")."""
    status: Status = Status.BELUM_DIPERIKSA
    keyakinan: Kepastian = Kepastian.BELUM_DIPERIKSA
    catatan: str | None = None
    tautan: str | None = None

    @property
    def nama(self) -> str:
        """The law meant in one line: "Undang-Undang Nomor 14 Tahun 2008 tentang …"."""
        year = "" if self.tahun in self.nomor else f" Tahun {self.tahun}"
        return f"{self.jenis} Nomor {self.nomor}{year} tentang {self.judul}"


class Unit(Nilai, frozen=True, kw_only=True):
    """An organisational unit; ``induk`` is the id of the one above."""

    id: str
    nama: str
    induk: str | None = None
    singkatan: str | None = None
    kop: tuple[str, ...] = ()
    """Letterhead lines of this unit's SOPs as printed; empty: from the unit and those above it."""


class Pelaksana(Nilai, frozen=True, kw_only=True):
    """An actor: its column heading and its full name."""

    id: str
    nama: str
    """Heading as the form prints it ("Kasi")."""
    lengkap: str | None = None
    unit: str | None = None


class Instansi(Nilai, frozen=True, kw_only=True):
    """The agency, and its settings for pages and paper."""

    nama: str
    singkatan: str
    pemerintah: str
    alamat: tuple[str, ...] = ()
    web: str | None = None
    email: str | None = None
    situs: str | None = None
    """Public address of the site, for absolute links."""
    logo: str | None = None
    kertas: str = USUAL
    kapsul: Kapsul = Kapsul.SENDIRI
    tinjau_ulang_bulan: int = 12
    label: dict[str, str] = {}
    """Headings that differ from the official ones (``kegiatan: Aktivitas`` …)."""


def label_untuk(instansi: Instansi, sop: SOP) -> dict[str, str]:
    """All headings of one SOP: its own, else the agency's, else the official ones."""
    return {**LABEL_RESMI, **instansi.label, **sop.label}


class Penanda(StrEnum):
    """Marker before the items of a list as the source prints it."""

    TANPA = ""
    ANGKA = "1."
    KURUNG = "1)"
    STRIP = "-"
    BULATAN = "•"


class Butir(Nilai, frozen=True, kw_only=True):
    """Lines of a cell read as a list: the marker and the items without it."""

    penanda: Penanda
    isi: tuple[str, ...]

    def baris(self) -> tuple[str, ...]:
        """The lines again, with their markers: the inverse of ``susun_butir``."""
        if self.penanda in (Penanda.ANGKA, Penanda.KURUNG):
            return tuple(f"{n}{self.penanda[-1]} {isi}" for n, isi in enumerate(self.isi, 1))
        return tuple(f"{self.penanda} {isi}" for isi in self.isi) if self.penanda else self.isi


def susun_butir(baris: Sequence[str]) -> Butir:
    """Read the lines of a cell as a list, if every line has the same marker (numbers counting from 1);
    otherwise the lines stay as they are, unmarked. No text is lost: ``baris()`` gives the lines back."""
    return _susun_butir(tuple(baris))


@lru_cache(maxsize=2048)
def _susun_butir(baris: tuple[str, ...]) -> Butir:
    if not baris or not baris[0].startswith(("- ", "• ", "1. ", "1) ")):
        return Butir(penanda=Penanda.TANPA, isi=baris)
    for penanda in (Penanda.STRIP, Penanda.BULATAN):
        if all(b.startswith(f"{penanda} ") and b[2:].strip() == b[2:] != "" for b in baris):
            return Butir(penanda=penanda, isi=tuple(b[2:] for b in baris))
    for penanda in (Penanda.ANGKA, Penanda.KURUNG):
        cocok = [re.fullmatch(rf"{n}{re.escape(penanda[-1])} (\S|\S.*\S)", b) for n, b in enumerate(baris, 1)]
        if all(cocok):
            return Butir(penanda=penanda, isi=tuple(m[1] for m in cocok if m))
    return Butir(penanda=Penanda.TANPA, isi=baris)
