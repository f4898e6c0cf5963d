"""Sections, each some files → one ZIP file of all; what an earlier one holds of them is copied as it is.

So a section that has changed costs its own compression, and no more than a section is held at a time.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from generator.formats.open_data.pieces import entry_of

Files = Iterable[tuple[str, bytes]]
_END, _END64, _LOCATOR = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")
_LENGTHS, _OFFSET = struct.Struct("<3H"), struct.Struct("<L")
_RECORD, _LENGTHS_AT, _OFFSET_AT = 46, 28, 42
"""How long a record in the list of a ZIP file is without its names; where in it their lengths stand, and
where the file begins."""
_MANY, _FAR = 0xFFFF, 0xFFFFFFFF
_STEP = 1 << 20


class Section(Struct, frozen=True):
    """Files of a ZIP file that stand together, known by a key: how many, the bytes that they take, and those
    that the list at its end has on them."""

    key: str
    files: int
    body: int
    listed: int


class Earlier(Struct, frozen=True):
    """A ZIP file that was joined before, and its sections in order."""

    path: Path
    sections: Sequence[Section]


def joined(
    sections: Iterable[tuple[str, Files]], earlier: Earlier | None, made: list[Section]
) -> Iterator[bytes]:
    """The ZIP file of these sections, each by its key with its files, which are asked for only where they
    are new; ``made`` is given what is to be known of it. Raises OSError, ValueError."""
    known, ends, at = _places(earlier.sections if earlier else ()), list[bytes](), 0
    with open(earlier.path, "rb") if earlier else io.BytesIO() as old:
        for key, files in sections:
            if key in known:
                section, start, listed = known[key]
                _refuse_far(at + section.body)
                yield from _copied(old, start, section.body)
                directory, moved = b"".join(_copied(old, listed, section.listed)), at - start
            else:
                count, body, directory = _packed(files)
                section, moved = Section(key, count, len(body), len(directory)), at
                _refuse_far(at + section.body)
                yield body
            ends.append(_moved(directory, moved))
            made.append(section)
            at += section.body
    yield from ends
    yield _end(sum(section.files for section in made), sum(map(len, ends)), at)


def _places(sections: Sequence[Section]) -> dict[str, tuple[Section, int, int]]:
    """By key each section, where its files begin, and where the list does on them."""
    found, at, listed = {}, 0, sum(section.body for section in sections)
    for section in sections:
        found[section.key] = section, at, listed
        at, listed = at + section.body, listed + section.listed
    return found


def _refuse_far(at: int) -> None:
    if at >= _FAR:
        raise ValueError("a ZIP file of one unit would be larger than 4 GiB")


def _copied(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    file.seek(start)
    while length:
        piece = file.read(min(length, _STEP))
        if not piece:
            raise ValueError("a ZIP file is shorter than it was")
        length -= len(piece)
        yield piece


def _packed(files: Files) -> tuple[int, bytes, bytes]:
    """Some files as they stand in a ZIP file: how many, their bytes, the list on them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in files:
            packed.writestr(entry_of(name), content)
        count, start = len(packed.filelist), packed.start_dir
    content = out.getvalue()
    return count, content[:start], content[start : -_END.size]


def _moved(directory: bytes, by: int) -> bytes:
    """The list on files that stand so many bytes further on."""
    out, at = bytearray(directory), 0
    while by and at < len(out):
        [offset] = _OFFSET.unpack_from(out, at + _OFFSET_AT)
        _OFFSET.pack_into(out, at + _OFFSET_AT, offset + by)
        at += _RECORD + sum(_LENGTHS.unpack_from(out, at + _LENGTHS_AT))
    return bytes(out)


def _end(files: int, listed: int, at: int) -> bytes:
    """What a ZIP file ends in; more than 65,535 files are told in the way that came later."""
    end = _END.pack(b"PK\5\6", 0, 0, min(files, _MANY), min(files, _MANY), listed, at, 0)
    if files <= _MANY:
        return end
    far = _END64.pack(b"PK\6\6", _END64.size - 12, 45, 45, 0, 0, files, files, listed, at)
    return far + _LOCATOR.pack(b"PK\6\7", 0, at + listed, 1) + end
