"""The cards that stand beside shared links: a picture of the right size, the same each time, and nothing in
it but what is to be seen."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.data.revisions.words import StandingWords, state_of
from generator.data.sources import read_catalogue
from generator.figure.metrics import text_width
from generator.flow.layout import lay_out
from generator.formats.card.card import _line, _name, _whole, site_card, sop_card
from generator.formats.pdf.data import Logo
from generator.model.sop import SOP, Pencabutan, Tanggal

ROOT = Path(__file__).parents[2]
SLUG = "surat-dan-jadwal"
LOGO = Logo('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>', "x")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    found, problems = read_catalogue(ROOT / "sop_data")
    assert found is not None, problems
    return found.for_audience("publik")


def card(
    sop: SOP, catalogue: Catalogue, state: StandingWords | None = None, logo: Logo | None = None
) -> bytes:
    drawings = [lay_out(chart) for chart in catalogue.charts[sop.slug]]
    return sop_card(sop, catalogue, drawings, state or StandingWords("berlaku"), logo)


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at = 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += 12 + size


def test_a_card_is_a_picture_of_the_right_size_and_no_more(catalogue: Catalogue) -> None:
    made = [card(sop, catalogue) for sop in catalogue.sop.values()] + [site_card(catalogue.instansi, LOGO)]
    assert len(set(made)) == len(made)
    for png in made:
        parts = list(chunks(png))
        assert {kind for kind, _ in parts} <= {b"IHDR", b"PLTE", b"pHYs", b"IDAT", b"IEND"}, (
            "texts in the file"
        )
        assert struct.unpack(">II", parts[0][1][:8]) == (1200, 630)
        assert len(png) < 300_000, "what some messengers take"


def test_a_card_shows_what_it_is_given_and_is_the_same_each_time(catalogue: Catalogue) -> None:
    sop = catalogue.sop[SLUG]
    first = card(sop, catalogue)
    assert card(sop, catalogue) == first
    others = (
        card(replace(sop, nama="Lain"), catalogue),
        card(replace(sop, dugaan=()), catalogue),
        card(sop, catalogue, StandingWords("berlaku", ended=True)),
        card(sop, catalogue, StandingWords("dicabut")),
        card(sop, catalogue, logo=LOGO),
        sop_card(sop, catalogue, [], StandingWords("berlaku"), None),
    )
    assert len({first, *others}) == len(others) + 1


HOSTILE = (
    '#image("x") $x$ {{ 7*7 }} </svg> \\',
    "\u202eterbalik\x00\x1b\n\n\n",
    "😀漢字",
    "x" * 3000,
    " ",
    "a " * 900,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_words_become_a_card(text: str, catalogue: Catalogue) -> None:
    sop = replace(catalogue.sop[SLUG], nama=text)
    assert card(sop, catalogue, StandingWords(text)) != card(sop, catalogue, StandingWords("lain"))


@given(st.text(max_size=400))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_name_has_room_and_is_cut_only_with_an_ellipsis(text: str) -> None:
    size, lines = _name(text, 640)
    assert len(lines) <= 4
    assert all(text_width(line) * size * 1.08 <= 641 for line in lines)
    whole = "".join(_line(text, 10**9).split())
    shown = "".join("".join(lines).split())
    assert shown == whole or (shown.endswith("…") and whole.startswith(shown[:-1]))


def test_the_longest_state_is_told_with_its_last_date() -> None:
    words = "Berlaku sejak 30 September 2026 sampai paling lambat 30 September 2027"
    size, shown = _whole(words, 600)
    assert shown == words
    assert text_width(words) * size * 1.08 <= 600
    assert _whole("Berlaku", 600) == (25, "Berlaku")


def test_a_card_says_how_the_sop_stands() -> None:
    sop = SOP(slug="a", nama="A", unit="u", tanggal=Tanggal(efektif="1 Januari 2026"))
    ended = replace(sop, pencabutan=Pencabutan(tanggal="1 Maret 2026"))
    undated = SOP(slug="a", nama="A", unit="u")
    day = date(2026, 2, 1)
    assert state_of([sop], day) == StandingWords("berlaku sejak 1 Januari 2026")
    assert state_of([sop], date(2025, 1, 1)) == StandingWords("akan berlaku mulai 1 Januari 2026")
    assert state_of([ended], day) == StandingWords("berlaku sejak 1 Januari 2026 sampai 28 Februari 2026")
    assert state_of([ended], date(2026, 3, 1)) == StandingWords("dicabut sejak 1 Maret 2026", True)
    assert state_of([undated], day) == StandingWords("tidak disebut sejak kapan berlaku")
