"""What a signed copy says of its signatures, as frozen values."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from generator.model.dates import date_text
from generator.model.values import Nilai


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


class TandaTangan(Nilai, frozen=True, kw_only=True):
    """One electronic signature of a signed copy, as it was found when the copy came home."""

    nama: str
    jabatan: str | None = None
    """Office or agency, as far as the certificate says it."""
    waktu: str | None = None
    """When, as ISO 8601 with its zone; by the signer's own clock, or by a time stamp (``cap_waktu``)."""
    cap_waktu: bool = False
    keadaan: Keutuhan = Keutuhan.UTUH
    sertifikat: Sertifikat = Sertifikat.BELUM_DINILAI


def time_text(time: str | None) -> str:
    """The moment of a signature in words: "25 Juni 2025 pukul 05.55 (UTC+07.00)"."""
    try:
        when = datetime.fromisoformat(time or "")
    except ValueError:
        return time or "waktu tidak disebut"
    zone = when.strftime("%z")
    told = f" (UTC{zone[:3]}.{zone[3:5]})" if zone else ""
    return f"{date_text(when.date())} pukul {when:%H.%M}{told}"
