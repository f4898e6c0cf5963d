"""Data folder of an agency among others → the registers that they share, and what an agency says otherwise.

Agencies lie in ``instansi/<id>/``, what they share in ``bersama/`` beside that folder. An entry of an agency
takes the place of the shared one of its id; that is told, and refused where it is another law.
"""

from __future__ import annotations

from pathlib import Path

AGENCIES, COMMON = "instansi", "bersama"
"""Folder of the agencies, and of what they share."""
PORTAL = "portal.yml"
"""What is said of all agencies together."""
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
