"""What SOPs refer to, as frozen values: the agency, its units and actors, and the laws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import field

from generator.form import LABEL_RESMI
from generator.form.columns import chosen
from generator.form.papers import USUAL
from generator.model.sop import SOP, Kapsul
from generator.model.values import DataStruct


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


class Peraturan(DataStruct, frozen=True, kw_only=True):
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


class Unit(DataStruct, frozen=True, kw_only=True):
    """An organisational unit; ``induk`` is the id of the one above."""

    id: str
    nama: str
    induk: str | None = None
    singkatan: str | None = None
    kop: tuple[str, ...] = ()
    """Letterhead lines of this unit's SOPs as printed; empty: from the unit and those above it."""
    tinjau_ulang_bulan: int | None = None
    """After so many months its SOPs are reviewed, where that is not as above it."""


def chain_of(units: Mapping[str, Unit], id: str | None) -> Iterator[Unit]:
    """A unit and those above it."""
    seen: set[str] = set()
    while id is not None and id in units and id not in seen:
        seen.add(id)
        yield units[id]
        id = units[id].induk


class Pelaksana(DataStruct, frozen=True, kw_only=True):
    """An actor: its column heading and its full name."""

    id: str
    nama: str
    """Heading as the form prints it ("Kasi")."""
    lengkap: str | None = None
    unit: str | None = None


class SopLain(DataStruct, frozen=True, kw_only=True):
    """What is told of an SOP of another agency: its name, whose it is, and the address of its page ("" where
    that is not known; from the top of the own site where both stand in one portal)."""

    nama: str
    instansi: str
    alamat: str = ""

    @property
    def sebutan(self) -> str:
        """How it is named where its agency is not said otherwise."""
        return f"{self.nama} ({self.instansi})"


class PortalUmum(DataStruct, frozen=True, kw_only=True):
    """The portal that an agency's site is part of, and its address, from the top of the site where both stand
    together."""

    nama: str
    alamat: str = ""

    @property
    def beside(self) -> bool:
        """Whether it stands beside the site."""
        return "://" not in self.alamat


class Instansi(DataStruct, frozen=True, kw_only=True):
    """The agency, and its settings for pages and paper."""

    nama: str
    singkatan: str
    pemerintah: str
    alamat: tuple[str, ...] = ()
    web: str | None = None
    email: str | None = None
    lisensi_data: str | None = None
    """Under what terms others may use the data ("CC BY 4.0")."""
    situs: str | None = None
    """Public address of the site, for absolute links."""
    situs_internal: str | None = None
    """Address of the internal site; no part of the public catalogue."""
    logo: str | None = None
    logo_situs: str | None = None
    """Picture in the head of the sites where it is not the emblem."""
    warna: str | None = None
    """Main colour of the sites, ``#rrggbb``."""
    kertas: str = USUAL
    kapsul: Kapsul = Kapsul.SENDIRI
    tinjau_ulang_bulan: int = 12
    label: dict[str, str] = field(default_factory=dict)
    """Headings that differ from the official ones (``kegiatan: Aktivitas`` …)."""
    kolom: tuple[str, ...] | None = None
    """Columns right of the actors, from the left, where they are not those of the official form."""


NOBODY = Instansi(nama="", singkatan="", pemerintah="")
"""Who stands for an agency that cannot be read."""


def label_untuk(instansi: Instansi, sop: SOP) -> dict[str, str]:
    """All headings of one SOP: its own, else the agency's, else the official ones. A column that its form has
    not has no heading; those right of the actors stand in their order (see ``columns.headed``)."""
    label = {**LABEL_RESMI, **instansi.label, **sop.label}
    columns = instansi.kolom if sop.kolom is None else sop.kolom
    return label if columns is None else chosen(label, columns)
