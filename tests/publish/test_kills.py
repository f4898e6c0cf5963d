"""A build killed at any moment leaves every old site whole, and the next build is right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.build.site import BuildError, build_sites
from generator.data.catalogue import Audience
from tests.publish.conftest import Site
from tests.publish.sites import ROOT


def kills(*words: str | Path) -> str:
    """Run the killing in a process of its own, as it forks."""
    command = [sys.executable, "-m", "tests.publish.kills", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks, and kills by audit events")
@pytest.mark.parametrize("way", ["langkah", "langkah-terpisah"])
def test_killed_at_any_step_of_putting_sites_in_place(tmp_path: Path, way: str) -> None:
    assert int(kills(tmp_path, way)) > 60


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks")
def test_killed_at_random_moments(tmp_path: Path) -> None:
    assert "dibunuh" in kills(tmp_path, "10", "20")


@pytest.mark.skipif(sys.platform == "win32", reason="no such lock")
def test_a_second_build_in_the_same_folder_refuses_and_touches_nothing(site: Site, tmp_path: Path) -> None:
    import fcntl

    (tmp_path / ".sop-build-yang-lain" / "public").mkdir(parents=True)
    other = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(BuildError, match="build lain"):
            build_sites(site.catalogue, [Audience.PUBLIK], tmp_path, site.sources)
    finally:
        os.close(other)
    assert [path.name for path in tmp_path.iterdir()] == [".sop-build-yang-lain"]
