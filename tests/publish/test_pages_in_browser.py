"""Every kind of page in a real browser, on a phone and on a desk."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.publish.conftest import Site

pytestmark = pytest.mark.browser
PAGES = [
    "index.html",
    "sop/index.html",
    "sop/surat-dan-jadwal/index.html",
    "sop/uji-teks/index.html",
    "unit/index.html",
    "unit/unit-uji/index.html",
    "pelaksana/index.html",
    "pelaksana/kasi/index.html",
    "hukum/index.html",
    "hukum/uu-4-2008/index.html",
    "peta/index.html",
    "masalah/index.html",
    "dugaan/index.html",
    "cara-membaca/index.html",
    "perubahan/index.html",
    "berlaku/index.html",
    "sop/uji-versi/riwayat/index.html",
    "sop/uji-teks/banding/1-2/index.html",
    "sop/uji-teks/versi/1/index.html",
]
_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_OUT_OF_ITS_BOX = """
[...document.querySelectorAll(".diagram .node")].filter(node => {
  const shape = node.querySelector("path, polygon, polyline");
  if (!shape) return false;
  const box = shape.getBoundingClientRect();
  return [...node.querySelectorAll("text")].some(text => {
    const words = text.getBoundingClientRect();
    return words.left < box.left - 1 || words.right > box.right + 1
      || words.top < box.top - 1 || words.bottom > box.bottom + 1;
  });
}).map(node => node.textContent.trim())
"""


def visit(browser: Browser, site: Site, path: str, width: int, **options: object) -> tuple[Page, list[str]]:
    """Open a page; also what went wrong: script errors, dialogs, requests to other hosts."""
    page = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()  # type: ignore[arg-type]
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))

    def shut(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", shut)
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(("file:", "blob:", "data:")) else wrong.append(request.url)
        ),
    )
    name, _, anchor = path.partition("#")
    page.goto(f"{(site.out / 'internal' / name).as_uri()}#{anchor}")
    return page, wrong


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_and_asks_nothing_of_others(browser: Browser, site: Site, path: str, width: int) -> None:
    page, wrong = visit(browser, site, path, width)
    assert page.evaluate(_TOO_WIDE) <= 0
    assert page.evaluate("window.pwned") is None
    assert [message for message in wrong if "fetch" not in message.lower()] == []
    assert page.evaluate(_OUT_OF_ITS_BOX) == []
    page.context.close()


_PLACES = """
[...document.querySelectorAll(".md-header__inner > *, h1, h2, ol.langkah > li, main p, main table, footer")]
  .map(one => [one, one.getBoundingClientRect()]).filter(([_, at]) => at.height && at.top < innerHeight)
  .filter(([one]) => !one.closest(".tabel-penuh, .tabel-alat, .saring"))
  .map(([one, at]) => [one.nodeName, one.textContent.trim().slice(0, 20), Math.round(at.x), Math.round(at.y)])
"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_scripts_move_nothing_on_the_first_screen(
    browser: Browser, site: Site, path: str, width: int
) -> None:
    address = (site.out / "internal" / path).as_uri()
    places = []
    for scripts in (False, True):
        context = browser.new_context(viewport={"width": width, "height": 844})
        if not scripts:
            context.route("**/*.js", lambda route: route.abort())
        page = context.new_page()
        page.goto(address)
        places.append({(name, text): at for name, text, *at in page.evaluate(_PLACES)})
        context.close()
    before, after = places
    assert before
    stayed = before.keys() & after.keys()
    assert {key: after[key] for key in stayed} == {key: before[key] for key in stayed}
    assert len(before.keys() - after.keys()) <= 1  # the link that the search box stands for


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_table_scrolls_in_a_region_of_its_own(browser: Browser, site: Site, scripts: bool) -> None:
    page, _ = visit(browser, site, "sop/pembentukan-kim/index.html#tabel", 390, java_script_enabled=scripts)
    region = page.get_by_role("region", name="Tabel kegiatan")
    assert region.get_attribute("tabindex") == "0"
    box = region.bounding_box()
    assert box is not None
    assert box["width"] <= 390
    page.context.close()


def test_a_symbol_of_the_flowchart_leads_to_its_step(browser: Browser, site: Site) -> None:
    page, _ = visit(browser, site, "sop/surat-dan-jadwal/index.html", 1280)
    page.get_by_role("heading", name="Bagan alir").click()
    shown = page.locator(".bagan-lebar .diagram")
    assert shown.locator(".node").count() == 9
    assert not page.locator(".bagan-sempit").is_visible()
    shown.locator("a", has_text="Mengetik konsep").click()
    assert page.evaluate("location.hash") == "#langkah-2"
    assert page.locator("#langkah-2").is_visible()
    page.context.close()


@pytest.mark.parametrize(("name", "marker"), [("surat-dan-jadwal", '"-  "'), ("pembentukan-kim", "decimal")])
def test_lists_of_a_step_count_as_the_source_does(
    browser: Browser, site: Site, name: str, marker: str
) -> None:
    """A list in a list: the theme counts those with letters."""
    page, _ = visit(browser, site, f"sop/{name}/index.html", 1280)
    lists = "[...document.querySelectorAll('ol.langkah dd :is(ol, ul)')]"
    assert set(page.evaluate(f"{lists}.map(one => getComputedStyle(one).listStyleType)")) == {marker}
    page.context.close()


