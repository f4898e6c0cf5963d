"""The bytes of a PDF → ``Seen``, or a problem; memory and time are bounded."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pypdfium2.raw as c

from generator.model.problems import Position, Problem, Severity
from generator.reading.pdf.objects import Image, Path, Writing, painted, upright
from generator.reading.pdf.pixels import ink
from generator.reading.pdf.shapes import Shapes, drawn, masks
from generator.reading.pdf.texts import texts
from generator.reading.pdf.trace import traced
from generator.reading.seen import Box, Page, Picture, Seen

MOST_BYTES = 100_000_000
MOST_PAGES = 200
SECONDS = 10.0

_initialised: list[bool] = []


def read_pdf(data: bytes, name: str) -> tuple[Seen | None, list[Problem]]:
    """What is seen on the pages of a PDF; never raises for what is in it."""
    if not data.strip():
        return None, [_problem(name, "berkas kosong", "ambil ulang berkas PDF-nya")]
    if len(data) > MOST_BYTES:
        return None, [_problem(name, "berkas PDF terlalu besar", "bagi menjadi berkas yang lebih kecil")]
    if not _initialised:
        c.FPDF_InitLibrary()
        _initialised.append(True)
    document = c.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        return None, [_refusal(name, c.FPDF_GetLastError())]
    try:
        return _pages(document, name)
    finally:
        c.FPDF_CloseDocument(document)


def _pages(document: c.FPDF_DOCUMENT, name: str) -> tuple[Seen | None, list[Problem]]:
    count = c.FPDF_GetPageCount(document)
    if count < 1:
        return None, [_problem(name, "PDF ini tidak punya halaman", "ambil ulang berkas PDF-nya")]
    problems = []
    if count > MOST_PAGES:
        problems.append(
            _part_lost(
                name, f"PDF ini {count} halaman; hanya {MOST_PAGES} dibaca", "bagi berkasnya", MOST_PAGES + 1
            )
        )
    end = time.process_time() + SECONDS
    pages: list[Page] = []
    for n in range(min(count, MOST_PAGES)):
        if time.process_time() > end:
            said = f"PDF ini terlalu rumit; halaman {n + 1} sampai {count} tidak dibaca"
            problems.append(_part_lost(name, said, "bagi menjadi berkas yang lebih kecil", n + 1))
            break
        page = c.FPDF_LoadPage(document, n)
        if not page:
            problems.append(_part_lost(name, f"halaman {n + 1} rusak dan tidak dibaca", "ambil ulang", n + 1))
            continue
        try:
            pages.append(_page(document, page, n))
        finally:
            c.FPDF_ClosePage(page)
    return (Seen(name, "pdf", tuple(pages)) if pages else None), problems


def _page(document: c.FPDF_DOCUMENT, page: c.FPDF_PAGE, n: int) -> Page:
    matrix, width, height = upright(page)
    things = list(painted(page, matrix))
    shapes = drawn([thing for thing in things if isinstance(thing, Path)])
    pictures = []
    for k, thing in enumerate(things):
        if isinstance(thing, Image):
            pictures.append(_picture(document, page, thing, masks(things[k + 1 :]), shapes))
    return Page(
        name=f"halaman {n + 1}",
        width=width,
        height=height,
        texts=tuple(texts(page, matrix, _painted_over(things))),
        rules=tuple(shapes.rules),
        outlines=tuple(shapes.outlines),
        strokes=tuple(shapes.strokes),
        heads=tuple(shapes.heads),
        pictures=tuple(pictures),
    )


def _painted_over(things: Sequence[object]) -> dict[int, list[Box]]:
    """For each text object, the white boxes that are painted after it."""
    found: dict[int, list[Box]] = {}
    later: list[Box] = []
    for thing in reversed(things):
        if isinstance(thing, Writing):
            if later:
                found[thing.address] = list(later)
        elif isinstance(thing, Path):
            later += masks([thing])
            if len(later) > 500:
                break  # a page that is tiled with white hides nothing on purpose
    return found


def _picture(
    document: c.FPDF_DOCUMENT, page: c.FPDF_PAGE, image: Image, over: list[Box], shapes: Shapes
) -> Picture:
    """A picture; the lines found in its pixels are put among the painted ones."""
    box = image.box
    if not 6 <= max(box.width, box.height) <= 900 or box.width * box.height < 60:
        return Picture(box)
    found = ink(document, page, image, [mask for mask in over if mask.overlap(box)])
    if found is None:
        return Picture(box)
    outlines, strokes = traced(found)
    shapes.outlines += outlines
    shapes.strokes += strokes
    return Picture(box, traced=bool(outlines or strokes))


def _refusal(name: str, code: int) -> Problem:
    if code == c.FPDF_ERR_PASSWORD:
        return _problem(name, "PDF ini dikunci dengan kata sandi", "simpan ulang tanpa kata sandi")
    return _problem(name, "berkas ini bukan PDF yang benar", "ambil ulang dari sumbernya, atau cetak ke PDF")


def _problem(name: str, message: str, hint: str) -> Problem:
    return Problem(Position(name, 1, 1), Severity.ERROR, message, hint, "impor")


def _part_lost(name: str, message: str, hint: str, page: int) -> Problem:
    """What of a file was not read, where the rest was."""
    return Problem(Position(name, page, 1), Severity.WARNING, message, hint, "impor")
