"""Catalogue + a day → which SOPs are due for review. Reads no clock."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from generator.data.catalogue import Catalogue
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


def schedule(catalogue: Catalogue, day: date, soon: int) -> tuple[Review, ...]:
    """The reviews of all SOPs but those whose revocation is decided, the most urgent first; ``soon`` is how
    many days ahead count as soon."""
    months = catalogue.instansi.tinjau_ulang_bulan
    sops = (sop for sop in catalogue.sop.values() if not sop.pencabutan)
    found = [review_of(sop, months, day, soon) for sop in sops]
    return tuple(sorted(found, key=lambda r: (r.due is None, r.due or date.max, r.sop.slug)))


def review_before(sop: SOP, months: int) -> date | None:
    """The day before which the SOP is to be reviewed: so many months after it took effect (or else was
    made), or after its revision where that is later. None without a date, and where its end is known: a
    revocation has been decided."""
    if sop.pencabutan:
        return None
    begun = parse_date(sop.tanggal.efektif) or parse_date(sop.tanggal.pembuatan)
    revised = parse_date(sop.tanggal.revisi)
    last = max((day for day in (begun, revised) if day), default=None)
    return add_months(last, months) if last else None


def review_of(sop: SOP, months: int, day: date, soon: int) -> Review:
    """The review of one SOP, which is due every so many months."""
    if (due := review_before(sop, months)) is None:
        return Review(sop, None, None, ReviewState.TANPA_TANGGAL)
    left = (due - day).days
    state = ReviewState.TERLAMBAT if left <= 0 else ReviewState.SEGERA if left <= soon else ReviewState.BELUM
    return Review(sop, due, left, state)
