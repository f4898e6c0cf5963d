"""Files by name → a folder that holds them and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path


class Folder:
    """A folder in the making. A file that stands there with the same bytes is left alone, as reading is
    quicker than writing; one that changes is written anew, so that no other name of it changes with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self._others = {os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names}
        self._folders = {folder for folder, _, _ in os.walk(path)}

    def put(self, name: str, digest: str, files: Callable[[], Iterable[tuple[str, bytes]]]) -> None:
        """Write files; their names may lead through folders. What stands there is compared itself, not by
        its ``digest``."""
        for file, content in files():
            self._write(file, content)

    def _write(self, name: str, data: bytes) -> None:
        file = os.path.join(self.path, name)
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
