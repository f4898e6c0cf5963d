"""A folder → held by one process at a time, as long as it lives."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class HeldElsewhere(OSError):
    """Another process holds the folder."""


@contextmanager
def alone(folder: Path, wait: bool = False) -> Iterator[None]:
    """Hold a folder: another process would clear away what this one is making. The hold ends with the
    process, however it ends. Where another holds it, ``wait`` for its end, or HeldElsewhere is raised. Where
    the system has no such lock there is none."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise HeldElsewhere(folder.as_posix()) from error
        yield
    finally:
        os.close(handle)
