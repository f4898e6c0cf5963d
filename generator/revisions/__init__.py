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
from generator.revisions.force import Masa, in_force, periods

__all__ = [
    "Isian",
    "Jenis",
    "Langkah",
    "Masa",
    "Perubahan",
    "Potongan",
    "Sebutan",
    "Tabel",
    "changes",
    "in_force",
    "periods",
]
