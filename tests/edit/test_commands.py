"""The buttons of the page as a clerk presses them: print, read a file in, settle its doubts, publish."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.bench.edit.clerk import CHROMIUM, SETTLED, enter, server
from tests.bench.edit.clerk import browser as clerk_page
from tests.bench.edit.pictures import beginning, workbook
from tests.edit.desk import SLUG, Client, desk

PAGE = f"/sop/{SLUG}"


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(desk(tmp_path)).enter()


@pytest.mark.browser
@pytest.mark.skipif(not os.path.exists(CHROMIUM), reason="no Chromium")
def test_a_beginner_reads_a_workbook_in_settles_it_revises_prints_and_publishes(
    tmp_path: Path, browser: Browser
) -> None:
    beginning(tmp_path)
    book = workbook(tmp_path / "surat masuk.xlsx")
    with server(tmp_path) as address, clerk_page(chromium=browser) as page:
        top = enter(page, address)
        page.click("#impor button")
        assert "Pilih berkasnya dahulu" in page.inner_text("#kabar-impor")
        page.set_input_files("#berkas", book)
        page.click("#impor button")
        page.click("#kabar-impor a", timeout=60_000)
        page.wait_for_selector("body[data-siap]")
        _settle_draft(page)
        assert page.url == f"{top}/sop/surat-masuk"
        _revise_and_print(page)
        page.click("text=Terbitkan")
        page.click("#terbitkan")
        page.wait_for_selector("#kabar-terbit pre", timeout=120_000)
        assert "Selesai." in page.inner_text("#kabar-terbit"), page.inner_text("#kabar-terbit")
    assert (tmp_path / "site" / "internal" / "surat-masuk" / "index.html").exists() or [
        *(tmp_path / "site" / "internal").rglob("*surat-masuk*")
    ]


def _settle_draft(page: Any) -> None:
    """Look at a doubt on the picture, give what is missing, make an SOP of the draft."""
    page.fill("#i-nama", "Penanganan Surat Masuk")
    page.fill("#i-unit", "Puskesmas Contoh Satu")
    page.keyboard.press("Enter")
    page.evaluate(SETTLED)
    assert "PUSKESMAS CONTOH SATU" in page.inner_text(".kop"), "a new unit stands below the agency"
    assert "DINAS KESEHATAN KABUPATEN CONTOH" in page.inner_text(".kop")
    page.click("[data-gambar] >> nth=0")
    beside = page.frame_locator("#naskah iframe")
    expect(beside.locator("#hal-1")).to_be_visible()
    page.click("#buka-naskah")
    while page.query_selector("[data-ragu]"):
        page.click("[data-ragu] >> nth=0")
        page.evaluate(SETTLED)
    page.click("#terima")
    page.wait_for_url("**/sop/surat-masuk")
    page.wait_for_selector("body[data-siap]")


def _revise_and_print(page: Any) -> None:
    page.click("#buka-revisi")
    page.fill("[name=perubahan]", "Waktu pencatatan")
    page.fill("[name=alasan]", "Evaluasi")
    page.keyboard.press("Enter")
    expect(page.locator("#keadaan")).to_contain_text("berkas belum diperbarui")
    page.fill("#l-0-0-waktu", "15 menit")
    page.evaluate(SETTLED)
    page.click("#simpan")
    expect(page.locator("#keadaan")).to_have_text("Tersimpan di berkas")
    with page.expect_download() as sheet:
        page.click("[data-cetak=pdf]")
    assert "15 menit" in _words(Path(sheet.value.path()).read_bytes())
    with page.context.expect_page() as opened:
        page.click("text=Banding")
    opened.value.wait_for_load_state()
    assert "versi 1" in opened.value.inner_text("main")
    opened.value.click("text=Kembali ke SOP")
    opened.value.wait_for_selector("#l-0-0-waktu")
    opened.value.close()
    page.click("#urung")
    expect(page.locator("#l-0-0-waktu")).to_have_value("5 menit")
    page.click("#buka-riwayat")
    page.click("#riwayat li:first-child button")
    expect(page.locator("#l-0-0-waktu")).to_have_value("15 menit")


def _words(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return " ".join(word["text"] for page in opened.pages for word in page.extract_words())


def test_what_is_printed_is_the_text_under_the_pen(client: Client) -> None:
    client.act({"laku": "isi", "path": ["kegiatan", 0, "waktu"], "value": "77 menit"})
    pdf = client.ask("GET", f"{PAGE}/cetak.pdf")
    assert pdf.headers["content-disposition"] == f'attachment; filename="{SLUG}-rancangan.pdf"'
    assert "77 menit" in _words(pdf.body)
    docx = client.ask("GET", f"{PAGE}/cetak.docx")
    assert b"77 menit" in zipfile.ZipFile(io.BytesIO(docx.body)).read("word/document.xml")
    assert client.ask("GET", f"{PAGE}/cetak.exe").status == 404


def test_what_has_errors_is_not_printed_but_told(client: Client) -> None:
    client.act({"laku": "langkah-baru", "table": 0, "at": 0})
    answer = client.ask("GET", f"{PAGE}/cetak.pdf")
    assert answer.status == 422
    assert "harus dibetulkan" in answer.told["pesan"]


def test_what_cannot_be_read_in_is_refused_in_words(client: Client) -> None:
    answer = client.ask("POST", "/impor?nama=virus.exe", b"MZ")
    assert answer.status == 422
    assert ".docx" in answer.told["pesan"]
    answer = client.ask("POST", "/impor?nama=..%2F..%2Fkosong.xlsx", b"PK rusak")
    assert answer.told["beres"] is False
    assert answer.told["draf"] == []
    assert "kosong.xlsx" in answer.told["kata"]


def test_data_that_are_wrong_are_not_published_but_told(client: Client, tmp_path: Path) -> None:
    (tmp_path / "sop_data" / "unit.yml").write_text("rusak: [")
    answer = client.ask("POST", "/terbitkan")
    assert answer.told["beres"] is False
    assert "unit.yml" in answer.told["kata"]
    assert not (tmp_path / "site").exists()


def test_an_emblem_is_put_up_from_the_page_and_judged_before(client: Client, tmp_path: Path) -> None:
    made = io.BytesIO()
    Image.new("RGB", (40, 50), "red").save(made, "PNG")
    data, agency = tmp_path / "sop_data", (tmp_path / "sop_data" / "instansi.yml").read_text()
    for name, blob in (("x.png", b"bukan gambar"), ("x.exe", made.getvalue()), ("x.svg", b"<svg/>")):
        answer = client.ask("POST", f"/lambang?nama={name}", blob)
        assert answer.status == 422, name
        assert answer.told["pesan"]
    assert (data / "instansi.yml").read_text() == agency
    assert client.ask("POST", "/lambang?nama=Lambang%20Baru.PNG", made.getvalue()).status == 200
    assert "logo: lambang.png" in (data / "instansi.yml").read_text()
    assert client.ask("GET", "/lambang").body == made.getvalue()
    assert 'src="../lambang?' in client.ask("GET", f"{PAGE}/keadaan").told["bagian"]["identitas"]
    again = made.getvalue() + b" "
    client.ask("POST", "/lambang?nama=lain.png", again)
    assert (data / "lambang.png").read_bytes() == made.getvalue(), "the one before it stays"


def test_what_is_missing_is_told_at_its_own_field(client: Client) -> None:
    for path in (["nomor"], ["disahkan_oleh", "jabatan"], ["disahkan_oleh", "nama"], ["tanggal", "efektif"]):
        client.act({"laku": "isi", "path": path, "value": ""})
    client.act({"laku": "isi", "path": ["kegiatan", 1, "waktu"], "value": ""})
    notes = client.ask("GET", f"{PAGE}/keadaan").told["catatan"]
    places = {note["tempat"] for note in notes}
    assert {"i-nomor", "i-disahkan_oleh-jabatan", "l-0-1-waktu"} <= places
    assert [n for n in notes if n["tempat"] == "i-nama"] == []


def test_a_check_page_stands_beside_the_form_and_nowhere_else(client: Client, tmp_path: Path) -> None:
    draft = tmp_path / "sop_data" / "draf"
    draft.mkdir()
    (draft / "x.yml").write_text("# periksa: nama? (mungkin y)\nnama: X\nunit: u\n")
    (draft / "x.periksa.html").write_text(
        '<style>a{}</style><ol><li id="hal-1" tabindex="-1">\n<h3><span>1</span> nama?</h3></li></ol>'
    )
    answer = client.ask("GET", "/draf/x/periksa")
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    policy = answer.headers["content-security-policy"]
    assert "sandbox;" in policy
    assert "frame-ancestors 'self'" in policy
    assert 'data-gambar="hal-1"' in client.ask("GET", "/draf/x/keadaan").told["bagian"]["masalah"]
    assert client.ask("GET", PAGE).headers["x-frame-options"] == "DENY"
    assert client.ask("GET", f"{PAGE}/periksa").status == 404
