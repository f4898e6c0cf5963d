"""``Reading`` + registers → the drafts of its SOPs: the plain values of each file, what a person has to look
at and where that stands in the file, new entries of the registers, and what found no place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.validate.read import like_slug
from generator.data.validate.steps import STEPS
from generator.data.writing.form import step_form
from generator.data.writing.yaml_style import Plain
from generator.form.boxes import BOXES, FIELDS, ValueKind
from generator.form.columns import CELLS
from generator.model.sop import SOP, Kapsul, Kegiatan
from generator.reading.draft.above import group_lines, group_of
from generator.reading.draft.flow import Path, Steps, numbered, steps
from generator.reading.draft.headings import headings
from generator.reading.draft.left import left_lines
from generator.reading.draft.meant import chart_notes
from generator.reading.draft.notes import Note
from generator.reading.draft.pairs import pairs
from generator.reading.draft.registers import actor, flat, law, related, unit, unmarked
from generator.reading.identity import NAMES
from generator.reading.understood import Chart, Doubt, Identity, Reading, Words
from generator.reading.words import FORM_NAME


class Draft(Struct, frozen=True):
    """One SOP of a file. ``identity`` and ``charts`` are what of the reading it is made of; ``new`` are
    entries that the registers lack (``pelaksana``, ``hukum``), by id."""

    slug: str
    form: dict[str, Plain]
    notes: tuple[Note, ...] = ()
    left_over: tuple[Words, ...] = ()
    empty: tuple[str, ...] = ()
    """What the official form calls the boxes that are empty there."""
    new: dict[str, dict[str, Any]] = {}
    identity: Identity | None = None
    charts: tuple[Chart, ...] = ()
    spelled: tuple[tuple[str, str], ...] = ()
    """Citations as printed, with how the register spells the same law."""


class _Making(Struct):
    """A draft as it is being made."""

    registers: Catalogue | None
    form: dict[str, Any] = {}
    notes: list[Note] = []
    new: dict[str, dict[str, Any]] = {}
    spelled: list[tuple[str, str]] = []

    def note(self, path: Path, said: str, words: Words | None = None, *other: str) -> None:
        self.notes.append(Note(path, said, words.place if words else None, tuple(other)))


def drafts(reading: Reading, registers: Catalogue | None) -> list[Draft]:
    """The drafts of a file: one for each identity block with the charts that belong to it."""
    together = pairs(reading)
    return [
        _draft(reading, identity, charts, registers, n == 0, len(together))
        for n, (identity, charts) in enumerate(together)
    ]


def _draft(
    reading: Reading,
    identity: Identity | None,
    charts: Sequence[Chart],
    registers: Catalogue | None,
    first: bool,
    count: int,
) -> Draft:
    made = _Making(registers)
    said = identity or Identity()
    _name(made, said, charts, reading.file)
    _unit(made, said)
    _values(made, said)
    _boxes(made, said)
    _missing(made, said)
    made.form |= headings(charts, registers)
    _charts(made, charts, registers.instansi.kapsul if registers else Kapsul.SENDIRI)
    told = reading.doubts if first else ()
    made.notes += [Note(("kegiatan",), doubt.said, doubt.place, doubt.else_) for doubt in told]
    if not charts and not told:
        made.note(("kegiatan",), "tabel kegiatan tidak terbaca; ketik langkah-langkahnya")
    left = left_lines(reading, charts, None if count == 1 else _pages(said, charts), first)
    form = {key: value for key, value in made.form.items() if value not in ({}, [], None) or key in _KEPT}
    slug = like_slug(str(form.get("nama") or ""), "sop-tanpa-nama")
    empty = tuple(NAMES[key] for key in said.empty if not any(doubt.about == key for doubt in said.doubts))
    notes = tuple(dict.fromkeys(made.notes))
    return Draft(slug, form, notes, left, empty, made.new, identity, tuple(charts), tuple(made.spelled))


_KEPT = ("nama", "unit", "pelaksana", "kegiatan")
"""Keys that a file must have, blank where nothing is known."""


def _pages(said: Identity, charts: Sequence[Chart]) -> set[int]:
    return {said.page, *(row.place.page for chart in charts for row in chart.rows)}


def _name(made: _Making, said: Identity, charts: Sequence[Chart], file: str) -> None:
    if "nama" in said.values:
        made.form["nama"] = said.values["nama"].text
        return
    title = next((chart.title for chart in charts if any(c.isalpha() for c in chart.title)), "")
    made.form["nama"] = title or PurePath(file).stem
    source = "judul tabel" if title else "nama berkas"
    made.note(("nama",), f"Nama SOP tidak ditemukan; ini {source}")


def _unit(made: _Making, said: Identity) -> None:
    kop = _letterhead(said, made.registers)
    found = unit(kop, made.registers)
    made.form["unit"] = found.id if found else None
    place = made.registers.place("unit") if made.registers else "unit.yml"
    if found is None:
        lines = f" (kop: {' / '.join(kop)})" if kop else ""
        made.note(("unit",), f"unit tidak dikenal{lines}; isi id dari {place}")
    elif found.doubt:
        made.note(("unit",), found.doubt)
    if kop and not (found and made.registers and _same_kop(kop, found.id, made.registers)):
        made.form["kop"] = "\n".join(kop)


def _letterhead(said: Identity, registers: Catalogue | None) -> list[str]:
    """The letterhead without the agency's address, which is printed below it on every SOP, and without the
    name of the form, where it is in the letterhead of no unit."""
    usual = {flat(line) for one in (registers.unit.values() if registers else ()) for line in one.kop}
    lines = [line for line in said.kop if flat(line)]
    lines = [line for line in lines if flat(line) in usual or not FORM_NAME.fullmatch(line)]
    address = [flat(line) for line in registers.instansi.alamat] if registers else []
    ends = bool(address) and [flat(line) for line in lines[-len(address) :]] == address
    return lines[: -len(address)] if ends else lines


def _same_kop(kop: Sequence[str], unit: str, registers: Catalogue) -> bool:
    """Whether the unit's SOPs have this letterhead anyway."""
    usual = registers.kop(SOP(slug="draf", nama="draf", unit=unit))
    return [flat(line) for line in kop] == [flat(line) for line in usual]


