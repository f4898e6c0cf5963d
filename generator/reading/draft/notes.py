"""What a person has to look at, and where it stands in the file of a draft."""

from __future__ import annotations

from msgspec import Struct

from generator.reading.understood import Place


class Note(Struct, frozen=True):
    """``path`` leads to the key in the file; ``said`` is what was read and why it may be wrong, ``other``
    what else it could be; ``about`` names a symbol or arrow of a chart (``s3``, ``s3>s4``)."""

    path: tuple[str | int, ...]
    said: str
    place: Place | None = None
    other: tuple[str, ...] = ()
    chart: int = -1
    about: str = ""
