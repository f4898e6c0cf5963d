"""Our own PDF → reading → draft → SOP: the same again, and nothing for a person to look at."""

from __future__ import annotations

from functools import cache

import pytest
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.data.load import load_text
from generator.data.validate import Register, validate_sop
from generator.data.validate.schema import read_sop
from generator.documents.setting import make_pdf, set_document
from generator.flow.chart import build_chart
from generator.model.problems import Severity
from generator.model.registers import Pelaksana, Peraturan
from generator.model.sop import SOP, Alur, Kapsul
from generator.reading.draft.draft import Draft, drafts
from generator.reading.draft.flow import drawn, steps
from generator.reading.draft.text import draft_text
from generator.reading.pdf.document import read_pdf
from generator.reading.understand import understand
from tests.bench.flow.charts import sop_chart
from tests.documents.cases import DATA, catalogue
from tests.reading.cells import HEAD, ROWS, table
from tests.reading.draft.drawn import as_read, bare_rows, loose

SOPS = ("pelaksanaan-pembinaan", "pembentukan-kim", "surat-dan-jadwal")


def imported(made: Catalogue, slug: str) -> Draft:
    """The draft of the printed SOP."""
    document, _ = set_document(made, slug, DATA)
    assert document is not None
    seen, problems = read_pdf(make_pdf(document), f"{slug}.pdf")
    assert seen is not None
    assert problems == []
    (draft,) = drafts(understand(seen), made)
    return draft


def read_back(draft: Draft, made: Catalogue) -> SOP:
    """The SOP that the text of a draft says, after the check."""
    text, _ = draft_text(draft, "naskah.pdf")
    tree, problems = load_text(text, "draf.yml")
    assert tree is not None
    new = draft.new
    register = Register(
        made.instansi,
        made.unit,
        {**made.pelaksana, **{id: Pelaksana(id=id, **one) for id, one in new.get("pelaksana", {}).items()}},
        {**made.hukum, **{id: Peraturan(id=id, **one) for id, one in new.get("hukum", {}).items()}},
        frozenset({*made.sop, draft.slug}),
    )
    problems += validate_sop(tree, draft.slug, register)[1]
    assert [p for p in problems if p.severity is Severity.ERROR] == []
    sop = read_sop(tree, draft.slug, [])
    assert sop is not None
    return sop


def rows(sop: SOP) -> list[list[tuple[object, ...]]]:
    """The texts of the rows; how lines are broken is the paper's."""
    return [
        [
            tuple(
                " ".join(" ".join(value if isinstance(value, tuple) else [value or ""]).split())
                for value in (step.uraian, step.kelengkapan, step.waktu, step.output, step.keterangan)
            )
            for step in alur.kegiatan
        ]
        for alur in sop.alur
    ]


def flows(sop: SOP, made: Catalogue) -> list[tuple[object, ...]]:
    charts = [build_chart(alur, "alur", {}, made.instansi.kapsul) for alur in sop.alur]
    return [loose(drawn(chart)) for chart in charts]


@pytest.mark.parametrize("slug", SOPS)
def test_a_printed_sop_is_imported_as_it_was(slug: str) -> None:
    made = catalogue()
    draft = imported(made, slug)
    sop, old = read_back(draft, made), made.sop[slug]
    assert draft.notes == ()
    assert draft.new == {"hukum": {}, "pelaksana": {}}
    assert (sop.nama, sop.nomor, sop.unit, sop.tanggal) == (old.nama, old.nomor, old.unit, old.tanggal)
    assert sop.dasar_hukum == old.dasar_hukum
    assert sop.klasifikasi is None
    assert [alur.pelaksana for alur in sop.alur] == [alur.pelaksana for alur in old.alur]
    assert rows(sop) == rows(old)
    assert flows(sop, made) == flows(old, made)


@cache
def made_up(seed: int) -> Catalogue:
    """The project's data with an SOP of a made-up flow, with what the form of the data can say of it."""
    chart = as_read(sop_chart(seed))
    actors = {f"aktor-{n}": Pelaksana(id=f"aktor-{n}", nama=f"Aktor {n}") for n in range(len(chart.actors))}
    kegiatan = [replace(step, no=None) for step in bare_rows(chart)]
    found = steps(chart, kegiatan, list(actors), Kapsul.SENDIRI)
    alur = Alur(id="alur", pelaksana=tuple(actors), kegiatan=found.kegiatan)
    made = catalogue()
    sop = replace(made.sop["surat-dan-jadwal"], slug="uji-coba", nama="Uji Coba", alur=(alur,), label={})
    return replace(made, sop={**made.sop, "uji-coba": sop}, pelaksana={**made.pelaksana, **actors})


@pytest.mark.parametrize("seed", [0, 2, 19, 5])
def test_a_made_up_sop_is_imported_as_it_was(seed: int) -> None:
    made = made_up(seed)
    sop, old = read_back(imported(made, "uji-coba"), made), made.sop["uji-coba"]
    assert [alur.pelaksana for alur in sop.alur] == [alur.pelaksana for alur in old.alur]
    assert rows(sop) == rows(old)
    assert flows(sop, made) == flows(old, made)


@pytest.mark.parametrize(
    "title", ["STANDAR OPERASIONAL PROSEDUR", "SOP", "Standar Operasional Prosedur (SOP) AP"]
)
def test_the_name_of_the_form_is_no_agency(title: str) -> None:
    made = catalogue()
    rows = [[title], ["DINAS SOP DAN ARSIP"], ["Nomor SOP", "1"], ["Nama SOP", "Surat"], [], HEAD, *ROWS]
    other = replace(made, unit={id: replace(unit, kop=()) for id, unit in made.unit.items()})
    (draft,) = drafts(table(*rows), other)
    assert draft.form["kop"] == "DINAS SOP DAN ARSIP"


def test_a_unit_may_have_it_in_its_letterhead() -> None:
    made = catalogue()
    (unit,) = [unit for unit in made.unit.values() if len(unit.kop) > 3]
    rows = [*([line] for line in unit.kop), ["Nomor SOP", "1"], ["Nama SOP", "Surat"], [], HEAD, *ROWS]
    (draft,) = drafts(table(*rows), made)
    assert (draft.form["unit"], draft.form.get("kop")) == (unit.id, None)
