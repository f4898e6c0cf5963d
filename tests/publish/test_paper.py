"""The paper on which a page is printed: that of the agency, or that which the SOP asks for."""

from __future__ import annotations

import io

import pikepdf
import pytest
from markupsafe import Markup
from playwright.sync_api import Browser

from generator.form.papers import PAPERS
from generator.formats.html.page import Form
from generator.model.sop import SOP
from generator.site.official import official_parts
from generator.site.settings import paper_sheet

_PAGE = '<meta charset="utf-8"><style>{}</style><div class="md-content__inner"><h1>SOP</h1>{}</div>'


@pytest.mark.browser
@pytest.mark.parametrize("own", [None, *PAPERS])
def test_the_browser_prints_on_thatpaper_sheet(browser: Browser, own: str | None) -> None:
    inside = f'<div class="kertas-{own.lower()}">isi</div>' if own else "isi"
    page = browser.new_page()
    try:
        page.set_content(_PAGE.format(paper_sheet("F4"), inside))
        printed = page.pdf(prefer_css_page_size=True)
    finally:
        page.close()
    width, height = PAPERS[own or "F4"]
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert len(pdf.pages) == 1
        _, _, wide, high = map(float, pdf.pages[0].mediabox)
    assert (wide, high) == pytest.approx((width / 25.4 * 72, height / 25.4 * 72), abs=1)


def test_the_page_of_an_sop_says_the_paper_that_it_asks_for() -> None:
    form = Form(identity=Markup("<p>x</p>"), tables=(), words=(), tools=Markup())
    for asked, told in ((None, False), ("F4", True)):
        sop = SOP(slug="a", nama="A", unit="u", alur=(), kertas=asked)
        assert ("kertas-f4" in str(official_parts(sop, form)[0].body)) is told
