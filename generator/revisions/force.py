"""Versions of an SOP and a day → which one was in force. The day is an argument; nothing reads the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.dates import parse_date
from generator.model import SOP


@dataclass(frozen=True, slots=True)
class Masa:
    """A version and the days it was in force, both included; None where the data does not say."""

    sop: SOP
    dari: date | None
    sampai: date | None


def periods(versions: Sequence[SOP]) -> tuple[Masa, ...]:
    """When each version was in force: from its ``tanggal.efektif`` to the day before that of the nearest
    later version that has one. ``versions`` stand oldest first."""
    starts = [parse_date(sop.tanggal.efektif) for sop in versions]
    found = []
    for n, sop in enumerate(versions):
        following = next((start for start in starts[n + 1 :] if start), None)
        found.append(Masa(sop, starts[n], following - timedelta(days=1) if following else None))
    return tuple(found)


def in_force(versions: Sequence[SOP], day: date) -> Masa | None:
    """The version that was in force on a day; None where the data does not tell. ``versions`` stand oldest
    first; of two that had begun, the later one replaced the earlier."""
    begun = [period for period in periods(versions) if period.dari and period.dari <= day]
    return begun[-1] if begun else None
