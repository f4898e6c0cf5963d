"""Grids and loose texts of a page → its identity block: fields by their labels, wherever the value stands.

A value stands behind the colon, in the next cell to the right, or below its label; a list stands below its
heading in the same cell or in the cell below. What is not found is left out and told, never written empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from generator.form.boxes import BOXES, FIELDS
from generator.reading.grid.cells import around, centred, in_lines, line_text, words
from generator.reading.grid.lists import in_columns
from generator.reading.grid.table import Filled, Table
from generator.reading.seen import Box, Text
from generator.reading.understood import Doubt, Identity, Place, Words
from generator.reading.words import LABELS, VALUES, label

_TITLE = re.compile(r"standar\s+operasional\s+prosedur", re.IGNORECASE)
_NIP = re.compile(r"\W*NIP\.?\s*:?\s*([\d .]{8,})", re.IGNORECASE)
NAMES = {box.path[-1]: box.label for box in (*FIELDS, *BOXES)} | {"tujuan": "Tujuan"}
"""What the official form calls each field and box."""


class _Field(Struct):
    """A cell of the block, its lines from the top, and the labels at the beginning of some of them."""

    box: Box
    lines: list[list[Text]]
    labels: dict[int, tuple[str, list[Text]]]
    """By line: the key that it names, and what else stands on the line."""


def identities(
    number: int, grids: Sequence[Filled], outside: Sequence[Text], here: Sequence[Table]
) -> tuple[list[Identity], list[Text]]:
    """The identity block of a page, if it has one, and the texts outside that are not of it."""
    bottom = min((table.top for table in here if table.head), default=1e9)
    fields = [
        _field(cell, grid.by_cell.get(n, []))
        for grid in grids
        for n, cell in enumerate(grid.grid.cells)
        if cell.centre[1] < bottom and cell.bottom <= bottom + 3
    ]
    loose = [text for text in outside if text.box.bottom < bottom]
    if taken := bool(loose) and not any(field.labels for field in fields):
        fields.append(_field(around(loose), loose))
    fields = [field for field in fields if field.lines]
    said = {key for field in fields for key, _ in field.labels.values()}
    if len(said) < 3 or not said & set(VALUES):
        return [], list(outside)
    return [_block(number, fields)], [text for text in outside if not taken or text not in loose]


def _field(box: Box, pieces: Sequence[Text]) -> _Field:
    lines = in_lines(pieces)
    found = {}
    for n, line in enumerate(lines):
        if (hit := _labelled(line)) is not None:
            found[n] = hit
    return _Field(box, lines, found)


def _labelled(line: Sequence[Text]) -> tuple[str, list[Text]] | None:
    """The key that a line begins with, and the rest of the line."""
    for count in range(min(len(line), 4), 0, -1):
        text = line_text(line[:count]).strip()
        head, colon, rest = text.partition(":")
        key = label(head)
        if not key or (not colon and count < len(line) and not _apart(line, count)):
            continue
        after = list(line[count:])
        if rest.strip():
            last = line[count - 1]
            share = len(rest) / max(1, len(last.text))
            left = last.box.right - min(1.0, share) * last.box.width
            after.insert(0, Text(rest.strip(), Box(left, last.box.top, last.box.right, last.box.bottom)))
        return key, [text for text in after if text.text.strip(" :")]
    return None


def _apart(line: Sequence[Text], count: int) -> bool:
    """Whether what follows a label stands apart from it, or begins with a colon."""
    before, after = line[count - 1], line[count]
    return after.text.lstrip().startswith(":") or after.box.left - before.box.right > 0.8 * before.box.height


def _block(number: int, fields: Sequence[_Field]) -> Identity:
    values: dict[str, Words] = {}
    boxes: dict[str, tuple[Words, ...]] = {}
    doubts: list[Doubt] = []
    empty: dict[str, Place] = {}
    used: set[int] = set()
    other: list[Words] = []
    area = around([piece for field in fields for line in field.lines for piece in line])
    for k, field in enumerate(fields):
        for n, (key, rest) in field.labels.items():
            used.add(k)
            pieces = _value(fields, k, n, rest, used)
            if not pieces:
                empty.setdefault(key, Place(number, around(field.lines[n])))
                continue
            place = Place(number, around(pieces))
            if key == "disahkan_oleh":
                values.update(
                    {name: w for name, w in _approval(number, pieces).items() if name not in values}
                )
            elif key == "nama":
                before, name = _parted(pieces)
                values.setdefault("nama", Words(_plain(words(name)), place))
                for name_, found in _approval(number, [*_known(fields), *before] if before else []).items():
                    if before:
                        values[name_] = found
            elif key in VALUES:
                _once(values, key, Words(_plain(words(pieces)), place), other)
            elif key not in boxes:
                boxes[key] = _items(number, pieces)
            else:
                other.append(Words(_plain(words(pieces)), place))
    kop = _letterhead(fields, used)
    other += _unclaimed(number, fields, used, kop)
    empty = {key: place for key, place in empty.items() if key not in values and key not in boxes}
    if other:  # one of these may be what is missing
        doubts += [Doubt(key, f"isi {NAMES[key]} tidak ditemukan", place) for key, place in empty.items()]
    told = {*values, *boxes, *empty, "tujuan"}  # no box of the official form
    missing = [key for key in LABELS if key not in told]
    doubts += [Doubt(key, f"{NAMES[key]} tidak ada pada berkas", Place(number, area)) for key in missing]
    return Identity(values, boxes, kop, tuple(doubts), number, tuple(empty), tuple(other))


def _items(number: int, pieces: Sequence[Text]) -> tuple[Words, ...]:
    """The items of a list, each with its own place."""
    if (columns := in_columns(pieces)) is not None:
        return tuple(item for column in columns for item in _items(number, column))
    if (items := centred(pieces)) is not None:
        return tuple(
            Words(
                " ".join(line_text(line).strip() for line in item),
                Place(number, around([p for line in item for p in line])),
            )
            for item in items
        )
    lines = in_lines(pieces)
    found = []
    for item in words(pieces).split("\n"):
        own: list[Text] = []
        while lines and len(_squeezed("".join(t.text for t in own))) < len(_squeezed(item)):
            own += lines.pop(0)
        if item.strip():
            found.append(Words(item, Place(number, around(own or pieces))))
    return tuple(found)


def _once(values: dict[str, Words], key: str, said: Words, rest: list[Words]) -> None:
    """The first value of a label; another is told."""
    if key not in values:
        values[key] = said
    elif values[key].text != said.text:
        rest.append(said)


def _unclaimed(number: int, fields: Sequence[_Field], used: set[int], kop: Sequence[str]) -> list[Words]:
    """Lines of the block that belong to no label, to the letterhead or to its title."""
    found = []
    known = {_squeezed(line) for line in kop}
    for k, field in enumerate(fields):
        stop = min(field.labels, default=0 if k in used else len(field.lines))
        for line in field.lines[:stop]:
            text = line_text(line).strip()
            if any(c.isalnum() for c in text) and _squeezed(text) not in known and not _TITLE.search(text):
                found.append(Words(text, Place(number, around(line))))
    return found


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _plain(text: str) -> str:
    return " ".join(text.split()).lstrip(": ").strip()


def _value(fields: Sequence[_Field], k: int, n: int, rest: Sequence[Text], used: set[int]) -> list[Text]:
    """What belongs to a label: the rest of its line, the lines below it, or the next cell."""
    field = fields[k]
    stop = min((m for m in field.labels if m > n), default=len(field.lines))
    found = [*rest, *(piece for line in field.lines[n + 1 : stop] for piece in line)]
    if found:
        return _without_colon(found)
    last = stop == len(field.lines)
    beside = _beside(fields, k, n)
    below = _below(fields, k) if last else None
    key = field.labels[n][0]
    order = (beside, below) if key in VALUES else (below, beside)
    for m in order:
        if m is not None and not fields[m].labels:
            used.add(m)
            return _without_colon([piece for line in fields[m].lines for piece in line])
    return []


def _without_colon(pieces: Sequence[Text]) -> list[Text]:
    found = []
    for piece in pieces:
        text = piece.text.lstrip()
        if text.strip() != ":":
            found.append(Text(text.lstrip(":").lstrip(), piece.box) if text.startswith(":") else piece)
    return found


def _beside(fields: Sequence[_Field], k: int, n: int) -> int | None:
    """The next cell to the right of a label with something in it beside a colon."""
    box, (_, y) = fields[k].box, around(fields[k].lines[n]).centre
    right = [
        m
        for m, other in enumerate(fields)
        if other.box.left >= box.right - 3
        and other.box.top - 1 <= y <= other.box.bottom + 1
        and any(line_text(line).strip(" :") for line in other.lines)
    ]
    return min(right, key=lambda m: fields[m].box.left, default=None)


def _below(fields: Sequence[_Field], k: int) -> int | None:
    """The cell right below."""
    box = fields[k].box
    under = [
        m
        for m, other in enumerate(fields)
        if -3 < other.box.top - box.bottom < 6
        and min(box.right, other.box.right) - max(box.left, other.box.left) > 0.5 * other.box.width
    ]
    return min(under, key=lambda m: fields[m].box.top, default=None)


def _approval(number: int, pieces: Sequence[Text]) -> dict[str, Words]:
    """Office, name and NIP of who approved: the NIP says so, the name stands before it or after the room for
    the signature."""
    lines = in_lines(pieces)
    said = [line_text(line).strip() for line in lines]
    found: dict[str, Words] = {}
    nip = next((n for n, text in enumerate(said) if _NIP.match(text)), None)
    if nip is not None:
        number_ = _NIP.match(said[nip])
        assert number_ is not None
        found["nip"] = Words(number_[1].strip(), Place(number, around(lines[nip])))
    end = nip if nip is not None else len(lines)
    name = end - 1 if nip is not None and end > 1 else _after_gap(lines[:end])
    if name is not None and 0 < name < end:
        found["pejabat"] = Words(said[name], Place(number, around(lines[name])))
        end = name
    office = [piece for line in lines[:end] for piece in line]
    if office:
        found["disahkan_oleh"] = Words(_plain(words(office)), Place(number, around(office)))
    return found


def _parted(pieces: list[Text]) -> tuple[list[Text], list[Text]]:
    """What of the approval slipped below its rule, and the name of the SOP: a NIP and all before it, or what
    stands far above the rest."""
    lines = in_lines(pieces)
    nip = next((n for n, line in enumerate(lines) if _NIP.match(line_text(line))), None)
    cut = nip + 1 if nip is not None else _after_gap(lines)
    if cut is None or cut >= len(lines):
        return [], pieces
    return [p for line in lines[:cut] for p in line], [p for line in lines[cut:] for p in line]


def _known(fields: Sequence[_Field]) -> list[Text]:
    """What stands in the cell of the approval."""
    for k, field in enumerate(fields):
        for n, (key, rest) in field.labels.items():
            if key == "disahkan_oleh":
                return _value(fields, k, n, rest, set())
    return []


def _after_gap(lines: Sequence[Sequence[Text]]) -> int | None:
    """The first line after the room for a signature."""
    steps = [b[0].box.centre[1] - a[0].box.centre[1] for a, b in pairwise(lines)]
    if not steps or max(steps) < 2.2 * lines[0][0].box.height:
        return None
    return steps.index(max(steps)) + 1


def _letterhead(fields: Sequence[_Field], used: set[int]) -> tuple[str, ...]:
    """The lines of the letterhead: the highest cell without a label that lies left of a label's cell."""
    marked = [field.box for field in fields if any(key in VALUES for key, _ in field.labels.values())]
    if not marked:
        return ()
    edge = min(box.left for box in marked)
    free = [
        field
        for k, field in enumerate(fields)
        if k not in used and not field.labels and field.box.right <= edge + 5
    ]
    if not free:
        return ()
    first = min(free, key=lambda field: field.box.top)
    return tuple(" ".join(line_text(line).split()) for line in first.lines)
