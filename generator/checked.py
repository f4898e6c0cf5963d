"""SOP file + register → its outline and its problems, as the check finds them; files that have not changed
since the last run are not read again.

What is remembered of a file holds for its bytes, its name, the registers and the program, and as long as the
SOPs that it names are there. Files with an error are not remembered: what is said of them may depend on more.
The memory may be deleted, old or damaged: then everything is read again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pydantic import BaseModel

from generator.load import MAX_BYTES, load_bytes, load_file
from generator.model import SOP
from generator.named import named_sops
from generator.problems import Position, Problem, Severity
from generator.program import program
from generator.validate import Outline, Register, validate_sop

Check = Callable[[Path], tuple[Outline | None, list[Problem]]]
"""A file → its outline if its form allows one, and what is wrong with it."""
_TABLE = "CREATE TABLE IF NOT EXISTS sop (nama TEXT PRIMARY KEY, kunci TEXT, isi TEXT) WITHOUT ROWID"


def plain_check(path: Path, slug: str, register: Register) -> tuple[Outline | None, list[Problem]]:
    """Read and check a file."""
    tree, problems = load_file(path)
    if tree is None:
        return None, problems
    found, more = validate_sop(tree, slug, register)
    return found, [*problems, *more]


class Checked:
    """What is known of the files of a data folder; see ``remembering``."""

    def __init__(self, register: Register, memory: Path | None) -> None:
        self._register = register
        self._rows = _open(memory)
        self._seen: set[str] = set()
        self._base = hashlib.sha256(program().encode())
        registers: tuple[Mapping[str, BaseModel], ...] = (register.unit, register.pelaksana, register.hukum)
        entries = [register.instansi, *(entry for register in registers for entry in register.values())]
        for entry in entries:
            self._base.update(_bytes(entry.model_dump_json()))
        self._base.update(repr(sorted(register.unsure)).encode())

    def check(self, path: Path, slug: str) -> tuple[Outline | None, list[Problem]]:
        """What the check finds in a file."""
        if self._rows is None:
            return plain_check(path, slug, self._register)
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError:
            return plain_check(path, slug, self._register)
        name = path.as_posix()
        self._seen.add(name)
        base = self._base.copy()
        base.update(_bytes(f"{name}\0{slug}\0") + data)
        key = base.hexdigest()
        if known := self._known(name, key):
            return known
        tree, problems = load_bytes(data, name)
        outline = None
        if tree is not None:
            outline, more = validate_sop(tree, slug, self._register)
            problems = [*problems, *more]
        if outline is not None and all(problem.severity is not Severity.ERROR for problem in problems):
            self._keep(name, key, outline, problems)
        return outline, problems

    def _known(self, name: str, key: str) -> tuple[Outline, list[Problem]] | None:
        assert self._rows is not None
        with suppress(sqlite3.Error, ValueError, TypeError, KeyError):
            row = self._rows.execute("SELECT kunci, isi FROM sop WHERE nama = ?", (name,)).fetchone()
            if row and row[0] == key:
                sop, named, places, told = json.loads(row[1])
                if self._register.slugs.issuperset(named):
                    nama, nomor, *terkait = (Position(name, line, column) for line, column in places)
                    problems = [
                        Problem(Position(name, line, column), Severity(severity), *words)
                        for line, column, severity, *words in told
                    ]
                    return Outline(SOP.model_validate_json(sop), nama, nomor, tuple(terkait)), problems
        return None

    def _keep(self, name: str, key: str, found: Outline, problems: list[Problem]) -> None:
        places = [(one.line, one.column) for one in (found.nama, found.nomor, *found.keterkaitan)]
        told = [
            (p.position.line, p.position.column, p.severity.value, p.message, p.hint, p.rule)
            for p in problems
        ]
        with suppress(sqlite3.Error, UnicodeError, ValueError):
            sop = found.sop.model_dump_json()
            if SOP.model_validate_json(sop) == found.sop and all(p.position.file == name for p in problems):
                text = json.dumps((sop, named_sops(found.sop), places, told), ensure_ascii=False)
                assert self._rows is not None
                self._rows.execute("INSERT OR REPLACE INTO sop VALUES (?, ?, ?)", (name, key, text))

    def close(self) -> None:
        """Keep what was seen, forget the rest."""
        if self._rows is None:
            return
        with suppress(sqlite3.Error):
            gone = [
                (name,) for (name,) in self._rows.execute("SELECT nama FROM sop") if name not in self._seen
            ]
            self._rows.executemany("DELETE FROM sop WHERE nama = ?", gone)
            self._rows.execute("COMMIT")
        self._rows.close()


@contextmanager
def remembering(register: Register, memory: Path | None) -> Iterator[Checked]:
    """The check of the files of a data folder against its registers; ``memory`` is the file that
    remembers."""
    checked = Checked(register, memory)
    try:
        yield checked
    finally:
        checked.close()


def _open(memory: Path | None) -> sqlite3.Connection | None:
    """The memory; one that is damaged is made anew, one that cannot be had is done without."""
    if memory is None:
        return None
    for _ in range(2):
        with suppress(sqlite3.Error, OSError):
            memory.parent.mkdir(parents=True, exist_ok=True)
            rows = sqlite3.connect(memory, isolation_level=None, timeout=1)
            try:
                rows.executescript(f"PRAGMA synchronous=OFF; {_TABLE}; BEGIN IMMEDIATE;")
                rows.execute("SELECT nama, kunci, isi FROM sop LIMIT 1").fetchone()
                return rows
            except sqlite3.OperationalError:
                rows.close()
                return None
            except sqlite3.DatabaseError:
                rows.close()
                memory.unlink(missing_ok=True)
    return None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
