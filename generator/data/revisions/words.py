"""A version and the day it is looked at → how it stands, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from generator.data.revisions.force import HistoryEntry, VersionState, history, revoked_since
from generator.model.dates import date_text
from generator.model.sop import SOP


class StandingWords(Struct, frozen=True):
    """How an SOP stands, in words; ``ended``: it is not in force any longer."""

    words: str
    ended: bool = False


def state_of(versions: Sequence[SOP], day: date | None) -> StandingWords:
    """How the version that counts stands on a day, as its page says. ``versions`` stand oldest first."""
    current = next(one for one in history(versions, day) if one.current)
    since = revoked_since(current.sop)
    if current.state is VersionState.DICABUT and since:
        return StandingWords(f"dicabut sejak {date_text(since)}", True)
    return StandingWords(told(current))


def told(one: HistoryEntry) -> str:
    """How a version stands, in words that go on after "versi 2: "."""
    if one.state is VersionState.RANCANGAN:
        return "rancangan revisi, belum ditetapkan kapan berlaku"
    if one.state is VersionState.DICABUT and (day := revoked_since(one.sop)):
        return f"{_begun(one)}; dicabut sejak {date_text(day)}"
    if one.state is VersionState.DIGANTIKAN:
        return f"{days(one)}; digantikan oleh versi {one.replaced_by}"
    return days(one)


def _begun(one: HistoryEntry) -> str:
    if one.period.since is None:
        return "tidak disebut sejak kapan berlaku"
    day = date_text(one.period.since)
    return f"akan berlaku mulai {day}" if one.state is VersionState.AKAN else f"berlaku sejak {day}"


def days(one: HistoryEntry) -> str:
    """The days on which a version was or will be in force."""
    since, until = one.period.since, one.period.until
    if since and until and until < since:
        return "tidak pernah berlaku"
    latest = "" if one.period.certain else "paling lambat "
    return _begun(one) + (f" sampai {latest}{date_text(until)}" if until else "")
