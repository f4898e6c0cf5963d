"""``make bench-site``: whole builds of 100, 1,000 and 10,000 SOPs, ours beside other engines (peers.py)
on the same pages, one after another on this machine.

``python -m tests.bench.scale [--count 100 --count 1000] [--no-peers] [--write docs/pengukuran-skala.md]``
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from functools import partial
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from threading import Thread

from msgspec import Struct
from msgspec.structs import replace

from tests.bench.scale.data import add_step, write_folder, write_sop
from tests.bench.scale.peers import stagings

ROOT = Path(__file__).parents[3]
MARK = "<!-- tabel -->"
STUCK = 120
"""Seconds without a tick of processor time after which a build will not end."""
PEERS_LONGEST = 1_800
"""Seconds that other engines may take together for one size, so that all sizes end within an hour."""
TIMES = 7
"""Short builds are run so often: the one in the middle counts, the quickest and the slowest are told."""
COUNTS = (100, 1_000, 10_000)


class Run(Struct, frozen=True):
    """One build: seconds on the clock, seconds of processor time, peak of the memory of all its processes
    together in MB, and the pages that stand after it. ``spread``: the seconds of the quickest and the slowest
    of several."""

    seconds: float
    processor: float
    memory: float
    pages: int
    spread: tuple[float, float] | None = None


Runs = dict[str, "Run | None"]
"""The builds of one size by their names; None for one that did not end."""


def run(command: list[str], cwd: Path, site: Path, longest: float = math.inf, status: int = 0) -> Run | None:
    """Run a build that ends with ``status``, and measure it; None if it stopped working without an end, or
    was stopped after the ``longest`` time in seconds. Raises CalledProcessError."""
    begun = time.monotonic()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program does not compile itself at each run
    child = subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak, worked, since, ended = 0, 0.0, begun, list[float]()

    def wait() -> None:
        child.wait()
        ended.append(time.monotonic())

    waiting = Thread(target=wait)
    waiting.start()
    while waiting.is_alive():
        peak = max(peak, memory_of(child.pid))
        if (now := processor_of(child.pid)) > worked:
            worked, since = now, time.monotonic()
        if time.monotonic() - since > STUCK or time.monotonic() - begun > longest:
            child.kill()
            waiting.join()
            _spent()
            return None
        waiting.join(0.2)
    seconds = ended[0] - begun
    if child.returncode != status:
        told = (child.stderr.read() if child.stderr else b"").decode("utf-8", "replace")
        raise subprocess.CalledProcessError(child.returncode, command, stderr=told)
    return Run(seconds, _spent(), peak / 1e6, sum(1 for _ in site.rglob("*.html")))


def _spent() -> float:
    """Processor time of all ended children since this was asked last."""
    used = os.times()
    now = used.children_user + used.children_system
    spent, _spent.before = now - getattr(_spent, "before", 0.0), now  # type: ignore[attr-defined]
    return spent


def middle(runs: Iterable[Run | None]) -> Run | None:
    """The median of short runs by their seconds."""
    ordered = sorted(filter(None, runs), key=lambda one: one.seconds)
    if not ordered:
        return None
    return replace(ordered[len(ordered) // 2], spread=(ordered[0].seconds, ordered[-1].seconds))


def processor_of(pid: int) -> float:
    """Processor time of a process and its ended children, in ticks; 0 if it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return float(sum(map(int, file.read().rpartition(")")[2].split()[11:15])))
    except OSError:
        return 0.0


