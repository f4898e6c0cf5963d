"""The examples of the publishing guide, as they stand: nginx serves both sites, the CI file checks and
publishes."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path

import click
import pytest
import yaml
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error

from generator.build.headers import FILES, FILES_POLICY, FRAMED_POLICY
from tests.bench.site.__main__ import serve
from tests.publish.conftest import Site
from tests.publish.nginx import Ask, get, program, served
from tests.publish.sites import ROOT

EXAMPLES = ROOT / "generator" / "default" / "docs" / "penerbitan"

PUBLIC, INTERNAL = "sop.contoh.go.id", "sop-internal.contoh.go.id"
SIGNED_IN = {"Authorization": "Basic " + base64.b64encode(b"ayu:rahasia benar").decode()}


@pytest.fixture(scope="module")
def ask(nginx: tuple[int, int]) -> Ask:
    """Asks a real nginx: host ("plain HOST" without encryption), path, headers, method."""
    plain, secure = nginx
    return partial(get, plain, secure)


@pytest.fixture(scope="module")
def nginx(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """A real nginx with the example as it stands, but for folders and ports; gives its ports, the one without
    encryption first."""
    with _served(site, tmp_path_factory.mktemp("nginx"), "") as ports:
        yield ports


@contextmanager
def _served(site: Site, top: Path, without: str) -> Iterator[tuple[int, int]]:
    """The same; ``without``: a header that it is not to send."""
    pages = top / "site"
    for name in ("public", "internal", "_keamanan"):
        shutil.copytree(site.out / name, pages / name)
    for told in (pages / "_keamanan").rglob("*.conf") if without else ():
        lines = told.read_text(encoding="utf-8").splitlines(keepends=True)
        told.write_text("".join(line for line in lines if without not in line), encoding="utf-8")
    (pages / "public" / "bocor.html").symlink_to(pages / "internal" / "index.html")
    (pages / "public" / ".git").mkdir()
    (pages / "public" / ".git" / "config").write_text("rahasia", encoding="utf-8")
    word = subprocess.run(
        [program("openssl"), "passwd", "-6", "rahasia benar"], capture_output=True, text=True, check=True
    )
    (top / "sop.htpasswd").write_text(f"ayu:{word.stdout}", encoding="utf-8")
    with served(EXAMPLES / "nginx-sop.conf", top, [PUBLIC, INTERNAL]) as ports:
        yield ports


def test_the_public_site_is_served_with_its_headers(ask: Ask, site: Site) -> None:
    status, headers, body = ask(PUBLIC, "/")
    assert (status, body) == (200, (site.out / "public" / "index.html").read_bytes())
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-cache"
    assert headers["strict-transport-security"] == "max-age=31536000"
    told = (site.out / "_keamanan" / "public" / "nginx.conf").read_text(encoding="utf-8")
    wanted = dict(re.findall(r'add_header (\S+) "(.*)" always;', told))
    assert "Content-Security-Policy" in wanted
    for path in ("/", "/tidak-ada/", "/tidak-ada.svg", "/assets/situs.css", "/data/sop.json"):
        headers = ask(PUBLIC, path)[1]
        assert {name: headers.get(name.lower()) for name in wanted} == wanted, path
        assert "1." not in headers["server"]
    wanted["Content-Security-Policy"] = FILES_POLICY  # as strict, and no script at all
    for path in ("/sop/penunjuk/penunjuk.bpmn", "/sop/penunjuk/penunjuk.svg", "/perubahan/atom.xml"):
        headers = ask(PUBLIC, path)[1]
        assert {name: headers.get(name.lower()) for name in wanted} == wanted, path
        assert headers["strict-transport-security"] == "max-age=31536000"
        assert headers["cache-control"] == "no-cache"


def test_what_is_no_page_runs_no_script_and_asks_nobody(site: Site) -> None:
    rules = dict(rule.split(" ", 1) for rule in FILES_POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert not {"script-src", "connect-src", "object-src", "frame-src"} & rules.keys()
    assert "http" not in FILES_POLICY
    named = re.compile(FILES)
    for path in (site.out / "public").rglob("*"):
        if path.suffix in (".svg", ".png", ".xml", ".bpmn"):
            assert named.search(path.as_posix()), path


CARD = "/sop/surat-dan-jadwal/surat-dan-jadwal.sematan.htm"


def test_only_what_is_made_for_frames_may_stand_in_one(ask: Ask, site: Site) -> None:
    status, headers, body = ask(PUBLIC, CARD)
    assert (status, body) == (200, (site.out / "public" / CARD[1:]).read_bytes())
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["content-security-policy"] == FRAMED_POLICY
    assert "x-frame-options" not in headers
    page = ask(PUBLIC, "/")[1]
    others = page.keys() - {"x-frame-options", "last-modified", "etag", "content-length"}
    assert headers.keys() >= others
    for path in (CARD.replace("sematan", "dibacakan"), "/sop/surat-dan-jadwal/", "/tidak-ada.sematan.htm"):
        headers = ask(PUBLIC, path)[1]
        assert headers["x-frame-options"] == "DENY", path
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert ask(INTERNAL, CARD, SIGNED_IN)[0] == 404


@pytest.mark.browser
def test_another_site_shows_the_card_and_no_page(
    browser: Browser, nginx: tuple[int, int], tmp_path: Path
) -> None:
    ours = f"https://127.0.0.1:{nginx[1]}"
    frame = '<iframe name="{}" src="{}{}" width="480" height="300" sandbox="{}"></iframe>'
    allowed = "allow-popups allow-popups-to-escape-sandbox"
    frames = frame.format("kartu", ours, CARD, allowed) + frame.format(
        "halaman", ours, "/sop/surat-dan-jadwal/", "allow-scripts"
    )
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    (tmp_path / "index.html").write_text(frames, encoding="utf-8")
    with serve(
        tmp_path
    ) as there:  # another origin on this machine: a browser keeps the rest of the net from it
        page.goto(there, wait_until="load")
    card = page.frame("kartu")
    assert card is not None
    assert card.locator("h1").inner_text().startswith("SOP Surat dan Jadwal")
    padding = "e => getComputedStyle(e).paddingLeft"
    assert card.locator("article").evaluate(padding) == "16px"  # its style passes its policy
    assert [frame.url.partition(":")[0] for frame in page.frames] == ["http", "https", "chrome-error"]
    with context.expect_page() as opened:
        card.locator("a").click()
    opened.value.wait_for_url("**/surat-dan-jadwal/index.html")
    assert "Surat dan Jadwal" in opened.value.locator("h1").inner_text()
    context.close()


def test_a_plain_request_is_sent_on_to_no_host_but_ours(ask: Ask) -> None:
    for host, meant in ((PUBLIC, PUBLIC), (INTERNAL, INTERNAL), ("jahat.example", PUBLIC)):
        status, headers, _ = ask(f"plain {PUBLIC}", "/sop/", {"Host": host})
        assert (status, headers["location"]) == (301, f"https://{meant}/sop/")


def test_files_are_kept_only_where_their_name_holds_their_hash(ask: Ask, site: Site) -> None:
    kept, asked = list[str](), list[str]()
    for path in (site.out / "public").rglob("*"):
        name = path.relative_to(site.out / "public").as_posix()
        if path.is_file() and not name.startswith("assets/javascripts/lunr"):
            status, headers, _ = ask(PUBLIC, f"/{name}", method="HEAD")
            if name == "404.html":
                continue
            assert status == 200, name
            (kept if "immutable" in headers["cache-control"] else asked).append(name)
    for name in kept:
        held = r"/[0-9a-z]{10}\.js$" if name.startswith("cari/") else r"\.[0-9a-f]{8}\."
        assert re.search(held, name), name
    assert {name.rpartition(".")[2] for name in kept} == {"js", "css", "map"}
    folders = {name.split("/")[1] for name in kept if name.startswith("cari/")}
    assert folders == {"istilah", "halaman", "kutipan", "saring", "kamus"}
    assert {"index.html", "MANIFEST.json", "cari/indeks.js", "assets/situs.css"} <= set(asked)
    etag = ask(PUBLIC, "/sop/")[1]["etag"]
    assert ask(PUBLIC, "/sop/", {"If-None-Match": etag})[0] == 304


@pytest.mark.parametrize("name", ["surat-dan-jadwal", "uji-versi"])
def test_the_lasting_address_of_a_version_leads_to_what_shows_it(ask: Ask, site: Site, name: str) -> None:
    kept = name == "uji-versi"
    for path, to in (
        (f"/sop/{name}/versi/1/", f"/sop/{name}/#versi"),
        (f"/data/sop/{name}/1.json", f"/data/sop/{name}.json"),
    ):
        status, headers, body = ask(PUBLIC, path)
        assert "content-security-policy" in headers
        assert ask(INTERNAL, path)[0] == 401, "who may not read is not told whether there are more versions"
        if kept:
            assert status == 200
            file = path[1:] + ("index.html" if path.endswith("/") else "")
            assert body == (site.out / "public" / file).read_bytes()
        else:
            assert (status, headers["location"]) == (302, to)
            assert ask(PUBLIC, to.partition("#")[0])[0] == 200
    assert ask(PUBLIC, "/sop/tidak-ada/")[0] == 404


def test_types_missing_pages_links_and_hidden_files(ask: Ask, site: Site) -> None:
    assert ask(PUBLIC, "/sop/penunjuk/penunjuk.bpmn")[1]["content-type"].startswith("application/xml")
    assert ask(PUBLIC, "/perubahan/atom.xml")[1]["content-type"].startswith("application/atom+xml")
    assert ask(PUBLIC, "/sop/penunjuk/penunjuk.svg")[1]["content-type"].startswith("image/svg+xml")
    assert ask(PUBLIC, "/data/sop.json", {"Accept-Encoding": "gzip"})[1]["content-encoding"] == "gzip"
    status, _, body = ask(PUBLIC, "/tidak-ada/")
    assert (status, body) == (404, (site.out / "public" / "404.html").read_bytes())
    assert ask(PUBLIC, "/bocor.html")[0] == 403
    assert ask(PUBLIC, "/.git/config")[0] == 404
    assert ask(PUBLIC, "/../internal/index.html")[0] == 400
    assert ask(PUBLIC, "/_keamanan/public/nginx.conf")[0] == 404
    assert ask(PUBLIC, "/", method="POST")[0] == 405
    assert ask(PUBLIC, "/sop")[1]["location"] == "/sop/"
    status, headers, _ = ask(f"plain {PUBLIC}", "/sop/")
    assert (status, headers["location"]) == (301, f"https://{PUBLIC}/sop/")


def kinds(site: Path) -> dict[str, str]:
    """A file of each kind that a site holds, by its ending; of pictures the largest, else the smallest."""
    found: dict[str, Path] = {}
    for path in sorted(site.rglob("*"), key=lambda path: (path.stat().st_size, path)):
        if path.is_file() and not path.is_relative_to(site / "cari") and path.name != "404.html":
            kind = "atom.xml" if path.name == "atom.xml" else path.suffix
            if kind in (".png", ".svg") or kind not in found:
                found[kind] = path
    return {kind: path.relative_to(site).as_posix() for kind, path in sorted(found.items())}


SHOWN = {".bpmn", ".css", ".html", ".js", ".json", ".pdf", ".png", ".svg", "atom.xml"}
"""Kinds that a browser shows; it keeps the others as files."""


@pytest.mark.browser
def test_every_kind_of_file_looks_as_if_there_were_no_policy(
    browser: Browser, nginx: tuple[int, int], site: Site, tmp_path: Path
) -> None:
    """Opened by its own address, on the documented server."""
    with _served(site, tmp_path, "Content-Security-Policy") as (_, bare):
        _compare_kinds(browser, site, nginx[1], bare)


def _compare_kinds(browser: Browser, site: Site, secure: int, bare: int) -> None:
    found = kinds(site.out / "public")
    assert found.keys() >= SHOWN | {".csv", ".docx"}
    shown = set()
    for kind, name in found.items():
        for _ in range(
            3
        ):  # on a busy machine a viewer may stand still before it is done; a policy does not pass
            with_policy, without = (seen(browser, f"https://127.0.0.1:{p}/{name}") for p in (secure, bare))
            if with_policy == without:
                break
        assert with_policy == without, (kind, name)
        if with_policy:
            shown.add(kind)
        if with_policy and kind == ".svg":
            _is_a_drawing(with_policy)
    assert shown >= SHOWN


def seen(browser: Browser, address: str) -> bytes:
    """The picture of what a browser shows at an address, nothing if it keeps it as a file."""
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1000, "height": 700})
    try:
        return _settled(context, address)
    finally:
        context.close()


def _settled(context: BrowserContext, address: str) -> bytes:
    """The picture once it no longer changes: the viewer of PDF takes its time."""
    page = context.new_page()
    try:
        page.goto(address)
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        return b""
    before = b""
    for _ in range(20):
        page.wait_for_timeout(400)
        now = page.screenshot(animations="disabled", caret="hide")
        if now == before:
            break
        before = now
    return before


def _is_a_drawing(picture: bytes) -> None:
    """White paper with thin dark lines and letters, and the grey lines of the grid."""
    with Image.open(BytesIO(picture)) as image:
        grey = image.convert("L")
        share = [count / (grey.width * grey.height) for count in grey.histogram()]
    assert sum(share[250:]) > 0.5
    assert 0.005 < sum(share[:100]) < 0.2
    assert sum(share[100:140]) > 0.001


def test_nothing_of_the_internal_site_is_read_without_the_password(ask: Ask, site: Site) -> None:
    for path in sorted((site.out / "internal").rglob("*")):
        name = path.relative_to(site.out / "internal").as_posix()
        if path.is_file() and not name.startswith("assets/javascripts/lunr"):
            assert ask(INTERNAL, f"/{name}", method="HEAD")[0] in (401, 404), (
                name
            )  # 404.html is for nginx only
    wrong = {"Authorization": "Basic " + base64.b64encode(b"ayu:salah").decode()}
    for name in ("/", "/sop/rahasia/", "/tidak-ada/", "/404.html"):
        status, headers, body = ask(INTERNAL, name, wrong)
        assert status in (401, 404), name
        assert b"SOP" not in body
        assert "content-security-policy" in headers
    status, headers, body = ask(INTERNAL, "/sop/rahasia/", SIGNED_IN)
    assert (status, body) == (200, (site.out / "internal" / "sop" / "rahasia" / "index.html").read_bytes())
    assert headers["cache-control"] == "private, no-cache"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert ask(PUBLIC, "/sop/rahasia/", SIGNED_IN)[0] == 404


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What a runner checks out, and the words that its machine has."""
    for name in ("sop_data", "docs"):
        shutil.copytree(ROOT / name, tmp_path / "proyek" / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "proyek")
    bin = tmp_path / "bin"
    bin.mkdir()
    for name, line in (("sop", f'exec "{sys.executable}" -m generator "$@"'), ("sudo", 'echo "sudo $*"')):
        (bin / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (bin / name).chmod(0o755)
    return tmp_path


def job(project: Path, name: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a job as a runner does: line by line, to the first that fails."""
    content = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text(encoding="utf-8"))
    env = {
        "PATH": f"{project / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "SITUS": str(project / "srv" / "site"),
        "CATATAN": str(project / "srv" / "catatan"),
    }
    assert env.keys() >= content["variables"].keys()
    script = "set -e\n" + "\n".join(content[name]["script"])
    return subprocess.run(
        ["bash", "-c", script], cwd=project / "proyek", env=env, capture_output=True, text=True, timeout=300
    )


def test_the_ci_file_checks_and_publishes(project: Path) -> None:
    done = job(project, "terbit")
    assert done.returncode == 0, done.stdout + done.stderr
    loaded = "sudo nginx -t\nsudo systemctl reload nginx\n"
    before, _, after = done.stdout.partition(loaded)
    assert "public/ selesai" in before
    assert "semuanya cocok" in after, "as soon as the sites stand"
    assert "data" not in {path.name for path in (project / "srv" / "site").iterdir()}
    assert len(list((project / "srv" / "catatan").glob("*.json"))) == 2
    assert (project / "srv" / "site" / "public").stat().st_mode & 0o7777 == 0o750
    (project / "proyek" / "sop_data" / "sop" / "baru.yml").write_text("nama: [\n", encoding="utf-8")
    done = job(project, "terbit")
    assert (done.returncode, loaded in done.stdout) == (1, True), "other agencies may have been exchanged"
    done = job(project, "periksa")
    assert (done.returncode, "baru.yml:" in done.stdout) == (1, True)
    assert not (project / "proyek" / "hasil-periksa").exists()


def test_the_ci_file_never_uploads_a_site() -> None:
    content = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text(encoding="utf-8"))
    assert not [name for name, job in content.items() if isinstance(job, dict) and "artifacts" in job]
    assert content["periksa"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]


def test_the_guide_names_only_commands_and_options_that_exist() -> None:
    text = (ROOT / "generator" / "default" / "docs" / "penerbitan.md").read_text(encoding="utf-8")
    text += (EXAMPLES / "gitlab-ci.yml").read_text(encoding="utf-8")
    from generator.cli import main

    seen = set()
    for name, rest in re.findall(r"\bsop (build|verify|check|fmt|serve|[a-z]+) ([^\n`]*)", text):
        if found := main.get_command(click.Context(main), name):
            seen.add(name)
            options = {option for param in found.params for option in (*param.opts, *param.secondary_opts)}
            assert set(re.findall(r"--[a-z][a-z-]*", rest.split("#")[0])) <= options, (name, rest)
    assert {"build", "verify", "health"} <= seen
