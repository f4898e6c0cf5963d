"""SOP → what stands beside its address where the address is shared: how it stands, in words, and the name of
the picture (see ``card``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from generator.dates import date_text
from generator.model import SOP
from generator.render.history import told
from generator.revisions import Keadaan, history, revoked_since

CARD = "kartu.png"
"""Name of the file, in the folder of its page."""


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
