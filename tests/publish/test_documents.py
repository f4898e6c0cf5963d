"""Documents on the site: a PDF and a Word file beside each page, books, signed copies told of plainly."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pdfplumber
import pytest

from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from generator.figure.paper.content import fingerprint
from generator.site.stage import StageError
from tests.publish.conftest import Site
from tests.publish.sites import ROOT
from tests.publish.staging import stage

SIGNED = b"%PDF-1.7\nditandatangani\n%%EOF\n"


def with_signed(folder: Path, mark: str | None, pdf: bytes | None = SIGNED) -> Catalogue:
    """The real data, one SOP naming a signed PDF made from data with this hash."""
    shutil.copytree(ROOT / "sop_data", folder)
    path = folder / "sop" / "surat-dan-jadwal.yml"
    lines = "dokumen_resmi: naskah/surat.pdf\n" + (f"sidik_data: {mark}\n" if mark else "")
    path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")
    if pdf is not None:
        (folder / "naskah").mkdir()
        (folder / "naskah" / "surat.pdf").write_bytes(pdf)
    catalogue, problems = read_catalogue(folder)
    assert catalogue is not None, problems
    return catalogue


def staged(catalogue: Catalogue, folder: Path, data: Path) -> tuple[Path, str]:
    part = catalogue.for_audience(Audience.PUBLIK)
    config = ROOT / "mkdocs.yml"
    stage(part, folder, docs=ROOT / "docs", config=config, data=data)
    page = folder / "docs" / "sop" / "surat-dan-jadwal" / "index.md"
    return folder / "docs", page.read_text(encoding="utf-8")


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_each_sop_has_its_pdf_and_word_file_and_links_them(site: Site, audience: str) -> None:
    for slug in ("pembentukan-kim", "surat-dan-jadwal", "pelaksanaan-pembinaan"):
        folder = site.out / audience / "sop" / slug
        page = (folder / "index.html").read_text(encoding="utf-8")
        assert (folder / f"{slug}.pdf").read_bytes().startswith(b"%PDF-")
        assert (folder / f"{slug}.docx").read_bytes().startswith(b"PK")
        assert f'href="{slug}.pdf"' in page
        assert f'href="{slug}.docx"' in page


def test_both_audiences_get_the_same_pages(site: Site) -> None:
    """The data attached to the PDF may differ (notes of the editor are internal); what is printed may not."""
    printed = []
    for audience in ("public", "internal"):
        folder = site.out / audience / "sop" / "surat-dan-jadwal"
        with pdfplumber.open(folder / "surat-dan-jadwal.pdf") as pdf:
            text = [page.extract_text() for page in pdf.pages]
        printed.append((text, (folder / "surat-dan-jadwal.docx").read_bytes()))
    assert printed[0] == printed[1]


def test_a_unit_offers_its_book(site: Site) -> None:
    folder = site.out / "public" / "unit" / "seksi-pemberdayaan-kelompok-komunikasi-masyarakat"
    assert (folder / "buku-sop.pdf").read_bytes().startswith(b"%PDF-")
    assert 'href="buku-sop.pdf"' in (folder / "index.html").read_text(encoding="utf-8")


def test_a_signed_copy_is_carried_byte_for_byte_with_its_hash(tmp_path: Path) -> None:
    whole, _ = read_catalogue(ROOT / "sop_data")
    assert whole is not None
    catalogue = with_signed(tmp_path / "data", fingerprint(whole, whole.sop["surat-dan-jadwal"])[:12])
    docs, page = staged(catalogue, tmp_path / "staged", tmp_path / "data")
    assert (docs / "naskah" / "surat.pdf").read_bytes() == SIGNED
    assert hashlib.sha256(SIGNED).hexdigest() in page
    assert "telah berubah sejak" not in page


def test_the_page_says_that_the_data_changed_since_it_was_signed(tmp_path: Path) -> None:
    catalogue = with_signed(tmp_path / "data", "0123456789ab")
    _, page = staged(catalogue, tmp_path / "staged", tmp_path / "data")
    assert "telah berubah sejak" in page


def test_the_page_says_that_nobody_noted_what_was_signed(tmp_path: Path) -> None:
    catalogue = with_signed(tmp_path / "data", None)
    _, page = staged(catalogue, tmp_path / "staged", tmp_path / "data")
    assert "Belum dicatat apakah data SOP ini sama" in page


def test_a_signed_copy_that_is_missing_stops_the_site_with_its_place(tmp_path: Path) -> None:
    catalogue = with_signed(tmp_path / "data", None, pdf=None)
    with pytest.raises(StageError, match=r"surat-dan-jadwal\.yml:\d+:\d+: .*tidak ada"):
        staged(catalogue, tmp_path / "staged", tmp_path / "data")
    assert not (tmp_path / "staged").exists()
