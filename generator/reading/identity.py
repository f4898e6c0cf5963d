"""Grids and loose texts of a page → identity blocks. (Fields by label, wherever their value stands.)"""

from __future__ import annotations

from collections.abc import Sequence

from generator.reading.seen import Text
from generator.reading.table import Filled, Table
from generator.reading.understood import Identity


def identities(
    number: int, grids: Sequence[Filled], outside: Sequence[Text], here: Sequence[Table]
) -> list[Identity]:
    return []
