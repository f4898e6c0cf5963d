"""The staged folder is what every engine of the family builds: ProperDocs to the byte, Zensical with the same
pages. Material for MkDocs ends on 5 May 2027."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.data.catalogue import Audience
from tests.publish.conftest import Site
from tests.publish.sites import ROOT
from tests.publish.staging import stage


def staged(site: Site, audience: Audience, folder: Path) -> Path:
    part = site.catalogue.for_audience(audience)
    docs, config = ROOT / "docs", ROOT / "mkdocs.yml"
    return stage(part, folder, docs=docs, config=config, data=site.data, papers=False).parent


def run(*words: str | Path, cwd: Path, **env: str) -> None:
    command = [sys.executable, "-m", *map(str, words)]
    given = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "0", **env}
    done = subprocess.run(
        command, cwd=cwd, env=given, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("audience", list(Audience))
def test_properdocs_builds_the_bytes_of_mkdocs(site: Site, tmp_path: Path, audience: Audience) -> None:
    made = []
    for engine in ("mkdocs", "properdocs"):
        folder = staged(site, audience, tmp_path / engine)
        run(engine, "build", "-q", "--strict", "-f", "mkdocs.yml", cwd=folder)
        made.append(files(folder / "site"))
    ours, theirs = made
    assert len(ours) > 100
    assert ours.keys() == theirs.keys()
    assert [name for name, content in ours.items() if theirs[name] != content] == []


def test_sop_build_with_properdocs_makes_the_same_sites(site: Site, tmp_path: Path) -> None:
    """Each builds from nothing."""
    made = []
    for engine in ("mkdocs", "properdocs"):
        folder = tmp_path / engine
        folder.mkdir()
        words = (
            "generator",
            "build",
            "--data",
            site.data,
            "--no-documents",
            "--fresh",
            "--out",
            folder / "situs",
        )
        run(*words, cwd=folder, SOP_MESIN=engine)
        made.append(files(folder / "situs"))
    assert made[0].keys() == made[1].keys()
    assert [name for name, content in made[0].items() if made[1][name] != content] == []


def test_the_other_engine_is_really_asked(tmp_path: Path) -> None:
    program = "import generator.build.engine.mkdocs as m; print(m.build.__module__, m.load_config.__module__)"
    env = {**os.environ, "PYTHONPATH": str(ROOT), "SOP_MESIN": "properdocs"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["properdocs.commands.build", "properdocs.config.base"]


def test_zensical_builds_the_same_internal_pages(site: Site, tmp_path: Path) -> None:
    """What it makes of the public ones is read in test_site.py."""
    folder = staged(site, Audience.INTERNAL, tmp_path / "zensical")
    run("zensical", "build", "-f", folder / "mkdocs.yml", cwd=tmp_path)
    built = {path.relative_to(folder / "site").as_posix() for path in (folder / "site").rglob("*.html")}
    expected = {path.relative_to(site.out / "internal").as_posix() for path in site.pages("internal")}
    assert built == expected
