"""Reviews → a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from generator.data.review import Review


def calendar(reviews: Sequence[Review], owner: str, domain: str) -> bytes:
    """The reviews as all-day events, one an SOP. ``domain`` makes the ids
    unique. The stamp of an event is its own day, so that the same data gives the same bytes."""
    book = Calendar()
    book.add("prodid", "-//sop-generator//tinjau ulang SOP//ID")
    book.add("version", "2.0")
    book.add("x-wr-calname", f"Tinjau ulang SOP {owner}")
    for event in _events(reviews, domain):
        book.add_component(event)
    return bytes(book.to_ical())


def _events(reviews: Iterable[Review], domain: str) -> Iterable[Event]:
    for review in reviews:
        if review.due is None:
            continue
        event = Event()
        event.add("uid", f"{review.sop.slug}-tinjau@{domain}")
        event.add("dtstamp", datetime.combine(review.due, time(), UTC))
        event.add("dtstart", review.due)
        event.add("dtend", _after(review.due))
        event.add("summary", f"Tinjau ulang SOP: {review.sop.nama}")
        event.add(
            "description", f"SOP {review.sop.nama} ({review.sop.slug}) ditinjau ulang sebelum hari ini."
        )
        event.add("transp", "TRANSPARENT")
        yield event


def _after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day
