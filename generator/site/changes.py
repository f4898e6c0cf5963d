"""Catalogue + a day → the pages of what changed: each version of an SOP at a lasting address, all of them,
comparisons of any two; over all SOPs what is new, and which version was in force on a day; the feed.

A page of one SOP depends on its versions and on what they name alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from generator.data.catalogue import Catalogue
from generator.data.revisions import HistoryEntry, NewsItem, VersionState, history
from generator.documents import KINDS, sheet_name, sheet_of
from generator.formats.html.html import Links, fill
from generator.formats.html.offer import Offer
from generator.formats.html.page import form
from generator.formats.open_data.records import on_site, version_path, version_record_path
from generator.model.sop import SOP
from generator.site.listing import Listing, parted
from generator.site.lists.comparison import comparison
from generator.site.lists.history import (
    FEED,
    change_list,
    comparison_path,
    force_list,
    history_page,
    history_path,
    version_notice,
)
from generator.site.official import cells, official_parts
from generator.site.staged import PageSection, StagedPage, root_of

TITLE = "Perubahan"
"""What the menu calls the page of what is new."""
_ASIDE = ("navigation", "toc")
_HOME = ("Beranda", "")


def version_pages(
    sop: SOP, catalogue: Catalogue, day: date | None, sheet: Offer = Offer.THERE
) -> Iterator[StagedPage]:
    """The pages of the versions of one SOP, their list and the comparisons. The only version is not said
    twice: its lasting address leads to the page of the SOP (web server, ``404.html``) until there is another.
    ``sheet``: whether the sheet that is signed lies beside its version."""
    versions = catalogue.versions(sop.slug)
    whole = history(versions, day)
    unsigned = sheet_of(catalogue, sop.slug, day)
    if len(whole) == 1:
        return
    for one in whole:
        beside = sheet if one.nomor == unsigned else Offer.NONE
        yield _version_page(one, whole, sop, catalogue, day, beside)
    links = Links(catalogue, root_of(history_path(sop.slug)))
    body = history_page(sop, versions, links, day)
    yield _aside(history_path(sop.slug), f"Semua versi: {sop.nama}", sop, (PageSection("", "riwayat", body),))
    for old, new in combinations(whole, 2):
        yield _comparison_page(old, new, versions, sop, catalogue)


def history_lists(news: Sequence[NewsItem], catalogue: Catalogue, day: date | None) -> Iterator[Listing]:
    """What is new in all SOPs, and which versions were in force on a day; ``news`` are those of
    ``all_news``."""
    above = (_HOME, (TITLE, "perubahan/"))
    changed = StagedPage("perubahan/", TITLE, (), crumbs=(_HOME,), hide=_ASIDE)
    force = StagedPage("berlaku/", "Berlaku pada tanggal …", (), crumbs=above, hide=_ASIDE)
    yield from parted(changed, change_list(changed.path, news, day), catalogue)
    yield from parted(force, force_list(force.path, catalogue, day), catalogue)


def history_files(
    news: Sequence[NewsItem], catalogue: Catalogue, day: date | None
) -> Iterator[tuple[str, bytes]]:
    """The feed, by its address from the top of the site."""
    from generator.site.lists.feed import atom  # not loaded where nothing is new

    yield FEED, atom(news, catalogue, day)


def _version_page(
    one: HistoryEntry,
    whole: Sequence[HistoryEntry],
    sop: SOP,
    catalogue: Catalogue,
    day: date | None,
    sheet: Offer,
) -> StagedPage:
    """One version as the official form, below words on how it stands."""
    version = one.sop
    path = version_path(version.slug, one.nomor)
    part = catalogue if version is sop else catalogue.with_version(version)
    links = Links(part, root_of(path))
    made = form(version, part, [cells(chart) for chart in part.charts[version.slug]], links)
    notice = version_notice(one, whole, links, day)
    name = sheet_name(version.slug, one.nomor)
    offered = {
        "naskah": [(f"{name}.{kind}", form) for kind, form in KINDS.items()] if sheet is Offer.THERE else [],
        "gagal": sheet is Offer.FAILED,
    }
    notice += fill("versi_naskah.html", offered)
    data = fill("versi_data.html", {"data": links.page(version_record_path(version.slug, one.nomor))})
    main = on_site(catalogue, f"sop/{sop.slug}/")
    state = "" if one.state is VersionState.BERLAKU else f" ({one.state.value})"
    return _aside(
        path,
        f"Versi {one.nomor}{state}: {version.nama}",
        sop,
        (
            PageSection("", "ringkasan", notice),
            *official_parts(version, made),
            PageSection("", "unduh", data),
        ),
        kind="sop",
        canonical=(main or "") if one.current else "",
    )


def _comparison_page(
    old: HistoryEntry, new: HistoryEntry, versions: Sequence[SOP], sop: SOP, catalogue: Catalogue
) -> StagedPage:
    path = comparison_path(sop.slug, old.nomor, new.nomor)
    between = [v for v in versions if old.nomor < v.versi.nomor <= new.nomor]
    body = comparison(old, new, between, catalogue, Links(catalogue, root_of(path)))
    title = f"Apa yang berubah dari versi {old.nomor} ke versi {new.nomor}: {sop.nama}"
    return _aside(path, title, sop, (PageSection("", "banding", body),))


def _aside(
    path: str,
    title: str,
    sop: SOP,
    parts: tuple[PageSection, ...],
    kind: str = "halaman",
    canonical: str = "",
) -> StagedPage:
    """A page of an SOP that neither the search nor the sitemap lists: they lead to what is in force."""
    return StagedPage(
        path,
        title,
        parts,
        crumbs=(_HOME, ("Daftar SOP", "sop/"), (sop.nama, f"sop/{sop.slug}/")),
        description=title,
        kind=kind,
        hide=_ASIDE,
        listed=False,
        canonical=canonical,
    )
