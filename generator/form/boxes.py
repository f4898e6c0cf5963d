"""The identity block (*bagian identitas*): the fields beside the letterhead and the boxes below them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from msgspec import Struct


def either(label: str, *variants: str) -> str:
    """The pattern of an official heading in small letters and of those met instead."""
    return "|".join((re.escape(label.casefold()), *variants))


class ValueKind(StrEnum):
    """What a field or box holds."""

    TEXT = "teks"
    DATE = "tanggal"
    SIGNER = "pengesahan"
    LINES = "baris"
    LAWS = "peraturan"
    RELATED = "sop"


class FormBox(Struct, frozen=True, kw_only=True):
    """One field or box.

    ``key`` names it among the headings, ``at`` the place of its value in the SOP and its file
    (``tanggal.revisi``; the key where it is not said). ``variants`` are the headings met in signed SOPs
    beside the official one, as patterns; ``about`` is the sentence of the guide, ``remark`` what a new file
    says behind the key. ``counted``: whether it counts as complete only where it is filled.
    """

    key: str
    label: str
    kind: ValueKind
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


def _date(name: str, about: str, *variants: str, remark: str = "") -> FormBox:
    return FormBox(
        key=f"tanggal_{name}",
        label=f"Tanggal {name.title()}",
        kind=ValueKind.DATE,
        about=about,
        at=f"tanggal.{name}",
        variants=(rf"tgl\.? {name}", *variants),
        remark=remark,
    )


def _lines(key: str, label: str, *variants: str) -> FormBox:
    about = f"Kotak {label}, baris demi baris seperti tercetak."
    return FormBox(key=key, label=label, kind=ValueKind.LINES, about=about, variants=variants)


FIELDS: tuple[FormBox, ...] = (
    FormBox(
        key="nomor",
        label="Nomor SOP",
        kind=ValueKind.TEXT,
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
    FormBox(
        key="disahkan_oleh",
        label="Disahkan oleh",
        kind=ValueKind.SIGNER,
        about="Siapa yang mengesahkan.",
    ),
    FormBox(
        key="nama",
        label="Nama SOP",
        kind=ValueKind.TEXT,
        about="Nama SOP seperti pada naskah.",
        variants=("judul sop",),
        counted=False,
    ),
)
"""The fields right of the letterhead, from the top."""

BOXES: tuple[FormBox, ...] = (
    FormBox(
        key="dasar_hukum",
        label="Dasar Hukum",
        kind=ValueKind.LAWS,
        about="Peraturan yang mendasari, id dari hukum.yml, urut seperti pada naskah.",
        remark="id dari hukum.yml, misalnya [uu-25-2009]",
    ),
    _lines("kualifikasi_pelaksana", "Kualifikasi Pelaksana"),
    FormBox(
        key="keterkaitan",
        label="Keterkaitan",
        kind=ValueKind.RELATED,
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
