"""``sop export --kosong``: the form to fill in, and what is read of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from generator.cli import main
from generator.formats.xlsx.blank import blank_workbook
from generator.reading.draft.draft import Draft, drafts
from tests.documents.cases import DATA, catalogue
from tests.reading.cells import reading

FIELDS = {
    "Unit Kerja": next(unit.nama for unit in catalogue().unit.values()),
    "Nomor SOP": "800/12/2024",
    "Tanggal Pembuatan": "16 Januari 2024",
    "Disahkan oleh": "Kepala Dinas\nBudi Santoso, S.H.\nNIP. 19700101 199001 1 001",
    "Nama SOP": "Surat Keluar",
    "Dasar Hukum": "UU Nomor 25 Tahun 2009 Tentang Pelayanan Publik",
    "Keterkaitan": "SOP Surat Masuk\nSOP Arsip",
}
STEPS = [
    ("1", "Mencatat surat", "Mulai", None, "Surat", "5-10", "Agenda", None),
    ("2", "Memeriksa surat", None, "◆", "Agenda", "10 menit", "Surat diperiksa", "Tidak: kembali ke 1"),
    (None, "Menyimpan surat", "■", "■", None, None, "Arsip", None),
]


def filled(actors: tuple[str, ...] = ("Staf", "Kasi")) -> Draft:
    """The draft of a form into which somebody wrote."""
    book = load_workbook(io.BytesIO(blank_workbook(catalogue())))
    sheet: Any = book["SOP"]
    places = {str(row[0].value).rstrip(" :").casefold(): row[2] for row in sheet.iter_rows() if row[0].value}
    for label, text in FIELDS.items():
        places[label.casefold()].value = text
    top = places["no"].row + 1
    for n, name in enumerate(actors):
        sheet.cell(top, 3 + n).value = name
    for n, (no, what, *signs, need, time, result, note) in enumerate(STEPS, 1):
        for column, said in enumerate((no, what, *signs), 1):
            sheet.cell(top + n, column).value = said
        for column, said in enumerate((need, time, result, note), 9):
            sheet.cell(top + n, column).value = said
    out = io.BytesIO()
    book.save(out)
    (draft,) = drafts(reading(out.getvalue(), "formulir.xlsx"), catalogue())
    return draft


def test_what_is_filled_in_is_read_back() -> None:
    draft = filled()
    form = draft.form
    assert (form["nama"], form["nomor"], form["unit"]) == (
        "Surat Keluar", "800/12/2024", next(iter(catalogue().unit))
    )  # fmt: skip
    assert form["disahkan_oleh"] == {
        "jabatan": "Kepala Dinas", "nama": "Budi Santoso, S.H.", "nip": "19700101 199001 1 001"
    }  # fmt: skip
    assert (form["dasar_hukum"], form["keterkaitan"]) == (["uu-25-2009"], ["SOP Surat Masuk", "SOP Arsip"])
    steps: Any = form["kegiatan"]
    assert [step["uraian"] for step in steps] == ["Mencatat surat", "Memeriksa surat", "Menyimpan surat"]
    assert [step.get("waktu") for step in steps] == ["5-10", "10 menit", None]
    assert draft.left_over == ()
    assert form["pelaksana"] == ["staf", "kasi"], "columns that nobody used are no actors"


def test_nobody_is_made_up_for_a_column_without_a_name() -> None:
    assert any("tidak berjudul" in note.said or "pelaksana" in note.said for note in filled(("Staf",)).notes)


@pytest.mark.parametrize("args", [(), ("surat-dan-jadwal", "--kosong")])
def test_either_sops_or_an_empty_form(tmp_path: Path, args: tuple[str, ...]) -> None:
    result = CliRunner().invoke(
        main, ["export", *args, "--data", str(DATA), "--xlsx", str(tmp_path / "a.xlsx")]
    )
    assert result.exit_code == 2
    assert "--kosong untuk formulir kosong" in result.output


def test_the_command_says_how_it_goes_on(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["export", "--kosong", "--data", str(DATA), "--xlsx", str(tmp_path / "a.xlsx")]
    )
    assert result.exit_code == 0, result.output
    assert "sop import a.xlsx" in result.output
