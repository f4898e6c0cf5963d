"""Versions of an SOP → what changed between two of them, which one was in force on a day, what is new."""

from generator.data.revisions.changes import (
    Isian,
    Jenis,
    Langkah,
    Perubahan,
    Potongan,
    Sebutan,
    Tabel,
    cells,
    changes,
)
from generator.data.revisions.force import (
    Keadaan,
    Masa,
    Riwayat,
    drafts,
    history,
    in_force,
    is_revoked,
    periods,
    revoked_since,
    standing,
    with_revocation,
)
from generator.data.revisions.news import Kabar, Peristiwa, compared_with, news

__all__ = [
    "Isian",
    "Jenis",
    "Kabar",
    "Keadaan",
    "Langkah",
    "Masa",
    "Peristiwa",
    "Perubahan",
    "Potongan",
    "Riwayat",
    "Sebutan",
    "Tabel",
    "cells",
    "changes",
    "compared_with",
    "drafts",
    "history",
    "in_force",
    "is_revoked",
    "news",
    "periods",
    "revoked_since",
    "standing",
    "with_revocation",
]
