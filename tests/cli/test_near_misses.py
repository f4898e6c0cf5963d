"""What a clerk types nearly right is answered with what she meant, and writes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.build.manifest import MANIFEST, ManifestError, read_manifest
from generator.cli import main

ROOT = Path(__file__).parents[2]
SLUG = "surat-dan-jadwal"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "sop_data", tmp_path / "sop_data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


def files(folder: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("command", ["check", "fmt", "import"])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (SLUG, f"maksud Anda sop_data/sop/{SLUG}.yml?"),
        (f"{SLUG}.yml", f"maksud Anda sop_data/sop/{SLUG}.yml?"),
        ("sop_data/sop/surat-dan-jadwl.yml", f"maksud Anda sop_data/sop/{SLUG}.yml?"),
        ("naskah/lama/qqq", "periksa nama dan foldernya"),
    ],
)
def test_a_file_that_is_not_there_is_answered_with_the_one_meant(
    here: Path, command: str, typed: str, meant: str
) -> None:
    before = files(here)
    found = run(command, typed)
    assert found.exit_code == 2
    assert f"'{typed}' tidak ada" in found.output
    assert f"saran: {meant}" in found.output
    assert files(here) == before


@pytest.mark.parametrize(
    ("typed", "said"), [("chek", "maksud Anda: sop check"), ("xyzzy", "semua perintah: sop --help")]
)
def test_a_misspelt_command_is_answered_with_the_one_meant(typed: str, said: str) -> None:
    found = run(typed)
    assert found.exit_code == 2
    assert f"tidak ada perintah '{typed}'" in found.output
    assert said in found.output


@pytest.mark.parametrize("command", ["revise", "diff", "sahkan", "edit", "export"])
def test_without_data_it_is_the_folder_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    more = {"sahkan": ["ttd.pdf"], "export": ["--xlsx", "a.xlsx"]}.get(command, [])
    found = run(command, SLUG, *more)
    assert found.exit_code != 0
    assert "periksa ejaannya" not in found.output
    assert "sebut foldernya dengan --data" in found.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["docx", "pdf"])
def test_a_folder_for_results_is_not_named_like_a_file(here: Path, command: str) -> None:
    found = run(command, SLUG, "--out", f"naskah.{command}")
    assert found.exit_code == 1
    assert "bukan nama berkas" in found.output
    assert "misalnya --out naskah" in found.output
    assert not (here / f"naskah.{command}").exists()


def test_a_path_is_no_name_of_a_draft(here: Path) -> None:
    found = run("import", "--terima", f"tukar/{SLUG}.yml")
    assert found.exit_code == 1
    assert f"sop import --terima {SLUG}; yang diterima hanya draf di sop_data/draf/" in found.output
    assert ".yml.yml" not in found.output


def test_a_day_of_review_that_is_yet_to_come_is_told(here: Path) -> None:
    done = run("review", "--tetap", SLUG, "--oleh", "Kasi", "--tanggal", "20 November 2999")
    assert done.exit_code == 0
    assert "20 November 2999 belum tiba" in done.output
    assert "belum tiba" not in run("review", "--tetap", SLUG, "--oleh", "A", "--tanggal", "2001-01-01").output


def test_a_copied_manifest_that_is_missing_says_nothing_of_the_site(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="periksa nama dan foldernya"):
        read_manifest(tmp_path / "catatan.json")
    with pytest.raises(ManifestError, match="belum pernah dibangun utuh"):
        read_manifest(tmp_path / MANIFEST)
