"""What happened to an SOP outside its text, as frozen values: who signed it, and who looked at it again."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import field

from generator.model.dates import date_text
from generator.model.values import DataStruct


class Keutuhan(StrEnum):
    """Whether what was signed is still what it was. ``DITAMBAH``: only what a form allows came after it, as a
    second signature; ``TAK_DINILAI``: that cannot be said, which does not mean that it is forged."""

    UTUH = "utuh"
    DITAMBAH = "ditambah"
    TAK_DINILAI = "tidak-dapat-dinilai"
    TAK_UTUH = "tidak-utuh"


class Sertifikat(StrEnum):
    """Whether the certificate leads to a root that the agency has put into its folder."""

    DIPERCAYA = "dipercaya"
    BELUM_DINILAI = "belum-dinilai"
    TAK_SAMPAI = "tidak-sampai-akar"
    BERMASALAH = "bermasalah"


WHOLE = {
    Keutuhan.UTUH: "utuh, tidak diubah sesudah ditandatangani",
    Keutuhan.DITAMBAH: "utuh; sesudahnya hanya ditambah tanda tangan atau isian",
    Keutuhan.TAK_DINILAI: "tidak dapat dinilai apakah diubah sesudah ditandatangani (bukan berarti palsu)",
    Keutuhan.TAK_UTUH: "tidak cocok lagi dengan isi berkas",
}
CHAIN = {
    Sertifikat.DIPERCAYA: "sertifikat sampai ke akar yang dipercaya instansi",
    Sertifikat.BELUM_DINILAI: "sertifikat belum dinilai",
    Sertifikat.TAK_SAMPAI: "sertifikat tidak sampai ke akar yang dipercaya instansi",
    Sertifikat.BERMASALAH: "sertifikat bermasalah",
}


class TandaTangan(DataStruct, frozen=True, kw_only=True):
    """One electronic signature of a signed copy, as it was found when the copy came home."""

    nama: str
    jabatan: str | None = None
    """Office or agency, as far as the certificate says it."""
    waktu: str | None = None
    """When, as ISO 8601 with its zone; by the signer's own clock, or by a time stamp (``cap_waktu``)."""
    cap_waktu: bool = False
    keadaan: Keutuhan = Keutuhan.UTUH
    sertifikat: Sertifikat = Sertifikat.BELUM_DINILAI


class Peninjauan(DataStruct, frozen=True, kw_only=True):
    """That an SOP was reviewed and stays in force as it is."""

    tanggal: str
    """As people write dates; always one that can be read."""
    oleh: str
    catatan: str | None = None
    dilihat: dict[str, str] = field(default_factory=dict)
    """Marks of the laws, actors and SOPs that it names ("hukum/uu-25-2009": "1f2e3d4c")."""
    berubah: tuple[str, ...] = ()
    """What of these has changed since, in words, where its readers may know; never in a file."""


def time_text(time: str | None) -> str:
    """The moment of a signature in words: "25 Juni 2025 pukul 05.55 (UTC+07.00)"."""
    try:
        when = datetime.fromisoformat(time or "")
    except ValueError:
        return time or "waktu tidak disebut"
    zone = when.strftime("%z")
    told = f" (UTC{zone[:3]}.{zone[3:5]})" if zone else ""
    return f"{date_text(when.date())} pukul {when:%H.%M}{told}"
