"""Tables in Excel, CSV and text, as agencies keep them; files that are none."""

from __future__ import annotations

import io
import random
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from generator.data.catalogue import Catalogue
from generator.data.sources import read_catalogue
from generator.model.problems import Problem
from generator.reading.doors import door
from generator.reading.draft.draft import Draft, drafts
from generator.reading.draft.text import draft_text
from generator.reading.understand import understand

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


def imported(data: bytes, name: str, catalogue: Catalogue | None) -> list[Draft]:
    """The drafts of a file."""
    opened = door(name, data)
    assert opened is not None
    seen, problems = opened(data, name)
    assert seen is not None, problems
    return drafts(understand(seen), catalogue)


def refused(data: bytes, name: str) -> list[Problem]:
    """Why nothing of a file is read."""
    opened = door(name, data)
    assert opened is not None
    seen, problems = opened(data, name)
    assert seen is None
    return problems


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
    assert set(draft.new["pelaksana"]) == {"camat"}, "an actor that the registers lack"
    said = [(note.path, note.said) for note in draft.notes]
    assert (("kegiatan", 2, "uraian"), "tidak ada tanda pelaksana di langkah ini") in said
    assert any(where == ("kegiatan", 1, "uraian") and "beberapa kolom" in told for where, told in said)
    label = draft.form["label"]
    assert isinstance(label, dict)
    assert (label["kegiatan"], label["kelengkapan"], label["keterangan"]) == (
        "Uraian Prosedur",
        "Persyaratan",
        "Ket.",
    )


def test_a_workbook_with_merged_headings(catalogue: Catalogue) -> None:
    (draft,) = imported(excel(TABLE), "a.xlsx", catalogue)
    check_table(draft)
    assert draft.slug == "cuti-tahunan"
    assert draft.form["tanggal"] == {"pembuatan": "16 Januari 2019"}
    assert draft.form["dasar_hukum"] == ["uu-25-2009", "uu-yang-tidak-dikenal"]
    assert draft.form["kualifikasi_pelaksana"] == "S1\nSMA"
    said = [note.said for note in draft.notes if note.path == ("dasar_hukum",)]
    assert said == ["'UU yang tidak dikenal' tidak terbaca sebagai peraturan"]
    assert [law["kutipan"] for law in draft.new["hukum"].values()] == ["UU yang tidak dikenal"]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_separated_values_of_any_separator_and_encoding(
    sign: str, encoding: str, catalogue: Catalogue
) -> None:
    text = delimited(sign).replace("●", "•")
    (draft,) = imported(text.encode(encoding), "a.csv", catalogue)
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
    problems = refused(data, name)
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
    assert imported(book, "a.xlsx", None)
    assert [problem.message for problem in refused(out.getvalue(), "a.xlsx")] == [
        "buku kerja ini tidak punya lembar berisi tabel"
    ]


def test_a_packed_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", bytes(60_000_000))
    assert refused(out.getvalue(), "a.xlsx")[0].message == "isi berkas terlalu besar"


def test_any_bytes_are_read_or_refused(catalogue: Catalogue) -> None:
    chance = random.Random(7)
    seeds = {"a.xlsx": excel(TABLE), "a.csv": delimited(",").encode(), "a.txt": delimited("\t").encode()}
    for round in range(90):
        name = list(seeds)[round % 3]
        data = bytearray(seeds[name])
        for _ in range(chance.randrange(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        opened = door(name, bytes(data))
        assert opened is not None
        seen, problems = opened(bytes(data), name)
        assert seen or problems
        for draft in drafts(understand(seen), catalogue) if seen else ():
            draft_text(draft, name)
