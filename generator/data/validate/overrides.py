"""Registers of an agency and of all agencies → every shared entry that the agency says otherwise.

An entry of an agency takes the place of the shared one of its id; that is told, and refused where it is
another law.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.data.load import MappingNode, ScalarNode, Tree
from generator.model.problems import Problem, Severity

RULE = "bersama"
_MEANING: Mapping[str, tuple[str, ...]] = {"hukum": ("jenis", "nomor", "tahun"), "pelaksana": ("nama",)}
"""The keys of an entry by which it is the same thing under the same id."""


def overridden(name: str, own: Tree | None, shared: Tree | None) -> Iterator[Problem]:
    """Every shared entry that an agency says otherwise."""
    if not isinstance(own, MappingNode) or not isinstance(shared, MappingNode):
        return
    for id, entry in own.entries.items():
        if (first := shared.entries.get(id)) is None:
            continue
        here, there = entry.key.position, first.key.position
        said = f"'{id}' menggantikan isi daftar bersama ({there.file}:{there.line})"
        differs = [
            key for key in _MEANING.get(name, ()) if _text(entry.value, key) != _text(first.value, key)
        ]
        if differs and name == "hukum":
            message = f"{said}, padahal peraturannya lain ({', '.join(differs)})"
            hint = "beri peraturan ini id lain, atau betulkan yang keliru"
            yield Problem(here, Severity.ERROR, message, hint, RULE)
        elif differs:
            message = f"{said} dengan arti lain ({', '.join(differs)})"
            hint = "bila memang lain, beri id lain; bila sama, hapus yang di sini"
            yield Problem(here, Severity.WARNING, message, hint, RULE)
        else:
            yield Problem(here, Severity.WARNING, said, "bila tidak perlu lain, hapus yang di sini", RULE)


def _text(tree: Tree, key: str) -> str:
    """A value as it is compared: letters and spacing do not make another thing."""
    value = tree.get(key) if isinstance(tree, MappingNode) else None
    return " ".join(value.value.casefold().split()) if isinstance(value, ScalarNode) else ""
