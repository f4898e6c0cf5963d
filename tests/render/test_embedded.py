"""The page that other sites may show in a frame: what it says, how it asks for nothing, and where there is
none."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import lxml.html
import pytest
from msgspec.structs import replace

from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from generator.formats.card.embedded import snippet
from generator.formats.card.frame import NAMED
from generator.formats.html.html import Links
from generator.model.klasifikasi import Klasifikasi
from generator.model.sop import SOP, Pencabutan
from generator.site.open_files import download_part
from tests.open_files import open_files
from tests.publish.sites import write_data

DAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    found, _ = read_catalogue(write_data(tmp_path_factory.mktemp("sematan") / "data"))
    assert found is not None
    return found


def cards(part: Catalogue, day: date | None = DAY) -> dict[str, str]:
    files = {path: content for path, content in open_files(part, day) if ".sematan." in path}
    return {path.split("/")[1]: content.decode() for path, content in files.items()}


def said(page: str) -> str:
    main = lxml.html.document_fromstring(page).find(".//article")
    assert main is not None
    return " ".join(" ".join(main.itertext()).split())


def test_each_public_sop_has_one_and_nobody_else(whole: Catalogue) -> None:
    public = whole.for_audience(Audience.PUBLIK)
    assert cards(public).keys() == public.sop.keys()
    assert cards(whole.for_audience(Audience.INTERNAL)) == {}
    for slug, sop in public.sop.items():
        hidden = replace(sop, klasifikasi=Klasifikasi.INTERNAL)
        closed = replace(whole, sop={**whole.sop, slug: hidden}, versi={}).for_audience(Audience.PUBLIK)
        assert cards(closed).keys() == closed.sop.keys()
        assert slug not in closed.sop


def test_it_asks_for_nothing_and_leads_out_of_the_frame(whole: Catalogue) -> None:
    for slug, page in cards(whole.for_audience(Audience.PUBLIK)).items():
        found = lxml.html.document_fromstring(page)
        assert not found.xpath("//script|//img|//iframe|//form|//link[@rel!='canonical']|//@style"), slug
        assert "url(" not in page
        links = found.xpath("//a")
        assert [(a.get("href"), a.get("target"), a.get("rel")) for a in links] == [
            ("./index.html", "_blank", "noopener")
        ]
        assert not re.search(r"(?<!&)<(?:b|script|i)>", page), slug  # texts of the cases are no markup


def test_it_says_how_the_sop_stands_on_the_day(whole: Catalogue) -> None:
    known = whole.sop["surat-dan-jadwal"]
    dated = replace(known, nomor="065/1/2019", tanggal=replace(known.tanggal, efektif="2 Januari 2019"))
    gone = replace(dated, pencabutan=Pencabutan(tanggal="1 Maret 2026"))

    def text(sop: SOP, day: date) -> str:
        part = replace(whole, sop={**whole.sop, "surat-dan-jadwal": sop})
        return said(cards(part.for_audience(Audience.PUBLIK, day), day)["surat-dan-jadwal"])

    before, after = date(2018, 1, 1), date(2026, 3, 1)
    assert "Belum bernomor" in text(known, DAY)
    now = text(dated, DAY)
    assert "(membuka halaman baru) Berlaku Nomor 065/1/2019" in now
    assert "Berlaku sejak 2 Januari 2019" in now
    assert "Berapa lama 75 menit (1 jam 15 menit)" in now
    assert "Siapa yang menandatangani Kadis (Kepala Dinas)" in now
    assert "Masih dugaan: " in now
    assert "Mulai berlaku 2 Januari 2019" in text(dated, before)
    assert "Tidak berlaku sejak 1 Maret 2026" in text(gone, after)
    assert "Berlaku sejak" not in text(gone, after)
    assert "Akan dicabut mulai 1 Maret 2026" in text(gone, date(2026, 2, 28))


def test_the_page_offers_what_to_paste(whole: Catalogue) -> None:
    public = whole.for_audience(Audience.PUBLIK)
    for at in ("https://sop.contoh.go.id/", None):
        part = replace(public, instansi=replace(public.instansi, situs=at))
        for slug, sop in part.sop.items():
            body = download_part(sop, Links(part, "../../")).body
            (code,) = lxml.html.fragment_fromstring(str(body)).xpath("//pre/code")
            (frame,) = lxml.html.fragments_fromstring(code.text_content())
            name = f"sop/{slug}/{slug}.sematan.htm"
            assert frame.get("src") == (f"{at}{name}" if at else f"https://ALAMAT/{name}")
            assert frame.get("title") == f"SOP {' '.join(sop.nama.split())}"
            assert "allow-scripts" not in frame.get("sandbox", "allow-scripts")
            assert ("ALAMAT" in body) is (at is None)
    internal = whole.for_audience(Audience.INTERNAL)
    body = download_part(internal.sop["surat-dan-jadwal"], Links(internal, "../../")).body
    assert "iframe" not in body


def test_no_name_breaks_out_of_what_is_pasted(whole: Catalogue) -> None:
    sop = replace(whole.sop["surat-dan-jadwal"], nama='"><script>alert(1)</script>')
    (frame,) = lxml.html.fragments_fromstring(snippet(sop, 'https://a.go.id/"onload="x'))
    assert sorted(frame.keys()) == ["height", "loading", "sandbox", "src", "style", "title", "width"]


def test_the_address_is_that_of_these_pages_alone(whole: Catalogue) -> None:
    for path, _ in open_files(whole.for_audience(Audience.PUBLIK), DAY):
        assert bool(re.search(NAMED, f"/{path}")) is (".sematan." in path), path
    for other in ("/sop/a/b.sematan.htm", "/a.sematan.htm", "/sop/a/a.sematan.html", "/sop/a/aXsematan.htm"):
        assert not re.search(NAMED, other)
    assert re.search(NAMED, "/dinas-a/sop/b/b.sematan.htm")
    example = Path(__file__).parents[2] / "generator" / "default" / "docs" / "penerbitan" / "nginx-sop.conf"
    text = example.read_text(encoding="utf-8")
    assert text.count(f'location ~ "{NAMED}"') == text.count("nginx-sematan.conf") == 1
