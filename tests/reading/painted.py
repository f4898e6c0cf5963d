"""What is seen → a PDF that paints it as spreadsheets, drawing programs and signing services do.

A small writer of content streams: rules as bars cut at each cell, as one even-odd path, as strokes or as
rectangles side by side; arrows as one area with the head as second subpath, as a stroke and a triangle, as
barbs or in pieces; symbols as a stroke, an area between two edges or a filling; all of it in forms."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from itertools import pairwise
from random import Random

from msgspec import Struct

from generator.reading.grid.lattice import ruled
from generator.reading.seen import Box, Head, Outline, Page, Point, Seen, Stroke, Text


class Style(Struct, frozen=True):
    """How a program paints."""

    rules: str = "bars"  # bars, path, strokes, tiles
    arrows: str = "area"  # area, triangle, barbs, pieces
    symbols: str = "stroke"  # stroke, ring, filled
    forms: int = 0
    """How many forms the page is wrapped into."""
    short: float = 0.0
    """How far arrows stop before what they point at, in points."""
    jitter: float = 0.0
    """How far ends and corners are off, in points."""
    flat: bool = False
    """Capsules as polygons of many points."""
    thin: float = 0.75
    seed: int = 0


def repainted(seen: Seen, style: Style) -> bytes:
    """A PDF of what was seen, painted anew."""
    rng = Random(style.seed)
    return pdf([(page.width, page.height, _page(page, style, rng)) for page in seen.pages], style.forms)


def pdf(pages: list[tuple[float, float, str]], forms: int = 0) -> bytes:
    """A PDF of pages (width, height, content stream), each wrapped in so many forms."""
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for width, height, content in pages:
        resources = b"/Resources<</Font<</F1 3 0 R>>>>"
        data = content.encode("cp1252", "replace")
        for depth in range(forms):
            scale, shift = (0.8, 13.5) if depth == 0 else (1.25, -16.875)
            objects.append(
                _stream(b"/Type/XObject/Subtype/Form/BBox[-2000 -2000 4000 4000]" + resources, data)
            )
            resources = b"/Resources<</XObject<</X %d 0 R>>/Font<</F1 3 0 R>>>>" % len(objects)
            data = f"q {scale} 0 0 {scale} {shift} {shift} cm /X Do Q".encode()
        objects.append(_stream(b"", data))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R"
            % (width, height, len(objects))
            + resources
            + b">>"
        )
        kids.append(len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    return _file(objects)


def _stream(entries: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(packed), packed)


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for n, thing in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, thing)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


class Pen:
    """A content stream in points with y down."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.parts: list[str] = []

    def path(self, *polygons: list[Point] | tuple[Point, ...], paint: str, close: bool = True) -> None:
        for points in polygons:
            (x, y), *rest = points
            self.parts.append(f"{x:.3f} {self.height - y:.3f} m")
            self.parts += [f"{u:.3f} {self.height - v:.3f} l" for u, v in rest]
            if close:
                self.parts.append("h")
        self.parts.append(paint)

    def raw(self, text: str) -> None:
        self.parts.append(text)

    def text(self, words: str, box: Box) -> None:
        if not words:
            return
        size = box.height / 1.15
        wide = sum(_width(c) for c in words) * size
        stretch = 100 * box.width / wide if wide else 100
        safe = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        y = self.height - (box.bottom - 0.22 * size)
        self.parts.append(
            f"BT /F1 {size:.2f} Tf {stretch:.1f} Tz 1 0 0 1 {box.left:.2f} {y:.2f} Tm ({safe}) Tj ET"
        )

    def __str__(self) -> str:
        return "\n".join(self.parts)


def _width(letter: str) -> float:
    if letter in "iIjl.,:;'|! ":
        return 0.26
    if letter in "mwMW@%":
        return 0.84
    return 0.33 if letter in "-()ftr/" else 0.67 if letter.isupper() else 0.55


def _page(page: Page, style: Style, rng: Random) -> str:
    pen = Pen(page.height)
    lines = ruled(page)
    pen.raw(f"0 g 0 G {style.thin} w")
    for grid in lines.grids:
        _rules(pen, grid.cells, style)
    for text in page.texts:
        pen.text(text.text, text.box)
    for outline in lines.outlines:
        if outline.stroked:
            _symbol(pen, outline, style, rng)
    for stroke in _with_heads(lines.strokes, page.heads):
        _arrow(pen, stroke, style, rng)
    return str(pen)


def _with_heads(strokes: Sequence[Stroke], heads: Sequence[Head]) -> list[Stroke]:
    """Strokes with the loose heads that lie at their ends."""
    found = list(strokes)
    for head in heads:
        off, n, end = min(
            (math.dist(stroke.points[end], head.tip), n, end)
            for n, stroke in enumerate(found)
            for end in (0, -1)
        )
        if off < 8:
            points = list(found[n].points)
            points[end] = head.tip
            found[n] = Stroke(
                tuple(points), found[n].width, found[n].head_start or end == 0, found[n].head_end or end == -1
            )
    return found