def _values(made: _Making, said: Identity) -> None:
    values = {key: words.text for key, words in said.values.items() if words.text.strip()}
    made.form["nomor"] = values.get("nomor")
    made.form["tanggal"] = {k: values[k] for k in ("pembuatan", "revisi", "efektif") if k in values}
    keys = {"disahkan_oleh": "jabatan", "pejabat": "nama", "nip": "nip"}
    made.form["disahkan_oleh"] = {name: values[key] for key, name in keys.items() if key in values}


def _boxes(made: _Making, said: Identity) -> None:
    made.form["tujuan"] = " ".join(" ".join(w.text for w in said.boxes.get("tujuan", ())).split()) or None
    for box in BOXES:
        lines = said.boxes.get(box.path[-1], ())
        if box.kind is ValueKind.LAWS:
            _laws(made, lines)
        elif box.kind is ValueKind.RELATED:
            made.form[box.key] = [
                related(words.text, made.registers) for words in lines if words.text.strip()
            ]
        else:
            made.form[box.key] = "\n".join(" ".join(words.text.split()) for words in lines) or None


def _laws(made: _Making, lines: Sequence[Words]) -> None:
    ids: list[str] = []
    new = made.new.setdefault("hukum", {})
    for text, words in _cited(lines):
        found = law(text, {id: str(entry["kutipan"]) for id, entry in new.items()}, made.registers)
        if found.id in ids:
            made.note(("dasar_hukum",), f"peraturan ini tertulis dua kali: {text}", words)
            continue
        ids.append(found.id)
        if found.entry is not None:
            new[found.id] = dict(found.entry)
        if found.doubt:
            made.note(("dasar_hukum",), found.doubt, words)
        if found.other:
            made.spelled.append((unmarked(text), found.other))
    made.form["dasar_hukum"] = ids


_AGAIN = re.compile(r"(?<=[;.])\s+\d{1,2}[.)]\s+(?=(?:Undang|Peraturan|Keputusan|Instruksi|Surat)\b)")
"""Where the next law of a numbered list begins in the middle of a line."""


def _cited(lines: Sequence[Words]) -> Iterator[tuple[str, Words]]:
    """The citations of a box, one by one."""
    for words in lines:
        for text in _AGAIN.split(" ".join(words.text.split())):
            if any(c.isalnum() for c in text):
                yield text, words


def _missing(made: _Making, said: Identity) -> None:
    """What the identity block should have and was not found, in one note; other doubts by themselves."""
    missing = [NAMES.get(d.about, d.about) for d in said.doubts if _is_missing(d, said)]
    if not said.values and not said.boxes:
        made.note(
            ("nama",), "blok identitas tidak ditemukan; isi nomor, tanggal, pengesahan dan kotak-kotaknya"
        )
    elif missing:
        place = next(doubt.place for doubt in said.doubts if _is_missing(doubt, said))
        listed = ", ".join(dict.fromkeys(missing))
        made.note(
            ("nama",), f"tidak ditemukan pada naskah: {listed}; isi bila ternyata ada", Words("", place)
        )
    for doubt in said.doubts:
        if not _is_missing(doubt, said):
            made.notes.append(Note(_key(doubt.about), doubt.said, doubt.place, doubt.else_))


def _is_missing(doubt: Doubt, said: Identity) -> bool:
    return doubt.about in NAMES and doubt.about not in said.values and doubt.about not in said.boxes


