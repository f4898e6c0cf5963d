"""What hand-written pages may use: each does what the guide says, and the guide names each."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import markdown
import pytest
from markupsafe import escape

from generator.build.site import BuildError, Sources, build_sites
from generator.data.catalogue import Audience
from generator.formats.html.html import Links
from generator.site.macros import MacroError, inline, macros, variables
from generator.site.staged import load_catalogue
from tests.publish.conftest import Site
from tests.publish.sites import ROOT, nasty
from tests.publish.staging import dump_catalogue

PAGE = """---
title: "Semua <b>makro</b>"
pembaca: publik
---

Ada {{ jumlah_sop }} SOP, {{ jumlah_langkah }} langkah di {{ nama_instansi }}.

Lihat {{ sop('uji-teks') }}, {{ pelaksana('uji') }}, {{ unit('unit-uji') }}, {{ hukum('uu-uji') }},
{{ sop('surat-dan-jadwal', teks='*itu*') }}.

{{ daftar_sop(unit='unit-uji') }}

{{ alur('uji-teks') }}

{{ daftar_unit() }}

{{ daftar_pelaksana() }}

{{ simbol('segilima') }}
"""


def test_every_macro_works_on_a_page_of_a_folder(site: Site, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "dalam").mkdir(parents=True)
    (docs / "index.md").write_text("---\ntitle: Beranda\npembaca: publik\n---\n", encoding="utf-8")
    (docs / "dalam" / "makro.md").write_text(PAGE, encoding="utf-8")
    sources = Sources(site.data, docs, ROOT / "mkdocs.yml")
    build_sites(site.catalogue, [Audience.PUBLIK], tmp_path / "site", sources)
    file = tmp_path / "site" / "public" / "dalam" / "makro" / "index.html"
    page = lxml.html.parse(str(file), lxml.html.HTMLParser(encoding="utf-8")).getroot()
    text = " ".join("".join(page.itertext()).split())
    for field in ("nama", "pelaksana-nama", "unit-nama", "hukum-kutipan", "uraian", "output"):
        assert " ".join(nasty(field).split()) in text, field
    assert "Semua <b>makro</b>" in "".join(page.find(".//title").itertext())
    assert "*itu*" in text
    assert page.find(".//table[@data-flow='uji-teks']") is not None
    addresses = {link.get("href") for link in page.iter("a")}
    for wanted in ("sop/uji-teks/", "pelaksana/uji/", "unit/unit-uji/", "hukum/uu-uji/"):
        assert f"../../{wanted}" in addresses
        assert (file.parent / "../.." / wanted / "index.html").resolve().is_file()
    assert not [element for element in page.iter() if element.get("onerror") or element.get("src") == "x"]


def test_what_is_not_there_is_named_with_a_guess(site: Site) -> None:
    catalogue = site.catalogue
    given = macros(catalogue, lambda: Links(catalogue, ""))
    with pytest.raises(MacroError, match="maksud Anda 'surat-dan-jadwal'"):
        given["sop"]("surat-dan-jadwa")
    with pytest.raises(MacroError, match="alur nomor 2"):
        given["alur"]("surat-dan-jadwal", 2)
    with pytest.raises(MacroError, match="bintang"):
        given["simbol"]("bintang")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Ada {{ jumlah_spo }}.", ":7:8: 'jumlah_spo' tidak dikenal; maksud Anda 'jumlah_sop'?"),
        (
            "Ini {{ sop('surat-jadwal') }}",
            ":7:5: SOP 'surat-jadwal' tidak ada; maksud Anda 'surat-dan-jadwal'?",
        ),
        ("Ada {{ jumlah_sop SOP.", ":7:5: makro ini tidak dapat dibaca; periksa tanda '{{' dan '}}'"),
    ],
)
def test_a_mistake_on_a_page_is_told_with_its_place(site: Site, tmp_path: Path, line: str, told: str) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    page = f"---\ntitle: Beranda\npembaca: publik\n---\n\n# Beranda\n{line}\n"
    (docs / "index.md").write_text(page, encoding="utf-8")
    sources = Sources(site.data, docs, ROOT / "mkdocs.yml")
    with pytest.raises(BuildError) as raised:
        build_sites(site.catalogue, [Audience.PUBLIK], tmp_path / "site", sources, papers=False)
    assert str(raised.value).startswith(f"{docs.as_posix()}/index.md{told}")
    assert "Traceback" not in str(raised.value)
    assert not (tmp_path / "site" / "public").exists()


def test_the_guide_names_every_word_and_macro(site: Site) -> None:
    guide = (ROOT / "generator" / "default" / "docs" / "menulis-halaman.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`\{\{ (\w+)", guide))
    catalogue = site.catalogue
    assert named == {*variables(catalogue), *macros(catalogue, lambda: Links(catalogue, ""))}


def test_the_staged_catalogue_comes_back_as_it_was(site: Site) -> None:
    part = site.catalogue.for_audience(Audience.INTERNAL)
    back = load_catalogue(dump_catalogue(part))
    assert back.sop == part.sop
    assert back.hukum == part.hukum
    assert back.unit == part.unit
    assert back.pelaksana == part.pelaksana
    assert back.duties == part.duties
    assert all(back.steps(id) == part.steps(id) for id in part.duties)
    assert {slug: back.charts[slug] for slug in back.sop} == dict(part.charts)


@pytest.mark.parametrize("sign", "*_`[]()<>#!|~^+-={}:\"'&")
def test_inline_text_holds_nothing_that_markdown_reads(sign: str) -> None:
    text = f"{sign}kata{sign} {sign}{sign}kata{sign}{sign}"
    html = markdown.markdown(inline(str(escape(text))), extensions=["attr_list", "tables", "def_list"])
    assert lxml.html.fromstring(html).text == text
