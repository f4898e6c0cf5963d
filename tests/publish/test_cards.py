"""A link that is shared shows a card: every public page with an address names one that is there."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.build.site import Sources, build_sites
from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from tests.publish.sites import ROOT

HOME = "https://sop.contoh.go.id/portal/"
OWN = "surat-dan-jadwal"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """One public SOP with an earlier version, and the address of the site."""
    found = tmp_path / "data"
    shutil.copytree(ROOT / "sop_data", found)
    for path in (found / "sop").glob("*.yml"):
        if path.stem != OWN:
            path.unlink()
    home = found / "versi" / OWN
    home.mkdir(parents=True)
    sop = found / "sop" / f"{OWN}.yml"
    text = sop.read_text(encoding="utf-8")
    (home / "1.yml").write_text(text, encoding="utf-8")
    sop.write_text(text + "versi: {nomor: 2}\n", encoding="utf-8")
    agency = found / "instansi.yml"
    agency.write_text(agency.read_text(encoding="utf-8").replace("situs:\n", f"situs: {HOME}\n"), "utf-8")
    return found


def catalogue_of(data: Path) -> Catalogue:
    catalogue, problems = read_catalogue(data)
    assert catalogue is not None, problems
    return catalogue


def cards(page: Path) -> list[str]:
    return re.findall(r'<meta property="og:image" content="([^"]*)">', page.read_text(encoding="utf-8"))


def test_every_public_page_that_is_shared_shows_a_card(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "situs"
    sources = Sources(data, ROOT / "docs", ROOT / "mkdocs.yml")
    build_sites(catalogue_of(data), list(Audience), out, sources, date(2026, 5, 1))
    pages = list((out / "public").rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        name = page.relative_to(out / "public").as_posix()
        own = re.fullmatch(rf"sop/{OWN}/index\.html", name)
        below = re.match(rf"sop/{OWN}/(versi|banding|riwayat)/", name)
        expected = [] if below or name == "404.html" else [f"{HOME}{f'sop/{OWN}/' if own else ''}kartu.png"]
        assert cards(page) == expected, name
        for address in expected:
            png = (out / "public" / address.removeprefix(HOME)).read_bytes()
            assert png.startswith(b"\x89PNG")
            assert png[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")
        if expected:
            text = page.read_text(encoding="utf-8")
            assert '<meta name="twitter:card" content="summary_large_image">' in text
            assert re.search(r'<meta property="og:image:alt" content="[^"]+">', text)
    assert not list((out / "internal").rglob("kartu.png"))
    assert not [page for page in (out / "internal").rglob("*.html") if cards(page)]


def test_without_documents_or_an_address_no_page_names_a_card(data: Path, tmp_path: Path) -> None:
    sources = Sources(data, ROOT / "docs", ROOT / "mkdocs.yml")
    build_sites(catalogue_of(data), [Audience.PUBLIK], tmp_path / "satu", sources, papers=False)
    agency = data / "instansi.yml"
    agency.write_text(agency.read_text(encoding="utf-8").replace(HOME, ""), "utf-8")
    build_sites(catalogue_of(data), [Audience.PUBLIK], tmp_path / "dua", sources)
    for out in (tmp_path / "satu", tmp_path / "dua"):
        assert list(out.rglob("*.html"))
        assert not list(out.rglob("kartu.png"))
        assert not [page for page in out.rglob("*.html") if cards(page)]
