"""Terms of pages → the files that Pagefind's search in the browser reads.

Pagefind's own indexer reads all pages at every run, at some 5 ms and 400 kB a page. What it writes for our
records is little: CBOR of who holds which term at which weight. That is written here; the program (JavaScript
and WebAssembly) is Pagefind's own, and ``program`` has it index a page of two words and compares what it
wrote byte by byte with what stands here, so that another format is noticed and never published.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
from array import array
from base64 import b32encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from zlib import crc32

from msgspec import Struct

LANGUAGE = "und"
PLAIN = 24
"""Weight of a word in Pagefind; it counts as often as its weights hold this."""
_HEAVIEST, _PLACES = 255, 8
"""Most that one place of a word can weigh, and most places of one word that are told of a page."""
MOST = _HEAVIEST * _PLACES
"""Most that a term can weigh on one page."""
_FIRST_PLACES = 1021
"""Places that terms begin to look for a free one at."""
_CHUNK = 40_000
"""Bytes, before compression, from which on a piece of the index is full."""
_SIGNATURE = b"pagefind_dcd"
_PROGRAM = ("pagefind.js", "wasm.unknown.pagefind")
_ENTRY = "pagefind-entry.json"


class SearchFailed(Exception):
    """Pagefind could not be run, or it writes what is not known here; the text says why, in Indonesian."""


class Postings:
    """All terms of pages side by side with the pages that hold them, numbered from 0."""

    def __init__(self) -> None:
        self.count = 0
        self.terms: dict[str, int] = {}
        """Terms with their place in the lists."""
        self._pages, self._first, self._last = array("I"), array("I"), array("I")
        """Of each term the number of pages that hold it, the first, the last."""
        self._told: list[bytearray] = []
        """All that stands after the first page's number."""

    def add(self, terms: Mapping[str, bytes]) -> None:
        """Add the next page."""
        number, numbers = self.count, _NUMBERS
        self.count += 1
        places, pages, last, held = self.terms, self._pages, self._last, self._told
        for term, told in terms.items():
            at = places.get(term)
            if at is None:
                self._begin(term, 1, number, number, told)
            else:
                held[at] += b"\x83" + numbers[number - last[at]] + told
                pages[at] += 1
                last[at] = number

    def extend(self, data: bytes) -> None:
        """Add the pages of others, as ``dump`` gave them, after all pages so far."""
        head, _, rest = data.partition(b"\n")
        count, *words = head.decode().split()
        size = 4 * len(words)
        columns = [array("I", rest[at : at + size]) for at in range(0, 4 * size, size)]
        offset, numbers, begin = self.count, _NUMBERS, 4 * size
        self.count += int(count)
        places, pages, last, held = self.terms, self._pages, self._last, self._told
        for term, here, from_, to, length in zip(words, *columns, strict=True):
            told = rest[begin : begin + length]
            begin += length
            at = places.get(term)
            if at is None:
                self._begin(term, here, from_ + offset, to + offset, told)
            else:
                held[at] += b"\x83" + numbers[from_ + offset - last[at]] + told
                pages[at] += here
                last[at] = to + offset

    def _begin(self, term: str, pages: int, first: int, last: int, told: bytes) -> None:
        self.terms[term] = len(self._told)
        self._pages.append(pages)
        self._first.append(first)
        self._last.append(last)
        self._told.append(bytearray(told))

    def chunks(self) -> Iterator[tuple[str, str, bytes]]:
        """The index in pieces: first term, last term, encoded. Empties what was gathered."""
        words: list[str] = []
        parts: list[bytes] = []
        size = 0
        for term in sorted(self.terms):
            at = self.terms.pop(term)
            held, self._told[at] = self._told[at], bytearray()
            head = b"\x83" + _text(term) + _head(4, self._pages[at]) + b"\x83" + _NUMBERS[self._first[at]]
            parts.extend((head, bytes(held), b"\x80"))
            words.append(term)
            size += len(held)
            if size >= _CHUNK:
                yield words[0], words[-1], b"".join((b"\x81", _head(4, len(words)), *parts))
                words, parts, size = [], [], 0
        if words:
            yield words[0], words[-1], b"".join((b"\x81", _head(4, len(words)), *parts))

    def dump(self) -> bytes:
        """All of it in bytes, for ``extend`` on a machine of the same order of bytes."""
        lengths = array("I", map(len, self._told))
        columns = (column.tobytes() for column in (self._pages, self._first, self._last, lengths))
        return b"".join((" ".join((str(self.count), *self.terms)).encode(), b"\n", *columns, *self._told))


