"""Ticks made with a letter of a font of symbols, in every kind of file that names fonts."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from generator.reading.cells.signs import is_mark, is_none
from generator.reading.pdf.document import read_pdf
from generator.reading.symbol_fonts import as_seen
from tests.reading.cells import HEAD, ROWS, book, doers, reading
from tests.reading.word_files import SPACES, cell, package, row

TICKS = [
    ("Wingdings", "ü"),
    ("Wingdings", "\uf0fc"),
    ("Wingdings 2", "P"),
    ("Webdings", "a"),
    ("Symbol", "Ö"),
]


@pytest.mark.parametrize(("font", "letter"), TICKS)
def test_a_letter_is_the_sign_that_is_seen(font: str, letter: str) -> None:
    for name in (font, font.upper(), f"ABCDEF+{font.replace(' ', '')}-Regular"):
        assert is_mark(as_seen(letter, name))
    assert as_seen(letter, "Arial") == as_seen(letter, None) == letter


def test_an_open_box_is_no_mark_and_words_stay() -> None:
    assert is_none(as_seen("\uf0a8", "Wingdings"))
    assert is_none(as_seen("o", "Wingdings"))
    assert as_seen("Staf Ü – 漢", "Calibri") == "Staf Ü – 漢"


@pytest.mark.parametrize(("font", "letter"), TICKS)
def test_in_a_workbook(font: str, letter: str) -> None:
    made = load_workbook(io.BytesIO(book(("Lembar1", [HEAD, *ROWS]))))
    for place in ("C2", "D3"):
        made.worksheets[0][place].value = letter
        made.worksheets[0][place].font = Font(name=font)
    out = io.BytesIO()
    made.save(out)
    assert doers(reading(out.getvalue(), "uji.xlsx")) == [("Staf",), ("Kasi",)]


@pytest.mark.parametrize(
    "run",
    [
        '<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>ü</w:t></w:r>',
        '<w:r><w:sym w:font="Wingdings 2" w:char="F050"/></w:r>',
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
        '<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>'
        "</w:fldChar></w:r>",
        '<w:r><w:fldChar><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="-"/><w:listEntry '
        'w:val="v"/></w:ddList></w:ffData></w:fldChar></w:r>',
    ],
)
def test_in_a_word_file(run: str) -> None:
    tick, other = (
        cell(60, "", drawn=one) for one in (run, '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>')
    )
    heads, first, last = (
        row([piece if piece.startswith("<") else cell(60, piece) for piece in pieces], 20, "")
        for pieces in (
            ["No", "Kegiatan", "Staf", "Kasi", "Waktu"],
            ["1", "Mencatat surat", tick, other, "5 menit"],
            ["2", "Memeriksa surat", other, tick, "1 jam"],
        )
    )
    grid = "".join('<w:gridCol w:w="1200"/>' for _ in range(5))
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    border = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in sides)
    settings = f"<w:tblPr><w:tblBorders>{border}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    table = f"<w:tbl>{settings}{heads}{first}{last}</w:tbl>"
    body = f"<w:document {SPACES}><w:body>{table}<w:p/></w:body></w:document>"
    assert doers(reading(package(body), "uji.docx")) == [("Staf",), ("Kasi",)]


def test_on_a_saved_page() -> None:
    tick = "<span style='font-family:Wingdings'>ü</span>"
    other = '<font face="Wingdings">o</font>'
    page = (
        "<table><tr><th>No<th>Kegiatan<th>Staf<th>Kasi"
        f"<tr><td>1<td>Mencatat<td>{tick}<td>{other}<tr><td>2<td>Memeriksa<td>{other}<td>{tick}</table>"
    )
    assert doers(reading(page.encode(), "uji.html")) == [("Staf",), ("Kasi",)]


def test_in_an_opendocument_workbook() -> None:
    def cells(*texts: str) -> str:
        styled = {"ü": ' table:style-name="w"', "o": ' table:style-name="w"'}
        made = (
            f"<table:table-cell{styled.get(t, '')}><text:p>{t}</text:p></table:table-cell>" for t in texts
        )
        return f"<table:table-row>{''.join(made)}</table:table-row>"

    parts = ("office", "table", "text", "style")
    names = " ".join(f'xmlns:{part}="urn:oasis:names:tc:opendocument:xmlns:{part}:1.0"' for part in parts)
    content = (
        f"<office:document-content {names}><office:automatic-styles>"
        '<style:style style:name="w" style:family="table-cell">'
        '<style:text-properties style:font-name="Wingdings"/></style:style>'
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="Lembar1">{cells("No", "Kegiatan", "Staf", "Kasi")}'
        f"{cells('1', 'Mencatat', 'ü', 'o')}{cells('2', 'Memeriksa', 'o', 'ü')}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
    assert doers(reading(out.getvalue(), "uji.ods")) == [("Staf",), ("Kasi",)]


def test_on_a_page_of_a_pdf() -> None:
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(300, 200))
    name = pikepdf.Name
    font = pikepdf.Dictionary(
        Type=name.Font, Subtype=name.TrueType, BaseFont=pikepdf.Name("/ABCDEF+Wingdings-Regular"),
        Encoding=name.WinAnsiEncoding,
    )  # fmt: skip
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=made.make_indirect(font)))
    page.Contents = made.make_stream(b"BT /F 12 Tf 20 100 Td (\xfc) Tj ET")
    out = io.BytesIO()
    made.save(out)
    opened, _ = read_pdf(out.getvalue(), "uji.pdf")
    assert opened is not None
    assert [text.text for text in opened.pages[0].texts] == ["✓"]
