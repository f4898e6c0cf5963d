"""What joint steps of signed forms show: a joint line between symbols of different shapes, arrows from and to
a named box, parallel arrows. It is drawn in every format, told in words, and read back as drawn."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generator.data.revisions.changes import changes
from generator.data.writing.form import sop_form
from generator.flow.chart import Chart, build_chart
from generator.flow.layout import lay_out
from generator.flow.layout.conform import form as form_faults
from generator.flow.layout.conform import placement
from generator.flow.process import ElementKind, build_process
from generator.flow.words import plain, steps_in_words
from generator.model.sop import Kapsul
from generator.reading.draft.flow import drawn, steps
from generator.reading.understood import Chart as Read
from tests.documents.test_variants import Variant

MIXED = """\
pelaksana: [kasi, kabid, staf]
kegiatan:
  - id: rencana
    uraian: Menetapkan rencana
    simbol:
      - {bentuk: kapsul, pelaksana: kasi}
      - {pelaksana: kabid, bersama: ya}
  - {id: ketik, uraian: Mengetik rencana, pelaksana: staf}
  - uraian: Memeriksa rencana
    simbol:
      - {pelaksana: kabid, keputusan: {Ya: , Tidak: ketik}}
      - {pelaksana: staf, bersama: ya}
  - uraian: Mengumumkan rencana
    simbol:
      - {pelaksana: kabid}
      - {bentuk: kapsul, pelaksana: staf, bersama: ya}
"""
NAMED = """\
pelaksana: [kasi, kabid, staf]
kegiatan:
  - {uraian: Menerima berkas, pelaksana: kasi, lanjut: {ke: bahas, pelaksana: staf}}
  - {id: bahas, uraian: Membahas, pelaksana: [kabid, staf], lanjut: {ke: berikutnya, dari: staf}}
  - {uraian: Memutuskan, pelaksana: kasi}
"""
PARALLEL = """\
pelaksana: [kasi, kabid, staf]
kegiatan:
  - uraian: Membahas
    pelaksana: [kasi, kabid]
    lanjut:
      - {ke: paraf, dari: kasi, pelaksana: kasi}
      - {ke: paraf, dari: kabid, pelaksana: kabid}
  - {id: paraf, uraian: Memaraf, pelaksana: [kasi, kabid]}
  - {uraian: Mengarsipkan, pelaksana: staf}
"""
LABELLED = """\
pelaksana: [kasi, kabid, staf]
kegiatan:
  - {uraian: Menerima permohonan, pelaksana: kasi, lanjut: {Online: daftar, Langsung: loket}}
  - {id: daftar, uraian: Mendaftar, pelaksana: kabid, lanjut: selesai}
  - {id: loket, uraian: Melayani di loket, pelaksana: staf}
"""


def chart_of(form: Variant) -> Chart:
    alur = form.sop.alur[0]
    return build_chart(alur, "uji", form.catalogue.pelaksana, form.catalogue.instansi.kapsul)


def taken_in(form: Variant, read: Read) -> Chart:
    """The chart of the steps that are made of what was read."""
    alur = form.sop.alur[0]
    bare = [type(step)(uraian=step.uraian) for step in alur.kegiatan]
    found = steps(read, bare, alur.pelaksana, Kapsul.SENDIRI)
    assert not found.apart
    made = type(alur)(id="", pelaksana=alur.pelaksana, kegiatan=found.kegiatan)
    return build_chart(made, "uji", {}, Kapsul.SENDIRI)


ASKED = """\
pelaksana: [staf, kabid, kasi]
kegiatan:
  - {id: ketik, uraian: Mengetik rencana, pelaksana: staf}
  - uraian: Memeriksa rencana
    simbol:
      - {pelaksana: kabid, keputusan: {Ya: , Tidak: ketik}}
      - {pelaksana: staf, bersama: ya}
  - {uraian: Mengumumkan rencana, pelaksana: kasi}
