"""Folders that people write in → their files, each with the SHA-256 of its bytes as they were taken.

While a snapshot is held, what is read under its folders must be those bytes, and is read once: a file that
has changed, come or gone since ends the reading. So a site is made from just what its inputs are remembered
as. Names that begin with a dot are not read; a link, or whatever else is no plain file, is not followed but
named.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from errno import ELOOP, ENODEV
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple


class InputsChanged(Exception):
    """A file is not what it was when the inputs were taken; the message is in Indonesian."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} berubah sewaktu dibaca; jalankan lagi setelah selesai disunting")


class Taken(NamedTuple):
    """What stood under some folders (or single files): SHA-256 of each plain file by its path, b"" where it
    could not be read; and the paths of what is neither file nor folder."""

    roots: tuple[str, ...]
    digests: Mapping[str, bytes]
    odd: tuple[str, ...]

    def holds(self, name: str) -> bool:
        """Whether a path lies under the folders."""
        return any(name == root or name.startswith(_inside(root)) for root in self.roots)

    def below(self, root: str) -> Iterator[str]:
        """The paths of all that stood under one of the roots."""
        inside = _inside(root)
        return (name for name in (*self.digests, *self.odd) if name == root or name.startswith(inside))


class _Held(NamedTuple):
    """A snapshot, and the bytes of the files that were read since."""

    taken: Taken
    read: dict[str, bytes]


_HELD: ContextVar[_Held | None] = ContextVar("held", default=None)


def take(sources: Iterable[Path]) -> Taken:
    """Read every file of the sources; one that is no folder is a file by itself, which may be a link, and one
    that is not there has to stay away. Raises OSError for a folder that may not be read."""
    roots = tuple(source.as_posix() for source in sources)
    digests: dict[str, bytes] = {}
    odd: list[str] = []
    for root in roots:
        single = [root] if os.path.exists(root) else []
        plain, others = _walk(root) if os.path.isdir(root) else (single, [])
        digests |= {name: _digest(name) for name in plain}
        odd += others
    return Taken(roots, digests, tuple(odd))


@contextmanager
def held(taken: Taken) -> Iterator[None]:
    """Hold all reading here to a snapshot."""
    token = _HELD.set(_Held(taken, {}))
    try:
        yield
    finally:
        _HELD.reset(token)


def read_file(path: Path, limit: int = -1) -> bytes:
    """The bytes of a file, not more than ``limit``; one that is longer is not compared, as nobody uses it.
    Raises OSError, InputsChanged."""
    now, name = _HELD.get(), path.as_posix()
    if now is None or not now.taken.holds(name):
        return _read(name, limit)
    if name in now.taken.odd:
        raise OSError(ELOOP, "tautan")
    if (known := now.read.get(name)) is not None:
        return known if limit < 0 else known[:limit]
    expected = now.taken.digests.get(name)
    try:
        data = _read(name, limit)
    except OSError as error:
        if expected:
            raise InputsChanged(name) from error
        raise
    if len(data) != limit:
        if hashlib.sha256(data).digest() != expected:
            raise InputsChanged(name)
        now.read[name] = data
    return data


def _read(name: str, limit: int) -> bytes:
    _refuse_odd(name)
    with open(name, "rb") as file:
        return file.read(limit)


def _refuse_odd(name: str) -> None:
    """A pipe would keep its reader waiting. Raises OSError."""
    mode = os.stat(name).st_mode
    if not S_ISREG(mode) and not S_ISDIR(mode):
        raise OSError(ENODEV, "bukan berkas biasa")


def files_in(folder: Path) -> list[Path]:
    """The plain files below a folder, in the order of their paths."""
    return [Path(name) for name in _listed(folder, 0)]


def entries_in(folder: Path) -> list[Path]:
    """The plain files directly in a folder, and the folders in it that hold some."""
    above = _inside(folder.as_posix())
    names = {name.removeprefix(above).partition("/")[0] for name in _listed(folder, 0)}
    return [folder / name for name in sorted(names)]


def odd_in(folder: Path) -> list[Path]:
    """What below a folder is neither file nor folder, in the order of the paths."""
    return [Path(name) for name in _listed(folder, 1)]


def _listed(folder: Path, which: int) -> list[str]:
    now, name = _HELD.get(), folder.as_posix()
    if now is None or not now.taken.holds(name):
        return _walk(name)[which]
    names, inside = now.taken.odd if which else now.taken.digests, _inside(name)
    return sorted(one for one in names if one.startswith(inside))


def _walk(folder: str) -> tuple[list[str], list[str]]:
    """The plain files below a folder, and what is neither file nor folder. Raises OSError for a folder that
    may not be read: taken as empty, all that it holds would be gone from the site."""
    plain: list[str] = []
    odd: list[str] = []
    waiting = [folder]
    while waiting:
        above = waiting.pop()
        try:
            entries = list(os.scandir(above))
        except (FileNotFoundError, NotADirectoryError):
            continue  # what is not there holds nothing; what may not be read could hold everything
        for entry in entries:
            name = _inside(above) + entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(name)
            else:
                (plain if entry.is_file(follow_symlinks=False) else odd).append(name)
    return sorted(plain), sorted(odd)


def _inside(folder: str) -> str:
    """How the paths begin of what lies in a folder."""
    return "" if folder == "." else f"{folder.rstrip('/')}/"


def _digest(name: str) -> bytes:
    try:
        found = hashlib.sha256()
        _refuse_odd(name)
        with open(name, "rb") as file:
            while block := file.read(1 << 20):
                found.update(block)
        return found.digest()
    except OSError:
        return b""
