"""The program that ends at once says all that it has to say, and ends as its command does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *words], cwd=ROOT, capture_output=True, check=False
    )


def test_all_of_a_long_answer_comes_through_a_pipe() -> None:
    done = run("check", "--json")
    assert done.returncode == 0
    assert len(done.stdout) > 8192
    assert json.loads(done.stdout)


@pytest.mark.parametrize(
    ("words", "code"), [(("check", "--data", "tiada"), 1), (("tiada",), 2), (("-h",), 0)]
)
def test_the_end_is_that_of_the_command(words: tuple[str, ...], code: int) -> None:
    done = run(*words)
    assert done.returncode == code
    assert done.stdout + done.stderr


def test_what_is_to_be_done_at_the_end_is_done(tmp_path: Path) -> None:
    left = tmp_path / "left"
    program = (
        f"import atexit, pathlib, sys; sys.argv = ['sop', '--version']; "
        f"atexit.register(pathlib.Path({str(left)!r}).write_text, 'x'); "
        "import generator.__main__ as m; m.run()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0
    assert left.read_text() == "x"


@pytest.mark.parametrize("words", ["check", "-h", "schema --stdout"])
def test_an_output_that_is_closed_or_full_ends_in_no_traceback(words: str) -> None:
    program = f"{sys.executable} -m generator {words}"
    for to, code in ((">&-", 0), (">/dev/full", 1)):
        done = subprocess.run(["sh", "-c", f"{program} {to}"], cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == code
        assert b"Traceback" not in done.stderr


def test_a_site_that_is_live_is_not_denied_where_it_cannot_be_told(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sop_data", tmp_path / "sop_data")
    program = f"{sys.executable} -m generator build --no-documents --audience public >/dev/full"
    done = subprocess.run(
        ["sh", "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert (tmp_path / "site" / "public" / "MANIFEST.json").is_file()
    assert "situs baru sudah tayang" in done.stderr.decode()


def test_the_version_is_the_one_that_the_changelog_tells_of_first() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    told = (ROOT / "CHANGELOG.md").read_text().partition("\n## ")[2]
    assert told.startswith(f"{version} ")
