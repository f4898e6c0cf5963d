"""Public sites that stand beside one another → what the portal tells of each agency.

Nothing else is read: what is not on a public site cannot come to the portal.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from enum import StrEnum
from hashlib import sha256
from html import unescape
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from generator.build.memory import MANIFEST
from generator.program import program
from generator.store import Store


class State(StrEnum):
    """How the pages of an agency stand."""

    TERBIT = "terbit"
    TERTAHAN = "tertahan"
    """Its data are at fault: the last good pages stand."""
    BELUM = "belum terbit"
    TIADA = "tidak lagi di portal"
    """It is no more among the agencies; its last pages stand."""


class UnitRow(Struct, frozen=True):
    id: str
    nama: str


class LawRow(Struct, frozen=True):
    id: str
    nama: str
    status: str


class ActorRow(Struct, frozen=True):
    id: str
    nama: str
    lengkap: str | None = None


class FlowRow(Struct, frozen=True):
    pelaksana: tuple[ActorRow, ...]


class SopRow(Struct, frozen=True):
    """What the portal tells of an SOP."""

    id: str
    nama: str
    nomor: str | None
    unit: tuple[UnitRow, ...]
    dasar_hukum: tuple[LawRow, ...]
    alur: tuple[FlowRow, ...]


class AgencyRow(Struct, frozen=True):
    nama: str
    singkatan: str
    pemerintah: str


class _List(Struct, frozen=True):
    instansi: AgencyRow
    sop: tuple[SopRow, ...]


class Standing(Struct, frozen=True):
    """An agency as its public site tells of it; ``lambang`` is the address of its emblem, from the portal,
    ``wilayah`` what the names of all agencies end with, as they are of one government; ``berkas``: the digest
    of each of its files by its name, as its manifest has it."""

    id: str
    keadaan: State
    instansi: AgencyRow | None = None
    sop: tuple[SopRow, ...] = ()
    warna: str | None = None
    lambang: str | None = None
    wilayah: str = ""
    berkas: Mapping[str, str] = {}

    @property
    def nama(self) -> str:
        return self.instansi.nama if self.instansi else self.id

    @property
    def sebutan(self) -> str:
        """Its name among the others."""
        return self.nama.removesuffix(f" {self.wilayah}") if self.wilayah else self.nama

    @property
    def singkatan(self) -> str:
        return self.instansi.singkatan if self.instansi else self.id


def standing(public: Path, ids: Iterable[str], held_back: Mapping[str, State], kept: Store) -> list[Standing]:
    """All agencies of the portal and those whose pages are left from earlier, in the order of their names.
    ``held_back`` says which do not stand as their data would have it; ``kept`` has what sites told that are
    as they were."""
    known = set(ids)
    left = {path.parent.name for path in public.glob(f"*/{MANIFEST}")} - known
    found = [_read(public, id, held_back.get(id, State.TERBIT), kept) for id in sorted(known)]
    found += [_read(public, id, State.TIADA, kept) for id in sorted(left)]
    governments = {one.instansi.pemerintah for one in found if one.instansi}
    if len(governments) == 1:
        place = governments.pop().removeprefix("Pemerintah ")
        found = [replace(one, wilayah=place) for one in found]
    return sorted(found, key=lambda one: (one.nama.casefold(), one.id))


class _Manifest(Struct):
    berkas: dict[str, str]


def _read(public: Path, id: str, state: State, kept: Store) -> Standing:
    site = public / id
    try:
        files = msgspec.json.decode((site / MANIFEST).read_bytes(), type=_Manifest).berkas
        told = _told(site, id, files, kept)
    except (OSError, ValueError):
        return Standing(id, State.BELUM)
    return Standing(id, state, told.instansi, told.sop, told.warna, told.lambang, berkas=files)


class _Told(Struct, frozen=True):
    """What a site tells of its agency."""

    instansi: AgencyRow
    sop: tuple[SopRow, ...]
    warna: str | None
    lambang: str | None


def _told(site: Path, id: str, files: Mapping[str, str], kept: Store) -> _Told:
    """Kept until one of the files is another that it is read from. Raises OSError, ValueError."""
    key = sha256(
        repr((program(), [files.get(name) for name in (_SOPS, _SHEET, _FRONT)])).encode()
    ).hexdigest()
    if (known := kept.get(f"instansi {id}", key)) is not None:
        return msgspec.json.decode(known, type=_Told)
    listed = msgspec.json.decode((site / _SOPS).read_bytes(), type=_List)
    told = _Told(listed.instansi, listed.sop, _colour(site), _emblem(site, id))
    kept.put(f"instansi {id}", key, msgspec.json.encode(told))
    return told


_SOPS, _SHEET, _FRONT = "data/sop.json", "assets/warna.css", "index.html"
_COLOUR = re.compile(r"--md-primary-fg-color:\s*(#[0-9a-f]{6})", re.IGNORECASE)
_ICON = re.compile(r'<link rel="icon"[^>]* href="([^":]+)"')


def _colour(site: Path) -> str | None:
    """The main colour of a site, if it has one of its own."""
    try:
        found = _COLOUR.search((site / _SHEET).read_text(encoding="utf-8"))
    except OSError:
        return None
    return found[1] if found else None


def _emblem(site: Path, id: str) -> str | None:
    """The address of the picture that a site bears."""
    try:
        found = _ICON.search((site / _FRONT).read_text(encoding="utf-8"))
    except (OSError, UnicodeError):
        return None
    return f"{id}/{unescape(found[1])}" if found else None


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; one that says the same stays as it is."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".sop-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    rights = os.umask(0o22)
    os.umask(rights)
    os.chmod(name, 0o666 & ~rights)
    os.replace(name, path)