def memory_of(pid: int) -> int:
    """Memory in bytes of a process and all below it: what is theirs alone, and their share of the rest."""
    parents: dict[int, list[int]] = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                with open(f"/proc/{entry.name}/stat", encoding="utf-8") as file:
                    parent = int(file.read().rpartition(")")[2].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        waiting += parents.get(one, [])
        try:
            with open(f"/proc/{one}/smaps_rollup", encoding="utf-8") as file:
                total += next(int(line.split()[1]) for line in file if line.startswith("Pss:")) * 1024
        except (OSError, StopIteration):
            continue
    return total


def measure(count: int, folder: Path, peers: bool) -> Runs:
    """All builds of one size."""
    data = write_folder(folder / "data", count)
    for name in ("docs", "mkdocs.yml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    ours = [sys.executable, "-m", "generator", "build", "--no-documents", "--audience", "public"]
    ours += ["--data", "data", "--out", "situs"]
    made: Runs = {}
    if count < max(COUNTS):  # waiting for the disk costs the same there, and another five minutes
        made["dari nol, --no-fsync"] = run([*ours, "--no-fsync"], folder, folder / "situs")
        for name in ("situs", ".sop-cache"):
            shutil.rmtree(folder / name)
    made["dari nol"] = run(ours, folder, folder / "situs")
    made["tidak ada yang berubah"] = middle(run(ours, folder, folder / "situs") for _ in range(TIMES))
    changed = (write_sop(data, count // 2 + time, count, note=" Berubah.") for time in range(TIMES))
    made["satu SOP berubah"] = middle(run(ours, folder, folder / "situs") for _ in changed)
    quick = [*ours, "--no-fsync"]
    run(quick, folder, folder / "situs")
    changed = (write_sop(data, count // 2 + time, count, note=" Lagi.") for time in range(TIMES))
    made["satu SOP berubah, --no-fsync"] = middle(run(quick, folder, folder / "situs") for _ in changed)
    run(ours, folder, folder / "situs")
    longer = map(partial(add_step, data), range(count // 2, count // 2 + TIMES))
    made["satu SOP bertambah langkah"] = middle(run(ours, folder, folder / "situs") for _ in longer)
    if peers:
        made |= beside(folder)
    return made


def beside(folder: Path) -> Runs:
    """Other engines on the same pages, as long as there is time."""
    found: Runs = {}
    begun = time.monotonic()
    for peer in stagings(folder, folder / "situs/public"):
        left = PEERS_LONGEST - (time.monotonic() - begun)
        found[peer.name] = run(peer.command, peer.folder, peer.site, max(left, STUCK))
    return found


def report(found: dict[int, Runs]) -> str:
    """The tables, in Indonesian."""
    rows = [
        "| SOP | Build | Detik | Detik prosesor | ms per halaman | Halaman | Memori puncak (MB) |",
        "|---|---|---|---|---|---|---|",
    ]
    for count, runs in found.items():
        for name, one in runs.items():
            if one is None:
                rows.append(f"| {_number(count, 0)} | {name} | tidak selesai | | | | |")
                continue
            each = one.seconds / one.pages * 1000
            spread = f" ({'–'.join(_number(seconds, 2) for seconds in one.spread)})" if one.spread else ""
            rows.append(
                f"| {_number(count, 0)} | {name} | {_number(one.seconds, 2)}{spread} "
                f"| {_number(one.processor, 1)} | {_number(each, 1)} "
                f"| {_number(one.pages, 0)} | {_number(one.memory, 0)} |"
            )
    growth = [
        f"| {_number(a, 0)} → {_number(b, 0)} | {name} | {_number(_exponent(one, other, a, b), 2)} |"
        for a, b in pairwise(found)
        for name, one in found[a].items()
        if one and (other := found[b].get(name))
    ]
    told = "\n".join(rows)
    if growth:
        told += "\n\n| Dari → ke | Build | Pangkat pertumbuhan |\n|---|---|---|\n" + "\n".join(growth)
    return f"{told}\n\n{_machine()}\n"


def _machine() -> str:
    names = ("mkdocs", "mkdocs-material", "properdocs", "zensical", "pagefind")
    used = ", ".join(f"{name} {version(name)}" for name in names)
    if hugo := shutil.which("hugo"):
        used += f", {subprocess.check_output([hugo, 'version'], text=True).split('-')[0].split('+')[0]}"
    return f"Python {platform.python_version()}, {os.cpu_count()} inti; {used}."


def _exponent(one: Run, other: Run, a: int, b: int) -> float:
    """Growth of the processor time with the number of SOPs: 1 is linear."""
    return math.log(other.processor / one.processor) / math.log(b / a)


def _number(value: float, places: int) -> str:
    return f"{value:,.{places}f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, action="append")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    found: dict[int, Runs] = {}
    for count in chosen.count or COUNTS:
        with tempfile.TemporaryDirectory() as folder:
            found[count] = measure(count, Path(folder), not chosen.no_peers)
        sys.stderr.write(report({count: found[count]}))
    table = report(found)
    if chosen.write is None:
        sys.stdout.write(table)
        return
    head = chosen.write.read_text(encoding="utf-8").partition(MARK)[0]
    chosen.write.write_text(f"{head}{MARK}\n\n{table}", encoding="utf-8")


if __name__ == "__main__":
    main()
