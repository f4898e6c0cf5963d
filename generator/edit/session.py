"""An SOP under the pen: acts in, text out; saved, taken back, told of what other programs do to its file.

Whatever is answered stands in the journal on the disk. Nothing that anybody wrote is ever lost: what another
program puts in the place of the file becomes a change of the history, or waits until somebody chooses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import RLock

from msgspec import Struct, structs

from generator.data.load import MAX_BYTES, load_bytes
from generator.data.writing.files import file_in, new_file, write_whole
from generator.data.writing.operations import NotApplied, apply, is_table, splice, value_at
from generator.data.writing.revise import Revision, next_version
from generator.data.writing.tidy import tidied
from generator.edit.acts import AnyAct, SetText
from generator.edit.beside.registers import with_entries
from generator.edit.changes import Change, change_of
from generator.edit.fields import Refused
from generator.edit.journal import (
    FILE,
    AnyRecord,
    Changed,
    Journal,
    Opened,
    Proposed,
    Redone,
    Returned,
    Saved,
    Undone,
)
from generator.edit.known import Known, Reading
from generator.edit.state import State, run
from generator.edit.understood import Understood, understand
from generator.model.problems import errors

OUTSIDE = "Diubah di luar halaman ini"


class Stale(Exception):
    """The page that an act comes from shows another state than there is."""


class Outcome(Struct, frozen=True):
    """What came of an act: the place that is looked at next."""

    focus: str = ""


class Session:
    """One SOP file (``room``: sop or draf) and its journal."""

    def __init__(self, data: Path, room: str, slug: str, store: Path, reading: Reading) -> None:
        self.path = file_in(data, room, f"{slug}.yml")
        self.data, self.room, self.slug = data, room, slug
        self._journal = Journal(file_in(store, f"{room}-{slug}", FILE).parent)
        self._reading = reading
        self._lock = RLock()
        self.state = State()
        self._by = ""
        self._understood: tuple[object, Understood] | None = None

    @property
    def damaged(self) -> bool:
        return self._journal.damaged

    @property
    def known(self) -> Known:
        """What the SOP may name, with entries that only its changes have."""
        return self._reading.known().with_entries(self.state.entries)

    def understood(self) -> Understood:
        """The text as it is understood now."""
        with self._lock:
            key = (self.state.text, id(self._reading.known()), self.state.entries)
            if self._understood is None or self._understood[0] != key:
                self._understood = key, understand(self.state.text, self.slug, self.known)
            return self._understood[1]

    @contextmanager
    def still(self) -> Iterator[State]:
        """The state, which stays as it is while this is held: what is read from it belongs together."""
        with self._lock:
            yield self.state

    def look(self) -> State:
        """The state as it is now, whoever made it so."""
        with self._held():
            return self.state

    def begin(self, text: str, by: str = "") -> None:
        """Begin a new SOP with a text. Raises ``Refused`` where there is one of that name."""
        with self._held(by):
            if self.state.revision or self.path.exists():
                raise Refused(f"SOP '{self.slug}' sudah ada; pilih nama lain")
            self._write(Opened(at=_now(), text=tidied(text, self._name), disk=""))

    def act(self, act: AnyAct, base: int, group: str, was: str | None = None, by: str = "") -> Outcome:
        """Do what a page asks, which saw the state of revision ``base``; ``was`` is what it saw in the place
        of a text. Raises ``Refused`` or ``Stale``, and nothing has happened."""
        with self._held(by):
            understood = self.understood()
            self._check_base(act, base, was, understood)
            change = change_of(act, understood.values, self.known)
            self._change(change, group, shape=not isinstance(act, SetText))
            return Outcome(change.focus)

    def replace(self, make: Callable[[str], str], words: str, base: int, by: str = "") -> None:
        """Put another text in the place of the one there is."""
        with self._held(by):
            if base != self.state.revision:
                raise Stale
            text = make(self.state.text)
            if text != self.state.text:
                self._write(self._changed(text, words))

    def undo(self, by: str = "") -> None:
        """Take the last step back."""
        with self._held(by):
            if not self.state.done:
                raise Refused("tidak ada lagi yang dapat diurungkan")
            self._write(Undone(at=_now(), count=run(self.state.done)))

    def redo(self, by: str = "") -> None:
        """Make the last step again that was taken back."""
        with self._held(by):
            if not self.state.undone:
                raise Refused("tidak ada lagi yang dapat diulangi")
            self._write(Redone(at=_now(), count=run(self.state.undone)))

    def return_to(self, count: int, by: str = "") -> None:
        """Take back, or make again, until so many changes stand."""
        with self._held(by):
            done, undone = len(self.state.done), len(self.state.undone)
            if not 0 <= count <= done + undone or count == done:
                raise Refused("keadaan itu tidak ada lagi, atau sudah tampil")
            kind = Undone if count < done else Redone
            self._write(kind(at=_now(), count=abs(done - count)))

    def revise(self, revision: Revision, by: str = "") -> None:
        """Open the next version; the one in force is kept when the SOP is saved. Raises ``Refused``."""
        with self._held(by):
            now = self.understood().sop
            kept = understand(self.state.saved or "", self.slug, self.known).sop
            if now is None or kept is None or self.room != "sop":
                raise Refused("simpan SOP ini ke berkas dahulu, lalu buka versi barunya")
            if now.versi.nomor > kept.versi.nomor:
                raise Refused(f"versi {now.versi.nomor} sudah terbuka dan belum disimpan")
            opened, problems = next_version(self.state.text, self.slug, self._name, revision)
            if opened is None:
                raise Refused(problems[0].message if problems else "versi berikutnya tidak dapat dibuka")
            self._write(self._changed(opened, f"Versi baru: {revision.perubahan}"))

    def save(self, by: str = "") -> list[Path]:
        """Write the file, in order and style, and before it what it needs in registers and versions; gives
        what was written. Raises ``Refused`` where an SOP has errors, or another program wrote the file."""
        with self._held(by):
            return self._save(self._to_write())

    def propose(self, by: str) -> dict[Path, bytes]:
        """Let the text wait for somebody else; gives what will be written. Raises ``Refused`` as saving."""
        with self._held(by):
            files = self._to_write()
            if self.room == "sop" and not self.state.unsaved:
                raise Refused("tidak ada yang berubah, jadi tidak ada yang diusulkan")
            self._write(Proposed(at=_now()))
            return files

    def accept(self, by: str) -> tuple[str, list[Path]]:
        """Save what was proposed; gives who proposed it, and what was written. Raises ``Refused`` where
        ``by`` proposed it or has a hand in it."""
        with self._held(by):
            proposed = self.state.proposed
            if proposed is None:
                raise Refused("tidak ada usulan yang menunggu, atau isinya berubah sesudah diusulkan")
            if self.state.had_a_hand(by):
                raise Refused("yang mengusulkan atau ikut menulis tidak menyetujuinya; minta rekan memeriksa")
            return proposed.by, self._save(self._to_write())

    def give_back(self, words: str, by: str) -> None:
        """Give a proposal back with words. Raises ``Refused`` where there is none."""
        with self._held(by):
            if self.state.proposed is None:
                raise Refused("tidak ada usulan yang menunggu")
            if not words.strip():
                raise Refused("tulis apa yang harus diperbaiki")
            self._write(Returned(at=_now(), words=" ".join(words.split())))

    def choose(self, outside: bool, by: str = "") -> None:
        """Of two texts, ours and another program's, take one; the other stays in the history."""
        with self._held(by):
            theirs, ours = self.state.outside, self.state.text
            if theirs is None:
                return
            if outside and not is_table(theirs):
                raise Refused(
                    "berkas itu tidak dapat dibaca; pakai yang di halaman ini, atau betulkan berkasnya"
                )
            blob = self._bytes() or b""
            self._write(self._changed(theirs, OUTSIDE, disk=_digest(blob)))
            if not outside:
                self._write(self._changed(ours, "Dipakai lagi yang ditulis di halaman ini"))

    # What follows expects the session to be held.

    @property
    def _name(self) -> str:
        return f"sop/{self.slug}.yml"

    @contextmanager
    def _held(self, by: str = "") -> Iterator[None]:
        with self._lock, self._journal.held() as records:
            self._by = ""  # what another program did is nobody's here
            self.state.follow(records)
            self._look_at_file()
            self._by = by
            yield

    def _write(self, *records: AnyRecord) -> None:
        signed = [structs.replace(record, by=self._by) for record in records]
        self._journal.write(signed)
        self.state.follow(signed)

    def _changed(self, text: str, words: str, disk: str | None = None) -> Changed:
        change = splice(self.state.text, text)
        return Changed(at=_now(), splice=change, words=words, group=f"r{self.state.revision}", disk=disk)

    def _change(self, change: Change, group: str, shape: bool) -> None:
        try:
            text = apply(self.state.text, change.operations, name=self.slug)
        except NotApplied as error:
            raise Refused(f"perubahan ini tidak dapat ditulis ({error})") from error
        if len(text.encode()) > MAX_BYTES:
            raise Refused("SOP ini menjadi terlalu besar untuk satu berkas")
        if text == self.state.text and not change.entries:
            return
        self._write(
            Changed(
                at=_now(),
                splice=splice(self.state.text, text),
                words=change.words,
                group=group or f"r{self.state.revision}",
                shape=shape,
                entries=change.entries,
            )
        )

    def _check_base(self, act: AnyAct, base: int, was: str | None, understood: Understood) -> None:
        if base == self.state.revision:
            return
        if (
            not isinstance(act, SetText)
            or was is None
            or not self.state.shaped <= base <= self.state.revision
        ):
            raise Stale
        if (value_at(understood.values, tuple(act.path)) or "") != was.strip():
            raise Stale

    def _bytes(self) -> bytes | None:
        try:
            with self.path.open("rb") as stream:
                return stream.read(MAX_BYTES + 1)
        except FileNotFoundError:
            return None

    def _look_at_file(self) -> None:
        """Notice what another program has done to the file."""
        blob = self._bytes()
        digest = "" if blob is None else _digest(blob)
        state = self.state
        if not state.revision:
            if blob is not None:
                self._write(Opened(at=_now(), text=self._readable(blob), disk=digest))
            return
        if digest == state.disk:
            state.outside = None
            return
        if blob is None:  # deleted: what is here is all there is, and can be saved again
            state.saved, state.outside = None, None
            return
        theirs = self._readable(blob)
        if theirs == state.text:
            self._write(Saved(at=_now(), disk=digest))
        elif not state.unsaved and is_table(theirs):
            self._write(self._changed(theirs, OUTSIDE, disk=digest))
        else:
            state.outside = theirs

    def _readable(self, blob: bytes) -> str:
        text = blob.decode("utf-8", "replace").removeprefix("\ufeff")
        tree, problems = load_bytes(blob, self._name)
        return text if tree is None or errors(problems) else tidied(text, self._name)

    def _to_write(self) -> dict[Path, bytes]:
        """What saving writes, the SOP last; its text is in order and style then. Raises ``Refused``."""
        if self.state.outside is not None:
            raise Refused("berkas ini juga diubah di luar halaman ini; pilih dahulu yang mana yang dipakai")
        understood = self.understood()
        if self.room == "sop" and (understood.sop is None or understood.errors):
            count = len(understood.errors)
            raise Refused(f"masih ada {count} yang harus dibetulkan; draf Anda sudah tersimpan sendiri")
        text = tidied(self.state.text, self._name)
        files = {**with_entries(self.data, self.state.entries), **self._version_to_keep(understood)}
        if text != self.state.text:
            self._write(self._changed(text, "Dirapikan"))
        return {**files, self.path: text.encode()}

    def _save(self, files: dict[Path, bytes]) -> list[Path]:
        if not self.path.exists():
            new_file(self.path)
        for path, blob in files.items():
            write_whole(path, blob)
        self._reading.forget()
        self._write(Saved(at=_now(), disk=_digest(files[self.path])))
        return list(files)

    def _version_to_keep(self, understood: Understood) -> dict[Path, bytes]:
        """Where the next version is saved, the file of the one before it."""
        if self.room != "sop" or understood.sop is None or (blob := self._bytes()) is None:
            return {}
        text = self.state.saved or ""
        before = understand(text, self.slug, self.known).sop
        if before is None or understood.sop.versi.nomor != before.versi.nomor + 1:
            return {}
        home = file_in(
            self.data, "versi", new_file(self.data / "versi" / self.slug).name, f"{before.versi.nomor}.yml"
        )
        if home.exists() and home.read_bytes() != blob:
            raise Refused(f"versi {before.versi.nomor} sudah tersimpan dengan isi yang berbeda")
        return {home: blob}


def _digest(blob: bytes) -> str:
    return hashlib.sha256(blob).hexdigest()


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
