"""A version and the day it is looked at → how it stands, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from generator.data.revisions.force import Keadaan, Riwayat, history, revoked_since
from generator.model.dates import date_text
from generator.model.sop import SOP


class State(Struct, frozen=True):
    """How an SOP stands, in words; ``ended``: it is not in force any longer."""

    words: str
    ended: bool = False


def state_of(versions: Sequence[SOP], day: date | None) -> State:
    """How the version that counts stands on a day, as its page says. ``versions`` stand oldest first."""
    current = next(one for one in history(versions, day) if one.utama)
    since = revoked_since(current.sop)
    if current.keadaan is Keadaan.DICABUT and since:
        return State(f"dicabut sejak {date_text(since)}", True)
    return State(told(current))


def told(one: Riwayat) -> str:
    """How a version stands, in words that go on after "versi 2: "."""
    if one.keadaan is Keadaan.RANCANGAN:
        return "rancangan revisi, belum ditetapkan kapan berlaku"
    if one.keadaan is Keadaan.DICABUT and (day := revoked_since(one.sop)):
        return f"{_begun(one)}; dicabut sejak {date_text(day)}"
    if one.keadaan is Keadaan.DIGANTIKAN:
        return f"{days(one)}; digantikan oleh versi {one.pengganti}"
    return days(one)


def _begun(one: Riwayat) -> str:
    if one.masa.dari is None:
        return "tidak disebut sejak kapan berlaku"
    day = date_text(one.masa.dari)
    return f"akan berlaku mulai {day}" if one.keadaan is Keadaan.AKAN else f"berlaku sejak {day}"


def days(one: Riwayat) -> str:
    """The days on which a version was or will be in force."""
    since, until = one.masa.dari, one.masa.sampai
    if since and until and until < since:
        return "tidak pernah berlaku"
    latest = "" if one.masa.pasti else "paling lambat "
    return _begun(one) + (f" sampai {latest}{date_text(until)}" if until else "")
