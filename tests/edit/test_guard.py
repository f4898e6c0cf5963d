"""Who is answered by the page: only our own pages, in the browser that was shown the word."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.edit.page.guard import ENTRY, MOST
from tests.edit.desk import PORT, SLUG, Client, desk

PAGE = f"/sop/{SLUG}"


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(desk(tmp_path)).enter()


def test_the_word_opens_once_and_gives_a_strict_cookie(tmp_path: Path) -> None:
    client = Client(desk(tmp_path))
    assert client.ask("GET", PAGE).status == 403
    assert client.ask("GET", f"{ENTRY}?kunci=salah").status == 403
    answer = client.ask("GET", f"{ENTRY}?kunci={client.key}")
    assert answer.status == 200
    cookie = answer.headers["set-cookie"].lower()
    assert "samesite=strict" in cookie
    assert "httponly" in cookie
    assert client.ask("GET", f"{ENTRY}?kunci={client.key}").status == 403
    assert client.ask("GET", PAGE).status == 403, "without the cookie"


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "jahat.example:8010"},
        {"host": f"127.0.0.1:{PORT + 1}"},
        {"host": "127.0.0.1"},
        {"host": None},
        {"origin": "http://jahat.example"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"origin": "null"},
        {"origin": f"https://127.0.0.1:{PORT}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"cookie": None},
        {"cookie": f"sop-sunting-{PORT}=salah"},
        {"cookie": "\x01;;="},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_host_site_or_browser_is_refused(
    client: Client, method: str, headers: dict[str, str | None]
) -> None:
    before = _bytes(client)
    address = PAGE if method == "GET" else f"{PAGE}/urung"
    assert client.ask(method, address, b'{"dasar":0}', headers).status in (403, 421)
    assert _bytes(client) == before


def test_writing_needs_an_origin(client: Client) -> None:
    assert client.ask("POST", f"{PAGE}/simpan", b'{"dasar":0}', {"origin": None}).status == 403


def test_every_answer_is_under_the_policy(client: Client) -> None:
    for address in ("/", PAGE, "/aset/sunting.js", "/tidak/ada", "/aset/tidak.js", f"{PAGE}/keadaan"):
        answer = client.ask("GET", address)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.headers["cache-control"] == "no-store"
    assert (
        "default-src" in client.ask("GET", PAGE, headers={"cookie": None}).headers["content-security-policy"]
    )


@pytest.mark.parametrize(
    "address",
    [
        "/aset/../../../../etc/passwd",
        "/aset/..%2f..%2fapp.py",
        "/aset/app.py",
        "/aset/sunting.html",
        "/sop/../instansi",
        "/sop/..",
        "/sop/%2e%2e",
        "/versi/surat-dan-jadwal",
        "/sop/tidak-ada",
        "/sop/surat-dan-jadwal/../../x",
        "/draf/..%2fsop%2fsurat-dan-jadwal",
    ],
)
def test_no_address_leads_out_of_the_rooms(client: Client, address: str) -> None:
    assert client.ask("GET", address).status in (404, 405)
    assert client.ask("POST", f"{address}/simpan", b'{"dasar":0}').status in (404, 405)


def test_a_body_of_50_mb_is_refused_however_it_comes(client: Client) -> None:
    size = 50_000_000
    assert client.ask("POST", f"{PAGE}/laku", b"x", {"content-length": str(size)}).status == 413
    assert client.ask("POST", f"{PAGE}/laku", b"x", {"content-length": "banyak"}).status == 413
    pieces = [b" " * (MOST // 4)] * 8
    assert client.ask("POST", f"{PAGE}/laku", pieces).status == 413


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"dasar":"x"}', b'{"dasar":0,"laku":{"laku":"hancurkan"}}', b"\xff"]
)
def test_what_is_not_understood_is_refused_in_words(client: Client, body: bytes) -> None:
    answer = client.ask("POST", f"{PAGE}/laku", body)
    assert answer.status in (404, 422)
    if answer.status == 422:
        assert "muat ulang" in answer.told["pesan"]


def test_markup_and_formulas_are_text(client: Client) -> None:
    evil = '<img src=x onerror="alert(1)"><script>alert(1)</script>{{ 7*7 }}=HYPERLINK("http://x")'
    for path in (["nama"], ["nomor"], ["peringatan"], ["kegiatan", 0, "uraian"], ["kegiatan", 0, "waktu"]):
        assert client.act({"laku": "isi", "path": path, "value": evil}).status == 200
    client.act({"laku": "kolom-baru", "table": 0, "name": evil})
    client.act({"laku": "butir-baru", "box": "keterkaitan", "name": evil})
    told = client.ask("GET", f"{PAGE}/keadaan?baris=0,0").told
    for html in [*told["bagian"].values(), told["rincian"]]:
        assert "<img" not in html
        assert "<script" not in html
    assert "<script>alert" not in client.ask("GET", PAGE).body.decode()
    assert client.verb("simpan").status == 200
    assert "<script>alert" not in client.ask("GET", "/").body.decode()
    assert told["isi"]["l-0-0-uraian"] == evil


def _bytes(client: Client) -> bytes:
    return client.ask("GET", f"{PAGE}/keadaan").body
