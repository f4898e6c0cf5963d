"""A picture on a page → its ink as runs of dark pixels by row and by column, at a known scale.

The picture alone is rasterised, without what lies under it; what is painted white over it is white."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence

import pypdfium2.raw as c
from msgspec import Struct

from generator.reading.pdf.objects import Image
from generator.reading.seen import Box, Point

SCALE = 3.0
"""Pixels for a point."""

MOST_PIXELS = 2_500_000

_TABLES = {
    1: bytes(v < 140 for v in range(256)),
    2: bytes(v < 100 for v in range(256)),
    3: bytes(v > 127 for v in range(256)),
}
"""By channel (blue, green, red, opacity): which values of it count."""

Run = tuple[int, int]
_RUN = re.compile(b"\x01+")


class Ink(Struct):
    """Dark pixels of a picture; ``rows[y]`` and ``columns[x]`` hold runs (first, one past the last)."""

    width: int
    height: int
    scale: float
    origin: Point
    rows: list[list[Run]]
    columns: list[list[Run]]
    grain: float = 1.0
    """How many of these pixels one of the picture's own is."""

    def point(self, x: float, y: float) -> Point:
        """A place of the picture on the page."""
        return (self.origin[0] + x / self.scale, self.origin[1] + y / self.scale)


def ink(document: c.FPDF_DOCUMENT, page: c.FPDF_PAGE, image: Image, masks: Sequence[Box]) -> Ink | None:
    """The ink of a picture; nothing where it is no drawing (a photo, a code of dots)."""
    box = image.box
    scale = min(SCALE, (MOST_PIXELS / max(1.0, box.width * box.height)) ** 0.5)
    found = _bitmap(document, page, image, scale)
    if found is None:
        return None
    width, height, bits = found
    for mask in masks:
        _whiten(bits, width, height, scale, box, mask)
    data = bytes(bits)
    rows = [[m.span() for m in _RUN.finditer(data[y * width : (y + 1) * width])] for y in range(height)]
    if _is_dots(rows, width, height):
        return None
    columns = [[m.span() for m in _RUN.finditer(data[x::width])] for x in range(width)]
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    c.FPDFImageObj_GetImagePixelSize(image.handle, wide, high)
    grain = max(1.0, width / max(1, wide.value), height / max(1, high.value))
    return Ink(width, height, scale, (box.left, box.top), rows, columns, min(grain, 4.0))


def _bitmap(
    document: c.FPDF_DOCUMENT, page: c.FPDF_PAGE, image: Image, scale: float
) -> tuple[int, int, bytearray] | None:
    """Width, height and one byte for each pixel: 1 where it is dark."""
    box, thing = image.box, image.handle
    a, b, c_, d, _, _ = image.matrix
    kept = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(thing, kept)
    # y runs down in ``image.matrix``, up in the library's
    c.FPDFPageObj_SetMatrix(thing, c.FS_MATRIX(a * scale, -b * scale, c_ * scale, -d * scale, 0, 0))
    bitmap = c.FPDFImageObj_GetRenderedBitmap(document, page, thing)
    c.FPDFPageObj_SetMatrix(thing, kept)
    if not bitmap:
        return None
    try:
        width, height = c.FPDFBitmap_GetWidth(bitmap), c.FPDFBitmap_GetHeight(bitmap)
        stride = c.FPDFBitmap_GetStride(bitmap)
        if c.FPDFBitmap_GetFormat(bitmap) != c.FPDFBitmap_BGRA or width * height > 2 * MOST_PIXELS:
            return None
        if abs(width - box.width * scale) > 3 or abs(height - box.height * scale) > 3:
            return None
        raw = ctypes.string_at(c.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        c.FPDFBitmap_Destroy(bitmap)
    if stride != 4 * width:
        raw = b"".join(raw[y * stride : y * stride + 4 * width] for y in range(height))
    return width, height, bytearray(_dark(raw))


def _dark(raw: bytes) -> bytes:
    """1 for each pixel (blue, green, red, opacity) that is dark and seen."""
    dark_green, dark_red, opaque = (int.from_bytes(raw[k::4].translate(_TABLES[k]), "big") for k in (1, 2, 3))
    return ((dark_green | dark_red) & opaque).to_bytes(len(raw) // 4, "big")


def _whiten(bits: bytearray, width: int, height: int, scale: float, box: Box, mask: Box) -> None:
    left, right = (
        max(0, round((mask.left - box.left) * scale)),
        min(width, round((mask.right - box.left) * scale)),
    )
    top, bottom = (
        max(0, round((mask.top - box.top) * scale)),
        min(height, round((mask.bottom - box.top) * scale)),
    )
    if right > left:
        for y in range(top, bottom):
            bits[y * width + left : y * width + right] = bytes(right - left)


def _is_dots(rows: Sequence[Sequence[Run]], width: int, height: int) -> bool:
    """Whether the picture is no line drawing: half dark, or with many short runs in most rows."""
    dark = sum(end - start for row in rows for start, end in row)
    runs = sum(len(row) for row in rows)
    if not runs or (dark > 0.45 * width * height and width * height > 4000):
        return True
    return runs > 0.055 * width * height and min(width, height) > 40
