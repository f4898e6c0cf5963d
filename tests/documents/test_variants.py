"""What signed forms show and the official one does not say: it is drawn in every format, and comes back."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.data.sources import read_catalogue
from generator.data.writing.form import sop_form
from generator.documents.setting import Document, make_docx, make_pdf, set_document
from generator.figure.lattice import measure
from generator.figure.paper.measure import items
from generator.figure.paper.pages import GOES_ON
from generator.flow.chart import build_chart
from generator.flow.layout import lay_out
from generator.flow.words import plain, steps_in_words
from generator.form.symbols import Shape
from generator.formats.flows import timelines
from generator.formats.html.flow import Cells
from generator.formats.html.table import flow_table
from generator.formats.svg.picture import flow_svg
from generator.formats.xlsx.workbook import to_workbook
from generator.model.durations import times_of, total_of, total_text
from generator.model.problems import Problem
from generator.model.registers import label_untuk
from generator.model.sop import SOP
from generator.reading.compare import differences
from generator.reading.docx.document import read_docx
from generator.reading.pdf.document import read_pdf
from generator.reading.understand import understand
from generator.reading.understood import Chart, Doubt
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
        self._found = found
        self.problems: list[Problem] = [one for one in problems if one.position.file.endswith("sop/uji.yml")]

    @property
    def catalogue(self) -> Catalogue:
        assert self._found is not None, self.problems
        return self._found

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
        return flow_svg(alur, chart, measure(lay_out(chart)), label, "Uji")

    def workbook(self) -> Mapping[str, object]:
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
        assert text.index("Output") < text.index("Waktu")


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


MERGED = """\
pelaksana: [staf, kasi]
kegiatan:
  - {uraian: Menerima surat, pelaksana: staf, kelengkapan: Surat, waktu: 2 hari, output: Surat}
  - uraian: Memeriksa surat
    pelaksana: kasi
    kelengkapan: |
      1. Surat utama
         a. KTP
    gabung: [waktu, output]
  - {uraian: Mencatat surat, pelaksana: kasi, kelengkapan: Surat, gabung: waktu, output: Catatan}
  - {uraian: Menyimpan surat, pelaksana: staf, kelengkapan: Catatan, waktu: 1 hari, output: Arsip}
"""


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Variant:
    return Variant(tmp_path_factory.mktemp("gabung"), MERGED)


def test_a_time_of_several_steps_counts_once(merged: Variant) -> None:
    assert merged.problems == []
    assert total_text(total_of(times_of(merged.sop.alur[0].kegiatan))) == "3 hari"
    (time,) = timelines(merged.sop, merged.catalogue)
    assert (time.families[0].best, time.families[0].worst, time.unknown) == (3, 3, ())
    assert merged.workbook() == sop_form(merged.sop)


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_merged_cells_are_drawn_as_one_and_come_back(merged: Variant, ending: str) -> None:
    rows = merged.read(ending).rows
    times = [row.cells["waktu"] for row in rows]
    assert [(words.text, words.shared) for words in times] == [("2 hari", True)] * 3 + [("1 hari", False)]
    assert rows[0].cells["output"] == rows[1].cells["output"] != rows[2].cells["output"]


def test_merged_cells_are_one_on_the_page(merged: Variant) -> None:
    table = merged.table()
    assert '<td class="alur-waktu" rowspan="3">2 hari</td>' in table
    assert '<td class="alur-output" rowspan="2">Surat</td>' in table
    assert table.count('class="alur-waktu"') == 2


def test_a_list_in_a_list_keeps_its_indent(merged: Variant) -> None:
    cell = merged.sop.alur[0].kegiatan[1].kelengkapan
    assert cell == ("1. Surat utama", "   a. KTP")
    (outer, _, _), (inner, marker, words) = items(cell)
    assert inner > outer + 0.7
    assert (marker.strip("\u00a0"), words) == ("a.", "KTP")
    assert "\n\u00a0\u00a0\u00a0a. KTP" in merged.table()


def test_a_long_table_says_where_a_merged_cell_goes_on(tmp_path: Path) -> None:
    steps = [f"  - {{uraian: Langkah {n}, pelaksana: staf, gabung: waktu}}" for n in range(2, 30)]
    first = "  - {uraian: Langkah 1, pelaksana: staf, waktu: 2 hari}"
    found = Variant(tmp_path, "\n".join(["pelaksana: [staf]", "kegiatan:", first, *steps]))
    pages = found.document.sheets[0].pages
    assert len(pages) > 1
    for n, page in enumerate(pages):
        assert page.slabs[0].texts[3] == ((GOES_ON,) if n else ("2 hari",))
        assert [slab.depths[3] for slab in page.slabs] == [len(page.slabs), *[0] * (len(page.slabs) - 1)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("gabung: waktu,", "gabung: waktu, waktu: 1 hari,", "mengisi Waktu, padahal selnya digabung"),
        ("waktu: 2 hari,", "gabung: waktu,", "langkah pertama tidak punya sel di atasnya"),
    ],
)
def test_merged_cells_that_cannot_be_are_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    found = Variant(tmp_path, MERGED.replace(old, new)).problems
    assert any(one.rule == "sel_gabungan" and told in one.message for one in found)


LOOSE = """\
pelaksana: [staf, kasi]
kegiatan:
  - {id: a, uraian: Menerima surat, pelaksana: staf, kelengkapan: Surat, waktu: 1 hari, output: Surat}
  - uraian: Memeriksa surat
    pelaksana: kasi
    keputusan: {Ya: {garis: putus-putus}, Tidak: lepas}
    kelengkapan: Surat
    waktu: 1 hari
    output: Surat
  - {uraian: Menyimpan, pelaksana: staf, kelengkapan: Surat, waktu: 1 hari, output: Arsip, lanjut: lepas}