"""
FORMS = {"asked": ASKED, "named": NAMED, "parallel": PARALLEL, "labelled": LABELLED}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Variant:
    return Variant(tmp_path_factory.mktemp("bersama"), MIXED)


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_it_comes_back_as_drawn(text: str, tmp_path: Path) -> None:
    form = Variant(tmp_path, text)
    chart = chart_of(form)
    drawing = lay_out(chart)
    assert not [*placement(chart, drawing), *form_faults(chart, drawing)]
    assert {*(one.rule for one in form.problems)} <= {"rantai_output", "waktu_kosong", "banyak_jalan_keluar"}
    for ending in ("pdf", "docx"):
        assert drawn(taken_in(form, form.read(ending))) == drawn(chart), ending
    assert form.workbook() == sop_form(form.sop)


def test_symbols_of_two_shapes_are_one_step(mixed: Variant) -> None:
    chart = chart_of(mixed)
    assert [(pair.left, pair.right) for pair in chart.pairs] == [
        ("rencana", "rencana_s2"),
        ("langkah_3", "langkah_3_s2"),
        ("langkah_4", "langkah_4_s2"),
    ]
    assert {(edge.source, edge.target, edge.label) for edge in chart.edges} == {
        ("rencana_s2", "ketik", ""),
        ("ketik", "langkah_3", ""),
        ("langkah_3", "langkah_4", "Ya"),
        ("langkah_3", "ketik", "Tidak"),
    }
    first, _second, third, last = steps_in_words(mixed.sop.alur[0], chart, {})
    assert [plain(one) for one in first.sentences] == ["Alur dimulai di sini.", "Lalu ke langkah 2 (Staf)."]
    assert (first.actors, first.sharing) == (("Kasi", "Kabid"), "bersama")
    assert [plain(one) for one in third.sentences] == [
        "Jika Ya ke langkah 4 (Kabid dan Staf), jika Tidak kembali ke langkah 2 (Staf)."
    ]
    assert [plain(one) for one in last.sentences] == ["Alur selesai di sini."]


def test_the_joint_line_is_in_every_drawing(mixed: Variant) -> None:
    pairs = [("rencana", "rencana_s2"), ("langkah_3", "langkah_3_s2"), ("langkah_4", "langkah_4_s2")]
    assert Counter(f'data-joint="{a}&gt;{b}"' in mixed.table() for a, b in pairs) == {True: 3}
    figures = [page.figure for page in mixed.document.sheets[0].pages]
    assert [(line.source, line.target) for figure in figures for line in figure.lines if line.joint] == pairs


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_line_without_a_head_at_a_capsule_is_doubted(mixed: Variant, ending: str) -> None:
    """In signed forms it is mostly an arrow whose head was forgotten; a box and a diamond are joint."""
    read = mixed.read(ending)
    known = {symbol.id: symbol for symbol in read.symbols}
    joined = [(known[a].row, {known[a].kind, known[b].kind}) for a, b in read.joint]
    assert joined == [(2, {"decision", "process"})]
    asked = [
        known[doubt.about.partition(">")[0]].row for doubt in read.doubts if "tanpa kepala" in doubt.said
    ]
    assert sorted(asked) == [0, 2, 3]
    assert mixed.workbook() == sop_form(mixed.sop)


def test_bpmn_has_a_task_for_each_of_them(mixed: Variant) -> None:
    chart = chart_of(mixed)
    process = build_process(chart, [step.uraian for step in mixed.sop.alur[0].kegiatan], {})
    kinds = Counter(part.kind for part in process.parts)
    assert kinds[ElementKind.TASK] == 7
    assert kinds[ElementKind.PARALLEL] == 6
    assert (kinds[ElementKind.START], kinds[ElementKind.END]) == (1, 1)


def test_a_joint_line_that_goes_is_a_change(mixed: Variant, tmp_path: Path) -> None:
    apart = Variant(tmp_path, MIXED.replace("{pelaksana: kabid, bersama: ya}", "{pelaksana: kabid}"))
    (table,) = changes(mixed.sop, apart.sop).tabel
    (step,) = table.langkah
    (field,) = step.isian
    assert "bersama simbol sebelumnya" in field.lama
    assert "bersama" not in field.baru
