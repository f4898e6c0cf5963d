"""Flows drawn in workbooks, in the manners of agencies: each comes back as it was drawn."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.reading.neutral import neutral
from generator.reading.understand import understand
from generator.reading.xlsx.workbook import read_xlsx
from tests.bench.flow.charts import sop_chart
from tests.reading.office_charts import Case, Manner, case, truth
from tests.reading.test_docx import convert
from tests.reading.truth import flat
from tests.reading.workbooks import book_of, workbook

MANNERS = {
    "connectors": Manner(),
    "missing a little, labels in boxes": Manner("plain", "connectors", "no", "framed", off=1.2),
    "freeforms": Manner("alternate", "freeforms", "no"),
    "pieces of lines": Manner("plain", "segments", "no"),
    "one group": Manner(grouped=True),
    "ids that no shape has": Manner(glued="dangling", labels="framed"),
}


def reading(data: bytes) -> dict[str, object]:
    seen, problems = read_xlsx(data, "uji.xlsx")
    assert seen is not None, problems
    assert problems == []
    charts: list[dict[str, object]] = neutral(understand(seen))["charts"]
    (chart,) = charts
    return chart


def as_drawn(made: Case) -> object:
    return flat(truth(made))


@pytest.mark.parametrize("anchor", ["two", "one", "absolute"])
@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_it_comes_back_as_drawn(manner: Manner, anchor: str) -> None:
    made = case(sop_chart(7), 7)
    assert flat(reading(workbook(made, manner, 7, anchor))) == as_drawn(made)


@pytest.mark.parametrize("seed", [0, 10, 19])
def test_other_flows_come_back(seed: int) -> None:
    made = case(sop_chart(seed), seed)
    assert flat(reading(workbook(made, Manner(), seed))) == as_drawn(made)


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice")
def test_they_come_back_after_a_save_in_libreoffice(tmp_path: Path) -> None:
    """It writes connectors tied to ids that no shape has, and forgets ties when it reads them."""
    made = case(sop_chart(7), 7)
    names = {f"{n}.xlsx": manner for n, manner in enumerate(MANNERS.values())}
    for name, manner in names.items():
        (tmp_path / name).write_bytes(workbook(made, manner, 7))
    for file in convert(tmp_path, "xlsx", "saved", *(tmp_path / name for name in names)):
        assert flat(reading(file.read_bytes())) == as_drawn(made), names[file.name]


BOX = '<a:prstGeom prst="flowChartProcess"><a:avLst/></a:prstGeom>'
LINE = '<a:prstGeom prst="straightConnector1"/><a:ln w="9525"><a:tailEnd type="triangle"/></a:ln>'


def anchored(id: int, start: tuple[int, int], end: tuple[int, int], look: str, ties: str = "") -> str:
    """A shape from one cell to another, in the middle of the first and the last."""
    kind, own = ("cxnSp", "nvCxnSpPr") if ties else ("sp", "nvSpPr")
    inner = f"<xdr:cNvCxnSpPr>{ties}</xdr:cNvCxnSpPr>" if ties else "<xdr:cNvSpPr/>"
    markers = "".join(
        f"<xdr:{tag}><xdr:col>{c}</xdr:col><xdr:colOff>{dx}</xdr:colOff><xdr:row>{r}</xdr:row>"
        f"<xdr:rowOff>{dy}</xdr:rowOff></xdr:{tag}>"
        for tag, (c, r), (dx, dy) in (
            ("from", start, (300_000, 300_000) if ties else (100_000, 100_000)),
            ("to", end, (300_000, 200_000) if ties else (500_000, 400_000)),
        )
    )
    return (
        f'<xdr:twoCellAnchor>{markers}<xdr:{kind}><xdr:{own}><xdr:cNvPr id="{id}" name="x"/>{inner}'
        f"</xdr:{own}><xdr:spPr>{look}</xdr:spPr></xdr:{kind}><xdr:clientData/></xdr:twoCellAnchor>"
    )


@pytest.mark.parametrize("tied", ["", '<a:stCxn id="2" idx="2"/><a:endCxn id="3" idx="0"/>'])
def test_a_line_whose_anchor_runs_backwards_leads_to_its_end(tied: str) -> None:
    """Some programs write no transform and let an anchor end left of where it begins."""
    boxes = anchored(2, (3, 2), (3, 2), BOX) + anchored(3, (2, 3), (2, 3), BOX)
    line = anchored(4, (3, 2), (2, 3), LINE, tied or "<a:extLst/>")
    chart = reading(book_of([["1", "Satu"], ["2", "Dua"]], ["Staf", "Kasi"], boxes + line))
    first, second = (row["nodes"][0] for row in chart["rows"])  # type: ignore[attr-defined]
    assert (first[1], second[1]) == (1, 0)
    assert chart["edges"] == [[first[0], second[0]]]
