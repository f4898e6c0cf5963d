"""Versions of an SOP → what changed between two of them, and which one was in force on a day."""

from generator.revisions.changes import (
    Isian,
    Jenis,
    Langkah,
    Perubahan,
    Potongan,
    Sebutan,
    Tabel,
    changes,
)
from generator.revisions.force import (
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

__all__ = [
    "Isian",
    "Jenis",
    "Keadaan",
    "Langkah",
    "Masa",
    "Perubahan",
    "Potongan",
    "Riwayat",
    "Sebutan",
    "Tabel",
    "changes",
    "drafts",
    "history",
    "in_force",
    "is_revoked",
    "periods",
    "revoked_since",
    "standing",
    "with_revocation",
]
