"""Catalogue + a day → which SOPs are due for review. Reads no clock."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.data.revisions.marks import changed_since, last_review
from generator.model.dates import add_months, parse_date
from generator.model.sop import SOP


class ReviewState(StrEnum):
    """How a review stands on the day asked for."""

    TERLAMBAT = "terlambat"
    SEGERA = "segera"
    BELUM = "belum waktunya"
    TANPA_TANGGAL = "tanpa tanggal"


class Review(Struct, frozen=True):
    """The review of one SOP: the day before which it is due, None where the SOP has no date to count from;
    ``days_left`` the days left, negative when overdue."""

    sop: SOP
    due: date | None
    days_left: int | None
    state: ReviewState
    changed: tuple[str, ...] = ()
    """What it names and has changed since it was last confirmed, in words."""


def schedule(catalogue: Catalogue, day: date, soon: int) -> tuple[Review, ...]:
    """The reviews of all SOPs but those whose revocation is decided, the most urgent first; ``soon`` is how
    many days ahead count as soon."""
    sops = (sop for sop in catalogue.sop.values() if not sop.pencabutan)
    found = [
        replace(review_of(sop, months_of(sop, catalogue), day, soon), changed=to_look_at(sop, catalogue))
        for sop in sops
    ]
    return tuple(sorted(found, key=lambda r: (r.due is None, r.due or date.max, r.sop.slug)))


def months_of(sop: SOP, catalogue: Catalogue) -> int:
    """After so many months an SOP is reviewed: it says so itself, its unit or one above it, or the agency."""
    said = (unit.tinjau_ulang_bulan for unit in catalogue.unit_chain(sop.unit))
    return sop.tinjau_ulang_bulan or next(filter(None, said), catalogue.instansi.tinjau_ulang_bulan)


def to_look_at(sop: SOP, catalogue: Catalogue) -> tuple[str, ...]:
    """What an SOP names and has changed since it was last confirmed, in words; from a whole catalogue, or as
    that of an audience has been told."""
    review = last_review(sop)
    if review is None or review.berubah:
        return review.berubah if review else ()
    return tuple(changed_since(sop, catalogue.known))


def review_before(sop: SOP, months: int) -> date | None:
    """The day before which the SOP is to be reviewed: so many months after it took effect (or else was
    made), or after its revision or last review where that is later. None without a date, and where its end is
    known: a revocation has been decided."""
    if sop.pencabutan:
        return None
    begun = parse_date(sop.tanggal.efektif) or parse_date(sop.tanggal.pembuatan)
    revised = parse_date(sop.tanggal.revisi)
    reviewed = [parse_date(one.tanggal) for one in sop.tinjauan]
    last = max((day for day in (begun, revised, *reviewed) if day), default=None)
    return add_months(last, months) if last else None


def review_of(sop: SOP, months: int, day: date, soon: int) -> Review:
    """The review of one SOP, which is due every so many months."""
    if (due := review_before(sop, months)) is None:
        return Review(sop, None, None, ReviewState.TANPA_TANGGAL)
    left = (due - day).days
    state = ReviewState.TERLAMBAT if left <= 0 else ReviewState.SEGERA if left <= soon else ReviewState.BELUM
    return Review(sop, due, left, state)
