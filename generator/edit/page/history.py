"""The changes of a session → a list to go back to any of them."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from markupsafe import Markup

from generator.edit.page.render import fill
from generator.edit.page.view import Views


def history(views: Views) -> Markup:
    """The changes, the latest first, those taken back above them; neighbours of one group as one."""
    state = views.session.look()
    every = [(change, True) for change in state.done] + [(change, False) for change in reversed(state.undone)]
    shown: list[dict[str, Any]] = []
    count = 0
    for (_, stands), run in groupby(every, key=lambda pair: (pair[0].group, pair[1])):
        changes = [change for change, _ in run]
        count += len(changes)
        last = changes[-1]
        shown.append(
            {
                "kata": last.words,
                "kali": len(changes),
                "kapan": last.at,
                "oleh": ", ".join(dict.fromkeys(change.by for change in changes if change.by)),
                "jam": f"{datetime.fromisoformat(last.at):%d-%m-%Y %H.%M}",
                "berlaku": stands,
                "ke": count,
                "kini": count == len(state.done),
            }
        )
    return fill("riwayat.html", {"ubahan": shown[::-1], "awal": not state.done})
