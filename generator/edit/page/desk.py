"""Data folder → the SOPs and drafts that can be edited, each with its session and views; new ones begun."""

from __future__ import annotations

import hashlib
from pathlib import Path
from threading import Lock

from msgspec import Struct

from generator.data.files.inputs import entries_in
from generator.data.validate.read import is_slug, like_slug
from generator.data.writing.draft import file_text
from generator.data.writing.yaml_style import Plain
from generator.edit.acts import SetUnit
from generator.edit.beside.commits import Log
from generator.edit.fields import Refused, cleaned
from generator.edit.journal import FILE
from generator.edit.known import Known, Reading
from generator.edit.names import Unclear, unit
from generator.edit.page.view import Views
from generator.edit.session import Session

ROOMS = ("sop", "draf")


class Listed(Struct, frozen=True):
    """An SOP in the list: where it lies, its name, whether something of it is not saved."""

    room: str
    slug: str
    name: str
    unsaved: bool
    proposed_by: str = ""


class Desk:
    """All that is edited in one data folder. ``store`` is where the journals lie, ``log`` where what is
    written is recorded; with ``four_eyes`` an SOP is only saved by somebody else than who wrote it."""

    def __init__(self, data: Path, store: Path, log: Log | None = None, four_eyes: bool = False) -> None:
        self.data, self.log, self.four_eyes = data, log, four_eyes
        names = str(data.resolve()).encode("utf-8", "surrogateescape")
        self.store = store / hashlib.sha256(names).hexdigest()[:16]
        self.reading = Reading(data)
        self._drafts = Reading(data, drafts=True)
        self._open: dict[tuple[str, str], Views] = {}
        self._lock = Lock()

    @property
    def known(self) -> Known:
        return self.reading.known()

    def views(self, room: str, slug: str) -> Views | None:
        """The views of an SOP; None where there is none of that name."""
        if (
            room not in ROOMS
            or not is_slug(slug)
            or not (self._file(room, slug) or self._journal(room, slug))
        ):
            return None
        with self._lock:
            if (room, slug) not in self._open:
                self._open[room, slug] = Views(self._session(room, slug))
            return self._open[room, slug]

    def listed(self) -> list[Listed]:
        """All SOPs and drafts, those with something unsaved first."""
        found = []
        for room in ROOMS:
            slugs = {p.stem for p in entries_in(self.data / room) if p.suffix == ".yml" and is_slug(p.stem)}
            begun = {
                p.name.removeprefix(f"{room}-")
                for p in entries_in(self.store)
                if p.name.startswith(f"{room}-")
            }
            for slug in sorted(slugs | {slug for slug in begun if self._journal(room, slug)}):
                views = self.views(room, slug) if slug in begun else None
                state = views.session.look() if views else None
                unsaved = state is not None and state.unsaved
                if slug not in slugs and not unsaved:
                    continue
                name = self.known.names.get(slug) if room == "sop" else None
                if name is None and views is not None:
                    name = str(views.session.understood().values.get("nama") or slug)
                by = state.proposed.by if state and state.proposed else ""
                found.append(Listed(room, slug, name or slug, unsaved, by))
        return sorted(found, key=lambda one: not one.unsaved)

    def draft_times(self) -> dict[str, int]:
        """When each draft was written, to tell which were just now."""
        drafts = [p for p in entries_in(self.data / "draf") if p.suffix == ".yml" and is_slug(p.stem)]
        return {path.stem: path.stat().st_mtime_ns for path in drafts}

    def new(self, name: str, owner: str, by: str = "") -> str:
        """Begin a new SOP; gives its slug. Raises ``Refused``."""
        title = str(cleaned(("nama",), name) or "")
        if not title:
            raise Refused("tulis nama SOP-nya")
        try:
            found = unit(owner, self.known)
        except Unclear as error:
            raise Refused("tulis unit pemiliknya") from error
        slug, number = like_slug(title), 2
        base = slug[:70].rstrip("-")
        while self._file("sop", slug) or self._journal("sop", slug):
            slug, number = f"{base}-{number}", number + 1
        form: dict[str, Plain] = {
            "nama": title,
            "unit": None if found.entry else found.id,
            "pelaksana": [],
            "kegiatan": [{"uraian": None}],
        }
        session = self._session("sop", slug)
        session.begin(file_text(form), by)
        if found.entry:  # its register gets it when the SOP is saved
            session.act(SetUnit(owner), session.state.revision, "", by=by)
        return slug

    def _session(self, room: str, slug: str) -> Session:
        reading = self.reading if room == "sop" else self._drafts
        return Session(self.data, room, slug, self.store, reading)

    def _file(self, room: str, slug: str) -> bool:
        return (self.data / room / f"{slug}.yml").is_file()

    def _journal(self, room: str, slug: str) -> bool:
        return (self.store / f"{room}-{slug}" / FILE).is_file()
