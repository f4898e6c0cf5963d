"""The types that the paper stage hands to the PDF and Word renderers: pages in points. No decisions here.

A page's origin is the left end of the actor block and the top of the table body (below the repeated
heading); y grows downwards.
"""

from __future__ import annotations

from msgspec import Struct

from generator.figure.figure import Figure
from generator.form import papers
from generator.form.columns import BEFORE

MM = 72 / 25.4


class Paper(Struct, frozen=True):
    """A sheet lying on its side: name, width and height, and its margins, in points."""

    name: str
    width: float
    height: float
    side: float = 34.0
    top: float = 30.0
    bottom: float = 48.0

    @property
    def inner_width(self) -> float:
        return self.width - 2 * self.side

    @property
    def face(self) -> tuple[float, float, float, float]:
        """Widths of the identity block's columns: letterhead, labels, colons, values."""
        left = self.inner_width * 0.44
        return left, 98.0, 8.0, self.inner_width - left - 106.0

    @property
    def inner_height(self) -> float:
        return self.height - self.top - self.bottom


PAPERS = {name: Paper(name, width * MM, height * MM) for name, (width, height) in papers.PAPERS.items()}
"""The papers that an agency or an SOP may ask for (``kertas``)."""


class Columns(Struct, frozen=True):
    """How the width of the table is divided, in points.

    ``text`` is the size of the type in the table, ``em`` that of the drawing; ``stretch`` widens the
    lanes; ``turned`` headings of actors stand upright, read from below. ``widths``: those of the
    columns of text of the table.
    """

    text: float
    em: float
    stretch: float
    turned: bool
    lanes: tuple[float, ...]
    widths: tuple[float, ...]

    @property
    def left(self) -> float:
        """Left border of the actor block."""
        return sum(self.widths[:BEFORE])

    @property
    def total(self) -> float:
        return sum(self.lanes) + sum(self.widths)


class Slab(Struct, frozen=True):
    """A table row on a page, or the part of it that is on this page (``part`` counted from 0).

    ``texts``: the lines of each column of text; ``whole`` is False for a row that goes over several pages.
    ``depths``: over how many slabs of its page each cell goes, 0: it is one with the cell above.
    """

    row: int
    part: int
    whole: bool
    top: float
    height: float
    texts: tuple[tuple[str, ...], ...]
    depths: tuple[int, ...] = ()


class Page(Struct, frozen=True):
    """One page of the table. ``above`` and ``below`` are the heights of the strips for connectors under
    the heading and under the last row (0: none)."""

    slabs: tuple[Slab, ...]
    above: float
    below: float
    figure: Figure

    @property
    def height(self) -> float:
        return self.above + sum(slab.height for slab in self.slabs) + self.below


class Sheet(Struct, frozen=True):
    """One activity table on its pages. ``head`` are the heights of the heading rows, ``title`` the
    height of the title over the first page."""

    columns: Columns
    head: tuple[float, ...]
    title: float
    pages: tuple[Page, ...]
