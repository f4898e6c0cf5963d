"""Older data are read and rewritten, newer data are left alone by every command."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.data.data_format import FORMAT, newer
from generator.data.sources import read_catalogue
from generator.data.writing.upgrade import upgraded

ROOT = Path(__file__).parents[2]
OLD = "# Atas\n\n# Kepala\nnama: A # nama\nsingkatan: B\n\n# ekor\npemerintah: C\n# akhir\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "sop_data", tmp_path / "sop_data"))


def write(data: Path, number: str | None) -> str:
    file = data / "instansi.yml"
    lines = [line for line in file.read_text("utf-8").splitlines(True) if not line.startswith("format:")]
    if number is not None:
        lines.insert(1, f"format: {number}\n")
    file.write_text("".join(lines), encoding="utf-8")
    return "".join(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OLD, OLD.replace("nama: A", f"format: {FORMAT}\nnama: A")),
        ("nama: A\r\nsingkatan: B\r\n", f"format: {FORMAT}\r\nnama: A\r\nsingkatan: B\r\n"),
        ("---\nnama: A\n", f"---\nformat: {FORMAT}\nnama: A\n"),
        ("nama: A\nformat: 1 # lama\n", f"nama: A\nformat: {FORMAT} # lama\n"),
        ('nama: A\n"format" : "1"\n', f'nama: A\n"format" : {FORMAT}\n'),
        (f"nama: A\nformat: {FORMAT}\n", f"nama: A\nformat: {FORMAT}\n"),
    ],
)
def test_only_the_number_is_new(text: str, expected: str) -> None:
    assert upgraded(text, "instansi.yml") == (expected, [])
    assert upgraded(expected, "instansi.yml") == (expected, [])


@pytest.mark.parametrize("text", ["{nama: A, singkatan: B}\n", "- a\n", "nama: [\n", "a\n"])
def test_what_cannot_be_upgraded_stays_and_is_told(text: str) -> None:
    after, problems = upgraded(text, "instansi.yml")
    assert after == text
    assert problems


def test_older_data_are_read_and_upgraded(data: Path) -> None:
    before = write(data, None)
    old, problems = read_catalogue(data)
    assert old is not None, problems
    run = CliRunner().invoke
    assert run(main, ["upgrade", "--check", "--data", str(data)]).exit_code == 1
    assert (data / "instansi.yml").read_text("utf-8") == before
    done = run(main, ["upgrade", "--data", str(data)])
    assert (done.exit_code, f"berformat {FORMAT}" in done.output) == (0, True), done.output
    after = (data / "instansi.yml").read_text("utf-8")
    assert after.replace(f"format: {FORMAT}\n", "") == before
    new, _ = read_catalogue(data)
    assert new is not None
    assert new.instansi == old.instansi
    again = run(main, ["upgrade", "--check", "--data", str(data)])
    assert (again.exit_code, again.output) == (0, f"Data sudah berformat {FORMAT}.\n")
    assert run(main, ["fmt", "--check", "--data", str(data)]).exit_code == 0


@pytest.mark.parametrize("number", [str(FORMAT + 1), f'"{FORMAT + 1}"', "999"])
def test_newer_data_are_refused_with_place_and_cure(data: Path, number: str) -> None:
    write(data, number)
    catalogue, [problem] = read_catalogue(data)
    assert catalogue is None
    assert (problem.position.line, problem.position.column) == (2, 9 + number.count('"') // 2)
    assert problem == newer(data)
    assert "perbarui sop-generator" in problem.hint


def test_newer_data_in_braces_are_refused_too(data: Path) -> None:
    text = f"{{nama: A, singkatan: B, pemerintah: C, format: {FORMAT + 1}}}\n"
    (data / "instansi.yml").write_text(text, encoding="utf-8")
    catalogue, problems = read_catalogue(data)
    assert catalogue is None
    assert any("berformat" in problem.message for problem in problems)


def test_no_command_touches_newer_data(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else a command wants, it ends before it."""
    write(data, str(FORMAT + 1))
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    monkeypatch.chdir(data.parent)
    context = click.Context(main)
    asked = []
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        option = next((one for one in command.params if one.name == "data"), None)
        if option is None or option.default is None:
            continue
        words = ["x"] * sum(isinstance(one, click.Argument) for one in command.params)
        done = CliRunner().invoke(main, [name, *words, "--data", "sop_data"])
        assert done.exit_code != 0, name
        assert "tidak ada" in done.output or "sop_data/instansi.yml:2:9: data ini" in done.output, done.output
        asked.append(name)
    assert {"build", "check", "fmt", "new", "revise", "schema", "upgrade"} <= set(asked)
    assert before == {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}


def test_all_agencies_of_a_portal_are_upgraded_but_those_that_lie_elsewhere(tmp_path: Path) -> None:
    data = tmp_path / "sop_data"
    folders = [data / "instansi" / id for id in ("dinkes", "disdik", "dinsos")]
    for folder in (*folders, tmp_path / "lain"):
        shutil.copytree(ROOT / "sop_data", folder)
        write(folder, None)
    write(folders[1], str(FORMAT + 1))
    (data / "portal.yml").write_text("instansi: {jauh: ../lain}\n", encoding="utf-8")
    run = CliRunner().invoke

    asked = run(main, ["upgrade", "--check", "--data", str(data)])
    assert asked.exit_code == 1
    done = run(main, ["upgrade", "--data", str(data)])
    assert done.exit_code == 1, "one of them is later than this program"
    for folder, said in zip((*folders, tmp_path / "lain"), (FORMAT, FORMAT + 1, FORMAT, None), strict=True):
        text = (folder / "instansi.yml").read_text("utf-8")
        assert f"format: {said}\n" in text if said else "format:" not in text, folder
    for word in ("instansi/disdik/instansi.yml:2:9", "sop upgrade --instansi jauh"):
        assert word in done.output, done.output
    write(folders[1], str(FORMAT))
    assert run(main, ["upgrade", "--data", str(data), "--instansi", "jauh"]).exit_code == 0
    assert f"format: {FORMAT}\n" in (tmp_path / "lain" / "instansi.yml").read_text("utf-8")
    assert run(main, ["upgrade", "--check", "--data", str(data)]).exit_code == 0
    assert run(main, ["upgrade", "--data", str(data), "--instansi", "tiada"]).exit_code != 0
