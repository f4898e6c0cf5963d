"""Names of files and folders → on the disk for good, so that a power cut after this loses none of them."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable

_AT_ONCE = 16
"""A disk commits many writes in the time of one."""
_NO_FSYNC = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}
"""What file systems say that cannot do this for a folder."""


def write_through(files: Iterable[str], folders: Iterable[str] = ()) -> None:
    """Have the disk hold these files, then what these folders name. Raises OSError."""
    from concurrent.futures import ThreadPoolExecutor  # not loaded where nothing is asked for

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for _ in threads.map(_file, files):
            pass
        for _ in threads.map(_folder, folders):
            pass


def _file(name: str) -> None:
    _fsync(name, os.O_RDWR if os.name == "nt" else os.O_RDONLY)


def _folder(name: str) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    try:
        _fsync(name, os.O_RDONLY)
    except OSError as error:
        if error.errno not in _NO_FSYNC:
            raise


def _fsync(name: str, flags: int) -> None:
    handle = os.open(name, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
