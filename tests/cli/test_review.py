"""``sop review --tetap``: that an SOP was reviewed and stays in force, until what it names changes."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.data.catalogue import Catalogue
from generator.data.health import assess
from generator.data.revisions.marks import last_review
from generator.data.sources import read_catalogue
from generator.data.writing.yaml_style import with_values
from generator.model.dates import parse_date
from generator.site.lists.feed import atom
from generator.site.lists.history import all_news
from generator.site.pages import sop_page
from tests.open_files import open_files

ROOT = Path(__file__).parents[2]
SLUG, OTHER = "surat-dan-jadwal", "pembentukan-kim"
DAY = "2026-11-01"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(ROOT / "sop_data", tmp_path / "sop_data"))
    change(folder, SLUG, {("tanggal", "efektif"): "1 Mei 2020"})
    return folder


def change(folder: Path, slug: str, values: dict) -> None:  # type: ignore[type-arg]
    path = folder / "sop" / f"{slug}.yml"
    path.write_text(with_values(path.read_text(encoding="utf-8"), values), encoding="utf-8")


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["review", "--data", str(data), *words])


def keep(data: Path, *words: str) -> Result:
    done = run(data, "--tetap", "--oleh", "Kasi Publikasi", "--tanggal", DAY, *words)
    assert done.exit_code == 0, done.output
    return done


def rows(data: Path, day: str = "2026-11-02") -> dict[str, dict]:  # type: ignore[type-arg]
    found = json.loads(run(data, "--json", "--all", "--date", day).output)
    return {row["sop"]: row for row in found}


def whole(data: Path) -> Catalogue:
    found, problems = read_catalogue(data)
    assert found is not None, problems
    return found


def test_a_reviewed_sop_is_no_longer_overdue(data: Path) -> None:
    assert rows(data)[SLUG]["keadaan"] == "terlambat"
    keep(data, SLUG, "--catatan", "sesuai")
    assert rows(data)[SLUG]["tinjau_sebelum"] == "2027-11-01"
    assert rows(data)[SLUG]["keadaan"] == "belum waktunya"
    one = last_review(whole(data).sop[SLUG])
    assert one is not None
    assert (one.tanggal, one.oleh, one.catatan) == ("1 November 2026", "Kasi Publikasi", "sesuai")


def test_nothing_else_in_the_file_changes(data: Path) -> None:
    before = (data / "sop" / f"{SLUG}.yml").read_text(encoding="utf-8")
    keep(data, SLUG)
    after = (data / "sop" / f"{SLUG}.yml").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert CliRunner().invoke(main, ["fmt", "--check", "--data", str(data)]).exit_code == 0


def test_the_same_command_twice_writes_one_record(data: Path) -> None:
    keep(data, SLUG)
    once = (data / "sop" / f"{SLUG}.yml").read_bytes()
    keep(data, SLUG)
    assert (data / "sop" / f"{SLUG}.yml").read_bytes() == once


def test_many_at_once(data: Path) -> None:
    assert "3 SOP dicatat" in keep(data, "--semua").output
    assert all(one.tinjauan for one in whole(data).sop.values())


def test_a_unit_at_once(data: Path) -> None:
    unit = whole(data).sop[SLUG].unit
    under = [slug for slug, sop in whole(data).sop.items() if sop.unit == unit]
    assert f"{len(under)} SOP dicatat" in keep(data, "--unit", unit).output


def test_the_version_in_force_is_confirmed_not_the_draft(data: Path) -> None:
    words = ["revise", SLUG, "--perubahan", "a", "--alasan", "b", "--data", str(data)]
    assert CliRunner().invoke(main, words).exit_code == 0
    keep(data, SLUG)
    assert "tinjauan" not in (data / "sop" / f"{SLUG}.yml").read_text(encoding="utf-8")
    assert "Kasi Publikasi" in (data / "versi" / SLUG / "1.yml").read_text(encoding="utf-8")


def test_a_revision_takes_no_review_with_it(data: Path) -> None:
    keep(data, SLUG)
    words = ["revise", SLUG, "--perubahan", "a", "--alasan", "b", "--data", str(data)]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert whole(data).sop[SLUG].tinjauan == ()


@pytest.mark.parametrize(
    ("place", "months"), [("sop", 3), ("unit", 6), ("instansi", 24)], ids=["sop", "unit", "agency"]
)
def test_the_interval_of_an_sop_a_unit_or_the_agency(data: Path, place: str, months: int) -> None:
    keep(data, SLUG)
    values: dict = {("tinjau_ulang_bulan",): months}  # type: ignore[type-arg]
    if place == "sop":
        change(data, SLUG, values)
    else:
        path = data / f"{place}.yml"
        if place == "unit":
            top = whole(data).unit_chain(whole(data).sop[SLUG].unit)[-1].id
            values = {(top, "tinjau_ulang_bulan"): months}
        path.write_text(with_values(path.read_text(encoding="utf-8"), values), encoding="utf-8")
    year, month = divmod(2026 * 12 + 10 + months, 12)
    assert rows(data)[SLUG]["tinjau_sebelum"] == f"{year}-{month + 1:02d}-01"


LAW = "uu-25-2009"


@pytest.mark.parametrize(
    ("file", "path", "value", "said"),
    [
        ("hukum.yml", (LAW, "status"), "dicabut", "peraturan"),
        ("pelaksana.yml", ("kasi", "nama"), "Kepala Seksi", "pelaksana Kepala Seksi"),
        (f"sop/{OTHER}.yml", ("nama",), "Pembentukan Baru", "SOP Pembentukan Baru"),
    ],
)
def test_it_is_to_be_looked_at_until_somebody_confirms(
    data: Path, file: str, path: tuple[str, ...], value: str, said: str
) -> None:
    change(data, SLUG, {("keterkaitan",): [{"sop": OTHER}]})
    keep(data, SLUG)
    assert rows(data)[SLUG]["berubah"] == []
    text = (data / file).read_text(encoding="utf-8")
    (data / file).write_text(with_values(text, {path: value}), encoding="utf-8")
    (told,) = rows(data)[SLUG]["berubah"]
    assert told.startswith(said)
    inside = whole(data).for_audience("internal")
    assert assess(inside, None).total.changed == 1
    assert "Perlu dilihat" in {n.name for n in _notices(inside)}
    assert "Perlu dilihat" not in {n.name for n in _notices(whole(data).for_audience("publik"))}
    keep(data, SLUG)
    assert rows(data)[SLUG]["berubah"] == []


def _notices(catalogue: Catalogue):  # type: ignore[no-untyped-def]
    from generator.formats.html.summary import notices

    return list(notices(catalogue.sop[SLUG], catalogue, parse_date("2026-11-02")))


def test_what_changes_no_meaning_is_not_told(data: Path) -> None:
    change(data, SLUG, {("keterkaitan",): [{"sop": OTHER}]})
    keep(data, SLUG)
    change(data, OTHER, {("catatan",): "hanya catatan"})
    keep(data, OTHER)
    assert rows(data)[SLUG]["berubah"] == []


def texts_of(path: str, content: bytes) -> list[str]:
    """A file as text; of a ZIP those of the files inside, and of the ZIPs among them."""
    if not path.endswith(".zip"):
        return [content.decode()]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return [text for name in packed.namelist() for text in texts_of(name, packed.read(name))]


def test_the_record_is_on_page_feed_and_open_data_and_its_marks_nowhere(data: Path) -> None:
    change(data, SLUG, {("keterkaitan",): [{"sop": OTHER}]})
    change(data, OTHER, {("klasifikasi",): "dikecualikan"})
    keep(data, SLUG)
    change(data, OTHER, {("nama",): "Nama Baru Rahasia"})
    day = parse_date("2026-11-02")
    for audience in ("publik", "internal"):
        seen = whole(data).for_audience(audience, day)
        files = [text for path, content in open_files(seen) for text in texts_of(path, content)]
        page = sop_page(seen.sop[SLUG], seen, day).html()
        feed = atom(all_news(seen, day), seen, day).decode()
        assert all("Kasi Publikasi" in text for text in (page, feed, "".join(files)))
        everything = "".join((page, feed, *files))
        assert "Nama Baru Rahasia" not in everything
        assert f"sop/{OTHER}" not in everything
        assert "dilihat" not in everything.replace("Perlu dilihat", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--tetap", "--oleh", "A"), "sebut SLUG"),
        (("--tetap", "tidak-ada", "--oleh", "A"), "SOP 'tidak-ada' tidak ada"),
        (("--tetap", SLUG, "--oleh", " "), "tidak boleh kosong"),
        (("--tetap", SLUG, "--oleh", "A", "--tanggal", "2019-01-01"), "baru berlaku mulai 1 Mei 2020"),
        (("--tetap", "--unit", "tidak-ada", "--oleh", "A"), "unit 'tidak-ada' tidak ada"),
        (("--semua",), "hanya bersama --tetap"),
        ((SLUG, "--tetap", "--semua", "--oleh", "A"), "--semua tidak bersama"),
    ],
)
def test_what_cannot_be_recorded_is_said_and_nothing_is_written(
    data: Path, words: tuple[str, ...], said: str
) -> None:
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    done = run(data, *words)
    assert done.exit_code != 0
    assert said in done.output
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_no_name_is_broken(data: Path, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    said = run(data, "--all", "--date", "2026-11-02").output
    for slug, sop in whole(data).sop.items():
        assert slug in said
        assert sop.nama in said
