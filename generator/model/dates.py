"""Free-text dates of the form → date (or month), and back into Indonesian words. Reads no clock."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_SHORT = {"jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "jun": 6, "jul": 7, "agu": 8, "agt": 8,
          "ags": 8, "agust": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11, "nop": 11, "des": 12,
          "pebruari": 2, "nopember": 11, "agst": 8, "agus": 8, "january": 1, "february": 2, "march": 3,
          "may": 5, "june": 6, "july": 7, "august": 8, "aug": 8, "october": 10, "oct": 10, "december": 12,
          "dec": 12}  # fmt: skip
_MONTH = {**{name.lower(): number for number, name in enumerate(MONTHS, 1)}, **_SHORT}

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_DAY = re.compile(r"(?:hari\s+)?(?:senin|selasa|rabu|kamis|jum['’‘`´′]?at|sabtu|minggu|ahad)(?:\s*,\s*|\s+)")
_WORDS = re.compile(r"(\d{1,2})(?:\s*[-/]\s*|\s+)([a-z]+)\.?(?:\s*[-/,]\s*|\s+)(\d{4}|\d{2}(?!\d))")
_MONTH_ONLY = re.compile(r"([a-z]+)\.?(?:\s*[-/,]\s*|\s+)(\d{4})")


def is_blank_date(text: str | None) -> bool:
    """Whether the source gives no date: nothing at all, or a dash."""
    return (text or "").strip() in ("", "-", "–", "—")


@lru_cache(maxsize=4096)
def parse_date(text: str | None) -> date | None:
    """A date as officials write it ("16 Januari 2019", "16/01/2019", "Rabu, 2-Mar-22", "2019-01-16"), day
    before month; None where it cannot be read, or says no day. Two digits of a year are of this century."""
    plain = _DAY.sub("", " ".join((text or "").lower().split()), count=1)
    if found := _ISO.fullmatch(plain):
        year, month, day = (int(part) for part in found.groups())
    elif found := _NUMBERS.fullmatch(plain):
        day, month, year = int(found[1]), int(found[2]), _year(found[3])
    elif found := _WORDS.fullmatch(plain):
        day, month, year = int(found[1]), _MONTH.get(found[2], 0), _year(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def parse_month(text: str | None) -> tuple[int, int] | None:
    """Year and month of a date that says no day ("Januari 2014"): a date of just that precision."""
    found = _MONTH_ONLY.fullmatch(" ".join((text or "").lower().split()))
    month = _MONTH.get(found[1], 0) if found else 0
    return (int(found[2]), month) if found and month else None


def date_text(day: date) -> str:
    """A date in words: "16 Januari 2019"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, or the last day of that month where it has no such day. Years past 9999
    end at the last day there is."""
    index = day.year * 12 + day.month - 1 + months
    if index // 12 > date.max.year:
        return date.max
    first = date(index // 12, index % 12 + 1, 1)
    if first.month == 12 and first.year == date.max.year:
        last = 31
    else:
        last = (date((index + 1) // 12, (index + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))
