"""The seed file becomes the three SOPs: all that its text says, and nothing that it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.data.catalogue import Catalogue
from generator.data.sources import read_catalogue
from generator.data.writing.form import sop_form
from generator.reading.draft.draft import Draft
from tests.tables.test_formats import imported as read

ROOT = Path(__file__).parents[2]
SEED = ROOT / "tests" / "data" / "seed" / "sop-diskominfo-badung.txt"
SLUGS = ("pembentukan-kim", "surat-dan-jadwal", "pelaksanaan-pembinaan")
ADDED = {"klasifikasi", "dugaan", "catatan", "dokumen_resmi", "judul_terbuka"}
"""What a person adds to the text."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    found, problems = read_catalogue(ROOT / "sop_data")
    assert found is not None, problems
    return found


@pytest.fixture(scope="module")
def imported(catalogue: Catalogue) -> dict[str, Draft]:
    return dict(zip(SLUGS, read(SEED.read_bytes(), SEED.name, catalogue), strict=True))


@pytest.mark.parametrize("slug", SLUGS)
def test_an_sop_of_the_seed_comes_out_as_it_was_entered(
    slug: str, catalogue: Catalogue, imported: dict[str, Draft]
) -> None:
    wanted: dict[str, Any] = {key: v for key, v in sop_form(catalogue.sop[slug]).items() if key not in ADDED}
    wanted["keterkaitan"] = [r["teks"] if isinstance(r, dict) else r for r in wanted["keterkaitan"]]
    single = len(wanted["pelaksana"]) == 1
    wanted["kegiatan"] = [
        {**step, "pelaksana": step["pelaksana"] if single else None} for step in wanted["kegiatan"]
    ]
    form: dict[str, Any] = {key: value for key, value in imported[slug].form.items() if value is not None}
    named = [r["sop"] for r in form["keterkaitan"] if isinstance(r, dict)]
    assert set(named) <= {related.sop for related in catalogue.sop[slug].keterkaitan}
    form["keterkaitan"] = [r["teks"] if isinstance(r, dict) else r for r in form["keterkaitan"]]
    assert form == wanted


@pytest.mark.parametrize("slug", SLUGS[:2])
def test_a_lost_symbol_is_left_open_at_its_step(slug: str, imported: dict[str, Draft]) -> None:
    steps = imported[slug].form["kegiatan"]
    assert isinstance(steps, list)
    assert [step["pelaksana"] for step in steps if isinstance(step, dict)] == [None] * len(steps)
    places = [n.path for n in imported[slug].notes if n.said == "tidak ada tanda pelaksana di langkah ini"]
    assert places == [("kegiatan", n, "uraian") for n in range(len(steps))]


def test_without_registers_laws_and_actors_are_left_open() -> None:
    draft = read(SEED.read_bytes(), SEED.name, None)[1]
    assert draft.form["dasar_hukum"] == list(draft.new["hukum"])
    assert len(draft.new["hukum"]) == 8
    assert all(law["keyakinan"] == "belum-diperiksa" for law in draft.new["hukum"].values())
    assert draft.new["pelaksana"]["jfu"] == {"nama": "JFU"}
    assert any("unit tidak dikenal" in note.said for note in draft.notes)
