"""The text layer of a page → pieces of text with their places: one text object on one line each."""

from __future__ import annotations

import ctypes
import math

import pypdfium2.raw as c
from msgspec import Struct

from generator.reading.pdf.objects import Matrix, apply
from generator.reading.seen import Box, Text
from generator.reading.symbol_fonts import as_seen

MOST_CHARACTERS = 100_000


class _Line(Struct):
    """A piece that is still being put together."""

    first: int
    letters: list[str]
    left: float
    top: float
    right: float
    bottom: float
    owner: int
    upright: bool = False
    """It is turned, as headings of narrow columns are."""


Hidden = dict[int, list[Box]]
"""By address of a text object, the white boxes painted over the page after it."""


def texts(page: c.FPDF_PAGE, matrix: Matrix, hidden: Hidden) -> list[Text]:
    """The pieces of a page's text in the order in which they are painted, without what is painted over."""
    layer = c.FPDFText_LoadPage(page)
    if not layer:
        return []
    try:
        return _pieces(layer, matrix, hidden)
    finally:
        c.FPDFText_ClosePage(layer)


def _pieces(layer: c.FPDF_TEXTPAGE, matrix: Matrix, hidden: Hidden) -> list[Text]:
    found: list[Text] = []
    now: _Line | None = None
    rect = c.FS_RECTF()
    for n in range(min(c.FPDFText_CountChars(layer), MOST_CHARACTERS)):
        letter = _letter(c.FPDFText_GetUnicode(layer, n))
        if not letter or letter.isspace() or not c.FPDFText_GetLooseCharBox(layer, n, rect):
            if now and letter == " ":
                now.letters.append(" ")
            continue
        corners = [apply(matrix, x, y) for x in (rect.left, rect.right) for y in (rect.bottom, rect.top)]
        box = Box(
            min(p[0] for p in corners),
            min(p[1] for p in corners),
            max(p[0] for p in corners),
            max(p[1] for p in corners),
        )
        owner = ctypes.cast(c.FPDFText_GetTextObject(layer, n), ctypes.c_void_p).value or 0
        if now is not None and not _goes_on(now, box, owner):
            found += _text(layer, now, hidden)
            now = None
        if now is None:
            turned = _turned(layer, n, matrix)
            now = _Line(n, [letter], box.left, box.top, box.right, box.bottom, owner, turned)
        else:
            now.letters.append(letter)
            now.left, now.top = min(now.left, box.left), min(now.top, box.top)
            now.right, now.bottom = max(now.right, box.right), max(now.bottom, box.bottom)
    return found + (_text(layer, now, hidden) if now else [])


def _letter(code: int) -> str:
    """A character as it is read; a hyphen at the end of a line comes as U+0002."""
    if code in (0x02, 0xAD):
        return "-"
    if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    if code < 0x20:
        return "\n" if code in (0x0A, 0x0D) else " "  # where lines end, the library says so
    if 0x7F <= code <= 0x9F:  # no letter of Unicode; a font that says no encoding means that of Windows
        return bytes([code]).decode("cp1252", "replace") if code != 0x7F else ""
    return "" if code in (0x2028, 0x2029, 0xFEFF) else chr(code)


def _turned(layer: c.FPDF_TEXTPAGE, n: int, matrix: Matrix) -> bool:
    """Whether a letter stands on a line that runs up or down the page."""
    angle = c.FPDFText_GetCharAngle(layer, n)
    (x, y), (u, v) = apply(matrix, 0.0, 0.0), apply(matrix, math.cos(angle), math.sin(angle))
    return angle >= 0 and abs(v - y) > abs(u - x)


def _goes_on(now: _Line, box: Box, owner: int) -> bool:
    """Whether a letter belongs to the piece before it."""
    if now.upright:
        wide = max(box.width, now.right - now.left, 0.1)
        beside = min(now.right, box.right) - max(now.left, box.left) > 0.5 * min(
            box.width, now.right - now.left
        )
        return beside and max(now.top - box.bottom, box.top - now.bottom) < 0.9 * wide
    high = max(box.height, now.bottom - now.top, 0.1)
    level = min(now.bottom, box.bottom) - max(now.top, box.top) > 0.5 * min(box.height, now.bottom - now.top)
    gap = box.left - now.right
    return owner == now.owner and level and -0.6 * high < gap < 0.9 * high


def _text(layer: c.FPDF_TEXTPAGE, line: _Line, hidden: Hidden) -> list[Text]:
    words = "".join(line.letters)
    if not words.strip():
        return []
    end = " " if words[-1:].isspace() else ""  # "dan/ atau" over two lines is not "dan/atau"
    box = Box(line.left, line.top, line.right, line.bottom)
    for mask in hidden.get(line.owner, ()):
        if mask.holds(box.centre) and mask.overlap(box) > 0.8 * box.width * box.height:
            return []
    bold = c.FPDFText_GetFontWeight(layer, line.first) >= 600
    words = as_seen(words, _font(layer, line.first))
    high = line.right - line.left if line.upright else line.bottom - line.top
    return [Text(" ".join(words.split()) + end, box, size=round(high, 2), bold=bold)]


def _font(layer: c.FPDF_TEXTPAGE, n: int) -> str:
    """Name of the font that a letter is set in."""
    name, flags = ctypes.create_string_buffer(64), ctypes.c_int()
    c.FPDFText_GetFontInfo(layer, n, name, len(name), flags)
    return name.value.decode("latin-1")
