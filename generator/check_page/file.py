"""A stranger's file → what is understood of it and pictures of its pages; done in a process of its own."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from generator.check_page.pictures import Picture, pictures
from generator.model.problems import Position, Problem, Severity
from generator.reading.doors import MOST_BYTES, door
from generator.reading.understand import understand
from generator.reading.understood import Reading


class Read(Struct, frozen=True):
    """``reading`` is None where nothing of the file could be read; the problems say why."""

    reading: Reading | None
    problems: tuple[Problem, ...] = ()
    pictures: tuple[Picture, ...] = ()


def read_register(path: str) -> Read:
    """Read one file, and of a list of SOPs each row as an SOP."""
    return read_file(path, registers=True)


def read_file(path: str, registers: bool = False) -> Read:
    """Read one file; ``registers`` as for ``understand``."""
    file = Path(path)
    if file.stat().st_size > MOST_BYTES:
        return _refused(path, "berkas ini terlalu besar", "bagi menjadi berkas yang lebih kecil")
    data = file.read_bytes()
    read = door(file.name, data)
    if read is None:
        return _refused(path, "jenis berkas ini tidak dapat dibaca", "simpan sebagai .xlsx, .docx atau .pdf")
    seen, problems = read(data, path)
    if seen is None:
        return Read(None, tuple(problems))
    reading = understand(seen, registers)
    if not reading.identities and not reading.charts:
        hint = "pastikan ada tabel kegiatan atau bagian identitas SOP di dalamnya"
        told = [doubt.said for doubt in reading.doubts]
        refused = _refused(path, "; ".join(["tidak ada SOP pada berkas ini", *told]), hint)
        return Read(None, (*problems, *refused.problems))
    return Read(reading, tuple(problems), tuple(pictures(data, seen, _pages(reading))))


def _refused(path: str, message: str, hint: str) -> Read:
    return Read(None, (Problem(Position(path, 1, 1), Severity.ERROR, message, hint, "impor"),))


def _pages(reading: Reading) -> set[int]:
    """The pages from which something was read."""
    places = [doubt.place for doubt in reading.doubts]
    places += [row.place for chart in reading.charts for row in chart.rows]
    places += [symbol.place for chart in reading.charts for symbol in chart.symbols]
    places += [words.place for words in reading.left_over if words.place]
    return {block.page for block in reading.identities} | {place.page for place in places}
