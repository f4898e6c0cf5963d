"""Data folder + name of a register → its files and their entries as one tree, + problems.

A register is the file ``<name>.yml``, the files of the folder ``<name>/``, or both: one file may hold no more
than ``MAX_BYTES``, and a province has more laws than that. Where agencies share registers (``shared``), those
stand below an agency's own.
"""

from __future__ import annotations

from pathlib import Path

from generator.data.files.inputs import entries_in
from generator.data.files.shared import SHARED, shared_folder
from generator.data.load import Entry, MappingNode, Tree, load_file
from generator.model.problems import Position, Problem, Severity

REGISTERS = ("unit", "pelaksana", "hukum")
"""Whose entries SOPs name by their ids."""


def files_of(data: Path, name: str) -> list[Path]:
    """The files of a register: the one of its name first, those of its folder in the order of their names."""
    single, folder = data / f"{name}.yml", data / name
    parts = [path for path in entries_in(folder) if path.suffix == ".yml"]
    return [*([single] if single.is_file() or not parts else []), *parts]


def place_of(data: Path, name: str) -> str:
    """Where an entry is to be added: the register's file, or the folder where it has one."""
    return f"{name}.yml" if files_of(data, name) == [data / f"{name}.yml"] else f"{name}/"


def strays(data: Path, name: str) -> list[Problem]:
    """What lies in the folder of a register and is not read."""
    found = []
    for path in entries_in(data / name):
        if path.suffix != ".yml":
            hint = f"ganti namanya menjadi {path.stem}.yml" if path.suffix == ".yaml" else "pindahkan"
            where = Position(path.as_posix(), 1, 1)
            found.append(Problem(where, Severity.WARNING, "berkas ini tidak dibaca", hint, "berkas"))
    return found


def files_with_shared(data: Path, name: str) -> list[Path]:
    """The files of a register, those that agencies share first."""
    common = shared_folder(data) if name in SHARED else None
    return [*(files_of(common, name) if common else ()), *files_of(data, name)]


def load_register(data: Path, name: str) -> tuple[Tree | None, list[Problem]]:
    """The entries of a register: an agency's own, and what it does not say itself of the shared one. None:
    nothing of it could be read."""
    common = shared_folder(data) if name in SHARED else None
    if common is None or not any(path.is_file() for path in files_of(common, name)):
        return load_own(data, name)
    shared, problems = load_own(common, name)
    if not any(path.is_file() for path in files_of(data, name)):
        return shared, problems
    own, found = load_own(data, name)
    if isinstance(shared, MappingNode) and isinstance(own, MappingNode):
        own = MappingNode({**shared.entries, **own.entries}, own.position)
    return own, [*problems, *found]


def load_own(data: Path, name: str) -> tuple[Tree | None, list[Problem]]:
    """The entries of all files of a register in one folder; of an id that stands twice the first is kept."""
    trees: list[Tree] = []
    problems = strays(data, name)
    for path in files_of(data, name):
        tree, found = load_file(path)
        problems += found
        trees += [tree] if tree is not None else []
    if len(trees) < 2:
        return (trees[0] if trees else None), problems
    entries: dict[str, Entry] = {}
    for tree in trees:
        if not isinstance(tree, MappingNode):
            hint = "tulis id, lalu isinya di bawahnya"
            problems.append(_error(tree.position, f"berkas daftar {name} bukan kelompok kunci", hint))
            continue
        for id, entry in tree.entries.items():
            if first := entries.get(id):
                where = first.key.position
                hint = f"yang pertama di {where.file}:{where.line}; hapus salah satu"
                problems.append(_error(entry.key.position, f"id '{id}' ditulis dua kali", hint))
            else:
                entries[id] = entry
    return MappingNode(entries, trees[0].position), problems


def _error(position: Position, message: str, hint: str) -> Problem:
    return Problem(position, Severity.ERROR, message, hint, "daftar")
