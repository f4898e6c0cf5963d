"""What is known of a tree that is being made, in one SQLite file, which will be its memory.

It begins as a copy of what is known of the old site; rows of jobs that are neither taken over nor done again
go. That is quicker than to copy the rows that stay, which are nearly all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from generator.build.memory import COLUMNS, TABLES, File, Memory, packed, unpacked

_TABLES = ("jobs", *COLUMNS)


class Rows:
    """The rows of each job's key: its files, and what the tables of ``memory.COLUMNS`` hold, in each of which
    a name stands once. ``path`` is the file, ``memory`` what is known of the old site. Raises
    sqlite3.Error where that is damaged."""

    def __init__(self, path: Path, memory: Memory) -> None:
        self._begun = memory.copy(path)
        self._rows = sqlite3.connect(path, isolation_level=None, uri=True)
        self._rows.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA trusted_schema=OFF")
        if not self._begun:
            self._rows.executescript(TABLES)
        self._rows.execute("ATTACH ? AS old", (memory.address,))
        self._rows.executescript("CREATE TEMP TABLE kept (key TEXT PRIMARY KEY) WITHOUT ROWID; BEGIN")
        self.kept: set[str] = set()
        self._waiting: list[str] = []

    def take(self, key: str) -> None:
        """Take over the rows of a key from what is known of the old site."""
        self.kept.add(key)
        self._waiting.append(key)

    def insert(self, table: str, key: str, *row: str | bytes | None) -> None:
        """A row of a job that was done now, in place of an old one of the same name."""
        self._begin(key)
        marks = ", ?" * len(row)
        self._rows.execute(f"INSERT OR REPLACE INTO main.{table} VALUES (?{marks})", (key, *row))

    def put(self, key: str, files: Sequence[File]) -> None:
        """Files of a job that was done now, beside those that it has put already."""
        if self._begin(key):
            if self._waiting and not self._begun:
                self.ask("SELECT 1")
            [(had,)] = self._rows.execute("SELECT files FROM main.jobs WHERE key = ?", (key,))
            files = [*unpacked(had), *files]
        self._rows.execute("UPDATE main.jobs SET files = ? WHERE key = ?", (packed(files), key))

    def _begin(self, key: str) -> bool:
        """Whether a job has rows of this build already; of one that is done again all old ones go."""
        if key in self.kept:
            return True
        for table in _TABLES if self._begun else ():
            self._rows.execute(f"DELETE FROM main.{table} WHERE key = ?", (key,))
        self._rows.execute("INSERT INTO main.jobs VALUES (?, ?)", (key, packed(())))
        self.kept.add(key)
        return False

    def files(self) -> Iterator[File]:
        """All files of the new tree so far. Raises ValueError, TypeError."""
        return chain.from_iterable(unpacked(files) for (files,) in self.ask("SELECT files FROM main.jobs"))

    def ask(self, question: str, *values: str) -> Iterator[tuple[Any, ...]]:
        """The answer of all rows of the new tree so far."""
        if self._begun:
            self._forget_others()
        elif self._waiting:
            self._rows.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((key,) for key in self._waiting))
            for table in _TABLES:
                chosen = f"SELECT * FROM old.{table} WHERE key IN kept"
                self._rows.execute(f"INSERT OR IGNORE INTO main.{table} {chosen}")
            self._rows.execute("DELETE FROM kept")
        self._waiting = []
        return self._rows.cursor().execute(question, values)

    def _forget_others(self) -> None:
        """Of the copy there stay the rows of keys that were taken over; from now on rows are only added."""
        self._begun = False
        gone = [row for row in self._rows.execute("SELECT key FROM main.jobs") if row[0] not in self.kept]
        for table in _TABLES:
            self._rows.executemany(f"DELETE FROM main.{table} WHERE key = ?", gone)

    def finish(self) -> None:
        """Write back everything; a file that is half empty is made small."""
        self.ask("SELECT 1")
        self._rows.execute("COMMIT")
        ask = ("PRAGMA main.page_count", "PRAGMA main.freelist_count")
        [(pages,)], [(free,)] = map(self._rows.execute, ask)
        if free * 2 > pages:
            self._rows.execute("VACUUM main")

    def close(self) -> None:
        """Write nothing more."""
        self._rows.close()
