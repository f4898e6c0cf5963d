"""Kinds of tables whose faults show in a draft: markers, laws in other spellings, headings, shared cells."""

from __future__ import annotations

from typing import Any

import pytest

from generator.reading.draft.draft import Draft, drafts
from tests.documents.cases import catalogue
from tests.reading.cells import HEAD, ROWS, reading, table

UU = "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik"
FIELDS = [["Nomor SOP", "1"], ["Nama SOP", "Surat Keluar"]]


def draft_of(*rows: list[Any], merged: tuple[str, ...] = ()) -> Draft:
    (draft,) = drafts(table(*rows, merged=merged), catalogue())
    return draft


@pytest.mark.parametrize("mark", ["·         ", "\uf0b7 ", "▪\u00a0", "a. ", "(1) ", "1) ", "- ", "\u200b• "])
@pytest.mark.parametrize("end", [";", ".", ""])
def test_13_no_marker_hides_a_law(mark: str, end: str) -> None:
    draft = draft_of(
        *FIELDS,
        ["Dasar Hukum"],
        [f"{mark}{UU}{end}\n{mark}PP No. 96 Th 2012 ttg Pelaksanaan UU{end}"],
        [],
        HEAD,
        *ROWS,
    )
    assert draft.form["dasar_hukum"] == ["uu-25-2009", "pp-96-2012"]
    assert draft.new["hukum"]["pp-96-2012"]["judul"] == "Pelaksanaan UU"


@pytest.mark.parametrize(
    "said",
    [
        "UU No. 25 Th. 2009 Tentang Pelayanan Publik",
        "Undang-undang Republik Indonesia Nomor 25 Tahun 2009 tentang Pelayanan Publik (Lembaran Negara "
        "Republik Indonesia Tahun 2009 Nomor 112)",
        "UNDANG UNDANG NOMOR 25 TAHUN 2009 TENTANG PELAYANAN PUBLIK;",
    ],
)
def test_21_a_law_in_another_spelling_is_no_second_law(said: str) -> None:
    draft = draft_of(*FIELDS, ["Dasar Hukum"], [f"1. {UU}\n2. {said}"], [], HEAD, *ROWS)
    assert draft.form["dasar_hukum"] == ["uu-25-2009"]
    assert any("tertulis dua kali" in note.said for note in draft.notes), "and the other is told"
    assert draft.new["hukum"] == {}


def test_04_one_cell_of_several_steps_is_written_as_one() -> None:
    rows = [HEAD, *ROWS, [3, "Menyimpan", "v", None, None, None, "Arsip"]]
    draft = draft_of(*FIELDS, [], *rows, merged=("F5:F7",))
    assert not [note for note in draft.notes if "beberapa langkah" in note.said]
    steps: Any = draft.form["kegiatan"]
    assert [step.get("waktu") for step in steps] == ["5 menit", None, None]
    assert [step.get("gabung") for step in steps] == [None, "waktu", "waktu"]


def test_20_headings_above_known_actors_stay() -> None:
    top = ["No", "Kegiatan", "Pelaksana", None, "Waktu"]
    groups = [None, None, "Kabupaten", "Provinsi", None]
    draft = draft_of(
        *FIELDS, [], top, groups, [None, None, "Kasi", "Kabid"], [1, "Mencatat", "v", None, "1 jam"]
    )
    assert draft.form["pelaksana"] == ["kasi", "kabid"]
    assert draft.form["catatan"] == [
        "Judul di atas pelaksana Kasi: Kabupaten", "Judul di atas pelaksana Kabid: Provinsi"
    ]  # fmt: skip


@pytest.mark.parametrize("pelaksana", ["PELAKSANA", "Pelaksana Kegiatan"])
@pytest.mark.parametrize("end", ["\t", ""])
def test_23_a_merged_heading_pasted_as_one_cell_leaves_each_step_its_actor(pelaksana: str, end: str) -> None:
    text = (
        f"NO\tKEGIATAN\t{pelaksana}\tMUTU BAKU\tKETERANGAN\n"
        f"\t\tPetugas\tKasi\tKadis\tKELENGKAPAN\tWAKTU\tOUTPUT{end}\n"
        "1\tMencatat\tv\t\t\tSurat\t5 menit\tAgenda\n2\tMemeriksa\t\tv\t\tAgenda\t1 jam\tSurat\n"
        "3\tMenetapkan\t\t\tv\tSurat\t1 hari\tKeputusan\tArsip\n"
    )
    (draft,) = drafts(reading(text.encode(), "a.txt"), catalogue())
    steps: Any = draft.form["kegiatan"]
    assert [step["pelaksana"] for step in steps] == ["petugas", "kasi", "kadis"]
    assert steps[2]["keterangan"] == "Arsip"
