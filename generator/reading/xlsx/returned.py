"""Workbook that was written here and came back → drafts, with what was changed in Excel since.

A cell that was changed wins over the JSON beside it. What stands in the workbook may be anybody's: each value
of its hidden parts is read by the same schema as a typed file, and left out, with its cell named, where that
refuses it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

from msgspec import Struct

from generator.data.validate.read import is_slug, like_slug
from generator.data.validate.steps import STEP_FIELDS
from generator.data.writing.yaml_style import Plain
from generator.form import LABEL_RESMI
from generator.form.columns import BEFORE, CELLS
from generator.formats.xlsx.cells import clean
from generator.formats.xlsx.workbook import BOXES, DATA_HEADING, DATA_SHEET, TOLD, VALUES, key_mark
from generator.model.dates import parse_date
from generator.model.problems import Problem
from generator.reading.xlsx.held import CHART, held, loaded, place_of, read_key, told
from generator.reading.xlsx.rows import Rows, Sheet

SIGNER = "disahkan_oleh"
_NIP = re.compile(r"(?:NIP\s*[.:]?\s*)?\d[\d .]{7,}", re.IGNORECASE)
_NUMBER = re.compile(r"\(?\d{1,3}[a-z]?[.)]?")
_DAY = re.compile(r"\d{1,2}-[A-Z][a-z]{2}")
"""How Excel shows what it made a date of."""

Path = tuple[str | int, ...]


class Returned(Struct):
    """An SOP of our workbook: its slug, its plain values, what is open (where, and what a person has to do),
    and what of its own data was refused."""

    slug: str
    form: dict[str, Plain]
    open: list[tuple[Path, str]] = []
    refused: list[Problem] = []


def from_workbook(sheets: Sequence[Sheet]) -> tuple[list[Returned], list[Problem]]:
    """The SOPs of a workbook that was written here, with what was changed in it since, and the sheets that
    are not read. What cannot be read is left open, and told."""
    kept: dict[str, dict[str, Any]] = {}
    refused: dict[str, list[Problem]] = {}
    begun: dict[str, tuple[Sheet, int]] = {}
    for sheet in sheets:
        for at, row in enumerate(sheet.rows if sheet.name == DATA_SHEET else (), 1):
            name, key, text = (*row, "", "", "")[:3]
            if at > 1 and name:
                begun.setdefault(name, (sheet, at))
                out = refused.setdefault(name, [])
                value = read_key(key, text, place_of(sheet, at, 3), out)
                kept.setdefault(name, {})
                if key in kept[name]:
                    out.append(
                        told(place_of(sheet, at, 2), f"'{key}' ditulis dua kali", "ekspor ulang SOP ini")
                    )
                elif value is not None:
                    kept[name][key] = value
    origins = _origins(sheets, {name: str(head.get("nama", "")) for name, head in kept.items()})
    found = []
    for sheet in sheets:
        if (origin := origins.get(sheet.name)) is None:
            continue
        head = dict(kept[origin])
        copied = sheet.name != origin and origin in origins
        if copied:  # beside its origin it is an SOP of its own
            head["slug"] = like_slug(sheet.name)
        draft = _read(sheet, head, refused[origin])
        if copied:
            said = f"lembar '{sheet.name}' salinan lembar '{origin}'; pastikan nama dan nomornya"
            draft.open.append((("nama",), said))
        found.append(draft)
    return found, _strays(sheets, origins, begun)


def _origins(sheets: Sequence[Sheet], names: Mapping[str, str]) -> dict[str, str]:
    """For each sheet the name under which the hidden one knows it: its own, that of which it is a copy
    ("x (2)"), that of the SOP whose name it shows, or the only one that is left. ``names`` are the names of
    the SOPs by sheet."""
    own = [sheet for sheet in sheets if sheet.name != DATA_SHEET]
    found = {sheet.name: sheet.name for sheet in own if sheet.name in names}
    free = [s for s in own if s.name not in found and _table_head(s.rows, 0) is not None]
    for sheet in free:
        base = re.sub(r"\s*\(\d+\)$", "", sheet.name)
        if base in names:
            found[sheet.name] = base
    times = Counter(names.values())
    for sheet in free:
        title = _shown(sheet.rows, "nama")
        lost = [name for name, said in names.items() if clean(said) == title and times[said] == 1]
        if sheet.name not in found and title and lost:
            found[sheet.name] = lost[0]
    free = [sheet for sheet in free if sheet.name not in found]
    lost = [name for name in names if name not in found.values()]
    if len(free) == len(lost) == 1:
        found[free[0].name] = lost[0]
    return found


def _shown(rows: Rows, key: str) -> str:
    """What a sheet shows in a row of the identity block."""
    return next((row[2] for row in rows if len(row) > 2 and row[0] == key_mark(key)), "")


def _strays(
    sheets: Sequence[Sheet], origins: Mapping[str, str], begun: Mapping[str, tuple[Sheet, int]]
) -> list[Problem]:
    """Sheets that the hidden one does not know, and SOPs whose sheet is gone: neither is read."""
    hint = f"kembalikan nama lembar seperti ditulis sop export, atau tulis di lembar {DATA_SHEET}"
    out = [
        told(place_of(sheet, 1, 1), "lembar ini tidak dikenal dan tidak dibaca", hint)
        for sheet in sheets
        if sheet.name not in origins and sheet.name != DATA_SHEET and sheet.rows
    ]
    return out + [
        told(place_of(data, at, 1), f"lembar '{name}' tidak ada lagi; SOP itu tidak dibaca", hint)
        for name, (data, at) in begun.items()
        if name not in origins.values()
    ]


def _read(sheet: Sheet, head: dict[str, Any], refused: list[Problem]) -> Returned:
    slug, noted = head.pop("slug", None), head.pop("tampak", None)
    draft = Returned(like_slug(sheet.name), dict(head), refused=refused)
    if isinstance(slug, str) and is_slug(slug):
        draft.slug = slug
    else:
        message = f"nama berkas SOP lembar ini tidak dapat dipakai; dipakai '{draft.slug}'"
        refused.append(told(place_of(sheet, 1, 1), message, "ganti nama berkas drafnya bila perlu"))
    shown: Mapping[str, object] = noted if isinstance(noted, Mapping) else {}
    _read_identity(draft, sheet.rows, shown)
    _read_beside(draft, sheet, shown)
    at = 0
    several = isinstance(head.get("alur"), list)
    specs: list[Any] = list(head["alur"]) if several else [head]
    draft.form.pop("alur", None)
    tables: list[dict[str, Any]] = []
    for n, spec in enumerate(specs):
        begin = _table_head(sheet.rows, at)
        if begin is None or not isinstance(spec, dict):
            draft.open.append((("nama",), f"tabel {n + 1} tidak ditemukan lagi di lembar '{sheet.name}'"))
            break
        sound = held(spec, CHART, place_of(sheet, begin + 1, 1), refused) if several else spec
        columns = sound.get("pelaksana")
        ids = [columns] if isinstance(columns, str) else list(columns or ())
        _say_changed(draft, sheet.rows, begin, ids, shown.get(f"tabel {n + 1}"), n)
        path: Path = ("alur", n, "kegiatan") if several else ("kegiatan",)
        at, steps = _read_table(draft, sheet, begin, ids, _columns(shown), path)
        tables.append({**sound, "kegiatan": steps})
        end = _table_head(sheet.rows, at) or len(sheet.rows)
        for row in range(at, end if end == len(sheet.rows) else end - 1):
            _unread(draft, sheet, row, 0)
    if several:
        draft.form["alur"] = tables
    elif tables:
        draft.form["kegiatan"] = tables[0]["kegiatan"]
    return draft


def _read_beside(draft: Returned, sheet: Sheet, shown: Mapping[str, object]) -> None:
    """What stands above the tables in no row of the identity block: the letterhead, and what was added."""
    keys = {key_mark(key) for key in (*VALUES, *TOLD, *BOXES)}
    end = _table_head(sheet.rows, 0) or len(sheet.rows)
    marked = [at for at, row in enumerate(sheet.rows[:end]) if row and row[0] in keys]
    above = [row[1] for row in sheet.rows[: min(marked, default=0)] if len(row) > 1]
    if isinstance(kop := shown.get("kop"), str) and kop != "\n".join(above):
        said = f"kop diubah di Excel; sesuaikan unit atau kop di berkas ini: {' / '.join(above)}"
        draft.open.append((("unit",), said))
    for at in marked:
        _unread(draft, sheet, at, 3)
    for at in range(max(marked, default=end) + 1, end - 1):
        _unread(draft, sheet, at, 0)


def _columns(shown: Mapping[str, object]) -> tuple[str, ...]:
    """The fields of the columns right of the actors, as the sheet was written with them."""
    fields = {column.key: column.field for column in CELLS}
    kept = shown.get("kolom")
    keys = kept.split("|") if isinstance(kept, str) else ()
    return tuple(fields[key] for key in keys if key in fields) or tuple(fields.values())


def _table_head(rows: Rows, at: int) -> int | None:
    """The next row with the heading of the hidden column, which stands right of all others."""
    return next((r for r in range(at, len(rows)) if DATA_HEADING in rows[r][BEFORE:]), None)


def _say_changed(
    draft: Returned, rows: Rows, begin: int, ids: Sequence[str], noted: object, number: int
) -> None:
    """Say if the title or the actor headings of a table were changed: they are not read back."""
    title = rows[begin - 1][1] if begin and len(rows[begin - 1]) > 1 else ""
    below = (*(rows[begin + 1] if begin + 1 < len(rows) else ()), *[""] * (2 + len(ids)))
    if isinstance(noted, str) and noted != "|".join([title, *below[2 : 2 + len(ids)]]):
        message = f"judul atau kolom pelaksana tabel {number + 1} diubah di Excel; sesuaikan di berkas ini"
        draft.open.append((("nama",), message))


def _read_identity(draft: Returned, rows: Rows, shown: Mapping[str, object]) -> None:
    """Take over what was changed in the rows of the identity block; say what cannot be taken over."""
    keys = {key_mark(key): key for key in (*VALUES, *TOLD, *BOXES)}
    for row in ((*row, "", "", "") for row in rows if row):
        key = keys.get(row[0])
        if key is None:
            continue
        if key in TOLD:
            if key == SIGNER and key in shown and shown[key] != row[2]:
                draft.form[key] = _signer(row[2])
                draft.open.append(((key,), "pejabat yang mengesahkan diubah di Excel; pastikan"))
            elif key in shown and shown[key] != row[2]:
                message = f"{LABEL_RESMI[key]} diubah di Excel; sesuaikan di berkas ini: {row[2]}"
                draft.open.append(((key,), message))
            continue
        name, _, part = key.partition(".")
        at: Any = draft.form.get(name)
        if part:
            at = at.get(part) if isinstance(at, Mapping) else None
        if (was := clean(at if isinstance(at, str) else "")) == row[2]:
            continue
        if name != "tanggal":
            _say_dated(draft, (name,), was, row[2])
        if part:
            dates = draft.form.get(name)
            draft.form[name] = {**(dates if isinstance(dates, Mapping) else {}), part: row[2]}
        elif row[2] or key != "nama":
            draft.form[name] = row[2]


def _say_dated(draft: Returned, path: Path, before: str, after: str) -> None:
    """Say if Excel may have made a date of what was typed ("5-10" under Waktu)."""
    if (_DAY.fullmatch(after) or parse_date(after)) and not parse_date(before):
        message = f"sel ini menjadi tanggal di Excel ({after}); tulis seperti yang dimaksud"
        draft.open.append((path, message))


def _signer(text: str) -> dict[str, Plain] | None:
    """Who approves, from the lines that the sheet shows: title, name, and a line of digits."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    nip = next((line for line in lines if _NIP.fullmatch(line)), None)
    others = [line for line in lines if line != nip]
    said = {"jabatan": others[0] if others else None, "nama": " ".join(others[1:]) or None}
    return {
        **{key: text for key, text in said.items() if text},
        **({"nip": nip.partition(".")[2].strip() or nip} if nip else {}),
    } or None