class _Places(dict[str, int]):
    """Where a term begins to look for a free place."""

    def __missing__(self, term: str) -> int:
        self[term] = place = crc32(term.encode()) % _FIRST_PLACES
        return place


_FIRST = _Places()


def told(
    weights: Mapping[str, int],
    title: Mapping[str, Sequence[int]],
    first: Mapping[str, int] = _FIRST,
) -> dict[str, bytes]:
    """Terms of a page as the index tells them, from their weights and the places of words in its title.

    Nothing asks for places in the text; a term takes the same one on every page where it is free, as two
    terms in one place would count as one word, and as a change of one term is then none of the others.
    """
    taken: set[int] = set()
    found: dict[str, bytes] = {}
    numbers, once, alone = _NUMBERS, _ONCE, _ALONE
    for term, weight in weights.items():
        place = first[term]
        if weight <= _HEAVIEST:
            while place in taken:
                place += 1
            taken.add(place)
            titled = term in title
            found[term] = once[weight] + (numbers[place] + _places(title[term]) if titled else alone[place])
            continue
        full, rest = divmod(min(weight, MOST), _HEAVIEST)
        places = []
        for _ in range(full + (rest > 0)):
            while place in taken:
                place += 1
            taken.add(place)
            places.append(place)
        apart = [after - before for before, after in pairwise(places[:full])]
        own = [-1 - _HEAVIEST, places[0], *apart, *([-1 - rest, places[-1]] if rest else [])]
        where = _head(4, len(own)) + b"".join(numbers[number] for number in own)
        found[term] = where + (_places(title[term]) if term in title else b"\x80")
    return found


def _places(places: Sequence[int]) -> bytes:
    """Places in the first field (the title), each told from the one before."""
    numbers = [-1, places[0], *(after - before for before, after in pairwise(places))]
    return _head(4, len(numbers)) + b"".join(map(_number, numbers))


def _head(kind: int, value: int) -> bytes:
    """Kind of a CBOR item with a number in its shortest form."""
    if value < 24:
        return bytes((kind << 5 | value,))
    size = next(at for at in range(4) if value < 1 << (8 << at))
    return bytes((kind << 5 | 24 + size,)) + value.to_bytes(1 << size, "big")


def _number(value: int) -> bytes:
    return _head(0, value) if value >= 0 else _head(1, -1 - value)


def _text(value: str) -> bytes:
    data = value.encode()
    return _head(3, len(data)) + data


class _Once(dict[int, bytes]):
    """The beginning of a term in one place, by its weight."""

    def __missing__(self, weight: int) -> bytes:
        self[weight] = encoded = b"\x82" + _number(-1 - weight)
        return encoded


class _Alone(dict[int, bytes]):
    """The only place of a term that is not in the title."""

    def __missing__(self, place: int) -> bytes:
        self[place] = encoded = _number(place) + b"\x80"
        return encoded


class _Numbers(dict[int, bytes]):
    """Encoded numbers, each encoded once."""

    def __missing__(self, value: int) -> bytes:
        self[value] = encoded = _number(value)
        return encoded


_NUMBERS, _ONCE, _ALONE = _Numbers(), _Once(), _Alone()


def meta(version: str, pages: Sequence[tuple[str, int]], chunks: Sequence[tuple[str, str, str]]) -> bytes:
    """The list of pages (name, number of words) and of the pieces of the index (first term, last, name), as
    this version of Pagefind writes it: from 1.6 on each page has the name of its bundle too, and a bundle
    that is not joined with others has none."""
    head, bundle = (b"\x83", _text("")) if _number_of(version) >= (1, 6) else (b"\x82", b"")
    each = (head + _text(name) + _number(length) + bundle for name, length in pages)
    pieces = b"".join(b"\x83" + b"".join(map(_text, chunk)) for chunk in chunks)
    listed = _head(4, len(pages)) + b"".join(each)
    return b"".join(
        (b"\x86", _text(version), listed, _head(4, len(chunks)), pieces, b"\x80\x80\x81", _text("title"))
    )


