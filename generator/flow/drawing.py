"""Drawing: the flow of one chart placed and routed on a lattice. Positions, no meaning; no pixels.

The lattice is the actor block of the activity table. A table row holds one or more *levels* of
symbols (a start capsule above the first box makes two); a lane is one actor column. Around the
symbols are *gutters* holding parallel *tracks*. A coordinate names its place in that order, so every
renderer can map it monotonically onto row heights and column widths of its own: what does not touch
or cross here does not touch or cross there.

This is the only geometry that renderers see.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from generator.form.symbols import Shape


class Side(StrEnum):
    """A side of a symbol, where a port lies."""

    TOP = "top"
    RIGHT = "right"
    BOTTOM = "bottom"
    LEFT = "left"


class X(NamedTuple):
    """A column position. Tuples compare from left to right.

    zone 0 is the gutter left of the symbol, with tracks k = 0 … LaneRoom.left - 1 from left to right;
    zone 1 is the symbol itself: k = 0 its centre line, k = ±1, ±2 … ports beside the centre;
    zone 2 is the gutter right of the symbol, k = 0 … LaneRoom.right - 1 from left to right.
    """

    lane: int
    zone: int
    k: int


class Y(NamedTuple):
    """A row position. Tuples compare from top to bottom.

    Odd zones are levels of symbols: zone 1 + 2·level, k = 0 the centre line, k = ±1, ±2 … ports beside
    it. Even zones are gutters: zone 0 above the first level, zone 2 + 2·level below each level, with
    tracks k = 0 … RowRoom.gutters[zone // 2] - 1 from top to bottom.
    """

    row: int
    zone: int
    k: int


class Point(NamedTuple):
    x: X
    y: Y


class LaneRoom(Struct, frozen=True):
    """What a lane must have room for: tracks left and right of its symbols, and the largest |k| of a
    top or bottom port in it."""

    left: int
    right: int
    ports: int


class RowRoom(Struct, frozen=True):
    """What a table row must have room for: tracks in each gutter (levels + 1 of them, top to bottom)
    and, for each level, the largest |k| of a left or right port in it."""

    gutters: tuple[int, ...]
    ports: tuple[int, ...]

    @property
    def levels(self) -> int:
        return len(self.ports)


class PlacedSymbol(Struct, frozen=True):
    """A placed symbol, centred on (lane, row, level). ``loose``: a way ends there and nothing is drawn."""

    node: str
    shape: Shape
    row: int
    lane: int
    level: int
    text: str = ""
    loose: bool = False

    @property
    def centre(self) -> Point:
        return Point(X(self.lane, 1, 0), Y(self.row, 1 + 2 * self.level, 0))


class Label(Struct, frozen=True):
    """The words of a branch, at the port where it starts.

    ``port`` is the side of the source symbol; ``place`` the side of the line on which the words stand:
    left or right of a line that leaves the top or bottom, above (top) or below (bottom) a line that
    leaves a side. The words touch the source symbol's side, and they stay inside its lane: layout
    keeps that pocket free of lines, renderers make it wide and high enough for the words.
    """

    text: str
    port: Side
    place: Side


class Route(Struct, frozen=True):
    """An edge with its way: consecutive points differ in exactly one of x and y.

    The first point lies on the source's port line (on or beside its centre line), the last on the
    target's; renderers clip both at the symbol's outline. ``start`` and ``end`` are the sides where
    the way leaves the source and enters the target.
    """

    source: str
    target: str
    points: tuple[Point, ...]
    start: Side
    end: Side
    label: Label | None = None
    dashed: bool = False


class Joint(Struct, frozen=True):
    """A plain headless line between two symbols of one row that joint actors share (level, centre line)."""

    left: str
    right: str
    points: tuple[Point, ...]


class Drawing(Struct, frozen=True):
    """One flow on its lattice; symbols, routes and joints in the order of the chart."""

    lanes: tuple[LaneRoom, ...]
    rows: tuple[RowRoom, ...]
    symbols: tuple[PlacedSymbol, ...]
    routes: tuple[Route, ...]
    joints: tuple[Joint, ...]
