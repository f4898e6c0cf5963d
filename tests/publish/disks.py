"""Disks of their own for tests: a real second file system, a small one, one that can only be read.

A real one needs the right to mount. Where that is missing, ``/dev/shm`` is a second file system too; for the
others there is no stand-in, and the test says that it could not be made (an expected failure, so that a CI
without the right does not fail; the same is tested there by errors that are put into the program).
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def disk(folder: Path, size: str) -> Iterator[Path]:
    """A new file system of this size at a new folder."""
    folder.mkdir()
    if not _done("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)):
        pytest.xfail("no right to mount on this machine")
    try:
        yield folder
    finally:
        _done("umount", "-l", str(folder))


@contextmanager
def other_disk(folder: Path) -> Iterator[Path]:
    """A folder on another file system than that of ``folder.parent``."""
    folder.mkdir()
    if _done("mount", "-t", "tmpfs", "-o", "size=100m", "tmpfs", str(folder)):
        try:
            yield folder
        finally:
            _done("umount", "-l", str(folder))
        return
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK) or shared.stat().st_dev == folder.stat().st_dev:
        pytest.skip("no second file system: no right to mount, no /dev/shm")
    with tempfile.TemporaryDirectory(dir=shared) as there:
        yield Path(there)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write into a folder, not even root."""
    name = str(folder)
    if os.geteuid():
        closed = [folder, *(path for path in folder.rglob("*") if not path.is_symlink())]
        modes = {path: path.stat().st_mode for path in closed}
        for path, mode in modes.items():
            path.chmod(mode & 0o555)
        try:
            yield
        finally:
            for path, mode in modes.items():
                path.chmod(mode)
        return
    if not _done("mount", "--bind", name, name):
        pytest.xfail("no right to mount on this machine")
    try:
        assert _done("mount", "-o", "remount,bind,ro", name)
        yield
    finally:
        _done("umount", "-l", name)


def _done(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
