"""Data folder → Catalogue + problems."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.data.catalogue import Catalogue
from generator.data.checked import remembering
from generator.data.data_format import newer
from generator.data.files.inputs import entries_in, files_in, odd_in
from generator.data.files.plain import odd_words
from generator.data.lexicon import whole_lexicon
from generator.data.load import Tree, load_file, locate
from generator.data.registers import REGISTERS, files_of, load_register, place_of, strays
from generator.data.validate import KeptFile, Register, Registers, validate_across, validate_registers
from generator.data.validate.read import Problems, Reader
from generator.data.validate.register_rules import LOGO
from generator.data.validate.schema import read_actors, read_instansi, read_laws, read_units
from generator.data.versions import read_versions, unfiled
from generator.model.problems import Position, Problem, Severity, from_folder
from generator.model.registers import Instansi
from generator.workers import Workers


def read_catalogue(
    data_dir: Path,
    memory: Path | None = None,
    workers: Workers | None = None,
    digests: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[Catalogue | None, list[Problem]]:
    """Read a data folder. The problems are sorted; the catalogue is None if one of them is an error.
    ``memory`` is a file that remembers what has been read (see ``checked``); ``workers``, which must be on
    this machine, read many files; a file of which ``digests`` has the SHA-256 by its path is not read where
    it is remembered."""
    own = workers or Workers()
    try:
        return _read_catalogue(data_dir, memory, own, digests)
    finally:
        if workers is None:
            own.close()


def _read_catalogue(
    data_dir: Path, memory: Path | None, workers: Workers, digests: Mapping[str, bytes]
) -> tuple[Catalogue | None, list[Problem]]:
    out: Problems = []
    if not data_dir.is_dir():
        where = Position(data_dir.as_posix(), 1, 1)
        return None, [
            Problem(where, Severity.ERROR, "folder data tidak ada", "sebut foldernya dengan --data", "berkas")
        ]
    for path in odd_in(data_dir):
        what, hint = odd_words(path)
        out.append(Problem(Position(path.as_posix(), 1, 1), Severity.ERROR, what, hint, "berkas"))
    if out:
        return None, out  # what is behind it belongs to somebody else, or would keep its reader waiting
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
    actors, actor_tree = read("pelaksana", load_register(data_dir, "pelaksana"), read_actors)
    laws, law_tree = read("hukum", load_register(data_dir, "hukum"), read_laws)
    files = _sop_files(data_dir / "sop", out)
    register = Register(
        instansi=agency or Instansi(nama="", singkatan="", pemerintah=""),
        unit=units or {},
        pelaksana=actors or {},
        hukum=laws or {},
        slugs=frozenset(path.stem for path in files),
        unsure=frozenset(unsure),
        places={name: place_of(data_dir, name) for name in REGISTERS},
    )
    out += _pictures(agency, agency_tree, data_dir)
    out += validate_registers(Registers(register, agency_tree, unit_tree, actor_tree, law_tree))
    outlines: list[KeptFile] = []
    with remembering(register, memory, workers, digests) as checked:
        for found, problems in checked.check([(path, path.stem) for path in files]):
            out += problems
            outlines += [found] if found else []
        out += validate_across(outlines)
        out += [*strays(data_dir, "leksikon"), *whole_lexicon(files_of(data_dir, "leksikon"))[1]]
        current = {outline.sop.slug: outline.sop for outline in outlines}
        out += list(unfiled(data_dir, current))
        versions = read_versions(data_dir / "versi", current, register.slugs, checked, out)
    out = sorted(set(out), key=_ORDER)
    if agency is None or any(problem.severity is Severity.ERROR for problem in out):
        return None, out
    registers = (agency, register.unit, register.pelaksana, register.hukum)
    told = tuple(from_folder(problem, data_dir) for problem in out)
    return Catalogue(*registers, current, told, versi=versions, places=register.places), out


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
    hint = (
        f"pindahkan ke {(folder / file.name).as_posix()}; pemiliknya dikatakan oleh unit, bukan oleh folder"
    )
    return Problem(where, Severity.WARNING, message, hint, "berkas")
