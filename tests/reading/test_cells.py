"""Tables of cells, kind by kind, each as it was handed in and in two other ways."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

import pytest

from generator.reading.doors import door
from tests.reading.cells import (
    HEAD,
    ROWS,
    book,
    chart,
    column,
    csv,
    doers,
    reading,
    said,
    steps,
    table,
)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (["1,Mencatat,Staf", "2,Memeriksa,Kasi", "3,Menetapkan,Kabid dan Kadis"],
         [("Staf",), ("Kasi",), ("Kabid", "Kadis")]),
        (["1,Mencatat,Staf; Kasi", "2,Memeriksa,kasi"], [("Staf", "Kasi"), ("Kasi",)]),
        (["1,Mencatat,Kasi Data dan Berita", "2,Memeriksa,Staf"], [("Kasi Data dan Berita",), ("Staf",)]),
    ],
)  # fmt: skip
def test_01_one_column_names_who_does_it(rows: list[str], wanted: list[tuple[str, ...]]) -> None:
    assert doers(csv("No,Kegiatan,Pelaksana", *rows)) == wanted


@pytest.mark.parametrize(
    "head",
    [
        "No,Kegiatan,Pelaksana,Mutu Baku: Kelengkapan,Waktu,Output,Keterangan / Catatan",
        "Nomor,Uraian Kegiatan,Pelaksana,Persyaratan / Perlengkapan,Waktu (menit),Out put,Ket.",
        "NO.,Aktivitas/Kegiatan,PELAKSANA,Persyaratan/ Kelengkapan,Waktu Penyelesaian,Output/Hasil,KET",
        "No,Tahapan,Pelaksana,Kelengkapan,Waktu,Hasil,Catatan",
    ],
)
def test_01b_19_no_heading_of_the_form_is_an_actor(head: str) -> None:
    found = csv(head, "1,Mencatat,Staf,Surat,5 menit,Agenda,Mulai", "2,Memeriksa,Kasi,Agenda,1 jam,Surat,")
    assert chart(found).actors == ("Staf", "Kasi")
    assert [column(found, f)[0] for f in ("kelengkapan", "waktu", "output", "keterangan")] == [
        "Surat", "5 menit", "Agenda", "Mulai"
    ]  # fmt: skip


def test_01b_a_column_that_the_form_has_not_is_told_and_no_actor() -> None:
    found = csv(
        "No,Kegiatan,Tipe,Staf,Kasi,Waktu", "1,Mencatat,Manual,v,,5 menit", "2,Memeriksa,Sistem,,v,1 jam"
    )
    assert chart(found).actors == ("Staf", "Kasi")
    assert "Manual (kolom 'Tipe'" in said(found)
    assert "Sistem (kolom 'Tipe'" in said(found)


@pytest.mark.parametrize("head", ["Tipe", "Jenis Layanan", "Aplikasi"])
def test_01b_a_column_of_words_beside_marks_is_no_actor_though_some_rows_lack_it(head: str) -> None:
    rows = ["1,Mencatat,Manual,v,,5 menit", "2,Memeriksa,,,v,1 jam", "3,Menyimpan,,v,,1 jam"]
    found = csv(f"No,Kegiatan,{head},Staf,Kasi,Waktu", *rows)
    assert chart(found).actors == ("Staf", "Kasi")
    assert f"Manual (kolom '{head}'" in said(found)


def test_02_an_actor_over_several_sheet_columns() -> None:
    top = ["No", "Kegiatan", "STAF", None, None, "KASI", None, None, "MUTU BAKU", None, None, "Keterangan"]
    low = [None] * 8 + ["Kelengkapan", "Waktu", "Output", None]
    one = [1, "Mencatat", None, "START\nMencatat", None, None, None, None, "Surat", "5 menit", "Agenda", "-"]
    two = [
        2,
        "Memeriksa",
        None,
        None,
        None,
        None,
        "Memeriksa\n(YA) ⬇",
        "(TIDAK) ➡\nKe #1",
        "A",
        "1 jam",
        "B",
        "-",
    ]
    merged = ("A1:A2", "B1:B2", "C1:E2", "F1:H2", "I1:K1", "L1:L2")
    for areas in (merged, ()):
        found = table(top, low, one, two, merged=areas)
        assert chart(found).actors == ("STAF", "KASI")
        assert [(s.kind, s.row) for s in chart(found).symbols] == [("start", 0), ("decision", 1)]
        assert "cabang 'TIDAK' ke langkah 1" in said(found)


def test_02c_20_headings_in_one_to_three_rows() -> None:
    three: list[Sequence[Any]] = [
        ["No", "Kegiatan", "Pelaksana", None, None, "Mutu Baku", None, None, "Keterangan"],
        [None, None, "Kabupaten", None, "Provinsi", "Kelengkapan", "Waktu", "Output", None],
        [None, None, "Staf", "Kasi", "Kabid"],
        [f"({n})" for n in range(1, 10)],
    ]
    steps_ = [
        [1, "Menyusun", "v", None, None, "DPA", "1 jam", "Konsep"],
        [2, "Setuju", None, None, "√", "DPA"],
    ]
    areas = ("A1:A3", "B1:B3", "C1:E1", "F1:H1", "I1:I3", "C2:D2", "F2:F3", "G2:G3", "H2:H3")
    for merged in ((), areas):
        found = table(*three, *steps_, merged=merged)
        assert chart(found).actors == ("Staf", "Kasi", "Kabid")
        assert chart(found).groups == ("Kabupaten", "Kabupaten", "Provinsi")
        assert doers(found) == [("Staf",), ("Kabid",)]
    two: list[Sequence[Any]] = [
        ["No", "Kegiatan", "Staf", "Kasi", "Mutu Baku"],
        [None] * 4 + ["Kelengkapan", "Waktu", "Output"],
    ]
    found = table(
        *two, [1, "Mencatat", "v", None, "Surat"], [2, "Memeriksa", None, "v", "A"], merged=("C1:C2",)
    )
    assert doers(found) == [("Staf",), ("Kasi",)]


def test_03_values_as_excel_shows_them() -> None:
    rows: list[Sequence[Any]] = [
        ["Tanggal Pembuatan", date(2024, 1, 16)],
        ["Tanggal Revisi", date(2014, 1, 1)],
        ["Nama SOP", "Surat"],
        [],
        HEAD,
        *([n, "Mencatat", "v", None, "Surat", value, "Agenda"] for n, value in enumerate(
            [time(0, 15), 30, timedelta(hours=26), 0.5, date(2024, 5, 10), time(1, 30)], 1)),
    ]  # fmt: skip
    forms = ["h:mm", '0 "menit"', "[h]:mm", '0.0 "jam"', "d-mmm", "h:mm"]
    formats = {"B1": "dd/mm/yyyy", "B2": "mmmm yyyy"} | {f"F{n}": f for n, f in enumerate(forms, 6)}
    found = table(*rows, formats=formats)
    assert column(found, "waktu") == ["15 menit", "30 menit", "26 jam", "0,5 jam", "10-Mei", "1 jam 30 menit"]
    assert "4:waktu|Waktu berisi tanggal '10-Mei'" in said(found)
    values = found.identities[0].values
    assert (values["pembuatan"].text, values["revisi"].text) == ("16 Januari 2024", "Januari 2014")


def test_04_a_cell_merged_downward_is_of_each_step_and_told() -> None:
    rows = [HEAD, *ROWS, [3, "Menyimpan", "v", None, None, None, "Arsip"]]
    found = table(*rows, merged=("F2:F3", "E2:E4"))
    shared = [[(k, w.text) for k, w in row.cells.items() if w.shared] for row in chart(found).rows]
    assert shared == [
        [("kelengkapan", "Surat"), ("waktu", "5 menit")],
        [("kelengkapan", "Surat"), ("waktu", "5 menit")],
        [("kelengkapan", "Surat")],
    ]
    assert "beberapa langkah" not in said(found), "it is written as it is drawn"


def test_04_a_cell_of_two_steps_beside_one_of_a_step_of_its_own_is_told() -> None:
    rows: list[list[Any]] = [
        HEAD,
        [1, "Mencatat", "v", None, "Surat", "5 menit", "Agenda"],
        [None, None, None, None, "Lampiran", None, None],
        [2, "Meneruskan", None, "v", None, "5 menit", "Surat"],
    ]
    found = table(*rows, merged=("E3:E4",))
    assert column(found, "kelengkapan") == ["Surat\nLampiran", "Lampiran"]
    assert "satu sel untuk beberapa langkah" in said(found)


@pytest.mark.parametrize("gap", [0, 1, 3])
def test_05_a_heading_that_is_repeated_goes_on(gap: int) -> None:
    rows = [HEAD, *ROWS, *[[]] * gap, HEAD, [3, "Mengirim", "v"], [4, "Menyimpan", None, "v"]]
    assert [no for no, _ in steps(table(*rows))] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("rows", "numbers"),
    [
        (["1,Mencatat,v,,5 menit", "a.,Memberi nomor,v,,1 menit", "b.,Memindai,v,,", "2,Memeriksa,,v,"],
         ["1", "a.", "b.", "2"]),
        (["#1,Mencatat,v,,", "#2,Memeriksa,,v,", "3-4,Mengirim,v,,1 jam"], ["#1", "#2", "3-4"]),
        (["1.1,Mencatat,v,,", "1.2,Memeriksa,,v,", "Langkah 3,Mengirim,v,,"], ["1.1", "1.2", "Langkah 3"]),
    ],
)  # fmt: skip
def test_06_no_sort_of_number_ends_the_table(rows: list[str], numbers: list[str]) -> None:
    assert [no for no, _ in steps(csv("No,Kegiatan,Staf,Kasi,Waktu", *rows))] == numbers


@pytest.mark.parametrize("stages", [("I,Persiapan", "II,Pelaksanaan"), ("A.,Persiapan", "B.,Pelaksanaan"),
                                    (",Persiapan", ",Pelaksanaan")])  # fmt: skip
def test_06b_stages_are_headings_and_a_sum_is_no_step(stages: tuple[str, str]) -> None:
    one, two = stages
    rows = [
        f"{one},,,",
        "1,Mencatat,v,,5 menit",
        f"{two},,,",
        "2,Memeriksa,,v,10 menit",
        ",Jumlah,,,15 menit",
    ]
    found = csv("No,Kegiatan,Staf,Kasi,Waktu", *rows)
    assert [no for no, _ in steps(found)] == ["1", "2"]
    assert [row.heading.split()[-1] for row in chart(found).rows] == ["Persiapan", "Pelaksanaan"]
    assert "15 menit (baris jumlah" in said(found)


COLON: list[list[Any]] = [
    ["DINAS CONTOH", None, "Nomor SOP", ":", "800/12/2024"],
    [None, None, "Tanggal Efektif", ":", "1 Februari 2024"],
    [None, None, "Disahkan oleh", ":", "Kepala Dinas"],
    [None, None, None, None, "Budi Santoso, S.H."],
    [None, None, None, None, "NIP. 19700101 199001 1 001"],
    [None, None, "Nama SOP", ":", "Surat Keluar"],
    ["Dasar Hukum", None, "Kualifikasi Pelaksana"],
    ["1.", "UU Nomor 25 Tahun 2009", "1.", "S1"],
    ["•", "Peraturan Lain", "2.", "Memahami surat"],
    [],
]


def test_07_label_colon_and_value_in_cells_of_their_own() -> None:
    found = table(*COLON, HEAD, *ROWS)
    (block,) = found.identities
    values = {key: words.text for key, words in block.values.items()}
    assert values == {
        "nomor": "800/12/2024",
        "efektif": "1 Februari 2024",
        "disahkan_oleh": "Kepala Dinas",
        "pejabat": "Budi Santoso, S.H.",
        "nip": "19700101 199001 1 001",
        "nama": "Surat Keluar",
    }
    assert [w.text for w in block.boxes["dasar_hukum"]] == ["1. UU Nomor 25 Tahun 2009", "• Peraturan Lain"]
    assert block.kop == ("DINAS CONTOH",)
    assert found.left_over == ()


def test_07b_other_labels_and_values_behind_the_colon() -> None:
    rows = [["Nomor : 800/12"], ["Tgl. Pembuatan : 16 Januari 2024"], ["Tanggal Ditetapkan: 1 Mei 2024"],
            ["Judul SOP : Surat"], ["Peringatan :\n1. Satu 2. Dua"]]  # fmt: skip
    (block,) = table(*rows, [], HEAD, *ROWS).identities
    assert {k: w.text for k, w in block.values.items()} == {
        "nomor": "800/12", "pembuatan": "16 Januari 2024", "efektif": "1 Mei 2024", "nama": "Surat"
    }  # fmt: skip
    assert [w.text for w in block.boxes["peringatan"]] == ["1. Satu", "2. Dua"]


def test_08_17_sheets_that_are_no_sops_are_told() -> None:
    index: list[Sequence[Any]] = [["No", "Nama SOP", "Nomor SOP"], [1, "Surat", "1"], [2, "Cuti", "2"]]
    data = book(
        ("Cover", COLON), ("Alur", [HEAD, *ROWS]), ("Lama", [HEAD, *ROWS]), ("Daftar", index), hidden=["Lama"]
    )
    found = reading(data, "a.xlsx")
    assert len(found.charts) == len(found.identities) == 1
    assert "lembar 'Lama' tersembunyi" in said(found)
    assert "lembar 'Daftar' adalah daftar 2 SOP" in said(found)


def test_09_an_empty_box_takes_no_heading() -> None:
    rows: list[Sequence[Any]] = [
        ["Nama SOP", "Surat"],
        ["Peringatan", "Pencatatan dan Pendataan"],
        [None, "Buku"],
        ["Uraian Aktivitas"],
    ]
    found = table(*rows, HEAD, *ROWS)
    (block,) = found.identities
    assert "peringatan" not in block.boxes
    assert "peringatan" in block.empty
    assert [w.text for w in block.boxes["pencatatan_pendataan"]] == ["Buku"]
    assert chart(found).title == "Uraian Aktivitas"


PASTED = "No\tKegiatan\tStaf\tKasi\tKelengkapan\tWaktu\tOutput\n"


@pytest.mark.parametrize("cell", ['"Surat\nAgenda"', "Surat\nAgenda", '"Surat ""asli""\nAgenda\nBuku"'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_11b_22_cells_of_several_lines_lose_no_step(cell: str, encoding: str) -> None:
    text = f"{PASTED}1\tMencatat\tv\t\t{cell}\t5 menit\tAgenda\n2\tMemeriksa\t\tv\tAgenda\t1 jam\tSurat\n"
    found = reading(text.encode(encoding), "a.txt")
    assert [no for no, _ in steps(found)] == ["1", "2"]
    assert column(found, "kelengkapan")[0].split("\n")[1] == "Agenda"
    assert column(found, "waktu") == ["5 menit", "1 jam"]


@pytest.mark.parametrize(("yes", "no"), [("TRUE", "FALSE"), ("√", "-"), ("■", ""), ("v", "↓"), ("●", "–")])
def test_12_marks_are_marks_and_others_are_not(yes: str, no: str) -> None:
    rows = [f"1,Mencatat,{yes},{no},5 menit", f"2,Memeriksa,{no},{yes},1 jam"]
    assert doers(csv("No,Kegiatan,Staf,Kasi,Waktu", *rows)) == [("Staf",), ("Kasi",)]


def test_12_words_below_an_actor_are_a_symbol_in_words() -> None:
    found = csv("No,Kegiatan,Staf,Kasi,Waktu", "1,Mencatat,v,,", "2,Memeriksa,,Setuju? Ya,", "3,Selesai,v,,")
    assert [(s.kind, s.text) for s in chart(found).symbols][1] == ("decision", "Setuju? Ya")
    assert "Setuju? Ya" in said(found)


def test_14_steps_numbered_beside_their_stage() -> None:
    found = csv(
        'Nama SKPD/Instansi,:,"Kecamatan ""B""",,,,',
        "Nama SOP,:,Pengelolaan Surat,,,,",
        ",,,,,,",
        "No.,Jenis Langkah,,Langkah,Kelengkapan,Waktu,Output",
        "1,Langkah Awal,1,Agendaris mencatat,Buku,5 Menit,Surat",
        ",,2,Sekretaris memilah,Lembar,10 Menit,Surat",
    )
    assert steps(found) == [("1", "Agendaris mencatat"), ("2", "Sekretaris memilah")]
    assert chart(found).rows[0].heading == "1 Langkah Awal"
    assert found.identities[0].kop == ('Kecamatan "B"',)
    assert found.left_over == ()


