"""The structs of the open data → the JSON Schemas that are published."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from generator.formats.open_data import flow_structs, structs

SCHEMAS = ("data/skema/sop.schema.json", "data/skema/daftar.schema.json")
"""Addresses of the schemas of one record and of the file of all, from the top of the site."""
_HEAD = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
_LOCAL = "#/$defs/"
_NAMED: dict[type[Struct], str] = {
    flow_structs.SpanRecord: "rentang",
    flow_structs.DateRecord: "tanggal",
    flow_structs.TimeRecord: "waktu",
    structs.LawRecord: "peraturan",
    flow_structs.StepRecord: "kegiatan",
    flow_structs.NodeRecord: "simbol",
    flow_structs.EdgeRecord: "panah",
    flow_structs.FlowRecord: "alur",
}
"""Parts of a record that the schema names; all others stand where they are used."""


@cache
def schema_files() -> Mapping[str, bytes]:
    """The published JSON Schemas by address from the top of the site."""
    named = {kind.__name__: f"{_LOCAL}{name}" for kind, name in _NAMED.items()}
    record, parts = _schema(structs.SopRecord, named)
    record |= {"$defs": {name: parts[kind.__name__] for kind, name in _NAMED.items()}}
    whole, _ = _schema(structs.ListRecord, {structs.SopRecord.__name__: SCHEMAS[0].rpartition("/")[2]})
    made = ({**_HEAD, "title": "SOP", **record}, {**_HEAD, "title": "Semua SOP", **whole})
    return {path: indented(msgspec.json.encode(one)) for path, one in zip(SCHEMAS, made, strict=True)}


def indented(json: bytes) -> bytes:
    """JSON as it stands in a file that people read too."""
    return msgspec.json.format(json, indent=1) + b"\n"


def _schema(kind: type[Struct], elsewhere: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The schema of a struct, and those of all that it consists of by their names; ``elsewhere`` are the
    addresses of what is not to stand where it is used."""
    _, found = msgspec.json.schema_components([kind], ref_template="{name}")

    def placed(value: Any) -> Any:
        if isinstance(value, list):
            return [placed(one) for one in value]
        if not isinstance(value, dict):
            return value
        names = [key for key in ("$ref", "title") if isinstance(value.get(key), str)]  # else a property
        more = {key: placed(one) for key, one in value.items() if key not in names}
        return told(value["$ref"]) | more if "$ref" in names else more

    def told(name: str) -> dict[str, Any]:
        return {"$ref": elsewhere[name]} if name in elsewhere else placed(found[name])

    return placed(found[kind.__name__]), {name: placed(one) for name, one in found.items()}
