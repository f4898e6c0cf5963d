"""The drawing as a reader's browser shows it, measured by the page checker, at every width and text size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser

from generator.flow.chart import Chart
from generator.flow.layout import lay_out
from generator.form import LABEL_RESMI
from generator.formats.html.flow import Cells
from generator.formats.html.table import flow_table
from generator.model.sop import Alur, Kegiatan
from tests.bench.flow.charts import sop_chart, stress_chart
from tests.render.check_flow_page import GATHER, judge

CSS = (
    Path(__file__).parent.parent.parent / "generator" / "site" / "theme" / "assets" / "flow.css"
).read_text(encoding="utf-8")
WORDS = "Memeriksa konsep surat dan menyerahkan hasilnya untuk diperiksa kembali. "


def page(charts: list[Chart], repeat: int, font: int = 20) -> str:
    """A page with the tables of these charts; ``repeat`` makes the texts of every third row long."""
    tables = []
    for i, chart in enumerate(charts):
        alur = Alur(
            id=chart.id,
            pelaksana=tuple(lane.id for lane in chart.lanes),
            kegiatan=tuple(
                Kegiatan(uraian=WORDS * (repeat if row % 3 == 1 else 1), waktu="5 Menit")
                for row in range(len(chart.rows))
            ),
        )
        table = flow_table(alur, chart, Cells(lay_out(chart)), dict(LABEL_RESMI), f"Uji {i}")
        tables.append(f'<div style="overflow:auto">{table}</div>')
    style = f"html{{font-size:{font}px}}body{{font-family:Arial}}{CSS}"
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(tables)}"


def faults(browser: Browser, html: str, charts: list[Chart], width: int) -> list[str]:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    tab = context.new_page()
    tab.set_content(html)
    found = []
    expected = {chart.id: [f"{edge.source}>{edge.target}" for edge in chart.edges] for chart in charts}
    flows = tab.evaluate(GATHER)
    assert len(flows) == len(charts)
    for flow in flows:
        result = judge(flow, expected[flow["id"]])
        found += [f"{width}px {flow['id']}: {kind}: {what}" for kind, what in result["faults"].items()]
    context.close()
    return found


def _charts(make: Callable[[int], Chart], seeds: range) -> list[Chart]:
    return [replace(make(seed), id=f"uji-{seed}") for seed in seeds]


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 768, 1280, 2560])
@pytest.mark.parametrize("repeat", [1, 12])
def test_no_fault_on_generated_sops(browser: Browser, width: int, repeat: int) -> None:
    charts = _charts(sop_chart, range(12))
    assert not faults(browser, page(charts, repeat), charts, width)


@pytest.mark.browser
def test_no_fault_at_twice_the_text_size(browser: Browser) -> None:
    charts = _charts(sop_chart, range(12, 24))
    assert not faults(browser, page(charts, 3, font=40), charts, 768)


@pytest.mark.browser
def test_no_fault_on_the_largest_flows(browser: Browser) -> None:
    charts = _charts(stress_chart, range(2))
    assert not faults(browser, page(charts, 2), charts, 1920)