def _read_table(
    draft: Returned, sheet: Sheet, begin: int, ids: Sequence[str], own: Sequence[str], path: Path
) -> tuple[int, list[dict[str, Any]]]:
    """The steps below a header, each from its JSON and the cells that were changed; the row after them."""
    rows, beside = sheet.rows, sheet.rows[begin].index(DATA_HEADING, BEFORE)
    found: list[tuple[dict[str, Any], tuple[str, ...]]] = []
    end = _table_head(rows, begin + 1) or len(rows)
    after = begin + 2
    for at in range(begin + 2, end):
        row = (*rows[at], *[""] * (beside + 1))[: beside + 1]
        adjoins = any(rows[at]) and at == after
        numbered = _NUMBER.fullmatch(row[0]) is not None and bool(row[1])
        if not (row[beside] or adjoins or numbered):  # a blank line between steps ends nothing
            continue
        cell = place_of(sheet, at + 1, beside + 1)
        form = loaded(row[beside], cell, draft.refused) if row[beside] else {}  # a row added in Excel
        form = held(form, STEP_FIELDS, cell, draft.refused) if isinstance(form, dict) else {}
        found.append((form, row[:beside]))
        _unread(draft, sheet, at, beside + 1)
        after = at + 1
    number = 0
    steps: list[dict[str, Any]] = []
    known: dict[str, dict[str, Any]] = {}
    for n, (form, cells) in enumerate(found):
        if isinstance(id := form.get("id"), str) and known.get(id) == form:  # the whole row, so a copy
            form = {key: value for key, value in form.items() if key != "id"}
            message = f"baris ini salinan langkah '{id}', jadi langkah baru; pastikan alurnya"
            draft.open.append(((*path, n), message))
        elif isinstance(id, str):
            known[id] = form
        step, number = _step(draft, form, cells, ids, own, number, (*path, n))
        steps.append(step)
    return after, steps


