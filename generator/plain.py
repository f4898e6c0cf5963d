"""Folder of sources → what in it is neither a file nor a folder, so that reading it could wait for ever."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISBLK, S_ISCHR, S_ISDIR, S_ISFIFO, S_ISREG, S_ISSOCK

_KINDS = ((S_ISFIFO, "pipa (FIFO)"), (S_ISSOCK, "soket"), (S_ISCHR, "perangkat"), (S_ISBLK, "perangkat"))


def odd_kind(path: str | Path) -> str | None:
    """What a name stands for, links followed, in Indonesian; None for files and folders, or none."""
    with suppress(OSError):
        mode = os.stat(path).st_mode
        if not S_ISREG(mode) and not S_ISDIR(mode):
            return next((kind for holds, kind in _KINDS if holds(mode)), "berkas khusus")
    return None


def odd_files(folder: Path) -> Iterator[tuple[str, str]]:
    """Every such name below a folder with its kind, sorted."""
    found = []
    for top, _, names in os.walk(folder):
        for name in names:
            if kind := odd_kind(path := f"{top}/{name}"):
                found.append((path, kind))
    yield from sorted(found)
