"""Agencies that share one run of the engine have to the byte what it makes for each alone."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from generator.build.engine import shared
from generator.build.engine.engine import EngineOutput, run_engine
from generator.build.engine.shared import run_shared
from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from generator.model.registers import PortalUmum
from generator.site.base_templates import sort_of
from generator.site.handwritten.counts import marked
from generator.site.pages import listings
from generator.site.stage import Own, read_own
from tests.bench.scale.data import write_folder
from tests.publish.sites import ROOT

LIKE: tuple[dict[str, Any], ...] = (
    {
        "nama": "Dinas Kesehatan Kabupaten Badung",
        "singkatan": "Dinkes",
        "situs": "https://sop.badung.go.id/dinkes",
    },
    {
        "nama": "Dinas Sosial, Provinsi Bali (UPTD 2)",
        "singkatan": "DINSOS",
        "situs": "https://sop.go.id:8443/a/b-c",
    },
    {"nama": "Nama", "singkatan": "SOP", "situs": "https://nama.go.id/nama", "email": "x.y+z@nama.go.id"},
)
"""Agencies that differ in their words alone."""
UNLIKE: tuple[dict[str, Any], ...] = (
    {"nama": "Dinas Perikanan & Kelautan", "singkatan": "D<b>P", "lisensi_data": 'a"b'},
    {"nama": "Dinas Énergi", "singkatan": "zqnama-zq", "alamat": ("*Jalan* `x`", "  ")},
    {"nama": "", "singkatan": "-", "web": "https://x.go.id/?a=1&b=2", "situs": "https://x.go.id/é/../b"},
)
"""Agencies whose words could mean something to the engine, or are not there."""
AWKWARD = {
    "kecil": "{{ nama_instansi | lower }} dan {{ singkatan_instansi|upper }}",
    "panjang": "{{ nama_instansi | length }} huruf",
    "syarat": "{% if singkatan_instansi == 'Dinkes' %}ya{% else %}tidak{% endif %}",
    "acuan": "Lihat [{{ nama_instansi }}].\n\n[Dinas Kesehatan Kabupaten Badung]: https://contoh.go.id",
    "kode": "Tulis `{{ nama_instansi }}` dan `{{ surel_instansi }}`.",
    "tanda": "Kata ZQnama-ZQ.",
    "kembar": "## Dinkes\n\n## {{ singkatan_instansi }}\n\n## Nama\n\n## {{ nama_instansi }}",
}
PLAIN = (
    "# Tentang {{ nama_instansi }}\n\n## {{ singkatan_instansi }}, tugasnya\n\n"
    "- **{{ singkatan_instansi }}**\n\n"
    "| a | b |\n| --- | --- |\n| {{ nama_instansi }} | {{ lisensi_data }} |\n\n"
    '<p title="{{ nama_instansi }}">{% if surel_instansi %}{{ surel_instansi }}{% endif %}</p>\n'
)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    read, _ = read_catalogue(write_folder(tmp_path_factory.mktemp("bersama") / "data", 2))
    assert read is not None
    return replace(read, portal=PortalUmum(nama="SOP Kabupaten"))


def read(catalogue: Catalogue, docs: Path) -> Own:
    return marked(read_own(catalogue, docs, ROOT / "mkdocs.yml"), catalogue)


def both(
    catalogue: Catalogue, agency: dict[str, Any], docs: Path, work: Path
) -> tuple[EngineOutput, EngineOutput]:
    """What the engine makes of an agency, shared and alone."""
    own = replace(catalogue, instansi=replace(catalogue.instansi, logo=None, **agency))
    part = own.for_audience(Audience.PUBLIK)
    written = read(part, docs)
    pages = (one.page for one in listings((), part, None))
    sorts = sorted({sort_of(page, written.menu) for page in pages})
    asked = (written, part, work / "bersama", sorts, tuple, partial(read, docs=docs))
    ours = run_shared(*asked, docs=docs, data=docs.parent)
    return ours, run_engine(written, part, work / "sendiri", sorts, docs=docs, data=docs.parent)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders that the engine was run in for what is shared or was to be."""
    seen: list[str] = []

    def run(own: Own, catalogue: Catalogue, work: Path, *more: Any, **named: Any) -> EngineOutput:
        seen.append(work.name)
        return run_engine(own, catalogue, work, *more, **named)

    monkeypatch.setattr(shared, "run_engine", run)
    monkeypatch.setattr(shared, "_MADE", {})
    return seen


def test_one_run_serves_all_that_are_alike(catalogue: Catalogue, tmp_path: Path, runs: list[str]) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "tentang.md").write_text(
        f"---\ntitle: Tentang {{{{ nama_instansi }}}}\npembaca: publik\n---\n\n{PLAIN}"
    )
    for number, agency in enumerate(LIKE[:2]):
        full = {
            "alamat": ("Jl. Merdeka No. 1", "Badung"),
            "email": "a@b.go.id",
            "lisensi_data": "CC BY 4.0",
            **agency,
        }
        ours, alone = both(catalogue, full, docs, tmp_path / str(number))
        assert ours == alone
        assert agency["nama"] in ours.pages["tentang/index.html"]
    assert runs == ["bersama-bersama"]


@pytest.mark.parametrize("agency", [*UNLIKE, LIKE[2]])
def test_any_agency_has_what_it_would_have_alone(
    agency: dict[str, Any], catalogue: Catalogue, tmp_path: Path, runs: list[str]
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "tentang.md").write_text(f"---\ntitle: Tentang\npembaca: publik\n---\n\n{PLAIN}")
    ours, alone = both(catalogue, agency, docs, tmp_path)
    assert ours == alone


@pytest.mark.parametrize("name", AWKWARD)
def test_a_page_that_does_more_with_a_word_than_show_it(
    name: str, catalogue: Catalogue, tmp_path: Path, runs: list[str]
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    text = f"---\ntitle: Judul {name}\npembaca: publik\n---\n\n{AWKWARD[name]}\n"
    (docs / f"{name}.md").write_text(text, encoding="utf-8")
    ours, alone = both(catalogue, LIKE[0], docs, tmp_path)
    assert ours == alone
    assert runs[-1] == "bersama"


def test_titles_may_do_more_too(catalogue: Catalogue, tmp_path: Path, runs: list[str]) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for number, title in enumerate(("{{ nama_instansi | length }}", "{{ nama_instansi | lower }}")):
        text = f"---\ntitle: 'Judul {title}'\npembaca: publik\n---\n\n# {{{{ nama_instansi }}}}\n"
        (docs / f"h{number}.md").write_text(text, encoding="utf-8")
    ours, alone = both(catalogue, LIKE[0], docs, tmp_path)
    assert ours == alone
