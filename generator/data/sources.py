"""Data folder → Catalogue + problems."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import chain
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from msgspec.structs import replace

from generator.data.beside import portal_of, read_beside, read_naming
from generator.data.catalogue import Catalogue
from generator.data.checked import remembering
from generator.data.data_format import newer
from generator.data.files.inputs import entries_in, files_in, odd_in
from generator.data.files.plain import odd_words
from generator.data.files.shared import crossing_names, portal_folder, shared_folder
from generator.data.lexicon import read_lexicon
from generator.data.load import MappingNode, Tree, load_file, locate
from generator.data.registers import (
    REGISTERS,
    files_of,
    files_with_shared,
    load_own,
    load_register,
    place_of,
    strays,
)
from generator.data.validate import KeptFile, Register, Registers, validate_across, validate_registers
from generator.data.validate.overrides import overridden
from generator.data.validate.read import Problems, Reader
from generator.data.validate.register_rules import LOGO
from generator.data.validate.schema import read_actors, read_instansi, read_laws, read_units
from generator.data.versions import read_versions, unfiled
from generator.model.named import actors_of
from generator.model.problems import Position, Problem, Severity, from_folder
from generator.model.registers import NOBODY, Instansi
from generator.workers import Workers

Entry = TypeVar("Entry")


def read_catalogue(
    data_dir: Path,
    memory: Path | None = None,
    workers: Workers | None = None,
    digests: Mapping[str, bytes] = MappingProxyType({}),
    home: Path | None = None,
    id: str = "",
    named_by: Collection[str] = (),
) -> tuple[Catalogue | None, list[Problem]]:
    """Read a data folder. The problems are sorted; the catalogue is None if one of them is an error.
    ``memory`` is a file that remembers what has been read (see ``checked``); ``workers``, which must be on
    this machine, read many files; a file of which ``digests`` has the SHA-256 by its path is not read where
    it is remembered; ``home`` is the folder of all agencies where the sites are part of its portal, ``id``
    the agency's there, ``named_by`` are the SOPs of others that may name some of its own."""
    own = workers or Workers()
    try:
        whole, problems = _read_catalogue(data_dir, memory, own, digests, home)
        if whole and home and named_by:
            whole = replace(whole, id=id, namers=read_naming(home, named_by))
        return whole, problems
    finally:
        if workers is None:
            own.close()


def _read_catalogue(
    data_dir: Path, memory: Path | None, workers: Workers, digests: Mapping[str, bytes], home: Path | None
) -> tuple[Catalogue | None, list[Problem]]:
    out: Problems = []
    if not data_dir.is_dir():
        where = Position(data_dir.as_posix(), 1, 1)
        return None, [
            Problem(where, Severity.ERROR, "folder data tidak ada", "sebut foldernya dengan --data", "berkas")
        ]
    common = shared_folder(data_dir)
    if odd := [_odd(path) for folder in (data_dir, common) if folder for path in odd_in(folder)]:
        return None, odd  # what is behind it belongs to somebody else, or would keep its reader waiting
    if problem := newer(data_dir):
        return None, [problem]
    unsure: set[str] = set()

    def read(name: str, found: tuple[Tree | None, list[Problem]], reader: Reader) -> tuple[Any, Any]:
        tree, problems = found
        value = None if tree is None else reader(tree, problems)
        unsure.update(name for problem in problems if problem.severity is Severity.ERROR)
        out.extend(problems)
        return value, tree

    agency, agency_tree = read("instansi", load_file(data_dir / "instansi.yml"), read_instansi)
    units, unit_tree = read("unit", load_register(data_dir, "unit"), read_units)
    staff, actor_tree = read("pelaksana", load_register(data_dir, "pelaksana"), read_actors)
    cited, law_tree = read("hukum", load_register(data_dir, "hukum"), read_laws)
    files = _sop_files(data_dir / "sop", out)
    above = home or portal_folder(data_dir)
    beside = read_beside(data_dir, above, crossing_names(data_dir) if above else ())
    places = {name: place_of(data_dir, name) for name in REGISTERS}
    known = (agency or NOBODY, units or {}, staff or {}, cited or {}, frozenset(path.stem for path in files))
    register = Register(*known, unsure=frozenset(unsure), places=places, elsewhere=beside.told)
    out += [*_pictures(agency, agency_tree, data_dir), *_said_otherwise(data_dir, common)]
    out += validate_registers(Registers(register, agency_tree, unit_tree, actor_tree, law_tree))
    outlines: list[KeptFile] = []
    with remembering(register, memory, workers, digests) as checked:
        for found, problems in checked.check([(path, path.stem) for path in files]):
            out += problems
            outlines += [found] if found else []
        out += validate_across(outlines)
        out += [*strays(data_dir, "leksikon"), *read_lexicon(files_with_shared(data_dir, "leksikon"))[1]]
        current = {outline.sop.slug: outline.sop for outline in outlines}
        out += list(unfiled(data_dir, current))
        versions = read_versions(data_dir / "versi", current, register.slugs, checked, out)
    out = sorted(set(out), key=_ORDER)
    if agency is None or any(problem.severity is Severity.ERROR for problem in out):
        return None, out
    told = tuple(from_folder(problem, data_dir, common) for problem in out)
    used = [*current.values(), *chain.from_iterable(versions.values())]
    actors = _named(register.pelaksana, actor_tree, common, {id for sop in used for id in actors_of(sop)})
    laws = _named(register.hukum, law_tree, common, {id for sop in used for id in sop.dasar_hukum})
    whole = Catalogue(agency, register.unit, actors, laws, current, told, versi=versions, places=places)
    return whole.among(portal_of(home) if home else None, beside.agencies), out


