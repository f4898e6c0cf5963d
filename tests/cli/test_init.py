"""``sop init``: what an agency says of itself becomes a folder that builds; nothing is overwritten."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cli import main
from generator.data.sources import read_catalogue
from generator.data.writing.project import NewAgency, government_of, level_of, picture_name, project_files
from generator.data.writing.tidy import tidy
from generator.model.problems import Severity

ROOT = Path(__file__).parents[2]
NAME = "Dinas Kesehatan Kabupaten Contoh"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'


def init(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["init", *words])
    return done.exit_code, done.output


def test_a_name_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status, said = init("dinkes", "--nama", NAME)
    assert (status, "cd dinkes" in said, "sop serve" in said) == (0, True, True), said
    catalogue, problems = read_catalogue(Path("dinkes/sop_data"))
    assert catalogue is not None
    assert len(problems) == 3, "a draft without number and dates, and nothing else to be done"
    assert catalogue.instansi.pemerintah == "Pemerintah Kabupaten Contoh"
    assert [sop.klasifikasi for sop in catalogue.sop.values()] == [None], "an example is never published"
    for name in ("README.md", "requirements.txt", ".gitignore", ".gitlab-ci.yml", "sop_data/skema-sop.json"):
        assert Path("dinkes", name).is_file(), name
    assert NAME in Path("dinkes/README.md").read_text("utf-8")
    assert not list(Path("dinkes").glob(".sop-init-*"))
    assert CliRunner().invoke(main, ["fmt", "--check", "--data", "dinkes/sop_data"]).exit_code == 0


def test_all_that_is_said_stands_in_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("Lambang Kota.SVG").write_text(PICTURE)
    words = ["--nama", "RSUD: 'Uji' #1", "--singkatan", "RSUD", "--tingkat", "kota", "--warna", "0B5394"]
    words += [
        "--pemerintah",
        "Pemerintah Kota Uji",
        "--alamat",
        "Jl. A: 1; Kota Uji",
        "--unit",
        "Loket & Data",
    ]
    status, said = init(*words, "--pejabat", "Direktur", "--logo", "Lambang Kota.SVG")
    assert status == 0, said
    catalogue, problems = read_catalogue(Path("sop_data"))
    assert catalogue is not None, problems
    agency = catalogue.instansi
    assert (agency.nama, agency.singkatan, agency.pemerintah) == (words[1], "RSUD", "Pemerintah Kota Uji")
    assert (agency.alamat, agency.warna, agency.logo) == (
        ("Jl. A: 1", "Kota Uji"),
        "#0b5394",
        "lambang-kota.svg",
    )
    assert Path("sop_data/lambang-kota.svg").read_text() == PICTURE
    [sop] = catalogue.sop.values()
    assert (sop.unit, sop.disahkan_oleh and sop.disahkan_oleh.jabatan) == ("loket-data", "Direktur")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "sebut nama instansi: sop init FOLDER --nama NAMA"),
        (["--nama", "  "], "tidak boleh kosong"),
        (["--nama", NAME, "--warna", "#ffff00"], "pakai misalnya '#"),
        (["--nama", NAME, "--warna", "merah"], "warna 'merah' tidak dikenal"),
        (["--nama", NAME, "--logo", "setup.txt"], "setup.txt"),
        (["--nama", NAME, "--tingkat", "rt"], "rt"),
        (["--nama", "a\x07b"], "tidak ada yang ditulis"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    status, output = init("baru", *words)
    assert status != 0
    assert said in output
    assert "Traceback" not in output
    assert not Path("baru").exists()


@pytest.mark.parametrize("there", ["sop_data/x", "README.md", ".gitlab-ci.yml"])
def test_nothing_is_overwritten(tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("milik saya")
    status, said = init(str(tmp_path), "--nama", NAME)
    assert (status, "tidak ada yang ditulis" in said) == (1, True), said
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / there]
    assert (tmp_path / there).read_text() == "milik saya"


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z", "M")) | st.just(" "), min_size=1)


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(nama=TEXT, unit=TEXT, pejabat=TEXT, alamat=st.lists(TEXT, max_size=3))
def test_any_text_makes_data_that_are_right_and_tidy(
    tmp_path_factory: pytest.TempPathFactory, nama: str, unit: str, pejabat: str, alamat: list[str]
) -> None:
    texts = [" ".join(text.split()) or "x" for text in (nama, unit, pejabat, *alamat)]
    name, first, signer, *lines = texts
    files = project_files(NewAgency(name, name, government_of(name, "kota"), first, signer, tuple(lines)))
    folder = tmp_path_factory.mktemp("teks")
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
        if path.startswith("sop_data/"):
            assert tidy(text, path) == (text, [])
    catalogue, problems = read_catalogue(folder / "sop_data")
    assert [one for one in problems if one.severity is Severity.ERROR] == []
    assert catalogue is not None
    assert (catalogue.instansi.nama, catalogue.instansi.alamat) == (name, tuple(lines))


@pytest.mark.parametrize(
    ("name", "level", "government"),
    [
        ("Dinas X Kabupaten Badung", "kabupaten", "Pemerintah Kabupaten Badung"),
        ("Kecamatan Y Kota Denpasar", "kota", "Pemerintah Kota Denpasar"),
        ("Dinas Sosial Provinsi Bali", "provinsi", "Pemerintah Provinsi Bali"),
        ("Kementerian Z", "pusat", "Pemerintah Republik Indonesia"),
        ("RSUD Mangusada", "kabupaten", "Pemerintah Kabupaten …"),
    ],
)
def test_the_name_tells_level_and_government(name: str, level: str, government: str) -> None:
    assert level_of(name) == level
    assert government_of(name, level) == government


def test_a_picture_has_a_plain_name() -> None:
    assert picture_name(Path("a/Lambang (baru).PNG")) == "lambang-baru.png"
    assert picture_name(Path("ÄÖ.svg")) == "lambang.svg"


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="perlu terminal semu")
def test_on_a_terminal_it_asks(tmp_path: Path) -> None:
    """A mistake is told and asked again; an empty answer takes what stands in brackets."""
    answers = [NAME, "Dinkes", "", "", "", "", "#ffff00", "#0b5394", "", "Kepala Dinas"]
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "generator", "init", "baru"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(command, cwd=tmp_path, env=env, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said, until = "", time.monotonic() + 60
    try:
        while time.monotonic() < until:
            if not select.select([ours], [], [], 0.5)[0]:
                continue
            try:
                said += os.read(ours, 4096).decode("utf-8", "replace")
            except OSError:
                break  # it has ended
            if answers and said.endswith(": "):
                os.write(ours, f"{answers.pop(0)}\n".encode())
        assert running.wait(60) == 0, said
    finally:
        running.kill()
        os.close(ours)
    assert "tulisan putih tidak terbaca" in said
    catalogue, _ = read_catalogue(tmp_path / "baru" / "sop_data")
    assert catalogue is not None
    agency = catalogue.instansi
    assert (agency.nama, agency.singkatan, agency.warna) == (NAME, "Dinkes", "#0b5394")
    [sop] = catalogue.sop.values()
    assert sop.disahkan_oleh is not None
    assert sop.disahkan_oleh.jabatan == "Kepala Dinas"
