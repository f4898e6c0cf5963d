"""The program without its repository: from ``sop init`` to both sites and a PDF, from a wheel alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*words: str | Path, cwd: Path, **env: str) -> str:
    """What a command says; it must end well, and knows neither the repository nor this environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SOP_"))}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env={**kept, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("sumber")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "generator", source / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    out = tmp_path_factory.mktemp("paket")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    run(*pip, "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", out, source, cwd=out)
    [made] = out.glob("*.whl")
    return made


def test_the_wheel_holds_all_of_the_program_and_nothing_else(wheel: Path) -> None:
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "generator").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == ours


def test_from_an_empty_environment_to_both_sites_and_a_pdf(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "lingkungan"
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=tmp_path)
    python = next(home.glob("[bS]*/python*"))
    install = ("install", "-q", "--no-deps", "--no-index", "--disable-pip-version-check", wheel)
    run(sys.executable, "-m", "pip", "--python", python, *install, cwd=tmp_path)
    [packages] = home.glob("[lL]ib/**/site-packages")
    # the libraries of this environment, but not what its own .pth files lead to: the repository
    shared = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "pustaka.pth").write_text("\n".join(shared) + "\n")
    where = run(python, "-c", "import generator; print(generator.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(packages), where

    sop = next(home.glob("[bS]*/sop*"))
    run(sop, "init", "kantor", "--nama", "Dinas Uji Kabupaten Contoh", cwd=tmp_path)
    folder = tmp_path / "kantor"
    run(sop, "check", cwd=folder)
    run(sop, "build", cwd=folder)
    for site, found in (("public", False), ("internal", True)):
        page = folder / "site" / site / "index.html"
        assert "Dinas Uji Kabupaten Contoh" in page.read_text(encoding="utf-8")
        assert (folder / "site" / site / "sop" / "contoh-surat-masuk" / "index.html").exists() is found
    assert (folder / "site" / "internal" / "panduan-pemelihara" / "index.html").is_file()
    run(sop, "pdf", "contoh-surat-masuk", "--audience", "internal", cwd=folder)
    [pdf] = (folder / "dokumen").rglob("*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")
    run(sop, "verify", "--data", "sop_data", cwd=folder)
