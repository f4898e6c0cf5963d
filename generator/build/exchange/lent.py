"""A site as it stands, and what is known of it ⇄ the shared store: another machine begins where one ended.

Files go in packs that are named by what is in them, so that one that has not changed is not sent again; what
is known of a site names its packs. What is taken is the old site of the next build, which takes over of it
what its own keys say: a lent site that is old, or lacks packs, costs time and changes nothing.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from generator.build.exchange.standing import Stands
from generator.build.memory import File, Memory, memory_of, mirror_of, remembered, search_of
from generator.build.tree import DURABLE, Tree
from generator.data.catalogue import Catalogue
from generator.program import program
from generator.search.index import FILE as SEARCH
from generator.site.settings import COLOURS
from generator.store import SHARED

if TYPE_CHECKING:
    from generator.shared_store import SharedStore

_PACK = 8 << 20
"""Bytes of a pack, more or less."""
_THEME = "assets/"
_PACKS = "berkas situs 1"
"""Name of packs; the number is that of their form."""


class _Kept(Struct):
    """What is known of a site: its packs, its memory, and what its search remembers."""

    packs: list[str]
    memory: bytes
    search: bytes


class Lent:
    """The site of a name in the shared store; ``search`` is the file of what its search remembers. ``site``
    is where it lies once it was taken."""

    def __init__(self, shared: SharedStore, name: str, search: Path) -> None:
        self._shared, self._name, self._search = shared, f"situs {name}", search
        self._there: set[str] | None = None
        self.site: Path | None = None

    def take(self, folder: Path) -> Memory | None:
        """Lay the site into ``folder``, and what its search remembers where that belongs unless there is such
        a file; gives what is known of the site. None where there is no such site."""
        self._there = set()
        if (kept := self._kept()) is None:
            return None
        site, path = folder / "pinjaman", folder / "ingatan"
        site.mkdir(parents=True)
        path.write_bytes(zlib.decompress(kept.memory))
        with suppress(sqlite3.Error):
            base = sqlite3.connect(path)
            base.execute("DELETE FROM notes WHERE name = ?", (DURABLE,))  # on another disk
            base.commit()
            base.close()
        known = {file.name: file for file in _files(path)}
        for key in kept.packs:
            if data := self._shared.get(_PACKS, key):
                self._there.add(key)
                _lay(site, data, known)
        if not self._search.exists():
            self._search.parent.mkdir(parents=True, exist_ok=True)
            self._search.write_bytes(zlib.decompress(kept.search))
        self.site = site
        return Memory(path)

    def give(self, site: Path, memory: Path) -> None:
        """Lend a site that stands as its memory says. Raises OSError."""
        if self._there is None:
            kept = self._kept()
            self._there = set(kept.packs) if kept else set()
        packs = dict(_packs(_files(memory)))
        if packs.keys() == self._there:
            return
        for key in packs.keys() - self._there:
            if self._shared.sure(_PACKS, key):
                continue
            if (data := _packed(site, packs[key])) is None:
                return
            self._shared.put(_PACKS, key, data)
        known = (zlib.compress(path.read_bytes(), 1) for path in (memory, self._search))
        self._shared.put(self._name, program(), msgspec.msgpack.encode(_Kept(sorted(packs), *known)))

    def _kept(self) -> _Kept | None:
        data = self._shared.get(self._name, program())
        return msgspec.msgpack.decode(data, type=_Kept) if data else None


def site_lent(catalogue: Catalogue, cache: Path | None, place: str) -> Lent | None:
    """What other machines have of the site of a catalogue's audience, where they share anything."""
    shared, audience = SHARED.get(), catalogue.audience
    if not (cache and shared and audience):
        return None
    return Lent(shared, f"{catalogue.instansi.nama} {place} {audience}", search_of(audience, cache) / SEARCH)


def begin_tree(work: Path, site: Path, cache: Path | None, lent: Lent | None, there: Stands | None) -> Tree:
    """A new tree that takes over from the site that stands, or from the one that is lent where of that
    nothing is known; ``there`` is what stands in the first."""
    path, mirror = memory_of(site, cache), mirror_of(site, cache) if cache else None
    if lent and not path.exists() and (known := lent.take(work)) and lent.site:
        return Tree(work / "site", lent.site, known, mirror)
    return Tree(work / "site", site, remembered(path), mirror, there)


def _files(memory: Path) -> list[File]:
    found = Memory(memory)
    try:
        return found.files()
    finally:
        found.close()


def _packs(files: list[File]) -> Iterator[tuple[str, list[File]]]:
    """Files in packs, by keys that tell what is in them: those that all sites have, the others by folders."""
    found: dict[int, list[File]] = {}
    many = 1 + sum(file.size for file in files) // _PACK
    for file in files:
        folder = file.name.rpartition("/")[0]
        same = file.name.startswith(_THEME) and file.name != COLOURS
        at = -1 if same else zlib.crc32(folder.encode("utf-8", "replace")) % many
        found.setdefault(at, []).append(file)
    for pack in found.values():
        told = "\n".join(f"{file.digest} {file.name}" for file in pack)
        yield sha256(told.encode("utf-8", "surrogatepass")).hexdigest(), pack


def _packed(site: Path, files: Iterable[File]) -> bytes | None:
    """Files of a site as bytes; None where one is not what is known of it."""
    found = []
    for file in files:
        content = (site / file.name).read_bytes()
        if sha256(content).hexdigest() != file.digest:
            return None
        found.append((file.name, content))
    return zlib.compress(msgspec.msgpack.encode(found), 1)


def _lay(site: Path, data: bytes, known: dict[str, File]) -> None:
    """Lay the files of a pack that are what is known of them where they were."""
    folders = set[str]()
    for name, content in msgspec.msgpack.decode(zlib.decompress(data), type=list[tuple[str, bytes]]):
        file = known.get(name)
        if file is None or ".." in name.split("/") or name.startswith("/"):
            continue
        if sha256(content).hexdigest() != file.digest:
            continue
        path = f"{site}/{name}"
        if (folder := path.rpartition("/")[0]) not in folders:
            os.makedirs(folder, exist_ok=True)
            folders.add(folder)
        with open(path, "xb") as out:
            out.write(content)
        os.utime(path, ns=(file.time, file.time))
