"""What a staged site offers beside its pages, and what the pages say of it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from msgspec.structs import replace

from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from generator.formats.open_data.lists import COLUMNS
from generator.formats.open_data.schema import SCHEMAS
from generator.model.klasifikasi import Klasifikasi
from generator.site.pages import sop_page
from tests.open_files import open_files
from tests.publish.staging import stage
from tests.render.test_open_data import validator

ROOT = Path(__file__).parents[2]


def everything() -> Catalogue:
    found, _ = read_catalogue(ROOT / "sop_data")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("buka") / "public"
    public = everything().for_audience(Audience.PUBLIK)
    stage(public, target, docs=ROOT / "docs", config=ROOT / "mkdocs.yml", data=ROOT / "sop_data")
    return target / "docs"


def test_every_address_of_a_record_is_a_file(staged: Path) -> None:
    whole = json.loads((staged / "data/sop.json").read_text(encoding="utf-8"))
    assert whole["jumlah"] == len(whole["sop"]) == 3
    for record in whole["sop"]:
        places = record["alamat"]
        for path in (places["data"], places["bpmn"], *places["gambar"], f"{places['halaman']}index.md"):
            assert (staged / path).is_file(), path
        own = json.loads((staged / places["data"]).read_text(encoding="utf-8"))
        schema = own.pop("$schema")
        assert own == record
        assert ((staged / places["data"]).parent / schema).resolve().is_file()
    with io.StringIO((staged / "data/sop.csv").read_text(encoding="utf-8-sig"), newline="") as text:
        assert [row["id"] for row in csv.DictReader(text)] == [record["id"] for record in whole["sop"]]


def test_every_link_to_a_file_leads_to_it(staged: Path) -> None:
    for page in staged.glob("sop/*/index.md"):
        whole = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        found = whole.select(".tombol a, .unduh a")
        assert len(found) == 10
        for link in found:
            target = (page.parent / str(link["href"])).resolve()
            assert target.is_file() or target.with_suffix(".md").is_file(), link
    written = (staged / "data-terbuka.md").read_text(encoding="utf-8")
    for path in re.findall(r"\]\((data/[^)]*)\)", written):
        assert (staged / path).is_file()


def test_the_page_on_open_data_names_every_column() -> None:
    text = (ROOT / "generator" / "default" / "docs" / "data-terbuka.md").read_text(encoding="utf-8")
    table = text.partition("## Kolom")[2].partition("\n## ")[0]
    named = [
        name
        for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    ]
    assert tuple(named) == COLUMNS


def test_the_search_leads_to_the_step_and_not_to_what_is_derived_from_it(staged: Path) -> None:
    page = BeautifulSoup(
        (staged / "sop/surat-dan-jadwal/index.md").read_text(encoding="utf-8"), "html.parser"
    )
    for kind in (".waktu", ".jejak", ".unduh"):
        (part,) = page.select(kind)
        assert part.has_attr("data-pagefind-ignore")


def test_the_head_of_a_page_holds_its_structured_data(staged: Path) -> None:
    text = (staged / "sop/surat-dan-jadwal/index.md").read_text(encoding="utf-8")
    (line,) = (line for line in text.splitlines() if line.startswith("data_terstruktur: "))
    found = json.loads(json.loads(line.partition(": ")[2]))
    assert found["@type"] == "HowTo"
    anchors = set(re.findall(r'id="(langkah-\d+)"', text))
    assert {step["url"].partition("#")[2] for step in found["step"]} == anchors


def test_what_is_seldom_asked_for_is_opened_by_its_heading(staged: Path) -> None:
    for page in staged.glob("sop/*/index.md"):
        whole = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        shut = [str(one["id"]) for one in whole.select("details.lipat > summary > h2")]
        assert [one for one in shut if one not in ("waktu", "dokumen")] == [
            "bagan",
            "rujukan",
            "versi",
            "unduh",
        ]
        assert "waktu" in shut
        inside = [one.select_one("details.lipat") for one in whole.select("div[class^=sop-]")]
        assert len([one for one in inside if one]) == len(shut)


def test_a_hidden_sop_leaves_no_file_and_no_word() -> None:
    whole = everything()
    hidden = replace(whole.sop["surat-dan-jadwal"], klasifikasi=Klasifikasi.INTERNAL)
    part = replace(whole, sop={**whole.sop, hidden.slug: hidden}).for_audience(Audience.PUBLIK)
    for path, content in open_files(part):
        assert "surat-dan-jadwal" not in path
        assert b"Surat dan Jadwal" not in content
        assert b"surat-dan-jadwal" not in content


def test_an_sop_without_a_flow_has_its_data_and_no_picture() -> None:
    whole = everything().for_audience(Audience.PUBLIK)
    bare = replace(whole.sop["surat-dan-jadwal"], alur=())
    part = replace(whole, sop={bare.slug: bare})
    files = dict(open_files(part))
    paths = list(files)
    validator(SCHEMAS[0]).validate(json.loads(files[f"data/sop/{bare.slug}.json"]))
    assert f"data/sop/{bare.slug}.json" in paths
    assert not [path for path in paths if path.endswith((".bpmn", ".svg"))]
    text = sop_page(bare, part, None).text()
    assert "#waktu" not in text
    assert ".bpmn" not in text


def test_the_same_data_gives_the_same_bytes() -> None:
    first, second = (dict(open_files(everything().for_audience(Audience.PUBLIK))) for _ in range(2))
    assert first == second
