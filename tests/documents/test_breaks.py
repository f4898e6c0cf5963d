"""Our breaking of lines and the typesetter's come to the same heights; what only it can tell is asked."""

from __future__ import annotations

from random import Random

import pytest
from fontTools.ttLib import TTFont

from generator.figure.paper import measure
from generator.figure.paper.letters import FONTS, USUAL, advances
from generator.figure.paper.measure import MeasuredText, asked_heights, measured
from generator.figure.paper.sheet import PAPERS, Paper
from tests.documents.cases import WORDS

_ODD = (
    *("non-aktif", "e-KTP", "B/12/2025", "surat-menyurat", "1.000.000,00", "a.n.", "(lima)", "(satu", "dua)"),
    *(
        "pasal 3-5",
        "dan/atau",
        "/",
        "-",
        "–",
        "—",
        "&",
        "“dikutip”,",
        "'petik'",
        "10%",
        "TAHUN…",
        "café",
        "Ñusa",
    ),
    *(
        "pertanggungjawabannya",
        "No.12",
        "10.30-12.00",
        "ke-2",
        "2-an",
        "s.d.",
        "A=B",
        "dua:tiga",
        "1,5",
        "kata;",
    ),
    *(
        "dipertanggungjawabkan/diselenggarakannya",
        "MEMPERTANGGUNGJAWABKAN",
        "sub-",
        "-sub",
        "a--b",
        "tanya?jawab",
    ),
    *(
        "sela–sela",
        "(1)(2)",
        "“",
        "*",
        "https://contoh.go.id/sop/surat-masuk/",
        "x+y",
        "ganda  spasi",
        "□",
        "½",
    ),
)
_MARKERS = ("", "", "1. ", "a) ", "- ", "12. ")


def _texts(seed: int, count: int) -> list[MeasuredText]:
    drawn = Random(seed)
    found = []
    for _ in range(count):
        words = [drawn.choice(drawn.choice((WORDS, _ODD))) for _ in range(drawn.randint(1, 14))]
        cut = drawn.randint(0, len(words) - 1)
        lines = [" ".join(part) for part in (words[:cut], words[cut:]) if part]
        lines = [drawn.choice(_MARKERS) + line for line in lines]
        size = drawn.choice((7.5, 8.0, 8.5, 9.0, 9.5, 11.0))
        weight = drawn.choice(("regular", "bold"))
        found.append(MeasuredText(drawn.uniform(28, 240), size, tuple(lines), weight))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_heights_are_those_of_the_typesetter(seed: int) -> None:
    texts = _texts(seed, 250)
    asked, _ = asked_heights(texts, PAPERS["A4"], None)
    found, _ = measured(texts, PAPERS["A4"], None)
    wrong = [
        (text, one, other)
        for text, one, other in zip(texts, found, asked, strict=True)
        if not 0 <= one - other <= 0.0101
    ]
    assert not wrong


def test_the_typesetter_is_not_asked_for_usual_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(measure, "asked_heights", asked)
    lines = (
        "1. Memeriksa kelengkapan dokumen (berkas) sesuai perundang-undangan/standar, lalu menyerahkannya.",
        "- Nomor B/12/2025 tanggal 2-5 Januari 2025; 10% dari “jumlah” e-KTP",
        "",
    )
    found, _ = measured([MeasuredText(80.0, 9.0, lines)], PAPERS["A4"], None)
    assert found[0] > 9 * 9
    with pytest.raises(AssertionError, match="asked"):
        measured([MeasuredText(80.0, 9.0, ("tanya?jawab tanya?jawab",))], PAPERS["A4"], None)


def test_words_that_run_leftward_are_kerned_so_the_typesetter_measures_all() -> None:
    texts = [MeasuredText(60.0, 9.0, ("AVAVAVAV AVAVAVAV",)), MeasuredText(60.0, 9.0, ("كتاب",))]
    asked, _ = asked_heights(texts, PAPERS["A4"], None)
    assert [round(height, 1) for height in measured(texts, PAPERS["A4"], None)[0]] == [
        round(height + 0.005, 1) for height in asked
    ]


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_widths_are_those_of_the_font(weight: str) -> None:
    known = advances(weight)
    with TTFont(FONTS / f"LiberationSans-{weight.capitalize()}.ttf") as font:
        wide, names = font["hmtx"].metrics, font.getBestCmap()
        assert font["head"].unitsPerEm == 2048
        assert {ord(letter) for letter in USUAL} <= names.keys()
        assert {code: known[chr(code)] for code in names} == {
            code: wide[name][0] for code, name in names.items()
        }


@pytest.mark.parametrize("boxes", [1, 4, 12, 30])
def test_pages_of_the_identity_block_are_those_of_the_typesetter(boxes: int) -> None:
    words = [(0.0, "", " ".join(WORDS * 3))]
    face = {
        "columns": PAPERS["A4"].face,
        "kop": [(0.0, "", "PEMERINTAH KABUPATEN BADUNG")],
        "address": [],
        "logo": None,
        "fields": [[words[:1], words]],
        "approval": {"label": words, "office": words, "name": words, "room": 4.2, "nip": []},
        "name": [words, words],
        "boxes": [[words, words * 2]] * boxes,
    }
    _, asked = asked_heights([], PAPERS["A4"], face)
    assert measured([], PAPERS["A4"], face)[1] == asked
    assert measured([], Paper("", 842, 100_000), face)[1] == 1
