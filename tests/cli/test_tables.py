"""``sop import`` and ``sop export`` on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.bounded import TooMuch
from generator.cli import main
from generator.data.sources import read_catalogue
from tests.reading.forms import form
from tests.reading.painted import pdf

ROOT = Path(__file__).parents[2]
SEED = ROOT / "tests" / "data" / "seed" / "sop-diskominfo-badung.txt"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "sop_data", tmp_path / "data"))


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def test_import_writes_drafts_aside_and_lists_what_is_open(data: Path) -> None:
    result = run("import", SEED, "--data", data)
    assert result.exit_code == 0, result.output
    files = sorted(path.name for path in (data / "draf").iterdir() if path.suffix == ".yml")
    assert len(files) == 3
    assert "surat-dan-jadwal.yml" in files
    text = (data / "draf" / "surat-dan-jadwal.yml").read_text(encoding="utf-8")
    assert text.count("    pelaksana:\n") == 7
    assert text.count("# periksa: langkah") + text.count("tidak ada tanda pelaksana") >= 7
    assert "sudah ada; untuk versi baru: sop revise surat-dan-jadwal" in result.output
    assert read_catalogue(data)[0] is not None, "drafts do not disturb the data in force"


def test_import_never_writes_over_a_draft_unasked(data: Path) -> None:
    run("import", SEED, "--data", data)
    kept = data / "draf" / "surat-dan-jadwal.yml"
    kept.write_text("# sudah dilengkapi\n", encoding="utf-8")
    result = run("import", SEED, "--data", data)
    assert result.exit_code == 1
    assert kept.read_text(encoding="utf-8") == "# sudah dilengkapi\n"
    assert run("import", SEED, "--data", data, "--force").exit_code == 0


def test_a_file_without_a_table_is_said(data: Path, tmp_path: Path) -> None:
    empty = tmp_path / "kosong.csv"
    empty.write_text("a,b\n1,2\n", encoding="utf-8")
    result = run("import", empty, "--data", data)
    assert result.exit_code == 1
    assert "kosong.csv:1:1: tidak ada SOP pada berkas ini" in result.output


def test_an_exported_workbook_imports_as_the_same_sops(data: Path, tmp_path: Path) -> None:
    catalogue, _ = read_catalogue(data)
    assert catalogue is not None
    book = tmp_path / "semua.xlsx"
    assert run("export", *catalogue.sop, "--data", data, "--xlsx", book).exit_code == 0
    assert run("import", book, "--data", data, "--out", data / "sop", "--force").exit_code == 0
    again, problems = read_catalogue(data)
    assert again is not None, problems
    assert again.sop == catalogue.sop


def test_export_names_the_sop_that_was_meant(data: Path, tmp_path: Path) -> None:
    result = run("export", "surat-dan-jadwl", "--data", data, "--xlsx", tmp_path / "a.xlsx")
    assert result.exit_code == 1
    assert "maksud Anda 'surat-dan-jadwal'?" in result.output


def test_a_reading_of_a_pdf_is_written_as_json_and_no_draft(data: Path, tmp_path: Path) -> None:
    made = form(["Kasi"], [{"No": "1", "Kegiatan": "Menerima surat"}, {"No": "2", "Kegiatan": "Mengarsip"}])
    made.down(made.capsule(0, 0), made.capsule(1, 0))
    file, out = tmp_path / "naskah.pdf", tmp_path / "bacaan.json"
    file.write_bytes(pdf([(842, 595, str(made.pen))]))
    result = run("import", file, "--data", data, "--bacaan", out)
    assert result.exit_code == 0, result.output
    (chart,) = json.loads(out.read_text(encoding="utf-8"))["charts"]
    assert [row["kegiatan"] for row in chart["rows"]] == ["Menerima surat", "Mengarsip"]
    assert chart["edges"] == [["s1", "s2"]]
    assert chart["doubt"] == {"nodes": [], "edges": [], "cells": []}
    assert not (data / "draf").exists()


@pytest.mark.parametrize(("name", "content"), [("rusak.pdf", b"%PDF-1.7"), ("tabel.csv", b"No;Kegiatan")])
def test_what_cannot_be_read_writes_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    result = run("import", tmp_path / name, "--bacaan", tmp_path / "bacaan.json")
    assert result.exit_code == 1
    assert f"{name}:1:1" in result.output
    assert "saran:" in result.output
    assert not (tmp_path / "bacaan.json").exists()


def test_a_reading_that_takes_too_much_is_refused(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_much(self: object, job: str) -> None:
        raise TooMuch("memerlukan lebih dari 10 detik")

    monkeypatch.setattr("generator.bounded.Bounded.ask", too_much)
    (tmp_path / "a.csv").write_text("No,Kegiatan\n", encoding="utf-8")
    result = run("import", tmp_path / "a.csv", "--data", data, "--bacaan", tmp_path / "bacaan.json")
    assert result.exit_code == 1
    assert "terlalu rumit: memerlukan lebih dari 10 detik" in result.output
    assert not (tmp_path / "bacaan.json").exists()


def test_a_pdf_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data" / "sop").mkdir(parents=True)
    (tmp_path / "sop.pdf").write_bytes(b"%PDF-1.7\n")
    done = CliRunner().invoke(main, ["import", str(tmp_path / "sop.pdf"), "--data", str(tmp_path / "data")])
    assert done.exit_code == 1
    assert "sop.pdf: ditolak: berkas ini bukan PDF yang benar" in done.output
    assert not (tmp_path / "data" / "draf").exists()
