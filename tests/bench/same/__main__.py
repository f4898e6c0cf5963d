"""``python -m tests.bench.same --against REV``: whether this tree makes the same public site as a commit.

Both build the three SOPs (with PDF and Word) and made-up ones (without), each from nothing, in folders of
their own; told is every file of the public site that is missing, new or of other bytes. Exit status 1 where
there is one. A commit is laid out as a git worktree that is removed again.
"""

from __future__ import annotations

import argparse
import filecmp
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.scale.data import write_folder

ROOT = Path(__file__).parents[3]
DAY = "2026-11-01"
_TOLD = 40
_RUN = """
import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module("generator", None, "__main__")
"""


def build(program: Path, work: Path, data: Path, papers: bool) -> Path:
    """The public site that the program in a folder makes of a data folder. Raises CalledProcessError."""
    work.mkdir(parents=True)
    command = [sys.executable, "-m", "generator", "build", "--fresh", "--audience", "public"]
    command += ["--date", DAY, "--data", str(data), "--out", str(work / "site")]
    command += ["--docs", str(ROOT / "docs"), "--config", str(ROOT / "mkdocs.yml")]
    command += ["--documents" if papers else "--no-documents"]
    command[1:3] = ["-c", _RUN, str(program)]
    subprocess.run(command, cwd=work, check=True, capture_output=True, text=True)
    return work / "site" / "public"


def differences(one: Path, other: Path) -> Iterator[str]:
    """A line for each file that is not the same in both."""
    mine, theirs = ({p.relative_to(top) for p in top.rglob("*") if p.is_file()} for top in (one, other))
    yield from (f"hanya dahulu: {path}" for path in sorted(mine - theirs))
    yield from (f"hanya kini:   {path}" for path in sorted(theirs - mine))
    for path in sorted(mine & theirs):
        if not filecmp.cmp(one / path, other / path, shallow=False):
            yield f"lain isinya:  {path}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--against", required=True, metavar="REV")
    options.add_argument("--count", type=int, default=1000, help="SOPs that are made up; 0: none")
    options.add_argument("--keep", type=Path, help="folder that keeps both sites")
    said = options.parse_args()
    found = 0
    with tempfile.TemporaryDirectory() as name:
        top = said.keep or Path(name)
        old = Path(name) / "program"
        subprocess.run(["git", "worktree", "add", "-q", "--detach", old, said.against], cwd=ROOT, check=True)
        try:
            cases = {"tiga SOP": (ROOT / "sop_data", True)}
            if said.count:
                cases[f"{said.count} SOP"] = (write_folder(Path(name) / "data", said.count), False)
            for case, (data, papers) in cases.items():
                sites = [build(p, top / case / n, data, papers) for n, p in (("dahulu", old), ("kini", ROOT))]
                rows = list(differences(*sites))
                found += len(rows)
                print(f"{case}: {len(rows)} berkas lain", *rows[:_TOLD], sep="\n  ", flush=True)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", old], cwd=ROOT, check=True)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
