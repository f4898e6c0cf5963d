"""New entries + data folder → the registers with them, everything that stood there to the byte."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.data.load import MappingNode
from generator.data.registers import files_of, load_register
from generator.data.writing.files import plain_file
from generator.data.writing.lines import plain
from generator.data.writing.operations import NotApplied, Put, apply
from generator.data.writing.order import REGISTER_ORDERS, ordered
from generator.data.writing.trees import read_tree
from generator.data.writing.yaml_style import to_yaml
from generator.edit.fields import Refused
from generator.edit.known import NewEntry
from generator.model.problems import errors


def with_entries(data: Path, entries: Iterable[NewEntry]) -> dict[Path, bytes]:
    """The registers that get entries which they do not have. Raises ``Refused`` where one cannot be read."""
    texts: dict[Path, str] = {}
    new = {(entry.register, entry.id): entry for entry in entries}
    for entry in new.values():
        tree, found = load_register(data, entry.register)
        problems = errors(found)
        if problems and tree is not None:
            raise Refused(f"daftar {entry.register} harus dibetulkan dahulu: {problems[0].message}")
        if isinstance(tree, MappingNode) and entry.id in tree.entries:
            continue
        path = plain_file(files_of(data, entry.register)[-1])
        if path not in texts:
            texts[path] = path.read_text(encoding="utf-8") if path.exists() else ""
        texts[path] = with_entry(texts[path], entry)
    return {path: text.encode() for path, text in texts.items()}


def with_entry(text: str, entry: NewEntry) -> str:
    """The text of a register with an entry more, at its end."""
    order = REGISTER_ORDERS[entry.register]
    written = to_yaml({entry.id: ordered(entry.form, order.every)})
    end = "" if not text.strip() else text if text.endswith("\n") else text + "\n"
    parted = "\n" if "\n\n" in text and end else ""
    done = f"{end}{parted}{written}"
    before, after = read_tree(text)[0], read_tree(done)[0]
    old = plain(before) if isinstance(before, MappingNode) else {}
    if after is not None and isinstance(old, dict) and plain(after) == {**old, entry.id: entry.form}:
        return done
    try:
        return apply(text, [Put((entry.id,), entry.form)], order)
    except NotApplied as error:
        raise Refused(f"daftar {entry.register} tidak dapat ditambah ({error})") from error
