"""The front door and the list of SOPs: what stands there, without a script and with it."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec.structs import replace
from playwright.sync_api import Browser

from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from generator.formats.html import html
from generator.formats.html.html import Links
from generator.formats.html.pagination import Paginator
from generator.model.order import natural
from generator.model.registers import Pelaksana
from generator.model.sop import SOP
from generator.site.lists.front import front
from generator.site.lists.sops import NO_LENGTHS, Lengths, length, sop_list, told_apart
from tests.publish.conftest import Site
from tests.publish.sites import write_data

DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    data = tmp_path_factory.mktemp("depan") / "data"
    write_data(data)
    read, _ = read_catalogue(data)
    assert read is not None
    return read.for_audience(Audience.PUBLIK, DAY)


@given(st.lists(st.integers(0, 10**30)), st.text(), st.text())
def test_numbers_in_names_are_compared_as_numbers(numbers: list[int], before: str, after: str) -> None:
    plain = before.rstrip("0123456789")
    names = [f"{plain}{number} {after}" for number in numbers]
    wanted = [f"{plain}{number} {after}" for number in sorted(numbers)]
    assert sorted(names, key=natural) == wanted


@given(st.text(), st.text())
def test_any_two_names_have_an_order(one: str, other: str) -> None:
    assert (natural(one) < natural(other)) or (natural(one) >= natural(other))


def test_every_sop_and_every_busy_actor_stands_at_the_door(catalogue: Catalogue) -> None:
    said = str(front(catalogue, Links(catalogue, ""), DAY).html())
    if len(catalogue.sop) <= 20:
        assert all(f'href="sop/{slug}/"' in said for slug in catalogue.sop)
    else:
        assert all(f'href="unit/{id}/"' in said for id, slugs in catalogue.of_unit.items() if slugs)
    assert said.count('href="pelaksana/') >= 3
    assert '<form action="sop/"' in said


def listed(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(html, "_LONG", 1)
    found: Paginator[SOP] = sop_list("sop/", catalogue.sop, catalogue, DAY, "Semua SOP")
    return str(found.whole(Links(catalogue, "../")).html())


def test_the_list_says_how_each_sop_stands_and_shows_strong_guesses(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = listed(catalogue, monkeypatch)
    assert said.count("<tr data-unit=") == len(catalogue.sop)
    assert said.count("status-baik") + said.count("status-lain") == len(catalogue.sop)
    assert ">Berlaku<" in said
    guesses = sum(len(sop.dugaan) for sop in catalogue.sop.values())
    assert guesses
    assert said.count("Dugaan: ") == guesses


def test_one_badge_in_a_row_is_loud(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """The word of status; what else is to be known of an SOP stands beside it in plain words."""
    rows = listed(catalogue, monkeypatch).split("<tr data-")[1:]
    assert rows
    assert [row.count("lencana") for row in rows] == [1] * len(rows)


def test_known_lengths_are_those_that_would_be_reckoned(catalogue: Catalogue) -> None:
    lengths = {slug: length(sop, catalogue) for slug, sop in catalogue.sop.items()}
    links = Links(catalogue, "../")

    def whole(known: Lengths = NO_LENGTHS) -> Markup:
        return sop_list("sop/", catalogue.sop, catalogue, DAY, "Semua", lengths=known).whole(links).html()

    assert whole(lengths) == whole()


def test_actors_of_one_name_are_told_apart_and_no_others(catalogue: Catalogue) -> None:
    """By what all of them have and differ in; of one that has less than the others, by the next thing."""
    one, two, *_ = catalogue.pelaksana.values()
    unit = next(iter(catalogue.unit))
    made = [
        Pelaksana(id="a", nama="Kasi", lengkap="Kepala Seksi Data"),
        Pelaksana(id="b", nama="Kasi", lengkap="Kepala Seksi Aduan", unit=unit),
        Pelaksana(id="c", nama="Staf", lengkap="Staf Data"),
        replace(one, nama="Loket", unit=None),
        replace(two, nama="Loket", unit=None),
    ]
    said = told_apart(made, catalogue)
    assert [said[id] for id in "abc"] == ["Kepala Seksi Data", "Kepala Seksi Aduan", ""]
    pair = said[one.id], said[two.id]
    assert pair == ("", "") or pair[0] != pair[1]


@pytest.mark.browser
def test_choices_narrow_the_list_to_the_rows_that_have_them(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    """Of every choice the first value: the rows that are left have it, those that are gone do not."""
    page = browser.new_page()
    page.goto((site.out / "internal" / "sop" / "index.html").as_uri())
    names = page.locator(".saring-pilihan select").evaluate_all("all => all.map(e => e.name)")
    assert {"pelaksana", "status"} <= set(names)
    for name in names:
        select = page.locator(f".saring-pilihan select[name={name}]")
        value = select.locator("option").nth(1).get_attribute("value")
        select.select_option(value)
        told = page.locator("tbody > tr").evaluate_all(
            "(rows, name) => rows.map(r => [r.dataset[name].split('|'), r.checkVisibility()])", name
        )
        assert all((value in has) == shown for has, shown in told)
        assert any(shown for _, shown in told)
        select.select_option("")
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_the_field_of_the_home_page_is_the_search(browser: Browser, site: Site, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((site.out / "public" / "index.html").as_uri())
    field = page.locator("main #cari-isian")
    before = field.bounding_box()
    field.click()
    page.keyboard.type("jadwal")
    hit = page.locator("#cari-hasil a[href]").first
    hit.wait_for()
    assert "surat-dan-jadwal" in str(page.locator("#cari-hasil").inner_html())
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert not page.locator("#cari-hasil").is_visible()
    assert field.bounding_box() == before
    page.close()


@pytest.mark.browser
def test_the_home_page_works_without_a_script(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site.out / "public" / "index.html").as_uri())
    page.get_by_role("searchbox", name="Cari SOP atau langkah").fill("jadwal")
    action = page.locator("form[role=search]").get_attribute("action")
    assert action == "sop/"
    page.get_by_role("link", name="Kasi", exact=True).click()
    assert "/pelaksana/kasi/" in page.url
    context.close()


def test_the_zip_holds_the_very_files_and_the_terms(site: Site) -> None:
    for audience in ("public", "internal"):
        data = site.out / audience / "data"
        with zipfile.ZipFile(data / "semua.zip") as whole:
            names = set(whole.namelist())
            assert {"BACA-SAYA.txt", "sop.csv", "sop.json"} < names
            for name in names - {"BACA-SAYA.txt"}:
                folder = data.parent if name == "llms.txt" else data
                assert whole.read(name) == (folder / name).read_bytes(), name
            assert "Lisensi data" in whole.read("BACA-SAYA.txt").decode()


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_the_zips_of_units_hold_all_that_lies_beside_their_sops(site: Site, audience: str) -> None:
    top, found = site.out / audience, list[str]()
    for path in (top / "data" / "unit").glob("*.zip"):
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist()) - {"BACA-SAYA.txt"}
            assert packed.testzip() is None
            assert "Lisensi data" in packed.read("BACA-SAYA.txt").decode()
            for name in names:
                assert packed.read(name) == (top / name).read_bytes(), name
            found += names
        link = f'href="../../data/unit/{path.name}"'
        assert link in (top / "unit" / path.stem / "index.html").read_text(encoding="utf-8")
    beside = [*(top / "data" / "sop").rglob("*.json"), *(top / "sop").glob("*/*.*")]
    elsewhere = re.compile(r"\.(html|pdf|docx|png)$|\.sematan\.htm$|/index\.md\.txt$")
    there = [path.relative_to(top).as_posix() for path in beside]
    assert sorted(found) == sorted(name for name in there if not elsewhere.search(name))
