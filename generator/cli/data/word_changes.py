"""A Word file of ours that was changed by hand → its changes, one a line, against its version in the data."""

from __future__ import annotations

from pathlib import Path

from generator.data.catalogue import Catalogue
from generator.documents.made_from import version_of, word_file_of
from generator.reading.docx.document import read_docx
from generator.reading.docx.returned import Difference, differences
from generator.reading.understand import understand
from generator.reading.understood import Reading

MOST = 300
"""So many changes are told one by one."""


def word_changes(reading: Reading, catalogue: Catalogue | None, data: Path) -> list[str]:
    """What to say of a Word file that was made here; nothing of other files."""
    if reading.door != "docx" or not reading.fingerprint or catalogue is None:
        return []
    made = version_of(catalogue, reading.fingerprint)
    if made is None:
        return ["berkas kami sendiri, tetapi versi asalnya tidak ada di folder data; dibaca sebagai SOP baru"]
    within, version = made
    word = word_file_of(within, version, data)
    before = read_docx(word, reading.file)[0] if word else None
    if before is None:
        return [f"versi asalnya ({version.slug}, versi {version.versi.nomor}) tidak dapat dibandingkan"]
    found = differences(understand(before), reading)
    head = f"dibuat dari {version.slug} versi {version.versi.nomor}: {len(found)} perbedaan"
    rest = [f"dan {len(found) - MOST} perbedaan lagi"] if len(found) > MOST else []
    return [head, *map(_line, found[:MOST]), *rest]


def _line(one: Difference) -> str:
    where = f" (halaman {one.place.page + 1})" if one.place else ""
    if one.about == "periksa":
        return f"periksa{where}: {one.after}"
    if not one.before:
        return f"{one.about}{where}: baru '{one.after}'"
    if not one.after:
        return f"{one.about}{where}: hilang '{one.before}'"
    return f"{one.about}{where}: '{one.before}' menjadi '{one.after}'"
