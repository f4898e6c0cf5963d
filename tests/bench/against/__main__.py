"""``python -m tests.bench.against REV``: what this tree costs beside a commit, side by side.

Both are run in turn on the same made-up SOPs, in folders of their own; counted is the processor time
(user) of the command with all its processes, the median of several runs, as the clock says little on a busy
machine.
``make bench-site AGAINST=REV`` (whole sites, changes, starts) and ``make bench-documents AGAINST=REV``.
A commit is laid out as a git worktree that is removed again, and has the packages that it names itself.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from msgspec import Struct

from tests.bench.scale.data import add_step, write_folder, write_sop

ROOT = Path(__file__).parents[3]
_RUN = """
import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module("generator", None, "__main__")
"""
_SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}


class Side(Struct, frozen=True):
    """A program, the Python that has what it needs, and the folder in which it works."""

    program: Path
    python: Path
    work: Path

    def run(self, *words: str) -> float:
        """Seconds of processor time of one command. Raises CalledProcessError."""
        env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        before = _spent()
        command = [str(self.python), "-c", _RUN, str(self.program), *words]
        subprocess.run(command, cwd=self.work, env=env, check=True, **_SILENT)  # type: ignore[call-overload]
        return _spent() - before

    @property
    def data(self) -> Path:
        return self.work / "data"

    def build(self) -> float:
        """Build the public site, without documents."""
        words = ["build", "--no-documents", "--audience", "public"]
        return self.run(*words, "--data", "data", "--out", "situs")

    def clear(self) -> None:
        for name in ("situs", ".sop-cache"):
            shutil.rmtree(self.work / name, ignore_errors=True)


Case = tuple[str, Callable[[Side, int], float]]
"""Its name, and one run of it on a side, the how-manieth."""


def _spent() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def sites(count: int) -> list[Case]:
    """Whole builds and changes, in an order in which each finds what it needs."""

    def cold(side: Side, _: int) -> float:
        side.clear()
        return side.build()

    def change(side: Side, time: int) -> float:
        write_sop(side.data, (count // 2 + time) % count, count, note=" Berubah.")
        return side.build()

    def longer(side: Side, time: int) -> float:
        add_step(side.data, (count // 2 + time) % count)
        return side.build()

    return [
        ("dari nol", cold),
        ("tidak ada yang berubah", lambda side, _: side.build()),
        ("satu SOP berubah", change),
        ("satu SOP bertambah langkah", longer),
    ]


def starts() -> list[Case]:
    """What every command costs before it does anything."""

    def helped(*words: str) -> Case:
        return f"sop {' '.join(words)}", lambda side, _: side.run(*words)

    helps = [helped("--help"), *(helped(name, "--help") for name in ("check", "build", "pdf"))]
    return [*helps, ("sop check", lambda side, _: side.run("check", "--data", "data"))]


def _one_by_one(kind: str, what: str) -> Callable[[Side, int], float]:
    """What each document of a kind takes in one process, milliseconds, or holds, MB (see ``one_by_one``)."""

    def run(side: Side, _: int) -> float:
        script = Path(__file__).with_name("one_by_one.py")
        command = [*map(str, (side.python, script, side.program, side.data)), kind]
        found = subprocess.run(command, cwd=side.work, check=True, capture_output=True)
        return float(json.loads(found.stdout)[what])

    return run


def documents(count: int) -> list[Case]:
    """PDF and Word of all SOPs, from nothing, the time of a start in it; then each kind of document alone."""

    def made(kind: str) -> Callable[[Side, int], float]:
        def run(side: Side, _: int) -> float:
            side.clear()
            shutil.rmtree(side.work / kind, ignore_errors=True)
            return side.run(kind, "--data", "data", "--out", kind)

        return run

    kinds = (("pdf", "PDF"), ("docx", "Word"), ("book", "SOP dalam buku"), ("card", "kartu"))
    return [
        *((f"{count} {name}", made(kind)) for kind, name in kinds[:2]),
        *((f"satu {name}, ms", _one_by_one(kind, "ms")) for kind, name in kinds),
        *((f"{name}, puncak memori, MB", _one_by_one(kind, "mb")) for kind, name in kinds),
    ]


@contextlib.contextmanager
def laid_out(revision: str, folder: Path) -> Iterator[Path]:
    """The tree of a commit, in a folder."""
    subprocess.run(["git", "worktree", "add", "-q", "--detach", folder, revision], cwd=ROOT, check=True)
    try:
        yield folder
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", folder], cwd=ROOT, check=True)


def python_for(program: Path, folder: Path) -> Path:
    """This Python where the program needs the same packages, else one in ``folder`` with its own."""
    lock = "requirements.txt"
    if (program / lock).read_bytes() == (ROOT / lock).read_bytes():
        return Path(sys.executable)
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "-qq"]
    subprocess.run([*install, "-r", str(program / lock)], check=True)
    subprocess.run(
        [*install, "--no-deps", "--editable", str(program)], check=True
    )  # it asks for its own version
    subprocess.run([python, "-m", "compileall", "-q", folder], check=False, stdout=subprocess.DEVNULL)
    return python


def prepared(program: Path, python: Path, work: Path, count: int) -> Side:
    """A folder for a program with its own guides and the made-up data."""
    write_folder(work / "data", count)
    shutil.copytree(program / "docs", work / "docs")
    shutil.copy(program / "mkdocs.yml", work / "mkdocs.yml")
    return Side(program, python, work)


def compare(cases: list[Case], old: Side, new: Side, times: int) -> Iterator[str]:
    """A row for each case."""
    for name, one in cases:
        runs = [(one(old, time), one(new, time)) for time in range(times)]
        before, after = (median(side) for side in zip(*runs, strict=True))
        yield f"| {name} | {before:.2f} | {after:.2f} | {after / before:.2f} |".replace(".", ",")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("against", metavar="REV")
    parser.add_argument("--count", type=int, default=200, help="SOPs of the sites")
    parser.add_argument("--documents", type=int, default=0, help="SOPs of the documents; 0: none")
    parser.add_argument("--times", type=int, default=5)
    said = parser.parse_args()
    print("| | dahulu | kini | kini / dahulu |\n|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as name, laid_out(said.against, Path(name) / "program") as program:
        python = python_for(program, Path(name) / "python")
        groups = [(said.documents, documents(said.documents))] if said.documents else []
        groups += [(said.count, [*sites(said.count), *starts()])] if said.count else []
        for place, (count, cases) in enumerate(groups):
            old = prepared(program, python, Path(name) / f"dahulu-{place}", count)
            new = prepared(ROOT, Path(sys.executable), Path(name) / f"kini-{place}", count)
            for row in compare(cases, old, new, said.times):
                print(row, flush=True)
    print("\nDetik prosesor bila tidak disebut lain; nilai tengah.")


if __name__ == "__main__":
    main()
