"""What the memory of a site keeps of a page ⇄ its links and the words that are searched, packed."""

from __future__ import annotations

import json
import zlib

from generator.build.links import DeadLink, Link, PageLinks


def packed(text: str) -> bytes:
    """A text that is seldom read again: the memory is copied at each build, and was half as long again."""
    return zlib.compress(text.encode(), 1)


def unpacked(data: bytes) -> str:
    """The inverse. Raises ValueError, TypeError."""
    try:
        return zlib.decompress(data).decode()
    except zlib.error as error:
        raise ValueError(str(error)) from error


def links_text(found: PageLinks) -> str:
    links = [(one.address, one.path, one.anchor, one.folder) for one in found.links]
    dead = [(one.page, one.address, one.why) for one in found.dead]
    return json.dumps((found.anchors, links, dead), ensure_ascii=False)


def links_of(row: tuple[str, bytes]) -> PageLinks:
    name, data = row
    anchors, links, dead = json.loads(unpacked(data))
    found = tuple(Link(*link) for link in links)
    return PageLinks(name, tuple(anchors), found, tuple(DeadLink(*link) for link in dead))
