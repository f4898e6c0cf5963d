"""The bytes of a site depend on its data and its date alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.publish.conftest import Site
from tests.publish.sites import ROOT

ELSEWHERE = {
    "TZ": "America/Adak",
    "LC_ALL": "POSIX",
    "LANG": "id_ID",
    "PYTHONHASHSEED": "4242",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONUTF8": "0",
    "HOME": "/nonexistent",
    "SOURCE_DATE_EPOCH": "1234567890",
}


def test_another_path_zone_locale_user_setting_and_hash_seed_give_the_same_bytes(
    site: Site, tmp_path: Path
) -> None:
    place = tmp_path / "tempat lain" / "dua"
    shutil.copytree(site.data, place / "data")
    shutil.copytree(ROOT / "docs", place / "halaman")
    shutil.copy(ROOT / "mkdocs.yml", place / "setelan.yml")
    words = ["build", "--data", "data", "--docs", "halaman", "--config", "setelan.yml", "--out", "hasil"]
    done = subprocess.run(
        [sys.executable, "-m", "generator", *words],
        cwd=place,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **ELSEWHERE},
        umask=0o077,
        capture_output=True,
        timeout=300,
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode("utf-8", "replace")
    one, other = contents(site.out), contents(place / "hasil")
    assert one.keys() ^ other.keys() == set()
    assert [name for name in one if one[name] != other[name]] == []
    assert len(one) > 200


def contents(top: Path) -> dict[str, bytes]:
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in sorted(top.rglob("*"))
        if path.is_file()
    }
