"""``sop new``, ``schema``, ``fmt`` and ``check``: what a clerk types, and what stands in the folder then."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.data.sources import read_catalogue
from generator.data.writing.json_schema import SCHEMA_FILE, SCHEMA_LINE
from generator.model.problems import Severity

ROOT = Path(__file__).parents[2]
UNIT = "seksi-pemberdayaan-kelompok-komunikasi-masyarakat"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "sop_data", tmp_path / "data"))


def run(*args: str | Path, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], input=answers)


def errors(data: Path) -> list[str]:
    return [p.message for p in read_catalogue(data)[1] if p.severity is Severity.ERROR]


def test_new_asks_and_leaves_a_valid_draft(data: Path) -> None:
    answers = f"Cuti: Tahunan\n{UNIT}\nstaf, kasi\nMengetik surat # cuti\nstaf\nMemeriksa\nkasi\n\n"
    result = run("new", "--data", data, answers=answers)
    assert result.exit_code == 0, result.output
    text = (data / "sop" / "cuti-tahunan.yml").read_text(encoding="utf-8")
    assert text.startswith(SCHEMA_LINE)
    catalogue, _ = read_catalogue(data)
    assert catalogue is not None
    sop = catalogue.sop["cuti-tahunan"]
    assert (sop.nama, sop.klasifikasi) == ("Cuti: Tahunan", None)
    steps = [(step.uraian, step.pelaksana) for step in sop.alur[0].kegiatan]
    assert steps == [("Mengetik surat # cuti", ("staf",)), ("Memeriksa", ("kasi",))]
    assert "cuti-tahunan" not in catalogue.for_audience("publik").sop
    assert run("fmt", "--data", data, "--check").exit_code == 0


def test_new_takes_names_for_ids_and_asks_again_where_it_knows_none(data: Path) -> None:
    answers = (
        "Cuti\nsaksi\nSeksi Pemberdayaan Kelompok Komunikasi Masyarakat\nStaff Ahli\nStaf, Kepala Seksi\n"
    )
    answers += "Mengetik\nsatf\nSTAF\n\n"
    result = run("new", "--data", data, answers=answers)
    assert result.exit_code == 0, result.output
    catalogue, _ = read_catalogue(data)
    assert catalogue is not None
    sop = catalogue.sop["cuti"]
    assert (sop.unit, sop.alur[0].pelaksana) == (UNIT, ("staf", "kasi"))
    assert sop.alur[0].kegiatan[0].pelaksana == ("staf",)


def test_new_takes_everything_as_options(data: Path) -> None:
    result = run(
        "new",
        "--data",
        data,
        "--nama",
        "Cuti",
        "--unit",
        UNIT,
        "--pelaksana",
        "staf",
        "--langkah",
        "staf:Mengetik",
    )
    assert result.exit_code == 0, result.output
    assert errors(data) == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--nama", "Surat dan Jadwal"), "sudah ada"),
        (("--nama", "X", "--slug", "Tidak Boleh"), "huruf kecil"),
        (("--nama", "X", "--unit", "seksi"), "tidak ada di unit.yml"),
        (("--nama", "X", "--unit", UNIT, "--pelaksana", "stap"), "maksud Anda 'staf'?"),
        (("--nama", "X", "--unit", UNIT, "--pelaksana", "staf", "--langkah", "kasi:A"), "tidak punya kolom"),
        (("--nama", " "), "tidak boleh kosong"),
    ],
)
def test_new_says_what_is_wrong_and_writes_nothing(data: Path, args: tuple[str, ...], said: str) -> None:
    before = sorted(data.rglob("*"))
    result = run("new", "--data", data, *args)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert sorted(data.rglob("*")) == before


def test_the_schema_in_the_data_folder_is_the_one_of_the_code() -> None:
    written = json.loads((ROOT / "sop_data" / SCHEMA_FILE).read_text(encoding="utf-8"))
    fresh = json.loads(run("schema", "--data", ROOT / "sop_data", "--stdout").output)
    for kind in ("unit", "pelaksana", "hukum", "sop"):  # the ids in it follow the data, not the code
        written["definitions"].pop(kind), fresh["definitions"].pop(kind)
    assert written == fresh, "jalankan: sop schema"


def test_the_editor_finds_the_schema() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert f"./sop_data/{SCHEMA_FILE}" in settings["yaml.schemas"]
    assert (ROOT / "sop_data" / "sop" / SCHEMA_LINE.partition("$schema=")[2]).resolve().is_file()


def test_fmt_tidies_files_and_leaves_broken_ones(data: Path) -> None:
    path = data / "sop" / "surat-dan-jadwal.yml"
    kept = path.read_text(encoding="utf-8")
    path.write_text(
        kept.replace("nama: Surat dan Jadwal\n", "") + "nama: Surat dan Jadwal\n", encoding="utf-8"
    )
    broken = data / "sop" / "pembentukan-kim.yml"
    broken.write_text("nama: [\n", encoding="utf-8")
    assert run("fmt", "--data", data, "--check").exit_code == 1
    result = run("fmt", "--data", data)
    assert result.exit_code == 1
    assert "pembentukan-kim.yml:" in result.output
    assert path.read_text(encoding="utf-8") == kept
    assert broken.read_text(encoding="utf-8") == "nama: [\n"
    assert not list(data.rglob("*.baru"))


def test_check_can_be_asked_about_one_file(data: Path) -> None:
    for slug in ("surat-dan-jadwal", "pembentukan-kim"):
        path = data / "sop" / f"{slug}.yml"
        path.write_text(
            path.read_text(encoding="utf-8").replace("unit: seksi", "unit: seksie"), encoding="utf-8"
        )
    result = run("check", "--data", data, "--json", data / "sop" / "pembentukan-kim.yml")
    assert result.exit_code == 1
    assert {Path(row["berkas"]).stem for row in json.loads(result.output)} == {"pembentukan-kim"}
    assert run("check", "--data", data, data / "sop" / "pelaksanaan-pembinaan.yml").exit_code == 0


@pytest.mark.skipif(os.name == "nt", reason="SIGINT reaches only processes of POSIX this way")
def test_check_watch_checks_again_when_the_data_changes(data: Path) -> None:
    command = [sys.executable, "-m", "generator", "check", "--watch", "--json", "--data", str(data)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # a background job ignores it
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        overdue = threading.Timer(60, process.kill)  # then the lines end, and the test fails
        overdue.start()
        assert "Menunggu" in process.stderr.readline()
        (data / "sop" / "surat-dan-jadwal.yml").write_text("nama: [\n", encoding="utf-8")
        lines = iter(process.stdout.readline, "")
        assert any('"galat"' in line for line in lines)
        process.send_signal(signal.SIGINT)
        assert process.wait() == 1
        overdue.cancel()
