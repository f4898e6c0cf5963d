"""Word files and drawings that are broken, hostile or misnamed: a clear problem, in bounds."""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import fromstring

import pytest

from generator.data.load import load_text
from generator.reading.docx.document import read_docx
from generator.reading.draft.draft import drafts
from generator.reading.draft.text import draft_text
from generator.reading.understand import understand
from generator.reading.xlsx.drawings import _worded
from generator.reading.xlsx.workbook import read_xlsx
from tests.bench.flow.charts import sop_chart
from tests.bench.fuzz.doors import office_sources
from tests.bench.fuzz.imports import run_imports
from tests.reading.office_charts import Manner, case
from tests.reading.word_files import SPACES, package
from tests.reading.workbooks import DRAWING, workbook


def word(body: str) -> bytes:
    return package(f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")


BAD = {
    "empty": b"",
    "blank": b" \n",
    "no package": b"Ini bukan Word",
    "locked or old": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "nothing in it": word(""),
    "cut off": word("<w:p/>")[:300],
    "doctype": package(f'<!DOCTYPE x [<!ENTITY a "b">]><w:document {SPACES}><w:body/></w:document>'),
    "too deep": word("<w:sdt>" * 400 + "</w:sdt>" * 400),
    "too many things": word("<w:p/>" * 360_000),
    "a large part": word("<w:p><w:r><w:t>" + "a" * 45_000_000 + "</w:t></w:r></w:p>"),
}


@pytest.mark.parametrize("name", BAD)
def test_it_is_refused_with_a_cure(name: str) -> None:
    seen, problems = read_docx(BAD[name], "uji.docx")
    assert seen is None
    (problem,) = problems
    assert problem.message
    assert problem.hint


def test_absurd_sizes_of_a_table_are_read_in_bounds() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="99999999"/><w:tcW w:w="-5" w:type="dxa"/></w:tcPr><w:p/></w:tc>'
    row = f'<w:tr><w:trPr><w:trHeight w:val="99999999999"/><w:gridBefore w:val="-3"/></w:trPr>{cell}</w:tr>'
    seen, _ = read_docx(word(f"<w:tbl>{row * 30}</w:tbl>"), "uji.docx")
    assert seen is not None
    understand(seen)


def test_a_style_that_rests_on_itself_ends() -> None:
    styles = '<w:styles><w:style w:styleId="a"><w:basedOn w:val="a"/></w:style></w:styles>'
    data = word('<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>')
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("word/styles.xml", styles)
        file.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships><Relationship Id="r" Type="x/styles" Target="styles.xml"/></Relationships>',
        )
    seen, _ = read_docx(out.getvalue(), "uji.docx")
    assert seen is not None


def test_a_broken_drawing_is_told_and_its_sheet_is_read() -> None:
    made = case(sop_chart(7), 7)
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(workbook(made, Manner(), 7)))
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name)[: 500 if name == DRAWING else None])
    seen, _ = read_xlsx(out.getvalue(), "uji.xlsx")
    assert seen is not None
    assert "rusak dan tidak dibaca" in " ".join(seen.pages[0].remarks)
    assert len(understand(seen).charts[0].rows) == len(made.texts)


def test_mutated_files_give_a_reading_or_a_problem() -> None:
    assert run_imports(range(40), office_sources()).failures == []


@pytest.mark.parametrize("sign", ["&#x91;", "&#x7f;", "&#x2028;", "&#xfeff;"])
def test_what_no_data_file_may_hold_is_in_no_draft(sign: str) -> None:
    rows = (("No", "Kegiatan", "Staf", "Waktu"), ("1", f"Men{sign}catat", "v", f"5{sign} menit"))
    cells = ("".join(f"<w:tc><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>" for c in row) for row in rows)
    seen, _ = read_docx(word(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"), "a.docx")
    assert seen is not None
    (draft,) = drafts(understand(seen), None)
    text, _ = draft_text(draft, "a.docx")
    assert load_text(text, "draf.yml")[1] == []
    assert "uraian: Mencatat" in text
    assert "waktu: 5 menit" in text


@pytest.mark.parametrize("sign", ["\x91", "\x7f", "\u2028"])
def test_what_no_data_file_may_hold_is_in_no_shape(sign: str) -> None:
    shape = fromstring(f"<sp><txBody><p><r><t>Set{sign}uju?</t></r></p></txBody></sp>")
    assert _worded(shape).text == "Setuju?"
