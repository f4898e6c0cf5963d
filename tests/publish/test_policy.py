"""Every page stands under a policy that allows its own scripts and nothing in place; the browser agrees."""

from __future__ import annotations

import re
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from generator.build.headers import HEADERS, header_files, write_headers
from generator.build.policy import PolicyError, refuse_inline, script_hashes, seal
from tests.publish.conftest import Site

KINDS = ["", "sop/", "sop/surat-dan-jadwal/", "sop/uji-teks/", "unit/unit-uji/", "pelaksana/kasi/", "peta/"]
PAGE = '<!doctype html><html><head><meta charset="utf-8"></head><body>{}</body></html>'


def sealed(body: str) -> str:
    return seal("index.html", PAGE.format(body))[0]


def test_only_scripts_that_run_are_named() -> None:
    runs, data = "<script>let a = 1</script>", '<script type="application/json">{"a": 1}</script>'
    page = sealed(f'{runs}{data}<script src="a.js"></script>')
    assert re.findall("'sha256-[^']+'", page) == list(script_hashes(runs))
    assert "unsafe-inline" not in page


@pytest.mark.parametrize(
    "body",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        '<p title="x" onclick=f()>',
        "<p STYLE=a>",
        '<p title="x"style=a>',
        "<p/onclick=f()>",
    ],
)
def test_what_the_policy_forbids_is_told_before_a_browser_does(body: str) -> None:
    with pytest.raises(PolicyError, match=r"index\.html"):
        sealed(body)


@pytest.mark.parametrize(
    "body",
    ['<p style="color: red">', "<style>p {}</style>", '<p title="x" onclick="f()">', "<script>f()</script>"],
)
def test_our_own_templates_are_held_to_it_too(body: str) -> None:
    with pytest.raises(PolicyError, match=r"sop/x/index\.html"):
        refuse_inline("sop/x/index.html", body)


def test_our_own_templates_may_ask_for_scripts_and_speak_of_style() -> None:
    words = escape('<p style="color: red" onclick="f()"><script>')
    refuse_inline("sop/x/index.html", f'<script src="a.js" defer></script><p title="{words}">{words}</p>')


@pytest.mark.parametrize(
    "body", ['<p title="style=x onclick=y">', "<p data-style=x>teks style= onclick=</p>", "<svg class='a'/>"]
)
def test_words_are_no_style(body: str) -> None:
    assert body in sealed(body)


@pytest.mark.browser
def test_the_site_works_under_the_headers_and_asks_no_other_host(browser: Browser, site: Site) -> None:
    headers = dict(re.findall(r'add_header (\S+) "(.*)" always;', headers_of(site)))
    assert "unsafe-inline" not in headers["Content-Security-Policy"]

    class Handler(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            for name, value in headers.items():
                self.send_header(name, value)
            super().end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=site.out / "internal"))
    Thread(target=server.serve_forever, daemon=True).start()
    top = f"http://127.0.0.1:{server.server_port}/"
    page = browser.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request", lambda asked: None if asked.url.startswith((top, "data:")) else wrong.append(asked.url)
    )
    try:
        for kind in KINDS:
            page.goto(top + kind)
            assert page.evaluate("document.documentElement.classList.contains('js')"), kind
        page.locator("#cari-isian").fill("ditandatangani")
        page.locator("#cari-hasil a").first.wait_for()
        # positive control: the policy is in force
        page.evaluate("document.body.append(Object.assign(document.createElement('p'), {id: 'uji'}))")
        page.evaluate("document.getElementById('uji').setAttribute('onclick', 'window.pwned = 1')")
        page.evaluate("document.getElementById('uji').click()")
        assert page.evaluate("window.pwned") is None
        assert [text for text in wrong if "inline event handler" not in text] == []
        assert wrong
    finally:
        page.close()
        server.shutdown()
        server.server_close()


def headers_of(site: Site) -> str:
    return (site.out / HEADERS / "internal" / "nginx.conf").read_text(encoding="utf-8")


def test_both_servers_are_told_the_same(site: Site) -> None:
    for audience in ("public", "internal"):
        folder = site.out / HEADERS / audience
        nginx = re.findall(r'add_header (\S+) "(.*)" always;', (folder / "nginx.conf").read_text("utf-8"))
        apache = re.findall(r'Header always set (\S+) "(.*)"', (folder / "apache.conf").read_text("utf-8"))
        assert nginx == apache != []
        for page in site.pages(audience):
            own = set(re.findall("'sha256-[^']+'", page.read_text(encoding="utf-8").split("</head>")[0]))
            assert own <= set(re.findall("'sha256-[^']+'", dict(nginx)["Content-Security-Policy"]))
        assert not (site.out / audience / HEADERS).exists()


def test_header_files_that_say_the_same_are_not_written_again(tmp_path: Path) -> None:
    old, new = tmp_path / "lama", tmp_path / "baru"
    write_headers(header_files("default-src 'none'"), old, old)
    (old / "nginx.conf").write_text("# diubah tangan\n")
    before = {path.name: path.stat().st_ino for path in old.iterdir()}
    write_headers(header_files("default-src 'none'"), new, old)
    again = {path.name for path in new.iterdir() if path.stat().st_ino == before[path.name]}
    assert again == before.keys() - {"nginx.conf"}
    assert {path.name: path.read_bytes() for path in new.iterdir()} == header_files("default-src 'none'")
    assert (old / "nginx.conf").read_text() == "# diubah tangan\n"
