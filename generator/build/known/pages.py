"""What the memory of a site keeps of a page ⇄ its links and the words that are searched, packed."""

from __future__ import annotations

import zlib

from msgspec import MsgspecError
from msgspec.json import Decoder, encode

from generator.build.links import PageLinks

_LINKS = Decoder(PageLinks)


def packed(text: bytes) -> bytes:
    """A text that is seldom read again: the memory is copied at each build, and was half as long again."""
    return zlib.compress(text, 1)


def unpacked(data: bytes) -> bytes:
    """The inverse. Raises ValueError, TypeError."""
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise ValueError(str(error)) from error


def packed_links(found: PageLinks) -> bytes:
    return packed(encode(found))


def links_of(data: bytes) -> PageLinks:
    """The inverse. Raises ValueError, TypeError."""
    try:
        return _LINKS.decode(unpacked(data))
    except MsgspecError as error:
        raise ValueError(str(error)) from error
