"""The cache is bounded by age and by size, and says how much it holds."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.pruning import MAX_AGE, CacheSize, prune, size_of
from tests.bench.scale.data import write_folder, write_sop
from tests.publish.sites import ROOT

NOW = 2_000_000_000.0


def fill(cache: Path, ages: dict[str, float], size: int = 100) -> None:
    for name, age in ages.items():
        path = cache / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
        os.utime(path, (NOW - age, NOW - age))


def names(cache: Path) -> set[str]:
    return {path.relative_to(cache).as_posix() for path in cache.rglob("*") if path.is_file()}


def test_what_nobody_has_used_for_long_goes(tmp_path: Path) -> None:
    fill(tmp_path, {"a": 0, "cari/b": MAX_AGE - 1, "dokumen/lama.pdf": MAX_AGE + 1})
    assert prune(tmp_path, NOW) == CacheSize(200, 100)
    assert names(tmp_path) == {"a", "cari/b"}
    assert size_of(tmp_path) == CacheSize(200)


def test_what_was_used_last_stays_where_there_is_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.pruning.MAX_BYTES", 250)
    fill(tmp_path, {"a": 30, "b": 10, "c": 20})
    assert prune(tmp_path, NOW) == CacheSize(200, 100)
    assert names(tmp_path) == {"b", "c"}


def test_the_spare_of_a_site_goes_with_its_memory_and_the_preview_stays(tmp_path: Path) -> None:
    old = MAX_AGE + 1
    fill(tmp_path, {"situs/x.ingatan": old, "situs/x.cadangan/index.html": 0, "situs/y.ingatan": 0})
    fill(tmp_path, {"situs/y.cadangan/index.html": old, "pratinjau/internal/index.html": old})
    prune(tmp_path, NOW)
    assert names(tmp_path) == {
        "situs/y.ingatan",
        "situs/y.cadangan/index.html",
        "pratinjau/internal/index.html",
    }


def test_many_edits_leave_no_more_than_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build keeps what the next can use, not what every build before it could."""
    monkeypatch.chdir(tmp_path)
    write_folder(tmp_path / "sop_data", 2)
    (tmp_path / "docs").mkdir()
    for name in ("index", "data-terbuka", "cara-membaca"):
        shutil.copy(ROOT / "generator" / "default" / "docs" / f"{name}.md", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    held = []
    for turn in range(3):
        write_sop(tmp_path / "sop_data", 0, 2, note=f" Suntingan {turn}.")
        done = CliRunner().invoke(main, ["build", "--json"])
        held.append(json.loads(done.output)["simpanan"])
    assert [one["bita_dihapus"] for one in held] == [0, 0, 0]
    assert held[2]["bita"] < held[0]["bita"] * 1.1
    fill(tmp_path / ".sop-cache", {"dokumen/lama.pdf": 0})  # the clock of the machine is before NOW, or after
    os.utime(tmp_path / ".sop-cache/dokumen/lama.pdf", (0, 0))
    write_sop(tmp_path / "sop_data", 0, 2, note=" Lain.")
    done = CliRunner().invoke(main, ["build", "--json"])
    assert json.loads(done.output)["simpanan"]["bita_dihapus"] == 100


@pytest.mark.parametrize(
    "place", [".sop-cache", ".sop-cache/situs", ".sop-cache/cari/publik/pencarian.sqlite"]
)
@pytest.mark.parametrize("command", [["build", "--no-documents"], ["build", "--fresh"], ["pdf"], ["serve"]])
def test_nothing_is_written_or_deleted_behind_a_link(
    place: str, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "orang-lain"
    fill(elsewhere, {"surat.txt": NOW - 1})
    shutil.copytree(ROOT / "sop_data", tmp_path / "sop_data")
    monkeypatch.chdir(tmp_path)
    link = tmp_path / place
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(elsewhere)
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    assert f"{place}: tautan" in done.output
    assert "saran: " in done.output
    assert names(elsewhere) == {"surat.txt"}
