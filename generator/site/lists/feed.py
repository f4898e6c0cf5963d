"""Catalogue + a day → the Atom feed (RFC 4287) of what is new, revised and revoked.

Only what the data has a date for, and not what is still to come. Times are midnight UTC, as the form has no
hours. Ids are of names, not of addresses: they stay when the site moves. Where the agency has not said where
its site is, addresses are relative to the feed, which RFC 4287 allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from generator.data.audience import label_of
from generator.data.catalogue import Catalogue
from generator.data.revisions import NewsItem, NewsKind
from generator.formats.open_data.records import on_site, version_place
from generator.model.dates import date_text
from generator.site.lists.history import FEED, comparison_path

NEWEST = 100
"""So many entries a feed has."""
_SPACE = "http://www.w3.org/2005/Atom"
_EARLIEST = "1970-01-01T00:00:00Z"
"""Time of a feed without entries."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_KIND = {
    NewsKind.BARU: "SOP baru",
    NewsKind.DIREVISI: "SOP direvisi",
    NewsKind.DICABUT: "SOP dicabut",
    NewsKind.DITINJAU: "SOP ditinjau, tetap berlaku",
}


def atom(news: Iterable[NewsItem], catalogue: Catalogue, day: date | None) -> bytes:
    """The feed of the catalogue's audience; ``news`` are those of ``all_news``."""
    found = [one for one in news if one.tanggal and not (day and one.tanggal > day)]
    found = found[:NEWEST]
    agency = catalogue.instansi
    label = label_of(catalogue.audience)
    feed = ET.Element("feed", {"xmlns": _SPACE, "xml:lang": "id"})
    _text(feed, "id", _id(catalogue, f"umpan/{label}" if label else "umpan"))
    _text(feed, "title", f"Perubahan SOP {agency.singkatan}" + (f" – {label}" if label else ""))
    _text(feed, "updated", _time(found[0].tanggal) if found else _EARLIEST)
    ET.SubElement(
        feed, "link", {"rel": "self", "type": "application/atom+xml", "href": _url(catalogue, FEED)}
    )
    page = {"rel": "alternate", "type": "text/html", "href": _url(catalogue, "perubahan/")}
    ET.SubElement(feed, "link", page)
    _text(ET.SubElement(feed, "author"), "name", agency.nama)
    for one in found:
        _entry(feed, one, catalogue)
    ET.indent(feed, " ")
    text = ET.tostring(feed, "unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _entry(feed: ET.Element, one: NewsItem, catalogue: Catalogue) -> None:
    slug, revoked = one.sop.slug, one.kind is NewsKind.DICABUT
    name = f"sop/{slug}/versi/{one.nomor}" + ("/pencabutan" if revoked else "")
    if one.review and one.tanggal:
        name += f"/tinjauan/{one.tanggal.isoformat()}"
    entry = ET.SubElement(feed, "entry")
    _text(entry, "id", _id(catalogue, name))
    version = "" if revoked else f", versi {one.nomor}"
    _text(entry, "title", f"{_KIND[one.kind]}: {one.sop.nama}{version}")
    _text(entry, "updated", _time(one.tanggal))
    place, _ = version_place(slug, one.nomor, len(catalogue.versions(slug)))
    path = f"sop/{slug}/" if revoked else place
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": _url(catalogue, path)})
    if one.before and not revoked:
        other = _url(catalogue, comparison_path(slug, one.before, one.nomor))
        title = f"Bandingkan dengan versi {one.before}"
        ET.SubElement(entry, "link", {"rel": "related", "type": "text/html", "href": other, "title": title})
    ET.SubElement(entry, "category", {"term": one.kind.value})
    _text(entry, "summary", _summary(one, catalogue))


def _summary(one: NewsItem, catalogue: Catalogue) -> str:
    day = date_text(one.tanggal) if one.tanggal else ""
    if one.kind is NewsKind.DICABUT and (revoked := one.sop.pencabutan):
        other = catalogue.sop.get(revoked.pengganti or "")
        parts = [f"Tidak berlaku lagi sejak {day}.", revoked.dasar and f"Dasar: {revoked.dasar}."]
        parts.append(f"Penggantinya: {other.nama}." if other else None)
    elif one.review:
        parts = [f"Ditinjau {day} oleh {one.review.oleh}, tetap berlaku.", one.review.catatan]
    else:
        begun = f"Mulai berlaku {day}." if one.dated_by == "efektif" else f"Tanggal {one.dated_by} {day}."
        what, why = one.sop.versi.perubahan, one.sop.versi.alasan
        parts = [begun, what and f"Yang berubah: {what}.", why and f"Alasan: {why}."]
    return " ".join(part.replace("..", ".") for part in parts if part)


def _id(catalogue: Catalogue, name: str) -> str:
    agency = catalogue.instansi
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{agency.pemerintah}/{agency.nama}/{name}')}"


def _time(day: date | None) -> str:
    return f"{day.isoformat()}T00:00:00Z" if day else _EARLIEST


def _url(catalogue: Catalogue, path: str) -> str:
    """Whole where the site's address is known (the internal site has none), else from the feed's folder."""
    return on_site(catalogue, path) or f"../{path}"


def _text(parent: ET.Element, name: str, text: str) -> None:
    """An element with text, without the characters that XML cannot hold."""
    ET.SubElement(parent, name).text = _NOT_XML.sub("\ufffd", text)
