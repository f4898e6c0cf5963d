"""Every kind of page to axe-core in a real browser; keyboard, reflow, large letters, forced colours.

``npm install --prefix tests/npm`` brings axe-core; without it the tests are skipped with the reason.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.publish.conftest import Site

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[1] / "npm" / "node_modules" / "axe-core" / "axe.min.js"
KINDS = {
    "beranda": "index.html",
    "daftar": "sop/index.html",
    "sop": "sop/surat-dan-jadwal/index.html",
    "sop-dugaan": "sop/pembentukan-kim/index.html",
    "unit-daftar": "unit/index.html",
    "unit": "unit/dinas-komunikasi-dan-informatika/index.html",
    "unit-buku": "unit/seksi-pemberdayaan-kelompok-komunikasi-masyarakat/index.html",
    "pelaksana-daftar": "pelaksana/index.html",
    "pelaksana": "pelaksana/kasi/index.html",
    "hukum-daftar": "hukum/index.html",
    "hukum": "hukum/uu-uji/index.html",
    "peta": "peta/index.html",
    "masalah": "masalah/index.html",
    "dugaan": "dugaan/index.html",
    "kesehatan": "kesehatan/index.html",
    "kesehatan-unit": "kesehatan/unit/seksi-pemberdayaan-kelompok-komunikasi-masyarakat/index.html",
    "kesehatan-tinjau": "kesehatan/tinjau-ulang/index.html",
    "perubahan": "perubahan/index.html",
    "berlaku": "berlaku/index.html",
    "riwayat": "sop/uji-versi/riwayat/index.html",
    "banding": "sop/uji-versi/banding/1-4/index.html",
    "versi-lama": "sop/uji-versi/versi/1/index.html",
    "rancangan": "sop/uji-versi/versi/3/index.html",
    "dicabut": "sop/uji-dicabut/index.html",
    "tulisan": "aksesibilitas/index.html",
    "tulisan-tabel": "cara-membaca/index.html",
    "panduan": "panduan-pemelihara/index.html",
}
RULES = """{runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
  'best-practice']}, rules: {'label-content-name-mismatch': {enabled: true}, 'target-size': {enabled: true}},
  resultTypes: ['violations']}"""


def opened(browser: Browser, site: Site, path: str, width: int, scheme: str = "light") -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,  # axe is a script of ours, not of the site's
    )
    page = context.new_page()
    page.goto((site.out / "internal" / path).as_uri())
    page.add_style_tag(content="* { transition: none !important }")  # colours as they are in the end
    return page


def faults(page: Page, *widths: int) -> list[tuple[int, str, str, list[str]]]:
    """What axe-core finds on a page at these widths, light and dark. Skips where it is not installed."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm install --prefix tests/npm")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("default", "slate"):
            page.evaluate("name => document.body.setAttribute('data-md-color-scheme', name)", scheme)
            for fault in page.evaluate(f"axe.run(document, {RULES})")["violations"]:
                found.append(
                    (width, scheme, fault["id"], [node["html"][:120] for node in fault["nodes"][:3]])
                )
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(browser: Browser, site: Site, kind: str) -> None:
    page = opened(browser, site, KINDS[kind], 1280)
    assert faults(page, 1280, 390) == []
    page.context.close()


def test_axe_would_find_something(browser: Browser, site: Site) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm install --prefix tests/npm")
    page = opened(browser, site, KINDS["beranda"], 390)
    page.evaluate("document.querySelector('article').append(document.createElement('img'))")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {RULES})")["violations"]
    assert [fault["id"] for fault in found] == ["image-alt"]
    page.context.close()


@pytest.mark.parametrize(
    "kind",
    [
        *("beranda", "daftar", "sop", "pelaksana", "unit", "hukum", "peta", "tulisan"),
        *("kesehatan", "kesehatan-unit", "perubahan", "berlaku", "riwayat", "banding", "versi-lama"),
    ],
)
def test_it_reflows_at_320_and_in_letters_twice_as_large(browser: Browser, site: Site, kind: str) -> None:
    page = opened(browser, site, KINDS[kind], 320)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    page.evaluate("document.documentElement.style.fontSize = '250%'")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(wide) <= 0
    page.context.close()


def test_everything_that_can_be_used_is_reached_by_keyboard(browser: Browser, site: Site) -> None:
    page = opened(browser, site, KINDS["sop"], 390)
    usable = """() => [...document.querySelectorAll('a[href], button, input, [tabindex="0"]')].filter(e =>
      e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0 && e.type !== 'radio')"""
    seen = page.evaluate_handle("new Set()")
    for _ in range(page.evaluate(f"({usable})().length") + 20):
        page.keyboard.press("Tab")
        page.evaluate("seen => seen.add(document.activeElement)", seen)
    missed = page.evaluate(f"seen => ({usable})().filter(e => !seen.has(e)).map(e => e.outerHTML)", seen)
    assert missed == []
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["", "tanpa-skrip"])
def test_the_menu_is_a_drawer_with_five_entries(browser: Browser, site: Site, scripts: bool) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto((site.out / "public" / KINDS["sop"]).as_uri())
    drawer, button = page.locator("nav.menu-laci"), page.locator("details.menu > summary")
    assert not drawer.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert drawer.is_visible()
    main = ["Daftar SOP", "Tugas saya", "Unit kerja", "Dasar hukum", "Perubahan"]
    assert drawer.get_by_role("link").all_inner_texts() == [*main, "Halaman lain"]
    page.keyboard.press("Tab")
    assert drawer.get_by_role("link").first.evaluate("e => e === document.activeElement") or not scripts
    if scripts:
        page.keyboard.press("Escape")
        assert not drawer.is_visible()
        assert button.evaluate("e => e === document.activeElement")
        button.click()
        page.mouse.click(380, 700)
        assert not drawer.is_visible()
        button.click()
    drawer.get_by_role("link", name="Tugas saya").click()
    assert page.url.endswith("/pelaksana/index.html") or "/pelaksana/" in page.url
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("kind", ["beranda", "daftar", "sop", "panduan"])
def test_what_has_the_focus_is_never_hidden(browser: Browser, site: Site, kind: str, width: int) -> None:
    """WCAG 2.4.11: nothing that the keyboard comes to lies below what stays in place; forwards and back."""
    page = opened(browser, site, KINDS[kind], width)
    hidden = """() => { const e = document.activeElement, r = e.getBoundingClientRect();
      if (e === document.body || e.closest('.md-header, .md-skip') || !r.width) return null;
      const bar = document.querySelector('.md-header').getBoundingClientRect().bottom;
      if (r.bottom > bar + 1 && r.top < innerHeight) return null;
      const at = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
      return at && (e.contains(at) || at.contains(e)) ? null : e.outerHTML.slice(0, 90); }"""
    found = set()
    for key in ("Tab", "Shift+Tab"):
        for _ in range(120):
            page.keyboard.press(key)
            found.add(page.evaluate(hidden))
    assert found <= {None}
    page.context.close()


