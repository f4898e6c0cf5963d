"""Who reads a site, and what each of them sees: one table, closed by default.

An audience that the table does not name sees nothing. Nobody else asks who somebody is, only what they see
(``Catalogue.sees``). Loads nothing of SOPs, as every command asks which audiences there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from generator.model.klasifikasi import Klasifikasi


class Audience(StrEnum):
    """Who reads a site."""

    PUBLIK = "publik"
    INTERNAL = "internal"


class Sight(NamedTuple):
    """What readers see. What is not said here they do not see."""

    levels: frozenset[Klasifikasi | None] = frozenset()
    """SOPs and versions that are as open as this; None: those that do not say it."""
    drafts: bool = False
    """Drafts of revisions."""
    notes: bool = False
    """The notes of editors."""
    unused_entries: bool = False
    """Entries of the registers that no SOP names."""
    openness: bool = False
    """How open each SOP is, and what else is about its file and not of the form."""
    problems: bool = False
    """What the check found."""
    readings: bool = False
    """The list of what was read into the sources."""
    health: bool = False
    """What is left blank and what is to be done."""
    open_pages: bool = False
    """Hand-written pages that say ``pembaca: publik``."""
    other_pages: bool = False
    """All other hand-written pages."""
    known_address: bool = False
    """That their site stands at the address that the agency has published (``situs``)."""
    own_address: bool = False
    """That their site stands at the address for the inside (``situs_internal``); others do not know it."""
    label: str | None = None
    """What the name of their site adds to that of the agency; None: the word for the audience."""
    folder: str | None = None
    """Where their site stands in the output folder, and its name on the command line; None: as ``label``."""


_DRAFT = None
SIGHTS: Mapping[Audience, Sight] = {
    Audience.PUBLIK: Sight(
        levels=frozenset({Klasifikasi.PUBLIK}),
        open_pages=True,
        known_address=True,
        label="",
        folder="public",
    ),
    Audience.INTERNAL: Sight(
        levels=frozenset({Klasifikasi.PUBLIK, Klasifikasi.INTERNAL, _DRAFT}),
        drafts=True,
        notes=True,
        unused_entries=True,
        openness=True,
        problems=True,
        readings=True,
        health=True,
        open_pages=True,
        other_pages=True,
        own_address=True,
    ),
}
"""What each audience sees. ``dikecualikan`` is in no row."""

_WHOLE = Sight(
    levels=frozenset({*Klasifikasi, _DRAFT}),
    drafts=True,
    notes=True,
    unused_entries=True,
    openness=True,
    problems=True,
    readings=True,
    health=True,
    open_pages=True,
    other_pages=True,
    label="semua",
)
"""What those see who hold the data themselves."""


def sight_of(audience: Audience | None) -> Sight:
    """What an audience sees; None: who holds the data."""
    return _WHOLE if audience is None else SIGHTS.get(audience, Sight())


def label_of(audience: Audience | None) -> str:
    """What the name of an audience's site adds, "" for nothing."""
    label = sight_of(audience).label
    return str(audience) if label is None else label


def folder_of(audience: Audience) -> str:
    """The folder of an audience's site in the output folder."""
    return sight_of(audience).folder or str(audience)


FOLDERS = {audience: folder_of(audience) for audience in Audience}
"""The folder of each audience's site, which is its name on the command line too."""


def readers(level: Klasifikasi | None) -> frozenset[Audience]:
    """All audiences that may read an SOP as open as this."""
    return frozenset(audience for audience, sight in SIGHTS.items() if level in sight.levels)


def narrowest(level: Klasifikasi | None) -> Sight | None:
    """What those see who see the least of all audiences that may read an SOP as open as this; None where
    nobody may."""
    may = [sight for sight in SIGHTS.values() if level in sight.levels]
    return min(may, key=lambda sight: len(sight.levels), default=None)


AUDIENCES = {name: audience for audience, name in FOLDERS.items()}
"""Whom a site or a document is for, by the word on the command line."""
