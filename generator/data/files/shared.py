"""Data folder of an agency among others → the registers that they share, and what an agency says otherwise.

Agencies lie in ``instansi/<id>/``, what they share in ``bersama/`` beside that folder. An entry of an agency
takes the place of the shared one of its id; that is told, and refused where it is another law.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

AGENCIES, COMMON = "instansi", "bersama"
"""Folder of the agencies, and of what they share."""
PORTAL = "portal.yml"
"""What is said of all agencies together."""
PORTAL_NAME = "Standar Operasional Prosedur"
"""Its name where that does not say one."""
SHARED = ("pelaksana", "hukum", "leksikon")
"""The registers that can be shared."""


def holds_agencies(data: Path) -> bool:
    """Whether a data folder is one of several agencies."""
    return (data / AGENCIES).is_dir() or (data / PORTAL).is_file()


def shared_folder(data: Path) -> Path | None:
    """The folder of what an agency shares with others, None for one that stands alone."""
    home = data.absolute().parent
    if home.name != AGENCIES or not (home.parent / COMMON).is_dir():
        return None
    return data.parent.parent / COMMON if data.parent.name == AGENCIES else home.parent / COMMON


def portal_folder(data: Path) -> Path | None:
    """The folder of all agencies, for the data folder of one that lies in it; None for one that does not."""
    home = data.absolute().parent
    if home.name != AGENCIES:
        return None
    return data.parent.parent if data.parent.name == AGENCIES else home.parent


def place_of_agency(home: Path, written: str) -> Path:
    """The folder that ``portal.yml`` in ``home`` names, without the steps back where they lead there too."""
    named = home / written
    short = Path(os.path.normpath(named))
    return short if short.resolve() == named.resolve() else named


_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_LONGEST = 80
"""Letters of an id."""
_CROSSING = re.compile(rb"(?<![\w./:-])([a-z][a-z0-9-]{0,79}/[a-z0-9][a-z0-9-]{0,79})(?![\w./-])")


def crossing_names(data: Path) -> frozenset[str]:
    """What may name an SOP of another agency (``instansi/id``) in the SOPs of an agency. Found in the
    bytes, so that some may be other words with a stroke."""
    return frozenset(name for _, name in _crossing(data))


def _crossing(data: Path) -> Iterator[tuple[str, str]]:
    """The same, each with the SOP that it stands in."""
    for part in ("sop", "versi"):
        for path in sorted((data / part).rglob("*.yml")):
            with suppress(OSError):
                if path.is_file() and not path.is_symlink():
                    slug = path.stem if part == "sop" else path.parent.name
                    yield from ((slug, name) for name in _names(path.read_bytes()))


def _names(text: bytes) -> Iterator[str]:
    """The same in a text. Strokes are few, so that only what stands around each is looked at."""
    end, stroke = 0, text.find(b"/")
    while stroke != -1:
        if found := _CROSSING.search(text, max(end, stroke - _LONGEST), stroke + _LONGEST + 2):
            yield found[1].decode()
            end = found.end()
        stroke = text.find(b"/", max(stroke + 1, end))


def naming(folders: Mapping[str, Path]) -> dict[str, frozenset[str]]:
    """For agencies by their ids: which SOPs of the others (``instansi/id``) may name one of theirs."""
    found: dict[str, set[str]] = {id: set() for id in folders}
    for id, folder in folders.items():
        for slug, name in _crossing(folder):
            if (named := name.partition("/")[0]) in found and named != id and _SLUG.fullmatch(slug):
                found[named].add(f"{id}/{slug}")
    return {id: frozenset(names) for id, names in found.items()}
