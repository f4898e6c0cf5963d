"""SOP files + register → their outlines and their problems, as the check finds them, over all cores; files
that have not changed since the last run are not read again.

What is remembered of a file holds for its bytes, its name, the registers and the program, and as long as the
SOPs that it names are there. Files with an error are not remembered: what is said of them may depend on more.
The memory may be deleted, old or damaged: then everything is read again.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.data.excerpt import UNLISTED
from generator.data.files.inputs import InputsChanged
from generator.data.load import MAX_BYTES, load_bytes, load_file
from generator.data.validate import KeptFile, Register, validate_sop
from generator.model.digests import digest_of_less, sop_from_json
from generator.model.named import actors_of, duties_of, named_sops, remember_named
from generator.model.problems import Position, Problem, Severity
from generator.model.sop import SOP
from generator.model.values import DataStruct
from generator.program import program
from generator.store import Store, stored
from generator.workers import Workers

FEW, _BATCH = 300, 20
"""So many files are read sooner than a process starts; files in one task."""

Found = tuple[KeptFile | None, list[Problem]]
"""The outline of a file if its form allows one, and what is wrong with it."""
_Job = tuple[int, Path, str]
"""A file with its number among those asked for and the slug of its SOP."""


class _Read(Struct, frozen=True):
    """What came of a file: the text to be remembered under a key, or what the check found."""

    number: int
    key: str
    text: bytes | None
    found: Found | None


class Checked:
    """What is known of the files of a data folder; see ``remembering``."""

    def __init__(
        self, register: Register, store: Store | None, workers: Workers, digests: Mapping[str, bytes]
    ) -> None:
        self._register, self._workers, self._digests = register, workers, digests
        self._store = store
        self._seen: set[str] = set()
        base = hashlib.sha256(program().encode())
        registers: tuple[Mapping[str, DataStruct], ...] = (register.unit, register.pelaksana, register.hukum)
        entries = [register.instansi, *(entry for register in registers for entry in register.values())]
        for entry in entries:
            base.update(msgspec.json.encode(entry))
        elsewhere = sorted(register.elsewhere.items())
        base.update(repr((sorted(register.unsure), sorted(register.places.items()), elsewhere)).encode())
        self._base = base.digest()

    def check(self, files: Sequence[tuple[Path, str]]) -> list[Found]:
        """What the check finds in each of these files; with each the slug of its SOP. Raises
        InputsChanged where a file is not what its digest says."""
        found = self._known(files) if files else {}
        lacking = [(number, *one) for number, one in enumerate(files) if number not in found]
        for one in self._read(lacking):
            path, slug = files[one.number]
            name = path.as_posix()
            digest = self._digests.get(name, b"")
            if self._digests and one.key and one.key != _key(self._base, name, slug, digest):
                raise InputsChanged(name)
            if one.text is not None and self._store is not None:
                self._store.put(name, one.key, one.text)
            found[one.number] = one.found or _told(name, one.text or b"")
        return [found[number] for number in range(len(files))]

    def _read(self, jobs: Sequence[_Job]) -> Iterable[_Read]:
        """Read files, many of them by other processes."""
        if len(jobs) <= FEW:
            return _check(jobs, self._register, self._base, text=self._store is not None, found=True)
        do = partial(_check_there, register=pickle.dumps(self._register), base=self._base)
        return self._workers.each(do, jobs, FEW, _BATCH)

    def _known(self, files: Sequence[tuple[Path, str]]) -> dict[int, Found]:
        """What is remembered of these files by their numbers, where it holds."""
        found: dict[int, Found] = {}
        if self._store is None:
            return found
        for number, (path, slug) in enumerate(files):
            name = path.as_posix()
            self._seen.add(name)
            with suppress(OSError, KeyError):
                text = self._store.get(name, self._key_of(name, slug))
                if text is not None:
                    found[number] = _told(name, text, self._register.slugs)
        return found

    def _key_of(self, name: str, slug: str) -> str:
        """What is remembered of a file holds for this key. Raises OSError."""
        digest = self._digests.get(name) or hashlib.sha256(_content(name)).digest()
        return _key(self._base, name, slug, digest)

    def close(self) -> None:
        """Keep what was seen, forget the rest."""
        if self._store is not None:
            self._store.forget_others(self._seen.__contains__)


@contextmanager
def remembering(
    register: Register, memory: Path | None, workers: Workers, digests: Mapping[str, bytes]
) -> Iterator[Checked]:
    """The check of the files of a data folder against its registers; ``memory`` is the file that
    remembers, ``workers`` read many files, ``digests`` are SHA-256 of files by their paths: all that are
    there, or none.
    """
    if memory is None:
        yield Checked(register, None, workers, digests)
        return
    with stored(memory) as store:
        checked = Checked(register, store, workers, digests)
        yield checked
        checked.close()


_registers = lru_cache(maxsize=1)(pickle.loads)
"""A process reads the registers once, although they come with every task."""


def _check_there(jobs: Sequence[_Job], register: bytes, base: bytes) -> list[_Read]:
    return list(_check(jobs, _registers(register), base, text=True, found=False))


def _check(
    jobs: Sequence[_Job], register: Register, base: bytes, *, text: bool, found: bool
) -> Iterator[_Read]:
    """Read and check some files; ``text`` and ``found`` say which of both is wanted where there is a text."""
    for number, path, slug in jobs:
        name, key = path.as_posix(), ""
        try:
            data = _content(name)
        except OSError:
            tree, problems = load_file(path)
        else:
            if len(data) <= MAX_BYTES:
                key = _key(base, name, slug, hashlib.sha256(data).digest())
            tree, problems = load_bytes(data, name)
        outline = None
        if tree is not None:
            outline, more = validate_sop(tree, slug, register)
            problems = [*problems, *more]
        told = None
        if text and key and outline and all(one.severity is not Severity.ERROR for one in problems):
            told = _text(name, outline, problems)
        yield _Read(number, key, told, (outline, problems) if found or told is None else None)


def _content(name: str) -> bytes:
    """As much of a file as is read of it. Raises OSError."""
    with open(name, "rb") as file:
        return file.read(MAX_BYTES + 1)


def _key(base: bytes, name: str, slug: str, digest: bytes) -> str:
    return hashlib.sha256(base + _bytes(f"{name}\0{slug}\0") + digest).hexdigest()


def _text(name: str, found: KeptFile, problems: Sequence[Problem]) -> bytes | None:
    """What is remembered of a file; None where it would not come to the same."""
    places = [(one.line, one.column) for one in (found.nama, found.nomor, *found.keterkaitan)]
    told = [
        (p.position.line, p.position.column, p.severity.value, p.message, p.hint, p.rule) for p in problems
    ]
    with suppress(UnicodeError, ValueError):
        sop = msgspec.json.encode(found.sop)
        duties, actors = dict(duties_of(found.sop)), actors_of(found.sop)
        named = named_sops(found.sop), actors, [duties.get(actor, 0) for actor in actors]
        less = digest_of_less(found.sop, UNLISTED).hex()
        if msgspec.json.decode(sop, type=SOP) == found.sop and all(p.position.file == name for p in problems):
            head = json.dumps((named, less, places, told), ensure_ascii=False)
            return head.encode() + b"\n" + sop
    return None


def _told(name: str, text: bytes, slugs: frozenset[str] | None = None) -> Found:
    """The inverse of ``_text``. Raises ValueError, TypeError, KeyError; so where an SOP that is named is not
    among ``slugs``."""
    head, _, data = text.partition(b"\n")
    (sops, *by), less, places, told = json.loads(head)
    if slugs is not None and not slugs.issuperset(slug for slug in sops if "/" not in slug):
        raise KeyError(name)
    sop = sop_from_json(data, bytes.fromhex(less))
    remember_named(sop, sops, *by)
    nama, nomor, *terkait = (Position(name, line, column) for line, column in places)
    problems = [
        Problem(Position(name, line, column), Severity(severity), *words)
        for line, column, severity, *words in told
    ]
    return KeptFile(sop, nama, nomor, tuple(terkait)), problems


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
