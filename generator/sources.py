"""Data folder → Catalogue + problems."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.catalogue import Catalogue
from generator.checked import remembering
from generator.load import Tree, load_file, locate
from generator.model import Instansi
from generator.plain import odd_files
from generator.problems import Position, Problem, Severity, from_folder
from generator.search.lexicon import read_lexicon
from generator.validate import Outline, Register, Registers, validate_across, validate_registers
from generator.validate.read import Problems, Reader
from generator.validate.register_rules import LOGO
from generator.validate.schema import read_actors, read_instansi, read_laws, read_units
from generator.versions import read_versions
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
    for name, kind in odd_files(data_dir):
        what = f"bukan berkas biasa, melainkan {kind}"
        out.append(
            Problem(Position(name, 1, 1), Severity.ERROR, what, "pindahkan dari folder data", "berkas")
        )
    if out:
        return None, out  # reading on could wait for ever
    agency, agency_tree = _read(data_dir / "instansi.yml", read_instansi, out)
    units, unit_tree = _read(data_dir / "unit.yml", read_units, out)
    actors, actor_tree = _read(data_dir / "pelaksana.yml", read_actors, out)
    laws, law_tree = _read(data_dir / "hukum.yml", read_laws, out)
    files = _sop_files(data_dir / "sop", out)
    register = Register(
        instansi=agency or Instansi(nama="", singkatan="", pemerintah=""),
        unit=units or {},
        pelaksana=actors or {},
        hukum=laws or {},
        slugs=frozenset(path.stem for path in files),
        unsure=frozenset(Path(p.position.file).stem for p in out if p.severity is Severity.ERROR),
    )
    out += _logo(agency, agency_tree, data_dir)
    out += validate_registers(Registers(register, agency_tree, unit_tree, actor_tree, law_tree))
    outlines: list[Outline] = []
    with remembering(register, memory, workers, digests) as checked:
        for found, problems in checked.check([(path, path.stem) for path in files]):
            out += problems
            outlines += [found] if found else []
        out += validate_across(outlines)
        out += read_lexicon(data_dir / "leksikon.yml")[1]
        current = {outline.sop.slug: outline.sop for outline in outlines}
        versions = read_versions(data_dir / "versi", current, register.slugs, checked, out)
    out = sorted(set(out), key=_ORDER)
    if agency is None or any(problem.severity is Severity.ERROR for problem in out):
        return None, out
    registers = (agency, register.unit, register.pelaksana, register.hukum)
    told = tuple(from_folder(problem, data_dir) for problem in out)
    return Catalogue(*registers, current, told, versi=versions), out


_ORDER = attrgetter(
    "position.file", "position.line", "position.column", "severity", "message", "hint", "rule"
)
"""Of problems as they compare, in a fifth of the time."""


def _read(path: Path, read: Reader, out: Problems) -> tuple[Any, Any]:
    tree, problems = load_file(path)
    out += problems
    return (None, None) if tree is None else (read(tree, out), tree)


def _logo(agency: Instansi | None, tree: Tree | None, data_dir: Path) -> list[Problem]:
    """What is wrong with the emblem, where its name can be that of a file in the data folder."""
    if agency is None or agency.logo is None or not LOGO.fullmatch(agency.logo):
        return []
    from generator.logo import LACKING, faults_of_file  # not loaded where there is none

    where = locate(tree, "logo") or Position((data_dir / "instansi.yml").as_posix(), 1, 1)
    file = data_dir / agency.logo
    if not file.exists():  # what can still be done without it is done; a build refuses
        message, cure = LACKING
        said = message.format(agency.logo)
        return [Problem(where, Severity.WARNING, said, cure, "logo_setempat")]
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
    for path in sorted(folder.iterdir(), key=lambda path: path.stem):
        if path.suffix == ".yml" and path.is_file():
            files.append(path)
        elif not path.name.startswith("."):
            where = Position(path.as_posix(), 1, 1)
            hint = f"ganti namanya menjadi {path.stem}.yml" if path.suffix == ".yaml" else "pindahkan"
            out.append(Problem(where, Severity.WARNING, "berkas ini tidak dibaca", hint, "berkas"))
    return files
