"""Flows drawn in Word, in the manners of agencies: each comes back as it was drawn."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.reading.docx.document import read_docx
from generator.reading.neutral import neutral
from generator.reading.understand import understand
from tests.bench.flow.charts import sop_chart
from tests.reading.office_charts import Case, Manner, case, truth
from tests.reading.test_docx import convert
from tests.reading.truth import flat
from tests.reading.word_files import WAYS, word_file

MANNERS = {
    "connectors": Manner(glued="dangling"),
    "missing a little, labels in boxes": Manner("plain", "connectors", "no", "framed", off=1.2),
    "freeforms": Manner("alternate", "freeforms", "no"),
    "pieces of lines": Manner("plain", "segments", "no"),
}


def reading(data: bytes) -> dict[str, Any]:
    seen, problems = read_docx(data, "uji.docx")
    assert seen is not None, problems
    assert problems == []
    (chart,) = neutral(understand(seen))["charts"]
    return chart  # type: ignore[no-any-return]


def as_drawn(made: Case) -> object:
    return flat(truth(made))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_it_comes_back_as_drawn(manner: Manner, way: str) -> None:
    made = case(sop_chart(7), 7)
    assert flat(reading(word_file(made, manner, 7, way))) == as_drawn(made)


@pytest.mark.parametrize("seed", [0, 10, 19])
def test_other_flows_come_back(seed: int) -> None:
    made = case(sop_chart(seed), seed)
    assert flat(reading(word_file(made, Manner(), seed, "cells", "exact"))) == as_drawn(made)


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice")
def test_they_come_back_after_a_save_in_libreoffice(tmp_path: Path) -> None:
    """All but a canvas, which it draws only from the old way of saying it."""
    made = case(sop_chart(7), 7)
    kept = {f"{n}.docx": way for n, way in enumerate(way for way in WAYS if way != "canvas")}
    for name, way in kept.items():
        (tmp_path / name).write_bytes(word_file(made, Manner(labels="framed"), 7, way))
    for file in convert(tmp_path, "docx", "saved", *(tmp_path / name for name in kept)):
        assert flat(reading(file.read_bytes())) == as_drawn(made), kept[file.name]
