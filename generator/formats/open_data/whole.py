"""Files, piece by piece → the same files, and last all of them in one ZIP file; the files of a unit → theirs.

A piece that comes deflated (``Packed``), and the ZIP file of a unit, stand in that of all as they are.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.data.catalogue import Catalogue
from generator.formats.open_data.pieces import Packed, Piece, deflater, entry_of
from generator.formats.open_data.records import DATA

WHOLE = f"{DATA}/semua.zip"
"""All open data in one file."""
NOTE = "BACA-SAYA.txt"
_END = b"\x03\x00"
"""An empty last block of deflate."""


def unit_path(id: str) -> str:
    """Address of the ZIP file of a unit from the top of the site."""
    return f"{DATA}/unit/{id}.zip"


def with_whole(
    files: Iterable[tuple[str, Iterable[Piece]]],
    beside: Mapping[str, bytes],
    units: Iterable[tuple[str, bytes]],
    catalogue: Catalogue,
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files of all SOPs, and last all of them in one, with a note on what they are and on what terms they
    may be used. It holds what was taken of each, so that nothing is made twice, what lies ``beside``, and the
    ZIP files of all ``units``, which are asked for one by one."""
    out = _Out()
    whole = zipfile.ZipFile(out, "w")
    contents = "sop.csv, sop.json, llms.txt: semua SOP. skema: arti tiap kunci. unit: gambar, BPMN dan teks."
    for name, text in {NOTE: note("", contents, catalogue), **beside}.items():
        list(_put(whole, out, name, [text.decode()]))
    for name, pieces in files:
        yield name, _put(whole, out, name, pieces)
    yield WHOLE, _with_units(whole, out, units)


def unit_note(title: str, catalogue: Catalogue) -> tuple[str, bytes]:
    """What stands in the ZIP file of a unit beside the files of its SOPs, which have the addresses that they
    have on the site."""
    contents = "data: JSON tiap SOP. sop: gambar alur (SVG), BPMN, teks Markdown dan teks untuk dibacakan."
    return NOTE, note(title, contents, catalogue)


def note(title: str, contents: str, catalogue: Catalogue) -> bytes:
    """What stands beside the files: what they are, and on what terms they may be used."""
    agency = catalogue.instansi
    terms = agency.lisensi_data or "belum ditetapkan; tanyakan kepada instansi"
    lines = (
        f"Data terbuka SOP {', '.join(filter(None, (title, agency.nama)))}",
        f"Lisensi data: {terms}.",
        "Salinan untuk dibaca; yang berlaku adalah dokumen yang ditandatangani.",
        f"Situs: {catalogue.home or 'alamatnya belum diisi'}",
        f"Isi: {contents} PDF dan Word ada di halaman tiap SOP.",
    )
    return "".join(line + "\r\n" for line in lines).encode("utf-8", "replace")


class _Out(io.RawIOBase):
    """Where a file is written that is taken away piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._length = 0

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        self._length += len(data)
        return len(data)

    def tell(self) -> int:
        return self._length

    def taken(self) -> bytes:
        """What was written since."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def _with_units(whole: zipfile.ZipFile, out: _Out, units: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The file of all, with those of the units."""
    for name, content in units:
        yield out.taken()
        entry = entry_of(name.removeprefix(f"{DATA}/"))
        entry.compress_type = zipfile.ZIP_STORED
        entry.CRC, entry.file_size = zlib.crc32(content), len(content)
        _add(whole, out, entry, [content])
    whole.close()
    yield out.taken()


def _put(whole: zipfile.ZipFile, out: _Out, name: str, pieces: Iterable[Piece]) -> Iterator[bytes]:
    """Put a file into the one of all while it is read."""
    entry, deflate, body = entry_of(name.removeprefix(f"{DATA}/")), deflater(), list[bytes]()
    for piece in pieces:
        if isinstance(piece, Packed):
            data = piece.content()
            body += [deflate.flush(zlib.Z_FULL_FLUSH), piece.deflated]
        else:
            data = piece.encode()
            body.append(deflate.compress(data))
        entry.CRC = zlib.crc32(data, entry.CRC)
        entry.file_size += len(data)
        yield data
    _add(whole, out, entry, [*body, deflate.flush(zlib.Z_FULL_FLUSH), _END])


def _add(whole: zipfile.ZipFile, out: _Out, entry: zipfile.ZipInfo, body: Sequence[bytes]) -> None:
    """Put a file into the one of all as it is to stand there."""
    entry.compress_size, entry.header_offset = sum(map(len, body)), out.tell()
    out.write(entry.FileHeader())
    for piece in body:
        out.write(piece)
    whole.filelist.append(entry)
    whole.NameToInfo[entry.filename] = entry
    whole.start_dir = out.tell()
