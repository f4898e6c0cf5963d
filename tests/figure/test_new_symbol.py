"""A symbol that is declared in ``form/symbols.py`` and nowhere else is drawn in every format."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pdfplumber
import pytest
from msgspec import json

from generator.form.symbols import BY_WORD, SYMBOLS, Bentuk, Shape

ROOT = Path(__file__).parents[2]
ENTRY = """            FormSymbol(
                shape=Shape.DATA,
                word=Bentuk.JAJAR_GENJANG,
                name="Jajar genjang",
                meaning="Berkas",
                outline=Polygon(((0.25, 0), (1, 0), (0.75, 1), (0, 1))),
                half=(2.1, 1.0),
                sign="▰",
                preset="flowChartInputOutput",
            ),
"""
SOP = """nama: Mencatat Surat
unit: {unit}
klasifikasi: publik
tanggal: {{efektif: 2 Januari 2020}}
pelaksana: [petugas, pimpinan]
kegiatan:
  - uraian: Menerima surat.
    pelaksana: petugas
  - uraian: Mencatat surat.
    simbol:
      - {{bentuk: jajar-genjang, pelaksana: petugas, teks: Agenda}}
  - uraian: Membaca surat.
    pelaksana: pimpinan
"""


def test_every_symbol_has_one_entry() -> None:
    assert list(SYMBOLS) == list(Shape)
    assert set(BY_WORD) >= set(Bentuk)
    assert len(BY_WORD) == len(Shape)


def run(folder: Path, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", *words], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public site of one SOP that uses the word, made by a copy of the program that knows it."""
    top = tmp_path_factory.mktemp("salinan")
    shutil.copytree(ROOT / "generator", top / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    form = top / "generator" / "form" / "symbols.py"
    text = form.read_text(encoding="utf-8")
    for before, added in (
        ('    BELAH_KETUPAT = "belah-ketupat"\n', '    JAJAR_GENJANG = "jajar-genjang"\n'),
        ('    DECISION = "decision"\n', '    DATA = "data"\n'),
        ("        for symbol in (\n", ENTRY),
    ):
        assert text.count(before) == 1
        text = text.replace(before, before + added)
    form.write_text(text, encoding="utf-8")
    run(top, "init", "instansi", "--nama", "Dinas Uji")
    (example,) = (top / "instansi" / "sop_data" / "sop").glob("*.yml")
    unit = re.search(r"^unit: (\S+)", example.read_text(encoding="utf-8"), re.MULTILINE)
    assert unit
    example.unlink()
    example.with_name("surat.yml").write_text(SOP.format(unit=unit[1]), encoding="utf-8")
    run(top, "build", "--audience", "public", "--documents", "--data", "instansi/sop_data", "--out", "situs")
    return top / "situs" / "public" / "sop" / "surat"


def slanted(corners: list[tuple[float, ...]]) -> bool:
    """Whether these corners are those of the new outline, as wide and high as it may be."""
    left, top = (min(axis) for axis in zip(*corners, strict=True))
    right, bottom = (max(axis) for axis in zip(*corners, strict=True))
    unit = {(round((x - left) / (right - left), 2), round((y - top) / (bottom - top), 2)) for x, y in corners}
    return unit == {(0.25, 0), (1, 0), (0.75, 1), (0, 1)}


def test_it_is_on_the_page(site: Path) -> None:
    page = (site / "index.html").read_text(encoding="utf-8")
    assert re.search(r'data-symbol="data"[^>]* d="M0\.5 0L2 0L1\.5 2L0 2z"', page)
    assert "jajar genjang (Agenda), Petugas, langkah 2." in page


def test_it_is_in_the_picture(site: Path) -> None:
    ways = re.findall(r'd="M([^"Z]*)Z"', (site / "surat.svg").read_text(encoding="utf-8"))
    corners = [[tuple(map(float, point.split())) for point in way.split("L")] for way in ways]
    assert sum(map(slanted, corners)) == 1


def test_it_is_in_the_pdf(site: Path) -> None:
    with pdfplumber.open(site / "surat.pdf") as file:
        curves = [c["pts"] for page in file.pages for c in page.curves if c["stroke"] and len(c["pts"]) >= 4]
    assert sum(slanted(points) for points in curves) == 1


def test_it_is_in_the_word_file(site: Path) -> None:
    text = zipfile.ZipFile(site / "surat.docx").read("word/document.xml").decode()
    assert text.count('prst="flowChartInputOutput"') == 1
    assert 'descr="Berkas “Agenda”' in text


def test_its_open_data_agree_with_their_schema(site: Path) -> None:
    data = site.parents[1] / "data"
    record = json.decode((data / "sop" / "surat.json").read_bytes())
    jsonschema.validate(record, json.decode((data / "skema" / "sop.schema.json").read_bytes()))
    assert [symbol["bentuk"] for symbol in record["alur"][0]["simbol"]].count("data") == 1
