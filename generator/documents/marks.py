"""Catalogue → what documents carry beside what they say: the hash of an SOP's data, the date of the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from generator.catalogue import Catalogue
from generator.dates import parse_date
from generator.model import SOP
from generator.render.paper.content import fingerprint

EARLIEST = date(2000, 1, 1)
"""Date of a file whose data has no date at all."""

Marks = Mapping[str, str]
"""The hash of each SOP's data, by slug (see ``fingerprint``)."""


class _Marks(Mapping[str, str]):
    """Reckoned when they are asked for: a site without documents needs none."""

    def __init__(self, whole: Catalogue) -> None:
        self._whole = whole
        self._known: dict[str, str] = {}

    def __getitem__(self, slug: str) -> str:
        if slug not in self._known:
            self._known[slug] = fingerprint(self._whole, self._whole.sop[slug])
        return self._known[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole.sop)

    def __len__(self) -> int:
        return len(self._whole.sop)


def marks_of(whole: Catalogue) -> Marks:
    """The hashes of all SOPs. Taken from the catalogue that holds everything, they are the same on what
    every audience prints, although one may not read all names that an SOP mentions."""
    return _Marks(whole)


def day_of(catalogue: Catalogue, sop: SOP, undated: date | None = None) -> date:
    """The date that an SOP's files carry: its own latest, else ``undated``, else the latest of the
    catalogue."""
    return max(_days(sop), default=None) or undated or latest_day(catalogue)


def latest_day(catalogue: Catalogue) -> date:
    """The latest date of all SOPs."""
    return max((day for sop in catalogue.sop.values() for day in _days(sop)), default=EARLIEST)


def _days(sop: SOP) -> list[date]:
    dates = (sop.tanggal.pembuatan, sop.tanggal.revisi, sop.tanggal.efektif)
    return [day for day in map(parse_date, dates) if day]
