"""Terms of pages → pieces of the index: who holds which term at which weight.

A piece is text: for each term itself, the number of pages that hold it, and for each page how far its number
is from the one before and its weight. Numbers are digits of 32 with a sign that more follow, weights one
letter, so that the browser reads it letter by letter without parsing.
"""

from __future__ import annotations

import math
from array import array
from base64 import b32encode
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from zlib import crc32

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BASE = 32
STEPS, SHIFT = 4, 12
"""Weights are told by the logarithm: so many steps double one, and this step is the weight 1."""
_LEAST, _MOST = 6_000, 16_000
"""Bytes from which on a piece may end, and must."""
_ENDS = 8
"""One term in so many may end a piece: by its name, so that pieces far from a change stay as they are."""


@lru_cache(maxsize=1 << 14)
def weight_letter(weight: float) -> bytes:
    """A weight above 0 as one letter."""
    step = round(STEPS * math.log2(weight)) + SHIFT
    return ALPHABET[max(0, min(_BASE - 1, step))].encode()


def digits(number: int) -> bytes:
    """A number in digits of 32, the last first."""
    told = ""
    while number >= _BASE:
        number, digit = divmod(number, _BASE)
        told += ALPHABET[_BASE + digit]
    return (told + ALPHABET[number]).encode()


class _Digits(dict[int, bytes]):
    """Numbers that were told once."""

    def __missing__(self, number: int) -> bytes:
        self[number] = told = digits(number)
        return told


_DIGITS = _Digits()


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
        """Add the next page: its terms with the letters of their weights."""
        number, numbers = self.count, _DIGITS
        self.count += 1
        places, pages, last, held = self.terms, self._pages, self._last, self._told
        for term, told in terms.items():
            at = places.get(term)
            if at is None:
                self._begin(term, 1, number, number, told)
            else:
                held[at] += numbers[number - last[at]] + told
                pages[at] += 1
                last[at] = number

    def extend(self, data: bytes) -> None:
        """Add the pages of others, as ``dump`` gave them, after all pages so far."""
        head, _, rest = data.partition(b"\n")
        count, *words = head.decode().split()
        size = 4 * len(words)
        columns = [array("I", rest[at : at + size]) for at in range(0, 4 * size, size)]
        offset, numbers, begin = self.count, _DIGITS, 4 * size
        self.count += int(count)
        places, pages, last, held = self.terms, self._pages, self._last, self._told
        for term, here, from_, to, length in zip(words, *columns, strict=True):
            told = rest[begin : begin + length]
            begin += length
            at = places.get(term)
            if at is None:
                self._begin(term, here, from_ + offset, to + offset, told)
            else:
                held[at] += numbers[from_ + offset - last[at]] + told
                pages[at] += here
                last[at] = to + offset

    def _begin(self, term: str, pages: int, first: int, last: int, told: bytes) -> None:
        self.terms[term] = len(self._told)
        self._pages.append(pages)
        self._first.append(first)
        self._last.append(last)
        self._told.append(bytearray(told))

    def pieces(self) -> Iterator[tuple[str, bytes]]:
        """The index in pieces: first term, text. Empties what was gathered."""
        first, parts, size = "", list[bytes](), 0
        for term in sorted(self.terms):
            at = self.terms.pop(term)
            held, self._told[at] = self._told[at], bytearray()
            first = first or term
            parts.append(b"%s %d %s%s" % (term.encode(), self._pages[at], _DIGITS[self._first[at]], held))
            size += len(parts[-1])
            if size >= _MOST or (size >= _LEAST and crc32(term.encode()) % _ENDS == 0):
                yield first, b" ".join(parts)
                first, parts, size = "", [], 0
        if parts:
            yield first, b" ".join(parts)

    def dump(self) -> bytes:
        """All of it in bytes, for ``extend`` on a machine of the same order of bytes."""
        lengths = array("I", map(len, self._told))
        columns = (column.tobytes() for column in (self._pages, self._first, self._last, lengths))
        return b"".join((" ".join((str(self.count), *self.terms)).encode(), b"\n", *columns, *self._told))


def name_of(data: bytes) -> str:
    """Name of a file by what is in it; its first letters do where no other begins with them."""
    return b32encode(sha256(data).digest()[:20]).decode().lower()
