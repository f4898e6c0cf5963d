"""Data folder → what an SOP under the pen may name: the agency, the registers, the other SOPs by name.

Read one file at a time and never as a whole catalogue: an SOP can be edited while another one is broken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.data.beside import read_beside
from generator.data.catalogue import Catalogue
from generator.data.files.inputs import entries_in
from generator.data.files.shared import crossing_names, portal_folder
from generator.data.load import MappingNode, ScalarNode, load_file, load_text
from generator.data.registers import REGISTERS, files_of, files_with_shared, load_register, place_of
from generator.data.validate import Register
from generator.data.validate.read import is_slug
from generator.data.validate.schema import read_actors, read_instansi, read_laws, read_units
from generator.data.writing.yaml_style import Plain, to_yaml
from generator.edit.beside.emblem import emblem_file
from generator.model.problems import Severity
from generator.model.registers import NOBODY, Instansi

MOMENT = 0.5
"""Seconds for which what was read is not looked at again: a key asks many times."""
READERS = {"unit": read_units, "pelaksana": read_actors, "hukum": read_laws}
_NAME = re.compile(rb"^(?:nama|unit):.*$", re.MULTILINE)
_HEAD = 20_000
"""Bytes of a file in which its name stands, if it is in one line."""


class NewEntry(Struct, frozen=True):
    """An entry that a register gets when the SOP that names it is saved."""

    register: str
    id: str
    form: dict[str, Any]


class Known(Struct, frozen=True):
    """What an SOP may name; ``names`` are those of the SOPs by slug. ``usual_unit``: that of most SOPs."""

    register: Register
    names: Mapping[str, str]
    usual_unit: str = ""
    emblem: str = ""
    """What tells the picture of the emblem from another; "" where there is none."""

    def with_entries(self, entries: Iterable[NewEntry]) -> Known:
        """With entries that stand in no file yet."""
        entries = tuple(entries)
        if not entries:
            return self
        found: dict[str, dict[str, Any]] = {name: dict(getattr(self.register, name)) for name in READERS}
        for entry in entries:
            tree, _ = load_text(to_yaml({entry.id: entry.form}), entry.register)
            values = READERS[entry.register](tree, []) if tree is not None else None
            found[entry.register] = (values or {}) | found[entry.register]
        return replace(self, register=replace(self.register, **found))


class Reading:
    """Reads a data folder, and again only what has changed since; with ``drafts`` also the entries that wait
    for the drafts that need them."""

    def __init__(self, data: Path, drafts: bool = False) -> None:
        self._data = data
        self._waiting = data / "draf" / "daftar" if drafts else None
        self._signs: object = None
        self._until = 0.0
        self._known: Known | None = None

    def known(self) -> Known:
        """What there is now, or was a moment ago."""
        if self._known is not None and monotonic() < self._until:
            return self._known
        self._until = monotonic() + MOMENT
        signs = tuple(map(_sign, self._sources()))
        if self._known is None or signs != self._signs:
            self._known, self._signs = _read(self._data, self._waiting), signs
        return self._known

    def forget(self) -> None:
        """Look anew at once: something was written."""
        self._until = 0.0

    def _sources(self) -> list[Path]:
        folders = [self._data, *([self._waiting] if self._waiting else [])]
        named = [(folder, name) for folder in folders for name in REGISTERS]
        registers = [path for folder, name in named for path in files_with_shared(folder, name)]
        return [self._data / "instansi.yml", self._data / "sop", *registers]


def _sign(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _read(data: Path, waiting: Path | None) -> Known:
    unsure = set()
    found: dict[str, Any] = {}
    agency: Instansi | None = None
    tree, problems = load_file(data / "instansi.yml")
    agency = None if tree is None else read_instansi(tree, problems)
    for name, reader in READERS.items():
        tree, problems = load_register(data, name)
        found[name] = (None if tree is None else reader(tree, problems)) or {}
        if any(problem.severity is Severity.ERROR for problem in problems):
            unsure.add(name)
        if waiting is not None and files_of(waiting, name)[0].is_file():
            tree, _ = load_register(waiting, name)
            found[name] = ((None if tree is None else reader(tree, [])) or {}) | found[name]
    heads = {
        path.stem: _head(path)
        for path in sorted(entries_in(data / "sop"))
        if path.suffix == ".yml" and is_slug(path.stem)
    }
    names = {slug: head.get("nama", slug) for slug, head in heads.items()}
    units = Counter(head["unit"] for head in heads.values() if head.get("unit") in found["unit"])
    home = portal_folder(data)
    beside = read_beside(data, home, crossing_names(data) if home else ())
    lain = Catalogue(NOBODY, {}, {}, {}, {}).among(None, beside.agencies).lain
    register = Register(
        instansi=agency or NOBODY,
        slugs=frozenset(names),
        unsure=frozenset(unsure),
        places={name: place_of(data, name) for name in REGISTERS},
        elsewhere=beside.told,
        **found,
    )
    names |= {id: sop.sebutan for id, sop in lain.items()}
    return Known(register, names, units.most_common(1)[0][0] if units else "", _emblem(data, agency))


def _emblem(data: Path, agency: Instansi | None) -> str:
    path = emblem_file(data, agency.logo if agency else None)
    return "" if path is None else f"{_sign(path)[0]:x}"


def _head(path: Path) -> dict[str, str]:
    """The name of the SOP of a file and its unit, where each stands in a line."""
    try:
        with path.open("rb") as stream:
            lines = _NAME.findall(stream.read(_HEAD))
    except OSError:
        return {}
    tree, _ = load_text(b"\n".join(lines).decode("utf-8", "replace"), "") if lines else (None, [])
    found = tree.entries.items() if isinstance(tree, MappingNode) else ()
    return {
        key: entry.value.value.strip()
        for key, entry in found
        if isinstance(entry.value, ScalarNode) and entry.value.value.strip("|>- \n")
    }


def plain_entry(**values: Plain) -> dict[str, Any]:
    """The form of an entry, without what is not known."""
    return {key: value for key, value in values.items() if value}
