"""``python -m tests.bench.edit``: KLM of entering and revising SOPs, latency of a key, random sessions;
``--pictures generator/default/docs/gambar``: the pictures of the guide."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from time import perf_counter

from tests.bench.edit.latency import latency
from tests.bench.edit.pictures import take
from tests.bench.edit.sessions import random_session
from tests.bench.edit.tasks import ALL


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=0, help="random sessions of 50 operations")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first of them")
    parser.add_argument("--only", choices=["klm", "latency", "sessions"])
    parser.add_argument("--pictures", type=Path, help="take the pictures of the guide into a folder")
    given = parser.parse_args()
    if given.pictures:
        take(given.pictures)
        return
    if given.only in (None, "klm"):
        for name, (most, task) in ALL.items():
            counts, seconds = task()
            said = ", ".join(f"{count} {sign}" for sign, count in counts.items())
            print(
                f"{name}: {seconds / 60:.1f} menit menurut KLM (paling lama {most} menit; {said})", flush=True
            )
    if given.only in (None, "latency"):
        for line in latency():
            print(line, flush=True)
    if given.sessions:
        begun, answered = perf_counter(), 0
        for seed in range(given.first, given.first + given.sessions):
            folder = Path(tempfile.mkdtemp())
            try:
                answered += random_session(folder, seed, 50)
            finally:
                shutil.rmtree(folder)
        took = perf_counter() - begun
        print(
            f"{given.sessions} sesi acak, {answered} perubahan dijawab, tidak ada yang hilang ({took:.0f} s)"
        )


main()