MARKDOWN = "| No | Kegiatan | Pelaksana | Waktu |\n|---|:--|---|---|\n| 1 | **Mencatat** | Staf | 5 menit |\n"
HTML = (
    "<html><body><p>Nama SOP: Surat</p><table><tr><th rowspan=2>No<th rowspan=2>Kegiatan"
    "<th colspan=2>Pelaksana<tr><th>Staf<th>Kasi<tr><td>1<td>Mencatat<br>surat"
    "<td>&#10003;<td></tr></table></body></html>"
)


def test_16_tables_of_markdown_and_html() -> None:
    found = reading(MARKDOWN.encode(), "a.md")
    assert (steps(found), doers(found)) == ([("1", "Mencatat")], [("Staf",)])
    for name in ("a.html", "a.xls"):
        found = reading(HTML.encode(), name)
        assert (steps(found), doers(found)) == ([("1", "Mencatat\nsurat")], [("Staf",)])
        assert found.identities[0].values["nama"].text == "Surat"


def test_17_formulas_without_results_are_reckoned_or_told() -> None:
    rows = [["Nama SOP", '=CONCATENATE("Surat"," ","Keluar")'], [], HEAD, ROWS[0],
            ["=A4+1", "Memeriksa", None, "v", "=G4", "=VLOOKUP(1,A:B,2)", "x"]]  # fmt: skip
    found = table(*rows)
    assert found.identities[0].values["nama"].text == "Surat Keluar"
    assert (steps(found)[1][0], column(found, "kelengkapan")[1]) == ("2", "Agenda")
    assert "sel F5 berisi rumus tanpa nilai; tidak dibaca" in said(found)


