"""Who makes documents and is looked at by nobody loads nothing that draws on a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.scale.data import write_folder
from tests.publish.sites import ROOT

PROGRAM = """
import atexit, sys
atexit.register(lambda: open("dimuat", "w").write("\\n".join(sys.modules)))
import generator.__main__ as program
program.run()
"""


def test_documents_without_a_terminal_load_no_progress_bar(tmp_path: Path) -> None:
    write_folder(tmp_path / "data", 1)
    command = [sys.executable, "-c", PROGRAM, "pdf", "--data", "data", "--out", "pdf"]
    subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    loaded = set((tmp_path / "dimuat").read_text().split("\n"))
    assert list((tmp_path / "pdf").glob("*.pdf"))
    assert "typst" in loaded
    assert not loaded & {"rich.progress", "rich.live"}
