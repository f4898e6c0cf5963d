"""Terms of pages → pieces of the index: who holds which term at which weight.

A piece is text: for each term itself, the number of pages that hold it, and for each page how far its number
is from the one before and its weight. Numbers are digits of 32 with a sign that more follow, weights one
letter, so that the browser reads it letter by letter without parsing.
"""

from __future__ import annotations

import math
import re
from array import array
from base64 import b32encode
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate, chain
from zlib import crc32

from msgspec import Struct

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
        offset, numbers = self.count, _DIGITS
        places, pages, last, held = self.terms, self._pages, self._last, self._told
        self.count += int(data[: data.index(b"\n")].split(b" ", 1)[0])
        for term, here, from_, to, told in _dumped(data):
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
        piece = _Piece()
        for term in sorted(self.terms):
            at = self.terms.pop(term)
            held, self._told[at] = self._told[at], bytearray()
            if piece.add(term, self._pages[at], _DIGITS[self._first[at]] + held):
                yield piece.taken()
        if piece:
            yield piece.taken()

    def dump(self) -> bytes:
        """All of it in bytes, for ``extend`` on a machine of the same order of bytes."""
        lengths = array("I", map(len, self._told))
        columns = (column.tobytes() for column in (self._pages, self._first, self._last, lengths))
        return b"".join((" ".join((str(self.count), *self.terms)).encode(), b"\n", *columns, *self._told))


def _dumped(data: bytes) -> Iterator[tuple[str, int, int, int, bytes]]:
    """Each term of a dump with the number of its pages, the first, the last, and what stands after that of
    the first."""
    head, _, rest = data.partition(b"\n")
    words = head.decode().split()[1:]
    size = 4 * len(words)
    columns = [array("I", rest[at * size : (at + 1) * size]) for at in range(4)]
    begin = 4 * size
    for term, pages, first, last, length in zip(words, *columns, strict=True):
        yield term, pages, first, last, rest[begin : begin + length]
        begin += length


class _Piece:
    """A piece in the making."""

    def __init__(self) -> None:
        self._first, self._parts, self._size = "", list[bytes](), 0

    def __bool__(self) -> bool:
        return bool(self._parts)

    def add(self, term: str, pages: int, told: bytes) -> bool:
        """Add the next term; True: here it ends."""
        name = term.encode()
        self._first = self._first or term
        self._parts.append(b"%s %d %s" % (name, pages, told))
        self._size += len(self._parts[-1])
        return self._size >= _MOST or (self._size >= _LEAST and crc32(name) % _ENDS == 0)

    def taken(self) -> tuple[str, bytes]:
        """Its first term and its text; it begins anew."""
        made = self._first, b" ".join(self._parts)
        self._first, self._parts, self._size = "", [], 0
        return made


# one run of pages in place of what it was

_ENTRY = re.compile(rb"([g-z0-9_-]*[A-Za-f])(.)")
"""A page: how far its number is from the one before, its weight."""


class _Values(dict[bytes, int]):
    """What digits say."""

    def __missing__(self, told: bytes) -> int:
        number = 0
        for digit in reversed(told.decode()):
            number = _BASE * number + ALPHABET.index(digit) % _BASE
        self[told] = number
        return number


_VALUES = _Values()


class Splice(Struct, frozen=True):
    """What a term has in the pages of one run, ``begin`` to ``end``, in place of what it had; ``told`` has
    them numbered from 0."""

    begin: int
    end: int
    told: bytes

    def into(self, told: bytes) -> tuple[int, bytes]:
        """The number of pages of the term and its text, where its text was ``told``."""
        entries, added = _ENTRY.findall(told), _ENTRY.findall(self.told)
        numbers = list(accumulate(_VALUES[digits] for digits, _ in entries))
        low, high = bisect_left(numbers, self.begin), bisect_left(numbers, self.end)
        parts, last = [*chain.from_iterable(entries[:low])], numbers[low - 1] if low else 0
        for number, (_, weight) in zip(accumulate(_VALUES[own] for own, _ in added), added, strict=True):
            parts += _DIGITS[number + self.begin - last], weight
            last = number + self.begin
        if high < len(entries):
            parts += (
                _DIGITS[numbers[high] - last],
                entries[high][1],
                *chain.from_iterable(entries[high + 1 :]),
            )
        return len(entries) - (high - low) + len(added), b"".join(parts)


def splices(old: bytes, new: bytes, begin: int, end: int) -> Iterator[tuple[str, Splice]]:
    """The terms that differ between two dumps of the same pages, which stand from ``begin`` to ``end``."""
    before, now = (
        {term: _DIGITS[first] + told for term, _, first, _, told in _dumped(data)} for data in (old, new)
    )
    for term in before.keys() | now.keys():
        if before.get(term) != now.get(term):
            yield term, Splice(begin, end, now.get(term, b""))


def recut(
    held: Sequence[tuple[str, str]], read: Callable[[str], bytes], changes: Mapping[str, Sequence[Splice]]
) -> Iterator[tuple[str, str | bytes]]:
    """The pieces of an index after changes: of one that stays its first term and its name, of another its
    first term and its text. ``read`` gives the text of one by its name."""
    firsts = [first for first, _ in held]
    touched: dict[int, dict[str, Sequence[Splice]]] = {}
    for term, own in changes.items():
        touched.setdefault(max(0, bisect_right(firsts, term) - 1), {})[term] = own
    piece = _Piece()
    for at, (first, name) in enumerate(held):
        if not piece and at not in touched:
            yield first, name
            continue
        for term, pages, told in _changed(read(name), touched.get(at, {})):
            if piece.add(term, pages, told):
                yield piece.taken()
    if piece:
        yield piece.taken()


def terms_of(piece: bytes) -> list[str]:
    """The terms of a piece."""
    return piece.decode().split(" ")[::3]


def _changed(piece: bytes, changes: Mapping[str, Sequence[Splice]]) -> list[tuple[str, int, bytes]]:
    words = piece.split(b" ")
    found = {
        term.decode(): (int(pages), told)
        for term, pages, told in zip(words[::3], words[1::3], words[2::3], strict=True)
    }
    for term, own in changes.items():
        pages, told = found.pop(term, (0, b""))
        for one in own:
            pages, told = one.into(told)
        if pages:
            found[term] = pages, told
    return [(term, *found[term]) for term in sorted(found)]


def name_of(data: bytes) -> str:
    """Name of a file by what is in it; its first letters do where no other begins with them."""
    return b32encode(sha256(data).digest()[:20]).decode().lower()
