"""Who reads a site, and what each of them sees: one table, closed by default.

An audience that the table does not name sees nothing. Nobody else asks who somebody is, only what they see
(``Catalogue.sees``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.model.named import named_sops
from generator.model.sop import SOP, Arah, Kegiatan, Klasifikasi, Pencabutan, Rujukan


class Audience(StrEnum):
    """Who reads a site."""

    PUBLIK = "publik"
    INTERNAL = "internal"


class Sight(Struct, frozen=True):
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


def narrowest(level: Klasifikasi | None) -> Sight | None:
    """What those see who see the least of all audiences that may read an SOP as open as this; None where
    nobody may."""
    may = [sight for sight in SIGHTS.values() if level in sight.levels]
    return min(may, key=lambda sight: len(sight.levels), default=None)


SOP_INTERNAL = "SOP internal"
"""What a page says instead of an SOP that its readers may not know."""
SOP_ELSEWHERE = "SOP instansi lain"
"""And instead of one that another agency does not publish, or has no more."""


def seen_by(sop: SOP, sees: Sight, kept: Collection[str], every: Mapping[str, SOP]) -> SOP:
    """The SOP without the notes of editors that are not seen and the name of any SOP that is not kept."""
    update: dict[str, Any] = {} if sees.notes or not sop.catatan else {"catatan": ()}
    if any(slug not in kept for slug in named_sops(sop)):
        update["keterkaitan"] = tuple(_hide_relation(related, kept, every) for related in sop.keterkaitan)
        update["pencabutan"] = sop.pencabutan and _hide_replacement(sop.pencabutan, kept, every)
        update["alur"] = tuple(
            replace(alur, kegiatan=tuple(_hide_in_step(s, kept, every) for s in alur.kegiatan))
            for alur in sop.alur
        )
    return replace(sop, **update) if update else sop


def _hide_relation(related: Rujukan, kept: Collection[str], every: Mapping[str, SOP]) -> Rujukan:
    if related.sop is None or related.sop in kept:
        return related
    return Rujukan(teks=_public_name(related.sop, related.teks, every))


def _hide_replacement(revoked: Pencabutan, kept: Collection[str], every: Mapping[str, SOP]) -> Pencabutan:
    slug = revoked.pengganti
    if slug is None or slug in kept:
        return revoked
    return replace(revoked, pengganti=None, teks=_public_name(slug, None, every))


def _public_name(slug: str, cited: str | None, every: Mapping[str, SOP]) -> str:
    if "/" in slug:
        return SOP_ELSEWHERE
    sop = every.get(slug)
    return (cited or sop.nama) if sop and sop.judul_terbuka else SOP_INTERNAL


def _hide_in_step(step: Kegiatan, kept: Collection[str], every: Mapping[str, SOP]) -> Kegiatan:
    def ways(arah: tuple[Arah, ...] | None) -> tuple[Arah, ...] | None:
        return arah and tuple(
            way
            if way.sop is None or way.sop in kept
            else Arah(label=way.label, teks=_public_name(way.sop, None, every))
            for way in arah
        )

    def own(slug: str | None) -> str | None:
        return slug if slug in kept else None

    symbols = tuple(replace(s, sop=own(s.sop), arah=ways(s.arah)) for s in step.simbol)
    return replace(step, sop=own(step.sop), arah=ways(step.arah), simbol=symbols)
