"""Versions of an SOP and a day → its history as HTML: how a version stands, all of them; over all SOPs what
is new and which versions were in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from heapq import nsmallest
from itertools import groupby
from operator import itemgetter
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.revisions import (
    HistoryEntry,
    NewsItem,
    NewsKind,
    VersionState,
    compared_with,
    history,
    is_revoked,
    news,
    revoked_since,
)
from generator.data.revisions.words import days, told
from generator.formats.html.html import Links, fill, narrowing
from generator.formats.html.page import Standing, Target
from generator.formats.html.pagination import Paginator
from generator.formats.html.view import View
from generator.formats.open_data.records import on_site, version_path, version_place
from generator.model.dates import date_text
from generator.model.order import natural
from generator.model.sop import SOP

_KIND = {
    NewsKind.BARU: "Baru",
    NewsKind.DIREVISI: "Direvisi",
    NewsKind.DICABUT: "Dicabut",
    NewsKind.DITINJAU: "Ditinjau",
}
_DATE = {
    "efektif": "mulai berlaku",
    "revisi": "tanggal revisi",
    "pembuatan": "tanggal pembuatan",
    "pencabutan": "tidak berlaku lagi sejak hari itu",
    "tinjauan": "tetap berlaku",
}
FEED = "perubahan/atom.xml"
"""Address of the feed from the top of the site."""


def history_path(slug: str) -> str:
    """Address of the list of versions from the top of the site."""
    return f"sop/{slug}/riwayat/"


def comparison_path(slug: str, old: int, new: int) -> str:
    """Address of the comparison of two versions from the top of the site; the earlier comes first."""
    return f"sop/{slug}/banding/{old}-{new}/"


def version_notice(
    one: HistoryEntry, whole: Sequence[HistoryEntry], links: Links, day: date | None
) -> Markup:
    """What stands above a version on its own page: whether it counts, and the way to the one that does."""
    now = _current(whole)
    sop = one.sop
    since = next((r.period.since for r in whole if r.nomor == one.replaced_by), None)
    gone = revoked_since(now.sop) if is_revoked(now.sop, day) else None
    return fill(
        "versi_keadaan.html",
        {
            "nomor": one.nomor,
            "keadaan": one.state.value,
            "kata": told(one),
            "masa": days(one),
            "sejak": date_text(since) if since else None,
            "pengganti": one.replaced_by,
            "dicabut": date_text(gone) if gone else None,
            "utama": links.page(f"sop/{sop.slug}/"),
            "sekarang": now.nomor,
            "banding": _comparison(links, sop.slug, one.nomor, now.nomor),
            "riwayat": links.page(history_path(sop.slug)),
        },
    )


def banner(sop: SOP, whole: Sequence[HistoryEntry], links: Links, day: date | None) -> Markup:
    """What a reader of an SOP must know first: that it is revoked, that another version is coming."""
    revoked = sop.pencabutan
    gone = revoked_since(sop)
    other = links.catalogue.sop.get(revoked.pengganti or "") if revoked else None
    later = (VersionState.AKAN, VersionState.RANCANGAN)
    coming = [one for one in whole if one.state in later and not one.current]
    return fill(
        "versi_banner.html",
        {
            "pencabutan": revoked,
            "sudah": is_revoked(sop, day),
            "sejak": date_text(gone) if gone else "",
            "pengganti": Target(other.nama, links.sop(other.slug))
            if other
            else Target(revoked.teks, None)
            if revoked and revoked.teks
            else None,
            "datang": [
                {
                    "nomor": one.nomor,
                    "kata": told(one),
                    "url": links.page(version_path(sop.slug, one.nomor)),
                    "banding": _comparison(links, sop.slug, one.nomor, sop.versi.nomor),
                }
                for one in coming
            ],
        },
    )


def standing(sop: SOP, versions: Sequence[SOP], links: Links, day: date | None) -> Standing:
    """How the version stands that the page of an SOP shows."""
    before = compared_with(versions, day)
    changes = _comparison(links, sop.slug, before, sop.versi.nomor) if before else None
    now = _current(history(versions, day))
    return Standing(now.state, told(now), changes)


def version_part(sop: SOP, versions: Sequence[SOP], links: Links, day: date | None) -> Markup:
    """Which version the page shows, what it changed, and the way to the others."""
    whole = history(versions, day)
    before = compared_with(versions, day)
    path = version_path(sop.slug, sop.versi.nomor)
    return fill(
        "versi_bagian.html",
        {
            "nomor": sop.versi.nomor,
            "kata": told(_current(whole)),
            "perubahan": sop.versi.perubahan,
            "alasan": sop.versi.alasan,
            "tinjauan": sop.tinjauan[::-1],
            "tetap": links.page(path) if len(whole) > 1 else None,
            "alamat": on_site(links.catalogue, path) or path,
            "sebelum": before,
            "banding": _comparison(links, sop.slug, before, sop.versi.nomor) if before else None,
            "riwayat": links.page(history_path(sop.slug)) if len(whole) > 1 else None,
            "jumlah": len(whole),
            "berlaku": links.page("berlaku/"),
        },
    )


def history_page(sop: SOP, versions: Sequence[SOP], links: Links, day: date | None) -> Markup:
    """All versions of an SOP, newest first, and which was in force on a day that the reader picks."""
    whole = history(versions, day)
    rows = [
        {
            **_row(one, len(whole), links),
            "perubahan": one.sop.versi.perubahan,
            "alasan": one.sop.versi.alasan,
            "banding": [
                {"nomor": other.nomor, "url": _comparison(links, sop.slug, other.nomor, one.nomor)}
                for other in reversed(whole)
                if other.nomor < one.nomor
            ],
        }
        for one in reversed(whole)
    ]
    return fill(
        "riwayat.html",
        {
            "nama": sop.nama,
            "baris": rows,
            "skrip": links.page("assets/berlaku.js"),
            "semua": links.page("berlaku/"),
        },
    )


def force_list(path: str, catalogue: Catalogue, day: date | None) -> Paginator[SOP]:
    """Every version of every SOP with the days it was in force, by name of the SOP."""

    def view(some: Sequence[SOP], links: Links) -> View:
        histories = [(sop, catalogue.history(sop.slug, day)) for sop in some]
        rows = [
            {**_row(one, len(whole), links), "nama": one.sop.nama, "utama": links.sop(sop.slug)}
            for sop, whole in histories
            for one in whole
        ]
        return View(
            "berlaku.html",
            {
                "baris": rows,
                "skrip": links.page("assets/berlaku.js"),
                "perubahan": links.page("perubahan/"),
                "saring": narrowing(len(rows), links),
            },
        )

    sops = sorted(catalogue.sop.values(), key=lambda sop: (natural(sop.nama), sop.slug))
    return Paginator(path, sops, view, lambda sop: sop.nama, lambda sop: len(catalogue.versions(sop.slug)))


def _row(one: HistoryEntry, versions: int, links: Links) -> dict[str, Any]:
    since, until = one.period.since, one.period.until
    draft = one.state is VersionState.RANCANGAN
    return {
        "nomor": one.nomor,
        "url": links.page(version_place(one.sop.slug, one.nomor, versions)[0]),
        "dari": since.isoformat() if since else "",
        "sampai": until.isoformat() if until else "",
        "pasti": one.period.certain,
        "rancangan": draft,
        "mulai": date_text(since) if since else "belum ditetapkan" if draft else "tidak disebut",
        "akhir": ("" if one.period.certain else "paling lambat ") + date_text(until)
        if until
        else "tidak diketahui"
        if one.state is VersionState.DIGANTIKAN
        else "–",
        "keadaan": one.state.value,
        "perhatian": one.state not in (VersionState.BERLAKU, VersionState.DIGANTIKAN),
    }


class _Heading(Struct, frozen=True):
    """What some news stand under on the page of what is new: anchor, title, a sentence."""

    id: str
    title: str
    words: str = ""


def change_list(
    path: str, news: Sequence[NewsItem], day: date | None
) -> Paginator[tuple[_Heading, NewsItem]]:
    """What is new, revised and revoked in all SOPs: to come, by year from the newest, and without a date;
    ``news`` are those of ``all_news``."""
    told = _under_headings(news, day)
    begins = dict(reversed(told))

    def view(some: Sequence[tuple[_Heading, NewsItem]], links: Links) -> View:
        groups = [(under, [one for _, one in ones]) for under, ones in groupby(some, itemgetter(0))]
        return View(
            "perubahan.html",
            {
                "umpan": links.page(FEED),
                "berlaku": links.page("berlaku/"),
                "kelompok": [
                    {
                        "id": under.id,
                        "judul": under.title + ("" if begins[under] is ones[0] else " (lanjutan)"),
                        "kata": under.words,
                        "isi": [news_row(one, links) for one in ones],
                    }
                    for under, ones in groups
                ],
            },
        )

    return Paginator(path, told, view, lambda pair: _known_by(pair[1]))


def _under_headings(found: Sequence[NewsItem], day: date | None) -> list[tuple[_Heading, NewsItem]]:
    dated = [one for one in found if one.tanggal]
    coming = [one for one in dated if day and one.tanggal and one.tanggal > day]
    years: dict[int, list[NewsItem]] = {}
    for one in dated:
        if one.tanggal and not (day and one.tanggal > day):
            years.setdefault(one.tanggal.year, []).append(one)
    unknown = "Naskahnya tidak menyebut tanggal, jadi tidak diketahui kapan."
    groups = [
        (_Heading("akan-datang", "Akan datang"), coming[::-1]),
        (_Heading("rancangan", "Rancangan revisi"), [one for one in found if one.draft]),
        *((_Heading(f"tahun-{year}", str(year)), ones) for year, ones in years.items()),
        (
            _Heading("tanpa-tanggal", "Tanpa tanggal", unknown),
            [one for one in found if one.tanggal is None and not one.draft],
        ),
    ]
    return [(under, one) for under, ones in groups for one in ones]


def _known_by(one: NewsItem) -> str:
    return date_text(one.tanggal) if one.tanggal else one.sop.nama


def all_news(catalogue: Catalogue, day: date | None) -> list[NewsItem]:
    """What happened to all SOPs, newest first, what has no date last, by name."""
    return sorted(_all_news(catalogue, day), key=_order)


def newest(catalogue: Catalogue, day: date | None, many: int) -> list[NewsItem]:
    """The last of what has happened by a day."""
    done = (one for one in _all_news(catalogue, day) if one.tanggal and not (day and one.tanggal > day))
    return nsmallest(many, done, key=_order)


def _all_news(catalogue: Catalogue, day: date | None) -> Iterator[NewsItem]:
    for slug in catalogue.sop:
        yield from news(catalogue.history(slug, day))


def _order(one: NewsItem) -> tuple[object, ...]:
    back = -one.tanggal.toordinal() if one.tanggal else 1
    return back, natural(one.sop.nama), one.sop.slug, -one.nomor, one.kind.value


def news_row(one: NewsItem, links: Links) -> dict[str, Any]:
    """One thing that happened, as lists tell it."""
    revoked = one.sop.pencabutan if one.kind is NewsKind.DICABUT else None
    other = links.catalogue.sop.get(revoked.pengganti or "") if revoked else None
    page, _ = version_place(one.sop.slug, one.nomor, len(links.catalogue.versions(one.sop.slug)))
    return {
        "jenis": _KIND[one.kind],
        "perhatian": one.kind is NewsKind.DICABUT,
        "nama": one.sop.nama,
        "url": links.sop(one.sop.slug) if one.kind is NewsKind.DICABUT else links.page(page),
        "nomor": one.nomor,
        "iso": one.tanggal.isoformat() if one.tanggal else "",
        "tanggal": date_text(one.tanggal) if one.tanggal else "",
        "menurut": _DATE.get(one.dated_by, ""),
        "perubahan": revoked.dasar if revoked else _reviewed(one) or one.sop.versi.perubahan,
        "alasan": None if revoked or one.review else one.sop.versi.alasan,
        "pengganti": Target(other.nama, links.sop(other.slug)) if other else None,
        "sebelum": one.before,
        "banding": _comparison(links, one.sop.slug, one.before, one.nomor)
        if one.before and not revoked
        else None,
    }


def _reviewed(one: NewsItem) -> str:
    review = one.review
    return ". ".join(filter(None, (f"Oleh {review.oleh}", review.catatan))) if review else ""


def _comparison(links: Links, slug: str, one: int, other: int) -> str | None:
    if one == other:
        return None
    return links.page(comparison_path(slug, min(one, other), max(one, other)))


def _current(whole: Sequence[HistoryEntry]) -> HistoryEntry:
    """The version that counts, of a whole history."""
    return next(one for one in whole if one.current)
