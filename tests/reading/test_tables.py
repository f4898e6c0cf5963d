"""Tables as offices head and part them: which columns there are, which rows, and which text stands where."""

from __future__ import annotations

import pytest

from generator.reading.draft.draft import drafts
from tests.reading.forms import Form, form, read

ROWS = [
    {"No": "1", "Kegiatan": "Menerima surat", "Kelengkapan": "Surat", "Waktu": "5 menit", "Output": "Agenda"},
    {"No": "2", "Kegiatan": "Memeriksa isi surat masuk", "Waktu": "1 hari", "Output": "Nota", "Ket": "-"},
    {"No": "3", "Kegiatan": "Mengarsipkan surat", "Kelengkapan": "Nota", "Waktu": "Segera"},
]


def flowing(**how: object) -> Form:
    """The three steps with a flow straight down the first actor."""
    made = form(["Kasi", "Kabid"], [*ROWS], **how)  # type: ignore[arg-type]
    boxes = [made.capsule(0, 0), made.box(1, 0), made.capsule(2, 0)]
    made.down(boxes[0], boxes[1])
    made.down(boxes[1], boxes[2])
    return made


@pytest.mark.parametrize(
    "names",
    [
        {},
        {"Kegiatan": "Aktivitas/Kegiatan", "Kelengkapan": "Persyaratan/ Kelengkapan", "Output": "Out put"},
        {
            "Kegiatan": "Uraian Prosedur",
            "Waktu": "Waktu (menit)",
            "Output": "Output/Hasil",
            "Ket": "Keterangan",
        },
        {"Kegiatan": "Tahapan", "Kelengkapan": "Kelengakapan", "No": "Nomor"},
    ],
)
def test_columns_are_known_by_what_offices_call_them(names: dict[str, str]) -> None:
    (chart,) = read(flowing(names=names)).charts
    assert chart.actors == ("Kasi", "Kabid")
    assert [row.no for row in chart.rows] == ["1", "2", "3"]
    for row, said in zip(chart.rows, ROWS, strict=True):
        for key, field in (("Kegiatan", "kegiatan"), ("Kelengkapan", "kelengkapan"), ("Waktu", "waktu"),
                           ("Output", "output"), ("Ket", "keterangan")):  # fmt: skip
            assert (row.cells[field].text if field in row.cells else "") == said.get(key, "")
    assert chart.doubts == ()


@pytest.mark.parametrize("pelaksana", ["", "PELAKSANA", "Unit Pelaksana"])
def test_actors_stand_between_kegiatan_and_mutu_baku_whatever_heads_them(pelaksana: str) -> None:
    (chart,) = read(flowing(pelaksana=pelaksana)).charts
    assert chart.actors == ("Kasi", "Kabid")
    assert len(chart.symbols) == 3


@pytest.mark.parametrize("without", [("Kelengkapan",), ("Ket",), ("Kelengkapan", "Ket")])
def test_columns_may_be_missing(without: tuple[str, ...]) -> None:
    (chart,) = read(flowing(without=without)).charts
    assert [row.cells["waktu"].text for row in chart.rows] == ["5 menit", "1 hari", "Segera"]
    assert not any("kelengkapan" in row.cells for row in chart.rows) or "Kelengkapan" not in without


@pytest.mark.parametrize("parted", [("Ket",), ("No", "Ket"), ("Kegiatan", "Ket")])
@pytest.mark.parametrize("name", ["Ket", "Catatan"])
def test_a_heading_with_an_empty_cell_below_heads_its_column(parted: tuple[str, ...], name: str) -> None:
    (chart,) = read(flowing(parted=parted, names={"Ket": name})).charts
    assert chart.headings == {
        "no": "No", "kegiatan": "Kegiatan", "kelengkapan": "Kelengkapan", "waktu": "Waktu",
        "output": "Output", "keterangan": name,
    }  # fmt: skip
    assert chart.rows[1].cells["keterangan"].text == "-"


def test_a_column_is_one_of_the_draft_though_nothing_heads_it() -> None:
    reading = read(flowing(names={"Ket": ""}))
    (draft,) = drafts(reading, None)
    assert "keterangan" in str(draft.form.get("kolom", "keterangan"))
    assert "'keterangan': '-'" in str(draft.form["kegiatan"])


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (["Belanja Akun 1"], "Belanja Akun 1"),
        (["Belanja Akun 1", "(Perjalanan)"], "Belanja Akun 1 (Perjalanan)"),
        (["- 3 -", "Belanja Akun 1"], "Belanja Akun 1"),
    ],
)
def test_a_title_is_all_lines_right_above_the_heading(above: list[str], title: str) -> None:
    made = flowing()
    for n, line in enumerate(reversed(above)):
        made.label(line, 30, 48 - 11 * n)
    reading = read(made)
    assert reading.charts[0].title == title
    assert [draft.left_over for draft in drafts(reading, None)] == [()]


