"""Cells outside of tables → identity blocks: fields and boxes by their labels, wherever the value stands.

A value stands behind the colon, in the next cell, or in the rows below beside no other label; a list stands
below its heading in its own columns. An empty box stays empty: no heading or label is ever its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from msgspec import Struct

from generator.reading.cells.lists import MARKER, approval, items, lines_of, one_line
from generator.reading.cells.matrix import Field, Matrix
from generator.reading.cells.running import blocks
from generator.reading.identity import NAMES
from generator.reading.seen import Box
from generator.reading.understood import Doubt, Identity, Place, Words
from generator.reading.words import LABELS, VALUES, label

OPENING = re.compile(r"standar operasional prosedur", re.IGNORECASE)
_OFFICE = re.compile(
    r"(?:nama )?(?:skpd|opd|instansi|perangkat daerah|unit kerja|organisasi)(?:\W.*)?", re.IGNORECASE
)
_COUNT = re.compile(r"[#(]?\d{1,2}[.)]*|[a-zA-Z][.)]")
_TITLE = re.compile(
    r"\b(?:uraian|prosedur|alur|flow ?chart|bagan|diagram|langkah|kegiatan|tabel|sop)\b", re.IGNORECASE
)


class Labelled(Struct, frozen=True):
    """A cell that begins with a label: its key, what else it says, and whether a colon stands there."""

    field: Field
    key: str
    rest: str
    colon: bool


class Block(Struct, frozen=True):
    """An identity block, and the cells that it is read from."""

    identity: Identity
    used: frozenset[Field]


def labelled(field: Field) -> Labelled | None:
    """The label that a cell begins with."""
    found = _short(field.text) if len(field.text) < _SHORT else _parted(field.text)
    return Labelled(field, *found) if found else None


_SHORT = 200
"""Only texts shorter than this, as labels are, are worth remembering."""


@lru_cache(maxsize=4096)
def _short(text: str) -> tuple[str, str, bool] | None:
    return _parted(text)


def _parted(text: str) -> tuple[str, str, bool] | None:
    """The key that a text begins with, what else it says, and whether a colon stands there."""
    first, _, below = text.partition("\n")
    head, colon, rest = first.partition(":")
    if _OFFICE.fullmatch(head.strip()) and len(head) < 40 and len(head.split()) < 5:
        key = "kop"
    else:
        key = label(head)
    if not key or len(head) > 60:
        flat = " ".join(text.split())
        key = label(flat.partition(":")[0]) if len(flat) < 60 else ""
        return (key, flat.partition(":")[2].strip(), ":" in flat) if key else None
    return key, "\n".join(part for part in (rest.strip(), below.strip()) if part), bool(colon)


def title(sheet: Matrix, top: int, bottom: int) -> Field | None:
    """The line right above a table's heading, where it stands by itself."""
    row = next((r for r in range(bottom - 1, max(top, bottom - 4) - 1, -1) if sheet.row(r)), None)
    if row is None or row < top or len(own := sheet.row(row)) > 1:
        return None
    (field,) = own
    if labelled(field) or ":" in field.text or "\n" in field.text or MARKER.match(field.text):
        return None
    alone = row == top or not any(sheet.at(row - 1, c) for c in range(field.column, field.last_column + 1))
    return field if alone and (len(field.flat) < 150 or _TITLE.search(field.text)) else None


def identities(sheet: Matrix, top: int, bottom: int, taken: frozenset[Field]) -> list[Block]:
    """The identity blocks in rows ``top`` to ``bottom`` (not included)."""
    starts = [r for r in range(top, bottom) if any(OPENING.search(f.text) for f in sheet.row(r))]
    starts = [r for n, r in enumerate(starts) if n == 0 or r - starts[n - 1] > 2]
    cuts = [top, *starts[1:], bottom]
    found = []
    for begin, end in pairwise(cuts):
        fields = [f for r in range(begin, end) for f in sheet.row(r) if f not in taken]
        block = _Reader(sheet, fields, end).read()
        if block is not None:
            found.append(block)
    return found


