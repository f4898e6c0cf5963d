"""A file and what was seen in it → a picture of each page: of a PDF as it is painted, of any other its cells
and drawings as lines and letters."""

from __future__ import annotations

import base64
import io
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup, escape
from msgspec import Struct

from generator.reading.seen import Box, Page, Point, Seen

if TYPE_CHECKING:
    from PIL.Image import Image

WIDE = 1400
"""Pixels of a painted page's longer side."""
MOST_PAGES = 40


class Picture(Struct, frozen=True):
    """The picture of one page: the inside of an SVG whose units are the page's points."""

    page: int
    name: str
    width: float
    height: float
    inside: str


def pictures(data: bytes, seen: Seen, wanted: Collection[int]) -> list[Picture]:
    """Pictures of the wanted pages, the first of them where they are many."""
    found = []
    painted = _painted(data, seen, wanted) if seen.door == "pdf" else {}
    for n in sorted(wanted)[:MOST_PAGES]:
        if n < len(seen.pages):
            page = seen.pages[n]
            inside = painted.get(n) or _drawn(page)
            found.append(Picture(n, page.name, page.width, page.height, inside))
    return found


def _painted(data: bytes, seen: Seen, wanted: Collection[int]) -> dict[int, str]:
    """Pages of a PDF in pixels, as an image element each."""
    import pypdfium2 as pdfium  # loads only where there is a PDF

    found = {}
    with pdfium.PdfDocument(data) as document:
        for n in sorted(wanted)[:MOST_PAGES]:
            number = _number(seen, n)
            if not 0 <= number < len(document):
                continue
            page = seen.pages[n]
            scale = min(2.5, WIDE / max(page.width, page.height, 1.0))
            code = base64.b64encode(
                _png(document[number].render(scale=scale, grayscale=True).to_pil())
            ).decode()
            found[n] = (
                f'<image href="data:image/png;base64,{code}" width="{page.width:.2f}"'
                f' height="{page.height:.2f}" preserveAspectRatio="none"/>'
            )
    return found


def _png(grey: Image) -> bytes:
    """A grey picture in 16 even steps; choosing them by the picture would take ten times as long."""
    steps = grey.point([(value * 15 + 127) // 255 for value in range(256)])
    steps.putpalette([17 * step for step in range(16) for _ in range(3)])
    out = io.BytesIO()
    steps.save(out, "PNG", bits=4)
    return out.getvalue()


def _number(seen: Seen, n: int) -> int:
    """The page of the file, from 0: broken pages are not among those that were seen."""
    said = seen.pages[n].name.rpartition(" ")[2]
    return int(said) - 1 if said.isdigit() else n


def _drawn(page: Page) -> str:
    """What was seen on a page, drawn."""
    parts = [f'<rect width="{page.width:.1f}" height="{page.height:.1f}" fill="#fff"/>']
    parts += [_rect(cell.box, "#999") for cell in page.cells]
    parts += [_rect(rule.box, "#777") for rule in page.rules]
    for outline in page.outlines:
        parts.append(_line(outline.points, close=True))
    for stroke in page.strokes:
        parts.append(_line(stroke.points))
        if stroke.head_end and len(stroke.points) > 1:
            parts.append(_head(stroke.points[-2], stroke.points[-1]))
        if stroke.head_start and len(stroke.points) > 1:
            parts.append(_head(stroke.points[1], stroke.points[0]))
    for cell in page.cells:
        parts += _letters(cell.text, cell.box)
    for outline in page.outlines:
        parts += _letters(outline.text, outline.box, middle=True)
    for text in page.texts:
        parts += _letters(text.text, text.box)
    return "".join(parts)


def _rect(box: Box, colour: str) -> str:
    return (
        f'<rect x="{box.left:.1f}" y="{box.top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
        f' fill="none" stroke="{colour}" stroke-width="0.6"/>'
    )


def _line(points: Sequence[Point], close: bool = False) -> str:
    way = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("Z" if close else "")
    fill = "#fff" if close else "none"
    return f'<path d="{way}" fill="{fill}" stroke="#222" stroke-width="1"/>'


def _head(before: Point, tip: Point) -> str:
    (ax, ay), (bx, by) = before, tip
    long = max(1e-6, ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5)
    ux, uy = (bx - ax) / long * 6, (by - ay) / long * 6
    return (
        f'<path d="M{bx:.1f} {by:.1f}L{bx - ux + uy / 3:.1f} {by - uy - ux / 3:.1f}'
        f'L{bx - ux - uy / 3:.1f} {by - uy + ux / 3:.1f}Z" fill="#222"/>'
    )


_EM = 8.0


def _letters(text: str, box: Box, middle: bool = False) -> list[str]:
    """A text in its box, broken into lines that fit, as small as they must be."""
    words = text.split("\n")
    if not text.strip():
        return []
    size = _EM
    while True:
        lines = [line for one in words for line in _broken(one, box.width / (0.52 * size))]
        if len(lines) * size * 1.15 <= max(box.height, size) or size <= 4:
            break
        size -= 1
    x = box.centre[0] if middle else box.left + 1.5
    y = box.centre[1] - len(lines) * size * 0.575 if middle else box.top
    anchor = ' text-anchor="middle"' if middle else ""
    return [
        str(
            Markup('<text x="{}" y="{}" font-size="{}"{}>{}</text>').format(
                f"{x:.1f}", f"{y + (n + 0.85) * size * 1.15:.1f}", f"{size:.1f}", Markup(anchor), escape(line)
            )
        )
        for n, line in enumerate(lines)
    ]


def _broken(line: str, many: float) -> list[str]:
    found, now = [], ""
    for word in line.split():
        if now and len(now) + 1 + len(word) > many:
            found.append(now)
            now = word
        else:
            now = f"{now} {word}".strip()
    return [*found, now]
