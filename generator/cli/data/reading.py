"""``sop import --bacaan``: what is read of a foreign file, with all doubts, as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NoReturn

import click
from msgspec import Struct

from generator.bounded import Bounded, TooMuch
from generator.cli.files import result_file
from generator.cli.report import print_problems
from generator.data.writing.files import write_whole
from generator.model.problems import Position, Problem, Severity
from generator.reading.doors import ENDINGS, MOST_BYTES, door
from generator.reading.neutral import neutral
from generator.reading.understand import understand

TOO_MUCH = "bagi menjadi berkas yang lebih kecil, atau simpan ulang dari aplikasinya"


class _Found(Struct, frozen=True):
    """The reading as JSON, or why there is none; what to say of it."""

    text: str
    problems: tuple[Problem, ...]
    said: tuple[str, ...] = ()


def write_reading(file: Path, data: Path, bacaan: Path) -> None:
    """Write the reading of a file; the command ends where nothing of it could be read."""
    result_file(bacaan, ".json", data)
    if file.stat().st_size > MOST_BYTES:
        _refuse(file, "berkas ini terlalu besar", "bagi menjadi berkas yang lebih kecil")
    reader = Bounded(read_neutral)
    try:
        found = reader.ask(file.as_posix())
    except TooMuch as error:
        _refuse(file, f"berkas ini terlalu rumit: {error}", TOO_MUCH)
    finally:
        reader.close()
    if found.problems:
        print_problems(list(found.problems))
    if not found.text:
        sys.exit(1)
    write_whole(bacaan, found.text.encode())
    head, *doubts = found.said
    click.echo(f"Bacaan: {bacaan.as_posix()} ({head})")
    for doubt in doubts:
        click.echo(f"  {doubt}")


def read_neutral(path: str) -> _Found:
    """Read one file; done in a process of its own."""
    file = Path(path)
    content = file.read_bytes()
    read = door(file.name, content)
    if read is None:
        return _none(path, "berkas seperti ini tidak dapat dibaca", f"beri berkas {', '.join(ENDINGS)}")
    seen, problems = read(content, path)
    if seen is None:
        return _Found("", tuple(problems))
    reading = understand(seen)
    if not reading.charts and not reading.identities:
        said = next((doubt.said for doubt in reading.doubts), "tidak ada tabel SOP di berkas ini")
        none = _none(path, said, "pastikan ada tabel dengan judul kolom No dan Kegiatan")
        return _Found("", (*problems, *none.problems))
    doubts = sum(len(chart.doubts) for chart in reading.charts) + len(reading.doubts)
    told = [f"{seen.pages[doubt.place.page].name}: {doubt.said}" for doubt in reading.doubts]
    text = json.dumps(neutral(reading), ensure_ascii=False, indent=1) + "\n"
    return _Found(text, tuple(problems), (f"{len(reading.charts)} alur, {doubts} keraguan", *told))


def _none(path: str, message: str, hint: str) -> _Found:
    return _Found("", (Problem(Position(path, 1, 1), Severity.ERROR, message, hint, "impor"),))


def _refuse(file: Path, message: str, hint: str) -> NoReturn:
    print_problems(list(_none(file.as_posix(), message, hint).problems))
    sys.exit(1)
