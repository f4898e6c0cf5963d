"""Tables in Excel, CSV and text, as agencies keep them; files that are none; a workbook and back."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook

from generator.data.catalogue import Catalogue
from generator.data.load import MappingNode, load_text
from generator.data.sources import read_catalogue
from generator.data.validate.read import is_slug
from generator.data.writing.draft import file_text
from generator.data.writing.yaml_style import to_yaml
from generator.formats.xlsx.workbook import to_workbook
from generator.model.sop import SOP
from generator.reading.tables.draft import Draft, drafts
from generator.reading.tables.grid import read_sheets
from generator.reading.tables.returned import from_workbook, is_ours
from tests.bench.fuzz.odd import ODD
from tests.writing.forms import SOP_FORMS
from tests.writing.test_forms import read

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    found, problems = read_catalogue(ROOT / "sop_data")
    assert found is not None, problems
    return found


TABLE = [
    ["No", "Uraian Prosedur", "Pelaksana", "", "", "Mutu Baku", "", "", "Ket."],
    ["", "", "Staf", "Kasi", "Camat", "Persyaratan", "Waktu", "Output", ""],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
    ["1.", "Mengetik; konsep", "x", "", "", "1. Kertas 2. Tinta", "5 menit", "Konsep", "-"],
    ["2.", "Memeriksa", "", "●", "●", "Konsep", "1 jam", "=SUM(A1)", ""],
    ["", "Tanpa nomor", "", "", "", "", "", "", ""],
    ["4.", "Mengirim", "v", "", "", "- A\n- B", "", "", ""],
]


def excel(rows: list[list[str]]) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Cuti"
    sheet.append(["Nama SOP", ": Cuti Tahunan"])
    sheet.append(["Tanggal Pembuatan", "", "16 Januari 2019"])
    sheet.append(["Dasar Hukum", "", "Kualifikasi Pelaksana"])
    sheet.append(["1. UU Nomor 25 Tahun 2009 Tentang Pelayanan Publik", "", "S1"])
    sheet.append(["2. UU yang tidak dikenal", "", "SMA"])
    sheet.append([])
    for row in rows:
        sheet.append([cell or None for cell in row])
    for cell in sheet[11]:
        cell.data_type = "s" if cell.value else cell.data_type
    for area in ("A7:A8", "B7:B8", "C7:E7", "F7:H7", "I7:I8"):
        sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def delimited(sign: str) -> str:
    def quoted(cell: str) -> str:
        return f'"{cell}"' if any(c in cell for c in f'{sign}\n"') else cell

    return "\r\n".join(sign.join(map(quoted, row)) for row in TABLE)


def steps(draft: Draft) -> list[dict[str, Any]]:
    found = draft.form["kegiatan"]
    assert isinstance(found, list)
    return found


def check_table(draft: Draft) -> None:
    assert draft.form["pelaksana"] == ["staf", "kasi", "camat"]
    found = steps(draft)
    assert [s["uraian"] for s in found] == ["Mengetik; konsep", "Memeriksa", "Tanpa nomor", "Mengirim"]
    assert [s["pelaksana"] for s in found] == ["staf", ["kasi", "camat"], None, "staf"]
    assert [s.get("no") for s in found] == [None, None, "", "4."]
    assert [s.get("kelengkapan") for s in found] == ["1. Kertas\n2. Tinta", "Konsep", None, "- A\n- B"]
    assert found[0]["waktu"] == "5 menit"
    said = dict(draft.open)
    assert ("pelaksana", 2) in said
    assert ("kegiatan", 2, "pelaksana") in said
    assert "beberapa kolom" in said[("kegiatan", 1, "pelaksana")]
    label = draft.form["label"]
    assert isinstance(label, dict)
    assert (label["kegiatan"], label["kelengkapan"], label["keterangan"]) == (
        "Uraian Prosedur",
        "Persyaratan",
        "Ket.",
    )


def test_a_workbook_with_merged_headings(catalogue: Catalogue) -> None:
    sheets, problems = read_sheets(excel(TABLE), "a.xlsx")
    assert not problems
    (draft,) = drafts(sheets[0], catalogue)
    check_table(draft)
    assert draft.slug == "cuti-tahunan"
    assert draft.form["tanggal"] == {"pembuatan": "16 Januari 2019"}
    assert draft.form["dasar_hukum"] == ["uu-25-2009"]
    assert draft.form["kualifikasi_pelaksana"] == "S1\nSMA"
    assert "belum ada di hukum.yml: UU yang tidak dikenal" in [message for _, message in draft.open]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_separated_values_of_any_separator_and_encoding(
    sign: str, encoding: str, catalogue: Catalogue
) -> None:
    text = delimited(sign).replace("●", "•")
    sheets, problems = read_sheets(text.encode(encoding), "a.csv")
    assert not problems
    (draft,) = drafts(sheets[0], catalogue)
    check_table(draft)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"bukan zip"),
        ("a.xlsx", b"PK\x03\x04" + bytes(50)),
        ("a.pdf", b"%PDF"),
        ("a.csv", b"x" * 30_000_000),
    ],
)
def test_a_file_that_is_no_table_is_a_problem(name: str, data: bytes) -> None:
    sheets, problems = read_sheets(data, name)
    assert not sheets
    assert all(problem.hint and problem.position.file == name for problem in problems)
    assert problems


def test_a_workbook_without_sheets_is_a_problem() -> None:
    """Seeds 1000006 and 1002658 of the fuzz: it was refused without a word."""
    book = excel(TABLE)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", part))
    assert read_sheets(book, "a.xlsx")[0]
    sheets, problems = read_sheets(out.getvalue(), "a.xlsx")
    assert not sheets
    assert [problem.message for problem in problems] == ["buku kerja ini tidak punya lembar berisi tabel"]


def test_a_packed_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", bytes(60_000_000))
    assert read_sheets(out.getvalue(), "a.xlsx")[1][0].message == "isi berkas terlalu besar"


def test_any_bytes_are_read_or_refused(catalogue: Catalogue) -> None:
    chance = random.Random(7)
    seeds = {"a.xlsx": excel(TABLE), "a.csv": delimited(",").encode(), "a.txt": delimited("\t").encode()}
    for round in range(90):
        name = list(seeds)[round % 3]
        data = bytearray(seeds[name])
        for _ in range(chance.randrange(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        sheets, problems = read_sheets(bytes(data), name)
        assert sheets or problems
        for sheet in sheets:
            for draft in drafts(sheet, catalogue):
                file_text(draft.form)


def back(data: bytes) -> Draft:
    sheets, problems = read_sheets(data, "a.xlsx")
    assert not problems
    assert is_ours(sheets)
    (draft,) = from_workbook(sheets)
    return draft


def as_sop(draft: Draft) -> SOP:
    return replace(read(file_text(draft.form)), slug=draft.slug)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(form=SOP_FORMS)
def test_a_workbook_is_read_back_without_loss(form: dict[str, Any], catalogue: Catalogue) -> None:
    sop = read(to_yaml(form))
    draft = back(to_workbook(catalogue, [sop]))
    assert as_sop(draft) == sop
    assert draft.open == []


def test_our_own_sops_survive_a_workbook(catalogue: Catalogue) -> None:
    sheets, _ = read_sheets(to_workbook(catalogue, list(catalogue.sop.values())), "a.xlsx")
    assert [as_sop(draft) for draft in from_workbook(sheets)] == list(catalogue.sop.values())


def edited(data: bytes, **cells: str) -> bytes:
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    for place, text in cells.items():
        sheet[place] = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def find(data: bytes, text: str) -> str:
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    return next(cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value == text)


def test_what_was_changed_in_excel_wins(catalogue: Catalogue) -> None:
    sop = catalogue.sop["surat-dan-jadwal"]
    data = to_workbook(catalogue, [sop])
    changes = {find(data, "30 menit"): "20 menit", find(data, "Surat dan Jadwal"): "Surat"}
    after = as_sop(back(edited(data, **changes)))
    assert (after.nama, after.alur[0].kegiatan[0].waktu) == ("Surat", "20 menit")
    assert after.alur[0].kegiatan[1:] == sop.alur[0].kegiatan[1:]


def test_an_actor_changed_in_excel_is_taken_and_said(catalogue: Catalogue) -> None:
    data = to_workbook(catalogue, [catalogue.sop["surat-dan-jadwal"]])
    row = int(find(data, "30 menit").lstrip("ABCDEFGHIJKLMNOP"))
    draft = back(edited(data, **{f"C{row}": "", f"F{row}": "x"}))
    assert steps(draft)[0]["pelaksana"] == "kadis"
    assert [where for where, _ in draft.open] == [("kegiatan", 0, "pelaksana")]


def test_what_cannot_be_taken_over_from_excel_is_said(catalogue: Catalogue) -> None:
    data = to_workbook(catalogue, [catalogue.sop["surat-dan-jadwal"]])
    laws = find(data, "Dasar Hukum").replace("B", "C")
    changes = {laws: "UU Nomor 1", find(data, "JFU"): "Pengelola", find(data, "Uraian Aktivitas"): "Uraian"}
    draft = back(edited(data, **changes))
    said = [message for _, message in draft.open]
    assert any("Dasar Hukum diubah di Excel" in message and "UU Nomor 1" in message for message in said)
    assert any("kolom pelaksana tabel 1 diubah" in message for message in said)
    assert len(said) == 2


def test_rows_added_and_removed_in_excel_are_steps_added_and_removed(catalogue: Catalogue) -> None:
    sop = catalogue.sop["surat-dan-jadwal"]
    book = load_workbook(io.BytesIO(to_workbook(catalogue, [sop])))
    sheet = book.worksheets[0]
    last = max(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "7")
    sheet.delete_rows(last - 1)
    sheet.cell(last, 1, "7")
    sheet.cell(last, 2, "Langkah baru")
    sheet.cell(last, 3, "x")
    out = io.BytesIO()
    book.save(out)
    found = [step["uraian"] for step in steps(back(out.getvalue()))]
    kept = [step.uraian for step in sop.alur[0].kegiatan]
    assert found == [*kept[:5], kept[6], "Langkah baru"]


@pytest.mark.parametrize("text", ["=1+1", "+62", "-", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_text_never_becomes_a_formula(text: str, catalogue: Catalogue) -> None:
    step = replace(catalogue.sop["surat-dan-jadwal"].alur[0].kegiatan[0], output=text, uraian=text)
    alur = replace(catalogue.sop["surat-dan-jadwal"].alur[0], kegiatan=(step,), judul=text)
    sop = replace(catalogue.sop["surat-dan-jadwal"], alur=(alur,), nama=text)
    data = to_workbook(catalogue, [sop])
    book = load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert sum(cell.value == text for cell in cells) >= 4
    assert all(cell.data_type == "s" for cell in cells)
    assert all(cell.quotePrefix for cell in cells if cell.value == text)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert not any(b"<f>" in packed.read(name) for name in packed.namelist() if "sheet" in name)
    assert as_sop(back(data)) == sop


def test_whatever_the_hidden_cells_hold_gives_a_draft_and_words(catalogue: Catalogue) -> None:
    """Each cell that holds data of ours, with each odd value: of 714, 48 gave a traceback, a draft that could
    not be loaded or a name that was a path."""
    data = to_workbook(catalogue, [catalogue.sop["surat-dan-jadwal"]])
    sheets, _ = read_sheets(data, "a.xlsx")
    places = [
        (n, at, column)
        for n, sheet in enumerate(sheets)
        for at, row in enumerate(sheet.rows)
        for column, text in enumerate(row)
        if text[:1] in ('"', "{", "[")
    ]
    for (n, at, column), odd in zip(places * len(ODD), sorted(ODD * len(places)), strict=True):
        rows = [list(row) for row in sheets[n].rows]
        rows[at][column] = odd
        changed = [*sheets]
        changed[n] = replace(sheets[n], rows=tuple(map(tuple, rows)))
        (draft,) = from_workbook(changed)
        assert is_slug(draft.slug)
        tree, problems = load_text(file_text(draft.form), "a.yml")
        assert isinstance(tree, MappingNode), problems
        if odd in ("{rusak", "", "NaN", "true", "[" * 3000, '"\\u0000"'):
            assert draft.refused or draft.open, (odd, at, column)


def test_broken_data_beside_the_table_is_no_crash(catalogue: Catalogue) -> None:
    data = to_workbook(catalogue, [catalogue.sop["surat-dan-jadwal"]])
    book = load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value[:1] in '{["':
                    cell.value = json.dumps([1, None]) if cell.value[:1] == "{" else "{rusak"
    out = io.BytesIO()
    book.save(out)
    file_text(back(out.getvalue()).form)