def _unread(draft: Returned, sheet: Sheet, at: int, first: int) -> None:
    """Say which cells of a row are not read, from a column on."""
    for column, text in enumerate(sheet.rows[at][first:], first + 1):
        if text:
            said = f"'{shorten(text, 60, placeholder='…')}' tidak dibaca"
            draft.refused.append(told(place_of(sheet, at + 1, column), said, "salin ke tempatnya di draf"))


def _step(
    draft: Returned,
    form: dict[str, Any],
    cells: Sequence[str],
    ids: Sequence[str],
    own: Sequence[str],
    last: int,
    path: Path,
) -> tuple[dict[str, Any], int]:
    """One step, and the last plain number up to it."""
    step = dict(form)
    values = dict(zip(("no", "uraian"), cells[:2], strict=True))
    values |= dict(zip(own, cells[len(cells) - len(own) :], strict=True))
    for key in ("uraian", *own):
        before = form.get(key)
        if (was := clean(before if isinstance(before, str) else "")) != values[key]:
            step[key] = values[key]
            _say_dated(draft, (*path, key), was, values[key])
    if "no" not in form:
        last += 1  # counted on, wherever the row stands now
        if not form and values["no"] != str(last):
            step["no"] = values["no"]
    else:
        written = form["no"] if isinstance(form["no"], str) else ""
        if clean(written) != values["no"]:
            step["no"] = written = values["no"]
        last = int(written) if written.isdecimal() and len(written) < 9 else last
    marked = [id for id, mark in zip(ids, cells[BEFORE : len(cells) - len(own)], strict=False) if mark]
    if marked != [id for id in ids if id in _actors(form)]:
        for key in ("simbol", "hubungan"):
            step.pop(key, None)
        step["pelaksana"] = marked[0] if len(marked) == 1 else marked or None
        draft.open.append(((*path, "pelaksana"), "pelaksana langkah ini diubah di Excel; pastikan alurnya"))
    return step, last


def _actors(form: Mapping[str, Any]) -> set[str]:
    """Actors that a step names, in its short or long form."""
    parts = form["simbol"] if isinstance(form.get("simbol"), list) else [form]
    named = [part.get("pelaksana") for part in parts if isinstance(part, dict)]
    return {
        id for who in named for id in ([who] if isinstance(who, str) else who or []) if isinstance(id, str)
    }
