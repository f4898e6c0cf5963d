"""Folder → every file below it as it stands."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from stat import S_ISREG

Standing = tuple[int, int, int, int]
"""A plain file: size, time (ns), and inode and device, which tell whether two names are of one file."""
Stands = Mapping[str, Standing | None]
"""What stands in a folder, by path; None is no plain file."""


def standing(folder: str) -> Iterator[tuple[str, Standing | None]]:
    """All that lies below a folder and is no folder, by path; links are not followed. Raises OSError for a
    folder that may not be read."""
    cut, waiting = len(folder) + 1, [folder]
    while waiting:
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                    continue
                found = entry.stat(follow_symlinks=False)
                told = (found.st_size, found.st_mtime_ns, found.st_ino, found.st_dev)
                yield entry.path[cut:], told if S_ISREG(found.st_mode) else None
