"""Folder of one agency + an id → folder of several, with that one among them: ``sop_data/`` becomes
``sop_data/instansi/<id>/``, with its pages and settings, to the byte but for its address on the web.

Whole folders are renamed, nothing is copied: wherever it is stopped all stands in one of two places, and the
next run goes on from there.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from generator.data.files.shared import AGENCIES, PORTAL, PORTAL_NAME, holds_agencies
from generator.data.load import MappingNode, ScalarNode, load_file
from generator.data.validate.read import fit_for_agency
from generator.data.writing.files import write_whole
from generator.data.writing.yaml_style import scalar

_DATA, _ASIDE = "sop_data", ".sop-gabung"
_OWN = ("docs", "mkdocs.yml")
"""What of an agency stands beside its data where it is alone."""


class NotMoved(Exception):
    """Why nothing was moved, and what to do; in Indonesian."""


class Moved(Struct, frozen=True):
    """The data folder of the agency now, and its address before and after, "" where it had none."""

    data: Path
    before: str
    after: str


def one_to_many(folder: Path, id: str) -> Moved:
    """Move what is there. Raises NotMoved with nothing changed, OSError."""
    data, aside = folder / _DATA, folder / _ASIDE
    begun = sorted(path.name for path in (aside / AGENCIES).glob("*")) if aside.is_dir() else []
    if begun and data.exists():
        said = f"{_ASIDE}/{AGENCIES}/{begun[0]}/ dan {_DATA}/ ada bersamaan"
        raise NotMoved(f"{said}; salah satu salinan lain: pindahkan dahulu yang bukan milik folder ini")
    if begun:
        return _finish(data, aside, begun[0])
    _refuse(folder, data, id)
    for name in _OWN:
        if (folder / name).exists():
            (folder / name).rename(data / name)
    (aside / AGENCIES).mkdir(parents=True, exist_ok=True)
    data.rename(aside / AGENCIES / id)
    return _finish(data, aside, id)


def _refuse(folder: Path, data: Path, id: str) -> None:
    """Raises NotMoved where what is there is not one agency that can be moved."""
    if not fit_for_agency(id):
        raise NotMoved(f"id '{id}' tidak dapat dipakai; pakai huruf kecil, angka dan tanda hubung: dinkes")
    if not data.is_dir() or data.is_symlink():
        raise NotMoved(
            f"tidak ada {_DATA}/ di {folder.as_posix()}; jalankan di folder instansi yang sudah ada"
        )
    if holds_agencies(data):
        hint = f"tambahkan instansi dengan sop init --instansi {id}"
        raise NotMoved(f"{_DATA}/ sudah memuat beberapa instansi; {hint}")
    if not (data / "instansi.yml").is_file() or not (data / "sop").is_dir():
        raise NotMoved(f"{_DATA}/ bukan folder data satu instansi: perlu instansi.yml dan sop/ di dalamnya")
    for name in _OWN:
        if (folder / name).exists() and (data / name).exists():
            raise NotMoved(f"{name} ada di folder ini dan di {_DATA}/; gabungkan dahulu keduanya")


def _finish(data: Path, aside: Path, id: str) -> Moved:
    own = aside / AGENCIES / id
    file = own / "instansi.yml"
    said = _said(file)
    before = said.get("situs", "")
    told = _said(aside / PORTAL)
    if not told:
        name = f"SOP {said['pemerintah']}" if said.get("pemerintah") else PORTAL_NAME
        lines = [f"nama: {scalar(name)}", *([f"situs: {scalar(before)}"] if before else [])]
        write_whole(aside / PORTAL, "".join(f"{line}\n" for line in lines).encode())
        told = _said(aside / PORTAL)
    after = f"{told['situs'].rstrip('/')}/{id}/" if told.get("situs") else ""
    if after and before == told["situs"]:
        _set_address(file, before, after)
    aside.rename(data)
    return Moved(data / AGENCIES / id, told.get("situs", ""), after)


def _said(file: Path) -> dict[str, str]:
    """The plain values of a file."""
    tree, _ = load_file(file) if file.is_file() else (None, [])
    entries = tree.entries.items() if isinstance(tree, MappingNode) else ()
    return {key: one.value.value.strip() for key, one in entries if isinstance(one.value, ScalarNode)}


def _set_address(file: Path, before: str, after: str) -> None:
    """Put one address in the place of another, all else to the byte."""
    tree, _ = load_file(file)
    assert isinstance(tree, MappingNode)
    number = tree.entries["situs"].value.position.line - 1
    lines = file.read_bytes().splitlines(keepends=True)
    lines[number] = lines[number].replace(before.encode(), after.encode(), 1)
    write_whole(file, b"".join(lines))
