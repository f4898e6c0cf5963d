"""``sop import --bacaan``: what is read of a foreign file, with all doubts, as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NoReturn

import click

from generator.cli.files import result_file
from generator.cli.report import print_problems
from generator.data.writing.files import write_whole
from generator.model.problems import Position, Problem, Severity
from generator.reading.doors import ENDINGS, MOST_BYTES, door
from generator.reading.neutral import neutral
from generator.reading.understand import understand


def write_reading(file: Path, data: Path, bacaan: Path) -> None:
    """Write the reading of a file; the command ends where nothing of it could be read."""
    result_file(bacaan, ".json", data)
    if file.stat().st_size > MOST_BYTES:
        _refuse(file, "berkas ini terlalu besar", "bagi menjadi berkas yang lebih kecil")
    content = file.read_bytes()
    read = door(file.name, content)
    if read is None:
        _refuse(file, "berkas seperti ini tidak dapat dibaca", f"beri berkas {', '.join(ENDINGS)}")
    seen, problems = read(content, file.as_posix())
    if problems:
        print_problems(problems)
    if seen is None:
        sys.exit(1)
    reading = understand(seen)
    if not reading.charts and not reading.identities:
        said = next((doubt.said for doubt in reading.doubts), "tidak ada tabel SOP di berkas ini")
        _refuse(file, said, "pastikan ada tabel dengan judul kolom No dan Kegiatan")
    write_whole(bacaan, (json.dumps(neutral(reading), ensure_ascii=False, indent=1) + "\n").encode())
    doubts = sum(len(chart.doubts) for chart in reading.charts) + len(reading.doubts)
    click.echo(f"Bacaan: {bacaan.as_posix()} ({len(reading.charts)} alur, {doubts} keraguan)")
    for doubt in reading.doubts:
        click.echo(f"  {seen.pages[doubt.place.page].name}: {doubt.said}")


def _refuse(file: Path, message: str, hint: str) -> NoReturn:
    print_problems([Problem(Position(file.as_posix(), 1, 1), Severity.ERROR, message, hint, "impor")])
    sys.exit(1)
