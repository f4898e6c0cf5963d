"""Sheets + registers → draft SOPs as plain values, and what was left open. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.validate.read import like_id, like_slug
from generator.data.writing.form import sop_form
from generator.data.writing.yaml_style import Plain
from generator.form import LABEL_RESMI
from generator.form.boxes import BOXES, ValueKind
from generator.form.columns import COLUMNS
from generator.model.problems import Problem
from generator.reading.tables.activity import CELLS, Row, Table, list_lines, tables
from generator.reading.tables.grid import Rows, Sheet
from generator.reading.tables.identity import IdentityBlock, identities, plain

_LINES = tuple(column.field for column in COLUMNS if column.lines)
Path = tuple[str | int, ...]


class Draft(Struct):
    """A draft: its slug, its plain values, what is open (where, and what a person has to do), and what of the
    table's own data was refused."""

    slug: str
    form: dict[str, Plain]
    open: list[tuple[Path, str]] = []
    refused: list[Problem] = []


OPENING = ("klasifikasi", "judul_terbuka", "dokumen_resmi", "sidik_data", "tanda_tangan", "tinjauan")
"""Keys by which something becomes public, or is said to be signed or reviewed."""


def closed(draft: Draft, registers: Catalogue | None) -> None:
    """Take from a draft what would make it public, unless the SOP of that name in the data says just the
    same: who may read an SOP is said by its agency, not by a file that came in."""
    known = registers.sop.get(draft.slug) if registers else None
    said = sop_form(known) if known else {}
    for key in OPENING:
        if key in draft.form and draft.form[key] != said.get(key):
            told = f"{key} '{draft.form.pop(key)}' dari buku kerja tidak dibawa; isi sendiri bila benar"
            draft.open.append((("nama",), told))


def drafts(sheet: Sheet, registers: Catalogue | None) -> list[Draft]:
    """The SOPs of a sheet. Laws, units and actors are known by their exact words in the registers."""
    return [_draft(identity, found, sheet, registers) for identity, found in _pairs(sheet)]


def _pairs(sheet: Sheet) -> list[tuple[IdentityBlock | None, list[tuple[str, Table]]]]:
    """Identity blocks with the tables that belong to them: those below, up to the next block. A table above
    the first block belongs to it."""
    parts: list[IdentityBlock | tuple[str, Table]] = []
    at = 0
    for table in tables(sheet.rows):
        title, stretch = _title(sheet.rows[at : table.begin])
        parts += [*identities(stretch, sheet.lines), (title, table)]
        at = table.end
    parts += identities(sheet.rows[at:], sheet.lines)
    pairs: list[tuple[IdentityBlock | None, list[tuple[str, Table]]]] = []
    early: list[tuple[str, Table]] = []
    for part in parts:
        if isinstance(part, IdentityBlock):
            pairs.append((part, early))
            early = []
        elif pairs:
            pairs[-1][1].append(part)
        else:
            early.append(part)
    return pairs or ([(None, early)] if early else [])


def _title(rows: Rows) -> tuple[str, Rows]:
    """The line right above a table, if it stands alone, and the rows before it."""
    last = next((n for n in range(len(rows) - 1, -1, -1) if any(rows[n])), None)
    if last is None:
        return "", rows
    filled = [plain(cell) for cell in rows[last] if cell]
    alone = last == 0 or not any(rows[last - 1])
    title = filled[0]
    if len(filled) > 1 or not alone or title[:2] in ("1.", "- ") or ":" in title:
        return "", rows
    return title, rows[:last]


def _draft(
    identity: IdentityBlock | None,
    found: Sequence[tuple[str, Table]],
    sheet: Sheet,
    registers: Catalogue | None,
) -> Draft:
    said = identity or IdentityBlock()
    name = said.values.get("nama") or next((title for title, _ in found if title), "") or sheet.name
    form: dict[str, Any] = {"nama": name, "nomor": said.values.get("nomor"), "unit": None}
    draft = Draft(like_slug(name, "sop-tanpa-nama"), form)
    if "nama" not in said.values:
        draft.open.append((("nama",), "Nama SOP tidak ada pada berkas; ini judul tabel atau nama lembarnya"))
    _unit(draft, said, registers)
    form["tanggal"] = {
        key: said.values[key] for key in ("pembuatan", "revisi", "efektif") if key in said.values
    }
    if "disahkan_oleh" in said.values:
        form["disahkan_oleh"] = {"jabatan": said.values["disahkan_oleh"]}
    _laws(draft, said.boxes.get("dasar_hukum", []), registers)
    for key in (box.key for box in BOXES if box.kind is ValueKind.LINES):
        form[key] = "\n".join(said.boxes.get(key, [])) or None
    form["keterkaitan"] = [_item(line) for line in said.boxes.get("keterkaitan", [])]
    for key in said.shared:
        message = f"daftar ini dianggap isi {LABEL_RESMI[key]} dari letaknya; pastikan"
        draft.open.append(((key,), message))
    form["label"] = _labels(found, registers)
    _tables(draft, found, registers)
    draft.open.append((("nama",), "klasifikasi belum diisi; selama kosong, SOP ini draf"))
    draft.form = {
        key: value
        for key, value in form.items()
        if value not in ({}, []) and (value is not None or key == "unit")
    }
    return draft


