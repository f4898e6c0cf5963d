"""The symbols of the flow, each declared once: what it is called, what it means, what it looks like.

Layout, figure and every format draw what stands here. A symbol is added as a member of ``Shape``, a member of
``Bentuk`` where the data may ask for it, and an entry of ``SYMBOLS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct


class Bentuk(StrEnum):
    """The symbol of a step in the words of the data."""

    KAPSUL = "kapsul"
    KOTAK = "kotak"
    BELAH_KETUPAT = "belah-ketupat"


class Shape(StrEnum):
    """A symbol of ISO 5807 as the official form uses it."""

    TERMINATOR = "terminator"
    PROCESS = "process"
    DECISION = "decision"
    OFF_PAGE = "off-page"


class Rectangle(Struct, frozen=True):
    """The whole square; ``rounded``: its narrow sides are half circles."""

    rounded: bool = False


class Polygon(Struct, frozen=True):
    """Corners in a square of side 1, clockwise; y grows downwards."""

    corners: tuple[tuple[float, float], ...]


Outline = Rectangle | Polygon


class FormSymbol(Struct, frozen=True, kw_only=True):
    """One symbol.

    ``word`` names it on pages, in the data where there is a ``Bentuk`` of that name; ``name`` is what readers
    call it. ``meaning`` says what a step drawn so is (``ending``: where a way leads to it and it ends there).
    ``half`` is the least half of its width and height, em. ``sign`` stands for it in a workbook; ``preset``
    is Word's name of the shape.
    """

    shape: Shape
    word: str
    name: str
    meaning: str
    ending: str = ""
    outline: Outline
    half: tuple[float, float]
    sign: str
    preset: str

    def says(self, entered: bool) -> str:
        """What it is, for who does not see it."""
        return self.ending if entered and self.ending else self.meaning


class Arrow(Struct, frozen=True):
    """The *anak panah*: length of its head in em, and half the head's width as a share of that."""

    word: str
    name: str
    length: float
    slender: float


ARROW = Arrow("panah", "Anak panah", 0.65, 0.42)

SYMBOLS: Mapping[Shape, FormSymbol] = MappingProxyType(
    {
        symbol.shape: symbol
        for symbol in (
            FormSymbol(
                shape=Shape.TERMINATOR,
                word=Bentuk.KAPSUL,
                name="Kapsul",
                meaning="Mulai",
                ending="Selesai",
                outline=Rectangle(rounded=True),
                half=(2.1, 0.85),
                sign="●",
                preset="flowChartTerminator",
            ),
            FormSymbol(
                shape=Shape.PROCESS,
                word=Bentuk.KOTAK,
                name="Kotak",
                meaning="Kegiatan",
                outline=Rectangle(),
                half=(2.1, 1.0),
                sign="■",
                preset="flowChartProcess",
            ),
            FormSymbol(
                shape=Shape.DECISION,
                word=Bentuk.BELAH_KETUPAT,
                name="Belah ketupat",
                meaning="Keputusan",
                outline=Polygon(((0, 0.5), (0.5, 0), (1, 0.5), (0.5, 1))),
                half=(2.2, 1.3),
                sign="◆",
                preset="flowChartDecision",
            ),
            FormSymbol(
                shape=Shape.OFF_PAGE,
                word="segilima",
                name="Segilima",
                meaning="Sambungan",
                outline=Polygon(((0, 0), (1, 0), (1, 0.575), (0.5, 1), (0, 0.575))),
                half=(0.6, 0.62),
                sign="⬟",
                preset="flowChartOffpageConnector",
            ),
        )
    }
)
"""All symbols by their shape. The segilima joins the pages of a document and is not written in data."""

BY_WORD: Mapping[str, FormSymbol] = MappingProxyType({symbol.word: symbol for symbol in SYMBOLS.values()})
"""All symbols by their word."""
