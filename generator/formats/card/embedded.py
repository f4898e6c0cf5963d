"""SOP as it stands on a day → a small page of its own that any other site may show in a frame, and the words
to paste there.

It says what a visitor of that site asks first, and leads to the page of the SOP in a window of its own: that
page, as every other, lets itself be framed by nobody. No script and no other file: a frame may be shut off
from our origin, and then nothing else of ours would reach it. It is a file beside the page (``.htm``), as
what is read aloud.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from msgspec import Struct

from generator.formats.card.frame import POLICY, STYLE
from generator.formats.plain.told import COPY, About, one_line
from generator.model.dates import date_text, parse_date
from generator.model.sop import SOP

_WIDE, _HIGH = 480, 320
_PAGE = """<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<style>{style}</style>
</head>
<body>
<article>
{inner}
</article>
</body>
</html>
"""
_LINK = '<a href="./index.html" target="_blank" rel="noopener">{}<span> (membuka halaman baru)</span></a>'


class Standing(Struct, frozen=True):
    """How an SOP stands, in a word, and its number, "" where it has none."""

    state: str
    number: str


def embedded(sop: SOP, about: About, standing: Standing) -> str:
    """The page of an SOP."""
    title = f"SOP {one_line(sop.nama)}"
    inner = "\n".join(_inner(sop, about, standing, title))
    canonical = escape(about.page or "./index.html")
    return _PAGE.format(policy=POLICY, title=escape(title), canonical=canonical, style=STYLE, inner=inner)


def snippet(sop: SOP, address: str) -> str:
    """What another site pastes into a page of its own; ``address`` is that of the page above."""
    title = escape(f"SOP {one_line(sop.nama)}")
    return (
        f'<iframe src="{escape(address)}" title="{title}" width="{_WIDE}" height="{_HIGH}" loading="lazy" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox" style="border:0;max-width:100%"></iframe>'
    )


def _inner(sop: SOP, about: About, standing: Standing, title: str) -> Iterator[str]:
    if where := one_line(about.agency or about.unit):
        yield f'<p class="instansi" dir="auto">{escape(where)}</p>'
    yield f'<h1 dir="auto">{_LINK.format(escape(title))}</h1>'
    said = [f"<strong>{escape(standing.state)}</strong>"]
    if standing.number:
        said.append(f"Nomor <bdi>{escape(one_line(standing.number))}</bdi>")
    yield f'<p class="status">{" ".join(said)}</p>'
    facts = list(_facts(sop, about, standing))
    if facts:
        rows = (f'<div><dt>{name}</dt><dd dir="auto">{escape(text)}</dd></div>' for name, text in facts)
        yield "<dl>\n" + "\n".join(rows) + "\n</dl>"
    guess = f" Masih dugaan: {'; '.join(one_line(guess.hal) for guess in sop.dugaan)}." if sop.dugaan else ""
    yield f'<p class="salinan" dir="auto">{escape(COPY + guess)}</p>'


def _facts(sop: SOP, about: About, standing: Standing) -> Iterator[tuple[str, str]]:
    begins = parse_date(sop.tanggal.efektif)
    if begins and standing.state in ("Berlaku", "Belum berlaku"):
        yield "Berlaku sejak" if standing.state == "Berlaku" else "Mulai berlaku", date_text(begins)
    ends = parse_date(sop.pencabutan.tanggal) if sop.pencabutan else None
    if ends:
        yield "Tidak berlaku sejak" if standing.state == "Dicabut" else "Akan dicabut mulai", date_text(ends)
    for name, found in (("Berapa lama", about.time), ("Siapa yang menandatangani", about.signs)):
        if found:
            yield name, one_line("; ".join(dict.fromkeys(found)))
    if not about.signs and sop.disahkan_oleh and sop.disahkan_oleh.jabatan:
        yield "Disahkan oleh", one_line(sop.disahkan_oleh.jabatan)
