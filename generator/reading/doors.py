"""A file's bytes → what its door sees, by what its name says and its first bytes confirm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from generator.model.problems import Problem
from generator.reading.seen import Seen

MOST_BYTES = 100_000_000
"""No file larger than this is opened."""

Door = Callable[[bytes, str], tuple[Seen | None, list[Problem]]]


def door(name: str, data: bytes) -> Door | None:
    """The door for a file; nothing where none of ours opens it."""
    if PurePath(name).suffix.lower() == ".pdf" or data[:5] == b"%PDF-":
        from generator.reading.pdf.document import read_pdf  # the library loads only where it is used

        return read_pdf
    return None
