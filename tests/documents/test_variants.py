"""What signed forms show and the official one does not say: it is drawn in every format, and comes back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.data.catalogue import Catalogue
from generator.data.sources import read_catalogue
from generator.data.writing.form import sop_form
from generator.documents.setting import Document, make_docx, make_pdf, set_document
from generator.flow.chart import build_chart
from generator.flow.layout import lay_out
from generator.formats.html.flow import Cells
from generator.formats.html.table import flow_table
from generator.formats.svg.picture import flow_svg
from generator.formats.xlsx.workbook import to_workbook
from generator.model.problems import Problem
from generator.model.registers import label_untuk
from generator.model.sop import SOP
from generator.reading.docx.document import read_docx
from generator.reading.pdf.document import read_pdf
from generator.reading.understand import understand
from generator.reading.understood import Chart
from generator.reading.xlsx.returned import from_workbook
from generator.reading.xlsx.rows import read_rows
from tests.documents.cases import DATA

HEAD = """\
nama: Uji Formulir
nomor: "1"
unit: dinas-komunikasi-dan-informatika
klasifikasi: publik
tanggal: {pembuatan: 1 Mei 2026, revisi: 1 Mei 2026, efektif: 2 Mei 2026}
disahkan_oleh: {jabatan: Kepala, nama: Ni Luh Uji}
peringatan: Jika terlambat maka ditegur
"""


class Variant:
    """One SOP of such a form: as data, as problems, and as files."""

    def __init__(self, folder: Path, text: str) -> None:
        self.data = folder / "sop_data"
        shutil.copytree(DATA, self.data, ignore=shutil.ignore_patterns("sop", "versi"))
        (self.data / "sop").mkdir()
        (self.data / "sop" / "uji.yml").write_text(HEAD + text, encoding="utf-8")
        found, problems = read_catalogue(self.data)
        assert found is not None, problems
        self.catalogue: Catalogue = found
        self.problems: list[Problem] = [one for one in problems if one.position.file.endswith("sop/uji.yml")]

    @property
    def sop(self) -> SOP:
        return self.catalogue.sop["uji"]

    @property
    def document(self) -> Document:
        found, problems = set_document(self.catalogue, "uji", self.data)
        assert found is not None, problems
        return found

    def read(self, ending: str) -> Chart:
        """The table as it is read from our own file."""
        if ending == "pdf":
            seen, problems = read_pdf(make_pdf(self.document), "uji.pdf")
        else:
            seen, problems = read_docx(make_docx(self.document), "uji.docx")
        assert seen is not None, problems
        (chart,) = understand(seen).charts
        return chart

    def table(self) -> str:
        """The table of the page."""
        alur, label = self.sop.alur[0], label_untuk(self.catalogue.instansi, self.sop)
        chart = build_chart(alur, "uji", self.catalogue.pelaksana, self.catalogue.instansi.kapsul)
        return str(flow_table(alur, chart, Cells(lay_out(chart)), label, "Uji"))

    def picture(self) -> str:
        """The picture for slides."""
        alur, label = self.sop.alur[0], label_untuk(self.catalogue.instansi, self.sop)
        chart = build_chart(alur, "uji", self.catalogue.pelaksana, self.catalogue.instansi.kapsul)
        return flow_svg(alur, chart, lay_out(chart), label, "Uji")

    def workbook(self) -> dict[str, object]:
        """What comes back of the workbook."""
        sheets, problems = read_rows(to_workbook(self.catalogue, [self.sop]), "uji.xlsx")
        assert not problems
        (draft,), strays = from_workbook(sheets)
        assert not strays
        assert not draft.refused
        return draft.form


COLUMNS = """\
label: {nomor_kolom: (1)}
kolom: [output, waktu, keterangan]
pelaksana: [staf, kasi]
kegiatan:
  - {uraian: Menerima surat, pelaksana: staf, waktu: 1 hari, output: Surat}
  - {uraian: Memeriksa surat, pelaksana: kasi, waktu: 2 hari, output: Surat terperiksa}
"""


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Variant:
    return Variant(tmp_path_factory.mktemp("kolom"), COLUMNS)


def test_a_column_that_the_form_has_not_is_missed_nowhere(columns: Variant) -> None:
    assert columns.problems == []
    assert sop_form(columns.sop)["kolom"] == ["output", "waktu", "keterangan"]
    assert columns.workbook() == sop_form(columns.sop)
    for text in (columns.table(), columns.picture()):
        assert "Kelengkapan" not in text
        assert text.index("Output") < text.index("Waktu") < text.index("Keterangan")


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_documents_have_the_columns_of_the_form_in_their_order(columns: Variant, ending: str) -> None:
    found = columns.read(ending)
    own = [key for key in found.headings if key in ("kelengkapan", "waktu", "output", "keterangan")]
    assert own == ["output", "waktu", "keterangan"]
    assert [row.cells["waktu"].text for row in found.rows] == ["1 hari", "2 hari"]
    assert found.doubts == ()


def test_the_columns_are_numbered_where_the_form_is(columns: Variant) -> None:
    numbers = [f"({n})" for n in range(1, 8)]
    assert columns.document.content.flows[0].numbers == tuple(numbers)
    for text in (columns.table(), columns.picture()):
        assert [n for n in numbers if f">{n}<" in text] == numbers


def test_what_stands_in_a_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    text = COLUMNS.replace("Surat terperiksa", "Surat terperiksa, kelengkapan: Surat")
    (found,) = [one for one in Variant(tmp_path, text).problems if one.rule == "kolom_ada"]
    assert (
        found.hint == "hapus isinya, atau tulis kolom: [kelengkapan, waktu, output, keterangan] pada SOP ini"
    )
