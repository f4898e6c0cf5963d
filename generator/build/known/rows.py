"""What is known of a tree that is being made, in one SQLite file, which will be its memory.

It begins as a copy of what is known of the old site; rows of jobs that are neither taken over nor done again
go. That is quicker than to copy the rows that stay, which are nearly all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.build.memory import COLUMNS, TABLES, Memory


class Rows:
    """The rows of each job's key, in the tables of ``memory.COLUMNS``; a name stands once in each. ``path``
    is the file, ``memory`` what is known of the old site. Raises sqlite3.Error where that is damaged."""

    def __init__(self, path: Path, memory: Memory) -> None:
        self._begun = memory.copy(path)
        self._rows = sqlite3.connect(path, isolation_level=None, uri=True)
        self._rows.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA trusted_schema=OFF")
        if not self._begun:
            self._rows.executescript(TABLES)
        self._rows.execute("ATTACH ? AS old", (memory.address,))
        self._rows.executescript("CREATE TEMP TABLE kept (key TEXT PRIMARY KEY) WITHOUT ROWID; BEGIN")
        self._kept: set[str] = set()
        self._waiting: list[str] = []

    def take(self, key: str) -> None:
        """Take over the rows of a key from what is known of the old site."""
        self._kept.add(key)
        self._waiting.append(key)

    def insert(self, table: str, key: str, *row: str | int | bytes) -> None:
        """A row of a job that was done now, in place of an old one of the same name."""
        if self._begun and key not in self._kept:
            for old in COLUMNS:
                self._rows.execute(f"DELETE FROM main.{old} WHERE key = ?", (key,))
        self._kept.add(key)
        marks = ", ?" * len(row)
        self._rows.execute(f"INSERT OR REPLACE INTO main.{table} VALUES (?{marks})", (key, *row))

    def ask(self, question: str, *values: str) -> Iterator[tuple[Any, ...]]:
        """The answer of all rows of the new tree so far."""
        if self._begun:
            self._forget_others()
        elif self._waiting:
            self._rows.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((key,) for key in self._waiting))
            for table in COLUMNS:
                chosen = f"SELECT * FROM old.{table} WHERE key IN kept"
                self._rows.execute(f"INSERT OR IGNORE INTO main.{table} {chosen}")
            self._rows.execute("DELETE FROM kept")
        self._waiting = []
        return self._rows.cursor().execute(question, values)

    def _forget_others(self) -> None:
        """Of the copy there stay the rows of keys that were taken over; from now on rows are only added."""
        self._begun = False
        self._rows.executemany("INSERT INTO kept VALUES (?)", ((key,) for key in self._kept))
        for table in COLUMNS:
            gone = f"SELECT DISTINCT key FROM main.{table} EXCEPT SELECT key FROM kept"
            self._rows.execute(f"DELETE FROM main.{table} WHERE key IN ({gone})")
        self._rows.execute("DELETE FROM kept")

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
