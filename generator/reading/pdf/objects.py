"""A page of a PDF → what is painted on it: paths, texts and pictures, taken out of all nested forms.

A signing service wraps each page as a Form XObject, twice where it stamped twice; what lies in a form has
the form's coordinates, so matrices are multiplied on the way down. All places are in points, y down, the
page turned upright."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2.raw as c
from msgspec import Struct

from generator.reading.seen import Box, Point

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
DEEPEST = 12
"""Forms within forms that are followed; deeper ones are made to hurt."""

MOST_OBJECTS = 200_000
"""Objects of one page that are looked at."""

CURVE_STEPS = 8


class Subpath(Struct, frozen=True):
    points: tuple[Point, ...]
    closed: bool
    curved: bool = False


class Path(Struct, frozen=True):
    """A path as painted: its subpaths, how, and in which colours (sums of red, green and blue, 0 = black)."""

    subpaths: tuple[Subpath, ...]
    filled: bool
    stroked: bool
    width: float
    dashed: bool
    white: bool
    """Filled with white (or nothing to be seen): a mask or an empty box, no head."""
    opaque: bool = False
    """What it is filled with hides what was painted before."""
    even_odd: bool = False


class Image(Struct, frozen=True):
    """A raster picture: its box and the matrix that takes the unit square to the page."""

    box: Box
    matrix: Matrix
    handle: object


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """First the one, then the other."""
    a, b, c_, d, e, f = first
    g, h, i, j, k, m = then
    return (
        *(a * g + b * i, a * h + b * j),
        *(c_ * g + d * i, c_ * h + d * j),
        *(e * g + f * i + k, e * h + f * j + m),
    )


def apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c_, d, e, f = matrix
    return (a * x + c_ * y + e, b * x + d * y + f)


def upright(page: c.FPDF_PAGE) -> tuple[Matrix, float, float]:
    """The matrix from the page's own space to points with y down, and the page's width and height."""
    left, bottom, right, top = _page_box(page)
    turn = c.FPDFPage_GetRotation(page) % 4
    width, height = right - left, top - bottom
    if turn == 0:
        return (1, 0, 0, -1, -left, top), width, height
    if turn == 1:
        return (0, 1, 1, 0, -bottom, -left), height, width
    if turn == 2:
        return (-1, 0, 0, 1, right, -bottom), width, height
    return (0, -1, -1, 0, top, right), height, width


def _page_box(page: c.FPDF_PAGE) -> tuple[float, float, float, float]:
    rect = c.FS_RECTF()
    if c.FPDF_GetPageBoundingBox(page, rect) and rect.right > rect.left and rect.top > rect.bottom:
        return rect.left, rect.bottom, rect.right, rect.top
    return 0.0, 0.0, c.FPDF_GetPageWidthF(page), c.FPDF_GetPageHeightF(page)


class Writing(Struct, frozen=True):
    """A text object, known by its address: only when it is painted is told here."""

    address: int


def painted(page: c.FPDF_PAGE, matrix: Matrix) -> Iterator[Path | Image | Writing]:
    """Paths, pictures and texts of a page in the order they are painted."""
    left = [MOST_OBJECTS]
    for n in range(c.FPDFPage_CountObjects(page)):
        yield from _object(c.FPDFPage_GetObject(page, n), matrix, 0, left)


def _object(
    thing: c.FPDF_PAGEOBJECT, matrix: Matrix, depth: int, left: list[int]
) -> Iterator[Path | Image | Writing]:
    left[0] -= 1
    if left[0] < 0 or depth > DEEPEST:
        return
    kind = c.FPDFPageObj_GetType(thing)
    if kind == c.FPDF_PAGEOBJ_FORM:
        inner = multiply(_matrix(thing), matrix)
        for n in range(c.FPDFFormObj_CountObjects(thing)):
            yield from _object(c.FPDFFormObj_GetObject(thing, n), inner, depth + 1, left)
    elif kind == c.FPDF_PAGEOBJ_TEXT:
        yield Writing(ctypes.cast(thing, ctypes.c_void_p).value or 0)
    elif kind == c.FPDF_PAGEOBJ_PATH:
        if (path := _path(thing, multiply(_matrix(thing), matrix))) is not None:
            yield path
    elif kind == c.FPDF_PAGEOBJ_IMAGE:
        place = multiply(_matrix(thing), matrix)
        yield Image(box_of([apply(place, x, y) for x in (0, 1) for y in (0, 1)]), place, thing)


def _matrix(thing: c.FPDF_PAGEOBJECT) -> Matrix:
    found = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(thing, found):
        return IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def box_of(points: list[Point] | tuple[Point, ...]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _path(thing: c.FPDF_PAGEOBJECT, matrix: Matrix) -> Path | None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(thing, fill, stroke)
    if not fill.value and not stroke.value:
        return None  # a clip only
    width = ctypes.c_float()
    c.FPDFPageObj_GetStrokeWidth(thing, width)
    scale = (abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])) ** 0.5
    return Path(
        subpaths=tuple(_subpaths(thing, matrix)),
        filled=bool(fill.value),
        stroked=bool(stroke.value) and not _unseen(thing, c.FPDFPageObj_GetStrokeColor),
        width=width.value * scale,
        dashed=c.FPDFPageObj_GetDashCount(thing) > 0,
        white=_unseen(thing, c.FPDFPageObj_GetFillColor),
        opaque=bool(fill.value) and not _clear(thing),
        even_odd=fill.value == c.FPDF_FILLMODE_ALTERNATE,
    )


def _unseen(thing: c.FPDF_PAGEOBJECT, ask: object) -> bool:
    """Whether a colour is white or all but clear."""
    red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
    if not ask(thing, red, green, blue, alpha):  # type: ignore[operator]
        return False
    return alpha.value < 16 or min(red.value, green.value, blue.value) > 247


def _clear(thing: c.FPDF_PAGEOBJECT) -> bool:
    """Whether what lies under a filling is seen through it."""
    red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
    if not c.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha):
        return True
    return alpha.value < 240


def _subpaths(thing: c.FPDF_PAGEOBJECT, matrix: Matrix) -> Iterator[Subpath]:
    points: list[Point] = []
    bends: list[Point] = []
    closed = curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(min(c.FPDFPath_CountSegments(thing), 20_000)):
        segment = c.FPDFPath_GetPathSegment(thing, n)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        place = apply(matrix, x.value, y.value)
        kind = c.FPDFPathSegment_GetType(segment)
        if kind == c.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield Subpath(tuple(points), closed, curved)
            points, bends, closed, curved = [place], [], False, False
        elif kind == c.FPDF_SEGMENT_LINETO:
            points.append(place)
        elif kind == c.FPDF_SEGMENT_BEZIERTO:
            bends.append(place)
            if len(bends) == 3:
                points += _curve(points[-1], *bends) if points else [place]
                bends, curved = [], True
        closed = bool(c.FPDFPathSegment_GetClose(segment)) or closed
    if len(points) > 1:
        yield Subpath(tuple(points), closed, curved)


def _curve(start: Point, first: Point, second: Point, end: Point) -> list[Point]:
    found = []
    for step in range(1, CURVE_STEPS + 1):
        t = step / CURVE_STEPS
        u = 1 - t
        w = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
        found.append(
            (
                w[0] * start[0] + w[1] * first[0] + w[2] * second[0] + w[3] * end[0],
                w[0] * start[1] + w[1] * first[1] + w[2] * second[1] + w[3] * end[1],
            )
        )
    return found