def test_on_paper_only_the_form_is_left(browser: Browser, site: Site) -> None:
    page, _ = visit(browser, site, "sop/surat-dan-jadwal/index.html", 1280)
    page.emulate_media(media="print")
    after = [f".sop-{part}" for part in ("langkah", "bagan", "waktu", "dokumen", "rujukan", "unduh")]
    assert page.locator(".tabel-alat").count() == 1
    for gone in (".md-header", ".md-footer", ".remah", ".tombol", ".buka", ".tabel-alat", *after):
        assert not page.locator(gone).first.is_visible(), gone
    for kept in (".identitas", "table.alur", ".salinan"):
        assert page.locator(kept).first.is_visible(), kept
    with pdfplumber.open(BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        assert [(round(leaf.width), round(leaf.height)) for leaf in paper.pages] == [(842, 595)] * 2
        assert "Dasar Hukum" in paper.pages[0].extract_text()
        assert "Uraian Aktivitas" in paper.pages[1].extract_text()
    page.context.close()


@pytest.mark.parametrize("path", ["pelaksana/kasi/index.html", "unit/unit-uji/index.html", "index.html"])
def test_a_printed_page_keeps_what_belongs_together(browser: Browser, site: Site, path: str) -> None:
    """No step without its values, no head of a table alone at a foot, and no control."""
    page, _ = visit(browser, site, path, 1280)
    values = page.evaluate("[...document.querySelectorAll('main dd')].map(one => one.textContent.trim())")
    with pdfplumber.open(BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        leaves = [leaf.extract_text().splitlines() for leaf in paper.pages]
    for leaf in leaves[:-1]:
        assert not leaf[-1].startswith("Langkah") or leaf[-1] in values, leaf[-1]
        assert not leaf[-1].startswith(("Pelaksana Langkah", "SOP Nomor")), leaf[-1]
    text = "\n".join(line for leaf in leaves for line in leaf)
    assert not [word for word in ("(PDF)", "Saya adalah", "Saring daftar") if word in text]
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(browser: Browser, site: Site, scheme: str) -> None:
    page, _ = visit(browser, site, "sop/pembentukan-kim/index.html", 1280, color_scheme=scheme)
    ratio = page.evaluate(
        """() => {
          const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
          const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
          const ground = element => { for (; element; element = element.parentElement) {
            const colour = rgb(getComputedStyle(element).backgroundColor);
            if (colour[3] === 255) return colour; } return [255, 255, 255]; };
          const linear = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
          const light = c => c.slice(0, 3).map(v => linear(v / 255))
            .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
          const contrast = element => {
            const own = rgb(getComputedStyle(element).color);
            const [a, b] = [light(own), light(ground(element))].sort((x, y) => y - x);
            return (a + .05) / (b + .05); };
          return Math.min(...[...document.querySelectorAll(
            ".keadaan li, .lengkap, .bacaan, .lencana, .diam, .identitas td, .langkah a, .alur td, dt"
          )].map(contrast));
        }"""
    )
    assert ratio >= 4.5
    page.context.close()


def test_the_first_visit_is_never_painted_in_other_colours(browser: Browser, site: Site) -> None:
    """A device that asks for dark gets it from the page itself: with every script file kept away, too."""
    for scheme, wanted in (("dark", "slate"), ("light", "default")):
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        context.route("**/*.js", lambda route: route.abort())
        page = context.new_page()
        page.goto((site.out / "internal/sop/pembentukan-kim/index.html").as_uri())
        assert page.locator("html.no-js").count() == 1
        assert page.locator("body").get_attribute("data-md-color-scheme") == wanted
        context.close()


# A row out of view is not laid out (content-visibility), so its innerText has no line breaks.
_SHOWN = "rows => rows.filter(row => row.getClientRects().length).map(row => row.textContent.toLowerCase())"


@pytest.mark.parametrize("path", ["sop", "pelaksana", "hukum", "berlaku"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_long_list_is_narrowed_to_the_rows_with_all_words(
    browser: Browser, site: Site, path: str, width: int
) -> None:
    page, wrong = visit(browser, site, f"{path}/index.html", width)
    rows = page.locator("table.daftar tbody tr, ul.hukum > li")
    every: list[str] = rows.evaluate_all(_SHOWN)
    words = max((row.split() for row in every), key=len)[:2]
    page.get_by_label("Saring daftar ini").fill(f"  {words[1].upper()} {words[0]}")
    left = [row for row in every if all(word in row for word in words)]
    assert rows.evaluate_all(_SHOWN) == left
    assert 0 < len(left) < len(every)
    page.get_by_text(f"{len(left)} dari {len(every)} cocok.").wait_for()
    page.emulate_media(media="print")
    told = page.locator("form.saring p")
    assert told.evaluate("one => getComputedStyle(one, '::before').content") == '"Disaring: "'
    assert told.is_visible()
    assert not page.get_by_label("Saring daftar ini").is_visible()
    page.emulate_media(media="screen")
    page.get_by_label("Saring daftar ini").fill("tidak-akan-ada")
    page.get_by_text(f"Tidak ada yang cocok dari {len(every)}.").wait_for()
    page.get_by_label("Saring daftar ini").fill("")
    assert rows.evaluate_all(_SHOWN) == every
    assert wrong == []
    page.context.close()


def test_a_list_is_not_narrowed_where_it_is_short_or_no_script_runs(browser: Browser, site: Site) -> None:
    page, _ = visit(browser, site, "unit/unit-uji/index.html", 390)
    assert page.locator("form.saring").count() == 0
    page.context.close()
    page, _ = visit(browser, site, "sop/index.html", 390, java_script_enabled=False)
    assert page.locator("form.saring").count() == 1
    assert not page.locator("form.saring").is_visible()
    page.context.close()
