"""The keys of ``validate.schema`` (+ the ids of a data folder) → JSON Schema of an SOP file.

For editors (the YAML extension of VS Code completes and checks from it). It describes the file as written,
short and long forms; ``sop check`` stays the judge, so wherever the two could differ the schema allows more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from generator.data.validate.read import ID, Field
from generator.data.validate.schema import (
    DATE_FIELDS,
    READING_FIELDS,
    RELATION_FIELDS,
    REVIEW_FIELDS,
    REVOCATION_FIELDS,
    SIGNATURE_FIELDS,
    SIGNER_FIELDS,
    SOP_FIELDS,
    VERSION_FIELDS,
)
from generator.data.validate.steps import (
    BERIKUTNYA,
    CHART_FIELDS,
    ENDS,
    STEP_FIELDS,
    SYMBOL_FIELDS,
    TARGET_FIELDS,
)
from generator.form import LABELS
from generator.form.boxes import BOXES, ValueKind
from generator.form.columns import CELLS
from generator.form.symbols import Bentuk
from generator.model.klasifikasi import Klasifikasi
from generator.model.records import Keutuhan, Sertifikat
from generator.model.sop import Garis, Hubungan, Kapsul, Keyakinan

SCHEMA_FILE = "skema-sop.json"
"""Its name in the data folder."""
SCHEMA_LINE = f"# yaml-language-server: $schema=../{SCHEMA_FILE}"
"""First line of an SOP file, by which the editor finds the schema."""

Schema = dict[str, Any]

_SCALAR: Schema = {"type": ["string", "number", "boolean", "null"]}
"""Text: YAML takes some of it for numbers, we do not."""


def sop_schema(ids: Mapping[str, Iterable[str]] | None = None) -> Schema:
    """The schema; ``ids`` are the names to offer: unit, pelaksana, hukum, sop."""
    known = {kind: sorted(found) for kind, found in (ids or {}).items()}
    defs = {
        "teks": _SCALAR,
        "baris": {"anyOf": [_SCALAR, _list(_SCALAR)]},
        **{kind: _name(known.get(kind, [])) for kind in ("unit", "pelaksana", "hukum", "sop")},
        "tujuan": _target(),
        "keputusan": _branches(),
        "lanjut": {"anyOf": [_ref("tujuan"), _list(_ref("tujuan")), _ref("keputusan")]},
        "simbol": _mapping(SYMBOL_FIELDS, _SYMBOL),
        "langkah": _mapping(STEP_FIELDS, _STEP, ["uraian"]),
        "tabel": _mapping(CHART_FIELDS, _CHART, ["pelaksana", "kegiatan"]),
    }
    schema = _mapping(SOP_FIELDS, _SOP, ["nama", "unit"])
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Berkas SOP",
        "description": "Satu SOP di sop_data/sop/. Pemeriksaan lengkap: sop check.",
        **schema,
        "anyOf": [{"required": ["pelaksana", "kegiatan"]}, {"required": ["alur"]}],
        "definitions": defs,
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_or_more(items: Schema) -> Schema:
    return {"anyOf": [items, _list(items), {"type": "null"}]}


def _or_blank(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _words(words: type[StrEnum] | Iterable[str]) -> Schema:
    return {"enum": [*(str(word) for word in words), None]}


def _name(known: list[str]) -> Schema:
    """A name by its id: those known are offered, others are left to ``sop check``."""
    return {"anyOf": [{"enum": known}, _SCALAR]} if known else dict(_SCALAR)


def _target() -> Schema:
    words = {"enum": [BERIKUTNYA, *ENDS]}
    shapes = {
        "sop": _ref("sop"),
        "pelaksana": _ref("pelaksana"),
        "dari": _ref("pelaksana"),
        "garis": _words(Garis),
    }
    return {"anyOf": [words, _SCALAR, {**_mapping(TARGET_FIELDS, shapes), "minProperties": 1}]}


def _branches() -> Schema:
    return {"type": "object", "additionalProperties": {"anyOf": [_ref("tujuan"), _list(_ref("tujuan"))]}}


def _mapping(
    fields: Mapping[str, Field], shapes: Mapping[str, Schema], required: Iterable[str] = ()
) -> Schema:
    """A mapping with these keys; a key without a shape of its own is text. ``Field.about`` describes it."""
    keys = {name: {"description": field.about, **shapes.get(name, _SCALAR)} for name, field in fields.items()}
    keys = {name: _beside(schema) for name, schema in keys.items()}
    return {
        "type": "object",
        "properties": keys,
        "additionalProperties": False,
        **({"required": list(required)} if required else {}),
    }


def _beside(schema: Schema) -> Schema:
    """In draft 7 nothing stands beside ``$ref``: wrap it, so that the description is read."""
    if "$ref" not in schema:
        return schema
    return {
        **{key: value for key, value in schema.items() if key != "$ref"},
        "allOf": [{"$ref": schema["$ref"]}],
    }


_ID: Schema = {"type": ["string", "null"], "pattern": f"^{ID.pattern}$"}
_YES_NO: Schema = {"enum": ["ya", "tidak", None]}
_FLOW: dict[str, Schema] = {
    "id": _ID,
    "pelaksana": _one_or_more(_ref("pelaksana")),
    "hubungan": _words(Hubungan),
    "keputusan": _or_blank(_branches()),
    "lanjut": _ref("lanjut"),
    "sop": _ref("sop"),
}
_SYMBOL: dict[str, Schema] = {**_FLOW, "bentuk": _words(Bentuk), "bersama": _YES_NO}
_STEP: dict[str, Schema] = {
    **_FLOW,
    "mulai": _words(Kapsul),
    "selesai": _words(Kapsul),
    "simbol": _or_blank(_list(_ref("simbol"))),
    **{column.field: _ref("baris") for column in CELLS if column.lines},
    "gabung": _one_or_more(_words(column.field for column in CELLS)),
}
_CHART: dict[str, Schema] = {
    "pelaksana": _one_or_more(_ref("pelaksana")),
    "kegiatan": _or_blank(_list(_ref("langkah"))),
}
_BOX: dict[ValueKind, Schema] = {
    ValueKind.TEXT: _SCALAR,
    ValueKind.LINES: _ref("baris"),
    ValueKind.LAWS: _one_or_more(_ref("hukum")),
    ValueKind.RELATED: _one_or_more({"anyOf": [_SCALAR, _mapping(RELATION_FIELDS, {"sop": _ref("sop")})]}),
}


_SIGNATURE: dict[str, Schema] = {
    "cap_waktu": _YES_NO,
    "keadaan": _words(Keutuhan),
    "sertifikat": _words(Sertifikat),
}
_MARKS: Schema = {"type": "object", "additionalProperties": _SCALAR}
_SOP: dict[str, Schema] = {
    "unit": _ref("unit"),
    "kop": _ref("baris"),
    "klasifikasi": _words(Klasifikasi),
    "judul_terbuka": _YES_NO,
    "versi": _or_blank(
        _mapping(VERSION_FIELDS, {"nomor": {"type": ["integer", "string"], "minimum": 1, "maximum": 999}})
    ),
    "tanggal": _or_blank(_mapping(DATE_FIELDS, {})),
    "pencabutan": _or_blank(_mapping(REVOCATION_FIELDS, {"pengganti": _ref("sop")}, ["tanggal"])),
    "disahkan_oleh": _or_blank(_mapping(SIGNER_FIELDS, {})),
    "tanda_tangan": _or_blank(_list(_mapping(SIGNATURE_FIELDS, _SIGNATURE, ["nama"]))),
    "tinjauan": _or_blank(_list(_mapping(REVIEW_FIELDS, {"dilihat": _MARKS}, ["tanggal", "oleh"]))),
    **{box.key: _BOX[box.kind] for box in BOXES},
    "label": _or_blank(
        {
            "type": "object",
            "properties": {
                key: {"description": f"Biasanya: {text}", **_SCALAR} for key, text in LABELS.items()
            },
            "additionalProperties": False,
        }
    ),
    "kolom": _one_or_more(_words(column.key for column in CELLS)),
    **_CHART,
    "alur": _or_blank(_list(_ref("tabel"))),
    "dugaan": _or_blank(_list(_mapping(READING_FIELDS, {"keyakinan": _words(Keyakinan)}, ["hal", "alasan"]))),
    "catatan": _ref("baris"),
}
