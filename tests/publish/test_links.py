"""Dead links of a built tree are found, every one and no other; links to other hosts say so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.build.links import DeadLink, dead_links, mark_outside, page_links
from generator.build.site import BuildError, build_sites
from generator.data.catalogue import Audience
from generator.search.pages import read_page
from tests.publish.conftest import Site

ALIVE = """<a href="./">.</a> <a href="#di-sini">x</a> <a href="lain/">x</a> <a href="lain/#ada">x</a>
<a href="lain/index.html#ada%20dua">x</a> <img src="berkas.svg"> <a href="berkas.svg#apa-saja">x</a>
<a href="https://contoh.go.id/x#y">x</a> <a href="mailto:a@contoh.go.id">x</a> <i id="di-sini">
<a href="/lain/">x</a> <p>href="mati/" dan href="mati/" adalah teks</p> <a href="lain/?cari=x#ada">x</a>"""


def dead(home: str, base: str = "/") -> list[DeadLink]:
    """The dead links of a small site with this home page."""
    pages = {
        "index.html": f"<!doctype html><body>{home}",
        "lain/index.html": '<!doctype html><b id="ada"></b><b id="ada dua"></b><a href="../#di-sini">x</a>',
    }
    found = [page_links(name, html, base) for name, html in pages.items()]
    return dead_links(
        lambda: found, {*pages, "berkas.svg"}, lambda names: [one for one in found if one.name in names]
    )


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_pages_of_our_templates_are_read_as_a_browser_would(site: Site, audience: str) -> None:
    """They are not parsed again; what would be found then is found."""
    for page in site.pages(audience):
        name, html = page.relative_to(site.out / audience).as_posix(), page.read_text(encoding="utf-8")
        assert page_links(name, html, ours=True) == page_links(name, html)
        assert read_page(html, name, ours=True) == read_page(html, name)


def test_what_leads_somewhere_is_not_told() -> None:
    assert dead(ALIVE) == []


@pytest.mark.parametrize(
    "address",
    ["mati/", "lain/mati.pdf", "#mati", "lain/#mati", "../", "lain", "berkas.svg/", "/mati/", "../../x.svg"],
)
def test_a_dead_link_is_told(address: str) -> None:
    told = dead(f'<i id="di-sini"></i><a href="{address}">x</a>')
    expected = [] if address == "lain" else [("index.html", address)]  # a folder is shown without its slash
    assert [(one.page, one.address) for one in told] == expected


def test_a_dead_link_stops_the_build(site: Site, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(site.sources.docs, docs)
    (docs / "baru.md").write_text(
        "---\ntitle: Baru\npembaca: publik\n---\n<a href='mati/'>x</a>\n", encoding="utf-8"
    )
    sources = replace(site.sources, docs=docs)
    with pytest.raises(BuildError, match=r"baru/index\.html: tautan 'mati/' mati[\s\S]*baru\.md:5:10"):
        build_sites(site.catalogue, [Audience.PUBLIK], tmp_path / "situs", sources, papers=False)
    assert not list(tmp_path.glob("situs/*"))


def test_addresses_from_the_top_are_read_from_where_the_site_lies() -> None:
    page = '<i id="di-sini"></i><a href="/sop/lain/">x</a><a href="/lain/">x</a>'
    assert [one.address for one in dead(page, "/sop/")] == ["/lain/"]


def test_a_link_to_another_host_says_where_it_leads() -> None:
    page = (
        '<a class="x" href="https://contoh.go.id/a?b=1&amp;c">Naskah</a> <a href="lain/">dalam</a> '
        '<a href="https://sop.badung.go.id/x/">sendiri</a><script>"<a href=\\"https://x.id/\\">"</script>'
    )
    marked = mark_outside(page, "https://sop.badung.go.id/")
    assert marked == (
        '<a class="x" href="https://contoh.go.id/a?b=1&amp;c" rel="noopener noreferrer">Naskah '
        '<span class="ke-luar">(ke situs contoh.go.id)</span></a> <a href="lain/">dalam</a> '
        '<a href="https://sop.badung.go.id/x/">sendiri</a><script>"<a href=\\"https://x.id/\\">"</script>'
    )
    assert mark_outside(marked, "https://sop.badung.go.id/") == marked


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("contoh.go.id", False),
        ("https://contoh.go.id/a", False),
        ("contoh.go.id.lain.id", True),
        ("x contoh.go.id", True),
    ],
)
def test_words_that_are_the_address_need_not_say_it_again(words: str, told: bool) -> None:
    marked = mark_outside(f'<a href="https://contoh.go.id/a">{words}</a>')
    assert ("(ke situs" in marked) == told
    assert 'rel="noopener noreferrer"' in marked
