"""Commands of the program that the page starts: a file read in, a draft accepted, the sites built.

Each is a process of its own, so that a stranger's file or a long build cannot take the page down.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from generator.edit.fields import Refused

LONGEST = 1800
"""Seconds after which a command is given up."""
READ = (".pdf", ".docx", ".xlsx", ".csv", ".tsv", ".txt", ".png", ".jpg", ".jpeg")


def read_in(data: Path, name: str, content: bytes) -> tuple[bool, str]:
    """Make drafts of a file; whether it went well, and what the command says."""
    ending = Path(name).suffix.lower()
    if ending not in READ:
        raise Refused(f"berkas ini tidak dapat diimpor; pilih {', '.join(READ)}")
    stem = re.sub(r"[^A-Za-z0-9 ._-]+", "-", Path(name).stem).strip(" .-")[:80] or "naskah"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{stem}{ending}"
        path.write_bytes(content)
        done, said = _run("import", str(path), "--data", str(data))
    return done, said.replace(f"{folder}/", "")


def accept(data: Path, slug: str) -> tuple[bool, str]:
    """Make an SOP of a draft that was looked through."""
    return _run("import", "--terima", slug, "--data", str(data))


def publish(data: Path) -> tuple[bool, str]:
    """Build the sites."""
    return _run("build", "--data", str(data))


def _run(*words: str) -> tuple[bool, str]:
    command = [sys.executable, "-m", "generator", *words]
    try:
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", check=False, timeout=LONGEST
        )
    except subprocess.TimeoutExpired:
        return False, "perintah ini terlalu lama, jadi dihentikan"
    return done.returncode == 0, (done.stdout + done.stderr).strip()