def _number_of(version: str) -> tuple[int, int]:
    """Its first two parts; one of another form is taken for an old one, which the sample then shows."""
    found = re.match(r"(\d+)\.(\d+)\b", version)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def fragment(
    url: str, content: str, length: int, title: str, anchors: Sequence[tuple[str, str, int]]
) -> bytes:
    """What is shown of a page; anchors by id, heading and place in ``content``, in words."""
    return json.dumps(
        {
            "url": f"/{url}",
            "content": content,
            "word_count": length,
            "filters": {},
            "meta": {"title": title},
            "anchors": [
                {"element": "h2", "id": anchor, "text": heading, "location": place}
                for anchor, heading, place in anchors
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def packed(data: bytes) -> bytes:
    """As Pagefind wants its files."""
    return gzip.compress(_SIGNATURE + data, 6, mtime=0)


def name_of(data: bytes) -> str:
    """Name of a file by what is in it; its first letters do where no other begins with them."""
    return b32encode(sha256(data).digest()[:20]).decode().lower()


class Program(Struct, frozen=True):
    """What runs in the browser: its files, and the beginning of the bundle as this version writes it."""

    files: Mapping[str, bytes]
    entry: Mapping[str, object]

    @property
    def version(self) -> str:
        return str(self.entry["version"])

    def first_file(self, name: str, count: int) -> bytes:
        """The file that is read first: where the list of ``count`` pages is."""
        languages = {LANGUAGE: {"hash": name, "wasm": None, "page_count": count}}
        return json.dumps({**self.entry, "languages": languages}, separators=(",", ":")).encode()


@cache
def program(*command: str) -> Program:
    """Pagefind's program; ``command`` runs another one than that of this environment. Raises ``SearchFailed``
    where it does not run or writes another format."""
    with tempfile.TemporaryDirectory(prefix="cari-") as folder:
        source, made = Path(folder, "halaman"), Path(folder, "hasil")
        source.mkdir()
        (source / "index.html").write_text(_SAMPLE, encoding="utf-8")
        run = command or (sys.executable, "-m", "pagefind")
        options = ("--site", str(source), "--output-path", str(made), "--quiet")
        done = subprocess.run([*run, *options], capture_output=True, text=True, check=False)
        if done.returncode or not (made / _ENTRY).is_file():
            said = (done.stderr or done.stdout).strip()[-400:]
            raise SearchFailed(f"Pagefind gagal membuat indeks pencarian: {said}")
        found = Program(
            {name: (made / name).read_bytes() for name in _PROGRAM},
            json.loads((made / _ENTRY).read_text(encoding="utf-8")),
        )
        if _written(made) != _expected(found.version, made):
            raise SearchFailed(
                f"Pagefind {found.version} menulis indeks dengan bentuk yang belum dikenal; "
                "pakai versi pada requirements.txt"
            )
        return found


_SAMPLE = f"""<!doctype html><html lang="{LANGUAGE}"><body data-pagefind-body><h1>Dua</h1>
<h2 id="a">satu</h2><p data-pagefind-weight="1">tiga</p></body></html>"""


def _written(made: Path) -> list[bytes]:
    files = [*made.glob("*.pf_meta"), *made.glob("index/*"), *made.glob("fragment/*")]
    return [gzip.decompress(file.read_bytes()).removeprefix(_SIGNATURE) for file in files]


def _expected(version: str, made: Path) -> list[bytes]:
    """The sample as we write it, under Pagefind's own file names."""
    names = [file.stem for folder in ("fragment", "index") for file in (made / folder).glob("*")]
    own = Postings()
    weights = {"dua": 7 * PLAIN, "satu": 6 * PLAIN, "tiga": PLAIN}
    own.add(told(weights, {"dua": [0]}, {term: at for at, term in enumerate(weights)}))
    first, last, data = next(own.chunks())
    shown = fragment("", "Dua. satu. tiga.", len(weights), "Dua", [("a", "satu", 1)])
    return [meta(version, [(names[0], len(weights))], [(first, last, names[-1])]), data, shown]
