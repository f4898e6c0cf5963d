"""A heading and its rows → the table that the flow is read on, as any other door's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from generator.model.dates import MONTHS, parse_date
from generator.reading.cells.branches import branches
from generator.reading.cells.heads import Head, under
from generator.reading.cells.lists import items
from generator.reading.cells.matrix import Field, Matrix
from generator.reading.cells.signs import is_arrow, is_mark, is_none, kind
from generator.reading.cells.steps import FIELDS, Step, body
from generator.reading.grid import headings as grid
from generator.reading.grid.table import Sign, Table
from generator.reading.seen import Box, Text
from generator.reading.understood import Doubt, Place, Row, Words
from generator.reading.words import heading

_CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
_DAY = re.compile(r"(\d{1,2})[- /]([A-Za-z]{3,9})\.?")
_AND = re.compile(r"\s*(?:[,;\n&+]|\bdan\b|\bserta\b)\s*")
_SURE = re.compile(r"\s*[;\n]\s*")
_BLANKS = 12
"""Of so many cells each is named."""


class Found(Struct, frozen=True):
    """A table, what in it is doubtful, the cells that it took, and those that it gives back."""

    table: Table
    doubts: tuple[tuple[int, str, Doubt], ...]
    used: frozenset[Field]
    left: tuple[Words, ...]
    notes: tuple[str, ...]
    end: int
    unsigned: tuple[tuple[int, str, Doubt], ...] = ()
    """Doubts that hold where nothing is drawn: steps without a mark."""


def table(sheet: Matrix, head: Head, end: int) -> Found | None:
    """The table below a heading, up to a row."""
    rows = body(sheet, head, end)
    if not rows.steps:
        return None
    actors = _Actors(sheet, head, rows.steps)
    doubts: list[tuple[int, str, Doubt]] = []
    stand = Counter(f for step in rows.steps for f in {f for cells in step.cells.values() for f in cells})
    made = tuple(_row(sheet, head, step, n, stand, doubts) for n, step in enumerate(rows.steps))
    signs = actors.signs(doubts)
    if not actors.own and not actors.named:
        said = "tabel ini tidak punya kolom pelaksana; isi siapa yang mengerjakan tiap langkah"
        doubts.append((-1, "halaman", Doubt("", said, made[0].place)))
    stages = [c for c in head.columns if c.kind == "stage" and c.heading and heading(c.heading) != "no"]
    for stage in stages:
        said = f"isi kolom '{stage.heading}' dibaca sebagai judul di atas langkah"
        doubts.append((-1, "halaman", Doubt("", said, sheet.place(stage.fields[-1]))))
    doubts += branches(made, [(sign.row, sign.text) for sign in signs])
    columns = actors.columns()
    bottom = max(step.bottom for step in rows.steps)
    spans = _spans(sheet, rows.steps)
    left_edge, right_edge = sheet.xs[head.columns[0].first], sheet.xs[head.columns[-1].last + 1]
    box = Box(left_edge, sheet.ys[head.bottom + 1], right_edge, max(spans[-1][1], sheet.ys[rows.last + 1]))
    used = {f for row in range(head.top, head.bottom + 1) for f in sheet.row(row)}
    used |= {f for row in range(head.bottom + 1, max(bottom, head.bottom) + 1) for f in sheet.row(row)}
    used |= set(rows.notes)
    left = [sheet.words(f, f"{f.flat} ({why})") for f, why in rows.left]
    left += _unknown(sheet, head, rows.steps)
    found = Table(
        page=sheet.number,
        box=box,
        columns=columns,
        spans=tuple(spans),
        rows=made,
        head=True,
        loose=(),
        top=sheet.ys[head.top],
        signs=tuple(signs),
        groups=_groups(sheet, head),
    )
    notes = tuple(f.flat for f in rows.notes)
    loose = [
        Text(f.text, f.box, place=f.place)
        for step in rows.steps
        for n in (*actors.own, *actors.named)
        for f in step.cells.get(n, ())
        if not is_none(f.text)
    ]
    found = replace(found, loose=tuple(dict.fromkeys(loose)))
    return Found(found, tuple(doubts), frozenset(used), tuple(left), notes, rows.end, tuple(actors.unsigned))


def _spans(sheet: Matrix, steps: Sequence[Step]) -> list[tuple[float, float]]:
    """Top and bottom of each step, without gaps between."""
    tops = [sheet.ys[step.top] for step in steps]
    last = max(sheet.ys[steps[-1].bottom + 1], tops[-1] + 1)
    return list(zip(tops, [*tops[1:], last], strict=True))


def _row(
    sheet: Matrix,
    head: Head,
    step: Step,
    n: int,
    stand: Mapping[Field, int],
    doubts: list[tuple[int, str, Doubt]],
) -> Row:
    """A step as it stands there; ``stand`` says in how many steps a cell stands."""
    said: dict[str, Words] = {}
    for k, column in enumerate(head.columns):
        fields = step.cells.get(k, [])
        if column.kind not in FIELDS or not fields:
            continue
        text = _together(fields, column.kind)
        shared = any(stand[f] > 1 for f in fields)
        place = sheet.place(fields[0])
        if column.kind == "kelengkapan":  # a list may be set in one line
            text = "\n".join(items(text))
        if column.kind == "waktu":
            text = _waktu(text, n, place, doubts)
        said[column.kind] = Words(text, place, shared)
    top, bottom = sheet.span(step.top, step.bottom)
    where = step.no_field or next((f for fields in step.cells.values() for f in fields), None)
    place = Place(
        sheet.number,
        Box(sheet.xs[head.columns[0].first], top, sheet.xs[head.columns[-1].last + 1], bottom),
        where.place if where is not None else "",
    )
    return Row(step.no, said, place, step.heading)


def _together(fields: Sequence[Field], kind: str) -> str:
    """Cells of one column of a step: side by side in a line, one below another in lines."""
    text = fields[0].text
    for before, field in pairwise(fields):
        text += (" " if field.row == before.row or kind == "kegiatan" else "\n") + field.text
    return text


def _waktu(text: str, n: int, place: Place, doubts: list[tuple[int, str, Doubt]]) -> str:
    """A time as it is meant: "0:15" is 15 minutes; a date is doubted, as "5-10" easily becomes one."""
    if hit := _CLOCK.fullmatch(text.strip()):
        hours, minutes, seconds = int(hit[1]), int(hit[2]), int(hit[3] or 0)
        parts = [(hours, "jam"), (minutes, "menit"), (seconds, "detik")]
        meant = " ".join(f"{count} {unit}" for count, unit in parts if count)
        if 6 <= hours <= 17 and len(hit[1]) == 2:
            said = f"Waktu tertulis '{text}'; dibaca sebagai lama, mungkin jam di hari itu"
            doubts.append((n, "waktu", Doubt("", said, place, (f"pukul {text}",))))
        return meant or text
    day = parse_date(text)
    short = _DAY.fullmatch(text.strip())
    month = next((k for k, name in enumerate(MONTHS, 1) if short and name[:3] == short[2][:3].title()), 0)
    if day or month:
        a, b = (day.day, day.month) if day else (int(short[1]) if short else 0, month)
        said = f"Waktu berisi tanggal '{text}'; mungkin '{b}-{a}' atau '{a}-{b}' yang diubah Excel"
        doubts.append((n, "waktu", Doubt("", said, place, (f"{b}-{a}", f"{a}-{b}"))))
    return text


def _unknown(sheet: Matrix, head: Head, steps: Sequence[Step]) -> list[Words]:
    """What stands in columns that the form has not."""
    found: dict[Field, str] = {}
    for k, column in enumerate(head.columns):
        if column.kind == "":
            name = f"kolom '{column.heading}'" if column.heading else "kolom tanpa judul"
            found |= dict.fromkeys(column.fields[-1:], "judul kolom") if column.heading else {}
            found |= {f: name for step in steps for f in step.cells.get(k, ())}
    return [sheet.words(f, f"{f.flat} ({name} tidak ada di formulir)") for f, name in found.items()]


def _groups(sheet: Matrix, head: Head) -> dict[str, str]:
    """What the headings over several columns say."""
    said = {heading(f.text): f.flat for r in range(head.top, head.bottom + 1) for f in sheet.row(r)}
    return {key: said[key] for key in ("pelaksana", "mutu_baku") if key in said}


class _Actors:
    """The actors of a table, by columns or by names in cells, and who does each step."""

    def __init__(self, sheet: Matrix, head: Head, steps: Sequence[Step]) -> None:
        self.sheet, self.head, self.steps = sheet, head, steps
        self.own = [n for n, c in enumerate(head.columns) if c.kind == "actor"]
        self.named = [n for n, c in enumerate(head.columns) if c.kind == "named"]
        self.names: list[str] = []
        self.blank: list[Field] = []
        self.unsigned: list[tuple[int, str, Doubt]] = []
        texts = [f.text for step in steps for n in self.named for f in step.cells.get(n, ())]
        self.alone = {" ".join(text.split()).casefold() for text in texts if not _AND.search(text.strip())}

    def signs(self, doubts: list[tuple[int, str, Doubt]]) -> list[Sign]:
        """The marks and names of all steps."""
        found: list[Sign] = []
        for row, step in enumerate(self.steps):
            before = len(found)
            for k in self.named:
                for field in step.cells.get(k, ()):
                    found += self._named(row, field, doubts)
            for place, k in enumerate(self.own):
                for field in step.cells.get(k, ()):
                    if (sign := self._mark(row, place, field, step)) is not None:
                        found.append(sign)
            found[before:] = _merged(found[before:])
            if len(found) == before and (self.own or self.named):
                where = self.sheet.place(step.no_field) if step.no_field else None
                first = next((f for fields in step.cells.values() for f in fields), None)
                where = where or (self.sheet.place(first) if first else Place(0, Box(0, 0, 0, 0)))
                said = "tidak ada tanda pelaksana di langkah ini"
                self.unsigned.append((row, "pelaksana", Doubt("", said, where)))
            elif len(found) - before > 1:
                at = Place(self.sheet.number, found[before].box, found[before].place)
                said = "tanda ada di beberapa kolom; dianggap dikerjakan bergiliran dari kiri"
                self.unsigned.append((row, "pelaksana", Doubt("", said, at, ("bersama-sama",))))
        if len(self.own) == 1 and not self.named and not found:
            found = self._alone()
        if self.blank:
            places = ", ".join(f.place for f in self.blank[:_BLANKS])
            more = f" dan {len(self.blank) - _BLANKS} lagi" if len(self.blank) > _BLANKS else ""
            said = f"tanda yang bukan simbol di kolom pelaksana dianggap kosong: {places}{more}"
            self.unsigned.append((-1, "halaman", Doubt("", said, self.sheet.place(self.blank[0]))))
        return found

    def _alone(self) -> list[Sign]:
        """A table of one actor leaves no other, where it has no marks at all."""
        column = self.head.columns[self.own[0]]
        left, right = self.sheet.xs[column.first], self.sheet.xs[column.last + 1]
        spans = _spans(self.sheet, self.steps)
        self.unsigned = []
        boxes = [Box(left, top, right, bottom) for top, bottom in spans]
        said = f"tidak ada tanda di kolom '{column.heading}', satu-satunya; dianggap pelaksana semua langkah"
        self.unsigned.append((-1, "halaman", Doubt("", said, Place(self.sheet.number, boxes[0]))))
        return [Sign(row, (0,), "process", "", box) for row, box in enumerate(boxes)]

    def _mark(self, row: int, place: int, field: Field, step: Step) -> Sign | None:
        if is_none(field.text) or is_arrow(field.text):
            if field.text.strip().casefold() != "false":
                self.blank.append(field)
            return None
        shape, text = kind(field.text)
        doubt = ""
        if not is_mark(field.text):
            own = [
                f.flat
                for n, c in enumerate(self.head.columns)
                if c.kind == "kegiatan"
                for f in step.cells.get(n, ())
            ]
            bare = text
            for words in own:
                bare = " ".join(bare.replace(words, " ").split())
            if bare != text or shape == "process":
                text = bare
            if shape != "terminator" or " " in text:
                said = f"sel pelaksana berisi teks '{field.flat[:60]}', bukan tanda; dibaca sebagai simbol"
                doubt = said if text else ""
        return Sign(row, (place,), shape, text, field.box, doubt, field.place)

    def _named(self, row: int, field: Field, doubts: list[tuple[int, str, Doubt]]) -> list[Sign]:
        """Who is named in a cell; several do the step together."""
        if is_none(field.text):
            return []
        if is_mark(field.text) or is_arrow(field.text):
            self.blank.append(field)
            return []
        parts = self._people(field.text)
        if len(parts) == 1 and re.search(r"\bdan\b|[,/&]", parts[0]):
            said = f"'{parts[0]}' dibaca sebagai satu pelaksana; mungkin beberapa"
            people = tuple(p for p in re.split(r"\s*(?:\bdan\b|[,/&])\s*", parts[0]) if p)
            doubts.append((row, "pelaksana", Doubt("", said, self.sheet.place(field), people)))
        places = []
        for name in parts:
            known = [n for n, old in enumerate(self.names) if old.casefold() == name.casefold()]
            if not known:
                self.names.append(name)
            places.append(known[0] if known else len(self.names) - 1)
        base = len(self.own)
        return [
            Sign(
                row, tuple(base + p for p in dict.fromkeys(places)), "process", "", field.box, "", field.place
            )
        ]

    def _people(self, text: str) -> list[str]:
        """The names in a cell, parted where that is sure."""
        lines = [" ".join(part.split()) for part in _SURE.split(text.strip()) if part.strip()]
        found: list[str] = []
        for line in lines:
            line = re.sub(r"^(?:\d{1,2}[.)]|[-•▪●·])\s*", "", line)
            parts = [part for part in _AND.split(line) if part]
            short = all(len(part.split()) == 1 for part in parts)
            known = any(part.casefold() in self.alone for part in parts)
            found += parts if short or known else [line]
        return list(dict.fromkeys(found))

    def columns(self) -> tuple[grid.Column, ...]:
        """The columns with one for each actor; actors who are named in cells share the width of theirs."""
        found: list[grid.Column] = []
        for k, c in enumerate(self.head.columns):
            left, right = self.sheet.xs[c.first], self.sheet.xs[c.last + 1]
            if c.kind == "named" and k == self.named[0]:
                wide = (right - left) / max(1, len(self.names))
                found += [
                    grid.Column("actor", left + n * wide, left + (n + 1) * wide, name)
                    for n, name in enumerate(self.names)
                ]
            elif c.kind not in ("named", "stage"):
                bare = c.kind == "actor" and heading(c.heading) == "pelaksana" and not under(c)
                name = "" if bare else c.heading
                found.append(grid.Column(c.kind, left, right, name, c.group))
        return tuple(found)


def _merged(signs: Sequence[Sign]) -> list[Sign]:
    """Signs of one step: several cells below one actor are one symbol in words."""
    found: list[Sign] = []
    for sign in signs:
        same = next((n for n, old in enumerate(found) if old.actors == sign.actors), None)
        if same is None:
            found.append(sign)
            continue
        old = found[same]
        text = f"{old.text} {sign.text}".strip()
        shape = "decision" if "decision" in (old.kind, sign.kind) else old.kind
        found[same] = Sign(old.row, old.actors, shape, text, old.box, old.doubt or sign.doubt, old.place)
    return found
