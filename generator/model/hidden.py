"""SOP → the same SOP without what its readers may not know."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import replace

from generator.model.named import named_sops
from generator.model.sop import SOP, Arah, Kegiatan, Pencabutan, Rujukan

SOP_INTERNAL = "SOP internal"
"""What a page says instead of an SOP that its readers may not know."""
SOP_ELSEWHERE = "SOP instansi lain"
"""And instead of one that another agency does not publish, or has no more."""


def without_hidden(sop: SOP, notes: bool, kept: Collection[str], every: Mapping[str, SOP]) -> SOP:
    """Without the notes of editors, unless they are seen, and the name of any SOP that is not kept."""
    update: dict[str, Any] = {} if notes or not sop.catatan else {"catatan": ()}
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
