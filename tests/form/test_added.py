"""A box and a column that only the form and the model declare are in everything that a reader can open."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pdfplumber
import pytest

ROOT = Path(__file__).parents[2]
BOX = "Risiko yang Dijaga"
RISK = "Berkas hilang di jalan"
COLUMN = "Pengendalian"
CONTROL = "Dihitung dua orang"
EDITS = {
    "form/boxes.py": (
        '    _lines("peringatan",',
        f'    _lines("risiko", "{BOX}"),\n    _lines("peringatan",',
    ),
    "form/columns.py": (
        '    FormColumn(\n        key="keterangan",',
        f'    FormColumn(\n        key="pengendalian",\n        label="{COLUMN}",\n'
        '        about="Cara menjaganya.",\n'
        "        usual=9.0,\n        comfortable=8.0,\n        bare=5.0,\n    ),\n"
        '    FormColumn(\n        key="keterangan",',
    ),
    "model/sop.py": (
        "    keterangan: str | None = None\n",
        "    keterangan: str | None = None\n    pengendalian: str | None = None\n",
    ),
}
SOP_BOX = "    peringatan: tuple[str, ...] = ()\n"
SOP_TEXT = f"""\
nama: Menghitung berkas
unit: bidang
klasifikasi: publik
risiko: {RISK}
pelaksana: [staf]
kegiatan:
  - uraian: Menghitung berkas
    pelaksana: staf
    waktu: 5 menit
    pengendalian: {CONTROL}
"""
DATA = {
    "instansi.yml": "nama: Dinas Contoh\nsingkatan: Dinas\npemerintah: Kabupaten Contoh\n",
    "unit.yml": "bidang: {nama: Bidang}\n",
    "pelaksana.yml": "staf: {nama: Staf}\n",
    "hukum.yml": "{}\n",
    "sop/menghitung.yml": SOP_TEXT,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with a box and a column more, and what it makes of one SOP."""
    top = tmp_path_factory.mktemp("lebih")
    shutil.copytree(ROOT / "generator", top / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    edits = [*EDITS.items(), ("model/sop.py", (SOP_BOX, f"{SOP_BOX}    risiko: tuple[str, ...] = ()\n"))]
    for name, (old, new) in edits:
        path = top / "generator" / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, name
        path.write_text(text.replace(old, new), encoding="utf-8")
    for name, text in DATA.items():
        path = top / "sop_data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for words in (
        ["check"],
        ["build", "--out", "situs", "--audience", "public"],
        ["export", "menghitung", "--xlsx", "tabel.xlsx"],
        ["schema"],
        ["fmt"],
        ["new", "--nama", "Baru", "--unit", "bidang", "--pelaksana", "staf", "--langkah", "staf:Satu"],
    ):
        run(top, *words)
    return top


def run(top: Path, *words: str) -> str:
    command = [sys.executable, "-m", "generator", *words]
    done = subprocess.run(command, cwd=top, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def xml(path: Path) -> str:
    with zipfile.ZipFile(path) as file:
        return "".join(file.read(name).decode("utf-8") for name in file.namelist() if name.endswith(".xml"))


def test_pages_and_pictures(made: Path) -> None:
    folder = made / "situs/public/sop/menghitung"
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert all(text in page for text in (BOX, RISK, COLUMN, CONTROL))
    picture = (folder / "menghitung.svg").read_text(encoding="utf-8")
    assert COLUMN in picture
    assert "Dihitung" in picture
    assert f"{COLUMN}: {CONTROL}" in (folder / "menghitung.bpmn").read_text(encoding="utf-8")


def test_documents_hold_it_in_pieces(made: Path) -> None:
    folder = made / "situs/public/sop/menghitung"
    with pdfplumber.open(folder / "menghitung.pdf") as pdf:
        text = " ".join((page.extract_text() or "") for page in pdf.pages)
    words = xml(folder / "menghitung.docx")
    for piece in ("Risiko", "Dijaga", "hilang", COLUMN, "dua orang"):
        assert piece in text, f"PDF: {piece}"
        assert piece in words, f"Word: {piece}"


def test_data_workbook_schema_and_new_files(made: Path) -> None:
    record = json.loads((made / "situs/public/data/sop/menghitung.json").read_text(encoding="utf-8"))
    assert record["risiko"] == [RISK]
    assert record["alur"][0]["kegiatan"][0]["pengendalian"] == CONTROL
    published = json.loads((made / "situs/public/data/skema/sop.schema.json").read_text(encoding="utf-8"))
    assert "risiko" in published["required"]
    jsonschema.Draft202012Validator(published).validate(record)
    book = xml(made / "tabel.xlsx")
    assert all(text in book for text in (BOX, RISK, COLUMN, CONTROL))
    schema = json.loads((made / "sop_data/skema-sop.json").read_text(encoding="utf-8"))
    assert "risiko" in schema["properties"]
    assert "pengendalian" in schema["definitions"]["langkah"]["properties"]
    new = (made / "sop_data/sop/baru.yml").read_text(encoding="utf-8")
    assert "risiko:" in new
    assert "pengendalian:" in new


def test_health_and_comparison(made: Path) -> None:
    assert BOX in run(made, "health") or "risiko" in run(made, "health", "--json")
    code = (
        "from generator.data.sources import read_catalogue\nfrom pathlib import Path\n"
        "from msgspec.structs import replace\nfrom generator.data.revisions import Names, changes\n"
        "sop = read_catalogue(Path('sop_data'))[0].sop['menghitung']\n"
        "found = changes(replace(sop, risiko=()), sop, Names())\nprint([one.nama for one in found.isian])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=made, capture_output=True, text=True, check=False)
    assert BOX in done.stdout, done.stderr