def _rectangle(box: Box) -> list[Point]:
    return [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]


def _rules(pen: Pen, cells: tuple[Box, ...], style: Style) -> None:
    half = style.thin / 2
    sides = []
    for box in cells:
        for a, b in zip(corners := _rectangle(box), [*corners[1:], corners[0]], strict=True):
            sides.append((a, b) if a <= b else (b, a))
    bars = [
        _rectangle(Box(a[0] - half, a[1] - half, b[0] + half, b[1] + half)) for a, b in dict.fromkeys(sides)
    ]
    if style.rules == "bars":
        for bar in bars:
            pen.path(bar, paint="f*")
    elif style.rules == "path":
        for start in range(0, len(bars), 40):
            pen.path(*bars[start : start + 40], paint="f")
    elif style.rules == "strokes":
        for a, b in dict.fromkeys(sides):
            pen.path([a, b], paint="S", close=False)
    else:
        for box in cells:
            pen.path(_rectangle(box), paint="S")


def _symbol(pen: Pen, outline: Outline, style: Style, rng: Random) -> None:
    points = list(outline.points)
    if style.flat and len(points) > 8:
        points = [
            (a[0] + (b[0] - a[0]) * k / 6, a[1] + (b[1] - a[1]) * k / 6)
            for a, b in zip(points, [*points[1:], points[0]], strict=True)
            for k in range(6)
        ]
    if style.symbols == "ring":
        x, y = outline.box.centre
        wide, high = outline.box.width - 1.4, outline.box.height - 1.4
        inner = [
            (x + (p[0] - x) * wide / outline.box.width, y + (p[1] - y) * high / outline.box.height)
            for p in points
        ]
        pen.path(points, inner[::-1], paint="f*")
    elif style.symbols == "filled":
        pen.raw("0.6 0.75 0.9 rg")
        pen.path(points, paint="f*")
        pen.raw("0 g")
        pen.path(points, paint="S")
    else:
        pen.path(points, paint="S")


def _arrow(pen: Pen, stroke: Stroke, style: Style, rng: Random) -> None:
    off = style.jitter / 2
    points = [(x + rng.uniform(-off, off), y + rng.uniform(-off, off)) for x, y in stroke.points]
    if stroke.head_start and not stroke.head_end:
        points = points[::-1]
    head = stroke.head_start or stroke.head_end
    if not head:
        _line(pen, points, style)
        return
    (ax, ay), (bx, by) = points[-2], points[-1]
    long = math.hypot(bx - ax, by - ay) or 1.0
    ux, uy = (bx - ax) / long, (by - ay) / long
    if long > 14 + style.short:
        bx, by = bx - ux * style.short, by - uy * style.short
    size = min(5.0, 0.8 * long)
    base = (bx - ux * size * 0.8, by - uy * size * 0.8)
    left = (bx - ux * size - uy * size * 0.5, by - uy * size + ux * size * 0.5)
    right = (bx - ux * size + uy * size * 0.5, by - uy * size - ux * size * 0.5)
    shaft = [*points[:-1], base]
    if style.arrows == "area":
        pen.path(_band(shaft, style.thin), [left, (bx, by), right], paint="f")
    elif style.arrows == "triangle":
        pen.path(shaft, paint="S", close=False)
        pen.path([left, (bx, by), right], paint="f*")
    elif style.arrows == "barbs":
        pen.path([*points[:-1], (bx, by)], paint="S", close=False)
        pen.path([left, (bx, by), right], paint="S", close=False)
    else:
        for a, b in pairwise(points[:-1]):
            _line(pen, [a, b], style)
        pen.path(_band([points[-2], base], style.thin), [left, (bx, by), right], paint="f")


def _line(pen: Pen, points: list[Point], style: Style) -> None:
    if style.arrows == "area":
        pen.path(_band(points, style.thin), paint="f")
    else:
        pen.path(points, paint="S", close=False)


def _band(points: list[Point], thick: float) -> list[Point]:
    """A line as the area that it covers."""
    left, right = [], []
    for n, (x, y) in enumerate(points):
        ways = []
        for a, b in ((n - 1, n), (n, n + 1)):
            if a >= 0 and b < len(points):
                long = math.dist(points[a], points[b]) or 1.0
                ways.append(((points[b][0] - points[a][0]) / long, (points[b][1] - points[a][1]) / long))
        nx, ny = -sum(w[1] for w in ways) / len(ways), sum(w[0] for w in ways) / len(ways)
        scale = thick / 2 / max(0.5, nx * nx + ny * ny)
        left.append((x + nx * scale, y + ny * scale))
        right.append((x - nx * scale, y - ny * scale))
    return [*left, *right[::-1]]


def text_page(lines: list[tuple[float, float, str]], width: float = 595, height: float = 842) -> str:
    """A content stream of lines of text at (left, top)."""
    pen = Pen(height)
    for left, top, words in lines:
        pen.text(words, Box(left, top, left + 5 * len(words), top + 11))
    return str(pen)


__all__ = ["Pen", "Style", "Text", "pdf", "repainted", "text_page"]
