"""Several agencies in one data folder: each is read by itself, over what they share."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from generator.cli.data.check import check
from generator.data.files.shared import holds_agencies, shared_folder
from generator.data.sources import read_catalogue
from generator.model.problems import Problem, Severity
from generator.portal import agencies
from generator.portal.agencies import read_portal
from tests.bench.site.kabupaten import write_kabupaten


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_kabupaten(tmp_path / "data", 2, 2)


def errors(problems: list[Problem]) -> list[str]:
    return [f"{p.position}: {p.message}" for p in problems if p.severity is Severity.ERROR]


def test_each_agency_is_read_over_what_all_share(data: Path) -> None:
    portal, problems = read_portal(data)
    assert (problems, [agency.id for agency in portal.agencies]) == ([], ["dinkes", "disdik"])
    catalogue, found = read_catalogue(data / "instansi" / "dinkes")
    assert catalogue is not None, found
    assert set(catalogue.hukum) == {"uu-14-2008", "uu-25-2009", "perbup-1-2020"}
    assert set(catalogue.pelaksana) == {"pemohon", "staf", "kadis"}, (
        "a shared title that no SOP names is left out"
    )
    assert all(not Path(p.position.file).is_absolute() for p in catalogue.problems)


def test_a_folder_of_one_agency_shares_nothing(data: Path, tmp_path: Path) -> None:
    alone = tmp_path / "sendiri"
    (data / "instansi" / "dinkes").rename(alone)
    assert shared_folder(alone) is None
    assert not holds_agencies(alone)
    assert holds_agencies(data)
    assert read_catalogue(alone)[0] is None, "it names laws that only the shared register has"


def test_a_shared_law_is_not_made_another_one(data: Path) -> None:
    file = data / "instansi" / "dinkes" / "hukum.yml"
    laws = yaml.safe_load(file.read_text())
    shared = yaml.safe_load((data / "bersama" / "hukum.yml").read_text())
    laws["uu-14-2008"] = shared["uu-14-2008"] | {"catatan": "Lihat juga turunannya."}
    file.write_text(yaml.safe_dump(laws, sort_keys=False))
    catalogue, found = read_catalogue(file.parent)
    assert catalogue is not None
    assert catalogue.hukum["uu-14-2008"].catatan == "Lihat juga turunannya."
    [told] = [p for p in found if p.rule == "bersama"]
    assert (told.severity, told.position.file) == (Severity.WARNING, file.as_posix())
    assert "bersama/hukum.yml:1" in told.message
    laws["uu-14-2008"]["nomor"] = "15"
    file.write_text(yaml.safe_dump(laws, sort_keys=False))
    catalogue, found = read_catalogue(file.parent)
    assert catalogue is None
    assert any("peraturannya lain (nomor)" in one for one in errors(found))


def test_a_title_of_another_meaning_is_told(data: Path) -> None:
    file = data / "instansi" / "dinkes" / "pelaksana.yml"
    file.write_text("pemohon: {nama: Pemohon}\nkadis: {nama: Kepala Badan}\n")
    [told] = [p for p in read_catalogue(file.parent)[1] if p.rule == "bersama"]
    assert "arti lain (nama)" in told.message
    assert (told.position.line, told.hint != "") == (2, True)


def test_what_is_wrong_with_the_folders_is_told_and_leaves_the_others(data: Path, tmp_path: Path) -> None:
    (data / "instansi" / "kosong").mkdir()
    (data / "instansi" / "Dinas Besar").mkdir()
    (data / "instansi" / "cari").mkdir()
    (data / "instansi" / "tautan").symlink_to(data / "instansi" / "dinkes")
    (data / "instansi" / "catatan.txt").write_text("x")
    (data / "bersama" / "unit.yml").write_text("a: {nama: A}\n")
    (data / "sop").mkdir()
    elsewhere = tmp_path / "lain"
    (data / "instansi" / "disdik").rename(elsewhere)
    (data / "portal.yml").write_text(
        "nama: Portal\ninstansi:\n  disdik: ../lain\n  dinkes: ../lain\n  dua: ../lain\n  hilang: ../tiada\n"
        "  ../keluar: ../lain\n"
    )
    portal, problems = read_portal(data)
    assert [(one.id, one.data.resolve()) for one in portal.agencies] == [
        ("dinkes", (data / "instansi" / "dinkes").resolve()),
        ("disdik", elsewhere.resolve()),
    ]
    told = {Path(p.position.file).name + f":{p.position.line}": p.message for p in problems}
    for where, word in {
        "kosong:1": "kosong",
        "Dinas Besar:1": "id instansi",
        "cari:1": "sudah dipakai portal",
        "tautan:1": "tautan",
        "catatan.txt:1": "tidak dibaca",
        "unit.yml:1": "tidak dibaca",
        "sop:1": "tidak dibaca",
        "portal.yml:4": "dua instansi",
        "portal.yml:5": "satu folder",
        "portal.yml:6": "tidak ada",
        "portal.yml:7": "id instansi",
    }.items():
        assert word in told[where], (where, told)
    assert all(p.hint for p in problems)
    assert {"kosong", "hilang"} <= portal.closed


def test_check_reads_all_agencies_or_one(data: Path) -> None:
    broken = data / "instansi" / "disdik" / "unit.yml"
    broken.write_text("dinas: {nama: ''\n")
    run = CliRunner()
    whole = run.invoke(check, ["--data", str(data)])
    assert whole.exit_code == 1
    assert broken.as_posix() in whole.output
    one = run.invoke(check, ["--data", str(data), "--instansi", "dinkes"])
    assert one.exit_code == 0, one.output
    assert "disdik" not in one.output
    unknown = run.invoke(check, ["--data", str(data), "--instansi", "dinkess"])
    assert unknown.exit_code == 1
    assert "dinkes" in unknown.output


def test_a_folder_with_far_too_much_keeps_nobody_waiting(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agencies, "MOST_FILES", 20)
    for number in range(21):
        (data / "instansi" / "disdik" / f"{number}.bin").touch()
    portal, problems = read_portal(data)
    assert [one.id for one in portal.agencies] == ["dinkes"]
    assert portal.closed == {"disdik"}, "its last pages stay"
    [told] = problems
    assert "memuat lebih dari 20 berkas" in told.message
    assert told.hint


def test_half_a_copy_is_told_where_it_lies(data: Path) -> None:
    """What a copy that was cut leaves: the agency is at fault, with the files that are not there."""
    for name in ("unit.yml", "pelaksana.yml"):
        (data / "instansi" / "disdik" / name).unlink(missing_ok=True)
    (data / "instansi" / "disdik" / "instansi.yml").write_text("nama: Dinas Pendidi")
    portal, problems = read_portal(data)
    assert problems == []
    found, told = read_catalogue(portal.agencies[1].data, home=data)
    assert found is None
    assert any("disdik/unit.yml" in problem.position.file for problem in told)
    assert read_catalogue(portal.agencies[0].data, home=data)[0] is not None
