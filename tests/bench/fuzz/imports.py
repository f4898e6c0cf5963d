"""Mutated files of every door → ``sop import`` itself, a folder at a time: drafts with their check pages or
problems; never a traceback, too much time or memory, or something half written."""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from generator.bounded import SECONDS
from generator.cli import main
from generator.data.load import load_text
from tests.bench.fuzz.doors import mutated_office
from tests.bench.fuzz.run import ROOT, Result

TOGETHER = 100
"""So many files are one folder."""
_TOLD = re.compile(r"^\[(\d+)/\d+\] (?:.*/)?(\d+)-[^/]*?: (.*)$")


class _Told(io.StringIO):
    """What the command says, and when (seconds of processor) it was said of which file."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[int, tuple[str, float]] = {}
        self._since = time.process_time()

    def write(self, text: str) -> int:
        for line in text.splitlines():
            if found := _TOLD.match(line):
                now = time.process_time()
                self.files[int(found[2])] = found[3], now - self._since
                self._since = now
        return super().write(text)


def run_imports(seeds: Sequence[int], files: Mapping[str, bytes], progress: bool = False) -> Result:
    """Import one mutated file a seed."""
    result = Result()
    left = list(seeds)
    while left:
        some = left[:TOGETHER]
        told, why = _imported(some, files)
        done = [seed for seed in some if seed in told]
        for seed in done:
            said, seconds = told[seed]
            result.outcomes[_outcome(said)] += 1
            result.slowest = max(result.slowest, (seconds, seed))
            if "terlalu rumit" in said or seconds > SECONDS:
                result.failures.append((seed, f"{said} ({seconds:.1f} s)"))
        if why:
            (broken, *_) = [seed for seed in some if seed not in told] or some[-1:]
            result.outcomes["jejak galat"] += 1
            result.failures.append((broken, why))
            done.append(broken)
        left = [seed for seed in left if seed not in done]
        if progress:
            sys.stderr.write(f"\r{len(seeds) - len(left)} dari {len(seeds)} ")
    return result


def _outcome(said: str) -> str:
    if not said.startswith("ditolak"):
        return "menjadi draf"
    return "terlalu rumit" if "terlalu rumit" in said else "ditolak"


def _imported(seeds: Sequence[int], files: Mapping[str, bytes]) -> tuple[dict[int, tuple[str, float]], str]:
    """What was said of each file, and what is wrong with the run as a whole."""
    with tempfile.TemporaryDirectory() as away:
        data, folder = Path(away, "data"), Path(away, "naskah")
        shutil.copytree(ROOT / "sop_data", data, ignore=shutil.ignore_patterns("draf"))
        before = _files(data)
        folder.mkdir()
        for seed in seeds:
            name, content = mutated_office(seed, files)
            (folder / f"{seed:08}-{name}").write_bytes(content)
        told = _Told()
        try:
            with redirect_stdout(told), redirect_stderr(told):
                main(["import", str(folder), "--data", str(data)], standalone_mode=False)
        except SystemExit:
            pass  # 1 where no file became a draft
        except Exception:
            return told.files, traceback.format_exc(limit=-8)
        missing = [seed for seed in seeds if seed not in told.files]
        if missing:
            return told.files, "tidak disebut"
        return told.files, _half_written(data, before)


def _half_written(data: Path, before: Mapping[str, bytes]) -> str:
    """What is not whole in the folder of the data after an import."""
    after = _files(data)
    if any(after.get(name) != content for name, content in before.items()):
        return "data yang sudah ada berubah"
    for name, content in after.items():
        if name in before or name.startswith("draf/daftar/"):
            continue
        if name.endswith(".periksa.html"):
            if not content.rstrip().endswith(b"</html>"):
                return f"{name} tidak utuh"
        elif not name.endswith(".yml") or not name.startswith("draf/"):
            return f"{name} tertinggal"
        elif name.removesuffix(".yml") + ".periksa.html" not in after:
            return f"{name} tanpa halaman periksa"
        elif problems := load_text(content.decode(), name)[1]:
            return f"{name} tidak dapat dibaca lagi: {problems[0].message}"
    return ""


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
