"""A build loads what it needs: where one SOP has changed, loading is a third of its time; where nothing has,
nearly all of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.bench.scale.data import write_folder, write_sop
from tests.publish.sites import ROOT

TYPESETTER = {
    "generator.documents.setting",
    "generator.formats.card.card",
    "typst",
    "fontTools",
    "docx",
    "segno",
}
ENGINE = {"mkdocs", "markdown", "wasmtime", "lxml", "logging"}
SUGGESTIONS = {"rapidfuzz"}
SIGNATURES = {"pyhanko", "generator.reading.signatures"}
PROCESSES = {"concurrent.futures", "multiprocessing"}
DATA = {"msgspec", "yaml", "generator.model.sop", "generator.data.sources"}
COUNT = 3

PROGRAM = """
import atexit, sys
atexit.register(lambda: open("dimuat", "w").write("\\n".join(sys.modules)))
import generator.__main__ as program
program.run()
"""


def build(folder: Path, *words: str) -> set[str]:
    """What is loaded at the end of a build."""
    command = [sys.executable, "-c", PROGRAM, "build", "--audience", "public", "--data", "data", *words]
    subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    return set((folder / "dimuat").read_text().split("\n"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(tmp_path / "data", COUNT)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("---\npembaca: publik\n---\n# SOP\n")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def test_one_changed_sop_loads_neither_typesetter_nor_engine(folder: Path) -> None:
    assert "mkdocs" in build(folder, "--no-documents")
    write_sop(folder / "data", 1, COUNT, note=" Berubah.")
    unused = TYPESETTER | ENGINE | SUGGESTIONS | PROCESSES | SIGNATURES
    assert all(map(find_spec, unused)), "one of the names is not that of a module"
    loaded = build(folder, "--no-documents")
    assert "generator.formats.bpmn.xml" in loaded, "the SOP was not made again"
    assert not loaded & unused


def test_nothing_changed_loads_nothing_of_data(folder: Path) -> None:
    assert set(build(folder, "--no-documents")) >= DATA
    assert not build(folder, "--no-documents") & DATA


def test_documents_that_are_taken_over_load_no_typesetter(folder: Path) -> None:
    assert "typst" in build(folder, "--date", "2026-01-01")
    assert not build(folder, "--date", "2026-01-02") & TYPESETTER
