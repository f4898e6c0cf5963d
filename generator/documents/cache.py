"""Finished documents, by what they are of and the hash of all that went into them. Deleting the store changes
nothing but the time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from generator.data.catalogue import Catalogue
from generator.store import Store

FILE = "dokumen.sqlite"
"""Name of the store in the cache."""


def prefix(data: Path, catalogue: Catalogue) -> str:
    """How the names begin of all documents of a data folder for one audience."""
    return f"{data.as_posix()} {catalogue.audience} "


def cached(store: Store, key: str, names: Iterable[str]) -> list[bytes] | None:
    """The files that the store has of these names under a key; None unless it has all."""
    found = [store.get(name, key) for name in names]
    return None if None in found else [data for data in found if data is not None]


def keep(store: Store, key: str, files: Mapping[str, bytes]) -> None:
    """Put files by their names into the store, in place of the last of the same names."""
    for name, data in files.items():
        store.put(name, key, data)


def forget_gone(store: Store, data: Path, catalogue: Catalogue, paths: Collection[str]) -> None:
    """Forget the documents that a site no longer has."""
    mine = prefix(data, catalogue)
    store.forget_others(lambda name: not name.startswith(mine) or name.removeprefix(mine) in paths)
