"""The search in a real browser: the right SOP and step, the keyboard, no request before it is used."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.data.lexicon import read_lexicon
from generator.search.index import write_index
from tests.bench.search.corpus import generate
from tests.bench.search.measure import OURS, ask, precision, recall

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "generator/site/theme/assets/search"
pytestmark = pytest.mark.browser

SHELL = """<!doctype html><html lang="id"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self'">
<title>{title}</title><link rel="stylesheet" href="{root}alat/cari.css"></head><body>
<div class="cari" data-cari="{root}cari/"><a href="{root}sop/">Daftar SOP</a></div>
<article><h1>{title}</h1>{body}</article><script src="{root}alat/cari.js" defer></script></body></html>"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of 200 generated SOPs below a sub-path of a plain file server."""
    with served(tmp_path_factory.mktemp("situs")) as found:
        yield found


@contextmanager
def served(top: Path) -> Iterator[str]:
    site = top / "di" / "bawah"
    for sop in generate(200, 11)[0]:
        steps = "".join(f'<li id="langkah-{n}">{a}: {w}.</li>' for n, (a, w, _) in enumerate(sop.steps, 1))
        mark = f'<span hidden data-pagefind-filter="unit:{sop.unit}"></span>'
        file = site / "sop" / sop.slug / "index.html"
        file.parent.mkdir(parents=True)
        body = f"{mark}<h2 id='langkah'>Langkah</h2><ol>{steps}</ol>"
        file.write_text(SHELL.format(title=sop.title, root="../../", body=body), encoding="utf-8")
    (site / "index.html").write_text(SHELL.format(title="Beranda", root="", body=""), encoding="utf-8")
    write_index(site, read_lexicon(ROOT / "generator/default/leksikon.yml")[0])
    shutil.copytree(ASSETS, site / "alat")
    handler = functools.partial(_Quiet, directory=str(top))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/di/bawah/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    opened.goto(address)
    yield opened
    opened.close()


def test_recall_and_precision_do_not_fall(page: Page, address: str) -> None:
    """The gate: 97 % of the right SOPs among the first five, and as much precision."""
    queries = generate(200, 11)[1]
    found = ask(page, OURS, queries, address)
    assert sum(recall(q, found[q.text]) for q in queries) / len(queries) >= 0.97
    assert sum(precision(q, found[q.text]) for q in queries) / len(queries) >= 0.97


def test_nothing_is_loaded_before_the_box_is_used(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    assert {url.removeprefix(address) for url in asked} <= {"", "alat/cari.js", "alat/cari.css"}
    with page.expect_request("**/cari/indeks.js"):
        page.keyboard.press("/")
    assert all(url.startswith(address) for url in asked)
    page.close()


def test_the_keyboard_leads_to_the_step(page: Page, address: str) -> None:
    sop = next(s for s in generate(200, 11)[0] if any("tanda tangan" in w.lower() for _, w, _ in s.steps))
    topic = " ".join(sop.title.split()[1:])
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.type(f"penandatanganan {topic}")
    options = page.locator("#cari-hasil [role=option]")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(options.first.locator("mark").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sop/**")
    step = page.url.rpartition("#")[2]
    assert (
        "anda tangan" in page.locator(f"#{step}").inner_text()
        or "tangan" in page.locator(f"#{step}").inner_text()
    )


def test_the_way_back_leads_to_the_results_again(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("tanda tangan")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("tanda tangan", ignore_case=True)  # not what half of the words found
    words = first.inner_text()
    first.click()
    page.wait_for_url("**/sop/**")
    page.go_back()
    expect(page.get_by_role("option").first).to_have_text(words, use_inner_text=True)
    expect(page.get_by_role("combobox")).to_have_value("tanda tangan")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.reload()
    expect(page.get_by_role("option")).to_have_count(0)


def test_escape_empties_then_closes(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("izin")
    expect(page.locator("#cari-hasil [role=option]").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox")).to_have_value("")
    page.keyboard.press("Escape")
    expect(page.locator(".cari-panel")).to_be_hidden()


def test_facets_narrow_and_list(page: Page) -> None:
    page.keyboard.press("/")
    page.get_by_text("Saring").click()
    page.get_by_label("Unit").select_option("Bidang Ekonomi")
    expect(page.locator("#cari-hasil [role=option]").first).to_be_visible()
    count = page.locator("#cari-hasil [role=option]").count()
    assert count == sum(sop.unit == "Bidang Ekonomi" for sop in generate(200, 11)[0])
    expect(page.get_by_role("status")).to_contain_text(f"{count} SOP cocok")
    page.locator("#cari-isian").fill("izin")
    expect(page.get_by_role("status")).not_to_contain_text(f"{count} SOP cocok")


@pytest.mark.parametrize(
    ("question", "says"),
    [("memusnahkna", "dibaca sebagai"), ("qqqxqqx", "Tidak ada hasil"), ("<>&", "Tidak ada hasil")],
)
def test_odd_questions(page: Page, question: str, says: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(question)
    expect(page.get_by_role("status")).to_contain_text(says)


def test_what_is_typed_half_finds_whole_words(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("pemusna")
    expect(page.locator("#cari-hasil [role=option]").first).to_be_visible()
    expect(page.locator("#cari-hasil [role=option]").first.locator("mark").first).to_contain_text("usnah")


def test_without_a_script_the_list_is_linked(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.get_by_role("link", name="Daftar SOP").get_attribute("href") == "sop/"
    context.close()
