"""A site that is opened from a folder, as from a USB stick: links and the search lead to pages and files."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.publish.conftest import Site

pytestmark = pytest.mark.browser
KINDS = [
    "index.html",
    "sop/index.html",
    "sop/surat-dan-jadwal/index.html",
    "sop/surat-dan-jadwal/surat-dan-jadwal.dibacakan.htm",
    "unit/index.html",
    "pelaksana/kasi/index.html",
    "hukum/index.html",
    "peta/index.html",
    "perubahan/index.html",
    "berlaku/index.html",
    "data-terbuka/index.html",
]
ADDRESSES = """
[...document.querySelectorAll("a[href]")].map(a => new URL(a.getAttribute("href"), document.baseURI).href)
"""


def opened(browser: Browser, path: Path) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("name", KINDS)
def test_every_link_leads_to_a_file(browser: Browser, site: Site, name: str) -> None:
    page = opened(browser, site.out / "public" / name)
    page.wait_for_function("document.readyState === 'complete'")
    addresses = page.evaluate(ADDRESSES)
    local = [unquote(urlsplit(address).path) for address in addresses if address.startswith("file:")]
    assert local
    assert [path for path in local if not Path(path).is_file()] == []


def test_clicks_go_from_page_to_page(browser: Browser, site: Site) -> None:
    page = opened(browser, site.out / "public" / "index.html")
    page.locator("a[href$='/public/sop/index.html']:visible").first.click()
    page.wait_for_url("**/sop/index.html")
    page.locator("main a[href*='surat-dan-jadwal']").first.click()
    page.wait_for_url("**/sop/surat-dan-jadwal/index.html")
    assert page.locator("h1").inner_text()


def test_what_is_searched_is_found_and_opened(browser: Browser, site: Site) -> None:
    page = opened(browser, site.out / "public" / "hukum" / "index.html")
    page.locator("#cari-isian").fill("jadwal")
    page.locator("#cari-hasil a[href*='surat-dan-jadwal']").first.click()
    page.wait_for_url("**/sop/surat-dan-jadwal/index.html*")
