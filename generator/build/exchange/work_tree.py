"""The folder that a new tree is made in.

It begins as a mirror: a copy of the site that is about to be replaced, in hard links, that the last build
left in the cache. Folders are dear to make and to delete, one for each page; so only what differs is linked,
written or deleted. The mirror may be missing, old or damaged: what is in it is never believed, a file counts
only if it is the very file of the old site (the same inode).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from generator.build.exchange.standing import Stands


class WorkTree:
    """The folder of a new tree; ``mirror`` is the folder that it may begin as, which is then gone."""

    def __init__(self, folder: Path, mirror: Path | None) -> None:
        self.folder = folder
        self._base = folder.as_posix()
        self.placed: set[str] = set()
        self._used = {""}
        self._changed = {""}
        self._fresh: list[str] = []
        os.makedirs(folder)
        found = os.stat(folder)
        self._device = found.st_dev
        self._found: dict[str, int] = {}
        self._same: set[str] = set()
        self._folders = {""}
        if mirror is not None:
            with suppress(OSError):
                os.rename(mirror, folder)
                self._found, self._folders = _swept(self._base, _owned(found))

    def match(self, old: Stands) -> None:
        """Tell what stands in the old site, so that ``keep`` knows what the mirror has of it."""
        for name, inode in self._found.items():
            there = old.get(name)
            if there and there[2] == inode and there[3] == self._device:
                self._same.add(name)

    def keep(self, names: Collection[str]) -> bool:
        """Put files of the old site under their names, if the mirror has them all and nothing is in the way
        of any; else nothing is done."""
        placed, used = self.placed, self._used
        if not (self._same.issuperset(names) and placed.isdisjoint(names) and used.isdisjoint(names)):
            return False
        folders: set[str] = set()
        for folder in {name.rpartition("/")[0] for name in names}:
            while folder not in used and folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
        if not (placed.isdisjoint(folders) and folders.isdisjoint(names)):
            return False
        placed.update(names)
        used |= folders
        return True

    def link(self, source: str, name: str) -> None:
        """The same file under another name, or a copy where the system has no links between these folders.
        Raises FileExistsError as ``create`` does."""
        self._claim(name)
        known = self._found.pop(name, None)
        if known is not None:
            found = os.stat(source, follow_symlinks=False)
            if known == found.st_ino and found.st_dev == self._device:
                return
            os.unlink(f"{self._base}/{name}")
        path = self._path(name)
        try:
            os.link(source, path)
        except OSError:
            shutil.copy2(source, path)
            self._fresh.append(name)

    def create(self, name: str) -> BinaryIO:
        """A new file to be written. Raises FileExistsError if something is in the way."""
        self._claim(name)
        if self._found.pop(name, None) is not None:
            os.unlink(f"{self._base}/{name}")
        self._fresh.append(name)
        return open(self._path(name), "xb")

    def has(self, name: str) -> bool:
        """Whether something has been put under a name."""
        return name in self.placed

    def names(self, whole: bool) -> tuple[list[str], list[str]]:
        """The paths of files that were written here and of folders in which something was put or deleted;
        of all of them if the ``whole`` is asked for."""
        files, folders = (self.placed, self._used) if whole else (self._fresh, self._changed & self._used)
        return [f"{self._base}/{name}" for name in files], [f"{self._base}/{name}" for name in folders]

    def sweep(self) -> None:
        """Delete what the mirror held and nobody has put here, and the folders that are left empty."""
        for name in self._found.keys() - self.placed:
            os.unlink(f"{self._base}/{name}")
            self._changed.add(name.rpartition("/")[0])
        for folder in sorted(self._folders - self._used, reverse=True):
            os.rmdir(f"{self._base}/{folder}")
            self._changed.add(folder.rpartition("/")[0])
        self._found, self._folders = {}, self._used

    def in_the_way(self, name: str) -> str | None:
        """What has been put here that leaves no room for a file of this name: one of the same name, one that
        lies below it, one that has the name of a folder above it."""
        if name in self.placed:
            return name
        if name in self._used:
            return min(one for one in self.placed if one.startswith(f"{name}/"))
        folder = name.rpartition("/")[0]
        while folder not in self._used:
            if folder in self.placed:
                return folder
            folder = folder.rpartition("/")[0]
        return None

    def _claim(self, name: str) -> None:
        """Take a name for a file."""
        if other := self.in_the_way(name):
            raise FileExistsError(other)
        self.placed.add(name)
        folder = name.rpartition("/")[0]
        while folder not in self._used:
            self._used.add(folder)
            folder = folder.rpartition("/")[0]

    def _path(self, name: str) -> str:
        """Where a file lies; its folder is made, in the place of a file of the mirror if need be."""
        folder = name.rpartition("/")[0]
        self._changed.add(folder)
        if folder not in self._folders:
            above = folder
            while above:
                if self._found.pop(above, None) is not None:
                    os.unlink(f"{self._base}/{above}")
                    self._same.discard(above)
                self._folders.add(above)
                above = above.rpartition("/")[0]
                self._changed.add(above)
            os.makedirs(f"{self._base}/{folder}", exist_ok=True)
        elif name in self._folders:
            self._clear(name)
        return f"{self._base}/{name}"

    def _clear(self, folder: str) -> None:
        """Delete a folder of the mirror that a file is to take the place of."""
        shutil.rmtree(f"{self._base}/{folder}")
        inside = f"{folder}/"
        self._folders = {one for one in self._folders if one != folder and not one.startswith(inside)}
        self._found = {name: inode for name, inode in self._found.items() if not name.startswith(inside)}
        self._same &= self._found.keys()


def leave_mirror(old: Path | None, site: Path, mirror: Path) -> None:
    """Leave a mirror for the next build: the site that has just been replaced, or one made of links if there
    was none. Nowhere where the system has no links between these folders."""
    shutil.rmtree(mirror, ignore_errors=True)
    try:
        if old is not None:
            old.rename(mirror)
        elif os.stat(site).st_dev == os.stat(mirror.parent).st_dev:
            shutil.copytree(site, mirror, copy_function=os.link)
    except OSError:
        shutil.rmtree(mirror, ignore_errors=True)


def _owned(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_mode, found.st_uid, found.st_gid


def _swept(base: str, owned: tuple[int, int, int]) -> tuple[dict[str, int], set[str]]:
    """The plain files of a folder with their inodes, and its folders; anything else in it is deleted. All of
    it is, if a folder has other rights or another owner than a new one would."""
    found: dict[str, int] = {}
    folders = {""}
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        if _owned(os.stat(f"{base}/{folder}")) != owned:
            shutil.rmtree(base)
            os.mkdir(base)
            return {}, {""}
        with os.scandir(f"{base}/{folder}") as entries:
            for entry in entries:
                name = f"{folder}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.add(name)
                    waiting.append(f"{name}/")
                elif entry.is_file(follow_symlinks=False):
                    found[name] = entry.inode()
                else:
                    os.unlink(entry.path)
    return found, folders
