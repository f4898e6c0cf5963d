"""Versions of an SOP and a day → what happened to it: made, revised, revoked, each with its date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from generator.data.revisions.force import HistoryEntry, VersionState, history, revoked_since, standing
from generator.model.dates import parse_date
from generator.model.records import Peninjauan
from generator.model.sop import SOP


class NewsKind(StrEnum):
    """What happened to an SOP; ``DITINJAU``: it was reviewed and stays in force as it is."""

    BARU = "baru"
    DIREVISI = "direvisi"
    DICABUT = "dicabut"
    DITINJAU = "ditinjau"


class NewsItem(Struct, frozen=True):
    """One thing that happened. ``tanggal`` is None where the data has no date for it, ``dated_by`` the date
    of the form that it is ("efektif", "revisi", "pembuatan"), or "pencabutan", "tinjauan". ``before`` is the
    number of the version to compare with, ``draft`` says that it is not in force nor has a day to be."""

    kind: NewsKind
    sop: SOP
    tanggal: date | None
    dated_by: str = ""
    before: int | None = None
    draft: bool = False
    review: Peninjauan | None = None

    @property
    def nomor(self) -> int:
        return self.sop.versi.nomor


def news(whole: Sequence[HistoryEntry]) -> Iterator[NewsItem]:
    """What happened to an SOP, oldest version first, as its ``history`` tells."""
    before: int | None = None
    for one in whole:
        draft = one.state is VersionState.RANCANGAN
        kind = NewsKind.BARU if one.nomor == 1 else NewsKind.DIREVISI
        when, which = (None, "") if draft else _date_of(one)
        yield NewsItem(kind, one.sop, when, which, before, draft)
        if (since := revoked_since(one.sop)) and not draft:
            yield NewsItem(NewsKind.DICABUT, one.sop, since, "pencabutan")
        for review in one.sop.tinjauan if not draft else ():
            if reviewed := parse_date(review.tanggal):
                yield NewsItem(NewsKind.DITINJAU, one.sop, reviewed, "tinjauan", review=review)
        before = before if draft else one.nomor


def _date_of(one: HistoryEntry) -> tuple[date | None, str]:
    """The day a version took effect; else the one on which it was made or revised. The first version's date
    of revision is no such day: many forms put the planned review there."""
    dates = one.sop.tanggal
    second = ("pembuatan", dates.pembuatan) if one.nomor == 1 else ("revisi", dates.revisi)
    for which, text in (("efektif", dates.efektif), second):
        if found := parse_date(text):
            return found, which
    return None, ""


def compared_with(versions: Sequence[SOP], day: date | None) -> int | None:
    """The number of the version before the one that counts, that a reader would compare it with."""
    number = standing(versions, day).versi.nomor
    return next((one.before for one in news(history(versions, day)) if one.nomor == number), None)
