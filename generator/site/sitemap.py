"""Pages of a site → ``sitemap.xml``; dates come from the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

from generator.data.catalogue import Catalogue
from generator.model.dates import parse_date

NAME = "sitemap.xml"
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_INDEX = "index.html"


def sitemap(home: str, pages: Iterable[str], catalogue: Catalogue) -> tuple[str, bytes]:
    """The file with its name: the address of each page, given by its file from the top of the site, and the
    day of its last change. ``home`` is the address of the site, with a slash at its end."""
    whole = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_SCHEMA}">\n'
    whole += "".join(_entries(home, pages, catalogue))
    return NAME, f"{whole}</urlset>\n".encode()


def _entries(home: str, pages: Iterable[str], catalogue: Catalogue) -> Iterator[str]:
    for page in pages:
        changed = _changed(page, catalogue)
        day = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
        address = escape(home + page.removesuffix(_INDEX), quote=False)
        yield f"  <url><loc>{address}</loc>{day}</url>\n"


def _changed(page: str, catalogue: Catalogue) -> date | None:
    """The latest day in the data that a page of an SOP is made from, None for any other."""
    folder, _, rest = page.partition("/")
    sop = catalogue.sop.get(rest.removesuffix(f"/{_INDEX}")) if folder == "sop" else None
    days = (sop.tanggal.pembuatan, sop.tanggal.revisi, sop.tanggal.efektif) if sop else ()
    return max((day for day in map(parse_date, days) if day), default=None)
