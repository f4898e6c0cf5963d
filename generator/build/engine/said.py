"""What the site engine says of hand-written pages, in English → the same in Indonesian, with the place in the
page's file and a cure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from generator.site.handwritten.shadows import built
from generator.site.handwritten.written import Written, place

_LINK = r"Doc file '(?P<page>.+?)' contains (?:a link|an? \w+(?: relative)? link) '(?P<link>.*?)', "
_ABOUT = (
    (
        r"but the target ('.*' )?is not found",
        "halaman atau berkas itu tidak ada di situs ini",
        "tulis jalurnya dari halaman ini; yang bukan untuk pembaca situs ini tidak ada di dalamnya",
    ),
    (
        r"but (there is no such anchor|the doc '.*' does not contain)",
        "tidak ada bagian dengan nama itu",
        "periksa yang ditulis sesudah tanda pagar",
    ),
    (
        r"it was left as is",
        "tautan di dalam situs tidak boleh mulai dengan garis miring",
        "tulis jalurnya dari halaman ini",
    ),
)
_FAILED = re.compile(r"Error reading page '(?P<page>.+?)': (?P<why>.*)", re.DOTALL)


def in_our_words(said: Sequence[str], pages: Sequence[Written], docs: Path) -> list[str]:
    """What the engine said; what nobody here knows stays as it was said."""
    by_name = {page.path: page for page in pages}
    return [_told(one, by_name, docs) for one in said]


def _told(one: str, by_name: dict[str, Written], docs: Path) -> str:
    for pattern, why, cure in _ABOUT:
        found = re.match(_LINK + pattern, one, re.DOTALL)
        if found and (page := by_name.get(found["page"])):
            return f"{where(page, docs, found['link'])}: tautan '{found['link']}': {why}\n  saran: {cure}"
    if (found := _FAILED.match(one)) and (page := by_name.get(found["page"])):
        return (
            f"{place(page, docs, 1, 1)}: halaman ini tidak dapat dibaca mesin situs ({found['why']})\n"
            "  saran: periksa alamat tautan dan susunan halaman itu"
        )
    return one


def whence(pages: Sequence[Written], docs: Path, name: str, link: str) -> str | None:
    """Where a link of a built page stands in the file that was written by hand; None for a page that was
    not. The engine reckons links from the page's folder, so what matters is how they end."""
    page = next((one for one in pages if built(one.path) == name), None)
    return None if page is None else where(page, docs, re.sub(r"^(\.\./)+", "", link))


def where(page: Written, docs: Path, begins: str) -> str:
    """Where in its file a page first has these signs."""
    lines = page.body.lower().split("\n")
    found = [(number, line.find(begins.lower())) for number, line in enumerate(lines, 1)]
    line, column = next(((number, at) for number, at in found if at >= 0), (1, 0))
    return str(place(page, docs, line, column + 1))