"""


@pytest.fixture(scope="module")
def loose(tmp_path_factory: pytest.TempPathFactory) -> Variant:
    return Variant(tmp_path_factory.mktemp("lepas"), LOOSE)


def test_loose_ends_stay_loose_and_are_told(loose: Variant) -> None:
    assert [one.rule for one in loose.problems] == ["ujung_lepas", "ujung_lepas"]
    (chart,) = loose.catalogue.charts["uji"]
    assert [node.loose for node in chart.nodes if node.shape is Shape.TERMINATOR] == [False, True]
    (told,) = steps_in_words(loose.sop.alur[0], chart, {})[1].sentences
    assert plain(told).endswith("jika Tidak naskah tidak menyebut lanjutannya.")
    assert loose.workbook() == sop_form(loose.sop)


def test_no_capsule_is_drawn_at_a_loose_end(loose: Variant) -> None:
    assert loose.table().count('class="alur-lepas"') == 1
    assert loose.picture().count("<rect") == 2 + 3  # behind all and behind the headings; a capsule, two boxes
    found = loose.read("docx")
    assert [symbol.kind for symbol in found.symbols] == ["start", "process", "decision", "process"]
    data = make_docx(loose.document)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        text = parts.read("word/document.xml").decode()
    assert text.count('prst="flowChartTerminator"') == 1
    assert text.count("<a:prstDash") == 1


def test_dashed_arrows_are_dashed_in_every_drawing(loose: Variant) -> None:
    (figure,) = (page.figure for page in loose.document.sheets[0].pages)
    assert [(line.source, line.dashed) for line in figure.lines if line.dashed] == [("langkah_2", True)]
    assert 'class="alur-putus"' in loose.table()
    assert loose.picture().count("stroke-dasharray") == 1


BRANCHES = """\
pelaksana: [staf, kasi]
kegiatan:
  - {id: a, uraian: Menerima surat, pelaksana: staf}
  - {uraian: Memeriksa surat, pelaksana: kasi, keputusan: {Ya: , Tidak: a}}
  - {uraian: Menyimpan surat, pelaksana: staf}
"""


def test_arrows_of_a_signed_sheet_are_held_against_the_data(tmp_path: Path) -> None:
    paper = Variant(tmp_path / "naskah", BRANCHES)
    chart = paper.read("pdf")
    assert list(differences(None, [chart], paper.sop, paper.catalogue)) == []
    other = Variant(tmp_path / "data", BRANCHES.replace("Tidak: a", "Tidak: selesai"))
    (found,) = differences(None, [chart], other.sop, other.catalogue)
    assert found.place == "Langkah 2, panah"
    assert found.paper == "Tidak ke langkah 1 (Staf), Ya ke langkah 3 (Staf)"
    assert found.data == "Tidak ke simbol Kasi pada langkah ini, Ya ke langkah 3 (Staf)"
    (asked,) = (symbol for symbol in chart.symbols if symbol.kind == "decision")
    unsure = replace(chart, doubts=(Doubt(asked.id, "garisnya bercabang", asked.place),))
    (found,) = differences(None, [unsure], other.sop, other.catalogue)
    assert "tidak dapat dinilai" in found.place
    *_, found = differences(None, [replace(chart, symbols=(), edges=())], paper.sop, paper.catalogue)
    assert found.place == "Alur tidak dapat dinilai: tidak ada simbol yang terbaca"
