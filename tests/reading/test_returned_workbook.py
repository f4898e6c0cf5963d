"""A workbook of ours comes back: without loss, with what was changed in Excel, or with a word on it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from msgspec.structs import replace
from openpyxl import load_workbook

from generator.data.catalogue import Catalogue
from generator.data.load import MappingNode, load_text
from generator.data.sources import read_catalogue
from generator.data.validate.read import is_slug
from generator.data.writing.draft import file_text
from generator.data.writing.yaml_style import to_yaml
from generator.formats.xlsx.workbook import to_workbook
from generator.model.sop import SOP
from generator.reading.xlsx.returned import Returned, from_workbook
from generator.reading.xlsx.rows import is_ours, may_be_ours, read_rows
from tests.bench.fuzz.odd import ODD
from tests.writing.forms import SOP_FORMS
from tests.writing.test_forms import read

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    found, problems = read_catalogue(ROOT / "sop_data")
    assert found is not None, problems
    return found


def steps(draft: Returned) -> list[dict[str, Any]]:
    found = draft.form["kegiatan"]
    assert isinstance(found, list)
    return found


def back(data: bytes) -> Returned:
    sheets, problems = read_rows(data, "a.xlsx")
    assert not problems
    assert is_ours(sheets)
    (draft,), strays = from_workbook(sheets)
    assert strays == []
    return draft


def as_sop(draft: Returned) -> SOP:
    return replace(read(file_text(draft.form)), slug=draft.slug)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(form=SOP_FORMS)
def test_a_workbook_is_read_back_without_loss(form: dict[str, Any], catalogue: Catalogue) -> None:
    sop = read(to_yaml(form))
    named = [step for alur in sop.alur for step in alur.kegiatan if step.id]
    assume(all(named.count(step) == 1 for step in named))  # of a copied row the id is taken, and that is told
    draft = back(to_workbook(catalogue, [sop]))
    assert as_sop(draft) == sop
    assert draft.open == []


def test_our_own_sops_survive_a_workbook(catalogue: Catalogue) -> None:
    sheets, _ = read_rows(to_workbook(catalogue, list(catalogue.sop.values())), "a.xlsx")
    assert [as_sop(draft) for draft in from_workbook(sheets)[0]] == list(catalogue.sop.values())


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
    sheets, _ = read_rows(data, "a.xlsx")
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
        (draft,), _ = from_workbook(changed)
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


def test_a_sheet_that_was_renamed_copied_or_given_a_blank_line_loses_nothing(catalogue: Catalogue) -> None:
    sops = [catalogue.sop["surat-dan-jadwal"], catalogue.sop["pembentukan-kim"]]
    book = load_workbook(io.BytesIO(to_workbook(catalogue, sops)))
    first, second = book.worksheets[:2]
    copy = book.copy_worksheet(first)
    copy.title = "surat-dan-jadwal (2)"
    second.title = "Nama Lain"
    row = next(cell.row for line in first.iter_rows() for cell in line if cell.value == "30 menit")
    first.insert_rows(row + 2)
    out = io.BytesIO()
    book.save(out)
    sheets, _ = read_rows(out.getvalue(), "a.xlsx")
    found, strays = from_workbook(sheets)
    assert [len(steps(draft)) for draft in found] == [7, 12, 7]
    assert [draft.slug for draft in found] == ["surat-dan-jadwal", "pembentukan-kim", "surat-dan-jadwal-2"]
    assert strays == []


def changed(data: bytes, change: Any) -> tuple[list[Returned], list[str]]:
    """What is read of a workbook that was changed by hand, and all that is told of it."""
    book = load_workbook(io.BytesIO(data))
    change(book)
    out = io.BytesIO()
    book.save(out)
    sheets, problems = read_rows(out.getvalue(), "a.xlsx")
    assert sheets
    found, strays = from_workbook(sheets)
    refused = [problem for draft in found for problem in draft.refused]
    said = [problem.message for problem in (*problems, *strays, *refused)]
    return found, [*said, *(message for draft in found for _, message in draft.open)]


SLUGS = ("surat-dan-jadwal", "pembentukan-kim")


def rename_all(book: Any) -> None:
    for n, sheet in enumerate(book.worksheets[:2]):
        sheet.title = f"Lembar {n}"


def rename_and_sort(book: Any) -> None:
    book.worksheets[1].title = "SOP"
    book.move_sheet("SOP", -1)


@pytest.mark.parametrize("change", [rename_all, rename_and_sort])
def test_renamed_sheets_are_the_same_sops(change: Any, catalogue: Catalogue) -> None:
    sops = {slug: catalogue.sop[slug] for slug in SLUGS}
    found, said = changed(to_workbook(catalogue, list(sops.values())), change)
    assert {draft.slug: as_sop(draft) for draft in found} == sops
    assert said == []


def copy_under_another_name(book: Any) -> None:
    book.copy_worksheet(book.worksheets[0]).title = "Cuti Besar"


def copy_twice(book: Any) -> None:
    for n in (2, 3):
        book.copy_worksheet(book.worksheets[0]).title = f"surat-dan-jadwal ({n})"


@pytest.mark.parametrize(
    ("change", "slugs"),
    [(copy_under_another_name, ["cuti-besar"]), (copy_twice, ["surat-dan-jadwal-2", "surat-dan-jadwal-3"])],
)
def test_copied_sheets_are_further_sops_and_said(change: Any, slugs: list[str], catalogue: Catalogue) -> None:
    sop = catalogue.sop["surat-dan-jadwal"]
    found, said = changed(to_workbook(catalogue, [sop]), change)
    assert [draft.slug for draft in found] == [sop.slug, *slugs]
    assert {as_sop(draft).alur for draft in found} == {sop.alur}
    assert len(said) == len(slugs)
    assert all("salinan lembar 'surat-dan-jadwal'" in message for message in said)


@pytest.mark.parametrize("places", [(0,), (2, 5), (6, 6)])
def test_blank_rows_between_steps_end_nothing(places: tuple[int, ...], catalogue: Catalogue) -> None:
    sop = catalogue.sop["surat-dan-jadwal"]
    data = to_workbook(catalogue, [sop])
    first = int(find(data, "30 menit").lstrip("ABCDEFGHIJKLMNOP"))

    def change(book: Any) -> None:
        for n, place in enumerate(places):
            book.worksheets[0].insert_rows(first + place + n)

    (draft,), said = changed(data, change)
    assert as_sop(draft) == sop
    assert said == []


def test_dates_that_excel_made_of_texts_are_read_as_shown(catalogue: Catalogue) -> None:
    sop = catalogue.sop["pembentukan-kim"]
    data = to_workbook(catalogue, [sop])
    made, time = find(data, "16 Januari 2019"), find(data, "2 Hari")

    def change(book: Any) -> None:
        sheet = book.worksheets[0]
        sheet[made], sheet[made].number_format = date(2019, 1, 16), "yyyy-mm-dd"
        sheet[time], sheet[time].number_format = date(2026, 10, 5), "d-mmm"

    (draft,), said = changed(data, change)
    assert draft.form["tanggal"] == {**dict(draft.form["tanggal"]), "pembuatan": "16 Januari 2019"}  # type: ignore[arg-type]
    assert said == ["sel ini menjadi tanggal di Excel (5-Okt); tulis seperti yang dimaksud"]


@pytest.mark.parametrize(
    ("text", "signer"),
    [
        ("Sekretaris Dinas", {"jabatan": "Sekretaris Dinas"}),
        (
            "Camat\nI Made, S.Sos\n19700101 199003 1 001",
            {"jabatan": "Camat", "nama": "I Made, S.Sos", "nip": "19700101 199003 1 001"},
        ),
        (
            "Camat\nNi Luh\nNIP. 197001011990032001",
            {"jabatan": "Camat", "nama": "Ni Luh", "nip": "197001011990032001"},
        ),
    ],
)
def test_a_changed_official_is_taken(text: str, signer: dict[str, str], catalogue: Catalogue) -> None:
    data = to_workbook(catalogue, [catalogue.sop["pembentukan-kim"]])
    row = find(data, "Disahkan Oleh").lstrip("B")
    (draft,), said = changed(data, lambda book: book.worksheets[0].__setitem__(f"C{row}", text))
    assert draft.form["disahkan_oleh"] == signer
    assert said == ["pejabat yang mengesahkan diubah di Excel; pastikan"]


@pytest.mark.parametrize("id", [None, "a"])
def test_a_copied_row_is_a_new_step(id: str | None, catalogue: Catalogue) -> None:
    sop = catalogue.sop["surat-dan-jadwal"]
    alur = sop.alur[0]
    sop = replace(sop, alur=(replace(alur, kegiatan=(replace(alur.kegiatan[0], id=id), *alur.kegiatan[1:])),))
    data = to_workbook(catalogue, [sop])
    first = int(find(data, "30 menit").lstrip("ABCDEFGHIJKLMNOP"))

    def change(book: Any) -> None:
        sheet = book.worksheets[0]
        row = [cell.value for cell in sheet[first]]
        sheet.insert_rows(first + 1)
        for column, value in enumerate(row, 1):
            sheet.cell(first + 1, column, value)
        sheet.cell(first + 1, 2, "Langkah salinan")

    (draft,), said = changed(data, change)
    found = as_sop(draft).alur[0].kegiatan
    assert len(found) == 8
    assert (found[1].uraian, found[1].id, found[1].waktu) == ("Langkah salinan", None, found[0].waktu)
    assert found[0] == sop.alur[0].kegiatan[0]
    assert len(said) == (1 if id else 0)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("B1", "kop diubah di Excel"),
        ("Z8", "sel Z8: 'catatan' tidak dibaca"),
        ("Z25", "sel Z25: 'catatan' tidak dibaca"),
        ("B40", "sel B40: 'catatan' tidak dibaca"),
    ],
)
def test_what_was_written_elsewhere_is_told(place: str, said: str, catalogue: Catalogue) -> None:
    sop = catalogue.sop["surat-dan-jadwal"]
    (draft,), told = changed(
        to_workbook(catalogue, [sop]), lambda book: book.worksheets[0].__setitem__(place, "catatan")
    )
    assert as_sop(draft) == sop
    assert any(said in message for message in told), told


def test_another_workbook_is_not_taken_for_ours() -> None:
    assert not may_be_ours(b"PK\x03\x04")
    assert not may_be_ours(b"")
