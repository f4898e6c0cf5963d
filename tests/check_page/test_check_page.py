"""The check page: one file that loads nothing, what is doubtful on it, and how it is in a browser."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from generator.check_page.file import read_file
from generator.check_page.page import check_page
from generator.reading.draft.draft import drafts
from generator.reading.draft.text import draft_text
from generator.reading.text.document import read_text
from generator.reading.understand import understand
from tests.documents.cases import catalogue
from tests.publish.test_accessible import AXE, RULES
from tests.reading.forms import form
from tests.reading.painted import pdf


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with doubts about a line without a head, dead ends, the identity block; a text full of signs."""
    folder = tmp_path_factory.mktemp("periksa")
    rows = [{"No": str(n), "Kegiatan": f"Langkah {n} <b>tebal</b> & 'kutip'"} for n in (1, 2, 3)]
    made = form(["Kasi", "Juru Arsip"], rows)
    symbols = made.capsule(0, 0), made.box(1, 0), made.box(2, 1)
    made.down(symbols[0], symbols[1], head=False)
    (folder / "dua.pdf").write_bytes(pdf([(842, 595, str(made.pen))]))
    read = read_file((folder / "dua.pdf").as_posix())
    assert read.reading is not None
    (draft,) = drafts(read.reading, catalogue())
    assert len(draft.notes) > 3
    text, places = draft_text(draft, "dua.pdf")
    html = check_page(draft, text, places, "dua.pdf", "draf/dua.yml", read.pictures, [], catalogue())
    (folder / "dua.periksa.html").write_text(html, encoding="utf-8")
    return folder / "dua.periksa.html"


def test_it_loads_nothing_and_its_style_is_the_one_that_is_allowed(page: Path) -> None:
    html = page.read_text(encoding="utf-8")
    soup = BeautifulSoup(html, "html.parser")
    assert soup.find_all(["script", "link", "iframe", "object", "form"]) == []
    assert re.findall(r"(?:href|src)=\"(?!#|data:image/png)", html) == []
    assert soup.find_all(style=True) == []
    (meta,) = soup.find_all("meta", {"http-equiv": "Content-Security-Policy"})
    policy = str(meta["content"])
    (style,) = soup.find_all("style")
    assert style.string is not None
    own = base64.b64encode(hashlib.sha256(style.string.encode()).digest()).decode()
    assert f"style-src 'sha256-{own}'" in policy
    assert policy.startswith("default-src 'none'; img-src data:")


def test_texts_of_the_file_are_texts(page: Path) -> None:
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    assert "<b>tebal</b> & 'kutip'" in soup.select(".alur")[0].get_text()


def test_each_doubt_has_its_piece_of_the_picture_and_its_place(page: Path) -> None:
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    items = soup.select("ol.hal > li")
    shown = {tag["id"] for tag in soup.find_all(id=True)}
    arrow = next(item for item in items if "tanpa kepala panah" in item.get_text())
    assert str(arrow.select("use")[0]["href"])[1:] in shown
    assert arrow.select("path.b-panah.b-ragu")
    for item in items:
        assert re.search(r"Baris \d+ draf", item.get_text())
        assert all(link["href"][1:] in shown for link in item.find_all("a"))
    assert soup.select("a.b-nomor"), "numbers on the picture lead to the doubts"


def test_what_else_was_read_is_on_it() -> None:
    """The purpose, which is no box of the official form, and a law whose title is spelled otherwise."""
    rows = (
        b"Nama SOP\tSurat\nTujuan\tCepat <b>tuntas</b>\n"
        b"Dasar Hukum\tUU Nomor 25 Tahun 2009 tentang Pelayanan Publk\n\n"
        b"No\tKegiatan\tStaf\n1\tMencatat\tv\n"
    )
    seen, _ = read_text(rows, "a.txt")
    assert seen is not None
    (draft,) = drafts(understand(seen), catalogue())
    text, places = draft_text(draft, "a.txt")
    html = check_page(draft, text, places, "a.txt", "draf/a.yml", [], [], catalogue())
    said = BeautifulSoup(html, "html.parser").get_text()
    assert "Cepat <b>tuntas</b>" in said
    assert "Naskah: UU Nomor 25 Tahun 2009 tentang Pelayanan Publk" in said
    assert "# - UU Nomor 25 Tahun 2009 tentang Pelayanan Publk = " in text
    assert not any("Publk" in note.said for note in draft.notes)


@pytest.mark.browser
def test_a_wide_table_is_not_cut_off_beside_its_picture(tmp_path: Path, browser: Browser) -> None:
    actors = [f"Pejabat Pembuat Komitmen {n}" for n in range(1, 7)]
    row = ",".join(["Salinan BAST/Kwitansi", "1 hari", "Arsip BAST/Kwitansi", "Catatan"])
    rows = [f"{n},Memeriksa salinan Kwitansi,v,,,,,v,{row}" for n in (1, 2)]
    data = "\n".join(
        [",".join(["No", "Kegiatan", *actors, "Persyaratan/Perlengkapan,Waktu,Output,Ket"]), *rows]
    ).encode()
    (tmp_path / "a.csv").write_bytes(data)
    read = read_file((tmp_path / "a.csv").as_posix())
    assert read.reading is not None
    (draft,) = drafts(read.reading, catalogue())
    text, places = draft_text(draft, "a.csv")
    made = tmp_path / "a.html"
    html = check_page(draft, text, places, "a.csv", "draf/a.yml", read.pictures, [], catalogue())
    made.write_text(html, encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1366, "height": 900})
    tab.goto(made.as_uri())
    assert tab.evaluate(
        "[...document.querySelectorAll('.kita .gulir')].every(e => e.scrollWidth <= e.clientWidth)"
    )
    lines = """e => { const all = document.createRange(); all.selectNodeContents(e);
        return new Set([...all.getClientRects()].map(r => Math.round(r.top))).size }"""
    for heading in tab.locator(".kita thead th").all():
        if len(heading.inner_text().split()) == 1:
            assert heading.evaluate(lines) == 1, heading.inner_text()


@pytest.mark.browser
def test_in_a_browser_it_fits_and_is_accessible(page: Path, browser: Browser) -> None:
    context = browser.new_context(bypass_csp=True)
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(page.as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    for width in (390, 1280):
        tab.set_viewport_size({"width": width, "height": 900})
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        picture = tab.locator(".potongan svg use").first
        assert picture.evaluate("e => e.getBBox().width") > 100
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Langsung ke yang perlu diperiksa"
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm install --prefix tests/npm")
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.evaluate(f"axe.run(document, {RULES})")["violations"]
    assert [(fault["id"], [node["html"][:200] for node in fault["nodes"][:3]]) for fault in found] == []