@pytest.mark.parametrize("again", ["120 Menit ({})", "120 menit = {}", "120 Menit / {}"])
def test_18_a_time_that_is_said_twice_must_be_the_same(again: str) -> None:
    head = "No,Kegiatan,Staf,Waktu"
    assert "dua lama" not in said(
        csv(head, f"1,Mencatat,v,{again.format('2 Jam')}", "2,Menyimpan,v,1 jam/hari")
    )
    assert "dua lama yang berbeda" in said(csv(head, f"1,Mencatat,v,{again.format('3 Jam')}"))


def test_23_a_merged_heading_pasted_as_one_cell() -> None:
    text = (
        "NO\tKEGIATAN\tPELAKSANA\tMUTU BAKU\tKETERANGAN\n\t\tStaf\tKasi\tKELENGKAPAN\tWAKTU\tOUTPUT\t\n"
        "1\tMencatat\tv\t\tSurat\t5 menit\tAgenda\tMulai\n2\tMemeriksa\t\tv\tAgenda\t1 jam\tSurat\t\n"
    )
    found = reading(text.encode(), "a.txt")
    assert doers(found) == [("Staf",), ("Kasi",)]
    assert column(found, "keterangan") == ["Mulai", ""]


@pytest.mark.parametrize(
    "text",
    [
        "kembali ke langkah 1",
        "Ya: lanjut; Tidak: kembali ke 1",
        "dikembalikan ke no. 1",
        "Lengkap? kalau tidak balik lagi ke no 1",
        "klo salah dibalikkan ke step 1",
    ],
)
def test_ways_that_texts_name_are_proposed(text: str) -> None:
    found = csv("No,Kegiatan,Staf,Ket", "1,Mencatat,v,", f"2,Memeriksa,v,{text}")
    assert "ke langkah 1" in said(found)


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.json", '{"sop": [1]}'), ("a.txt", '[{"no": 1}]'), ("a.sql", "-- x\nINSERT INTO sop VALUES (1);"),
     ("a.csv", "CREATE TABLE sop (no int);"), ("a.csv", ""), ("a.csv", "PK\x03\x04"), ("a.xlsx", "x"),
     ("a.ods", "x"),
     ("a.xls", "\xd0\xcf\x11\xe0")],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_cure(name: str, text: str) -> None:
    data = text.encode("latin-1")
    opened = door(name, data)
    assert opened is not None
    seen, problems = opened(data, name)
    assert seen is None
    assert all(problem.message and problem.hint for problem in problems)
    assert problems


