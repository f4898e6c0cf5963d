"""Address → its QR code, as SVG and as PNG; reckoned once for all documents of an SOP.

segno codes the address; under which mask, and how it is drawn, is reckoned here on whole rows. segno does
both module by module, which takes four times as long.
"""

from __future__ import annotations

import re
import struct
from functools import lru_cache, partial
from zlib import compress, crc32

import segno

_make = partial(segno.make, error="m", micro=False)
_MASKS = range(8)
_BORDER, _SCALE = 2, 4
"""Free space around the code, modules; the side of a module in the PNG, points."""
_DARK = re.compile("1+")
_FINDER = re.compile("(?<=0000)1011101|1011101(?=0000)")


def svg_code(url: str) -> str:
    rows = _code(url)
    lines, x, y = [], 0, 0
    for row, bits in enumerate(rows):
        for run in _DARK.finditer(bits):
            lines.append(f"m{run.start() - x} {row - y}h{run.end() - run.start()}")
            x, y = run.end(), row
    size = len(rows) + 2 * _BORDER
    way = "".join(lines).replace("m0 0", f"M{_BORDER} {_BORDER}.5", 1)
    return f'<svg viewBox="0 0 {size} {size}"><path stroke="#000" d="{way}"/></svg>'


def png_code(url: str) -> bytes:
    rows = _code(url)
    side = (len(rows) + 2 * _BORDER) * _SCALE
    wide = -(-side // 8)

    def line(bits: str) -> bytes:
        return b"\0" + int(bits.ljust(8 * wide, "0"), 2).to_bytes(wide, "big")

    edge, light = "1" * _BORDER * _SCALE, {48: "1" * _SCALE, 49: "0" * _SCALE}
    empty = line("1" * side) * _BORDER * _SCALE
    as_above = (b"\2" + bytes(wide)) * (_SCALE - 1)
    drawn = (line(f"{edge}{bits.translate(light)}{edge}") + as_above for bits in rows)
    points = empty + b"".join(drawn) + empty
    head = struct.pack(">2I5B", side, side, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", compress(points, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", crc32(name + part))
        for name, part in parts
    )


@lru_cache(maxsize=4)
def _code(url: str) -> list[str]:
    """The code of an address, row by row, under the mask that the standard asks for."""
    code = _make(url, mask=0)
    size, modules, turned = len(code.matrix), _modules(code), _turned(code.version)
    judged = ~_format(size)
    best = min(_MASKS, key=lambda mask: _penalty((modules ^ turned[mask]) & judged, size))
    return _rows(modules ^ turned[best], size)


def _modules(code: segno.QRCode) -> int:
    """All modules one behind the other, row by row."""
    return int(b"".join(code.matrix).translate(bytes.maketrans(b"\0\1", b"01")), 2)


def _rows(modules: int, size: int) -> list[str]:
    every = f"{modules:0{size * size}b}"
    return [every[at : at + size] for at in range(0, size * size, size)]


@lru_cache(maxsize=40)
def _turned(version: int) -> tuple[int, ...]:
    """By mask, the modules of any code of this version that differ from those under the first."""
    codes = [_modules(_make("0", version=version, mask=mask)) for mask in _MASKS]
    return tuple(codes[0] ^ code for code in codes)


@lru_cache(maxsize=40)
def _format(size: int) -> int:
    """The modules that tell mask and version, which are not judged."""
    places = [n for n in (*range(9), *range(size - 8, size)) if n != 6]
    told = {at for n in places for at in ((8, n), (n, 8))}
    if size > 41:
        told |= {at for n in range(6) for m in range(size - 11, size - 8) for at in ((n, m), (m, n))}
    return sum(1 << (size * size - 1 - row * size - column) for row, column in told)


def _penalty(modules: int, size: int) -> int:
    """How badly modules are read (ISO/IEC 18004, 7.8.3): long runs, blocks, what looks like a finder, more of
    one colour."""
    rows = _rows(modules, size)
    lines = (*rows, *map("".join, zip(*rows, strict=True)))
    finders = len(_FINDER.findall(f"0000{'0000'.join(lines)}0000"))
    beside = ~(modules ^ modules >> 1) & _inner(size)
    below = ~(modules ^ modules >> size) & (1 << size * (size - 1)) - 1
    blocks = (beside & beside >> size & below).bit_count()
    uneven = int(abs(modules.bit_count() / size**2 * 100 - 50) / 5)
    return _runs(beside, 1) + _runs(below, size) + 3 * blocks + 40 * finders + 10 * uneven


def _runs(alike: int, step: int) -> int:
    """What runs of five modules and more count, of modules like the next one."""
    five = alike & alike >> step & alike >> 2 * step & alike >> 3 * step
    return five.bit_count() + 2 * (five & ~(five >> step)).bit_count()


@lru_cache(maxsize=40)
def _inner(size: int) -> int:
    """The modules with a neighbour to the left."""
    return sum(((1 << size - 1) - 1) << size * row for row in range(size))
