"""Files, piece by piece → the same files, and last all of them in one ZIP file.

A piece that comes deflated (``Packed``) stands in the ZIP file as it is.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping

from generator.data.catalogue import Catalogue
from generator.formats.open_data.pieces import Packed, Piece, deflater
from generator.formats.open_data.records import DATA

WHOLE = f"{DATA}/semua.zip"
"""All open data in one file."""
_BEGAN = (1980, 1, 1, 0, 0, 0)
"""The day of every file in it: the first that the format knows."""
_END = b"\x03\x00"
"""An empty last block of deflate."""


def with_whole(
    files: Iterable[tuple[str, Iterable[Piece]]], beside: Mapping[str, bytes], catalogue: Catalogue
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files of all SOPs, and last all of them in one, with a note on what they are and on what terms they
    may be used. It holds what was taken of each, so that nothing is made twice, and what lies ``beside``."""
    agency, out = catalogue.instansi, io.BytesIO()
    terms = agency.lisensi_data or "belum ditetapkan; tanyakan kepada instansi"
    note = (
        f"Data terbuka SOP {agency.nama}",
        f"Lisensi data: {terms}.",
        "Salinan untuk dibaca; yang berlaku adalah dokumen yang ditandatangani.",
        f"Situs: {catalogue.home or 'alamatnya belum diisi'}",
    )
    with zipfile.ZipFile(out, "w") as whole:
        whole.writestr(_entry("BACA-SAYA.txt"), "".join(line + "\r\n" for line in note))
        for name, text in beside.items():
            whole.writestr(_entry(name), text)
        for name, pieces in files:
            yield name, _put(whole, out, name, pieces)
    yield WHOLE, [out.getvalue()]


def _put(whole: zipfile.ZipFile, out: io.BytesIO, name: str, pieces: Iterable[Piece]) -> Iterator[bytes]:
    """Put a file into the one of all while it is read."""
    entry, deflate, body = _entry(name), deflater(), list[bytes]()
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
    body += [deflate.flush(zlib.Z_FULL_FLUSH), _END]
    entry.compress_size, entry.header_offset = sum(map(len, body)), out.tell()
    out.write(entry.FileHeader())
    out.writelines(body)
    whole.filelist.append(entry)
    whole.NameToInfo[entry.filename] = entry
    whole.start_dir = out.tell()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name.removeprefix(f"{DATA}/"), _BEGAN)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    entry.CRC = 0
    return entry
