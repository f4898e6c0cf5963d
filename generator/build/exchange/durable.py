"""Names of files and folders → on the disk for good, so that a power cut after this loses none of them."""

from __future__ import annotations

import errno
import os
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Thread

_AT_ONCE = 16
"""A disk commits many writes in the time of one."""
_NO_FSYNC = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}
"""What file systems say that cannot do this for a folder."""


def write_through(files: Iterable[str], folders: Iterable[str] = ()) -> None:
    """Have the disk hold these files, then what these folders name. Raises OSError."""
    _each(_file, files)
    _each(_folder, folders)


def _each(do: Callable[[str], None], names: Iterable[str]) -> None:
    """Do it with each name, several at a time (by plain threads, as an executor takes longer to load)."""
    waiting = deque(names)
    wrong: list[OSError] = []

    def work() -> None:
        with suppress(IndexError):
            while not wrong:
                try:
                    do(waiting.popleft())
                except OSError as error:
                    wrong.append(error)

    threads = [Thread(target=work) for _ in range(min(_AT_ONCE, len(waiting)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]


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
