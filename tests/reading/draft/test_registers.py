"""Laws, actors and units as printed → what the registers hold, or a new entry that claims nothing more."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.reading.draft.registers import actor, law, unit
from tests.documents.cases import catalogue


@pytest.mark.parametrize(
    "said",
    [
        "UU Nomor 25 Tahun 2009 Tentang Pelayanan Publik",
        "1. Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
        "(2) UU No. 25 Th 2009 ttg Pelayanan Publik.",
        "\uf0b7 Undang-Undang Republik Indonesia No 25 Tahun 2009 tentang Pelayanan Publik",
        "a. UU\u200b Nomer 25 Tahun 2009 TENTANG Pelayanan Publik",
    ],
)
def test_a_law_is_known_in_other_letters(said: str) -> None:
    found = law(said, {}, catalogue())
    assert (found.id, found.doubt, found.entry) == ("uu-25-2009", "", None)


def test_a_law_that_is_cited_in_other_words_is_a_doubt() -> None:
    found = law("UU Nomor 25 Tahun 2009 tentang Pelayanan Umum", {}, catalogue())
    assert found.id == "uu-25-2009"
    assert "Pelayanan Umum" in found.doubt


@pytest.mark.parametrize("title", ["Pelayanan Publk", "Pelayaanan Publik", "Pelayanan Pubilk"])
def test_a_misprint_in_a_title_is_the_same_law_and_told(title: str) -> None:
    found = law(f"UU Nomor 25 Tahun 2009 tentang {title}", {}, catalogue())
    assert (found.id, found.doubt, found.entry) == ("uu-25-2009", "", None)
    assert found.other == catalogue().hukum["uu-25-2009"].kutipan


@pytest.mark.parametrize(
    "said", ["UU Nomor 25 Tahun 2008 tentang Pelayanan Publik", "UU Nomor 26 Tahun 2009"]
)
def test_another_number_or_year_is_no_misprint(said: str) -> None:
    found = law(said, {}, catalogue())
    assert found.id != "uu-25-2009"
    assert found.other == ""


def test_a_new_law_says_what_was_printed() -> None:
    found = law(
        "3. Peraturan Pemerintah No. 51 Tahun 1999 tentang Penyelenggaraan Statistik;", {}, catalogue()
    )
    assert (found.id, found.doubt) == ("pp-51-1999", "")
    assert found.entry == {
        "kutipan": "Peraturan Pemerintah No. 51 Tahun 1999 tentang Penyelenggaraan Statistik",
        "jenis": "Peraturan Pemerintah",
        "nomor": "51",
        "tahun": "1999",
        "judul": "Penyelenggaraan Statistik",
        "status": "belum-diperiksa",
        "keyakinan": "belum-diperiksa",
    }


def test_what_is_no_law_is_told() -> None:
    assert "tidak terbaca sebagai peraturan" in law("Badan Pusat Statistik", {}, catalogue()).doubt


def test_actors_are_known_by_heading_and_full_name() -> None:
    made = catalogue()
    assert actor("KASI", "", {}, made).id == "kasi"
    assert actor("Kepala  Seksi", "", {}, made).id == "kasi"
    new = actor("Juru Arsip", "BPS Provinsi", {}, made)
    assert (new.id, new.entry) == (
        "juru-arsip-bps-provinsi",
        {"nama": "Juru Arsip", "lengkap": "Juru Arsip BPS Provinsi"},
    )
    assert actor("Kasi", "", {"kasi": ""}, made).id != "kasi", "one actor, one column"


def test_a_unit_is_known_by_its_letterhead_or_its_name_in_it() -> None:
    made = catalogue()
    one = next(iter(made.unit.values()))
    assert unit(["PEMERINTAH", one.nama.upper()], made) is not None
    assert unit(["KECAMATAN LAIN"], made) is None
    alone: Catalogue = replace(made, unit={one.id: one})
    found = unit(["KECAMATAN LAIN"], alone)
    assert found is not None
    assert found.doubt
