"""The example of publishing a portal from S3: uploads by content, and switches one pointer at the end."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from generator.program import DEFAULT
from tests.publish.nginx import program

EXAMPLES = DEFAULT / "docs" / "penerbitan"
RCLONE = '#!/bin/sh\necho "$@" >> "$TEMPAT/rclone.log"\ntest ! -e "$TEMPAT/putus"\n'


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A server with a portal of two agencies, a storage that takes all, and nginx as the example has it."""
    for id in ("_portal", "dinkes", "disdik"):
        folder = tmp_path / "site" / "_keamanan" / "public" / id
        folder.mkdir(parents=True)
        for name in ("nginx", "nginx-berkas", "nginx-sematan"):
            (folder / f"{name}.conf").write_text(f'add_header X-{name} "{id}" always;\n')
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "rclone").write_text(RCLONE)
    (tmp_path / "bin" / "rclone").chmod(0o755)
    settings = tmp_path / "sop"
    settings.mkdir()
    (settings / "penyimpanan.conf").write_text((EXAMPLES / "penyimpanan.conf").read_text())
    text = (EXAMPLES / "nginx-portal.conf").read_text()
    for old, new in (
        ("listen 443 ssl http2", "listen 127.0.0.1:8443"),
        ("server s3.contoh.go.id:80", "server 127.0.0.1:9"),
        ("/etc/nginx/sop/", f"{settings}/"),
    ):
        assert old in text
        text = text.replace(old, new)
    text = "\n".join(line for line in text.splitlines() if "ssl_certificate" not in line)
    whole = f"pid {tmp_path}/pid; error_log {tmp_path}/galat; events {{ }} http {{ access_log off; {text} }}"
    (tmp_path / "nginx.conf").write_text(whole)
    return tmp_path


def release(place: Path, *more: str, reload: str = "") -> int:
    nginx = f"{program('nginx')} -t -q -c {place}/nginx.conf -p {place} -e {place}/galat"
    env = {
        "PATH": f"{place / 'bin'}:{os.environ['PATH']}",
        "SETELAN": str(place / "sop"),
        "TEMPAT": str(place),
        "RELOAD": reload or nginx,
    }
    command = ["sh", str(EXAMPLES / "rilis.sh"), *more]
    return subprocess.run(command, cwd=place, env=env, timeout=30, capture_output=True).returncode


def now(place: Path) -> str:
    return os.readlink(place / "sop" / "kini")


def test_a_release_stands_whole_or_not_at_all(place: Path) -> None:
    assert release(place) == 0, "nginx takes what was written"
    first = now(place)
    text = (place / "sop" / "kini" / "situs.conf").read_text()
    assert f"set $rilis {first};" in text
    for path in ("/", "/dinkes/", "/disdik/"):
        assert f"location {path} {{" in text
    (place / "sop" / first).rename(place / "sop" / "rilis-1")
    (place / "sop" / "kini").unlink()
    (place / "sop" / "kini").symlink_to("rilis-1")
    (place / "putus").touch()
    assert release(place) != 0, "the upload ended in the midst"
    assert now(place) == "rilis-1"
    (place / "putus").unlink()
    assert release(place, reload="false") == 1
    assert now(place) == "rilis-1"
    (place / "sop" / "rilis-1" / "situs.conf").write_text("set $rilis rilis-1;\n")
    assert release(place) == 0
    assert now(place) != "rilis-1"
    assert release(place, "rilis-1") == 0, "back to the one before"
    assert now(place) == "rilis-1"
    assert release(place, "rilis-tidak-ada") != 0
    assert now(place) == "rilis-1"


def test_what_has_changed_is_told_by_its_content(place: Path) -> None:
    """A page may change and keep its size; the copy of the last release is younger than it."""
    assert release(place) == 0
    release(place)
    first, second = (place / "rclone.log").read_text().splitlines()
    assert "--checksum" in first
    assert "--copy-dest" not in first
    assert "--checksum" in second
    assert "--copy-dest sop:sop-situs/rilis-" in second
