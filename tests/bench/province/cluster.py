"""``python -m tests.bench.province.cluster``: a portal with documents, built by 1, 2, 4 and 8 Dask workers.

Each worker is a process with one thread, on this machine: more of them than cores gain nothing.
``[--agencies 12] [--sops 10] [--workers 1 2 4 8]``
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.province.__main__ import digest
from tests.bench.site.kabupaten import write_kabupaten
from tests.publish.test_workers import cluster


def seconds(folder: Path, out: str, *more: str) -> float:
    """One whole build of the public sites, with documents."""
    command = [sys.executable, "-m", "generator", "build", "--data", "data", "--out", out]
    began = time.perf_counter()
    words = [*command, "--audience", "public", "--no-fsync", "--fresh", *more]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    subprocess.run(
        words, cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agencies", type=int, default=12)
    parser.add_argument("--sops", type=int, default=10)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4, 8])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_kabupaten(folder / "data", asked.agencies, asked.sops)
        alone = seconds(folder, "sini")
        whole = digest(folder / "sini")
        print(f"{asked.agencies} instansi × {asked.sops} SOP dengan PDF dan Word, {os.cpu_count()} inti\n")
        print("| Pekerja Dask | Detik | Dibanding satu | Bita sama |\n|---|---:|---:|---|")
        print(f"| tanpa Dask | {alone:.1f} | | |")
        first = 0.0
        for many in asked.workers:
            (own := folder / f"klaster-{many}").mkdir()
            with cluster(own, many) as (address, _):
                took = seconds(folder, f"situs-{many}", "--executor", address)
            first = first or took
            same = "ya" if digest(folder / f"situs-{many}") == whole else "tidak"
            print(f"| {many} | {took:.1f} | {first / took:.2f} × | {same} |", flush=True)


if __name__ == "__main__":
    main()
