"""Folder of one SOP under the pen ↔ what was done to it, record by record, each on the disk before it counts.

A record that a crash cut off never counted. Several processes may hold the same journal, one at a time: each
reads what the others wrote before it writes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.data.writing.operations import Splice
from generator.edit.known import NewEntry
from generator.hold import alone

FILE = "jurnal"
DAMAGED = "jurnal.rusak"


class Record(Struct, frozen=True, tag_field="jenis", kw_only=True):
    """What all records are; ``at`` is when, in words of ISO 8601, ``by`` the clerk ("": nobody said)."""

    at: str
    by: str = ""


class Opened(Record, frozen=True, tag="buka"):
    """The text that editing began with; ``disk`` is the digest of the file then, "" where there was none."""

    text: str
    disk: str


class Changed(Record, frozen=True, tag="ubah"):
    """A change of the text. Neighbours of one ``group`` are taken back together; ``shape``: more than one
    text changed. ``disk``: it came from the file, whose digest this is."""

    splice: Splice
    words: str
    group: str
    shape: bool = True
    entries: tuple[NewEntry, ...] = ()
    disk: str | None = None


class Undone(Record, frozen=True, tag="urung"):
    """The last so many changes were taken back."""

    count: int


class Redone(Record, frozen=True, tag="ulang"):
    """The last so many changes that had been taken back were made again."""

    count: int


class Saved(Record, frozen=True, tag="simpan"):
    """The file holds the text; ``disk`` is its digest."""

    disk: str


class Proposed(Record, frozen=True, tag="usul"):
    """The text as it stands waits for somebody else to take it."""


class Returned(Record, frozen=True, tag="kembali"):
    """What was proposed was given back, with words."""

    words: str


AnyRecord = Opened | Changed | Undone | Redone | Saved | Proposed | Returned
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(AnyRecord).decode


class Journal:
    """The records of one SOP. ``damaged``: some could not be read and stand in a file of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._path = folder, folder / FILE
        self._read = 0
        self.damaged = False

    @contextmanager
    def held(self) -> Iterator[list[AnyRecord]]:
        """Hold the journal; gives what was written since it was last held."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with alone(self._folder, wait=True):
            yield self._new()

    def write(self, records: Sequence[AnyRecord]) -> None:
        """Write records, on the disk when this returns. The journal must be held."""
        data = b"".join(_encode(record) + b"\n" for record in records)
        handle = os.open(
            self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0), 0o600
        )
        try:
            begun = os.fstat(handle).st_size
            try:
                done = 0
                while done < len(data):
                    done += os.write(handle, data[done:])
                os.fsync(handle)
            except OSError:  # half a record would spoil the next
                os.ftruncate(handle, begun)
                raise
        finally:
            os.close(handle)
        self._read += len(data)

    def _new(self) -> list[AnyRecord]:
        try:
            with self._path.open("rb") as stream:
                stream.seek(self._read)
                data = stream.read()
        except FileNotFoundError:
            return []
        found: list[AnyRecord] = []
        whole, _, torn = data.rpartition(b"\n")
        for line in whole.split(b"\n") if whole else ():
            try:
                found.append(_decode(line))
            except msgspec.MsgspecError:
                self._set_aside()
                return found
            self._read += len(line) + 1
        if torn:
            os.truncate(self._path, self._read)
        return found

    def _set_aside(self) -> None:
        """Keep the journal as it is under another name; go on with what could be read."""
        self._path.with_name(DAMAGED).write_bytes(self._path.read_bytes())
        os.truncate(self._path, self._read)
        self.damaged = True
