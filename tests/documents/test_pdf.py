"""The PDF, opened again: its structure tree, its metadata, and the lines on its pages."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pdfplumber
import pikepdf
import pytest

from generator.documents.setting import Document, make_pdf, set_content, set_document
from generator.figure.paper.face import row_heights
from generator.formats.pdf import data
from generator.formats.pdf.data import face_data
from tests.bench.flow.charts import sop_chart
from tests.documents.cases import DATA, FLOWS, catalogue, content, made_up, real

SLUGS = sorted(path.stem for path in (DATA / "sop").glob("*.yml"))
FLOW, SHAPE = 1.1, 0.9
"""Widths of the lines of the flow and of the symbols, points: what tells them apart in the file."""

Point = tuple[float, float]


def of(slug: str) -> Document:
    document, _ = set_document(catalogue(), slug, DATA)
    assert document is not None
    return document


def opened(document: Document) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(make_pdf(document)))


def elements(node: Any, kind: str) -> Iterator[Any]:
    """Elements of a kind under a node of the structure tree, in reading order."""
    children = node.get("/K")
    if children is None:
        return
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            if str(child.S) == f"/{kind}":
                yield child
            yield from elements(child, kind)


def words(data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return " ".join(page.extract_text(x_tolerance=1.5) or "" for page in pdf.pages)


@pytest.mark.parametrize("slug", SLUGS)
def test_it_says_that_it_is_pdf_a_3a_and_pdf_ua_1(slug: str) -> None:
    pdf = opened(of(slug))
    with pdf.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == of(slug).content.name
    assert pdf.Root.Lang == "id-ID"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert not pdf.check_pdf_syntax()
    fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert fonts
    assert all("+LiberationSans" in name for name in fonts)


def test_the_tables_head_its_rows_and_what_each_symbol_says_are_in_the_structure_tree() -> None:
    document = of("surat-dan-jadwal")
    pdf = opened(document)
    root = pdf.Root.StructTreeRoot
    (table,) = elements(root, "Table")
    (head,) = elements(table, "THead")
    flow = document.content.flows[0]
    headings = list(elements(head, "TH"))
    assert len(headings) == 8 + len(flow.lanes)
    assert all(
        any("/Scope" in a for a in [h.A] if isinstance(a, pikepdf.Dictionary)) or h.A for h in headings
    )
    (body,) = elements(table, "TBody")
    rows = list(elements(body, "TR"))
    assert len(rows) == len(flow.rows)
    assert {len(list(elements(row, "TD"))) for row in rows} == {6 + len(flow.lanes)}
    said = [str(figure.Alt) for row in rows for figure in elements(row, "Figure")]
    assert sorted(said) == sorted(flow.words.values())
    assert "Kegiatan, Kasi. Lalu ke langkah 2 (JFU)." in said
    names = [str(item.Title) for item in _outline(pdf)]
    assert names == ["Surat dan Jadwal", "Uraian Aktivitas"]


def _outline(pdf: pikepdf.Pdf) -> Iterator[Any]:
    def walk(item: Any) -> Iterator[Any]:
        while item is not None:
            yield item
            if "/First" in item:
                yield from walk(item.First)
            item = item.get("/Next")

    yield from walk(pdf.Root.Outlines.First)


def _pieces(text: str) -> list[str]:
    """What is never torn by the end of a line."""
    return re.findall(r"[^\s/-]+", text)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_text_of_the_data_is_on_its_pages(slug: str) -> None:
    document = of(slug)
    text = re.sub(r"\s", "", words(make_pdf(document)))
    for flow in document.content.flows:
        for row in flow.rows:
            for cell in row:
                for word in _pieces(" ".join(cell)):
                    assert word in text
    for box in (*document.content.boxes, *document.content.fields):
        for word in _pieces(" ".join((box.label, *box.lines))):
            assert word in text


def test_the_foot_names_the_page_the_copy_and_the_data() -> None:
    document = made_up(sop_chart(5), 5, 30)
    with pdfplumber.open(io.BytesIO(make_pdf(document))) as pdf:
        count = len(pdf.pages)
        assert count == document.face_pages + len(document.sheets[0].pages)
        for number, page in enumerate(pdf.pages, 1):
            foot = page.crop((0, page.height - 48, page.width, page.height)).extract_text()
            assert f"halaman {number} dari {count}" in foot
            assert "salinan — bukan dokumen yang ditandatangani" in foot
            assert document.content.mark[:12] in foot
            assert document.content.url in foot


def test_the_data_is_attached() -> None:
    document = of("surat-dan-jadwal")
    pdf = opened(document)
    (spec,) = pdf.Root.AF
    assert spec.AFRelationship == "/Source"
    data = json.loads(bytes(pdf.attachments["surat-dan-jadwal.json"].get_file().read_bytes()))
    assert data["nama"] == "Surat dan Jadwal"


def test_the_same_data_gives_the_same_bytes() -> None:
    assert make_pdf(of("pembentukan-kim")) == make_pdf(of("pembentukan-kim"))


HOSTILE = "#panic() *tebal* _miring_ $x$ @rujuk <b> {{ a }} \\u{41} // catatan ]]> `kode` = judul"


def test_text_is_never_read_as_markup_and_unknown_letters_become_boxes() -> None:
    chart = sop_chart(1)
    cell = (HOSTILE, "aksara \U0001f600 ᬩ", "\u202eterbalik\u202c")
    texts = tuple(((row.number,), cell, cell, cell, cell, cell) for row in chart.rows)
    document = set_content(content(chart, texts, title=HOSTILE), [chart])
    text = re.sub(r"\s", "", words(make_pdf(document)))
    assert re.sub(r"\s", "", HOSTILE) in text
    assert "aksara□□" in text


def _shapes(page: Any) -> list[list[Point]]:
    """Outlines of symbols and connectors, corners in order."""
    found = []
    for thing in (*page.rects, *page.curves):
        if round(thing["linewidth"] or 0, 2) == SHAPE and thing["stroke"]:
            found.append(thing["pts"])
    return found


def _heads(page: Any) -> list[list[Point]]:
    area = page.height - 48
    return [c["pts"] for c in page.curves if c["fill"] and len(c["pts"]) in (3, 4) and c["bottom"] < area]


def _ways(page: Any) -> list[list[Point]]:
    return [
        thing["pts"]
        for thing in (*page.lines, *page.curves)
        if round(thing["linewidth"] or 0, 2) == FLOW and thing["stroke"]
    ]


def _distance(point: Point, outline: list[Point]) -> float:
    """From a point to the outline of a symbol; a capsule's round ends lie inside its corners' box."""
    best = 1e9
    for (ax, ay), (bx, by) in pairwise([*outline, outline[0]]):
        long = (bx - ax) ** 2 + (by - ay) ** 2
        t = (
            0.0
            if long == 0
            else max(0, min(1, ((point[0] - ax) * (bx - ax) + (point[1] - ay) * (by - ay)) / long))
        )
        away = ((ax + t * (bx - ax) - point[0]) ** 2 + (ay + t * (by - ay) - point[1]) ** 2) ** 0.5
        best = min(best, away)
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    if len(outline) > 6:
        box = [(min(xs), min(ys)), (max(xs), min(ys)), (max(xs), max(ys)), (min(xs), max(ys))]
        best = min(best, _distance(point, box))
    return best


CASES = [*(pytest.param(of, slug, id=slug) for slug in SLUGS)]
CASES += [pytest.param(real, path, id=path.stem) for path in FLOWS]
CASES += [
    pytest.param(lambda n: made_up(sop_chart(n), n, 40), seed, id=f"karangan-{seed}") for seed in (2, 7, 11)
]


@pytest.mark.parametrize(("make", "case"), CASES)
def test_every_line_in_the_file_starts_and_ends_at_its_symbols(make: Any, case: Any) -> None:
    document = make(case)
    pages = [page for sheet in document.sheets for page in sheet.pages]
    with pdfplumber.open(io.BytesIO(make_pdf(document))) as pdf:
        for drawn, page in zip(pages, pdf.pages[document.face_pages :], strict=True):
            shapes, heads, ways = _shapes(page), _heads(page), _ways(page)
            assert len(shapes) == len(drawn.figure.symbols) + len(drawn.figure.connectors)
            assert len(heads) == sum(line.head is not None for line in drawn.figure.lines)
            assert len(ways) == len(drawn.figure.lines)
            for head in heads:
                assert min(_distance(point, shape) for point in head for shape in shapes) < 0.15
            for way in ways:
                for end in (way[0], way[-1]):
                    near = min(_distance(end, shape) for shape in shapes)
                    inside = any(_inside(end, head) for head in heads)
                    assert near < 0.15 or inside, f"a line ends at {end}"


def _inside(point: Point, triangle: list[Point]) -> bool:
    xs, ys = [x for x, _ in triangle], [y for _, y in triangle]
    return min(xs) - 0.1 <= point[0] <= max(xs) + 0.1 and min(ys) - 0.1 <= point[1] <= max(ys) + 0.1


@pytest.mark.parametrize("slug", [*SLUGS, "made-up"])
def test_rows_of_the_identity_block_are_as_high_as_the_typesetter_finds_them(
    slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = made_up(sop_chart(1), 1) if slug == "made-up" else of(slug)
    rows = row_heights(face_data(document.content, document.logo), document.paper)
    assert rows
    assert None not in rows
    known = face_places(make_pdf(document))
    monkeypatch.setattr(data, "row_heights", lambda *_: None)
    assert known == face_places(make_pdf(document))


def face_places(pdf: bytes) -> list[Point]:
    """Where the letters and rules of the first page stand."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened_pdf:
        page = opened_pdf.pages[0]
        return [(round(one["x0"], 2), round(one["top"], 2)) for one in (*page.chars, *page.lines)]
