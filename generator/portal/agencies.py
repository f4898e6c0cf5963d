"""Data folder of several agencies → the agencies, each with its own data folder, + problems.

An agency is a folder ``instansi/<id>/``, or one that lies elsewhere (a checkout of its own) and is named in
``portal.yml``. What is wrong with one of them leaves the others as they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.data.files.inputs import entries_in
from generator.data.files.shared import AGENCIES, COMMON, PORTAL, PORTAL_NAME, SHARED, place_of_agency
from generator.data.load import MappingNode, ScalarNode, Tree, load_file
from generator.data.validate.read import (
    TAKEN,
    Field,
    Problems,
    filled,
    fit_for_agency,
    is_blank,
    link,
    table,
)
from generator.model.problems import Position, Problem, Severity

RULE = "instansi"
MOST_FILES = 100_000
"""Files in the data folder of one agency."""


class Agency(Struct, frozen=True, order=True):
    """An agency among others: its id, which is its folder on the site too, and its data folder."""

    id: str
    data: Path


Faults = dict[str, list[Problem]]
"""What is wrong with the folders of agencies, by their ids."""


class Portal(Struct, frozen=True):
    """What is said of all agencies together, and the agencies in the order of their ids; ``closed`` are the
    ids of those whose folder cannot be read, ``faults`` what is wrong with folders by such ids; ``unread``:
    something in ``portal.yml`` could not be read, so that nobody knows all agencies and what they share."""

    nama: str
    situs: str | None
    agencies: tuple[Agency, ...]
    closed: frozenset[str] = frozenset()
    faults: Mapping[str, Sequence[Problem]] = {}
    unread: bool = False


def _places(tree: Tree, out: Problems) -> dict[str, ScalarNode] | None:
    if not isinstance(tree, MappingNode):
        hint = "misalnya instansi: {dinkes: ../sop-dinkes/sop_data}"
        out.append(_error(tree.position, "instansi harus berupa kelompok kunci", hint))
        return None
    said = {name: entry.value for name, entry in tree.entries.items()}
    return {
        name: ScalarNode(
            value.value.strip() if isinstance(value, ScalarNode) else "", tree.entries[name].key.position
        )
        for name, value in said.items()
    }


PORTAL_FIELDS: dict[str, Field] = {
    "nama": Field(filled, "Nama portal, misalnya SOP Kabupaten Badung.", most=500),
    "situs": Field(link, "Alamat portal yang umum."),
    "instansi": Field(
        _places, "Folder data instansi yang tidak berada di folder instansi/: id dan foldernya."
    ),
}


def read_portal(data: Path) -> tuple[Portal, list[Problem]]:
    """The agencies of a data folder, and what is wrong with the folder as a whole, sorted."""
    out: list[Problem] = []
    faults: Faults = {}
    said = _portal_file(data / PORTAL, out)
    found = {agency.id: agency for agency in _inside(data / AGENCIES, faults)}
    places: dict[str, ScalarNode] = (said or {}).get("instansi") or {}
    for id, written in places.items():
        if id in found:
            hint = f"pilih id lain, atau hapus salah satu: {found[id].data.as_posix()}/ atau baris ini"
            _tell(faults, id, written.position, f"ada dua instansi dengan id '{id}'", hint)
        elif place := _elsewhere(data, id, written, found, faults):
            found[id] = Agency(id, place)
    if (data / "sop").is_dir():
        hint = f"pindahkan isi folder ini ke {AGENCIES}/<id>/, kecuali {AGENCIES}/, {COMMON}/ dan {PORTAL}"
        message = "folder ini memuat SOP sendiri dan juga beberapa instansi; SOP itu tidak dibaca"
        out.append(_error(Position((data / "sop").as_posix(), 1, 1), message, hint))
    if not found:
        hint = f"buat {AGENCIES}/<id>/ dengan instansi.yml dan sop/"
        out.append(_error(Position(data.as_posix(), 1, 1), "tidak ada instansi di sini", hint))
    out += [*_strays(data / COMMON), *chain.from_iterable(faults.values())]
    inside = [path.name for path in entries_of(data / AGENCIES) if path.is_dir()]
    closed = {id for id in (*inside, *places) if fit_for_agency(id)} - found.keys()
    portal = Portal(
        (said or {}).get("nama") or PORTAL_NAME,
        (said or {}).get("situs"),
        tuple(sorted(found.values())),
        frozenset(closed),
        faults,
        said is None,
    )
    return portal, sorted(out)


def _portal_file(file: Path, out: Problems) -> dict[str, Any] | None:
    """What ``portal.yml`` says, None if some of it could not be read."""
    if not os.path.lexists(file):
        return {}
    tree, problems = load_file(file)
    out += problems
    if tree is None or (isinstance(tree, ScalarNode) and tree.blank):
        return None if tree is None else {}
    said = table(PORTAL_FIELDS, "portal")(tree, out)
    if said is None or not isinstance(tree, MappingNode):
        return None
    filled = {key for key, entry in tree.entries.items() if not is_blank(entry.value)}
    return said if filled <= said.keys() else None


def entries_of(folder: Path) -> list[Path]:
    """What lies directly in a folder, empty folders too, but for names with a dot before them."""
    return sorted(path for path in folder.iterdir() if path.name[0] != ".") if folder.is_dir() else []


def _inside(folder: Path, faults: Faults) -> Iterator[Agency]:
    """The agencies that lie in the folder itself; what may not be read is told with its name."""
    for path in entries_of(folder):
        here, id = Position(path.as_posix(), 1, 1), path.name
        if path.is_symlink():
            hint = f"sebut foldernya di {PORTAL}: instansi: {{{id}: …}}"
            _tell(faults, id, here, "tautan tidak dibaca sebagai instansi", hint)
        elif not path.is_dir():
            told = Problem(here, Severity.WARNING, "berkas ini tidak dibaca", "pindahkan", RULE)
            faults.setdefault(id, []).append(told)
        elif _named(id, here, faults) and _filled(id, path, here, faults):
            yield Agency(id, path)


def _elsewhere(
    data: Path, id: str, written: ScalarNode, found: dict[str, Agency], faults: Faults
) -> Path | None:
    """The folder of an agency that ``portal.yml`` names, if it can be one."""
    where = written.position
    if not _named(id, where, faults):
        return None
    if not written.value:
        hint = f"tulis foldernya, misalnya {id}: ../sop-{id}/sop_data"
        _tell(faults, id, where, f"folder instansi '{id}' belum disebut", hint)
        return None
    place = place_of_agency(data, written.value)
    if not os.path.isdir(place):
        hint = "ambil dahulu salinannya (git clone, git submodule update --init), atau betulkan alamat ini"
        message = f"folder instansi '{id}' tidak ada, atau tidak boleh dibuka: {place.as_posix()}"
        _tell(faults, id, where, message, hint)
        return None
    same = next((one for one in found.values() if one.data.resolve() == place.resolve()), None)
    if same:
        _tell(faults, id, where, f"'{id}' dan '{same.id}' satu folder", "hapus salah satu")
        return None
    return place if _filled(id, place, where, faults, written.value) else None


def _named(id: str, where: Position, faults: Faults) -> bool:
    """Whether an id can be a folder of the site and nothing else."""
    if fit_for_agency(id):
        return True
    why = "sudah dipakai portal" if id in TAKEN else "tidak dapat menjadi nama folder situs"
    hint = "pakai huruf kecil, angka dan tanda hubung, misalnya dinas-kesehatan"
    _tell(faults, id, where, f"id instansi '{id}' {why}", hint)
    return False


def _filled(id: str, folder: Path, where: Position, faults: Faults, written: str = "") -> bool:
    """Whether the folder of an agency holds its data, and not far more; a submodule that was not fetched is
    empty, what was unpacked may lie one folder too deep. ``written``: the folder as ``portal.yml`` has it."""
    name = folder.as_posix()
    try:
        held = [path for path in folder.iterdir() if not path.name.startswith(".")]
        deep = next((path for path in sorted(held) if (path / "instansi.yml").is_file()), None)
    except OSError as error:
        shut = Path(error.filename or name)
        shut = shut.parent if shut.name == "instansi.yml" else shut
        hint = "periksa izin dan pemilik folder itu"
        _tell(faults, id, where, f"folder {shut.as_posix()} tidak boleh dibaca", hint)
        return False
    if not held:
        hint = "bila ini submodul: git submodule update --init; bila tidak, isi atau hapus foldernya"
        _tell(faults, id, where, f"folder {name} kosong", hint)
    elif deep and not {"instansi.yml", "sop"} & {path.name for path in held}:
        moved = f"pindahkan isi {deep.as_posix()}/ ke {name}/"
        hint = f"tulis {id}: {written.rstrip('/')}/{deep.name}" if written else moved
        _tell(faults, id, where, f"datanya satu folder lebih dalam: {deep.as_posix()}/", hint)
    else:
        return not _too_many(id, folder, where, faults)
    return False


def _too_many(id: str, folder: Path, where: Position, faults: Faults) -> bool:
    """Whether a folder holds so much that it is no agency's: reading it would keep all others waiting."""
    count = 0
    for _, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name[0] != "."]
        count += len(files)
        if count > MOST_FILES:
            hint = "keluarkan yang bukan data SOP, misalnya hasil build atau berkas pindaian"
            message = f"folder {folder.as_posix()} memuat lebih dari {MOST_FILES} berkas"
            _tell(faults, id, where, message, hint)
            return True
    return False


def _strays(folder: Path) -> Iterator[Problem]:
    """What lies among the shared registers and is not read."""
    known = {name for register in SHARED for name in (register, f"{register}.yml")}
    for path in entries_in(folder):
        if path.name not in known:
            hint = f"di sini hanya {', '.join(f'{name}.yml' for name in SHARED)}; pindahkan ke instansinya"
            where = Position(path.as_posix(), 1, 1)
            yield Problem(where, Severity.WARNING, "berkas ini tidak dibaca", hint, RULE)


def _tell(faults: Faults, id: str, where: Position, message: str, hint: str) -> None:
    faults.setdefault(id, []).append(_error(where, message, hint))


def _error(position: Position, message: str, hint: str) -> Problem:
    return Problem(position, Severity.ERROR, message, hint, RULE)
