"""SOP + its form as HTML → the parts of a page that show it: identity block, activity table, the same in
words."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from generator.flow.chart import Chart
from generator.flow.layout import drawn
from generator.formats.html.flow import Cells
from generator.formats.html.page import Form, readings
from generator.model.sop import SOP
from generator.site.staged import PageSection


@lru_cache(maxsize=16)
def cells(chart: Chart) -> Cells:
    """The drawing of a chart as the cells of a table; the latest are kept."""
    return Cells(drawn(chart), [row.number.rstrip(".") for row in chart.rows])


def official_parts(sop: SOP, made: Form) -> tuple[PageSection, PageSection, PageSection]:
    """The form in the parts that a page has; on a phone the first two are shut and opened by a tap."""
    if sop.kertas:  # the printer asks the sheet (``settings.paper_sheet``) for what is said here
        made_for = Markup('<div class="kertas-{}">\n{}\n</div>')
        identity = made_for.format(sop.kertas.lower(), made.identity)
    else:
        identity = made.identity
    face = opener("identitas", "Buka bagian identitas resmi") + region("Bagian identitas", identity)
    flow = opener("tabel", "Buka tabel resmi") + readings(sop) + titled(made.tables)
    return (
        PageSection("Bagian identitas", "identitas", face),
        PageSection("Tabel kegiatan", "tabel", flow),
        PageSection("Langkah demi langkah", "langkah", titled(made.words)),
    )


def titled(flows: tuple[tuple[str, Markup], ...]) -> Markup:
    """The pieces of all flows; each under its title where there are several."""
    if not flows:
        return Markup('<p class="diam">Belum ada langkah.</p>')
    if len(flows) == 1:
        return flows[0][1]
    return Markup("\n").join(Markup("<h3>{}</h3>\n{}").format(title, body) for title, body in flows)


def opener(anchor: str, words: str) -> Markup:
    """The tap that opens a part of the official form where the sheet keeps it shut (on a phone): a link to
    its heading, which needs no script and can be kept as a bookmark."""
    return Markup('<p class="buka"><a href="#{}">{}</a></p>\n').format(anchor, words)


def region(name: str, body: Markup) -> Markup:
    """A wide thing in a region of its own that scrolls sideways, by keyboard too."""
    return Markup('<div class="gulir" role="region" tabindex="0" aria-label="{}">\n{}\n</div>').format(
        name, body
    )
