"""Bytes of an office package → its XML parts as trees of local names, within bounds; or ``TooMuch``.

A few kB can declare a gigabyte, so what is counted is what was unpacked and built, over all parts together.
Prefixes of names are dropped: the same part is written with others by other programs, and nothing that is
read here needs them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from generator.reading.bounds import TooMuch

_UNPACKED = 40_000_000
_ELEMENTS = 350_000
_DEPTH = 150
_PARTS = 20_000
_CHUNK = 1 << 16
_AGAIN = "salin isinya ke berkas baru, lalu simpan lagi"

Damaged = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    UnicodeError,
    ValueError,
    KeyError,
)
"""What reading a damaged package raises."""


class Parts:
    """The parts of one package, read when they are asked for."""

    def __init__(self, data: bytes) -> None:
        self.packed = zipfile.ZipFile(io.BytesIO(data))
        if len(self.packed.infolist()) > _PARTS:
            raise TooMuch("berkas ini terdiri dari terlalu banyak bagian", _AGAIN)
        self.names = frozenset(self.packed.namelist())
        self.unpacked = self.elements = 0

    def tree(self, name: str) -> Element | None:
        """The root of a part; nothing where the package has no such part."""
        if name not in self.names:
            return None
        return _Tree(self).read(name)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part is related to, by id: the last word of the relation's kind, and the other part."""
        folder, _, own = name.rpartition("/")
        root = self.tree(f"{folder}/_rels/{own}.rels" if folder else f"_rels/{own}.rels")
        found: dict[str, tuple[str, str]] = {}
        for relation in root if root is not None else ():
            if relation.get("TargetMode", "").casefold() == "external":
                continue
            target = relation.get("Target", "")
            whole = (
                target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], whole)
        return found


class _Tree:
    """One part while expat reads it."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.builder = TreeBuilder()
        self.depth = 0

    def read(self, name: str) -> Element:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self.builder.data
        parser.StartDoctypeDeclHandler = self._doctype
        with self.parts.packed.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                self.parts.unpacked += len(chunk)
                if self.parts.unpacked > _UNPACKED:
                    raise TooMuch("isi berkas terlalu besar", "bagi menjadi berkas yang lebih kecil")
                parser.Parse(chunk)
        parser.Parse(b"", True)
        return self.builder.close()

    def _doctype(self, *_: object) -> None:
        raise TooMuch("berkas ini memuat deklarasi DOCTYPE, yang tidak pernah ditulis program kantor", _AGAIN)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.parts.elements += 1
        if self.depth > _DEPTH:
            raise TooMuch("susunan berkas ini terlalu dalam", _AGAIN)
        if self.parts.elements > _ELEMENTS:
            raise TooMuch("isi berkas terlalu banyak", "bagi menjadi berkas yang lebih kecil")
        self.builder.start(
            tag.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()}
        )

    def _end(self, tag: str) -> None:
        self.depth -= 1
        self.builder.end(tag.rpartition(":")[2])


def path(root: Element | None, *tags: str) -> Element | None:
    """The element at the end of a way of tags, the first of each."""
    for tag in tags:
        if root is None:
            return None
        root = root.find(tag)
    return root


def number(text: str | None, otherwise: float = 0.0) -> float:
    """A number as attributes hold it; what is none, or no length of a page, counts as ``otherwise``."""
    try:
        value = float(text) if text else otherwise
    except ValueError:
        return otherwise
    return value if abs(value) < 1e10 else otherwise


def chosen(element: Element) -> list[Element]:
    """The children of an element with each choice between two ways of saying one thing made once: the newer
    way where it is one that is read here."""
    found: list[Element] = []
    for child in element:
        if child.tag != "AlternateContent":
            found.append(child)
            continue
        ways = [way for way in child if way.tag in ("Choice", "Fallback")]
        known = [way for way in ways if way.tag == "Choice" and way.get("Requires", "") in _READ]
        for way in (known or ways[-1:])[:1]:
            found += chosen(way)
    return found


_READ = ("wps", "wpg", "wpc", "wp14", "w14", "a14", "xdr14", "v", "wps wp14", "wpg wp14", "wpc wp14")
