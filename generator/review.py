"""Catalogue + a day → which SOPs are due for review, and the same as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from icalendar import Calendar, Event

from generator.catalogue import Catalogue
from generator.model import SOP
from generator.render.summary import review_before


class Tinjauan(StrEnum):
    """How a review stands on the day asked for."""

    TERLAMBAT = "terlambat"
    SEGERA = "segera"
    BELUM = "belum waktunya"
    TANPA_TANGGAL = "tanpa tanggal"


@dataclass(frozen=True, slots=True)
class Jadwal:
    """The review of one SOP: the day before which it is due, None where the SOP has no date to count from;
    ``hari`` the days left, negative when overdue."""

    sop: SOP
    sebelum: date | None
    hari: int | None
    keadaan: Tinjauan


def schedule(catalogue: Catalogue, day: date, soon: int) -> tuple[Jadwal, ...]:
    """The reviews of all SOPs, the most urgent first; ``soon`` is how many days ahead count as soon."""
    months = catalogue.instansi.tinjau_ulang_bulan
    found = [_review(sop, review_before(sop, months), day, soon) for sop in catalogue.sop.values()]
    return tuple(sorted(found, key=lambda r: (r.sebelum is None, r.sebelum or date.max, r.sop.slug)))


def _review(sop: SOP, due: date | None, day: date, soon: int) -> Jadwal:
    if due is None:
        return Jadwal(sop, None, None, Tinjauan.TANPA_TANGGAL)
    left = (due - day).days
    state = Tinjauan.TERLAMBAT if left <= 0 else Tinjauan.SEGERA if left <= soon else Tinjauan.BELUM
    return Jadwal(sop, due, left, state)


def calendar(reviews: Sequence[Jadwal], owner: str, domain: str) -> bytes:
    """The reviews as all-day events, one an SOP. ``domain`` makes the ids
    unique. The stamp of an event is its own day, so that the same data gives the same bytes."""
    book = Calendar()
    book.add("prodid", "-//sop-generator//tinjau ulang SOP//ID")
    book.add("version", "2.0")
    book.add("x-wr-calname", f"Tinjau ulang SOP {owner}")
    for event in _events(reviews, domain):
        book.add_component(event)
    return bytes(book.to_ical())


def _events(reviews: Iterable[Jadwal], domain: str) -> Iterable[Event]:
    for review in reviews:
        if review.sebelum is None:
            continue
        event = Event()
        event.add("uid", f"{review.sop.slug}-tinjau@{domain}")
        event.add("dtstamp", datetime.combine(review.sebelum, time(), UTC))
        event.add("dtstart", review.sebelum)
        event.add("dtend", _after(review.sebelum))
        event.add("summary", f"Tinjau ulang SOP: {review.sop.nama}")
        event.add(
            "description", f"SOP {review.sop.nama} ({review.sop.slug}) ditinjau ulang sebelum hari ini."
        )
        event.add("transp", "TRANSPARENT")
        yield event


def _after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day
