"""What one run leaves to the next, in one SQLite file: name → bytes, each under a key, with a digest of all
three.

A file that is missing, of another format or damaged is an empty one; an entry whose digest is wrong is one
that is missing, whatever happened to it. Nothing that is read here is executed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.shared_store import SharedStore

_TABLE = "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, key TEXT, sum BLOB, data BLOB)"


SHARED: ContextVar[SharedStore | None] = ContextVar("shared", default=None)
"""What other machines have made, for stores whose entries are costly."""


class Store:
    """Entries of earlier runs and of this; all methods answer also where the file fails in the midst. What
    it lacks it takes from ``shared``, by the last word of the name: what is before tells of this machine."""

    def __init__(self, base: sqlite3.Connection | None, shared: SharedStore | None = None) -> None:
        self.base, self.shared = base, shared

    def __bool__(self) -> bool:
        return self.base is not None

    def get(self, name: str, key: str) -> bytes | None:
        """What was kept under a name for this very key."""
        row = self._run("SELECT key, sum, data FROM kept WHERE name = ?", (name,))
        if row and row[0][0] == key and isinstance(row[0][2], bytes):
            data: bytes = row[0][2]
            if row[0][1] == digest_of(name, key, data):
                return data
        found = self.shared.get(name.rpartition(" ")[2], key) if self.shared else None
        if found is not None:
            self._keep(name, key, found)
        return found

    def holds(self, name: str, key: str) -> bool:
        """Whether something is kept under a name for this very key; it may be damaged."""
        return self._run("SELECT key FROM kept WHERE name = ?", (name,)) == [(key,)]

    def put(self, name: str, key: str, data: bytes) -> None:
        """Keep an entry in place of the last of its name."""
        self._keep(name, key, data)
        if self.shared:
            self.shared.put(name.rpartition(" ")[2], key, data)

    def _keep(self, name: str, key: str, data: bytes) -> None:
        row = (name, key, digest_of(name, key, data), data)
        self._run("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", row)

    def size(self) -> int:
        """How many entries there are."""
        return next((int(count) for (count,) in self._run("SELECT count(*) FROM kept", ())), 0)

    def forget(self, names: Iterable[str]) -> None:
        """Forget the entries of these names."""
        for name in names:
            self._run("DELETE FROM kept WHERE name = ?", (name,))

    def forget_others(self, known: Callable[[str], bool]) -> None:
        """Forget all entries but those of the names that are known."""
        self.forget([name for (name,) in self._run("SELECT name FROM kept", ()) if not known(name)])

    def _run(self, order: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        if self.base is None:
            return []
        try:
            return self.base.execute(order, values).fetchall()
        except UnicodeError:  # a name that is no text, as files may have
            return []
        except sqlite3.Error:
            self.close()
            return []

    def save(self) -> None:
        """Write back what was put so far; a file that cannot take it is cleared away."""
        if self.base is not None:
            try:
                if self.base.in_transaction:
                    self.base.execute("COMMIT")
                self.base.execute("BEGIN IMMEDIATE")
            except sqlite3.Error:
                self.close()

    def shrink(self) -> None:
        """Give back the room of what was forgotten, where that is more than half; the last that is done."""
        with suppress(sqlite3.Error):
            if self.base is not None:
                ask = ("PRAGMA page_count", "PRAGMA freelist_count")
                [(pages,)], [(free,)] = map(self.base.execute, ask)
                if free * 2 > pages:
                    self.base.execute("COMMIT")
                    self.base.execute("VACUUM")

    def close(self) -> None:
        """Let go of the file; nothing is remembered from here on."""
        base, self.base = self.base, None
        if base is not None:
            base.close()


def digest_of(name: str, key: str, data: bytes) -> bytes:
    """What an entry must bear: it is of this name, for this key, and to the byte what was kept."""
    head = f"{len(name)} {name} {key} ".encode("utf-8", "surrogatepass")
    return sha256(head + sha256(data).digest()).digest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file. Raises OSError."""
    found = sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()


def seal_of(file: Path, name: str) -> str:
    """What a whole file must bear that is kept under a name. Raises OSError."""
    return digest_of(name, "", bytes.fromhex(file_digest(file))).hex()


@contextmanager
def stored(file: Path | None, costly: bool = False) -> Iterator[Store]:
    """The store in a file, written back where the block ends without an error. Where there is no file, or
    another run holds it, one that ends with the block. What is ``costly`` is shared with other machines, if
    they share anything."""
    base = _open(file) if file else None
    store = Store(base or _passing(), SHARED.get() if file and costly else None)
    try:
        yield store
        store.save()
        if base:
            store.shrink()
    finally:
        if file and base and not store:
            with suppress(OSError):
                file.unlink(missing_ok=True)
        store.close()


def _passing() -> sqlite3.Connection:
    """A table in a file without a name, so that it need not be held in memory."""
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
            base.executescript("PRAGMA synchronous = OFF; PRAGMA secure_delete = ON; BEGIN IMMEDIATE")
            base.execute(_TABLE)
            base.execute("SELECT name, key, sum, data FROM kept LIMIT 1").fetchall()
            os.utime(file)  # that it was used
            return base
        except (sqlite3.Error, OSError) as error:
            if base is not None:
                base.close()
            if isinstance(error, OSError) or "locked" in str(error) or "readonly" in str(error):
                return None
            with suppress(OSError):
                file.unlink(missing_ok=True)
    return None
