"""Versions of an SOP and a day → which one was in force, and how each of them stands. The day is an argument;
nothing reads the clock.

A version without an effective date after one that has one is a draft of a revision: it was never in force.
Before the first that has one, versions without a date were in force, nobody knows since when.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from generator.model.dates import parse_date
from generator.model.sop import SOP


class Period(Struct, frozen=True):
    """A version and the days it was in force, both included; None where the data does not say. ``certain`` is
    False where ``until`` is only the latest it can have been: a version came between of which nobody knows
    when, or that is not here."""

    sop: SOP
    since: date | None
    until: date | None
    certain: bool = True


class VersionState(StrEnum):
    """How a version stands. ``TANPA_TANGGAL``: it is the one that counts, but does not say since when."""

    BERLAKU = "berlaku"
    TANPA_TANGGAL = "tanggal berlaku tidak disebut"
    DIGANTIKAN = "digantikan"
    AKAN = "akan berlaku"
    RANCANGAN = "rancangan revisi"
    DICABUT = "dicabut"


def drafts(versions: Sequence[SOP]) -> frozenset[int]:
    """Numbers of the versions that are drafts of a revision. ``versions`` stand oldest first."""
    found = set()
    begun = False
    for sop in versions:
        dated = parse_date(sop.tanggal.efektif) is not None
        if begun and not dated:
            found.add(sop.versi.nomor)
        begun = begun or dated
    return frozenset(found)


def revoked_since(sop: SOP) -> date | None:
    """The first day on which a revoked SOP is not in force."""
    return parse_date(sop.pencabutan.tanggal) if sop.pencabutan else None


def is_revoked(sop: SOP, day: date | None) -> bool:
    """Whether an SOP is revoked on a day; without one, whether it ever is."""
    since = revoked_since(sop)
    return since is not None and (day is None or since <= day)


def periods(versions: Sequence[SOP]) -> tuple[Period, ...]:
    """When each version was in force: from its ``tanggal.efektif`` to the day before the first of the later
    ones began, or to the day before it was revoked. ``versions`` stand oldest first."""
    never = drafts(versions)
    starts = [parse_date(sop.tanggal.efektif) for sop in versions]
    found = []
    for n, sop in enumerate(versions):
        if sop.versi.nomor in never:
            found.append(Period(sop, None, None))
            continue
        start, later = min(((day, m) for m, day in enumerate(starts) if day and m > n), default=(None, n))
        between = {one.versi.nomor for one in versions[n + 1 : later]}
        sure = set(range(sop.versi.nomor + 1, versions[later].versi.nomor)) <= between & never
        ended = revoked_since(sop)
        if ended and (start is None or ended < start):
            start, sure = ended, True
        found.append(Period(sop, starts[n], _day_before(start) if start else None, sure))
    return tuple(found)


def _day_before(day: date) -> date:
    """The day before; the first day there is has none."""
    return max(day, date.min + timedelta(days=1)) - timedelta(days=1)


def in_force(versions: Sequence[SOP], day: date) -> Period | None:
    """The version that was in force on a day; None where the data does not tell, or where it was revoked.
    ``versions`` stand oldest first; of two that had begun, the later one replaced the earlier."""
    begun = [period for period in periods(versions) if period.since and period.since <= day]
    last = begun[-1] if begun else None
    return None if last and last.until and last.until < day else last


def standing(versions: Sequence[SOP], day: date | None) -> SOP:
    """The version that counts on a day, and stands at the address of its SOP: the one in force, or the last
    that was. Where none has begun, the newest of those before the first date, or else the one that begins
    first. Without a day: the newest that has a date, or the newest. ``versions`` stand oldest first."""
    starts = [parse_date(sop.tanggal.efektif) for sop in versions]
    dated = [(start, n) for n, start in enumerate(starts) if start]
    begun = [n for start, n in dated if day is None or start <= day]
    if begun or not dated:
        return versions[begun[-1] if begun else -1]
    first = dated[0][1]
    return versions[first - 1 if first else min(dated)[1]]


def to_be_signed(versions: Sequence[SOP], day: date | None) -> SOP | None:
    """The version that is still to be signed: the newest, where no signed copy of it is kept and it is not in
    force on the day, or says of no day that it is. ``versions`` stand oldest first."""
    newest = versions[-1]
    begins = parse_date(newest.tanggal.efektif)
    begun = begins is not None and (day is None or begins <= day)
    return None if newest.dokumen_resmi or begun or is_revoked(newest, day) else newest


def with_revocation(versions: Sequence[SOP], chosen: SOP) -> SOP:
    """The version that counts, with the revocation that a draft after it says: the file that people edit may
    already hold one. Not where the draft is for fewer readers: what it says is for them."""
    newest = versions[-1]
    hidden = newest.klasifikasi is not chosen.klasifikasi
    if newest.pencabutan is None or newest.versi.nomor not in drafts(versions) or hidden:
        return chosen
    return replace(chosen, pencabutan=newest.pencabutan)


class HistoryEntry(Struct, frozen=True):
    """A version in the history of its SOP: its days, how it stands on the day asked for, the number of the
    version that replaced it, and whether it is the one that counts."""

    period: Period
    state: VersionState
    replaced_by: int | None = None
    current: bool = False

    @property
    def sop(self) -> SOP:
        return self.period.sop

    @property
    def nomor(self) -> int:
        return self.period.sop.versi.nomor


def history(versions: Sequence[SOP], day: date | None) -> tuple[HistoryEntry, ...]:
    """The history of an SOP on a day. ``versions`` stand oldest first."""
    number = standing(versions, day).versi.nomor
    never = drafts(versions)
    whole = periods(versions)
    found = []
    for n, period in enumerate(whole):
        dated = [(later.since, later.sop.versi.nomor) for later in whole[n + 1 :] if later.since]
        after = min(dated)[1] if dated else number if period.sop.versi.nomor < number else None
        state = _state(period, number, never, day)
        found.append(HistoryEntry(period, state, after, period.sop.versi.nomor == number))
    return tuple(found)


def _state(period: Period, number: int, never: frozenset[int], day: date | None) -> VersionState:
    own = period.sop.versi.nomor
    if own in never:
        return VersionState.RANCANGAN
    if own != number:
        return VersionState.DIGANTIKAN if own < number else VersionState.AKAN
    if is_revoked(period.sop, day):
        return VersionState.DICABUT
    if period.since is None:
        return VersionState.TANPA_TANGGAL
    return VersionState.AKAN if day and period.since > day else VersionState.BERLAKU