def _key(about: str) -> Path:
    """Where a part of the identity block stands in the file."""
    keys: dict[str, Path] = {box.path[-1]: box.path for box in (*FIELDS, *BOXES)}
    keys |= {"pejabat": ("disahkan_oleh", "nama"), "nip": ("disahkan_oleh", "nip")}
    return keys.get(about, ("nama",))


def _charts(made: _Making, charts: Sequence[Chart], capsule: Kapsul) -> None:
    several = len(charts) > 1
    forms: list[dict[str, Any]] = []
    for n, chart in enumerate(charts):
        at: Path = ("alur", n) if several else ()
        ids = _actors(made, chart, at)
        found = steps(chart, _rows(chart), ids, capsule)
        forms.append(
            {"judul": _title_of(chart), "pelaksana": ids, "kegiatan": _steps(made, chart, found, at)}
        )
        made.notes += chart_notes(chart, found, at)
        headings = [
            f"Judul di atas langkah {row.no or r + 1}: {row.heading}"
            for r, row in enumerate(chart.rows)
            if row.heading
        ]
        headings += group_lines(chart, ids, made.new["pelaksana"], made.registers)
        made.form.setdefault("catatan", [])
        below = f"{chart.title}: " if several and chart.title else ""
        made.form["catatan"] += [*headings, *(f"{below}{note}" for note in chart.notes)]
    if several:
        made.form["alur"] = [{k: v for k, v in form.items() if v is not None} for form in forms]
    elif forms:
        (form,) = forms
        made.form |= {
            "judul_tabel": form["judul"],
            "pelaksana": form["pelaksana"],
            "kegiatan": form["kegiatan"],
        }
    else:
        made.form |= {"pelaksana": None, "kegiatan": None}


def _title_of(chart: Chart) -> str | None:
    """The title above a table; a page's number is none."""
    return chart.title if any(c.isalpha() for c in chart.title) else None


def _actors(made: _Making, chart: Chart, at: Path) -> list[str]:
    ids: list[str] = []
    new = made.new.setdefault("pelaksana", {})
    for n, heading in enumerate(chart.actors):
        name = " ".join(heading.split()) or f"Pelaksana {n + 1}"
        group = group_of(chart, n)
        known = next(
            (
                id
                for id, entry in new.items()
                if id not in ids
                and flat(str(entry["nama"])) == flat(name)
                and entry.get("lengkap") in (None, f"{name} {group}".strip())
            ),
            None,
        )
        if known is not None:
            ids.append(known)
            continue
        found = actor(name, group, {**dict.fromkeys(new, ""), **dict.fromkeys(ids, "")}, made.registers)
        ids.append(found.id)
        if found.entry is not None:
            new[found.id] = dict(found.entry)
        if found.doubt:
            made.note((*at, "pelaksana", n), found.doubt)
        if not heading.strip():
            made.note((*at, "pelaksana", n), f"kolom pelaksana ke-{n + 1} tidak berjudul")
    if not ids:
        made.note((*at, "pelaksana"), "tabel ini tidak punya kolom pelaksana")
    return ids


def _rows(chart: Chart) -> list[Kegiatan]:
    """The texts of the rows."""
    numbers = numbered([row.no for row in chart.rows])
    found = []
    above: dict[str, Words] = {}
    for row, number in zip(chart.rows, numbers, strict=True):
        texts: dict[str, Any] = {}
        merged: list[str] = []
        for column in CELLS:
            words = row.cells.get(column.key)
            if words is None or not words.text.strip():
                continue
            if words.shared and above.get(column.key) == words:
                merged.append(column.field)
                continue
            lines = [" ".join(line.split()) for line in words.text.split("\n") if line.strip()]
            texts[column.field] = tuple(lines) if column.lines else " ".join(lines)
        what = row.cells.get("kegiatan")
        above, text = row.cells, " ".join(what.text.split()) if what else ""
        found.append(Kegiatan(no=number, uraian=text, gabung=tuple(merged), **texts))
    return found


def _steps(made: _Making, chart: Chart, found: Steps, at: Path) -> list[dict[str, Plain]]:
    """The steps as the file writes them; what must be there and is not stands blank, with a note."""
    forms = []
    for r, step in enumerate(found.kegiatan):
        form: dict[str, Any] = {**step_form(step)}
        path = (*at, "kegiatan", r)
        row = Words("", chart.rows[r].place)
        if not step.uraian:
            form["uraian"] = None
            made.note((*path, "uraian"), "Kegiatan langkah ini kosong pada naskah", row)
        if not step.simbol and not step.pelaksana:
            form["pelaksana"] = None
            if chart.symbols:
                made.note((*path, "pelaksana"), "tidak ada simbol pada langkah ini; isi pelaksananya", row)
        forms.append(form)
    if len(forms) > STEPS:
        made.note(
            (*at, "kegiatan"),
            f"tabel ini {len(forms)} langkah, paling banyak {STEPS}; bagi menjadi beberapa SOP",
        )
    return forms
