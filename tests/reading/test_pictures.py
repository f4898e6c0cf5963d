"""Flows and arrows that are pictures over a drawn table are traced in their pixels; a table that is a picture
is said to be one."""

from __future__ import annotations

import io
import math

import pikepdf
import pytest
from PIL import Image, ImageDraw

from generator.documents.setting import make_pdf
from generator.reading.grid.lattice import ruled
from generator.reading.pdf.document import read_pdf
from generator.reading.seen import Page, Point, Seen
from generator.reading.understand import understand
from tests.bench.flow.charts import sop_chart
from tests.documents.cases import made_up
from tests.reading.painted import Pen, Style, _rules, _with_heads, pdf
from tests.reading.truth import read, said

FINE = 4


def picture(
    page: Page, dots: int, pen: float, arrows: bool
) -> tuple[Image.Image, tuple[float, float, float, float]]:
    """The flow of a page (or only its lines) as a picture of so many dots an inch, and where it lies."""
    lines = ruled(page)
    shapes = [o for o in lines.outlines if o.stroked]
    strokes = _with_heads(lines.strokes, page.heads)
    points = [p for o in shapes for p in o.points] + [p for s in strokes for p in s.points]
    left, top = min(p[0] for p in points) - 3, min(p[1] for p in points) - 3
    right, bottom = max(p[0] for p in points) + 3, max(p[1] for p in points) + 3
    k = dots / 72 * FINE
    image = Image.new("L", (int((right - left) * k), int((bottom - top) * k)), 255)
    draw = ImageDraw.Draw(image)

    def at(p: Point) -> Point:
        return (p[0] - left) * k, (p[1] - top) * k

    for stroke in strokes:
        draw.line([at(p) for p in stroke.points], fill=0, width=int(pen * k), joint="curve")
        for here, before, head in ((0, 1, stroke.head_start), (-1, -2, stroke.head_end)):
            if head:
                (ax, ay), (bx, by) = stroke.points[before], stroke.points[here]
                long = math.dist((ax, ay), (bx, by)) or 1.0
                ux, uy = 5 * (bx - ax) / long, 5 * (by - ay) / long
                sides = [(bx - ux - s * uy / 2, by - uy + s * ux / 2) for s in (1, -1)]
                draw.polygon([at((bx, by)), *(at(p) for p in sides)], fill=0)
    for shape in shapes:
        corners = [at(p) for p in shape.points]
        draw.polygon(corners, fill=255)
        if not arrows:
            draw.line([*corners, corners[0]], fill=0, width=int(pen * k), joint="curve")
    small = image.resize((image.width // FINE, image.height // FINE), Image.Resampling.LANCZOS)
    return small, (left, page.height - bottom, right - left, bottom - top)


def drawn(seen: Seen, dots: int, pen: float, arrows: bool = False) -> bytes:
    """The pages with their tables and texts drawn, and the flow (or its lines) as a compressed picture."""
    pages = []
    for page in seen.pages:
        pen_ = Pen(page.height)
        pen_.raw("0 g 0 G 0.75 w")
        lines = ruled(page)
        for grid in lines.grids:
            _rules(pen_, grid.cells, Style())
        for text in page.texts:
            pen_.text(text.text, text.box)
        for outline in lines.outlines if arrows else ():
            if outline.stroked:
                pen_.path(outline.points, paint="S")
        pages.append((page.width, page.height, str(pen_)))
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(pages))) as file:
        for page, target in zip(seen.pages, file.pages, strict=True):
            if not ruled(page).outlines:
                continue
            image, (x, y, wide, high) = picture(page, dots, pen, arrows)
            packed = io.BytesIO()
            image.save(packed, "JPEG", quality=75)
            target.Resources.XObject = pikepdf.Dictionary(Im=_image(file, packed.getvalue(), image))
            before = f"q {wide} 0 0 {high} {x} {y} cm /Im Do Q\n".encode()
            target.Contents = file.make_stream(before + target.Contents.read_bytes())
        file.save(out)
    return out.getvalue()


def _image(file: pikepdf.Pdf, data: bytes, image: Image.Image) -> pikepdf.Stream:
    return pikepdf.Stream(
        file,
        data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=image.width,
        Height=image.height,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )


@pytest.mark.parametrize(("dots", "pen", "arrows"), [(220, 0.75, False), (110, 1.0, False), (150, 1.0, True)])
@pytest.mark.parametrize("seed", [4, 9])
def test_a_flow_in_a_picture_is_read(seed: int, dots: int, pen: float, arrows: bool) -> None:
    chart = sop_chart(seed)
    document = made_up(chart, seed, 14)
    seen, _ = read_pdf(make_pdf(document), "uji.pdf")
    assert seen is not None
    again, _ = read_pdf(drawn(seen, dots, pen, arrows), "uji.pdf")
    assert again is not None
    (found,) = understand(again).charts
    assert read(found) == said(document, chart)


@pytest.mark.parametrize("strips", [1, 2, 8])
def test_a_table_that_is_a_picture_gives_no_step_and_is_told(strips: int) -> None:
    """Programs cut large pictures into strips; the doubt is about the whole."""
    image = Image.new("L", (1200, 700 // strips), 255)
    draw = ImageDraw.Draw(image)
    for x in range(50, 1200, 220):
        draw.line([(x, 0), (x, 650)], fill=0, width=3)
    packed, out = io.BytesIO(), io.BytesIO()
    image.save(packed, "JPEG")
    high = 400 / strips
    painted = "".join(f"q 700 0 0 {high} 60 {100 + n * high} cm /Im Do Q\n" for n in range(strips))
    with pikepdf.open(io.BytesIO(pdf([(842, 595, painted)]))) as file:
        file.pages[0].Resources.XObject = pikepdf.Dictionary(Im=_image(file, packed.getvalue(), image))
        file.save(out)
    seen, _ = read_pdf(out.getvalue(), "uji.pdf")
    assert seen is not None
    reading = understand(seen)
    assert reading.charts == ()
    (doubt,) = reading.doubts
    assert doubt.about == "gambar"
    assert doubt.place.box.height == pytest.approx(400, abs=2)