@pytest.mark.parametrize("kind", ["beranda", "daftar", "sop", "unit", "panduan"])
def test_the_first_stop_leads_to_the_title(browser: Browser, site: Site, kind: str) -> None:
    page = opened(browser, site, KINDS[kind], 390)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Lewati ke isi"
    page.keyboard.press("Enter")
    top = page.evaluate("document.querySelector('h1').getBoundingClientRect().top")
    bar = page.evaluate("document.querySelector('.md-header').getBoundingClientRect().bottom")
    assert bar <= top < 300
    aimed = page.evaluate("document.querySelector(':target').matches('h1, span')")
    assert aimed
    page.context.close()


def test_the_internal_site_cannot_be_taken_for_the_public_one(browser: Browser, site: Site) -> None:
    """At 320 px: another bar, and a word that does not give way to a long name."""
    page = opened(browser, site, KINDS["sop"], 320)
    colour = "getComputedStyle(document.querySelector('.md-header')).backgroundColor"
    internal, mark = page.evaluate(colour), page.locator(".md-header").get_by_text("INTERNAL", exact=True)
    box = mark.bounding_box()
    assert box
    assert 0 <= box["x"] <= 320 - box["width"]
    page.goto((site.out / "public" / KINDS["sop"]).as_uri())
    assert page.evaluate(colour) != internal
    assert page.get_by_text("INTERNAL", exact=True).count() == 0
    page.context.close()


def test_no_landmark_is_named_after_a_place(browser: Browser, site: Site) -> None:
    page = opened(browser, site, KINDS["sop"], 1280)
    names = page.locator("nav").evaluate_all("all => all.map(e => e.getAttribute('aria-label'))")
    assert "Header" not in names
    assert all(names)
    assert len(set(names)) == len(names)
    page.context.close()


def test_the_official_form_is_one_tap_away_on_a_phone(browser: Browser, site: Site) -> None:
    """Of the table a strip shows, which scrolls; the tap gives it the window, as its headings stay."""
    page = opened(browser, site, KINDS["sop"], 390)
    region = page.get_by_role("region", name="Tabel kegiatan")
    strip = region.evaluate("e => e.clientHeight")
    assert strip < region.evaluate("e => e.scrollHeight") - 100
    assert not page.locator("table.identitas").is_visible()
    page.get_by_role("link", name="Buka tabel resmi").click()
    assert region.evaluate("e => e.clientHeight") > 0.85 * 844 > 3 * strip
    page.get_by_role("link", name="Buka bagian identitas resmi").click()
    assert page.locator("table.identitas").is_visible()
    page.context.close()


def test_steps_open_one_by_one_all_at_once_and_by_their_address(browser: Browser, site: Site) -> None:
    page = opened(browser, site, KINDS["sop"], 390)
    shut = page.locator("ol.langkah details:not([open])")
    count = shut.count()
    page.locator("#langkah-2 summary").click()
    assert shut.count() == count - 1
    page.get_by_role("button", name="Buka semua").click()
    assert shut.count() == 0
    page.get_by_role("button", name="Kabid", exact=True).click()
    assert page.locator("ol.langkah > li:not(.redup)").count() == 1
    page.get_by_role("button", name="Kabid", exact=True).click()
    assert page.locator("ol.langkah > li.redup").count() == 0
    page.locator("#langkah-3 input[type=checkbox]").check()
    page.reload()
    assert page.locator("ol.langkah > li.usai").count() == 1
    page.goto(page.url.partition("#")[0] + "#langkah-4")
    assert page.locator("#langkah-4 details").get_attribute("open") is not None
    page.context.close()


def test_an_sop_of_seven_steps_is_at_most_four_phone_screens(browser: Browser, site: Site) -> None:
    page = opened(browser, site, KINDS["sop"], 390)
    assert page.evaluate("document.documentElement.scrollHeight") <= 4 * 844
    page.context.close()


def test_forced_colours_keep_the_drawing(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, forced_colors="active")
    page = context.new_page()
    page.goto((site.out / "internal" / KINDS["sop"]).as_uri())
    strokes = page.evaluate(
        """() => [...document.querySelectorAll('.alur-sel line, .alur-bentuk')]
          .filter(e => e.checkVisibility()).map(e => [
            getComputedStyle(e).stroke, getComputedStyle(e.closest('td, li')).backgroundColor])"""
    )
    assert strokes
    assert all(stroke not in ("none", ground) for stroke, ground in strokes)
    context.close()
