"""A folder of sites + the cache → what the last build knew of a site; whether a site still stands as it was
left, and is what the same inputs would give.

The memory may be deleted, old or damaged: then everything is made again; nothing else changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from generator.build.exchange.standing import standing
from generator.build.headers import headers_digest, read_headers
from generator.data.audience import Audience
from generator.data.files.inputs import Taken
from generator.program import program
from generator.store import seal_of

MANIFEST = "MANIFEST.json"
"""The list of a site's files, at its top; the one file that it does not list."""
INPUTS = "inputs"
"""Name of the note on what a site was made from."""
PLACE = "place"
"""Name of the note on where it stands."""
STOOD = "stood"
"""Name of the note on how its files stood: see ``stood``."""
HEADS = "headers"
"""Name of the note on its header files: one digest of all."""
COLUMNS = {"pages": "digest TEXT, scripts TEXT, links BLOB, data BLOB", "notes": "text TEXT"}
"""What is known under names, each that of one job alone."""
TABLES = "CREATE TABLE jobs (key TEXT PRIMARY KEY, files TEXT);" + "".join(
    f"CREATE TABLE {name} (key TEXT, name TEXT PRIMARY KEY, {columns});"
    f"CREATE INDEX {name}_by_key ON {name} (key);"
    for name, columns in COLUMNS.items()
)
"""With numbers of rows: without them rows of a kilobyte each leave half of every page of the file empty."""
_MIRROR, _SEAL = ".cadangan", ".sidik"


class File(NamedTuple):
    """A file as it was left: its path in the site, SHA-256, size, time (ns)."""

    name: str
    digest: str
    size: int
    time: int


def packed(files: Sequence[File]) -> str:
    """The files of a job as they are kept: all of them as one value in JSON, as there are so many."""
    return _reader()[0](files).decode()


def unpacked(text: str) -> list[File]:
    """The inverse. Raises ValueError, TypeError."""
    return _reader()[1](text)


@cache
def _reader() -> tuple[Callable[[object], bytes], Callable[[str], list[File]]]:
    import msgspec  # not loaded where nothing changed

    return msgspec.json.Encoder().encode, msgspec.json.Decoder(list[File]).decode


def stood(files: Iterable[tuple[str, int, int]]) -> str:
    """One digest of the names, sizes and times of all files of a site."""
    lines = sorted(f"{name}\0{size}\0{time}" for name, size, time in files)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


