"""A run tells which tests it left out for want of a program, and how to have them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CURES, left_out

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_skipped_tests_are_told_with_reason_and_cure(tmp_path: Path, workers: tuple[str, ...]) -> None:
    (tmp_path / "conftest.py").write_text("from tests.conftest import *\n")
    (tmp_path / "test_x.py").write_text(
        "def test_one(browser): pass\ndef test_two(browser): pass\ndef test_three(): pass\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": "/nowhere"}
    env = {name: value for name, value in env.items() if name not in ("CHROMIUM", "SOP_SEMUA_UJI")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *workers, "--rootdir", "."]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 uji tidak dijalankan:" in done.stdout
    assert f"supaya dijalankan: {CURES['Chromium']}" in done.stdout


def test_nothing_is_told_where_nothing_was_left_out() -> None:
    assert list(left_out([])) == []


def test_every_program_that_ci_installs_has_a_cure() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    cures = " ".join(CURES.values())
    for name in ("chromium", "libreoffice-writer-nogui", "npm", "nginx-light", "openssl"):
        assert name in script
        assert name in cures
