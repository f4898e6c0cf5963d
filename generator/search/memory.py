"""What one run of the index leaves to the next, in one SQLite file: name → bytes, each under a key and a sum.

A file that is missing, of another format or damaged is an empty one; a damaged entry is one that is missing.
Nothing that is read here is believed without its sum, and nothing is executed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from zlib import crc32

FILE = "pencarian.sqlite"
_TABLE = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, key TEXT, sum INTEGER, data BLOB)"


class Memory:
    """Entries of the last run and of this; all methods answer also where the file fails in the midst."""

    def __init__(self, base: sqlite3.Connection | None) -> None:
        self.base = base

    def __bool__(self) -> bool:
        return self.base is not None

    def get(self, name: str, key: str) -> bytes | None:
        """What was kept under a name for this very key."""
        row = self._run("SELECT key, sum, data FROM kept WHERE name = ?", (name,))
        if not row or row[0][0] != key or not isinstance(row[0][2], bytes):
            return None
        data: bytes = row[0][2]
        return data if row[0][1] == _sum(name, key, data) else None

    def holds(self, name: str, key: str) -> bool:
        """Whether something is kept under a name for this very key; it may be damaged."""
        return self._run("SELECT key FROM kept WHERE name = ?", (name,)) == [(key,)]

    def put(self, name: str, key: str, data: bytes) -> None:
        """Keep an entry in place of the last of its name."""
        row = (name, key, _sum(name, key, data), data)
        self._run("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", row)

    def size(self) -> int:
        """How many entries there are."""
        return next((int(count) for (count,) in self._run("SELECT count(*) FROM kept", ())), 0)

    def forget_others(self, known: Callable[[str], bool]) -> None:
        """Forget all entries but those of the names that are known."""
        for (name,) in self._run("SELECT name FROM kept", ()):
            if not known(name):
                self._run("DELETE FROM kept WHERE name = ?", (name,))

    def _run(self, order: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        if self.base is None:
            return []
        try:
            return self.base.execute(order, values).fetchall()
        except sqlite3.Error:
            self.close()
            return []

    def save(self) -> None:
        """Write back what was put; a file that cannot take it is cleared away."""
        if self.base is not None:
            try:
                self.base.commit()
            except sqlite3.Error:
                self.close()

    def close(self) -> None:
        """Let go of the file; nothing is remembered from here on."""
        base, self.base = self.base, None
        if base is not None:
            base.close()


def _sum(name: str, key: str, data: bytes) -> int:
    return crc32(data, crc32(f"{name}\0{key}".encode("utf-8", "replace")))


@contextmanager
def remembered(folder: Path | None) -> Iterator[Memory]:
    """The memory in a folder, written back where the block ends without an error. Where there is no folder,
    or another run holds it, one that ends with the block."""
    base = _open(folder / FILE) if folder else None
    memory = Memory(base or _passing())
    try:
        yield memory
        memory.save()
    finally:
        if folder and base and not memory:
            with suppress(OSError):
                (folder / FILE).unlink(missing_ok=True)
        memory.close()


def _passing() -> sqlite3.Connection:
    """A table in a file without a name, so that it need not be held in store."""
    base = sqlite3.connect("", isolation_level=None)
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("BEGIN")
    base.execute(_TABLE)
    return base


def _open(file: Path) -> sqlite3.Connection | None:
    """The file's table; a file that is none is begun anew. None: another run holds it, or it cannot be."""
    for _ in range(2):
        base = None
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            base = sqlite3.connect(file, timeout=0, isolation_level=None)
            base.execute("PRAGMA synchronous = OFF")
            base.execute("BEGIN IMMEDIATE")
            base.execute(_TABLE)
            base.execute("SELECT name, key, sum, data FROM kept LIMIT 1").fetchall()
            return base
        except (sqlite3.Error, OSError) as error:
            if base is not None:
                base.close()
            if isinstance(error, OSError) or "locked" in str(error):
                return None
            with suppress(OSError):
                file.unlink(missing_ok=True)
    return None
