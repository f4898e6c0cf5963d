"""``sop check`` as its users meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.catalogue.test_catalogue import FILES, write


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["check", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_warnings_alone_pass(tmp_path: Path) -> None:
    status, said = run("--data", str(write(tmp_path, FILES)))
    assert status == 0
    assert "\nPeringatan (" in f"\n{said}"
    assert "Galat" not in said
    assert "0 galat, " in said


def test_errors_come_first_with_place_and_cure(tmp_path: Path) -> None:
    broken = FILES["sop/masuk.yml"].replace("pelaksana: staf, sop: dalam", "pelaksana: staff")
    status, said = run("--data", str(write(tmp_path, FILES | {"sop/masuk.yml": broken})))
    assert status == 1
    lines = said.splitlines()
    assert lines[0] == "Galat (1)"
    assert (
        lines[1]
        == f"{tmp_path.as_posix()}/sop/masuk.yml:10:41: pelaksana 'staff' tidak punya kolom di tabel ini"
    )
    assert lines[2] == "  saran: maksud Anda 'staf'?"
    assert lines.index("") < lines.index(next(line for line in lines if line.startswith("Peringatan (")))


def test_json_holds_every_problem(tmp_path: Path) -> None:
    status, said = run("--json", "--data", str(write(tmp_path, FILES)))
    rows = json.loads(said)
    assert status == 0
    assert {row["tingkat"] for row in rows} == {"peringatan"}
    assert set(rows[0]) == {"berkas", "baris", "kolom", "tingkat", "aturan", "pesan", "saran"}
    assert rows == sorted(rows, key=lambda row: (row["berkas"], row["baris"], row["kolom"]))


@pytest.mark.parametrize(
    "garbage", [b"\x00\xff\xfe", b"nama: [[[[", b"\x1b[2Jnama: x", b"a: !!python/name:os.system\n"]
)
def test_garbage_is_a_problem_and_never_a_traceback(garbage: bytes, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / "sop" / "masuk.yml").write_bytes(garbage)
    status, said = run("--data", str(tmp_path))
    assert status == 1
    assert "\x1b" not in said
    assert "sop/masuk.yml:1:" in said


def test_brackets_and_marks_in_messages_come_out_as_text(tmp_path: Path) -> None:
    odd = FILES["sop/keluar.yml"].replace("unit: seksi", "'[red]a\u202eb': 1\nunit: seksi")
    _, said = run("--data", str(write(tmp_path, FILES | {"sop/keluar.yml": odd})))
    assert r"kunci '[red]a\u202eb' tidak dikenal" in said


def test_a_file_name_cannot_command_the_terminal(tmp_path: Path) -> None:
    _, said = run("--data", str(write(tmp_path, FILES | {"sop/a\x1b[31m.yml": "nama: x\n"})))
    assert "\x1b" not in said
    assert r"sop/a\u001b[31m.yml:1:1: " in said


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    status, said = run("--data", str(tmp_path / "tidak-ada"))
    assert status == 1
    assert "folder data tidak ada" in said
