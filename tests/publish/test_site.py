"""The built site: hostile text is only text, every link leads somewhere, nothing internal is public."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from lxml.etree import _Element
from markdown_it import MarkdownIt

from generator.data.catalogue import Audience
from generator.formats.plain.page import TWIN
from generator.site.stage import own_pages
from tests.publish.conftest import Site
from tests.publish.sites import CANARY, NASTY, ROOT, nasty
from tests.publish.staging import all_pages, stage

AUDIENCES = ["public", "internal"]
NEUTRAL = " ".join(NASTY.split())


@cache
def parse(path: Path) -> _Element:
    return lxml.html.parse(str(path), lxml.html.HTMLParser(encoding="utf-8")).getroot()


def words(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


def said(field: str) -> str:
    return " ".join(nasty(field).split())


def elements(site: Site, audience: str) -> Iterator[tuple[Path, _Element]]:
    for page in site.pages(audience):
        for element in parse(page).iter():
            if isinstance(element.tag, str):
                yield page, element


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_text_becomes_a_tag_an_attribute_or_a_script(site: Site, audience: str) -> None:
    for page, element in elements(site, audience):
        assert not [name for name in element.attrib if name.lower().startswith("on")], page
        for name in ("href", "src", "action", "xlink:href"):
            assert not element.get(name, "").strip().lower().startswith(("javascript:", "data:", "vbscript:"))
        assert element.get("src") != "x", page
        assert (
            element.tag != "script"
            or "json" in element.get("type", "")
            or "pwned" not in (element.text or "")
        )
        assert words(element) not in ("tebaluji", "miringuji", "kodeuji", "tautanuji")


FIELDS = """nama nomor kop revisi jabatan pejabat tujuan hukum-kutipan hukum-dimaksud hukum-catatan
    kualifikasi keterkaitan peralatan peringatan pencatatan hal alasan label judul pelaksana-nama
    pelaksana-lengkap uraian kelengkapan waktu output keterangan pilihan unit-nama""".split()  # noqa: SIM905


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_field_stands_on_its_page_word_for_word(site: Site, audience: str) -> None:
    page = parse(site.out / audience / "sop" / "uji-teks" / "index.html")
    text = words(page)
    assert [field for field in FIELDS if said(field) not in text] == []
    assert (said("catatan-penyunting") in text) == (audience == "internal")
    assert words(page.find(".//title")).startswith(said("nama"))
    assert words(page.find(".//h1")) == said("nama")
    assert page.find(".//meta[@name='description']").get("content")
    labels = [" ".join(link.get("aria-label").split()) for link in page.findall(".//svg//a[@aria-label]")]
    assert any(said("uraian") in label for label in labels)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("sop/index.html", "nama"),
        ("peta/index.html", "nama"),
        ("unit/index.html", "unit-nama"),
        ("unit/unit-uji/index.html", "unit-nama"),
        ("pelaksana/index.html", "pelaksana-nama"),
        ("pelaksana/uji/index.html", "uraian"),
        ("hukum/index.html", "hukum-kutipan"),
        ("hukum/uu-uji/index.html", "hukum-judul"),
    ],
)
def test_lists_name_it_word_for_word(site: Site, path: str, field: str) -> None:
    page = parse(site.out / "public" / path)
    assert said(field) in words(page)
    assert "{{" not in words(page.find(".//title")).replace(NEUTRAL, "")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_link_and_anchor_leads_somewhere(site: Site, audience: str) -> None:
    top = site.out / audience
    dead = []
    for page, element in elements(site, audience):
        for name in ("href", "src"):
            value = element.get(name)
            if not value:
                continue
            parts = urlsplit(value)
            if parts.scheme or parts.netloc:
                continue
            base = top if parts.path.startswith("/") else page.parent
            target = (base / unquote(parts.path).lstrip("/")).resolve() if parts.path else page
            if target.is_dir():
                target /= "index.html"
            anchors = parts.fragment and target.suffix == ".html" and target.is_file()
            if not target.is_file() or (anchors and not _has(target, unquote(parts.fragment))):
                dead.append(f"{page.relative_to(top)}: {value}")
    assert dead == []


def _has(page: Path, anchor: str) -> bool:
    return anchor in _anchors(page)


@cache
def _anchors(page: Path) -> frozenset[str]:
    tree = parse(page)
    return frozenset([*tree.xpath("//@id"), *tree.xpath("//a/@name"), "__skip"])


@pytest.mark.parametrize("audience", AUDIENCES)
def test_ids_are_unique_and_every_page_has_one_heading(site: Site, audience: str) -> None:
    for page in site.pages(audience):
        ids = parse(page).xpath("//@id")
        assert len(ids) == len(set(ids)), (page, sorted(id for id in set(ids) if ids.count(id) > 1))
        assert len(parse(page).findall(".//h1")) == 1, page
        assert parse(page).get("lang") == "id"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_is_asked_of_another_host(site: Site, audience: str) -> None:
    for page, element in elements(site, audience):
        loads = element.get("src") or (
            element.get("href") if element.tag == "link" and element.get("rel") != "canonical" else None
        )
        assert not loads or not urlsplit(loads).netloc, (page, loads)
    for sheet in (site.out / audience).rglob("*.css"):
        for address in re.findall(r"(?:url\(|@import)\s*[\"']?([^)\"']+)", sheet.read_text(encoding="utf-8")):
            assert not address.startswith(("http", "//")), (sheet, address)


def test_the_public_site_holds_nothing_internal(site: Site) -> None:
    public = [path for path in (site.out / "public").rglob("*") if path.is_file()]
    assert not [path for path in public if CANARY.encode() in path.read_bytes() or "rahasia" in path.name]
    assert not (site.out / "public" / "sop" / "rahasia").exists()
    assert not (site.out / "public" / "masalah").exists()
    assert "SOP internal" in words(parse(site.out / "public" / "sop" / "uji-teks" / "index.html"))
    internal = words(parse(site.out / "internal" / "sop" / "rahasia" / "index.html"))  # positive control
    assert CANARY in internal
    assert "Draf" in words(parse(site.out / "internal" / "sop" / "rancangan" / "index.html"))


@pytest.mark.parametrize("audience", list(Audience))
def test_every_page_is_built_and_nothing_else(site: Site, audience: Audience) -> None:
    folder = {"publik": "public", "internal": "internal"}[audience]
    part = site.catalogue.for_audience(audience)
    pages = {f"{page.path}index.html" for page in all_pages(part, None)}
    for page in own_pages(ROOT / "docs", audience):
        name = page.path.removesuffix(".md")
        pages.add(f"{name}.html" if name == "index" else f"{name}/index.html")
    built = {path.relative_to(site.out / folder).as_posix() for path in site.pages(folder)}
    assert built == pages | {"404.html"}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_page_has_a_twin_that_tells_its_words(site: Site, audience: str) -> None:
    home = site.out / audience
    for page in site.pages(audience):
        [address] = parse(page).xpath("//link[@type='text/markdown']/@href") or [""]
        assert bool(address) == (page.name != "404.html"), page
        if address == TWIN:
            twin = MarkdownIt("commonmark").enable("table").render((page.parent / TWIN).read_text("utf-8"))
            assert letters(lxml.html.fromstring(f"<div>{twin}</div>")) == letters(told(page)), page
        elif address:
            assert address == f"{page.parent.name}.md.txt", page
            assert (page.parent / address).is_file(), page
    assert not (home / "404.md.txt").exists()


def told(page: Path) -> lxml.html.HtmlElement:
    """What a reader is told by a page, drawings by their names."""
    article = lxml.html.fromstring(page.read_bytes().decode()).find(".//article")
    for drawing in article.xpath(".//svg[@role='img' and not(@aria-hidden)]|.//img"):
        drawing.tail = f" {drawing.get('aria-label') or drawing.get('alt') or ''} {drawing.tail or ''}"
    unseen = "nav|svg|form|script|button|caption[@class='hanya-pembaca-layar']|table[contains(@class,'alur')]"
    unseen += "|*[@hidden]|*[@aria-hidden='true']|a[contains(@class,'headerlink')]"
    unseen += "|span[@class='ke-luar']"  # where it leads stands in the link
    for element in article.xpath("|".join(f".//{one}" for one in unseen.split("|"))):
        element.drop_tree()
    return article


def letters(element: lxml.html.HtmlElement) -> str:
    return "".join(re.findall(r"\w", str(element.text_content())))


def test_zensical_builds_the_same_pages_from_the_same_folder(site: Site, tmp_path: Path) -> None:
    part = site.catalogue.for_audience(Audience.PUBLIK)
    config = stage(part, tmp_path / "staged", docs=ROOT / "docs", config=ROOT / "mkdocs.yml", data=site.data)
    program = Path(sys.executable).with_name("zensical")
    done = subprocess.run(
        [program, "build", "-f", str(config)],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    built = config.parent / "site"
    assert {path.relative_to(built).as_posix() for path in built.rglob("*.html")} == {
        path.relative_to(site.out / "public").as_posix() for path in site.pages("public")
    }
    page = parse(built / "sop" / "uji-teks" / "index.html")
    assert [field for field in FIELDS if said(field) not in words(page)] == []
    assert not [element for element in page.iter() if element.get("onerror") or element.get("src") == "x"]
    assert not [script for script in page.iter("script") if (script.text or "").startswith("window.pwned")]
    assert said("nama") in words(parse(built / "sop" / "index.html"))


def test_a_front_page_for_staff_leaves_the_public_one_as_it_was(tmp_path: Path) -> None:
    """Whoever writes a front page and forgets for whom it is has a public site all the same."""
    (tmp_path / "index.md").write_text("# Beranda kami\n", encoding="utf-8")
    fronts = {
        audience: [page.body for page in own_pages(tmp_path, audience) if page.path == "index.md"]
        for audience in Audience
    }
    assert ["kami" in body for [body] in fronts.values()] == [
        audience is not Audience.PUBLIK for audience in fronts
    ]