def _odd(path: Path) -> Problem:
    """What is said of what is neither file nor folder."""
    what, hint = odd_words(path)
    return Problem(Position(path.as_posix(), 1, 1), Severity.ERROR, what, hint, "berkas")


def _said_otherwise(data_dir: Path, common: Path | None) -> list[Problem]:
    """What an agency says otherwise than the registers that it shares."""
    if common is None:
        return []
    return [
        problem
        for name in ("pelaksana", "hukum")
        if any(path.is_file() for path in files_of(data_dir, name))
        for problem in overridden(name, load_own(data_dir, name)[0], load_own(common, name)[0])
    ]


def _named(
    register: Mapping[str, Entry], tree: Tree | None, common: Path | None, named: set[str]
) -> Mapping[str, Entry]:
    """A register without the shared entries that no SOP of this agency names."""
    if common is None or not isinstance(tree, MappingNode):
        return register
    place = f"{common.as_posix()}/"
    keys = {id: entry.key.position.file for id, entry in tree.entries.items()}
    return {id: one for id, one in register.items() if id in named or not keys[id].startswith(place)}


_ORDER = attrgetter(
    "position.file", "position.line", "position.column", "severity", "message", "hint", "rule"
)
"""Of problems as they compare, in a fifth of the time."""


def _pictures(agency: Instansi | None, tree: Tree | None, data_dir: Path) -> list[Problem]:
    """What is wrong with the emblem and the logo of the site, where a name can be that of a file in the data
    folder."""
    named = {} if agency is None else {"logo": agency.logo, "logo_situs": agency.logo_situs}
    return [
        problem
        for key, name in named.items()
        if name is not None and LOGO.fullmatch(name)
        for problem in _picture(key, name, tree, data_dir)
    ]


def _picture(key: str, name: str, tree: Tree | None, data_dir: Path) -> list[Problem]:
    from generator.data.files.logo import LACKING, faults_of_file  # not loaded where there is none

    where = locate(tree, key) or Position((data_dir / "instansi.yml").as_posix(), 1, 1)
    file = data_dir / name
    if not file.exists():  # what can still be done without it is done; a build refuses
        message, cure = LACKING
        return [Problem(where, Severity.WARNING, message.format(name), cure, "logo_setempat")]
    return [
        Problem(where, Severity.ERROR, message, cure, "logo_setempat")
        for message, cure in faults_of_file(file)
    ]


def _sop_files(folder: Path, out: Problems) -> list[Path]:
    """The SOP files in order of their slugs; other files in the folder are named in a problem."""
    here = Position(folder.as_posix(), 1, 1)
    if not folder.is_dir():
        out.append(Problem(here, Severity.ERROR, "folder SOP tidak ada", "buat folder itu", "berkas"))
        return []
    files: list[Path] = []
    for path in sorted(entries_in(folder), key=lambda path: path.stem):
        if path.suffix == ".yml" and not path.is_dir():
            files.append(path)
        elif path.is_dir():
            out += [_too_deep(file, folder) for file in files_in(path)]
        else:
            where = Position(path.as_posix(), 1, 1)
            hint = f"ganti namanya menjadi {path.stem}.yml" if path.suffix == ".yaml" else "pindahkan"
            out.append(Problem(where, Severity.WARNING, "berkas ini tidak dibaca", hint, "berkas"))
    return files


def _too_deep(file: Path, folder: Path) -> Problem:
    """A file below the folder of the SOPs: all addresses are of one level."""
    where = Position(file.as_posix(), 1, 1)
    message = f"berkas ini tidak dibaca: SOP di dalam folder {file.parent.relative_to(folder).as_posix()}/"
    hint = f"pindahkan ke {(folder / file.name).as_posix()}; pemiliknya ditentukan kunci unit, bukan folder"
    return Problem(where, Severity.WARNING, message, hint, "berkas")
