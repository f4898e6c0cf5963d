"""What a build says of data with errors, and of an SOP whose file is gone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.cli.publish.making import vanished
from generator.data.sources import read_catalogue

ROOT = Path(__file__).parents[2]
GONE = "pembentukan-kim"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "sop_data", tmp_path / "data"))


def test_an_sop_that_the_old_site_has_and_the_data_have_not_is_named(data: Path, tmp_path: Path) -> None:
    slugs = [path.stem for path in (data / "sop").glob("*.yml")]
    site = tmp_path / "site" / "public"
    site.mkdir(parents=True)
    listed = {f"sop/{slug}": "0" for slug in slugs} | {"naskah/x.pdf": "0", "sop/../x": "0"}
    said = {"untuk": "publik", "tanggal": None, "data": listed, "berkas": {}}
    (site / "MANIFEST.json").write_text(json.dumps(said), encoding="utf-8")
    whole, _ = read_catalogue(data)
    assert whole is not None
    assert vanished([site, tmp_path / "none"], whole) == []
    (data / "sop" / f"{GONE}.yml").unlink()
    left, problems = read_catalogue(data)
    assert left is not None, problems
    assert vanished([site], left) == [GONE]


def test_errors_are_told_without_the_warnings_again(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As ``sop serve`` builds after each change, these would stand there each time."""
    monkeypatch.chdir(tmp_path)
    (data / "sop" / f"{GONE}.yml").write_text("nama: [\n", encoding="utf-8")
    said = CliRunner().invoke(main, ["build", "--data", str(data)]).output
    assert f"{GONE}.yml:" in said
    assert "Peringatan (" not in said
    assert "peringatan tidak disebut di sini; lihat: sop check" in said
