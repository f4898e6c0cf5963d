"""``make bench-reading``: readings of real signed PDFs against hand transcriptions; time and memory.

Neither files nor transcriptions are part of the project; their folder is an argument."""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from generator.reading.neutral import neutral
from generator.reading.pdf.document import read_pdf
from generator.reading.understand import understand
from generator.reading.understood import Reading
from tests.bench.reading.office import measure_office
from tests.bench.reading.peers import measure_peers, seen_by_peers

ROOT = Path(__file__).parents[3]
MEASURES = ("sym", "edge", "edgej", "label", "labelx", "joint", "rows", "text", "flag", "alarm")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    options.add_argument("--scorer", type=Path, help="score_import.py; else that beside the corpus")
    options.add_argument("--out", type=Path, help="folder for the readings as JSON")
    options.add_argument("--charts", type=int, default=50, help="charts drawn in Excel and Word; 0: none")
    options.add_argument("--peers", action="store_true", help="peers beside ours, from a venv made for it")
    chosen = options.parse_args()
    scorer = chosen.scorer or chosen.corpus.parent / "tools" / "score_import.py"
    if not (chosen.corpus / "pdf").is_dir() or not scorer.is_file():
        sys.stdout.write(f"tidak ada bahan: {chosen.corpus}/pdf atau {scorer}; beri --corpus FOLDER\n")
        return
    readings = _readings(sorted((chosen.corpus / "pdf").glob("*.pdf")), chosen.out)
    flows = sorted((chosen.corpus / "flows").glob("*.json"))
    _scores(_module(scorer), flows, {key: neutral(reading) for key, reading in readings.items()})
    if chosen.peers:
        truths = {_key(file): json.loads(file.read_text(encoding="utf-8")) for file in flows}
        charts = {key: reading.charts for key, reading in readings.items()}
        measure_peers(_module(scorer), truths, charts, seen_by_peers(chosen.corpus / "pdf"))
    if chosen.charts:
        measure_office(_module(scorer), chosen.charts)


def _readings(files: Sequence[Path], out: Path | None) -> dict[str, Reading]:
    """Each file read once, with a line of what it took."""
    found: dict[str, Reading] = {}
    spent = []
    for file in files:
        start = time.process_time()
        seen, problems = read_pdf(file.read_bytes(), file.name)
        reading = understand(seen) if seen else None
        spent.append(time.process_time() - start)
        if reading is None:
            sys.stdout.write(f"{file.stem}: {'; '.join(problem.message for problem in problems)}\n")
            continue
        found[file.stem] = reading
        doubts = sum(len(chart.doubts) for chart in reading.charts)
        steps = sum(len(chart.rows) for chart in reading.charts)
        told = "; ".join(doubt.said for doubt in reading.doubts)
        sys.stdout.write(
            f"{file.stem}: {len(reading.charts)} alur, {steps} langkah, {doubts} keraguan, "
            f"{spent[-1]:.2f} s {told}\n"
        )
        if out:
            out.mkdir(parents=True, exist_ok=True)
            (out / f"{file.stem}.json").write_text(json.dumps(neutral(reading), ensure_ascii=False, indent=1))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if spent:
        sys.stdout.write(
            f"waktu prosesor paling lama {max(spent):.2f} s, memori paling banyak {memory:.0f} MB\n"
        )
    return found


def _scores(scorer: ModuleType, truths: Sequence[Path], readings: dict[str, Any]) -> None:
    """A line for each transcription, and the mean."""
    total = dict.fromkeys(MEASURES, 0.0)
    perfect = 0
    for file in truths:
        score = scorer.score(json.loads(file.read_text(encoding="utf-8")), readings.get(_key(file), {}))
        score = {"flag": 0.0, "alarm": 0.0, **score}
        sys.stdout.write(f"{file.stem[:14]:14s} " + " ".join(f"{m}={score[m]:.3f}" for m in MEASURES) + "\n")
        for measure in MEASURES:
            total[measure] += score[measure] / len(truths)
        perfect += (
            all(score[m] == 1 for m in ("sym", "edge", "label", "rows", "text")) and not score["labelx"]
        )
    if truths:
        sys.stdout.write(f"{'RATA-RATA':14s} " + " ".join(f"{m}={total[m]:.3f}" for m in MEASURES) + "\n")
        sys.stdout.write(f"berkas tanpa salah: {perfect} dari {len(truths)}\n")


def _key(file: Path) -> str:
    """The number of the SOP that a transcription is of."""
    return "".join(c for c in file.stem[:3] if c.isdigit())


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_import", path)
    if spec is None or spec.loader is None:
        raise ValueError(f"no module: {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
