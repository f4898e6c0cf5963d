"""Dead links of a built tree are found, every one and no other; links to other hosts say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.publish.links import dead_links, mark_outside
from generator.publish.site import BuildError, check_links

ALIVE = """<a href="./">.</a> <a href="#di-sini">x</a> <a href="lain/">x</a> <a href="lain/#ada">x</a>
<a href="lain/index.html#ada%20dua">x</a> <img src="berkas.svg"> <a href="berkas.svg#apa-saja">x</a>
<a href="https://contoh.go.id/x#y">x</a> <a href="mailto:a@contoh.go.id">x</a> <i id="di-sini">
<a href="/lain/">x</a> <p>href="mati/" adalah teks</p> <a href="lain/?cari=x#ada">x</a>"""


def tree(folder: Path, home: str) -> Path:
    (folder / "lain").mkdir()
    (folder / "index.html").write_text(f"<!doctype html><body>{home}", encoding="utf-8")
    (folder / "lain" / "index.html").write_text(
        '<!doctype html><b id="ada"></b><b id="ada dua"></b><a href="../#di-sini">x</a>', encoding="utf-8"
    )
    (folder / "berkas.svg").write_text("<svg/>", encoding="utf-8")
    return folder


def test_what_leads_somewhere_is_not_told(tmp_path: Path) -> None:
    assert dead_links(tree(tmp_path, ALIVE)) == []


@pytest.mark.parametrize(
    "address",
    ["mati/", "lain/mati.pdf", "#mati", "lain/#mati", "../", "lain", "berkas.svg/", "/mati/", "../../x.svg"],
)
def test_a_dead_link_is_told_and_stops_the_build(tmp_path: Path, address: str) -> None:
    site = tree(tmp_path, f'<i id="di-sini"></i><a href="{address}">x</a>')
    told = dead_links(site)
    expected = [] if address == "lain" else [("index.html", address)]  # a folder is shown without its slash
    assert [(dead.page, dead.address) for dead in told] == expected
    if told:
        with pytest.raises(BuildError, match="mati"):
            check_links(site, "/")


def test_addresses_from_the_top_are_read_from_where_the_site_lies(tmp_path: Path) -> None:
    site = tree(tmp_path, '<i id="di-sini"></i><a href="/sop/lain/">x</a><a href="/lain/">x</a>')
    assert [dead.address for dead in dead_links(site, "/sop/")] == ["/lain/"]


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
