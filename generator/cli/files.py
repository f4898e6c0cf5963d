"""What the commands that write data files share: whom sites are for, the ids there are, the schema file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from generator.inputs import entries_in
from generator.load import Table
from generator.publish.site import FOLDERS
from generator.registers import REGISTERS, load_register
from generator.validate.read import suggest
from generator.writing.files import write_whole
from generator.writing.json_schema import SCHEMA_FILE, sop_schema

AUDIENCES = {name: audience for audience, name in FOLDERS.items()}
"""Whom a site or a document is for, by the word on the command line."""


def known_ids(data: Path) -> dict[str, list[str]]:
    """Ids of each register and the names of the SOPs, as far as the files can be read."""
    found: dict[str, list[str]] = {}
    for name in REGISTERS:
        tree, _ = load_register(data, name)
        found[name] = list(tree.entries) if isinstance(tree, Table) else []
    found["sop"] = sorted(path.stem for path in entries_in(data / "sop") if path.suffix == ".yml")
    return found


def schema_text(data: Path) -> str:
    """JSON Schema of the SOP files of a data folder, with its ids."""
    schema: dict[str, Any] = sop_schema(known_ids(data))
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def write_schema(data: Path) -> Path:
    """Write the schema into the data folder, where the first line of each SOP file looks for it."""
    path = data / SCHEMA_FILE
    write_whole(path, schema_text(data).encode())
    return path


def sop_file(data: Path, slug: str) -> Path:
    """The file of an SOP; a slug that has none ends the command with the reason."""
    path = data / "sop" / f"{slug}.yml"
    if slug not in known_ids(data)["sop"]:
        raise click.ClickException(
            f"SOP '{slug}' tidak ada di {(data / 'sop').as_posix()}/. "
            f"{suggest(slug, known_ids(data)['sop'])}".strip()
        )
    return path
