"""The seed file becomes the three SOPs: all that its text says, and nothing that it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.data.catalogue import Catalogue
from generator.data.sources import read_catalogue
from generator.data.writing.form import sop_form
from generator.reading.tables.draft import Draft, drafts
from generator.reading.tables.grid import read_sheets

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
    (sheet,), problems = read_sheets(SEED.read_bytes(), SEED.name)
    assert not problems
    return dict(zip(SLUGS, drafts(sheet, catalogue), strict=True))


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
    form = {key: value for key, value in imported[slug].form.items() if value is not None}
    assert form == wanted


@pytest.mark.parametrize("slug", SLUGS[:2])
def test_a_lost_symbol_is_left_open_at_its_step(slug: str, imported: dict[str, Draft]) -> None:
    steps = imported[slug].form["kegiatan"]
    assert isinstance(steps, list)
    places = [where for where, _ in imported[slug].open]
    assert all(("kegiatan", n, "pelaksana") in places for n in range(len(steps)))


def test_without_registers_laws_and_actors_are_left_open() -> None:
    (sheet,), _ = read_sheets(SEED.read_bytes(), SEED.name)
    draft = drafts(sheet, None)[1]
    assert "dasar_hukum" not in draft.form
    said = [message for _, message in draft.open]
    assert sum(message.startswith("belum ada di hukum.yml: ") for message in said) == 8
    assert "pelaksana 'JFU' belum ada di pelaksana.yml" in said
    assert any("unit belum diketahui" in message for message in said)
