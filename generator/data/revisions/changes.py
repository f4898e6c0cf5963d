"""Two SOPs → what changed between them, for people: identity, columns, steps and where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from generator.data.revisions.match import match, moved
from generator.flow.chart import row_numbers
from generator.flow.steps import LEPAS, symbols_of
from generator.form import LABEL_RESMI
from generator.form.boxes import BOXES, FIELDS, ValueKind
from generator.form.columns import CELLS
from generator.form.symbols import Bentuk
from generator.model.records import time_text
from generator.model.sop import SOP, Alur, Arah, Hubungan, Kegiatan, Simbol


class PieceKind(StrEnum):
    """What became of a piece of text."""

    SAMA = "sama"
    HAPUS = "hapus"
    TAMBAH = "tambah"


class Piece(Struct, frozen=True):
    """A piece of a text, blanks included: the kept and the removed pieces joined are the old text, the kept
    and the added ones the new."""

    jenis: PieceKind
    teks: str


class FieldChange(Struct, frozen=True):
    """A value that changed: its key, what people call it, the old and the new text ("" for none)."""

    kunci: str
    nama: str
    lama: str
    baru: str

    @property
    def potongan(self) -> tuple[Piece, ...]:
        """The two texts word by word."""
        return tuple(_pieces(self.lama, self.baru))


class StepChange(Struct, frozen=True):
    """A step that was added (no ``baris_lama``), removed (no ``baris_baru``), moved, or changed in ``isian``.
    Rows count from 1; ``no`` is the number printed then."""

    uraian: str
    baris_lama: int | None
    baris_baru: int | None
    no_lama: str
    no_baru: str
    pindah: bool = False
    isian: tuple[FieldChange, ...] = ()


class TableChange(Struct, frozen=True):
    """What changed in one activity table (``nomor``, from 1): its title and columns, and its steps in the
    order of the new one, removed ones where they stood."""

    nomor: int
    judul: str
    isian: tuple[FieldChange, ...]
    langkah: tuple[StepChange, ...]


class Changes(Struct, frozen=True):
    """All that changed from one SOP to another; ``isian`` is the identity block."""

    slug: str
    lama: int
    baru: int
    isian: tuple[FieldChange, ...] = ()
    tabel: tuple[TableChange, ...] = ()

    @property
    def kosong(self) -> bool:
        """Whether nothing changed that a reader could see."""
        return not self.isian and not self.tabel


class Names(Struct, frozen=True):
    """What people call units, actors, laws and SOPs, by id; an id that is missing stands for itself."""

    unit: Mapping[str, str] = {}
    pelaksana: Mapping[str, str] = {}
    hukum: Mapping[str, str] = {}
    sop: Mapping[str, str] = {}


def changes(old: SOP, new: SOP, names: Names | None = None) -> Changes:
    """What changed from one version to another. Ids of steps and the way a file writes the same thing do not
    count, nor does a number that only follows from a step put in before it."""
    names = names or Names()
    identity = tuple(_compare(_identity(old, names), _identity(new, names)))
    tables = []
    for n in range(max(len(old.alur), len(new.alur))):
        before = old.alur[n] if n < len(old.alur) else None
        after = new.alur[n] if n < len(new.alur) else None
        table = _table(n + 1, before, after, names)
        tables += [table] if table.isian or table.langkah else []
    return Changes(old.slug, old.versi.nomor, new.versi.nomor, identity, tuple(tables))


_IDENTITY = {
    "nama": LABEL_RESMI["nama"],
    "nomor": LABEL_RESMI["nomor"],
    "unit": "Unit",
    "kop": "Kop",
    "klasifikasi": "Klasifikasi",
    "judul_terbuka": "Judul boleh disebut",
    "dokumen_resmi": "Naskah resmi",
    "sidik_data": "Sidik data",
    "tanda_tangan": "Tanda tangan elektronik",
    "tinjau_ulang_bulan": "Tinjau ulang tiap (bulan)",
    "tinjauan": "Ditinjau, tetap berlaku",
    "kertas": "Kertas",
    **{box.key: box.label for box in FIELDS if box.kind is ValueKind.DATE},
    "pencabutan": "Pencabutan",
    "disahkan_oleh": LABEL_RESMI["disahkan_oleh"],
    "tujuan": "Tujuan",
    **{box.key: box.label for box in BOXES},
    "label": "Judul kolom",
    "kolom": "Kolom tabel",
    "dugaan": "Dugaan",
    "catatan": "Catatan penyunting",
}
"""What people call the values outside the tables, in the order of the form."""


def _identity(sop: SOP, names: Names) -> dict[str, tuple[str, str]]:
    """Name and text of each value outside the tables."""
    signer, revoked = sop.disahkan_oleh, sop.pencabutan
    instead = revoked and (names.sop.get(revoked.pengganti or "", revoked.pengganti) or revoked.teks)
    related = ((r.teks, names.sop.get(r.sop or "", r.sop)) for r in sop.keterkaitan)
    texts: dict[str, str] = {
        "unit": names.unit.get(sop.unit, sop.unit),
        "klasifikasi": str(sop.klasifikasi or ""),
        "judul_terbuka": "ya" if sop.judul_terbuka else "",
        "kertas": str(sop.kertas or ""),
        "tanda_tangan": _lines(f"{one.nama}, {time_text(one.waktu)}" for one in sop.tanda_tangan),
        "tinjau_ulang_bulan": str(sop.tinjau_ulang_bulan or ""),
        "tinjauan": _lines(f"{one.tanggal}, {one.oleh}" for one in sop.tinjauan),
        **{box.key: box.of(sop) or "" for box in FIELDS if box.kind is ValueKind.DATE},
        "pencabutan": _lines((revoked.tanggal, revoked.dasar, instead)) if revoked else "",
        "disahkan_oleh": _lines((signer.jabatan, signer.nama, signer.nip) if signer else ()),
        "dasar_hukum": _lines(names.hukum.get(id, id) for id in sop.dasar_hukum),
        "keterkaitan": _lines(" → ".join(part for part in pair if part) for pair in related),
        "label": _lines(f"{key}: {text}" for key, text in sorted(sop.label.items())),
        "kolom": ", ".join(LABEL_RESMI[key] for key in sop.kolom or ()),
        "dugaan": _lines(f"{d.hal} ({d.keyakinan}): {d.alasan}" for d in sop.dugaan),
    }
    for key in _IDENTITY:
        if key not in texts:
            value = getattr(sop, key)
            texts[key] = _lines(value) if isinstance(value, tuple) else value or ""
    return {key: (name, texts[key]) for key, name in _IDENTITY.items()}


def _lines(parts: object) -> str:
    assert not isinstance(parts, str)
    return "\n".join(part for part in parts if part)  # type: ignore[attr-defined]


def _compare(old: Mapping[str, tuple[str, str]], new: Mapping[str, tuple[str, str]]) -> Iterator[FieldChange]:
    for key, (name, after) in new.items():
        before = old[key][1]
        if before != after:
            yield FieldChange(key, name, before, after)


def _table(number: int, old: Alur | None, new: Alur | None, names: Names) -> TableChange:
    """One table against the one in its place; a missing one is an empty one."""
    empty = Alur(id="", pelaksana=(), kegiatan=())
    before, after = old or empty, new or empty
    head = tuple(_compare(_head(before, names), _head(after, names)))
    pairs = match(before.kegiatan, after.kegiatan)
    shifted = moved(pairs)
    numbers = row_numbers(before), row_numbers(after)
    flows = _Flows(before, after, pairs, names)
    steps: list[StepChange] = []
    for row, step in enumerate(after.kegiatan):
        origin = pairs.get(row)
        if origin is None:
            steps.append(StepChange(step.uraian, None, row + 1, "", numbers[1][row]))
            continue
        was = before.kegiatan[origin]
        fields = tuple(_compare(cells(was, names), cells(step, names))) + flows.changed(origin, row)
        if fields or row in shifted:
            no = numbers[0][origin], numbers[1][row]
            steps.append(StepChange(step.uraian, origin + 1, row + 1, *no, row in shifted, fields))
    for row, step in enumerate(before.kegiatan):
        if row not in pairs.values():
            gone = StepChange(step.uraian, row + 1, None, numbers[0][row], "")
            steps.insert(_place(steps, row + 1), gone)
    return TableChange(number, after.judul or before.judul or "", head, tuple(steps))


def _place(steps: Sequence[StepChange], row: int) -> int:
    """Where a removed step is told: before the first step that stood behind it."""
    later = (n for n, step in enumerate(steps) if (step.baris_lama or 0) > row and not step.pindah)
    return next(later, len(steps))


def _head(alur: Alur, names: Names) -> dict[str, tuple[str, str]]:
    columns = ", ".join(names.pelaksana.get(id, id) for id in alur.pelaksana)
    return {"judul_tabel": ("Judul tabel", alur.judul or ""), "pelaksana": ("Kolom pelaksana", columns)}


def cells(step: Kegiatan, names: Names) -> dict[str, tuple[str, str]]:
    """Name and text of each cell of a step; the actors of the long form are told with its symbols."""
    who = ", ".join(names.pelaksana.get(id, id) for id in step.pelaksana)
    return {
        "no": (LABEL_RESMI["no"], "(tanpa nomor)" if step.no == "" else step.no or ""),
        "uraian": (LABEL_RESMI["kegiatan"], step.uraian),
        "pelaksana": (LABEL_RESMI["pelaksana"], who),
        **{column.field: (column.label, _lines(column.of(step))) for column in CELLS},
        "gabung": ("Sel gabungan", ", ".join(LABEL_RESMI[key] for key in step.gabung)),
    }


class _Flows:
    """Compares where steps lead, by the steps they lead to and not by ids or numbers."""

    def __init__(self, old: Alur, new: Alur, pairs: Mapping[int, int], names: Names) -> None:
        self.old, self.new, self.names = old, new, names
        self.places = _places(old), _places(new)
        back = {origin: row for row, origin in pairs.items()}
        self.key_of_old = {row: back.get(row, -1 - row) for row in range(len(old.kegiatan))}
        self.key_of_new = {row: row for row in range(len(new.kegiatan))}

    def changed(self, origin: int, row: int) -> tuple[FieldChange, ...]:
        """The change of the flow at one step, if there is one."""
        was, now = self.old.kegiatan[origin], self.new.kegiatan[row]
        if self._told(was, self.places[0], self.key_of_old) == self._told(
            now, self.places[1], self.key_of_new
        ):
            return ()
        numbers = [dict(enumerate(row_numbers(alur))) for alur in (self.old, self.new)]
        before = self._told(was, self.places[0], numbers[0])
        after = self._told(now, self.places[1], numbers[1])
        if before == after:  # the words are the same, the step meant is another
            before, after = (
                self._told(
                    step, places, {n: f"{no} ({alur.kegiatan[n].uraian})" for n, no in numbered.items()}
                )
                for step, places, numbered, alur in (
                    (was, self.places[0], numbers[0], self.old),
                    (now, self.places[1], numbers[1], self.new),
                )
            )
        return (FieldChange("alur", "Alur", before, after),)

    def _told(self, step: Kegiatan, places: Mapping[str, tuple[int, int]], rows: Mapping[int, object]) -> str:
        """The flow of a step in words; ``rows`` is what a row is called."""
        parts = [
            f"{word} ({how.value})" for word, how in (("mulai", step.mulai), ("selesai", step.selesai)) if how
        ]
        for symbol in symbols_of(step):
            parts += self._symbol(symbol, bool(step.simbol), places, rows)
        return "; ".join(parts)

    def _symbol(
        self, symbol: Simbol, long: bool, places: Mapping[str, tuple[int, int]], rows: Mapping[int, object]
    ) -> Iterator[str]:
        if long:
            who = ", ".join(self.names.pelaksana.get(id, id) for id in symbol.pelaksana)
            yield f"{symbol.bentuk.value} {who}"
        elif symbol.bentuk is not Bentuk.KOTAK:
            yield "keputusan"
        if symbol.hubungan is not Hubungan.GARIS:
            yield f"hubungan {symbol.hubungan.value}"
        if symbol.bersama:
            yield "bersama simbol sebelumnya"
        if symbol.teks:
            yield f"tertulis “{symbol.teks}”"
        if symbol.sop:
            yield f"dijalankan lewat SOP {self.names.sop.get(symbol.sop, symbol.sop)}"
        for way in symbol.arah or ():
            into = f" ({self.names.pelaksana.get(way.pelaksana, way.pelaksana)})" if way.pelaksana else ""
            out = f"dari {self.names.pelaksana.get(way.dari, way.dari)} " if way.dari else ""
            when = f"jika {way.label} " if way.label else ""
            dashed = f" ({way.garis.value})" if way.garis else ""
            yield f"{when}{out}ke {self._target(way, places, rows)}{into}{dashed}"

    def _target(self, way: Arah, places: Mapping[str, tuple[int, int]], rows: Mapping[int, object]) -> str:
        if way.sop is not None:
            return f"SOP {self.names.sop.get(way.sop, way.sop)}"
        if way.ke is None:
            return way.teks or "langkah berikutnya"
        if way.ke not in places:
            return "ujung lepas" if way.ke == LEPAS else way.ke
        row, part = places[way.ke]
        return f"langkah {rows[row]}" + (f" simbol {part + 1}" if part else "")


def _places(alur: Alur) -> dict[str, tuple[int, int]]:
    """Row and symbol that an id means."""
    places: dict[str, tuple[int, int]] = {}
    for row, step in enumerate(alur.kegiatan):
        for part, symbol in enumerate(step.simbol):
            if symbol.id:
                places.setdefault(symbol.id, (row, part))
        if step.id:
            places[step.id] = (row, 0)
    return places


def _pieces(old: str, new: str) -> Iterator[Piece]:
    """Two texts word by word; a change of several words with single blanks kept between them is one piece."""
    from difflib import SequenceMatcher  # not loaded where no SOP has several versions

    before, after = (re.findall(r"\s+|[^\s]+", text) for text in (old, new))
    removed = added = ""
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        kept = "".join(before[a:b])
        if tag == "equal" and (kept.strip() or not (removed or added) or b == len(before)):
            yield from _replaced(removed, added)
            removed = added = ""
            yield Piece(PieceKind.SAMA, kept)
        else:
            removed += kept
            added += "".join(after[c:d])
    yield from _replaced(removed, added)


def _replaced(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(PieceKind.HAPUS, removed)
    if added:
        yield Piece(PieceKind.TAMBAH, added)
