"""The page in a real Chromium: what is typed arrives, undo and other windows, keyboard, axe, phone width."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.bench.edit.clerk import CHROMIUM, SETTLED, Clerk, enter, open_sop, server
from tests.bench.edit.clerk import browser as clerk_page
from tests.bench.edit.naskah import NINE, SEED, type_in
from tests.bench.edit.tasks import assert_entered
from tests.edit.desk import SLUG

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.path.exists(CHROMIUM), reason="no Chromium"),
]
AXE = Path(__file__).parents[1] / "npm" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def office(tmp_path: Path, browser: Browser) -> Iterator[tuple[Any, str, Path]]:
    shutil.copytree(SEED, tmp_path / "sop_data")
    with server(tmp_path) as address, clerk_page(chromium=browser) as page:
        yield page, enter(page, address), tmp_path


def _settle(page: Any) -> None:
    page.evaluate(SETTLED)


def test_an_sop_is_entered_from_paper_within_ten_minutes(office: tuple[Any, str, Path]) -> None:
    page, _, folder = office
    clerk = Clerk(page)
    type_in(clerk, NINE)
    assert page.inner_text("#keadaan") == "Tersimpan di berkas"
    assert_entered(NINE, folder)
    assert clerk.seconds <= 600


def test_what_is_typed_while_answers_are_late_arrives_whole(office: tuple[Any, str, Path]) -> None:
    """An answer that is overtaken by one to what was typed meanwhile is no news."""
    page, top, _ = office
    open_sop(page, top, SLUG)

    def late(route: Any) -> None:
        answer = route.fetch()
        time.sleep(0.25)
        route.fulfill(response=answer)

    page.route("**/keadaan?*", late)
    text = "Menyusun konsep jadwal kegiatan sosialisasi dan memerintahkan staf."
    for row in (0, 3, 1):
        page.click(f"#l-0-{row}-uraian")
        page.keyboard.press("Control+a")
        page.keyboard.type(text, delay=8)
        page.keyboard.press("Tab")
    page.wait_for_timeout(700)
    _settle(page)
    for row in (0, 3, 1):
        assert page.input_value(f"#l-0-{row}-uraian") == text
    page.keyboard.press("Control+s")
    _settle(page)
    assert (
        page.evaluate(
            "fetch(location.pathname + '/keadaan').then(j => j.json()).then(k => k.isi['l-0-1-uraian'])"
        )
        == text
    )


def test_a_key_while_an_answer_is_read_is_not_taken_back(office: tuple[Any, str, Path]) -> None:
    """Head and body of an answer do not come at one moment."""
    page, top, _ = office
    page.add_init_script(
        "const read = Response.prototype.json;"
        "Response.prototype.json = async function () {"
        " const told = await read.call(this); await new Promise((on) => setTimeout(on, 120)); return told; };"
    )
    open_sop(page, top, SLUG)
    text = "Jika terlambat maka pemohon dapat mengajukan keberatan."
    page.click("#l-0-1-uraian")
    page.keyboard.press("Control+a")
    page.keyboard.type(text, delay=70)
    _settle(page)
    assert page.input_value("#l-0-1-uraian") == text


def test_two_windows_see_each_other_and_nothing_typed_is_lost(office: tuple[Any, str, Path]) -> None:
    page, top, _ = office
    open_sop(page, top, SLUG)
    other = page.context.new_page()
    open_sop(other, top, SLUG)
    page.fill("#l-0-0-waktu", "45 menit")
    _settle(page)
    expect(other.locator("#l-0-0-waktu")).to_have_value("45 menit")
    other.route("**/keadaan?*", lambda route: route.abort())  # it hears nothing of the other window
    page.fill("#l-0-0-waktu", "50 menit")
    _settle(page)
    other.fill("#l-0-0-waktu", "1 jam")
    other.wait_for_selector("[data-berita=bentrok]")
    assert "1 jam" in other.inner_text("[data-berita=bentrok]")
    assert other.input_value("#l-0-0-waktu") == "50 menit"
    other.click("text=Pakai yang saya ketik")
    expect(page.locator("#l-0-0-waktu")).to_have_value("1 jam")


def test_rows_are_moved_split_and_taken_back_by_keys_alone(office: tuple[Any, str, Path]) -> None:
    page, top, _ = office
    open_sop(page, top, SLUG)
    second = page.input_value("#l-0-1-uraian")
    page.focus("#l-0-1-uraian")
    page.keyboard.press("Alt+ArrowUp")
    _settle(page)
    assert page.input_value("#l-0-0-uraian") == second
    assert page.evaluate("document.activeElement.id") == "l-0-0-uraian"
    page.keyboard.press("Control+Home")
    for _ in range(len("Mengetik konsep")):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+Shift+Enter")
    _settle(page)
    assert page.input_value("#l-0-0-uraian") == "Mengetik konsep"
    assert page.input_value("#l-0-1-uraian").startswith("dan menyerahkan")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    _settle(page)
    assert page.input_value("#l-0-1-uraian") == second
    assert page.inner_text("#keadaan") == "Tersimpan di berkas"
    page.keyboard.press("Control+y")
    _settle(page)
    assert page.input_value("#l-0-0-uraian") == second


def test_a_step_is_dragged_to_another_row(office: tuple[Any, str, Path]) -> None:
    page, top, _ = office
    open_sop(page, top, SLUG)
    first = page.input_value("#l-0-0-uraian")
    page.drag_and_drop("#n-0-0", "#n-0-2")
    _settle(page)
    assert page.input_value("#l-0-2-uraian") == first


def test_a_screen_reader_hears_row_column_symbol_and_where_next(office: tuple[Any, str, Path]) -> None:
    page, top, _ = office
    open_sop(page, top, SLUG)
    said = page.get_attribute("#p-0-0-0", "aria-label")
    assert said.startswith("Langkah 1, Kasi: mulai, kegiatan")
    assert "Langkah 2" in said or "langkah 2" in said
    assert page.get_attribute("#p-0-0-0", "aria-pressed") == "true"
    assert page.get_attribute("#l-0-0-waktu", "aria-label") == "Langkah 1: Waktu"


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_the_page_does_not_scroll_sideways(
    office: tuple[Any, str, Path], width: int
) -> None:
    page, top, _ = office
    page.set_viewport_size({"width": width, "height": 800})
    for address in ("/", f"/sop/{SLUG}", f"/sop/{SLUG}/banding"):
        page.goto(top + address)
        if address.endswith(SLUG):
            page.wait_for_selector("body[data-siap]")
            page.click("#l-0-2-uraian")
            page.wait_for_selector("#rincian h2", state="visible")
            page.click("#langkah-baru-0")
            _settle(page)
            page.click("#rincian [data-laku=simbol-baru]")
            page.wait_for_selector("#rincian .simbol")
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate(AXE.read_text())
        found = page.evaluate(
            "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 2)))"
        )
        assert found == [], address


def test_a_symbol_is_joined_to_the_one_above_it_by_a_tick(office: tuple[Any, str, Path]) -> None:
    page, top, _ = office
    open_sop(page, top, SLUG)
    page.click("#l-0-2-uraian")
    page.wait_for_selector("#rincian h2", state="visible")
    page.click("#rincian [data-laku=simbol-baru]")
    page.wait_for_selector("#s-bersama-1")
    assert page.locator(".bersama").count() == 1, "nothing stands above the first"
    who = page.locator("#rincian .simbol").nth(1).locator("[role=group] input")
    chosen = [n for n in range(who.count()) if who.nth(n).is_checked()]
    who.nth((chosen[0] + 1) % who.count()).check()
    _settle(page)
    page.locator(f"#s-siapa-1-{chosen[0]}").uncheck()
    _settle(page)
    joints = page.locator("[data-joint]").count()
    page.check("#s-bersama-1")
    _settle(page)
    expect(page.locator("#s-bersama-1")).to_be_checked()
    assert page.locator("[data-joint]").count() > joints, "the line is drawn"


def test_a_button_pressed_while_the_panel_is_open_is_not_shifted_away(office: tuple[Any, str, Path]) -> None:
    """The panel closes as the button takes the focus: at the end of the page that moved the button itself."""
    page, top, _ = office
    open_sop(page, top, SLUG)
    steps = page.locator("#badan-0 tr").count()
    page.click("#l-0-2-uraian")
    page.wait_for_selector("#rincian h2", state="visible")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    box = page.locator("#langkah-baru-0").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.wait_for_timeout(50)
    page.mouse.up()
    expect(page.locator("#badan-0 tr")).to_have_count(steps + 1)


def test_a_cell_offers_the_rest_of_what_another_begins_with(office: tuple[Any, str, Path]) -> None:
    page, top, _ = office
    open_sop(page, top, SLUG)
    page.fill("#l-0-3-output", "")
    page.focus("#l-0-3-output")
    page.keyboard.type("Konsep surat / jadwal kegiatan yang sudah t")
    whole = page.input_value("#l-0-2-output")
    expect(page.locator("#kabar-usul")).to_contain_text(
        whole[len("Konsep surat / jadwal kegiatan yang sudah t") :]
    )
    page.keyboard.press("ArrowRight")
    assert page.input_value("#l-0-3-output") == whole
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert page.input_value("#l-0-3-output") == whole
    _settle(page)
    page.keyboard.press("Tab")
    assert page.inner_text("#kabar-usul") == ""


def test_an_answer_waits_while_a_button_is_held_down(office: tuple[Any, str, Path]) -> None:
    """What it brings would shift what is pressed away: a notice above, a problem that is mended."""
    page, top, _ = office
    open_sop(page, top, SLUG)
    page.fill("#baru-dasar_hukum", "UU Nomor 1 Tahun 2020 tentang Contoh")
    asked: list[Any] = []
    page.route("**/laku", lambda route: asked.append(route))
    button = page.locator("[data-tambah=dasar_hukum] button")
    button.evaluate("(one) => one.scrollIntoView({ block: 'end' })")
    box = button.bounding_box()
    page.evaluate(
        """() => {
          const bidang = document.querySelector("#i-nama");
          bidang.value = "";
          bidang.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    page.mouse.move(box["x"] + 5, box["y"] + box["height"] - 4)
    page.mouse.down()
    while not asked:
        page.wait_for_timeout(20)
    for route in asked:
        route.fulfill(response=route.fetch())
    page.unroute("**/laku")
    page.wait_for_timeout(400)
    assert button.bounding_box() == box, "nothing moves under the pointer"
    page.mouse.up()
    expect(page.locator(".butir").first).to_contain_text("tentang Contoh")
    assert button.bounding_box() != box, "what came meanwhile is shown then"


def test_the_panel_of_a_step_covers_no_row_that_is_worked_on(office: tuple[Any, str, Path]) -> None:
    page, top, _ = office
    open_sop(page, top, SLUG)
    page.evaluate(
        "scrollTo(0, document.querySelector('#baris-0-4').getBoundingClientRect().bottom - innerHeight + 5)"
    )
    page.click("#l-0-4-uraian", no_wait_after=True)
    page.wait_for_selector("#rincian h2", state="visible")
    clear = """() => document.querySelector("#baris-0-4").getBoundingClientRect().bottom
      <= document.querySelector("#rincian").getBoundingClientRect().top"""
    page.wait_for_function(clear, timeout=3000)
