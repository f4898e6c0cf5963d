"""The pages of the three real SOPs: every cell of the seed text, and a drawing without fault anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from tests.publish.conftest import Site
from tests.render.check_flow_page import GATHER, judge
from tests.seed import SLUGS, SeedSOP, seed_sops, squeeze

SEEDS = {sop.slug: sop for sop in seed_sops()}
AUDIENCES = ("public", "internal")


def read(site: Site, audience: str, slug: str) -> BeautifulSoup:
    path = site.out / audience / "sop" / slug / "index.html"
    text = path.read_text(encoding="utf-8").replace("<wbr>", "")  # where a line may break, no space is
    return BeautifulSoup(text, "lxml")


def bare(text: str) -> str:
    """The text without any space: a page breaks lines where it likes."""
    return "".join(text.split())


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_piece_of_the_seed_stands_on_its_page(site: Site, audience: str, slug: str) -> None:
    """Word for word; the number of a list's line is its place in a numbered list."""
    main = read(site, audience, slug).find("main")
    assert main is not None
    words = bare(main.get_text(" "))
    numbered = {
        bare(f"{number}. {item.get_text(' ')}")
        for items in main.select("ol")
        for number, item in enumerate(items.find_all("li", recursive=False), 1)
    }
    assert not [
        (what, text)
        for what, text in SEEDS[slug].cells()
        if bare(text) not in words and bare(text) not in numbered
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_table_holds_the_seed_row_by_row_in_its_columns(site: Site, slug: str) -> None:
    """Cell for cell, blank ones blank: nothing moved, nothing added."""
    table = read(site, "public", slug).select_one("table.alur")
    assert table is not None
    rows = table.select("tbody tr")
    seed: SeedSOP = SEEDS[slug]
    assert len(rows) == len(seed.steps)
    for row, step in zip(rows, seed.steps, strict=True):
        for name in ("no", "kegiatan", "kelengkapan", "waktu", "output", "keterangan"):
            cell = row.select_one(f".alur-{name}")
            assert cell is not None
            assert squeeze(cell.get_text(" ")) == squeeze(getattr(step, name)), f"{step.no}: {name}"


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("slug", SLUGS)
def test_the_drawing_has_no_fault_at_any_width(
    browser: Browser, site: Site, slug: str, scripts: bool
) -> None:
    page: Path = site.out / "public" / "sop" / slug / "index.html"
    edges = [f"{edge.source}>{edge.target}" for edge in site.catalogue.charts[slug][0].edges]
    for width in (360, 390, 768, 1280, 1920, 2560):
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        tab = context.new_page()
        tab.goto(page.as_uri())
        flows = tab.evaluate(GATHER)
        assert flows, f"no table at {width} px"
        for flow in flows:
            assert not judge(flow, edges)["faults"], f"{width} px"
        context.close()
