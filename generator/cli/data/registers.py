"""New entries of the registers that drafts need: kept beside the drafts, and moved into the registers with
the SOP that is accepted."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.data.files.refused import NotWritten
from generator.data.load import MappingNode, load_file, load_text
from generator.data.registers import files_of
from generator.data.validate.schema import read_actors, read_laws
from generator.data.writing.files import file_in, write_whole
from generator.data.writing.order import REGISTER_ORDERS, ordered
from generator.data.writing.yaml_style import Plain, to_yaml

KEPT = ("pelaksana", "hukum")
_READ = {"pelaksana": read_actors, "hukum": read_laws}
_FOLDER = ("draf", "daftar")
_WORD = re.compile(r"[\w-]+")
_HEAD = """\
# Entri baru untuk daftar {name}, dari berkas yang diimpor. Betulkan di sini bila salah terbaca;
# sop import --terima memindahkan yang dipakai ke {place}.
"""

Entries = dict[str, dict[str, dict[str, Plain]]]
"""Entries by register and id."""


def waiting(data: Path) -> Entries:
    """The entries that wait for their SOPs."""
    found: Entries = {}
    for name in KEPT:
        path = data.joinpath(*_FOLDER, f"{name}.yml")
        tree = load_file(path)[0] if path.is_file() else None
        entries = tree.entries if isinstance(tree, MappingNode) else {}
        found[name] = {
            id: _plain(entry.value) for id, entry in entries.items() if isinstance(entry.value, MappingNode)
        }
    return found


def still_waiting(entries: Entries, folder: Path, gone: Container[str]) -> Entries:
    """The entries that other drafts of the folder name than those."""
    kept = [
        path.read_text(encoding="utf-8", errors="replace")
        for path in folder.glob("*.yml")
        if path.stem not in gone
    ]
    words = set(_WORD.findall("\n".join(kept)))
    return {name: {id: entry for id, entry in some.items() if id in words} for name, some in entries.items()}


def _plain(table: MappingNode) -> dict[str, Plain]:
    return {key: getattr(entry.value, "value", "") for key, entry in table.entries.items()}


def with_waiting(catalogue: Catalogue, entries: Entries) -> Catalogue:
    """The catalogue as if the entries stood in its registers already."""
    found = {name: read_entries(name, some) for name, some in entries.items()}
    return replace(
        catalogue,
        pelaksana={**found.get("pelaksana", {}), **catalogue.pelaksana},
        hukum={**found.get("hukum", {}), **catalogue.hukum},
    )


def read_entries(name: str, entries: Mapping[str, Mapping[str, Plain]]) -> dict[str, Any]:
    """Entries as values of a register, as far as they are sound."""
    tree, _ = load_text(to_yaml(dict(entries)), f"{name}.yml") if entries else (None, [])
    return (_READ[name](tree, []) if tree is not None else None) or {}


def keep(data: Path, entries: Entries) -> None:
    """Write what waits; where nothing does there is no file."""
    for name in KEPT:
        some = entries.get(name, {})
        path = file_in(data, *_FOLDER, f"{name}.yml")
        if some:
            place = files_of(data, name)
            head = _HEAD.format(name=name, place=place[0].name if len(place) == 1 else f"{name}/")
            write_whole(path, (head + entries_text(name, some)).encode())
        else:
            path.unlink(missing_ok=True)


def entries_text(name: str, entries: Mapping[str, Mapping[str, Plain]]) -> str:
    """Entries as a register writes them."""
    order = REGISTER_ORDERS[name]
    return "\n".join(to_yaml(ordered({id: dict(entry)}, order)) for id, entry in entries.items())


def enter(data: Path, name: str, entries: Mapping[str, Mapping[str, Plain]]) -> Path:
    """Add entries to a register: to its file, or to a file of its folder. Raises ``NotWritten``."""
    files = files_of(data, name)
    single = files == [data / f"{name}.yml"]
    path = file_in(data, f"{name}.yml") if single else file_in(data, name, "impor.yml")
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    text = (old.rstrip("\n") + "\n\n" if old.strip() else "") + entries_text(name, entries)
    tree, problems = load_text(text, path.as_posix())
    if problems or not isinstance(tree, MappingNode) or not set(entries) <= set(tree.entries):
        hint = f"tambahkan sendiri entri dari {'/'.join(_FOLDER)}/{name}.yml"
        raise NotWritten(path, "entri baru tidak dapat ditambahkan di akhir berkas ini", hint)
    write_whole(path, text.encode())
    return path


def used(
    form_ids: Iterable[str], entries: Mapping[str, Mapping[str, Plain]]
) -> dict[str, Mapping[str, Plain]]:
    """The waiting entries that an SOP names."""
    return {id: entries[id] for id in dict.fromkeys(form_ids) if id in entries}
