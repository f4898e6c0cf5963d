"""The official table under the hand: links of symbols, arrow keys along the arrows, headings that stay, the
view of the whole screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.publish.conftest import Site
from tests.seed import SLUGS

pytestmark = pytest.mark.browser
SOP = "surat-dan-jadwal"


def opened(browser: Browser, site: Site, slug: str, width: int, scripts: bool = True, at: str = "") -> Page:
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto((site.out / "public" / "sop" / slug / "index.html").as_uri() + at)
    return page


@pytest.mark.parametrize("slug", SLUGS)
def test_arrow_keys_go_along_the_arrows(browser: Browser, site: Site, slug: str) -> None:
    """From every cell down and to the sides are all cells that its arrows reach, up one that leads to it; and
    nothing else is a stop of the Tab key."""
    chart = site.catalogue.charts[slug][0]
    cells = {node.id: (node.row, node.lane) for node in chart.nodes}
    after: dict[tuple[int, int], set[tuple[int, int]]] = {cell: set() for cell in cells.values()}
    before = {cell: set[tuple[int, int]]() for cell in cells.values()}
    for edge in chart.edges:
        source, target = cells[edge.source], cells[edge.target]
        if source != target:
            after[source].add(target)
            before[target].add(source)
    page = opened(browser, site, slug, 1280)
    where = """() => { const td = document.activeElement.closest('td');
      return [td.parentElement.sectionRowIndex,
        [...td.parentElement.querySelectorAll('td.alur-lajur')].indexOf(td)]; }"""
    links = page.locator("a.alur-ke")
    assert links.count() == len(after)
    for cell in sorted(after):
        link = page.locator(f"table.alur tbody tr:nth-child({cell[0] + 1}) td.alur-lajur").nth(cell[1])
        for key, reached in (("ArrowDown", after[cell]), ("ArrowUp", before[cell])):
            link.locator("a.alur-ke").focus()
            page.keyboard.press(key)
            found = {tuple(page.evaluate(where))}
            for _ in range(len(reached) - 1):
                page.keyboard.press("ArrowRight")
                found.add(tuple(page.evaluate(where)))
            assert found == (reached or {cell}), f"{cell} {key}"
    assert page.locator("a.alur-ke:not([tabindex='-1'])").count() == 1
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_symbol_leads_to_its_step_and_the_step_to_its_row(
    browser: Browser, site: Site, scripts: bool
) -> None:
    page = opened(browser, site, SOP, 1280, scripts)
    link = page.locator("a.alur-ke").nth(2)
    link.click(force=not scripts)  # what lies above it lets the tap through
    step = page.url.partition("#")[2]
    assert step.startswith("langkah-")
    assert page.locator(f"#{step}").is_visible()
    if not scripts:
        page.locator(f"#{step} summary").click()
    page.locator(f"#{step}").get_by_role("link", name="Lihat di tabel").click()
    row = page.locator(f"tr#tabel-{step}")
    assert row.locator("a.alur-ke").first.is_visible()
    box, head = row.bounding_box(), page.locator("table.alur thead").bounding_box()
    assert box
    assert head
    assert head["y"] + head["height"] <= box["y"] + 1 < 800
    page.context.close()


def test_a_symbol_says_what_it_is_whose_and_where_it_leads(browser: Browser, site: Site) -> None:
    page = opened(browser, site, SOP, 390)
    said = page.locator("a.alur-ke").all_text_contents()
    assert "kotak, Kadis, langkah 5. Lalu ke langkah 6 (Kasi)." in said, said
    page.context.close()


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_headings_and_steps_stay_while_the_table_scrolls(
    browser: Browser, site: Site, width: int, scripts: bool
) -> None:
    """At its last row, scrolled to the last actor: the actor's name above, number and activity beside."""
    page = opened(browser, site, SOP, width, scripts, "#tabel")
    region = page.get_by_role("region", name="Tabel kegiatan")
    actor = page.locator("table.alur thead th.alur-lajur").last
    actor.evaluate("e => e.scrollIntoView({inline: 'end'})")
    region.evaluate("e => e.scrollTo(e.scrollLeft, e.scrollHeight)")
    last = page.locator("table.alur tbody tr").last
    last.evaluate("e => scrollTo(0, scrollY + e.getBoundingClientRect().bottom - innerHeight + 40)")
    seen = """e => { const r = e.getBoundingClientRect();
      return e.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); }"""
    bar = page.locator(".md-header").evaluate("e => e.getBoundingClientRect().bottom")
    for cell in ("td.alur-no", "th.alur-kegiatan"):
        assert last.locator(cell).evaluate(seen), cell
    head = page.locator("table.alur thead").bounding_box()
    assert head
    assert head["y"] >= bar - 1
    assert actor.evaluate(seen)
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_table_fills_the_screen_fits_grows_and_comes_back(
    browser: Browser, site: Site, width: int
) -> None:
    page = opened(browser, site, SOP, width)
    over = "e => e.scrollWidth - e.clientWidth"
    button = page.get_by_role("button", name="Layar penuh")
    button.click()
    region = page.get_by_role("dialog").get_by_role("region")
    assert region.evaluate(over) <= 0
    for _ in range(6):
        page.get_by_role("button", name="Perbesar").click()
    assert region.evaluate(over) > 100
    page.get_by_role("button", name="Alur saja").click()
    last = page.get_by_role("dialog").locator("th.alur-lajur").last.bounding_box()
    assert last
    assert min(width - 3, 1000) <= last["x"] + last["width"] <= width + 1
    page.get_by_role("button", name="Paskan").click()
    assert region.evaluate(over) <= 0
    page.keyboard.press("Escape")
    expect(page.locator(".tabel-penuh > .gulir")).to_have_count(0)
    assert button.evaluate("e => e === document.activeElement")
    button.click()
    page.get_by_role("dialog").locator("a.alur-ke").first.click()
    assert not page.get_by_role("dialog").is_visible()
    assert page.url.endswith("#langkah-1")
    expect(page.locator(".tabel-penuh > .gulir")).to_have_count(0)
    page.context.close()


def test_no_button_is_printed(browser: Browser, site: Site) -> None:
    page = opened(browser, site, SOP, 1280)
    expect(page.get_by_role("button", name="Layar penuh")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("table.alur").first).to_be_visible()
    assert page.locator("button:visible, input:visible, select:visible").all_inner_texts() == []
    page.context.close()
