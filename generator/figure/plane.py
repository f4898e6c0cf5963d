"""Lattice + measured rows → Figure: every line, symbol and label at its place on a plane.

For renderers that know how high their rows came out (paper, the stand-alone picture). Lengths are in
whatever unit ``em`` is given in; the origin is the upper left corner of the actor block.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType

from msgspec import Struct

from generator.figure import figure
from generator.figure.figure import Figure, Line, Words
from generator.figure.lattice import GAP, Lattice, label_size
from generator.figure.outline import OUTWARD, At
from generator.flow.drawing import Joint, Label, PlacedSymbol, Point, Route, Side, X, Y


class Plane(Struct, frozen=True, dict=True):
    """One drawing on a plane. ``em`` is the length of one em; lanes are as wide as the lattice asks, or
    wider by ``stretch``; rows are as high as given (at least what the lattice asks)."""

    lattice: Lattice
    em: float
    row_heights: tuple[float, ...]
    stretch: float = 1.0

    @cached_property
    def lane_lefts(self) -> tuple[float, ...]:
        """Left border of each lane, and the right border of the last."""
        lefts = [0.0]
        for lane in self.lattice.lanes:
            lefts.append(lefts[-1] + lane.width * self.em * self.stretch)
        return tuple(lefts)

    @cached_property
    def _bands(self) -> tuple[tuple[tuple[float, float], ...], ...]:
        """Row by row, the top and height of its bands, from the top of the row."""
        return tuple(
            tuple(self._band(room.bands, height, zone) for zone in range(len(room.bands)))
            for room, height in zip(self.lattice.rows, self.row_heights, strict=True)
        )

    def _band(self, bands: tuple[float, ...], row_height: float, zone: int) -> tuple[float, float]:
        extra = max(0.0, row_height - sum(bands) * self.em) / (len(bands) // 2)
        top = sum(bands[:zone]) * self.em + extra * (zone // 2)
        return top, bands[zone] * self.em + (extra if zone % 2 else 0.0)

    @cached_property
    def _row_tops(self) -> tuple[float, ...]:
        return tuple(accumulate(self.row_heights, initial=0))

    def band(self, row: int, zone: int) -> tuple[float, float]:
        """Top and height of a band, from the top of its row."""
        return self._bands[row][zone]

    def x(self, at: X) -> float:
        return self.lane_lefts[at.lane] + self.lattice.x(at) * self.em * self.stretch

    @cached_property
    def _starts(self) -> tuple[tuple[float, ...], ...]:
        """Row by row, where each band is reckoned from: a gutter from its top, a level from its middle."""
        starts = []
        for row, above in zip(range(len(self.row_heights)), self._row_tops, strict=False):
            bands = [self.band(row, zone) for zone in range(len(self.lattice.rows[row].bands))]
            starts.append(
                tuple(above + top + height / 2 * (zone % 2) for zone, (top, height) in enumerate(bands))
            )
        return tuple(starts)

    def y(self, at: Y) -> float:
        return self._starts[at.row][at.zone] + self.lattice.y(at) * self.em

    @cached_property
    def _centres(self) -> dict[str, At]:
        middles = [
            left + lane.centre * self.em * self.stretch
            for left, lane in zip(self.lane_lefts, self.lattice.lanes, strict=False)
        ]
        return {
            one.node: (middles[one.lane], self._starts[one.row][1 + 2 * one.level])
            for one in self.lattice.drawing.symbols
        }

    def centre(self, symbol: PlacedSymbol) -> At:
        return self._centres[symbol.node]

    def half(self, symbol: PlacedSymbol) -> At:
        """Half the width and half the height of a symbol."""
        size = self.lattice.sizes[symbol.node]
        return size.width * self.em * self.stretch, size.height * self.em

    def outline(self, symbol: PlacedSymbol, side: Side, at: Point) -> At:
        """Where a line at this point meets the symbol's outline on a side."""
        x, y = self.centre(symbol)
        if side in (Side.TOP, Side.BOTTOM):
            return self.x(at.x), y + OUTWARD[side] * self.lattice.reach(symbol, side, at.x.k) * self.em
        reach = self.lattice.reach(symbol, side, at.y.k) * self.em * self.stretch
        return x + OUTWARD[side] * reach, self.y(at.y)

    def way(self, route: Route, source: PlacedSymbol, target: PlacedSymbol) -> tuple[At, ...]:
        """The route's corners, from the source's outline to the target's."""
        first, *inner, last = route.points
        return (
            self.outline(source, route.start, first),
            *[(self.x(at.x), self.y(at.y)) for at in inner],
            self.outline(target, route.end, last),
        )

    def joint(self, joint: Joint, left: PlacedSymbol, right: PlacedSymbol) -> tuple[At, At]:
        """Ends of the headless line between joint actors."""
        first, last = joint.points[0], joint.points[-1]
        return self.outline(left, Side.RIGHT, first), self.outline(right, Side.LEFT, last)

    def label(self, route: Route, label: Label, source: PlacedSymbol) -> Words:
        """Where the words of a labelled route stand."""
        lines = self.lattice.labels[route.source, route.target]
        width, height = (length * self.em for length in label_size(lines))
        x, top, place = self.lattice.pocket(route, label, source)
        x = self.lane_lefts[source.lane] + x * self.em * self.stretch
        y, gap = self.centre(source)[1] + top * self.em, GAP * self.em
        right = place is Side.RIGHT
        left, anchor = (x + gap, Side.LEFT) if right else (x - gap - width, Side.RIGHT)
        return Words(route.source, route.target, label.text, lines, left, y, width, height, anchor)

    def figure(self, words: Mapping[str, str] = MappingProxyType({})) -> Figure:
        """All of the drawing; ``words`` gives what a symbol says in words, by node."""
        drawing = self.lattice.drawing
        nodes = {symbol.node: symbol for symbol in drawing.symbols}
        symbols = tuple(
            figure.Symbol(
                symbol.node,
                symbol.shape,
                symbol.lane,
                self.centre(symbol),
                self.half(symbol),
                self.lattice.sizes[symbol.node].lines,
                words.get(symbol.node, ""),
                loose=symbol.loose,
            )
            for symbol in drawing.symbols
        )
        joints = tuple(
            Line(j.left, j.right, self.joint(j, nodes[j.left], nodes[j.right]), joint=True)
            for j in drawing.joints
        )
        lines, labels = list[Line](), list[Words]()
        for route in drawing.routes:
            source, target = nodes[route.source], nodes[route.target]
            lines.append(
                Line(
                    route.source,
                    route.target,
                    self.way(route, source, target),
                    route.end,
                    dashed=route.dashed,
                )
            )
            if route.label:
                labels.append(self.label(route, route.label, source))
        return Figure(self.em, symbols, (*joints, *lines), tuple(labels))