@pytest.mark.parametrize("begin", ["Ket: *) Dokumen:", "*) Dokumen:", "Catatan : Dokumen"])
@pytest.mark.parametrize("more", [[], ["- KAK", "- Undangan"]])
def test_a_note_below_a_table_is_kept_and_a_footer_is_not(begin: str, more: list[str]) -> None:
    made = flowing()
    bottom = made.top + made.rows * 60
    for n, line in enumerate([begin, *more]):
        made.label(line, 34, bottom + 12 + 10 * n)
    made.label("* Ditandatangani secara elektronik", 20, bottom + 60)
    reading = read(made)
    assert reading.charts[0].notes == (" ".join([begin, *more]),)
    (draft,) = drafts(reading, None)
    assert draft.form["catatan"] == [" ".join([begin, *more])]
    assert [words.text for words in draft.left_over] == ["* Ditandatangani secara elektronik"]


def test_a_waktu_for_several_steps_is_one_cell_of_the_draft() -> None:
    reading = read(flowing(merged=(("Waktu", 0, 1),)))
    (chart,) = reading.charts
    assert [row.cells["waktu"].shared for row in chart.rows] == [True, True, False]
    (draft,) = drafts(reading, None)
    steps = str(draft.form["kegiatan"]).split("'uraian'")[1:]
    assert ["'waktu': '5 menit 1 hari'" in step or "'waktu': '5 menit'" in step for step in steps] == [
        True, False, False
    ]  # fmt: skip
    assert ["'gabung'" in step for step in steps] == [False, True, False]


def test_parts_of_a_kegiatan_under_one_number_are_one_step() -> None:
    merged = tuple((key, 0, 1) for key in ("No", "Kasi", "Kabid", "Kelengkapan", "Waktu", "Output", "Ket"))
    made = form(["Kasi", "Kabid"], [*ROWS], merged=merged)
    boxes = [made.box(0, 0), made.box(2, 1)]
    made.arrow((boxes[0].centre[0], boxes[0].bottom), (boxes[0].centre[0], boxes[1].centre[1]),
               (boxes[1].left, boxes[1].centre[1]))  # fmt: skip
    (chart,) = read(made).charts
    assert [row.no for row in chart.rows] == ["1", "3"]
    assert chart.rows[0].cells["kegiatan"].text.split() == [
        *("Menerima", "surat"),
        *("Memeriksa", "isi", "surat", "masuk"),
    ]


def test_a_table_goes_on_over_the_page_without_its_heading() -> None:
    more = [{"No": "4", "Kegiatan": "Melapor", "Waktu": "1 jam"}]
    later = form(["Kasi", "Kabid"], more, head=False)
    later.capsule(0, 1)
    (chart,) = read(flowing(), later).charts
    assert [row.no for row in chart.rows] == ["1", "2", "3", "4"]
    assert chart.rows[3].cells["waktu"].text == "1 jam"


@pytest.mark.parametrize("again", ["1", "4"])
def test_a_second_table_is_a_second_chart_unless_it_counts_on(again: str) -> None:
    more = [{"No": again, "Kegiatan": "Melapor", "Waktu": "1 jam"}]
    later = form(["Kasi", "Kabid"], more)
    later.capsule(0, 1)
    assert len(read(flowing(), later).charts) == (2 if again == "1" else 1)


@pytest.mark.parametrize("mark", ["v", "X", "•"])
def test_marks_stand_in_place_of_symbols(mark: str) -> None:
    rows = [{**ROWS[0], "Kasi": mark}, {**ROWS[1], "Kabid": mark}, {**ROWS[2], "Kasi": mark, "Kabid": "-"}]
    (chart,) = read(form(["Kasi", "Kabid"], rows)).charts
    assert [(s.row, chart.actors[s.actor], s.kind) for s in chart.symbols] == [
        (0, "Kasi", "process"), (1, "Kabid", "process"), (2, "Kasi", "process")
    ]  # fmt: skip
    assert chart.doubts == ()


def test_words_in_place_of_symbols_are_told() -> None:
    rows = [{**ROWS[0], "Kasi": "Mulai"}, {**ROWS[1], "Kabid": "Setuju?"}, {**ROWS[2], "Kasi": "Selesai"}]
    (chart,) = read(form(["Kasi", "Kabid"], rows)).charts
    assert [s.kind for s in chart.symbols] == ["start", "decision", "end"]
    assert any("bukan tanda" in doubt.said for doubt in chart.doubts)


def test_names_in_one_column_of_pelaksana_are_the_actors() -> None:
    rows = [
        {**ROWS[0], "Pelaksana": "Staf"},
        {**ROWS[1], "Pelaksana": "Kasi"},
        {**ROWS[2], "Pelaksana": "Staf"},
    ]
    (chart,) = read(form(["Pelaksana"], rows)).charts
    assert chart.actors == ("Staf", "Kasi")
    assert [(s.row, chart.actors[s.actor]) for s in chart.symbols] == [(0, "Staf"), (1, "Kasi"), (2, "Staf")]
