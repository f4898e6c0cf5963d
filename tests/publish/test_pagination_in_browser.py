"""Lists in parts in a real browser: what narrows one says that it does so here only; a day goes along."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.publish.conftest import SHORT, Site
from tests.publish.test_accessible import faults, opened
from tests.publish.test_pages_in_browser import visit

pytestmark = pytest.mark.browser
PARTS = {
    "daftar": "sop/index.html",
    "daftar-lain": "daftar/sop/2/index.html",
    "berlaku": "daftar/berlaku/2/index.html",
    "perubahan": "daftar/perubahan/2/index.html",
    "peta": "peta/index.html",
    "hukum": "daftar/hukum/2/index.html",
    "tugas": "daftar/pelaksana/kasi/2/index.html",
    "masalah": "daftar/masalah/3/index.html",
    "dugaan": "daftar/dugaan/2/index.html",
}


@pytest.mark.parametrize("kind", PARTS)
def test_axe_finds_nothing_and_it_reflows(browser: Browser, parted_site: Site, kind: str) -> None:
    page = opened(browser, parted_site, PARTS[kind], 1280)
    page.evaluate("document.querySelectorAll('nav.bagian details').forEach(one => { one.open = true })")
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert faults(page, 1280, 390, 320) == []
    page.context.close()


def test_what_narrows_a_part_says_so_and_leads_to_the_search(browser: Browser, parted_site: Site) -> None:
    page, wrong = visit(browser, parted_site, "sop/index.html", 390)
    page.get_by_label("Saring bagian ini").fill("versi")
    page.get_by_text(f" dari {SHORT} cocok di bagian ini.").wait_for()
    assert page.get_by_text("Bagian lain tidak ikut disaring.").is_visible()
    page.get_by_role("button", name="Cari di seluruh situs").click()
    search = page.get_by_role("combobox", name="Cari SOP atau langkah")
    assert search.is_visible()
    assert search.input_value() == "versi"
    assert page.evaluate("document.activeElement.id") == "cari-isian"
    assert [message for message in wrong if "fetch" not in message.lower()] == []
    page.context.close()


def test_the_day_goes_along_to_the_other_parts(browser: Browser, parted_site: Site) -> None:
    page, wrong = visit(browser, parted_site, "berlaku/index.html", 1280)

    def days() -> set[str]:
        links = page.locator("nav.bagian a")
        assert links.count() > 1
        return {url.partition("?")[2] for url in links.evaluate_all("all => all.map(one => one.href)")}

    assert days() == {""}
    page.get_by_label("Berlaku pada tanggal").fill("2021-06-01")
    page.get_by_text("Di bagian ini, pada 1 Juni 2021:").wait_for()
    assert days() == {"tanggal=2021-06-01"}
    ahead = page.locator("nav.bagian a[rel=next]").first.get_attribute("href") or ""
    page.goto(ahead.replace("/?", "/index.html?"))
    assert page.get_by_label("Berlaku pada tanggal").input_value() == "2021-06-01"
    page.get_by_text("Di bagian ini, pada 1 Juni 2021:").wait_for()
    assert days() == {"tanggal=2021-06-01"}
    page.get_by_role("button", name="Semua versi").click()
    assert days() == {""}
    assert wrong == []
    page.context.close()


def leads_on(page: Page) -> bool:
    return page.get_by_role("link", name="Berikutnya, bagian 3").first.is_visible()


def test_without_a_script_the_way_is_there_and_on_paper_where_one_is(
    browser: Browser, parted_site: Site
) -> None:
    page, _ = visit(browser, parted_site, "daftar/masalah/2/index.html", 390, java_script_enabled=False)
    assert leads_on(page)
    page.get_by_text("Semua bagian").click()
    assert page.locator("nav.bagian ol a[aria-current=page]").is_visible()
    page.emulate_media(media="print")
    assert page.locator("nav.bagian > p").is_visible()
    assert not leads_on(page)
    assert not page.locator("nav.bagian summary").is_visible()
    page.context.close()
