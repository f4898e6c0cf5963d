"""What the commands that write data files share: the ids there are, the schema file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from generator.data.files.inputs import entries_in
from generator.data.files.refused import NotWritten
from generator.data.load import MappingNode
from generator.data.registers import REGISTERS, load_register
from generator.data.validate.read import is_slug, nearest, suggest
from generator.data.writing.files import file_in, lies_in, plain_file, write_whole
from generator.data.writing.json_schema import SCHEMA_FILE, sop_schema


def known_ids(data: Path) -> dict[str, list[str]]:
    """Ids of each register and the names of the SOPs, as far as the files can be read."""
    found: dict[str, list[str]] = {}
    for name in REGISTERS:
        tree, _ = load_register(data, name)
        found[name] = list(tree.entries) if isinstance(tree, MappingNode) else []
    files = entries_in(data / "sop")
    found["sop"] = sorted(path.stem for path in files if path.suffix == ".yml" and is_slug(path.stem))
    return found


def schema_text(data: Path) -> str:
    """JSON Schema of the SOP files of a data folder, with its ids."""
    schema: dict[str, Any] = sop_schema(known_ids(data))
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def write_schema(data: Path) -> Path:
    """Write the schema into the data folder, where the first line of each SOP file looks for it."""
    path = file_in(data_folder(data), SCHEMA_FILE)
    write_whole(path, schema_text(data).encode())
    return path


def data_folder(data: Path) -> Path:
    """The data folder, into which a command is to write. Raises ``NotWritten`` where it is none."""
    if not (data / "sop").is_dir():
        raise NotWritten(data, "ini bukan folder data SOP (tidak ada folder sop/ di dalamnya)", _WHERE)
    return data


_WHERE = "sebut foldernya dengan --data"
_FILES = frozenset({".bpmn", ".docx", ".html", ".pdf", ".png", ".svg", ".xlsx", ".zip"})


def named_files(files: Sequence[Path], data: Path) -> None:
    """Files that a command is to read must be there. An SOP is a file here, so its name alone is answered
    with that file. Raises UsageError."""
    for file in files:
        if file.exists():
            continue
        own = data / "sop" / f"{file.name.removesuffix('.yml')}.yml"
        near = nearest(file.name, (path.name for path in entries_in(file.parent)))
        found = own if own.is_file() else file.with_name(near) if near else None
        hint = f"maksud Anda {found.as_posix()}?" if found else "periksa nama dan foldernya"
        raise click.UsageError(f"berkas '{file.as_posix()}' tidak ada\n  saran: {hint}")


def sop_file(data: Path, slug: str) -> Path:
    """The file of an SOP; a slug that has none ends the command with the reason."""
    slugs = known_ids(data_folder(data))["sop"]
    if slug not in slugs:
        raise click.ClickException(
            f"SOP '{slug}' tidak ada di {(data / 'sop').as_posix()}/. {suggest(slug, slugs)}".strip()
        )
    return data / "sop" / f"{slug}.yml"


def result_file(path: Path, ending: str, data: Path) -> Path:
    """The file that a command is told to write its result into: of that kind, and none of the data folder.
    Raises ``NotWritten``."""
    if path.suffix.lower() != ending:
        raise NotWritten(path, f"nama hasil ini harus berakhir dengan {ending}", f"misalnya hasil{ending}")
    result_folder(path.parent, data)
    return plain_file(path)


def result_folder(folder: Path, data: Path) -> Path:
    """The folder that a command is told to write its results into: outside the data, in which they could
    take the place of a signed copy or a logo, and not named like a file. Raises ``NotWritten``."""
    if folder.suffix.lower() in _FILES and not folder.is_dir():
        hint = f"misalnya --out {folder.stem}; nama berkas di dalamnya dipilih program"
        raise NotWritten(folder, "yang disebut di sini folder, bukan nama berkas", hint)
    if data.is_dir() and lies_in(data, folder / "hasil"):
        hint = "sebut folder di luar folder data"
        raise NotWritten(folder, f"hasil tidak ditulis di dalam folder data {data.as_posix()}", hint)
    return folder
