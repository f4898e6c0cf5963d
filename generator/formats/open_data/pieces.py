"""Texts → pieces of a file, as they are or deflated.

Compressing costs more than all else that is done with the records of all SOPs; so what was compressed once is
kept, and joined.
"""

from __future__ import annotations

import zipfile
import zlib

from msgspec import Struct

_BEGAN = (1980, 1, 1, 0, 0, 0)
"""The day of every file in a ZIP file: the first that the format knows."""


class Packed(Struct, frozen=True):
    """A piece of a file, deflated so that it may follow any other."""

    deflated: bytes

    def content(self) -> bytes:
        """The piece itself. Raises ValueError."""
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(self.deflated)
        except zlib.error as error:
            raise ValueError(str(error)) from error


Piece = str | Packed
"""A part of the text of a file."""


def packed(text: str) -> Packed:
    """A piece of a file, to be used again."""
    deflate = deflater()
    return Packed(deflate.compress(text.encode()) + deflate.flush(zlib.Z_FULL_FLUSH))


def deflater() -> zlib._Compress:
    """Deflate without a head, as it stands in a ZIP file."""
    return zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)


def entry_of(name: str) -> zipfile.ZipInfo:
    """What a ZIP file says of a file in it, to be deflated: alike on all days and machines."""
    entry = zipfile.ZipInfo(name, _BEGAN)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    entry.CRC = 0
    return entry
