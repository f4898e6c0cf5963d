"""What is known of SOPs, and the files beside their pages → the files of all SOPs; the ZIP file of each unit.

Each is taken over where nothing that it holds has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from zlib import ZLIB_RUNTIME_VERSION

import msgspec

from generator.build.known.records import TOLD, Records
from generator.build.tree import Tree
from generator.data.catalogue import Catalogue
from generator.formats.open_data.joined import Earlier, Files, Section, joined
from generator.formats.open_data.schema import SCHEMAS
from generator.formats.open_data.whole import unit_note, unit_path
from generator.site.open_files import bundled, list_files

KeyOf = Callable[..., str]
"""Makes the key of what depends on a name and these parts (bytes)."""

_ZIP = "zip "
"""How the notes of a tree begin on the ZIP files of units."""


class _Kept(msgspec.Struct, frozen=True):
    """What is known of the ZIP file of a unit: by which zlib it was compressed, and its sections."""

    zlib: str
    sections: list[Section]


def put_data(
    records: Records, pages: Sequence[tuple[str, str]], catalogue: Catalogue, known: bytes, key_of: KeyOf
) -> None:
    """Put the files of all SOPs and of each unit into the tree of ``records``; ``pages`` are titles and
    addresses of other pages, ``known`` tells all that the catalogue holds. Raises ValueError."""
    tree, runs = records.tree, records.runs()
    units = _put_units(tree, catalogue, records.keys, key_of)
    key = key_of("data", known, repr((pages, units)).encode("utf-8", "surrogatepass"))
    if not tree.take(key):
        schemas = dict(_read_all(tree, SCHEMAS))
        told = dict(tree.notes(TOLD))
        tree.add(key, files=list_files(runs, told, pages, schemas, _read_all(tree, units), catalogue))


def _put_units(tree: Tree, catalogue: Catalogue, keys: Mapping[str, str], key_of: KeyOf) -> dict[str, str]:
    """Put the ZIP files of all units that have SOPs into the tree; gives them with their keys."""
    found = {}
    for id, unit in catalogue.unit.items():
        if slugs := catalogue.of_unit[id]:
            path = unit_path(id)
            told = (ZLIB_RUNTIME_VERSION, unit.nama, [keys[slug] for slug in slugs])
            found[path] = key = key_of(path, repr(told).encode("utf-8", "surrogatepass"))
            if not tree.take(key):
                beside = unit_note(unit.nama, catalogue)
                sections = ((keys[slug], _files(tree, slug, catalogue)) for slug in slugs)
                _put_unit(tree, key, path, chain([(repr(beside), [beside])], sections))
    return found


def _put_unit(tree: Tree, key: str, path: str, sections: Iterable[tuple[str, Files]]) -> None:
    """Put the ZIP file of a unit into the tree; what the old one has of it is copied."""
    made, kept = list[Section](), tree.memory.note(f"{_ZIP}{path}")
    known = msgspec.msgpack.decode(kept, type=_Kept) if isinstance(kept, bytes) else _Kept("", [])
    earlier = None
    if tree.left(path) and known.zlib == ZLIB_RUNTIME_VERSION:
        earlier = Earlier(tree.old / path, known.sections)
    tree.add(key, files=[(path, joined(sections, earlier, made))])
    tree.add(key, notes=[(f"{_ZIP}{path}", msgspec.msgpack.encode(_Kept(ZLIB_RUNTIME_VERSION, made)))])


def _files(tree: Tree, slug: str, catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    return _read_all(tree, bundled(catalogue.sop[slug], catalogue.versions(slug)))


def _read_all(tree: Tree, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Files of the tree with what they hold; one whose place is taken is told as a clash."""
    for name in names:
        if (content := tree.read(name)) is not None:
            yield name, content
