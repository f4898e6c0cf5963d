"""The same flow drawn in a workbook and in Word, plain and saved again by LibreOffice → how much comes back.

Charts are made up; they are drawn in turn in the manners and ways of ``tests/reading``."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from generator.documents.setting import make_docx
from generator.reading.doors import door
from generator.reading.neutral import neutral
from generator.reading.understand import understand
from tests.bench.flow.charts import sop_chart
from tests.documents.cases import made_up
from tests.reading.office_charts import Manner, case, truth
from tests.reading.truth import read, said
from tests.reading.word_files import WAYS, word_file
from tests.reading.workbooks import workbook

MANNERS = (
    Manner(),
    Manner("plain", "connectors", "no", "framed", off=1.2),
    Manner("alternate", "freeforms", "no"),
    Manner("plain", "segments", "no"),
    Manner(grouped=True),
    Manner(glued="dangling", labels="framed"),
)
ANCHORS = ("two", "one", "absolute")
MEASURES = ("sym", "edge", "edgej", "label", "labelx", "joint", "rows", "text")
SAVED = 17
"""So many files LibreOffice is given at once."""


def measure_office(scorer: ModuleType, count: int) -> None:
    """A line for each kind of file; own Word files count as right or not."""
    made = {seed: case(sop_chart(seed), seed) for seed in range(count)}
    gold = {seed: truth(one) for seed, one in made.items()}
    books = {seed: workbook(one, MANNERS[seed % 6], seed, ANCHORS[seed % 3]) for seed, one in made.items()}
    words = {
        seed: word_file(one, MANNERS[seed % 4], seed, WAYS[seed % 7], ("atLeast", "exact")[seed % 2])
        for seed, one in made.items()
    }
    held = {seed: workbook(one, MANNERS[seed % 6], seed) for seed, one in made.items()}
    own = {seed: make_docx(made_up(sop_chart(seed), seed, 14)) for seed in range(count)}
    for kind, files in (("xlsx", books), ("docx", words)):
        _line(f"Excel dan Word: {kind}", scorer, gold, files, kind)
        # LibreOffice makes columns wider under shapes that stay, and leaves a canvas out
        kept = held if kind == "xlsx" else {n: d for n, d in files.items() if WAYS[n % 7] != "canvas"}
        _line(f"{kind} lewat LibreOffice", scorer, gold, dict(_saved(kept, kind, (kind,))), kind)
    _own("Word kami", own)
    _own("Word kami lewat LibreOffice", dict(_saved(own, "docx", ("docx",))))
    _own("Word kami lewat .odt", dict(_saved(own, "docx", ("odt", "docx"))))


def _line(
    name: str, scorer: ModuleType, gold: dict[int, dict[str, Any]], files: dict[int, bytes], kind: str
) -> None:
    if not files:
        return
    total = dict.fromkeys(MEASURES, 0.0)
    perfect = 0
    for seed, data in files.items():
        score = scorer.score(gold[seed], _neutral(data, kind))
        for measure in MEASURES:
            total[measure] += score[measure] / len(files)
        perfect += all(score[m] == 1 for m in MEASURES if m != "labelx") and not score["labelx"]
    told = " ".join(f"{m}={total[m]:.3f}" for m in MEASURES)
    sys.stdout.write(f"{name:28s} {told}; tanpa salah {perfect} dari {len(files)}\n")


def _neutral(data: bytes, kind: str) -> dict[str, Any]:
    opened = door(f"uji.{kind}", data)
    seen = opened(data, f"uji.{kind}")[0] if opened else None
    return neutral(understand(seen)) if seen else {"charts": []}


def _own(name: str, files: dict[int, bytes]) -> None:
    if not files:
        return
    right = 0
    for seed, data in files.items():
        chart = sop_chart(seed)
        opened = door("uji.docx", data)
        seen = opened(data, "uji.docx")[0] if opened else None
        found = understand(seen).charts if seen else ()
        right += len(found) == 1 and read(found[0]) == said(made_up(chart, seed, 14), chart)
    sys.stdout.write(f"{name:28s} tanpa beda {right} dari {len(files)}\n")


def _saved(files: dict[int, bytes], kind: str, kinds: tuple[str, ...]) -> Iterator[tuple[int, bytes]]:
    """Files saved by LibreOffice, once for each kind in turn."""
    if not shutil.which("soffice"):
        return
    with tempfile.TemporaryDirectory() as away:
        paths = [Path(away, f"{seed}.{kind}") for seed in files]
        for path, data in zip(paths, files.values(), strict=True):
            path.write_bytes(data)
        for n, to in enumerate(kinds):
            target = Path(away, f"langkah{n}")
            for begin in range(0, len(paths), SAVED):
                command = ["soffice", f"-env:UserInstallation=file://{away}/profil", "--headless"]
                command += ["--convert-to", to, "--outdir", str(target)]
                some = [str(path) for path in paths[begin : begin + SAVED]]
                subprocess.run([*command, *some], check=True, capture_output=True, timeout=300)
            paths = sorted(target.iterdir())
        for path in paths:
            yield int(path.stem), path.read_bytes()
