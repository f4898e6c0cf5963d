"""Earlier versions in the data folder: read, checked, kept from whoever may not see them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from generator.model.problems import Problem, Severity

ROOT = Path(__file__).parents[2]
SLUG = "surat-dan-jadwal"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "sop_data", tmp_path / "data"))


def keep(data: Path, number: int, *changes: tuple[str, str], slug: str = SLUG) -> Path:
    """Keep a version of an SOP as it stands now, with changes."""
    text = (data / "sop" / f"{slug}.yml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = data / "versi" / slug / f"{number}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def open_version(data: Path, number: int, slug: str = SLUG) -> None:
    path = data / "sop" / f"{slug}.yml"
    path.write_text(path.read_text(encoding="utf-8") + f"versi: {{nomor: {number}}}\n", encoding="utf-8")


def errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def read(data: Path) -> Catalogue:
    catalogue, problems = read_catalogue(data)
    assert catalogue is not None, errors(problems)
    return catalogue


def test_versions_come_oldest_first(data: Path) -> None:
    for number in (10, 2, 1):
        name = ("nama: Surat dan Jadwal", f"versi: {{nomor: {number}}}\nnama: Surat dan Jadwal {number}")
        keep(data, number, name)
    open_version(data, 11)
    found = read(data).versi
    assert list(found) == [SLUG]
    assert [(v.slug, v.versi.nomor, v.nama) for v in found[SLUG]] == [
        (SLUG, n, f"Surat dan Jadwal {n}") for n in (1, 2, 10)
    ]


def test_without_versions_nothing_changes(data: Path) -> None:
    assert read(data).versi == {}


def test_an_internal_version_of_a_public_sop_stays_internal(data: Path) -> None:
    keep(data, 1, ("klasifikasi: publik", "klasifikasi: internal"), ("nama: Surat", "nama: RAHASIA Surat"))
    keep(data, 2, ("nama: Surat", "versi: {nomor: 2}\nnama: TERBUKA Surat"))
    keep(data, 3, ("klasifikasi: publik", "klasifikasi: dikecualikan\nversi: {nomor: 3}"))
    open_version(data, 4)
    catalogue = read(data)
    assert [v.versi.nomor for v in catalogue.for_audience(Audience.PUBLIK).versi[SLUG]] == [2]
    assert [v.versi.nomor for v in catalogue.for_audience(Audience.INTERNAL).versi[SLUG]] == [1, 2]


def test_versions_of_an_internal_sop_never_reach_the_public(data: Path) -> None:
    keep(data, 1)
    path = data / "sop" / f"{SLUG}.yml"
    text = path.read_text(encoding="utf-8").replace("klasifikasi: publik", "klasifikasi: internal")
    path.write_text(text, encoding="utf-8")
    open_version(data, 2)
    catalogue = read(data)
    assert SLUG not in catalogue.for_audience(Audience.PUBLIK).versi
    assert SLUG in catalogue.for_audience(Audience.INTERNAL).versi


CANARY = "KENARI"


def test_no_word_of_a_hidden_version_is_in_the_public_catalogue(data: Path) -> None:
    keep(
        data,
        1,
        ("klasifikasi: publik", "klasifikasi: internal"),
        ("nama: Surat dan Jadwal", f"nama: {CANARY} nama\nversi: {{nomor: 1, alasan: {CANARY} alasan}}"),
        ("uraian: Menyusun", f"uraian: {CANARY} Menyusun"),
        ("pelaksana: [kasi,", "pelaksana: [kenari, kasi,"),
        ("dasar_hukum: [", "dasar_hukum: [uu-kenari, "),
    )
    open_version(data, 2)
    with (data / "pelaksana.yml").open("a", encoding="utf-8") as stream:
        stream.write(f"\nkenari:\n  nama: {CANARY}\n")
    with (data / "hukum.yml").open("a", encoding="utf-8") as stream:
        stream.write(
            f"\nuu-kenari:\n  kutipan: {CANARY}\n  jenis: UU\n"
            f"  nomor: '1'\n  tahun: '2000'\n  judul: {CANARY}\n"
        )
    catalogue = read(data)
    assert CANARY in repr(catalogue.for_audience(Audience.INTERNAL)), "the canary sings where it may"
    assert "kenari" not in repr(catalogue.for_audience(Audience.PUBLIK)).casefold()


def test_a_public_version_brings_the_actors_and_laws_it_names(data: Path) -> None:
    keep(data, 1, ("pelaksana: [kasi,", "pelaksana: [lama, kasi,"))
    open_version(data, 2)
    with (data / "pelaksana.yml").open("a", encoding="utf-8") as stream:
        stream.write("\nlama:\n  nama: Jabatan Lama\n")
    assert "lama" in read(data).for_audience(Audience.PUBLIK).pelaksana


def test_problems_of_excluded_sops_and_versions_are_not_shown_inside(data: Path) -> None:
    keep(
        data,
        1,
        ("unit: seksi", "klasifikasi: dikecualikan\nunit: hilang-seksi"),
        ("klasifikasi: publik\n", ""),
    )
    keep(data, 2, ("unit: seksi", "versi: {nomor: 2}\nunit: pindah-seksi"))
    open_version(data, 3)
    inside = read(data).for_audience(Audience.INTERNAL).problems
    assert any("pindah-seksi" in problem.message for problem in inside)
    assert not any("hilang-seksi" in problem.message for problem in inside)


def test_an_old_name_in_a_version_is_a_warning_and_a_broken_one_an_error(data: Path) -> None:
    keep(data, 1, ("unit: seksi", "unit: dulu-seksi"))
    open_version(data, 2)
    _, problems = read_catalogue(data)
    assert not errors(problems)
    assert any("versi lama: unit 'dulu-seksi" in problem.message for problem in problems)
    path = keep(data, 1, ("uraian: Menyusun", "uraiann: Menyusun"))
    open_errors = errors(read_catalogue(data)[1])
    assert open_errors
    assert {problem.position.file for problem in open_errors} == {path.as_posix()}


@pytest.mark.parametrize(
    ("number", "opened", "said"),
    [(1, None, "masih sama"), (2, None, "memuat versi 1"), (1, 1, "masih sama")],
)
def test_numbers_that_do_not_fit_are_said(data: Path, number: int, opened: int | None, said: str) -> None:
    if opened:
        open_version(data, opened)
    keep(data, number)
    problems = read_catalogue(data)[1]
    assert any(said in problem.message and problem.hint for problem in problems)


def test_a_version_that_is_not_older_than_its_sop_is_an_error(data: Path) -> None:
    keep(data, 1, ("nama: Surat", "nama: Lain Surat"))
    assert [p.message for p in errors(read_catalogue(data)[1])] == [
        "versi 1 tersimpan, padahal SOP-nya baru versi 1"
    ]


def test_versions_without_an_sop_are_said(data: Path) -> None:
    keep(data, 1).parent.rename(data / "versi" / "hilang")
    assert any("tidak ada SOP 'hilang'" in problem.message for problem in read_catalogue(data)[1])


def test_a_revocation_that_a_draft_hides_is_said(data: Path) -> None:
    keep(data, 1, ('efektif: "-"', "efektif: 1 Mei 2020"))
    path = data / "sop" / f"{SLUG}.yml"
    text = path.read_text(encoding="utf-8") + "versi: {nomor: 2}\npencabutan: {tanggal: 1 Mei 2026}\n"
    path.write_text(text, encoding="utf-8")
    problems = read_catalogue(data)[1]
    assert not any("tidak tampak" in problem.message for problem in problems)
    assert read(data).for_audience(Audience.PUBLIK).sop[SLUG].pencabutan is not None
    path.write_text(text.replace("klasifikasi: publik", "klasifikasi: internal"), encoding="utf-8")
    (found,) = [p for p in read_catalogue(data)[1] if "tidak tampak" in p.message]
    assert (found.position.file, found.severity) == (path.as_posix(), Severity.WARNING)
    assert read(data).for_audience(Audience.PUBLIK).sop[SLUG].pencabutan is None


@pytest.mark.parametrize("level", ["klasifikasi: internal", "klasifikasi: dikecualikan", ""])
def test_a_closed_version_that_no_date_tells_apart_is_said(data: Path, level: str) -> None:
    """It closes the SOP, as nobody opens what may be meant to be closed; a date leaves the one before."""
    keep(data, 1)
    path = data / "sop" / f"{SLUG}.yml"
    opened = path.read_text(encoding="utf-8") + "versi: {nomor: 2}\n"
    path.write_text(opened, encoding="utf-8")

    def found() -> list[Problem]:
        return [p for p in read_catalogue(data)[1] if "hilang dari situs" in p.message]

    assert not found()
    closed = opened.replace("klasifikasi: publik", level)
    path.write_text(closed, encoding="utf-8")
    assert SLUG not in read(data).for_audience(Audience.PUBLIK).sop
    (one,) = found()
    line = closed[: closed.index("efektif:")].count("\n") + 1
    assert (one.position.file, one.position.line, one.severity) == (path.as_posix(), line, Severity.WARNING)
    assert ("dan situs internal" in one.message) is ("dikecualikan" in level)
    path.write_text(closed.replace('efektif: "-"', "efektif: 1 Mei 2026"), encoding="utf-8")
    assert not found()
    days = [date(2026, 4, 30), date(2026, 5, 1)]
    assert [SLUG in read(data).for_audience(Audience.PUBLIK, day).sop for day in days] == [True, False]


def test_a_closed_draft_after_a_date_takes_nothing_away(data: Path) -> None:
    keep(data, 1, ('efektif: "-"', "efektif: 1 Mei 2020"))
    path = data / "sop" / f"{SLUG}.yml"
    text = path.read_text(encoding="utf-8").replace("klasifikasi: publik", "klasifikasi: internal")
    path.write_text(text + "versi: {nomor: 2}\n", encoding="utf-8")
    assert not [p for p in read_catalogue(data)[1] if "hilang dari situs" in p.message]
    assert read(data).for_audience(Audience.PUBLIK).sop[SLUG].versi.nomor == 1
