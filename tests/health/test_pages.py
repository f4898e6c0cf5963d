"""The pages and tables: every figure leads to what it counts, and none of it is for the public."""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from click.testing import CliRunner
from hypothesis import given, settings

from generator.cli import main
from generator.data.catalogue import Audience, Catalogue
from generator.data.health import ISIAN, assess
from generator.data.sources import read_catalogue
from generator.site.health_pages import health_files, health_pages
from generator.site.lists import health as pages
from generator.site.lists.health_data import COLUMNS, FINDING_COLUMNS, work
from tests.health.catalogues import catalogues, internal
from tests.publish.sites import write_data
from tests.publish.staging import all_pages

ROOT = Path(__file__).parents[2]
DAY = date(2026, 1, 15)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The real SOPs, SOPs of hostile text, hidden ones."""
    found, problems = read_catalogue(write_data(tmp_path_factory.mktemp("sehat") / "data"))
    assert found is not None, problems
    return found


def bodies(catalogue: Catalogue, day: date | None = DAY) -> dict[str, BeautifulSoup]:
    pages = (listing.whole() for listing in health_pages(catalogue, day))
    return {page.path: BeautifulSoup(page.text(), "html.parser") for page in pages}


def table(catalogue: Catalogue, day: date | None = DAY, name: str = "kesehatan") -> list[dict[str, str]]:
    content = dict(health_files(catalogue, day))[f"kesehatan/{name}.csv"]
    with io.StringIO(content.decode("utf-8-sig"), newline="") as text:
        return list(csv.DictReader(text))


def rows(page: BeautifulSoup, caption: str) -> list[Tag]:
    (found,) = (one for one in page.select("table") if caption in one.select("caption")[0].text)
    return found.select("tbody tr")


def test_nothing_of_it_is_made_for_the_public(hostile: Catalogue) -> None:
    public = hostile.for_audience(Audience.PUBLIK)
    assert [*health_pages(public, DAY), *health_files(public, DAY)] == []
    assert [page.path for page in all_pages(public, DAY) if "kesehatan" in page.text().lower()] == []
    assert "kesehatan/" in {page.path for page in all_pages(internal(hostile), DAY)}


def test_every_figure_of_what_is_to_be_done_is_the_length_of_the_list_it_leads_to(hostile: Catalogue) -> None:
    catalogue = internal(hostile)
    made = {
        page.path: BeautifulSoup(page.text(), "html.parser")
        for page in all_pages(catalogue, DAY)
        if not page.path.startswith(("sop/", "pelaksana/", "hukum/", "unit/"))
    }
    figures = {}
    for row in rows(made["kesehatan/"], "Yang perlu dikerjakan"):
        (link,) = row.select("td a")
        path, _, anchor = str(link["href"]).partition("#")
        target = made[posixpath.normpath(posixpath.join("kesehatan", path)) + "/" if path else "kesehatan/"]
        count = int(link.text.split()[0])
        figures[row.th.text if row.th else ""] = count, listed(target, anchor, row)
    assert len(figures) >= 10
    assert {name: pair for name, pair in figures.items() if pair[0] != pair[1]} == {}


def listed(page: BeautifulSoup, anchor: str, row: Tag) -> int:
    """How many things a page lists under an anchor, or in all."""
    if not anchor:
        return len(page.select("tbody tr"))
    (heading,) = page.select(f"summary:has(> #{anchor})") or page.select(f"#{anchor}")
    after: list[Tag] = []
    for one in heading.find_next_siblings():
        if one.name in ("h1", "h2", "h3") and one.name <= heading.name:
            break
        after.append(one)
    rows = [found for one in after for found in one.select("tbody tr")]
    if anchor == "hukum" and rows:
        state = next(word for word in ("dicabut", "diragukan", "belum diperiksa") if word in row.text)
        return sum(found.select("td")[0].text.startswith(state) for found in rows)
    return len(rows) or sum(len(one.select("li")) if one.name != "li" else 1 for one in after)


def test_every_field_leads_to_the_sops_that_leave_it_blank(hostile: Catalogue) -> None:
    catalogue = internal(hostile)
    health, made = assess(catalogue, DAY), bodies(catalogue)
    for found in health.fields:
        path = pages.field_path(found.field)
        assert (path in made) == bool(found.missing)
        if found.missing:
            urls = [row.select("th a")[0]["href"] for row in made[path].select("tbody tr")]
            assert urls == [f"../../../sop/{slug}/" for slug in found.missing]
    assert sum(path.startswith("kesehatan/unit/") for path in made) == len(health.units)
    for unit in health.units:
        names = made[pages.unit_path(unit.unit)].select("tbody th a")
        assert [a["href"] for a in names] == [f"../../../sop/{slug}/" for slug in unit.sops]


def test_a_long_list_is_cut_and_tells_how_many_each_unit_has(
    hostile: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MAX_LISTED", 2)
    catalogue = internal(hostile)
    total = assess(catalogue, DAY).total.no_number
    first, units = bodies(catalogue)["kesehatan/isian/nomor/"].select("table")
    assert len(first.select("tbody tr")) == 2 < total
    assert sum(int(row.select("td")[0].text) for row in units.select("tbody tr")) == total


def test_no_text_of_an_sop_becomes_markup(hostile: Catalogue) -> None:
    made = bodies(internal(hostile))
    assert "{{ 7*7 }}" in "".join(page.text for page in made.values())
    for path, page in made.items():
        assert page.select("script, img, style, [style], [onerror]") == [], path


@settings(max_examples=60, deadline=None)
@given(catalogues())
def test_bars_and_words_say_the_same_and_100_percent_is_said_of_what_is_whole(everything: Catalogue) -> None:
    for path, page in bodies(internal(everything)).items():
        for cell in page.select("td.batang-sel"):
            said = re.search(r"(\d+) % \((\d+) dari (\d+)\)", cell.text)
            if said is None:
                assert "tidak ada yang dihitung" in cell.text
                assert cell.svg is None
                continue
            share, filled, counted = (int(number) for number in said.groups())
            assert (share == 100) == (filled == counted), path
            width = float(str(cell.select("rect.waktu-kerja")[0]["width"]).rstrip("%"))
            assert abs(width - 100 * filled / counted) < 0.01
            assert abs(share - 100 * filled / counted) <= 0.5 or share in (1, 99)
            assert (share == 0) == (filled == 0)


@settings(max_examples=60, deadline=None)
@given(catalogues())
def test_the_tables_hold_what_the_pages_show(everything: Catalogue) -> None:
    catalogue = internal(everything)
    health = assess(catalogue, DAY)
    found = table(catalogue)
    assert [row["id"] for row in found] == list(health.sops)
    assert sum(int(row["isian_terisi"]) for row in found) == health.total.filled
    for field in health.fields:
        blank = [row["id"] for row in found if row[field.field].startswith("kosong")]
        assert blank == list(field.missing)
    assert sum(row["tinjauan"] == "terlambat" for row in found) == health.total.overdue
    findings = [row["temuan"] for row in table(catalogue, name="temuan")]
    assert findings.count("isian-kosong") == health.total.counted - health.total.filled
    figures = {one.key: one.many for one in work(health, "hukum.yml")}
    for kind, key in (
        *(("tinjau-ulang-terlambat", "terlambat"), ("tinjau-ulang-segera", "segera")),
        *(("tinjau-ulang-tanpa-tanggal", "tanpa-tanggal"), ("dugaan", "dugaan")),
        *(("peraturan-dicabut", "dicabut"), ("bacaan-peraturan", "bacaan")),
        *(("pelaksana-tidak-dipakai", "sisa-pelaksana"), ("unit-tanpa-sop", "sisa-unit")),
    ):
        assert findings.count(kind) == figures[key], kind


@settings(max_examples=30, deadline=None)
@given(catalogues())
def test_no_cell_is_a_formula(everything: Catalogue) -> None:
    catalogue = internal(everything)
    for name, heading in (("kesehatan", COLUMNS), ("temuan", FINDING_COLUMNS)):
        for row in table(catalogue, name=name):
            assert tuple(row) == heading
            assert [cell for cell in row.values() if cell.startswith(("=", "+", "@", "\t"))] == []


def test_two_of_three_are_67_percent_and_managers_read_no_file_names(hostile: Catalogue) -> None:
    assert pages._bar(2, 3)["teks"] == "67 % (2 dari 3)"
    made = bodies(internal(hostile), None)
    said = {path: page.text for path, page in made.items()}
    assert [path for path, text in said.items() if re.search(r"\w\.yml\b|--\w", text)] == []


def test_without_a_day_no_review_is_judged(hostile: Catalogue) -> None:
    made = bodies(internal(hostile), None)
    (row,) = (r for r in rows(made["kesehatan/"], "Yang perlu dikerjakan") if "Terlambat" in r.text)
    assert "tidak dinilai" in row.text
    assert not made["kesehatan/tinjau-ulang/"].select("#terlambat")
    assert {row["tinjauan"] for row in table(internal(hostile), None)} == {"tidak dinilai"}


def test_the_page_names_every_field_that_counts_and_why_others_do_not(hostile: Catalogue) -> None:
    page = bodies(internal(hostile))["kesehatan/"]
    assert len(rows(page, "Isian formulir yang dihitung")) == len(ISIAN)
    for name in ("Nama SOP", "Keterkaitan", "NIP", "Keterangan", "Tanggal Revisi pada versi pertama"):
        assert name in page.text.partition("Tidak dihitung:")[2]


def test_the_guide_names_every_column_of_the_tables() -> None:
    text = (ROOT / "generator" / "default" / "docs" / "penerbitan.md").read_text(encoding="utf-8")
    section = text.partition("## Kesehatan SOP")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    assert tuple(name for cell in cells for name in re.findall(r"`(\w+)`", cell)) == COLUMNS
    assert tuple(re.findall(r"`(\w+)`", section.rpartition("dikerjakan: ")[2])) == FINDING_COLUMNS


def test_the_command_prints_the_same(tmp_path: Path) -> None:
    data = write_data(tmp_path / "data")
    base = ["health", "--data", str(data), "--date", DAY.isoformat()]
    found, _ = read_catalogue(data)
    assert found is not None
    catalogue = internal(found)
    said = CliRunner().invoke(main, [*base, "--csv"])
    assert said.stdout_bytes == dict(health_files(catalogue, DAY))["kesehatan/kesehatan.csv"]
    record = json.loads(CliRunner().invoke(main, [*base, "--json"]).output)
    total = assess(catalogue, DAY).total
    assert (record["jumlah"]["sop"], record["jumlah"]["isian_terisi"]) == (total.sops, total.filled)
    kinds = [found["temuan"] for found in record["temuan"]]
    assert kinds == [row["temuan"] for row in table(catalogue, name="temuan")]
    plain = CliRunner().invoke(main, base)
    assert plain.exit_code == 0
    assert "Semua unit" in plain.output
    (data / "unit.yml").write_text("x: [", encoding="utf-8")
    assert CliRunner().invoke(main, base).exit_code == 1