@pytest.mark.parametrize("seed", range(60))
def test_nothing_that_is_filled_is_lost(seed: int) -> None:
    """Random cells in and around a table: each is in a key, or told."""
    chance = random.Random(seed)
    rows = [list(row) for row in (*COLON, HEAD, *ROWS, [3, "Menyimpan", "v"], [], [])]
    marks = []
    for n in range(chance.randrange(1, 6)):
        row = chance.randrange(len(rows))
        at = chance.randrange(9)
        rows[row] += [None] * (at + 1 - len(rows[row]))
        if rows[row][at] is None or (rows[row][at] not in HEAD and chance.random() < 0.3):
            mark = f"Isi{n}q"
            rows[row][at] = mark
            marks.append(mark)
    found = table(*rows)
    known = [w.text for b in found.identities for w in b.values.values()]
    known += [w.text for b in found.identities for box in b.boxes.values() for w in box]
    known += [line for b in found.identities for line in b.kop] + [
        w.text for b in found.identities for w in b.rest
    ]
    for c in found.charts:
        known += [c.title, *c.actors, *c.groups, *c.headings.values(), *(s.text for s in c.symbols)]
        known += [t for row in c.rows for t in (row.no, row.heading, *(w.text for w in row.cells.values()))]
    everything = "\n".join([*known, said(found)])
    assert [mark for mark in marks if mark not in everything] == []
