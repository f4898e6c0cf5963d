"""Hostile tables → ``sop import``, each in a process of its own: its memory, its time, what it says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from msgspec import Struct

from tests.bench.fuzz.run import ROOT
from tests.tables.hostile import at_the_bounds, hostile

MEMORY, SECONDS = 500, 10


class Taken(Struct, frozen=True):
    """What one import took (MB, seconds of processor), and what it said."""

    name: str
    memory: int
    seconds: float
    said: str

    @property
    def held(self) -> bool:
        return self.memory <= MEMORY and self.seconds <= SECONDS and "Traceback" not in self.said


def measured(size: int = 8) -> Iterator[Taken]:
    """Each hostile file in turn."""
    with tempfile.TemporaryDirectory() as away:
        own = shutil.copytree(ROOT / "sop_data", Path(away, "data"), ignore=shutil.ignore_patterns("draf"))
        for name, data in chain(hostile(size), at_the_bounds()):
            file, log, out = Path(away, name), Path(away, "kata"), Path(away, f"{name}.d")
            file.write_bytes(data)
            command = [sys.executable, "-m", "generator", "import", str(file)]
            command += ["--out", str(out), "--data", str(own)]
            with log.open("wb") as stream:
                process = subprocess.Popen(command, cwd=ROOT, stdout=stream, stderr=stream)
                _, status, used = os.wait4(process.pid, 0)
                process.returncode = status
            said = log.read_text(encoding="utf-8", errors="replace").strip()
            yield Taken(name, used.ru_maxrss // 1024, used.ru_utime + used.ru_stime, said)
