"""What the banner of an SOP says: from its data and the date that is given, never from the clock."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.data.review import review_before
from generator.data.sources import read_catalogue
from generator.formats.html.summary import notices, summarise
from generator.model.klasifikasi import Klasifikasi
from generator.model.sop import SOP, Pengesahan, Tanggal

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    found, _ = read_catalogue(ROOT / "sop_data")
    assert found is not None
    return found.for_audience("internal")


def names(sop: SOP, catalogue: Catalogue, day: date | None = None) -> list[str]:
    return [notice.name for notice in notices(sop, catalogue, day)]


WHOLE = SOP(
    slug="a",
    nama="A",
    nomor="1",
    unit="u",
    klasifikasi=Klasifikasi.PUBLIK,
    tanggal=Tanggal(pembuatan="1 Januari 2020", efektif="31 Januari 2020"),
    disahkan_oleh=Pengesahan(jabatan="Kepala Dinas"),
)


def test_a_whole_sop_only_names_its_next_review(catalogue: Catalogue) -> None:
    assert names(WHOLE, catalogue) == ["Tinjau ulang"]
    assert review_before(WHOLE, 1) == date(2020, 2, 29)
    assert review_before(WHOLE, 12) == date(2021, 1, 31)


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2020, 1, 30), ["Belum berlaku", "Tinjau ulang"]),
        (date(2020, 1, 31), ["Tinjau ulang"]),
        (date(2021, 1, 30), ["Tinjau ulang"]),
        (date(2021, 1, 31), ["Perlu tinjau ulang"]),
    ],
)
def test_against_a_date_it_says_what_is_due(catalogue: Catalogue, day: date, wanted: list[str]) -> None:
    assert names(WHOLE, catalogue, day) == wanted


def test_a_revision_counts_from_its_own_day() -> None:
    revised = replace(WHOLE, tanggal=Tanggal(efektif="1 Mei 2020", revisi="1 Juni 2021"))
    assert review_before(revised, 12) == date(2022, 6, 1)
    assert review_before(replace(WHOLE, tanggal=Tanggal(pembuatan="-")), 12) is None


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"nomor": "-"}, "Belum bernomor"),
        ({"nomor": None}, "Belum bernomor"),
        ({"tanggal": Tanggal(efektif="-")}, "Tanggal efektif belum ada"),
        ({"disahkan_oleh": None}, "Pengesah tidak disebut"),
        ({"klasifikasi": None}, "Draf"),
        ({"klasifikasi": Klasifikasi.INTERNAL}, "Internal"),
        ({"dasar_hukum": ("permenkominfo-27-2011",)}, "Dasar hukum perlu diperiksa"),
    ],
)
def test_what_is_missing_is_said(catalogue: Catalogue, change: dict[str, object], name: str) -> None:
    assert name in names(replace(WHOLE, **change), catalogue)
    assert name not in names(WHOLE, catalogue)


def test_totals_of_the_seed_say_what_is_unknown(catalogue: Catalogue) -> None:
    totals = {slug: summarise(sop, catalogue) for slug, sop in catalogue.sop.items()}
    assert totals["surat-dan-jadwal"].total == "75 menit (1 jam 15 menit)"
    assert totals["pelaksanaan-pembinaan"].total == "260 menit (4 jam 20 menit)"
    assert totals["pembentukan-kim"].total == "13 hari dan 1 langkah tanpa waktu"
    assert totals["surat-dan-jadwal"].actors == ("kasi", "jfu", "kabid", "kadis")
    assert all(total.purpose is None for total in totals.values())  # the seed is silent
