"""Catalogue → the dates that the files of documents carry."""

from __future__ import annotations

from datetime import date

from generator.data.catalogue import Catalogue
from generator.model.dates import parse_date
from generator.model.sop import SOP

EARLIEST = date(2000, 1, 1)
"""Date of a file whose data has no date at all."""


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
