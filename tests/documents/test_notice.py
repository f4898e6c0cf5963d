"""What a printed page says of itself: a copy, and which parts are only our reading."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pdfplumber
import pytest

from generator.data.catalogue import Catalogue
from generator.data.sources import read_catalogue
from generator.documents.setting import make_docx, make_pdf, set_document

DATA = Path(__file__).parents[2] / "sop_data"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    found, _ = read_catalogue(DATA)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("slug", "guessed"),
    [("pembentukan-kim", True), ("surat-dan-jadwal", True), ("pelaksanaan-pembinaan", False)],
)
def test_every_page_tells_what_is_a_reading(
    catalogue: Catalogue, slug: str, guessed: bool, tmp_path: Path
) -> None:
    document, _ = set_document(catalogue, slug, DATA)
    assert document is not None
    path = tmp_path / "sop.pdf"
    path.write_bytes(make_pdf(document))
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            words = page.extract_text()
            assert "salinan — bukan dokumen yang ditandatangani" in words
            assert ("dugaan, belum dipastikan pemilik SOP: pelaksana dan alur" in words) is guessed
    path = tmp_path / "sop.docx"
    path.write_bytes(make_docx(document))
    with zipfile.ZipFile(path) as file:
        parts = "".join(file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))
    assert ("belum dipastikan pemilik SOP: pelaksana dan alur" in parts) is guessed
