"""A Word file of ours that was changed by hand: each change is told, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest

from generator.documents.setting import make_docx
from generator.reading.docx.document import read_docx
from generator.reading.docx.returned import Difference, differences
from generator.reading.understand import understand
from generator.reading.understood import Reading
from tests.bench.flow.charts import sop_chart
from tests.documents.cases import made_up
from tests.reading.word_files import rewritten

SEED = 7


@cache
def own() -> bytes:
    return make_docx(made_up(sop_chart(SEED), SEED, 14))


def reading(data: bytes) -> Reading:
    seen, _ = read_docx(data, "uji.docx")
    assert seen is not None
    return understand(seen)


def changed(change: Callable[[str], str]) -> tuple[Difference, ...]:
    """What is told of a change to the text of the document."""
    return differences(reading(own()), reading(rewritten(own(), change)))


def told(found: tuple[Difference, ...]) -> list[tuple[str, str, str]]:
    return [(one.about, one.before, one.after) for one in found if one.about != "periksa"]


def shape(text: str, name: str) -> str:
    """The run that holds a shape of this name."""
    at = text.index(f'name="{name}"')
    start, end = text.rindex("<w:r><mc:", 0, at), text.index("</mc:AlternateContent></w:r>", at)
    return text[start : end + len("</mc:AlternateContent></w:r>")]


def test_what_was_not_changed_is_not_told() -> None:
    assert differences(reading(own()), reading(own())) == ()


def test_a_changed_text_is_told() -> None:
    (one,) = told(changed(lambda text: text.replace(">1 Hari<", ">2 Hari<", 1)))
    assert one == ("langkah 1, Waktu", "1 Hari", "2 Hari")


def test_a_changed_identity_is_told() -> None:
    (one,) = told(changed(lambda text: text.replace(">800/1/2025<", ">800/2/2026<")))
    assert one[1:] == ("800/1/2025", "800/2/2026")


def test_a_lost_arrow_is_told_and_what_it_leaves() -> None:
    found = changed(lambda text: text.replace(shape(text, "Panah r3 &gt; r4"), ""))
    (one,) = told(found)
    assert one[0].startswith("panah kotak langkah 4")
    assert one[1:] == ("panah", "")
    assert {d.after for d in found if d.about == "periksa"} == {
        "tidak ada panah yang keluar dari simbol ini",
        "tidak ada panah yang sampai ke simbol ini",
    }


def test_another_label_is_told() -> None:
    (one,) = told(changed(lambda text: text.replace(">Ya<", ">Lengkap<", 1).replace('"Ya"', '"Lengkap"', 1)))
    assert one[1:] == ("panah Ya", "panah Lengkap")


def test_another_symbol_is_told() -> None:
    def change(text: str) -> str:
        old = shape(text, "r3")
        return text.replace(old, old.replace('prst="flowChartProcess"', 'prst="flowChartDecision"'))

    (one,) = told(changed(change))
    assert one[0] == "simbol"
    assert one[1].startswith("kotak langkah 4")
    assert one[2].startswith("belah ketupat langkah 4")


def test_a_row_that_was_taken_out_is_told_with_all_it_said() -> None:
    def change(text: str) -> str:
        rows = re.findall(r"<w:tr>.*?</w:tr>", text, re.DOTALL)
        row = next(row for row in rows if 'name="r5"' in row)
        return text.replace(row, "")

    found = told(changed(change))
    row = next(one for one in found if one[0].startswith("langkah 6"))
    assert row[1].startswith("6 | ")
    assert row[2] == ""
    assert any(one[0] == "simbol" and "langkah 6" in one[1] and not one[2] for one in found)
    assert not any(one[0].startswith("langkah 7, ") for one in found)


def test_a_text_beside_the_table_is_told() -> None:
    note = "<w:p><w:r><w:t>Catatan tambahan dari Bagian Hukum</w:t></w:r></w:p>"
    (one,) = told(changed(lambda text: text.replace("<w:sectPr>", f"{note}<w:sectPr>")))
    assert one == ("teks di luar tabel", "", "Catatan tambahan dari Bagian Hukum")


@pytest.mark.parametrize("seed", [0, 2])
def test_another_sop_differs(seed: int) -> None:
    other = make_docx(made_up(sop_chart(seed), seed, 14))
    assert len(differences(reading(own()), reading(other))) > 10
