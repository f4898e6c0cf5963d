"""Finished folders → in the place of the old ones, each in one step.

On Linux the two names are exchanged by the kernel; elsewhere the old folder is moved aside first and put
back if the new one cannot take its place.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class Move(Struct, frozen=True):
    """A folder that is to stand at ``target``; what stood there goes to ``aside`` where names cannot be
    exchanged. All three lie on one file system."""

    new: Path
    target: Path
    aside: Path


class HalfDone(OSError):
    """Some folders were put in place, others were not, and it could not be undone; ``live`` are the new."""

    def __init__(self, live: Sequence[Path], why: OSError) -> None:
        super().__init__(why.errno, why.strerror, why.filename)
        self.live = tuple(live)


def put_all_in_place(moves: Sequence[Move]) -> list[Path | None]:
    """Put these folders in place one after the other, and give where the old ones lie now (see
    ``put_in_place``). Raises OSError; then all old ones stand again. Raises HalfDone where they do not."""
    done: list[tuple[Move, Path | None]] = []
    try:
        for move in moves:
            done.append((move, put_in_place(move.new, move.target, move.aside)))
    except OSError as error:
        while done:
            try:
                _undo(*done[-1])
            except OSError:
                raise HalfDone([move.target for move, _ in done], error) from error
            done.pop()
        raise
    return [old for _, old in done]


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


def _undo(move: Move, old: Path | None) -> None:
    """The inverse of ``put_in_place``."""
    if old == move.new and _exchange(move.new, move.target):
        return
    if old == move.new:
        raise OSError("nama tidak dapat ditukar kembali")
    move.target.rename(move.new)
    if old is not None:
        old.rename(move.target)


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
