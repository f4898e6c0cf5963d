"""The widths of the columns on a page: from what they hold, and no wider together than the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.figure.lattice import measure
from generator.figure.metrics import text_width
from generator.flow.layout import drawn
from generator.form import LABEL_RESMI
from generator.formats.html.widths import _DENSE, _WIDE, percents
from generator.model.sop import Alur, Kegiatan
from tests.layout.charts import chart

SHEET = Path(__file__).parents[2] / "generator/site/theme/assets/flow.css"


def widths(
    actors: int, kegiatan: str = "Menerima berkas", waktu: str | None = None, keterangan: str | None = None
) -> tuple[dict[str, int], bool, float]:
    one = chart(
        actors, [[(f"a{n}", n)] for n in range(actors)], [f"a{n}>a{n + 1}" for n in range(actors - 1)]
    )
    lattice = measure(drawn(one))
    step = Kegiatan(uraian=kegiatan, waktu=waktu, keterangan=keterangan)
    found, dense = percents(Alur(id="uji", pelaksana=(), kegiatan=(step,) * actors), lattice, LABEL_RESMI)
    return found, dense, sum(lane.width for lane in lattice.lanes)


@pytest.mark.parametrize("actors", range(1, 8))
def test_the_columns_ask_for_all_and_what_they_hold_fits_up_to_seven_actors(actors: int) -> None:
    for note in ("", "ketidaklengkapan persyaratan administrasi " * 9):
        found, dense, lanes = widths(actors, waktu="15 menit", keterangan=note)
        room = (_DENSE if dense else _WIDE) - lanes
        assert abs(sum(found.values()) - 100) <= 2
        for key in ("kegiatan", "kelengkapan", "waktu", "output", "keterangan"):
            longest = max(map(text_width, [LABEL_RESMI[key], *(note.split() if key == "keterangan" else [])]))
            assert found[key] / 100 * room >= longest - room / 100


def test_a_column_of_long_texts_is_wide_and_an_empty_one_narrow() -> None:
    long = "catatan panjang tentang berkas " * 12
    found, _, _ = widths(4, keterangan=long, waktu="1 hari")
    assert found["keterangan"] > 2 * found["output"]
    assert found["keterangan"] > found["kegiatan"]
    other, _, _ = widths(4, kegiatan=long, waktu="1 hari")
    assert other["kegiatan"] > 2 * other["keterangan"]


def test_the_style_sheet_has_every_width() -> None:
    told = {
        int(a): int(b) for a, b in re.findall(r"\.kol-(\d+) { width: (\d+)%; }", SHEET.read_text("utf-8"))
    }
    assert told == {percent: percent for percent in range(1, 81)}


def test_the_table_is_set_in_the_letters_that_its_columns_are_reckoned_with() -> None:
    """A page's own letters may be a sixth wider, and seven actors then go beyond a window of 1280 px."""
    table = SHEET.read_text("utf-8").partition(".alur {")[2].partition("}")[0]
    assert 'font-family: Arial, "Liberation Sans", Helvetica, sans-serif;' in table
    assert SHEET.read_text("utf-8").count("font-family") == 1