class _Reader:
    """One block while it is read."""

    def __init__(self, sheet: Matrix, fields: Sequence[Field], end: int) -> None:
        self.sheet, self.fields, self.end = sheet, fields, end
        self.labels = [hit for f in fields if (hit := labelled(f)) is not None and self._is_label(hit)]
        self.by = {hit.field: hit for hit in self.labels}
        self.used: set[Field] = set()
        self.values: dict[str, Words] = {}
        self.boxes: dict[str, tuple[Words, ...]] = {}
        self.doubts: list[Doubt] = []
        self.kop: list[str] = []
        self.empty: dict[str, Place] = {}
        self.rest: list[Words] = []

    def _is_label(self, hit: Labelled) -> bool:
        """Whether a word of labels heads something here and is no value ("Kepala Dinas" behind "Nama")."""
        before = self._left(hit.field)
        if before is None or hit.colon:
            return True
        other = labelled(before)
        return other is None or other.rest != "" or hit.key not in VALUES

    def _left(self, field: Field) -> Field | None:
        return next((f for c in range(field.column - 1, -1, -1) if (f := self.sheet.at(field.row, c))), None)

    def read(self) -> Block | None:
        keys = {hit.key for hit in self.labels} - {"kop"}
        sure = any(
            hit.key in VALUES and re.search(r"\bsop\b", hit.field.text, re.IGNORECASE) for hit in self.labels
        )
        if not keys & set(VALUES) or (len(keys) < 2 and not sure):
            return None
        if self._is_running():
            self._running()
        for hit in self.labels:
            if hit.field in self.used:
                continue
            self.used.add(hit.field)
            if hit.key == "kop" or hit.key in VALUES:
                self._value(hit)
            elif hit.key not in self.boxes:
                self._box(hit)
        self._letterhead()
        self._counted()
        self._missing()
        identity = Identity(
            self.values,
            self.boxes,
            tuple(self.kop),
            tuple(self.doubts),
            self.sheet.number,
            tuple(self.empty),
            tuple(self.rest),
            min(f.box.top for f in self.fields),
        )
        return Block(identity, frozenset(self.used))

    def _value(self, hit: Labelled) -> None:
        fields = self._beside(hit)
        texts = [hit.rest] if hit.rest else []
        self.used |= set(fields)
        lines = [*texts, *(f.text for f in fields)]
        said = [line for text in lines for line in text.lstrip(": ").split("\n") if line.strip(" :")]
        place = self.sheet.place(fields[0] if fields else hit.field)
        if not said:
            if hit.key != "kop":
                self.empty.setdefault(hit.key, place)
            return
        if hit.key == "kop":
            self.kop += said
        elif hit.key == "disahkan_oleh":
            for key, text in approval(said).items():
                self._keep(key, Words(text, place))
        else:
            self._keep(hit.key, Words(" ".join(" ".join(said).split()), place))

    def _keep(self, key: str, words: Words) -> None:
        """A value; a second one of its key is told."""
        if not key or key in self.values:
            self.rest.append(words)
        else:
            self.values[key] = words

    def _beside(self, hit: Labelled) -> list[Field]:
        """The cells to the right of a label up to the next one, and those of the rows below that belong."""
        field = hit.field
        found: list[Field] = []
        start = field.last_column + 1
        row = field.row
        stop = self.sheet.columns
        while row < self.end:
            own = [f for f in self._row(row) if f.column >= start and f.column < stop]
            left = [f for f in self._row(row) if f.column < start and f is not field]
            if row > field.last_row and (not own or any(f in self.by for f in (*own, *left)) or hit.rest):
                break
            if row > field.last_row and (not found or any(f.column >= field.column for f in left)):
                break
            for f in own:
                if f in self.by:
                    stop = min(stop, f.column)
                    break
                if f not in self.used:
                    found.append(f)
                    self.used.add(f) if not f.text.strip(" :") else None
            row += 1
        if not found and not hit.rest:
            below = self.sheet.at(field.last_row + 1, field.column) if field.last_row + 1 < self.end else None
            if (
                below is not None
                and below in self.fields
                and below not in self.by
                and hit.key == "disahkan_oleh"
            ):
                found = [below]
        return [f for f in found if f.text.strip(" :")]

    def _row(self, row: int) -> list[Field]:
        return self._rows.get(row, [])

    @cached_property
    def _rows(self) -> dict[int, list[Field]]:
        own = set(self.fields)
        rows = {field.row for field in self.fields}
        return {row: [field for field in self.sheet.row(row) if field in own] for row in rows}

    def _box(self, hit: Labelled) -> None:
        """The list of a box: in its own cell, beside it, or below it in its columns."""
        fields = [] if hit.rest else self._below(hit)
        listed = items(hit.rest) if hit.rest else []
        lines = lines_of(fields)
        self.used |= set(fields)
        found = [Words(item, self.sheet.place(hit.field)) for item in listed]
        for line in lines:
            text = " ".join(f.text for f in line)
            found += [Words(item, self.sheet.place(line[0])) for item in items(text)]
        if not found:
            self.empty.setdefault(hit.key, self.sheet.place(hit.field))
            return
        self.boxes[hit.key] = tuple(found)

    def _below(self, hit: Labelled) -> list[Field]:
        field = hit.field
        row = [f for f in self._row(field.row) if f.column > field.last_column and f.text.strip(" :")]
        others = [f for f in row if f in self.by]
        edge = min((f.column for f in others), default=self.sheet.columns)
        beside = [f for f in row if f.column < edge]
        self.used |= {f for f in self._row(field.row) if not f.text.strip(" :")}
        if beside:
            return self._column(beside[0].column, edge - 1, field.row, field)
        return self._column(field.column, edge - 1, field.last_row + 1, field)

    def _column(self, left: int, right: int, top: int, head: Field) -> list[Field]:
        """The cells in some columns down to the next label above or beside which they cannot be."""
        found: list[Field] = []
        for row in range(top, self.end):
            here = [f for f in self._row(row) if left <= f.column <= right]
            marks = [f for f in self._row(row) if f in self.by and f is not head]
            if row > head.last_row and any(
                f.column <= right and f.last_column >= min(left, head.column) for f in marks
            ):
                break
            if row > head.row and any(
                f.column <= head.last_column and f.last_column >= head.column for f in marks
            ):
                break
            found += [f for f in here if f not in self.used and f.text.strip(" :")]
        return found

    def _is_running(self) -> bool:
        """Whether boxes stand below one another as in running text, with lists below."""
        heads = [hit for hit in self.labels if hit.key not in VALUES and hit.key != "kop"]
        alone = all(len(self._row(hit.field.row)) == 1 and hit.field.column == 0 for hit in heads)
        return len(heads) > 1 and alone and all(not hit.rest for hit in heads)

    def _running(self) -> None:
        """Boxes of running text: paragraphs in order."""
        heads = {hit.field: hit.key for hit in self.labels if hit.key not in VALUES and hit.key != "kop"}
        first = min(field.row for field in heads)
        stretch = [
            f for f in self.fields if (f.row >= first and f.column == 0 and f not in self.by) or f in heads
        ]
        lists, unsure = blocks([(f.row, heads.get(f, ""), f) for f in stretch])
        for key, fields in lists.items():
            self.used |= set(fields)
            self.boxes[key] = tuple(
                Words(item, self.sheet.place(f)) for f in fields for item in items(f.text)
            )
        self.used |= set(heads)
        for key in unsure:
            said = f"daftar ini dianggap isi {NAMES[key]} dari letaknya; pastikan"
            self.doubts.append(Doubt(key, said, self.boxes[key][0].place or Place(0, Box(0, 0, 0, 0))))
        for key in lists:
            if not lists[key]:
                del self.boxes[key]

    def _letterhead(self) -> None:
        """The lines of the letterhead: those above the first label, or left of all labels of values."""
        marked = [hit.field for hit in self.labels if hit.key in VALUES]
        top, edge = min(f.row for f in marked), min(f.column for f in marked)
        last = max(f.last_row for f in marked)
        opening = next((f.row for f in self.fields if OPENING.search(f.text)), None)
        gap = False
        before: Field | None = None
        for f in self.fields:
            if f in self.used or f in self.by:
                continue
            above = f.row < top
            if above and before is not None and f.row > before.last_row + 1 and not f.bold:
                gap = True
            if above and opening is not None and f.row < opening:
                continue
            if (above and not gap) or (f.last_column < edge and f.row <= last):
                self.kop += [line for line in map(one_line, f.text.split("\n")) if line]
                self.used.add(f)
                before = f

    def _counted(self) -> None:
        """Numbers left of labels only count these."""
        for f in self.fields:
            if _COUNT.fullmatch(f.text.strip()) and f not in self.used:
                beside = next((g for g in self._row(f.row) if g.column > f.last_column), None)
                if beside in self.by:
                    self.used.add(f)

    def _missing(self) -> None:
        area = Box(
            min(f.box.left for f in self.fields),
            min(f.box.top for f in self.fields),
            max(f.box.right for f in self.fields),
            max(f.box.bottom for f in self.fields),
        )
        found = {*self.values, *self.boxes}
        self.empty = {key: place for key, place in self.empty.items() if key not in found}
        place = Place(self.sheet.number, area)
        for key in LABELS:
            if key not in {*found, *self.empty, "tujuan"}:  # no box of the official form
                self.doubts.append(Doubt(key, f"{NAMES[key]} tidak ada pada berkas", place))
