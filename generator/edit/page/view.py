"""A session → what its page shows: parts by id, texts of fields, notes at their places, state in words."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from markupsafe import Markup
from msgspec import Struct, to_builtins

from generator.edit.doubts import doubts
from generator.edit.page.identity import identity, identity_values
from generator.edit.page.panel import panel
from generator.edit.page.places import Note, doubt_words, notes, place, place_name
from generator.edit.page.read_in_page import doubt_places, shown_at
from generator.edit.page.render import fill
from generator.edit.page.table import Sheet, choice_of_columns, parts, row_of_cell, sheet, values
from generator.edit.session import Session
from generator.edit.state import State
from generator.flow.chart import build_charts
from generator.model.named import named_sops
from generator.model.registers import label_untuk

KEPT = 8
"""Views of an SOP that are remembered, so that a page is told only what has changed."""


class View(Struct, frozen=True):
    """What a page shows of a text. ``name`` is that of no other view, of another process neither: a page says
    by it what it shows."""

    name: str = ""
    parts: dict[str, str] = {}
    texts: dict[str, str] = {}
    notes: tuple[Note, ...] | None = None
    rows: tuple[int, ...] = ()


class Views:
    """The views of one session."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._made: OrderedDict[str, View] = OrderedDict()
        self._last: tuple[object, View] = (None, View())
        self._sheets: tuple[object, list[Sheet]] = (None, [])

    def now(self) -> View:
        """The view of the text there is."""
        found = self.session.understood()
        if self._last[0] is not found:
            view = _view(self.session, self.sheets())
            self._last, self._made[view.name] = (found, view), view
            while len(self._made) > KEPT:
                self._made.popitem(last=False)
        return self._last[1]

    def sheets(self) -> list[Sheet]:
        """The tables as drawn now."""
        found = self.session.understood()
        if self._sheets[0] is not found:
            self._sheets = found, _sheets(self.session)
        return self._sheets[1]

    def told(self, shown: str, row: tuple[int, int] | None, focus: str = "") -> dict[str, Any]:
        """What differs from the view that a page shows, as the page takes it in; everything where that is
        forgotten."""
        with self.session.still() as state:
            before, view = self._made.get(shown, View()), self.now()
            beside = str(self.panel(*row)) if row else ""
            revision, status = state.revision, _status(self.session, view)
        return {
            "revisi": revision,
            "tampilan": view.name,
            "bagian": _changed(before.parts, view.parts),
            "isi": {id: text for id, text in view.texts.items() if before.texts.get(id) != text},
            "baris": list(view.rows),
            "catatan": None if before.notes == view.notes else to_builtins(view.notes),
            "keadaan": status,
            "rincian": beside,
            "fokus": focus,
        }

    def panel(self, number: int, row: int) -> Markup:
        """The panel of a step; empty where there is none."""
        sheets = self.sheets()
        if not 0 <= number < len(sheets) or not 0 <= row < len(sheets[number].alur.kegiatan):
            return Markup()
        found, known = self.session.understood(), self.session.known
        assert found.sop is not None
        label = label_untuk(known.register.instansi, found.sop)
        return panel(sheets[number], row, found.values, known, label)


def _changed(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The parts that differ; of a row that does all cells, as they go with it."""
    found = {id: html for id, html in new.items() if old.get(id) != html}
    return {id: html for id, html in new.items() if id in found or row_of_cell(id) in found}


def _sheets(session: Session) -> list[Sheet]:
    found, known = session.understood(), session.known
    if found.sop is None:
        return []
    sop, register = found.sop, known.register
    names = {slug: known.names[slug] for slug in named_sops(sop) if slug in known.names}
    charts = build_charts(sop, register.pelaksana, register.instansi.kapsul)
    several = isinstance(found.values.get("alur"), list)
    return [sheet(sop, n, chart, names, several) for n, chart in enumerate(charts)]


def _view(session: Session, sheets: list[Sheet]) -> View:
    found, known = session.understood(), session.known
    shown: dict[str, str] = {}
    texts: dict[str, str] = {}
    told = tuple(notes(found.findings))
    if found.sop is not None:
        label = label_untuk(known.register.instansi, found.sop)
        shown["identitas"] = str(identity(found.sop, found.values, known, label))
        texts |= dict(identity_values(found.sop, found.values))
        shown["kolom-isi"] = str(choice_of_columns(label))
        for one in sheets:
            shown |= {id: str(html) for id, html in parts(one, label)}
            texts |= dict(values(one, label))
    shown["pilihan"] = str(fill("pilihan.html", _choices(session)))
    shown["masalah"] = str(
        fill("masalah.html", {"catatan": told, "bentuk": found.sop is not None, "ragu": _open(session)})
    )
    rows = tuple(len(one.alur.kegiatan) for one in sheets)
    return View(token_hex(8), shown, texts, told, rows)


def _open(session: Session) -> list[dict[str, Any]]:
    """What a read-in draft leaves open, with its places."""
    pictures = doubt_places(session)
    return [
        {
            "baris": one.line,
            "kata": one.words,
            "tampil": doubt_words(one.words),
            "tempat": place(one.path),
            "nama": place_name(one.path),
            "gambar": shown_at(one.words, pictures),
        }
        for one in doubts(session.state.text)
    ]


def _choices(session: Session) -> dict[str, list[str]]:
    """What is offered where something is picked by its name."""
    register = session.known.register
    return {
        "unit": sorted(unit.nama for unit in register.unit.values()),
        "pelaksana": sorted(actor.nama for actor in register.pelaksana.values()),
        "hukum": sorted(law.kutipan for law in register.hukum.values()),
        "sop": sorted(name for slug, name in session.known.names.items() if slug != session.slug),
    }


def _status(session: Session, view: View) -> dict[str, Any]:
    state: State = session.state
    errors = sum(note.galat for note in view.notes or ())
    if state.outside is not None:
        words = "Berkas ini juga diubah di luar halaman ini"
    elif not state.unsaved:
        words = "Tersimpan di berkas"
    elif state.saved is None:
        words = "Draf tersimpan sendiri; belum ada berkasnya"
    else:
        words = "Draf tersimpan sendiri; berkas belum diperbarui"
    return {
        "kata": words,
        "tersimpan": not state.unsaved,
        "luar": state.outside is not None,
        "galat": errors,
        "urung": state.done[-1].words if state.done else "",
        "ulang": state.undone[-1].words if state.undone else "",
        "rusak": session.damaged,
    }
