"""Data folder of several agencies → the agencies, each with its own data folder, + problems.

An agency is a folder ``instansi/<id>/``, or one that lies elsewhere (a checkout of its own) and is named in
``portal.yml``. What is wrong with one of them leaves the others as they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.data.files.inputs import entries_in
from generator.data.files.shared import AGENCIES, COMMON, PORTAL, PORTAL_NAME, SHARED
from generator.data.load import MappingNode, ScalarNode, Tree, load_file
from generator.data.validate.read import Field, Problems, filled, link, table
from generator.data.writing.one_to_many import TAKEN, fit_for_agency
from generator.model.problems import Position, Problem, Severity

RULE = "instansi"
MOST_FILES = 100_000
"""Files in the data folder of one agency."""


class Agency(Struct, frozen=True, order=True):
    """An agency among others: its id, which is its folder on the site too, and its data folder."""

    id: str
    data: Path


class Portal(Struct, frozen=True):
    """What is said of all agencies together, and the agencies in the order of their ids; ``closed`` are the
    ids of those whose folder cannot be read."""

    nama: str
    situs: str | None
    agencies: tuple[Agency, ...]
    closed: frozenset[str] = frozenset()


def _places(tree: Tree, out: Problems) -> dict[str, ScalarNode] | None:
    if not isinstance(tree, MappingNode):
        hint = "misalnya instansi: {dinkes: ../sop-dinkes/sop_data}"
        out.append(_error(tree.position, "instansi harus berupa kelompok kunci", hint))
        return None
    found = {}
    for name, entry in tree.entries.items():
        if isinstance(entry.value, ScalarNode) and entry.value.value.strip():
            found[name] = ScalarNode(entry.value.value.strip(), entry.key.position)
        else:
            hint = f"tulis foldernya, misalnya {name}: ../sop-{name}/sop_data"
            out.append(_error(entry.key.position, f"folder instansi '{name}' belum disebut", hint))
    return found


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
    said = _portal_file(data / PORTAL, out)
    found = {agency.id: agency for agency in _inside(data / AGENCIES, out)}
    places: dict[str, ScalarNode] = said.get("instansi") or {}
    for id, written in places.items():
        if id in found:
            hint = f"pilih id lain, atau hapus salah satu: {found[id].data.as_posix()}/ atau baris ini"
            out.append(_error(written.position, f"ada dua instansi dengan id '{id}'", hint))
        elif place := _elsewhere(data, id, written, found, out):
            found[id] = Agency(id, place)
    if (data / "sop").is_dir():
        hint = f"pindahkan isi folder ini ke {AGENCIES}/<id>/, kecuali {AGENCIES}/, {COMMON}/ dan {PORTAL}"
        message = "folder ini memuat SOP sendiri dan juga beberapa instansi; SOP itu tidak dibaca"
        out.append(_error(Position((data / "sop").as_posix(), 1, 1), message, hint))
    if not found:
        hint = f"buat {AGENCIES}/<id>/ dengan instansi.yml dan sop/"
        out.append(_error(Position(data.as_posix(), 1, 1), "tidak ada instansi di sini", hint))
    out += _strays(data / COMMON)
    agencies = tuple(sorted(found.values()))
    inside = [path.name for path in entries_of(data / AGENCIES) if path.is_dir()]
    closed = frozenset({*inside, *places} - found.keys())
    return Portal(said.get("nama") or PORTAL_NAME, said.get("situs"), agencies, closed), sorted(out)


def _portal_file(file: Path, out: Problems) -> dict[str, Any]:
    if not file.exists():
        return {}
    tree, problems = load_file(file)
    out += problems
    if tree is None or (isinstance(tree, ScalarNode) and tree.blank):
        return {}
    return table(PORTAL_FIELDS, "portal")(tree, out) or {}


def entries_of(folder: Path) -> list[Path]:
    """What lies directly in a folder, empty folders too, but for names with a dot before them."""
    return sorted(path for path in folder.iterdir() if path.name[0] != ".") if folder.is_dir() else []


def _inside(folder: Path, out: Problems) -> Iterator[Agency]:
    """The agencies that lie in the folder itself; what may not be read is told with its name."""
    for path in entries_of(folder):
        here = Position(path.as_posix(), 1, 1)
        if path.is_symlink():
            hint = f"sebut foldernya di {PORTAL}: instansi: {{{path.name}: …}}"
            out.append(_error(here, "tautan tidak dibaca sebagai instansi", hint))
        elif not path.is_dir():
            out.append(Problem(here, Severity.WARNING, "berkas ini tidak dibaca", "pindahkan", RULE))
        elif _named(path.name, here, out) and _filled(path, here, out):
            yield Agency(path.name, path)


def _elsewhere(
    data: Path, id: str, written: ScalarNode, found: dict[str, Agency], out: Problems
) -> Path | None:
    """The folder of an agency that ``portal.yml`` names, if it can be one."""
    where = written.position
    place = data / written.value
    if not _named(id, where, out):
        return None
    if not place.is_dir():
        hint = "ambil dahulu salinannya (git clone, git submodule update --init), atau betulkan alamat ini"
        out.append(_error(where, f"folder instansi '{id}' tidak ada: {place.as_posix()}", hint))
        return None
    same = next((one for one in found.values() if one.data.resolve() == place.resolve()), None)
    if same:
        out.append(_error(where, f"'{id}' dan '{same.id}' satu folder", "hapus salah satu"))
        return None
    return place if _filled(place, where, out) else None


def _named(id: str, where: Position, out: Problems) -> bool:
    """Whether an id can be a folder of the site and nothing else."""
    if fit_for_agency(id):
        return True
    why = "sudah dipakai portal" if id in TAKEN else "tidak dapat menjadi nama folder situs"
    hint = "pakai huruf kecil, angka dan tanda hubung, misalnya dinas-kesehatan"
    out.append(_error(where, f"id instansi '{id}' {why}", hint))
    return False


def _filled(folder: Path, where: Position, out: Problems) -> bool:
    """Whether the folder of an agency holds anything; a submodule that was not fetched does not."""
    try:
        if any(not path.name.startswith(".") for path in folder.iterdir()):
            return not _too_many(folder, where, out)
    except OSError:
        hint = "periksa izin dan pemilik folder itu"
        out.append(_error(where, f"folder {folder.as_posix()} tidak boleh dibaca", hint))
        return False
    hint = "bila ini submodul: git submodule update --init; bila tidak, isi atau hapus foldernya"
    out.append(_error(where, f"folder {folder.as_posix()} kosong", hint))
    return False


def _too_many(folder: Path, where: Position, out: Problems) -> bool:
    """Whether a folder holds so much that it is no agency's: reading it would keep all others waiting."""
    count = 0
    for _, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name[0] != "."]
        count += len(files)
        if count > MOST_FILES:
            hint = "keluarkan yang bukan data SOP, misalnya hasil build atau berkas pindaian"
            message = f"folder {folder.as_posix()} memuat lebih dari {MOST_FILES} berkas"
            out.append(_error(where, message, hint))
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


def _error(position: Position, message: str, hint: str) -> Problem:
    return Problem(position, Severity.ERROR, message, hint, RULE)
