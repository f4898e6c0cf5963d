"""The identity block (*bagian identitas*): the fields beside the letterhead and the boxes below them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from msgspec import Struct


def either(label: str, *variants: str) -> str:
    """The pattern of an official heading in small letters and of those met instead."""
    return "|".join((re.escape(label.casefold()), *variants))


class Kind(StrEnum):
    """What a field or box holds."""

    TEXT = "teks"
    DATE = "tanggal"
    SIGNER = "pengesahan"
    LINES = "baris"
    LAWS = "peraturan"
    RELATED = "sop"


class Box(Struct, frozen=True, kw_only=True):
    """One field or box.

    ``key`` names it among the headings, ``at`` the place of its value in the SOP and its file
    (``tanggal.revisi``; the key where it is not said). ``variants`` are the headings met in signed SOPs
    beside the official one, as patterns; ``about`` is the sentence of the guide, ``remark`` what a new file
    says behind the key. ``counted``: whether it counts as complete only where it is filled.
    """

    key: str
    label: str
    kind: Kind
    about: str
    at: str = ""
    variants: tuple[str, ...] = ()
    remark: str = ""
    counted: bool = True

    @property
    def pattern(self) -> str:
        """What its heading may say, in small letters."""
        return either(self.label, *self.variants)

    @property
    def path(self) -> tuple[str, ...]:
        """The keys that lead to its value in the SOP and in its file."""
        return tuple((self.at or self.key).split("."))

    def of(self, sop: Any) -> Any:
        """Its value in an SOP."""
        for name in self.path:
            sop = getattr(sop, name)
        return sop


def _date(name: str, about: str, *variants: str, remark: str = "") -> Box:
    return Box(
        key=f"tanggal_{name}",
        label=f"Tanggal {name.title()}",
        kind=Kind.DATE,
        about=about,
        at=f"tanggal.{name}",
        variants=(rf"tgl\.? {name}", *variants),
        remark=remark,
    )


def _lines(key: str, label: str, *variants: str) -> Box:
    about = f"Kotak {label}, baris demi baris seperti tercetak."
    return Box(key=key, label=label, kind=Kind.LINES, about=about, variants=variants)


FIELDS: tuple[Box, ...] = (
    Box(
        key="nomor",
        label="Nomor SOP",
        kind=Kind.TEXT,
        about='Nomor SOP seperti pada naskah ("-" bila begitu tertulis).',
        variants=(r"no\.? sop",),
        remark='"-" bila pada naskah tertulis "-"',
    ),
    _date("pembuatan", 'Tanggal Pembuatan seperti pada naskah ("-" bila begitu tertulis).'),
    _date("revisi", "Tanggal Revisi seperti pada naskah."),
    _date(
        "efektif",
        "Tanggal Efektif seperti pada naskah.",
        "tanggal pengesahan",
        remark="tanggal mulai berlaku",
    ),
    Box(
        key="disahkan_oleh",
        label="Disahkan oleh",
        kind=Kind.SIGNER,
        about="Siapa yang mengesahkan.",
    ),
    Box(
        key="nama",
        label="Nama SOP",
        kind=Kind.TEXT,
        about="Nama SOP seperti pada naskah.",
        variants=("judul sop",),
        counted=False,
    ),
)
"""The fields right of the letterhead, from the top."""

BOXES: tuple[Box, ...] = (
    Box(
        key="dasar_hukum",
        label="Dasar Hukum",
        kind=Kind.LAWS,
        about="Peraturan yang mendasari, id dari hukum.yml, urut seperti pada naskah.",
        remark="id dari hukum.yml, misalnya [uu-25-2009]",
    ),
    _lines("kualifikasi_pelaksana", "Kualifikasi Pelaksana"),
    Box(
        key="keterkaitan",
        label="Keterkaitan",
        kind=Kind.RELATED,
        about="SOP yang berkaitan: teksnya, dan sop bila ada di sini.",
        variants=("keterkaitan dengan sop lain",),
        remark="nama SOP lain; {sop: nama-berkas} bila ada di sini",
        counted=False,
    ),
    _lines(
        "peralatan_perlengkapan",
        "Peralatan/Perlengkapan",
        r"peralatan ?/ ?perlengkapan",
        "peralatan( dan perlengkapan)?",
    ),
    _lines("peringatan", "Peringatan"),
    _lines("pencatatan_pendataan", "Pencatatan dan Pendataan", r"pencatatan ?(&|/) ?pendataan"),
)
"""The boxes below, two in a row, from the top left."""