class Memory:
    """The memory of a site as the last build left it. ``address`` names it for SQLite. A damaged one, or
    none, remembers nothing."""

    def __init__(self, path: Path | None) -> None:
        self.address = ":memory:"
        self._path: Path | None = None
        self._rows: sqlite3.Connection | None = None
        if path is not None and path.is_file():
            self.address = f"{path.absolute().as_uri()}?mode=ro"
            self._path, self._rows = path, sqlite3.connect(self.address, uri=True)

    def jobs(self) -> Iterator[tuple[str, list[File]]]:
        """Every job with its files. Raises ValueError, TypeError where it says nonsense."""
        return ((key, unpacked(files)) for key, files in self.ask("SELECT key, files FROM jobs"))

    def files(self) -> list[File]:
        """All files in the order of their paths. Raises ValueError, TypeError."""
        return sorted(chain.from_iterable(files for _, files in self.jobs()))

    def file(self, key: str, name: str) -> File | None:
        """A file of a job. Raises ValueError, TypeError."""
        found = self.ask("SELECT files FROM jobs WHERE key = ?", key)
        return next((one for (files,) in found for one in unpacked(files) if one.name == name), None)

    def ask(self, question: str, *values: str) -> list[tuple[Any, ...]]:
        """The rows that answer; none where the memory cannot be read."""
        if self._rows is None:
            return []
        try:
            return self._rows.execute(question, values).fetchall()
        except sqlite3.Error:
            return []

    def copy(self, path: Path) -> bool:
        """Copy what is remembered to a file, if it has the form that it should have."""
        tables = {text for (text,) in self.ask("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
        if self._path is None or tables != set(filter(None, TABLES.split(";"))):
            return False
        shutil.copyfile(self._path, path)
        return True

    def note(self, name: str) -> str | None:
        """A note by its name."""
        return next((text for (text,) in self.ask("SELECT text FROM notes WHERE name = ?", name)), None)

    def noted(self, key: str, name: str) -> list[bytes]:
        """What a job of this key noted under a name, if it did."""
        found = self.ask("SELECT text FROM notes WHERE name = ? AND key = ?", name, key)
        return [data for (data,) in found if isinstance(data, bytes)]

    def names(self, beginning: str) -> list[str]:
        """The names of all notes that begin so, in their order."""
        question = "SELECT name FROM notes WHERE name BETWEEN ? AND ? ORDER BY name"
        return [name for (name,) in self.ask(question, beginning, f"{beginning}\U0010ffff")]

    def stands(self, site: Path) -> bool:
        """Whether a site is to the file the one that is remembered: same names, sizes and times."""
        known = self.note(STOOD)
        return known is not None and known == stood(
            (name, *(found[:2] if found else (-1, -1))) for name, found in standing(site.as_posix())
        )

    def close(self) -> None:
        if self._rows is not None:
            self._rows.close()


def remembered(path: Path) -> Memory:
    """The memory in a file, if that is to the byte what ``Tree.keep`` left: pages are made of it."""
    with suppress(OSError, ValueError):
        if seal_path(path).read_text(encoding="ascii") == seal_of(path, path.name):
            return Memory(path)
    return Memory(None)


def seal_path(path: Path) -> Path:
    """Where the seal of a memory stands."""
    return path.with_suffix(_SEAL)


def untouched(sites: Iterable[Path], cache: Path, inputs: str) -> bool:
    """Whether all these sites stand as they were left, and were made from these inputs."""
    for site in sites:
        memory = Memory(memory_of(site, cache))
        try:
            if not inputs or memory.note(INPUTS) != inputs or not memory.stands(site):
                return False
            if headers_digest(read_headers(site)) != memory.note(HEADS):
                return False
        finally:
            memory.close()
    return True


def memory_of(site: Path, cache: Path | None) -> Path:
    """Where the memory of a site is kept: in the cache; without one, a name that nothing has."""
    name = hashlib.sha256(site.absolute().as_posix().encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return (cache or site) / "situs" / f"{site.name}-{name}.ingatan"


def mirror_of(site: Path, cache: Path) -> Path:
    """Where the mirror of a site is kept (see ``exchange.work_tree``)."""
    return memory_of(site, cache).with_suffix(_MIRROR)


def search_of(audience: Audience, cache: Path) -> Path:
    """The folder of what the search of a site remembers."""
    return cache / "cari" / audience


def forget_gone(cache: Path) -> None:
    """Forget the sites that stand nowhere any more, and delete their mirrors."""
    for path in sorted((cache / "situs").glob("*.ingatan")):
        memory = Memory(path)
        place = memory.note(PLACE)
        memory.close()
        if place is not None and not os.path.lexists(place):
            path.unlink(missing_ok=True)
            seal_path(path).unlink(missing_ok=True)
            shutil.rmtree(path.with_suffix(_MIRROR), ignore_errors=True)


def fingerprint(taken: Taken, *settings: object, of: Iterable[Path] | None = None) -> str:
    """SHA-256 of all that a site depends on: the program, every file of the sources, what was asked for; ""
    where one could not be read or is no plain file, as those will tell who read it. ``of``: the sources whose
    bytes count; None: all."""
    if taken.odd or not all(taken.digests.values()):
        return ""
    found = hashlib.sha256(repr((surroundings(), settings)).encode())
    for root in taken.roots if of is None else (path.as_posix() for path in of):
        for name in sorted(taken.below(root)):
            told = name.removeprefix(root).encode("utf-8", "surrogateescape")
            found.update(told + b"\0" + taken.digests[name])
    return found.hexdigest()


def surroundings() -> tuple[str, str | None, str | None, int]:
    """What is not data and yet may show: the program, another Graphviz, another engine, the rights that files
    are made with."""
    rights = os.umask(0o77)
    os.umask(rights)
    return program(), os.environ.get("SOP_DOT"), os.environ.get("SOP_MESIN"), rights
