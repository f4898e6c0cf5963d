"""The Word file, opened again: sound XML, real tables, native shapes in their cells; and as LibreOffice
draws it, every symbol and line where the sheets have it."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mammoth
import openxml_audit
import pdfplumber
import pytest
from lxml import etree

from generator.documents.setting import Document, make_docx, set_content
from generator.form.symbols import Shape
from generator.formats.docx.write import Emblem, docx_bytes
from generator.formats.pdf.write import svg_to_png
from tests.bench.flow.charts import sop_chart, stress_chart
from tests.documents.cases import FLOWS, content, made_up, real
from tests.documents.test_pdf import HOSTILE, SLUGS, of

NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
W = f"{{{NS['w']}}}"
V = "{urn:schemas-microsoft-com:vml}"

CASES: dict[str, tuple[Callable[[Any], Document], Any]] = {slug: (of, slug) for slug in SLUGS}
CASES |= {path.stem: (real, path) for path in FLOWS}
CASES |= {
    "karangan": (lambda n: made_up(sop_chart(n), n, 30), 7),
    "panjang": (lambda n: made_up(sop_chart(n), n, 450), 3),
    "besar": (lambda n: made_up(stress_chart(n, 24, 12), n, 20, "A3"), 2),
}


def case(name: str) -> Document:
    make, argument = CASES[name]
    return make(argument)


def document_xml(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
        return etree.fromstring(package.read("word/document.xml"))


@pytest.mark.parametrize("name", CASES)
def test_it_follows_the_schemas_of_word(name: str, tmp_path: Path) -> None:
    file = tmp_path / "uji.docx"
    file.write_bytes(make_docx(case(name)))
    result = openxml_audit.OpenXmlValidator().validate(file)
    assert not list(result.errors), [str(error) for error in result.errors][:5]


@pytest.mark.parametrize("name", ["surat-dan-jadwal", "343-pengaduan", "karangan", "panjang"])
def test_tables_are_real_and_symbols_lie_in_the_cells_of_their_actors(name: str) -> None:
    document = case(name)
    root = document_xml(make_docx(document))
    tables = root.findall(f".//{W}body/{W}tbl")
    pages = [page for sheet in document.sheets for page in sheet.pages]
    assert len(tables) == 1 + len(pages)
    ids = [node.get("id") for node in root.iter(f"{{{NS['wp']}}}docPr")]
    assert len(ids) == len(set(ids))
    for page, table in zip(pages, tables[1:], strict=True):
        rows = table.findall(f"{W}tr")
        heads = [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
        assert rows[:2] == heads
        body = rows[2:]
        offset = 1 if page.above else 0
        assert len(body) == len(page.slabs) + offset + bool(page.below)
        for slab, row in zip(page.slabs, body[offset:], strict=False):
            height = int(row.find(f"{W}trPr/{W}trHeight").get(f"{W}val"))
            assert height == pytest.approx(slab.height * 20, abs=1)
            named = {}
            for lane, cell in enumerate(row.findall(f"{W}tc")[2:-4]):
                for shape in cell.iter(f"{{{NS['wp']}}}docPr"):
                    named[shape.get("name")] = lane
            for symbol in page.figure.symbols:
                if slab.top <= symbol.centre[1] < slab.top + slab.height:
                    assert named[symbol.node] == symbol.lane
        arrows = list(table.iter(f"{{{NS['a']}}}tailEnd"))
        assert len(arrows) == sum(line.head is not None for line in page.figure.lines)


@pytest.mark.parametrize("name", ["343-pengaduan", "karangan"])
def test_readers_without_drawingml_have_the_flow_as_rectangles_ovals_and_lines(name: str) -> None:
    document = case(name)
    data = make_docx(document)
    root = document_xml(data)
    mc = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
    both = [[child.tag for child in one] for one in root.iter(f"{mc}AlternateContent")]
    assert both == [[f"{mc}Choice", f"{mc}Fallback"]] * len(both)
    tables = root.findall(f".//{W}body/{W}tbl")[1:]
    pages = [page for sheet in document.sheets for page in sheet.pages]
    for page, table in zip(pages, tables, strict=True):
        drawn = page.figure
        boxes = [s for s in drawn.symbols if s.shape is Shape.PROCESS]
        assert len(list(table.iter(f"{V}rect"))) == len(boxes)
        assert len(list(table.iter(f"{V}oval"))) == sum(s.shape is Shape.TERMINATOR for s in drawn.symbols)
        slanting = sum(4 for s in drawn.symbols if s.shape is Shape.DECISION) + 5 * len(drawn.connectors)
        straight = sum(len(line.corners) - 1 for line in drawn.lines)
        pointed = sum(2 for line in drawn.lines if line.head is not None)
        assert len(list(table.iter(f"{V}line"))) == straight + slanting + pointed
        letters = [one for one in drawn.connectors if one.letter]
        texts = [*drawn.words, *letters, *(one for one in drawn.symbols if one.lines)]
        assert len(list(table.iter(f"{V}textbox"))) == len(texts), "docx-preview shows text in shapes alone"
        assert all(one.getparent().tag == f"{V}shape" for one in table.iter(f"{V}textbox"))
        heads = [one for one in table.iter(f"{V}stroke") if one.get("endarrow")]
        assert len(heads) == sum(line.head is not None for line in drawn.lines)
    said = mammoth.convert_to_html(io.BytesIO(data)).value.replace("<br />", " ")
    for page in pages:
        for words in page.figure.words:
            assert " ".join(words.lines) in said


def test_the_same_data_gives_the_same_bytes() -> None:
    assert make_docx(case("343-pengaduan")) == make_docx(case("343-pengaduan"))


def test_text_is_text() -> None:
    chart = sop_chart(1)
    cell = (HOSTILE, "baris\u202e & <w:p>")
    texts = tuple(((row.number,), cell, cell, cell, cell, cell) for row in chart.rows)
    root = document_xml(make_docx(set_content(content(chart, texts, title=HOSTILE), [chart])))
    said = "".join(node.text or "" for node in root.iter(f"{W}t")).replace("\u200b", "")
    assert HOSTILE in said
    assert "<w:p>" in said


def test_the_emblem_is_in_the_letterhead(tmp_path: Path) -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
    )
    d = case("surat-dan-jadwal")
    data = docx_bytes(
        d.content, d.sheets, d.face_pages, d.paper, d.agency, d.day, Emblem(svg_to_png(svg), "Lambang")
    )
    (extent, *_) = document_xml(data).iter(f"{{{NS['wp']}}}extent")
    assert int(extent.get("cx")) == pytest.approx(2 * int(extent.get("cy")), rel=0.02)
    file = tmp_path / "uji.docx"
    file.write_bytes(data)
    assert not list(openxml_audit.OpenXmlValidator().validate(file).errors)


# -- as LibreOffice draws it ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every case converted to PDF by LibreOffice, in one run."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine (apt-get install libreoffice-writer)")
    folder = tmp_path_factory.mktemp("word")
    for name in CASES:
        (folder / f"{name}.docx").write_bytes(make_docx(case(name)))
    files = sorted(map(str, folder.glob("*.docx")))
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return {name: folder / f"{name}.pdf" for name in CASES}


NEAR = 2.5
"""How far LibreOffice may set a shape from its place on the sheet, points: borders of rows add up."""


def test_libreoffice_draws_every_symbol_and_line_at_its_place(drawn: dict[str, Path]) -> None:
    for name, file in drawn.items():
        document = case(name)
        with pdfplumber.open(file) as pdf:
            assert len(pdf.pages) == document.face_pages + sum(len(s.pages) for s in document.sheets), name
            at = document.face_pages
            for sheet in document.sheets:
                for number, page in enumerate(sheet.pages):
                    _compare(name, document, sheet, page, number, pdf.pages[at])
                    at += 1


def test_libreoffice_keeps_the_words_of_a_diamond_whole(drawn: dict[str, Path]) -> None:
    for name, file in drawn.items():
        symbols = [s for sheet in case(name).sheets for page in sheet.pages for s in page.figure.symbols]
        asked = [line for s in symbols if s.shape is Shape.DECISION for line in s.lines]
        with pdfplumber.open(file) as pdf:
            lines = [line["text"] for page in pdf.pages for line in page.extract_text_lines()]
        for line in set(asked):
            assert sum(line in found for found in lines) >= asked.count(line), f"{name}: {line}"


def _compare(name: str, document: Document, sheet: Any, page: Any, number: int, found: Any) -> None:
    left = document.paper.side + sheet.columns.left
    top = document.paper.top + sum(sheet.head) + (0 if number else sheet.title)
    boxes = [(t["x0"], t["top"], t["x1"], t["bottom"]) for t in (*found.rects, *found.curves, *found.lines)]
    for symbol in page.figure.symbols:
        (x, y), (w, h) = symbol.centre, symbol.half
        wanted = (left + x - w, top + y - h, left + x + w, top + y + h)
        nearest = min(max(abs(a - b) for a, b in zip(box, wanted, strict=True)) for box in boxes)
        assert nearest < NEAR, f"{name}: {symbol.node} is {nearest:.1f} pt away from its place"
    points = [point for thing in (*found.rects, *found.curves, *found.lines) for point in thing["pts"]]
    for line in page.figure.lines:
        for x, y in line.corners:
            near = min(max(abs(px - left - x), abs(py - top - y)) for px, py in points)
            assert near < NEAR, f"{name}: {line.source}>{line.target} misses a corner by {near:.1f} pt"
