"""Files by name → a folder that holds them and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

import msgspec

from generator.store import Store, file_digest

_Files = dict[str, str]
"""Digests of files by their names."""


class Folder:
    """A folder in the making. A file that stands there with the same bytes is left alone, as reading is
    quicker than writing; one that changes is written anew, so that no other name of it changes with it.
    ``kept`` remembers by ``sign``, which stands for the program, what is in files that need not be made."""

    def __init__(self, path: Path, kept: Store, sign: str) -> None:
        self.path, self._kept, self._sign, self._names = path, kept, sign, set[str]()
        path.mkdir(parents=True, exist_ok=True)
        self._others = {os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names}
        self._folders = {folder for folder, _, _ in os.walk(path)}

    def put(self, name: str, digest: str, files: Callable[[], Iterable[tuple[str, bytes]]]) -> None:
        """Write files; their names may lead through folders. Where all of them stand that were made for this
        ``digest``, by their bytes, they are not made."""
        key = f"{self._sign} {digest}"
        self._names.add(name)
        if (told := self._kept.get(name, key)) is not None:
            paths = {
                self._path(file): known for file, known in msgspec.json.decode(told, type=_Files).items()
            }
            if self._others >= paths.keys() and all(map(_is, paths.items())):
                self._others -= paths.keys()
                return
        made: _Files = {}
        for file, content in files():
            self._write(file, content)
            made[file] = sha256(content).hexdigest()
        self._kept.put(name, key, msgspec.json.encode(made))

    def _path(self, name: str) -> str:
        return os.path.join(self.path, name)

    def _write(self, name: str, data: bytes) -> None:
        file = self._path(name)
        if file in self._others:
            self._others.remove(file)
            with open(file, "rb") as held:
                if held.read() == data:
                    return
            os.unlink(file)
        folder = os.path.dirname(file)
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        with open(file, "wb", buffering=0) as new:
            new.write(data)

    def remove_others(self) -> None:
        """Remove the files that were not written, and folders that hold none."""
        for file in self._others:
            os.unlink(file)
        for folder, _, _ in os.walk(self.path, topdown=False):
            if folder != str(self.path) and not os.listdir(folder):
                os.rmdir(folder)
        self._kept.forget_others(self._names.__contains__)


def _is(file: tuple[str, str]) -> bool:
    """Whether a file has this digest."""
    return file_digest(Path(file[0])) == file[1]
