"""The identity block under the pen → its parts as HTML, and the texts of its fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from generator.data.writing.lines import Path
from generator.data.writing.operations import value_at
from generator.edit.known import Known
from generator.edit.page.render import fill
from generator.edit.page.table import field
from generator.edit.steps import listed
from generator.form.boxes import BOXES, FIELDS, FormBox, ValueKind
from generator.model.klasifikasi import Klasifikasi
from generator.model.sop import SOP

SIGNER = (("jabatan", "Jabatan yang mengesahkan"), ("nama", "Nama yang mengesahkan"), ("nip", "NIP"))


class Item(Struct, frozen=True):
    """A law or a related SOP as it stands in its box."""

    words: str
    note: str = ""


def identity(sop: SOP, values: Mapping[str, Any], known: Known, label: Mapping[str, str]) -> Markup:
    """The block as the official form has it, every value a field."""
    agency, unit = known.register.instansi, known.register.unit.get(sop.unit)
    boxes = [
        (box, field(place(box), box.path, label[box.key]) if box.kind is ValueKind.LINES else Markup())
        for box in BOXES
    ]
    return fill(
        "identitas.html",
        {
            "label": label,
            "kop": _letterhead(sop, known),
            "lambang": known.emblem,
            "alamat": agency.alamat,
            "isian": [(box, _fields(box, label)) for box in FIELDS],
            "pasangan": list(zip_longest(boxes[::2], boxes[1::2])),
            "butir": {
                "dasar_hukum": _laws(values, known),
                "keterkaitan": _related(values, known),
            },
            "unit": unit.nama if unit else "",
            "klasifikasi": sop.klasifikasi or "",
            "pilihan": [str(one) for one in Klasifikasi],
        },
    )


def identity_values(sop: SOP, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The texts of the fields by their ids."""
    for box in (*FIELDS, *BOXES):
        if box.kind is ValueKind.SIGNER:
            signer = values.get("disahkan_oleh")
            for key, _ in SIGNER:
                found = signer.get(key) if isinstance(signer, Mapping) else None
                yield f"i-{box.key}-{key}", str(found or "")
        elif box.kind is ValueKind.LINES:
            yield place(box), "\n".join(box.of(sop))
        elif box.kind in (ValueKind.TEXT, ValueKind.DATE):
            yield place(box), str(value_at(values, box.path) or "")


def place(box: FormBox) -> str:
    """The id of a field."""
    return f"i-{'-'.join(box.path)}"


def _fields(box: FormBox, label: Mapping[str, str]) -> Markup:
    if box.kind is ValueKind.SIGNER:
        return Markup("").join(
            Markup('<div class="pengesah"><span class="kecil">{}</span>{}</div>').format(
                words.removesuffix(" yang mengesahkan"), _one((box.key, key), f"i-{box.key}-{key}", words)
            )
            for key, words in SIGNER
        )
    made = _one(box.path, place(box), label[box.key])
    if box.kind is ValueKind.DATE:
        return Markup('<div class="tanggal">{}<button type="button" class="kalender" data-untuk="{}"'
                      ' aria-label="Pilih {} dari kalender">▦</button>'
                      '<input type="date" class="pemilih" tabindex="-1" aria-hidden="true"></div>').format(
            made, place(box), label[box.key]
        )  # fmt: skip
    return made


def _one(path: Path, id: str, name: str) -> Markup:
    return field(id, path, name, lines=False)


def _letterhead(sop: SOP, known: Known) -> tuple[str, ...]:
    """Letterhead lines: its own, else its unit's, else the names of the units from the top."""
    units = known.register.unit
    chain, at = [], sop.unit
    while at in units and units[at] not in chain:
        chain.append(units[at])
        at = units[at].induk or ""
    lines = sop.kop or next((unit.kop for unit in chain if unit.kop), ())
    return lines or tuple(unit.nama for unit in reversed(chain))


def _laws(values: Mapping[str, Any], known: Known) -> list[Item]:
    laws = known.register.hukum
    return [
        Item(laws[id].kutipan) if id in laws else Item(str(id), "tidak ada di daftar peraturan")
        for id in map(str, listed(values.get("dasar_hukum")))
    ]


def _related(values: Mapping[str, Any], known: Known) -> list[Item]:
    found = []
    for one in listed(values.get("keterkaitan")):
        slug = one.get("sop") if isinstance(one, Mapping) else None
        words = one.get("teks") if isinstance(one, Mapping) else one
        name = known.names.get(str(slug), "") if slug else ""
        note = (
            ""
            if slug is None
            else f"SOP {name}"
            if name and name != words
            else ""
            if name
            else "SOP ini belum ada"
        )
        found.append(Item(str(words or name or slug or ""), note))
    return found
