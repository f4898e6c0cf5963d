"""The tree of a site that is being made, and what is known of its pages.

Files that are still right are taken over from the old site, and with them what is known of their pages. The
rows of a job bear its key: its files with size and time as they were left, its pages, its notes. They count
only while the files stand untouched in the old site.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from stat import S_ISREG

from generator.build.exchange.durable import write_through
from generator.build.exchange.standing import Stands, standing
from generator.build.exchange.work_tree import WorkTree
from generator.build.finish import Finished
from generator.build.known.pages import links_of, packed, packed_links, unpacked
from generator.build.known.rows import Rows
from generator.build.links import PageLinks
from generator.build.memory import MANIFEST, File, Memory, seal_path, stood
from generator.formats.plain.page import twin_of
from generator.search.index import BUNDLE, Unread
from generator.store import seal_of

DURABLE = "durable"
"""Name of the note on what the disk holds for good: the ``_SITE``, or its mirror too."""
_SITE, _BOTH = "site", "site and mirror"
_LINKS_OF = "SELECT links FROM main.pages WHERE name = ?"


class Tree:
    """A new tree in ``folder``; ``old`` is the site that stands, ``memory`` what is known of it, ``mirror`` a
    copy of it that the new tree may begin as (see ``exchange.work_tree``), ``there`` what stands in the old
    site, where that was looked at."""

    def __init__(
        self, folder: Path, old: Path, memory: Memory, mirror: Path | None = None, there: Stands | None = None
    ) -> None:
        self.folder, self.old, self.memory = folder, old, memory
        self.made = 0
        folder.parent.mkdir(parents=True, exist_ok=True)
        self._place = WorkTree(folder, mirror)
        self._waiting: list[str] = []  # keys of jobs that are taken over and not yet put in place
        self._jobs: dict[str, list[str]] = {}
        self._broken: set[str] = set()
        self._match(there)
        self._path = folder.with_name(f"{folder.name}.ingatan")
        self._rows = Rows(self._path, memory)
        self._fresh: list[str] = []
        self._from: dict[str, str] = {}
        self.clashes: list[tuple[str, str]] = []
        self._held = ""

    @property
    def taken(self) -> int:
        """How many pages were taken over."""
        [(pages,)] = self._rows.ask("SELECT count(*) FROM main.pages")
        return int(pages) - self.made

    def _match(self, there: Stands | None) -> None:
        """Hold what stands in the old site against what is known of it, if anything is: notes the files of
        each job, and the jobs of which a file does not stand untouched."""
        for key, files in self.memory.jobs():
            if there is None:
                there = dict(standing(self.old.as_posix()))
            if files:
                self._jobs[key] = [file.name for file in files]
            for name, _, size, time in files:
                found = there.get(name)
                if not found or found[0] != size or found[1] != time:
                    self._broken.add(key)
        if self._jobs and there:
            self._work.match(there)

    def take(self, key: str) -> bool:
        """Take over what an earlier job of this key made, if it can be."""
        names = self._jobs.get(key)
        if names is None or key in self._broken:
            return False
        self._waiting.append(key)
        self._rows.take(key)
        return True

    @property
    def _work(self) -> WorkTree:
        """The folder, with all that was taken over: done for many jobs at a time, as nearly all are kept."""
        waiting, self._waiting = self._waiting, []
        if waiting and not self._place.keep(list(chain.from_iterable(map(self._jobs.__getitem__, waiting)))):
            for key in waiting:
                names = self._jobs[key]
                for name in () if self._place.keep(names) else names:
                    if self._free(key, name):
                        self._place.link(f"{self.old}/{name}", name)
        return self._place

    def recall(self, key: str, name: str) -> bytes | None:
        """Take over what an earlier job of this key, which made no file, noted under a name."""
        for data in self.memory.noted(key, name):
            self._rows.take(key)
            return data
        return None

    def read(self, name: str) -> bytes | None:
        """A file that has been put here; None where there is none, as others were in its way."""
        try:
            return Path(f"{self.folder}/{name}").read_bytes() if self._work.has(name) else None
        except OSError:
            return None

    def left(self, name: str) -> File | None:
        """A file of the old site, if it stands there as it was left."""
        key = self._keys.get(name)
        known = self.memory.file(key, name) if key else None
        return known if known and _as_left(known._replace(name=f"{self.old}/{name}")) else None

    def add(
        self,
        key: str,
        pages: Iterable[Finished] = (),
        files: Iterable[tuple[str, bytes | Iterable[bytes]]] = (),
        notes: Iterable[tuple[str, str | bytes]] = (),
        common: bool = False,
    ) -> None:
        """Write what a job of this key made; where there is no room for a file that is a clash. ``common``:
        other sites that this process makes have most of the files too, to the byte."""
        put: list[File] = []
        for page in pages:
            if not (file := self._write(key, page.name, page.text)):
                continue
            twin = page.twin and self._write(key, twin_of(page.name), page.twin)
            put += [file, twin] if twin else [file]
            scripts, links = json.dumps(page.scripts), packed_links(page.links)
            entry = packed(page.entry.encode()) if page.entry else None
            self._rows.insert("pages", key, page.name, file.digest, scripts, links, entry)
            self._fresh.append(page.name)
            self.made += 1
        for name, content in files:
            write = self._write_common if common else self._write
            if file := write(key, name, content):
                put.append(file)
        if put:
            self._rows.put(key, put)
        for name, text in notes:
            self._rows.insert("notes", key, name, text)

    @cached_property
    def _keys(self) -> dict[str, str]:
        """The key of the job of each file of the old site."""
        return {name: key for key, names in self._jobs.items() for name in names}

    def _free(self, key: str, name: str) -> bool:
        """Whether a job of this key may put a file there. Where another has put one it may not, and that is
        a clash; where it has itself, it need not."""
        other = self._work.in_the_way(name)
        if other is None:
            self._from[name] = key
        elif other != name or (self._from.get(name) or self._keys[name]) != key:
            self.clashes.append((name, other))
        return other is None

    def fsync(self) -> None:
        """Have the disk hold the tree for good. Raises OSError."""
        held = self.memory.note(DURABLE)
        fresh, _ = self._work.names(whole=held is None)
        _, folders = self._work.names(whole=held != _BOTH)
        write_through(fresh, folders)
        self._held = _SITE if held is None else _BOTH

    def notes(self, beginning: str) -> Iterator[tuple[str, str]]:
        """All notes whose names begin so, each by the rest of its name, in their order."""
        question = "SELECT name, text FROM main.notes WHERE name BETWEEN ? AND ? ORDER BY name"
        for name, text in self._rows.ask(question, beginning, f"{beginning}\U0010ffff"):
            yield name.removeprefix(beginning), text

    def files(self) -> dict[str, str]:
        """SHA-256 of every file by its path, sorted."""
        return dict(sorted((file.name, file.digest) for file in self._rows.files()))

    @property
    def names(self) -> Collection[str]:
        """The paths of all files so far."""
        return self._work.placed

    def links(self) -> Iterator[PageLinks]:
        """The links of every page that may have a dead one. The old site had none: if no file and no anchor
        of it is gone, only pages that were made may."""
        if self._something_gone():
            for (data,) in self._rows.ask("SELECT links FROM main.pages ORDER BY name"):
                yield links_of(data)
            return
        yield from self.anchors(sorted(self._fresh))

    def anchors(self, pages: Iterable[str]) -> Iterator[PageLinks]:
        """The same of these pages, for their anchors."""
        for name in pages:
            for (data,) in self._rows.ask(_LINKS_OF, name):
                yield links_of(data)

    def _something_gone(self) -> bool:
        """Whether a file of the old site, or an anchor of one of its pages, is not in the new one."""
        if not self._jobs or any(map(self._gone, self._keys.keys() - self.names)):
            return True
        for name in self._fresh:
            for (data,) in self.memory.ask("SELECT links FROM pages WHERE name = ?", name):
                now = next(self.anchors([name]))
                if set(links_of(data).anchors) - set(now.anchors):
                    return True
        return False

    def _gone(self, name: str) -> bool:
        """Whether it matters that nothing stands here under a name of the old site: it may be linked to."""
        return name != MANIFEST and not name.startswith(f"{BUNDLE}/")

    def entries(self) -> Iterator[Unread]:
        """What is searched of every page that is to be found, to be read only if it is new."""
        for name, digest in self._rows.ask(
            "SELECT name, digest FROM main.pages WHERE data IS NOT NULL ORDER BY name"
        ):
            yield Unread(name.removesuffix("index.html"), digest, partial(self._entry, name))

    def _entry(self, name: str) -> str:
        [(data,)] = self._rows.ask("SELECT data FROM main.pages WHERE name = ?", name)
        return unpacked(data).decode()

    def listed(self) -> list[str]:
        """The names of all pages that are to be found."""
        return [
            name
            for (name,) in self._rows.ask("SELECT name FROM main.pages WHERE data IS NOT NULL ORDER BY name")
        ]

    def scripts(self) -> set[str]:
        """The sources of the scripts of all pages."""
        return {
            one
            for (text,) in self._rows.ask("SELECT DISTINCT scripts FROM main.pages")
            for one in json.loads(text)
        }

    def stood(self) -> str:
        """How all files stand; see ``memory.stood``. Raises ValueError, TypeError."""
        return stood((file.name, file.size, file.time) for file in self._rows.files())

    def keep(self, path: Path) -> None:
        """Make this the memory of the site that now stands. Raises OSError, sqlite3.Error; then nothing is
        remembered."""
        if self._held:
            self._rows.insert("notes", DURABLE, DURABLE, self._held)
        try:
            self._rows.finish()
            self.close()
            seal = seal_path(self._path)
            seal.write_text(seal_of(self._path, path.name), encoding="ascii")
            if self._held:
                write_through([self._path.as_posix(), seal.as_posix()])
            path.parent.mkdir(parents=True, exist_ok=True)
            _move(seal, seal_path(path), bool(self._held))
            _move(self._path, path, bool(self._held))
        except BaseException:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise

    def close(self) -> None:
        """Write nothing more."""
        self._rows.close()
        self.memory.close()

    def sweep(self) -> None:
        """The tree is whole: delete what its folder holds beside it."""
        self._work.sweep()

    def _write_common(self, key: str, name: str, content: bytes | Iterable[bytes]) -> File | None:
        """Write a file; one that a site of this process has already is linked."""
        assert isinstance(content, bytes)
        digest = hashlib.sha256(content).hexdigest()
        other = _COMMON.get(digest)
        if other and _as_left(other) and name not in self._keys:
            if not self._free(key, name):
                return None
            self._work.link(other.name, name)
            return other._replace(name=name)
        if file := self._write(key, name, content):
            _COMMON[digest] = file._replace(name=f"{self.old.absolute()}/{name}")
        return file

    def _write(self, key: str, name: str, content: bytes | Iterable[bytes]) -> File | None:
        """Write a file; None where there is no room for it. One that the old site has is linked."""
        if not self._free(key, name):
            return None
        digest = hashlib.sha256()
        if isinstance(content, bytes):
            digest.update(content)
            if (known := self.left(name)) and known.digest == digest.hexdigest():
                self._work.link(f"{self.old}/{name}", name)
                return known
        with self._work.create(name) as out:
            if isinstance(content, bytes):
                out.write(content)
            else:
                for piece in content:
                    digest.update(piece)
                    out.write(piece)
        left = os.stat(f"{self.folder}/{name}")
        return File(name, digest.hexdigest(), left.st_size, left.st_mtime_ns)


_COMMON: dict[str, File] = {}
"""Files that many sites have, by their SHA-256: one that was made by this process, with its whole path."""


def _as_left(file: File) -> bool:
    """Whether a file stands untouched."""
    with suppress(OSError):
        found = os.stat(file.name, follow_symlinks=False)
        return (found.st_size, found.st_mtime_ns) == (file.size, file.time) and S_ISREG(found.st_mode)
    return False


def _move(source: Path, target: Path, fsync: bool) -> None:
    """Move a file, to another file system too; ``target`` is whole at any moment. Raises OSError."""
    try:
        os.replace(source, target)
        return
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
    beside = target.with_name(f"{target.name}.baru")
    try:
        shutil.copyfile(source, beside)
        if fsync:
            write_through([beside.as_posix()])
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
