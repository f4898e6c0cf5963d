"""Data that cannot be written: every command that writes says so with the file and a cure, and leaves nothing
half done; where the disk fills up between two files each of them is the old one or the new one."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.data.sources import read_catalogue
from generator.formats.xlsx.workbook import to_workbook
from tests.publish.disks import read_only

ROOT = Path(__file__).parents[2]
SLUG = "surat-dan-jadwal"
UNIT = "seksi-pemberdayaan-kelompok-komunikasi-masyarakat"
COMMANDS = {
    "revise": ["revise", SLUG, "--perubahan", "a", "--alasan", "b", "--tanggal", "2026-01-02"],
    "new": ["new", "--nama", "Baru", "--unit", UNIT, "--pelaksana", "staf"],
    "schema": ["schema"],
    "fmt": ["fmt"],
    "import": ["import", "buku.xlsx"],
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data without a schema, two SOPs of which are untidy, and a workbook beside it."""
    folder = tmp_path / "sop_data"
    shutil.copytree(ROOT / "sop_data", folder)
    found, _ = read_catalogue(folder)
    assert found is not None
    (tmp_path / "buku.xlsx").write_bytes(to_workbook(found, list(found.sop.values())[:2]))
    (folder / "skema-sop.json").unlink()
    for path in sorted((folder / "sop").glob("*.yml"))[:2]:
        path.write_text(path.read_text(encoding="utf-8") + "\n\n\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def held(folder: Path) -> dict[str, bytes | None]:
    """All files and folders below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def run(name: str, data: Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, [*COMMANDS[name], "--data", str(data)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_that_can_only_be_read_is_told_and_stays(data: Path, name: str) -> None:
    before = held(data)
    with read_only(data):
        status, said = run(name, data)
    assert status == 1
    assert str(data) in said
    assert ".baru" not in said
    assert "saran: " in said
    assert held(data) == before


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("writes", [0, 1])
def test_a_disk_that_fills_up_leaves_whole_files(
    data: Path, name: str, writes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = data.with_name("sama")
    shutil.copytree(data, twin)
    assert run(name, twin)[0] == 0
    before, after = held(data), held(twin)
    real, count = tempfile.mkstemp, 0

    def full(*args: Any, **kwargs: Any) -> tuple[int, str]:
        nonlocal count
        count += 1
        if count > writes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), kwargs.get("dir"))
        return real(*args, **kwargs)

    monkeypatch.setattr("generator.data.writing.files.tempfile.mkstemp", full)
    status, said = run(name, data)
    if count <= writes:
        assert status == 0
        return
    assert status == 1
    assert "saran: " in said
    for path, content in held(data).items():
        assert content is None or content in (before.get(path), after.get(path)), path
    assert before.keys() <= held(data).keys()
    monkeypatch.undo()
    monkeypatch.chdir(data.parent)
    again = run(name, data)  # what was begun can be done again
    if name in ("new", "import") and writes:
        assert again[0] == 2 if name == "new" else 1
        assert "sudah ada" in again[1] or "sudah dipakai" in again[1]
    else:
        assert again[0] == 0, again[1]
        assert {k: v for k, v in held(data).items() if v is not None} == {
            k: v for k, v in after.items() if v is not None
        }


@pytest.mark.parametrize("closed", ["sop_data/sop", "sop_data/versi", "sop_data/hukum", "docs/dalam"])
def test_a_folder_that_may_not_be_read_is_not_taken_as_empty(
    data: Path, closed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its SOPs, versions, laws or pages would be gone from the site that the build puts in place."""
    (data.parent / closed).mkdir(parents=True, exist_ok=True)
    real = os.scandir

    def refused(folder: str) -> Any:
        if Path(folder).absolute() == data.parent / closed:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), folder)
        return real(folder)

    monkeypatch.setattr("generator.data.files.inputs.os.scandir", refused)
    commands = [["build", "--no-documents"]]
    if closed.startswith("sop_data"):
        commands += [["check"], ["health"], ["pdf"]]
    for command in commands:
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 1, command
        assert closed in done.output
        assert "saran: " in done.output
    assert not (data.parent / "site" / "public").exists()
