"""The example of serving a portal from a folder: each site stands at its address under its own policy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from generator.build.headers import FILES_POLICY, FRAMED_POLICY
from generator.program import DEFAULT
from tests.bench.site.kabupaten import write_kabupaten
from tests.portal.test_portal_build import run
from tests.publish.nginx import Ask, get, served

EXAMPLE = DEFAULT / "docs" / "penerbitan" / "nginx-portal-diska.conf"
HOST = "sop.contoh.go.id"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal of two agencies as it is copied to a server."""
    top = tmp_path_factory.mktemp("diska")
    write_kabupaten(top / "data", 2, 4)
    result = run(top)
    assert result.exit_code == 0, result.output
    shutil.copytree(top / "out" / "public", top / "site" / "public")
    shutil.copytree(top / "out" / "_keamanan", top / "site" / "_keamanan")
    return top / "site"


@pytest.fixture(scope="module")
def ports(site: Path) -> Iterator[tuple[int, int]]:
    with served(EXAMPLE, site.parent, [HOST]) as found:
        yield found


@pytest.fixture
def ask(ports: tuple[int, int]) -> Ask:
    return partial(get, *ports, HOST)


def told(site: Path, id: str) -> dict[str, str]:
    text = (site / "_keamanan" / "public" / id / "nginx.conf").read_text()
    return dict(re.findall(r'add_header (\S+) "(.*)" always;', text))


def test_every_address_bears_the_headers_of_its_own_site(ask: Ask, site: Path) -> None:
    slug = next((site / "public" / "dinkes" / "sop").glob("*/index.html")).parent.name
    pages = {
        "_portal": ["/", "/tidak-ada/", "/portal.css", "/sop.json"],
        "dinkes": ["/dinkes/", f"/dinkes/sop/{slug}/", "/dinkes/tidak-ada/", "/dinkes/assets/situs.css"],
        "disdik": ["/disdik/", "/disdik/sop/", "/disdik/tidak-ada/", "/disdik/data/sop.json"],
    }
    policies = set()
    for id, paths in pages.items():
        wanted = told(site, id)
        policies.add(wanted["Content-Security-Policy"])
        for path in paths:
            headers = ask(path)[1]
            assert {name: headers.get(name.lower()) for name in wanted} == wanted, path
            assert headers["strict-transport-security"] == "max-age=31536000"
            assert headers["cache-control"] == "no-cache"
    assert len(policies) > 1, "or one for all would do"
    svg = ask(f"/dinkes/sop/{slug}/{slug}.svg")
    assert (svg[0], svg[1]["content-type"]) == (200, "image/svg+xml; charset=utf-8")
    assert svg[1]["content-security-policy"] == FILES_POLICY
    card = ask(f"/dinkes/sop/{slug}/{slug}.sematan.htm")
    assert (card[0], card[1]["content-security-policy"]) == (200, FRAMED_POLICY)
    assert "x-frame-options" not in card[1]


def test_missing_pages_versions_and_hidden_files(ask: Ask, site: Path) -> None:
    slug = next((site / "public" / "dinkes" / "sop").glob("*/index.html")).parent.name
    status, _, body = ask("/dinkes/tidak-ada/")
    assert (status, body) == (404, (site / "public" / "dinkes" / "404.html").read_bytes())
    status, _, body = ask("/tidak/ada/")
    assert (status, body) == (404, (site / "public" / "404.html").read_bytes())
    links = re.findall(r'href="(/[^"]*)"', body.decode())
    assert "/dinkes/index.html" in links
    for link in links:
        assert ask(link)[0] == 200, link
    assert ask("/dinkes")[1]["location"] == "/dinkes/"
    assert ask(f"/dinkes/sop/{slug}/versi/1/")[1]["location"] == f"/dinkes/sop/{slug}/#versi"
    assert ask(f"/dinkes/data/sop/{slug}/1.json")[1]["location"] == f"/dinkes/data/sop/{slug}.json"
    (site / "public" / "dinkes" / ".git").mkdir()
    (site / "public" / "dinkes" / ".git" / "gambar.svg").write_text("<svg/>")
    (site / "public" / "disdik" / "bocor.html").symlink_to("/etc/hostname")
    assert ask("/dinkes/.git/gambar.svg")[0] == 404
    assert ask("/disdik/bocor.html")[0] in (403, 404)
    assert ask("/_keamanan/public/dinkes/nginx.conf")[0] == 404


def test_pages_of_all_sites_work_under_it(ports: tuple[int, int], browser: Browser) -> None:
    """Scripts of each site are those that its policy names; its search finds."""
    context = browser.new_context(ignore_https_errors=True)
    try:
        for path in ("/", "/dinkes/", "/disdik/sop/"):
            with closing(context.new_page()) as page:
                assert not _errors(page, f"https://127.0.0.1:{ports[1]}{path}")
    finally:
        context.close()


def _errors(page: Page, address: str) -> list[str]:
    said: list[ConsoleMessage] = []

    def hear(one: ConsoleMessage) -> None:
        said.append(one)

    page.on("console", hear)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return [one.text for one in said if one.type == "error"]