def _unit(draft: Draft, said: IdentityBlock, registers: Catalogue | None) -> None:
    units = registers.unit.values() if registers else ()
    unit = next((unit for unit in units if said.kop and list(unit.kop) == said.kop), None)
    draft.form["unit"] = unit.id if unit else None
    if unit is None:
        draft.form["kop"] = "\n".join(said.kop) or None
        draft.open.append((("unit",), f"unit belum diketahui; isi id dari {_place(registers, 'unit')}"))


def _place(registers: Catalogue | None, name: str) -> str:
    return registers.place(name) if registers else f"{name}.yml"


def _laws(draft: Draft, lines: Sequence[str], registers: Catalogue | None) -> None:
    laws = registers.hukum.values() if registers else ()
    ids = {" ".join(law.kutipan.split()): law.id for law in laws}
    known = []
    for line in lines:
        text = _item(line)
        if text in ids:
            known.append(ids[text])
        else:
            draft.open.append((("dasar_hukum",), f"belum ada di {_place(registers, 'hukum')}: {text}"))
    draft.form["dasar_hukum"] = known


def _item(line: str) -> str:
    """A line of a list without its marker."""
    head, _, rest = line.partition(" ")
    return rest.strip() if rest and (head in ("-", "•") or head.rstrip(".)").isdigit()) else line


def _labels(found: Sequence[tuple[str, Table]], registers: Catalogue | None) -> dict[str, str]:
    """Headings that are not those of the agency."""
    usual = {**LABEL_RESMI, **(registers.instansi.label if registers else {})}
    said = {key: text for _, table in found for key, text in reversed(table.headings.items())}
    return {key: said[key] for key in usual if key in said and said[key] != usual[key]}


def _tables(draft: Draft, found: Sequence[tuple[str, Table]], registers: Catalogue | None) -> None:
    several = len(found) > 1
    forms = []
    for n, (title, table) in enumerate(found):
        at: Path = ("alur", n) if several else ()
        ids = _actors(draft, table, at, registers)
        steps = [_step(draft, row, table, ids, (*at, "kegiatan", r), r) for r, row in enumerate(table.rows)]
        forms.append({"title": title or None, "pelaksana": ids, "kegiatan": _renumbered(steps)})
    if several:
        draft.form["alur"] = [
            {
                **({"judul": form["title"]} if form["title"] else {}),
                "pelaksana": form["pelaksana"],
                "kegiatan": form["kegiatan"],
            }
            for form in forms
        ]
    elif forms:
        (form,) = forms
        draft.form |= {
            "judul_tabel": form["title"],
            "pelaksana": form["pelaksana"],
            "kegiatan": form["kegiatan"],
        }
    else:
        draft.open.append((("nama",), "tidak ada tabel kegiatan pada berkas ini"))
    if forms:
        draft.open.append(
            (
                ("kegiatan",) if not several else ("alur",),
                "arah panah, keputusan, awal dan akhir tidak terbaca dari tabel; lengkapi",
            )
        )


def _actors(draft: Draft, table: Table, at: Path, registers: Catalogue | None) -> list[str]:
    known = {actor.nama.casefold(): actor.id for actor in (registers.pelaksana.values() if registers else ())}
    ids: list[str] = []
    for n, heading in enumerate(table.actors):
        id = known.get(heading.casefold())
        if id is None:
            id = like_id(heading) or f"pelaksana-{n + 1}"
            place = _place(registers, "pelaksana")
            draft.open.append(((*at, "pelaksana", n), f"pelaksana '{heading}' belum ada di {place}"))
        ids.append(id)
    if not ids:
        draft.open.append(((*at, "pelaksana"), "tabel ini tidak punya kolom pelaksana"))
    return ids


def _step(draft: Draft, row: Row, table: Table, ids: Sequence[str], at: Path, number: int) -> dict[str, Any]:
    marked = [id for id, mark in zip(ids, row.marks, strict=True) if mark]
    step: dict[str, Any] = {"no": row.no, "uraian": " ".join(row.uraian.split())}
    step["pelaksana"] = marked[0] if len(marked) == 1 else marked or None
    if not marked and len(ids) == 1:
        step["pelaksana"] = ids[0]  # a table of one actor leaves no other
    elif not marked:
        draft.open.append(((*at, "pelaksana"), f"pelaksana langkah {row.no or number + 1} tidak terbaca"))
    elif len(marked) > 1:
        message = f"langkah {row.no or number + 1} ditandai pada beberapa kolom; pastikan siapa dan bagaimana"
        draft.open.append(((*at, "pelaksana"), message))
    for key in CELLS:
        text = row.cells.get(key, "")
        step[key] = (list_lines(text) if key in _LINES else " ".join(text.split())) or None
    return {key: value for key, value in step.items() if value is not None or key == "pelaksana"}


def _renumbered(steps: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Numbers that only count on are left to be counted."""
    last = 0
    found = []
    for step in steps:
        bare = step["no"].strip("(). ")
        if bare == str(last + 1):
            last += 1
            step = {key: value for key, value in step.items() if key != "no"}
        elif bare.isdecimal():
            last = int(bare)
        found.append(step)
    return found
