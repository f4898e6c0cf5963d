"""Finished documents by the hash of all that went into them. Deleting the folder changes nothing but the
time."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from generator.writing.files import write_whole


def cached(cache_dir: Path, key: str, formats: Sequence[str]) -> dict[str, bytes] | None:
    """The files that the cache has under a key; None unless it has all."""
    try:
        return {name: (cache_dir / f"{key}.{name}").read_bytes() for name in formats}
    except OSError:
        return None


def keep(path: Path, data: bytes) -> None:
    """Write into the cache; a cache that cannot be written is no fault."""
    with suppress(OSError):
        write_whole(path, data)
