"""Addresses of a site → ``sitemap.xml``; dates come from the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape


def sitemap(home: str, addresses: Iterable[tuple[str, date | None]]) -> Iterator[bytes]:
    """The file, piece by piece: each address from the top of the site, and the day of its last change.
    ``home`` is the address of the site, with a slash at its end."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    yield b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for address, changed in addresses:
        day = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
        yield f"  <url><loc>{escape(home + address, quote=False)}</loc>{day}</url>\n".encode()
    yield b"</urlset>\n"
