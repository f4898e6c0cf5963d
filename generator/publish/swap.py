"""A finished folder → in the place of the old one, in one step.

On Linux the two names are exchanged by the kernel; elsewhere the old folder is moved aside first and put
back if the new one cannot take its place.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def put_in_place(new: Path, target: Path, aside: Path) -> Path | None:
    """Put the folder ``new`` where ``target`` is, and give where that which was there before lies now:
    ``aside`` or ``new``; None if there was nothing. All three lie on one file system. Raises OSError; then
    the old folder stands."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        new.rename(target)
        return None
    if _exchange(new, target):
        return new
    target.rename(aside)
    try:
        new.rename(target)
    except OSError:
        aside.rename(target)
        raise
    return aside


def _exchange(a: Path, b: Path) -> bool:
    """Exchange two names at once; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    done = rename(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _RENAME_EXCHANGE)
    return bool(done == 0)


def remove(folder: Path) -> None:
    """Delete a folder if it is there; one that cannot be deleted now is left for the next build."""
    shutil.rmtree(folder, ignore_errors=True)
