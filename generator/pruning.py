"""The cache folder → how much it holds, after what is old, or too much, has been deleted.

Whatever is in the cache may go at any time, so its files are judged by when they were last used and how big
they are, and by nothing else. Not counted are the mirror trees and the preview: they are sites, share nearly
all their files with the one that stands, and go with it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

MAX_AGE = 60 * 24 * 3600
"""Seconds after which what nobody has used is deleted."""
MAX_BYTES = 2_000_000_000
"""What all files together may hold; those that were used last stay."""
PREVIEW, MIRROR, MEMORY = "pratinjau", ".cadangan", ".ingatan"
"""Name of the folder of the preview; how those of the mirrors, and the memories beside them, end."""


class CacheSize(NamedTuple):
    """Bytes that the cache holds, and bytes that were deleted now."""

    held: int
    deleted: int = 0


def link_in(cache: Path) -> Path | None:
    """The cache, or the first name in it, that is a link; None if there is none. What lies behind it is
    somebody else's: pruning would delete there, and what is kept of the internal site would lie there."""
    if cache.is_symlink():
        return cache
    for folder, folders, names in os.walk(cache):
        for name in sorted([*folders, *names]):
            if os.path.islink(f"{folder}/{name}"):
                return Path(folder, name)
        folders[:] = _counted(folders)
    return None


def size_of(cache: Path) -> CacheSize:
    """What the cache holds."""
    return CacheSize(sum(size for _, size, _ in _files(cache)))


def prune(cache: Path, now: float) -> CacheSize:
    """Delete what is old or too much at this time (seconds of the system's clock)."""
    held = deleted = 0
    for used, size, path in sorted(_files(cache), reverse=True):
        if now - used > MAX_AGE or held + size > MAX_BYTES:
            with suppress(OSError):
                path.unlink()
                deleted += size
            if path.suffix == MEMORY:
                shutil.rmtree(path.with_suffix(MIRROR), ignore_errors=True)
        else:
            held += size
    return CacheSize(held, deleted)


def _files(cache: Path) -> Iterator[tuple[float, int, Path]]:
    """When each file was last used, its size, its path."""
    for folder, folders, names in os.walk(cache):
        folders[:] = _counted(folders)
        for name in names:
            with suppress(OSError):
                path = Path(folder, name)
                found = path.lstat()
                yield found.st_mtime, found.st_size, path


def _counted(folders: list[str]) -> list[str]:
    return [name for name in folders if name != PREVIEW and not name.endswith(MIRROR)]
