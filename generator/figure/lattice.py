"""Drawing → lengths in em: how wide each lane and how high each band of a row must at least be.

The one place where the lattice's order becomes length. Every renderer asks here where a track, a port
or a label lies inside its cell; rows may be made higher than asked for (their text decides), and then
the levels take what is over while the gutters keep their height. The map is monotone, so what does not
cross on the lattice does not cross on any page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import assert_never

from msgspec import Struct

from generator.figure.metrics import longest, text_width, wrap
from generator.figure.outline import OUTWARD, inner, reach
from generator.flow.drawing import Drawing, Label, LaneRoom, PlacedSymbol, Route, RowRoom, Side, X, Y
from generator.form.symbols import ARROW, SYMBOLS, Outline, Polygon, Rectangle, Shape

TRACK = 0.8
"""Distance between parallel lines, em."""
HEAD = ARROW.length
EDGE = 0.45
"""Distance of a line from the border of its cell, em."""
PORT = 0.8
"""Distance between ports on one side of a symbol, em."""
GAP = 0.3
"""Distance between a label and its line or symbol, em."""
LETTER = 0.85
"""Size of labels and of text in symbols, as a share of the flow's em."""
LEADING = 1.15
"""Height of a line of text as a share of its size."""
LABEL_WIDTH = 5.5
"""Width at which a branch label is broken where its lane is not wider anyway, em of its own letters."""
WORD_WIDTH = 12.0
"""A word wider than this, em of its own letters, does not widen its lane or symbol and is hyphenated."""
CLEAR = 0.2
"""Least distance of a symbol from the end of its level, em."""
TEXT_WIDTH = 6.0
"""Width at which the text in a symbol is broken, em of its own letters."""

_USUAL = SYMBOLS[Shape.PROCESS].half

Labelled = Sequence[tuple[PlacedSymbol, Route, Label]]
"""Routes that have words, each with the symbol that it leaves."""


class Size(Struct, frozen=True):
    """Half the width and half the height of a symbol, em, the lines of its text, and its outline."""

    width: float
    height: float
    lines: tuple[str, ...]
    outline: Outline = Rectangle()


class LaneLengths(Struct, frozen=True):
    """A lane: its least width and the centre line of its symbols, em from its left border."""

    width: float
    centre: float


class RowLengths(Struct, frozen=True):
    """A row: least height of each band (gutter, level, gutter, …, gutter), em, and for each gutter the
    distance of its first track line from its top."""

    bands: tuple[float, ...]
    first_track: tuple[float, ...]

    @property
    def height(self) -> float:
        return sum(self.bands)


class Lattice(Struct, frozen=True):
    """The lengths of one drawing."""

    drawing: Drawing
    lanes: tuple[LaneLengths, ...]
    rows: tuple[RowLengths, ...]
    sizes: dict[str, Size]
    labels: dict[tuple[str, str], tuple[str, ...]]
    """Lines of each labelled route, by (source, target)."""
    drops: dict[tuple[str, str], float]
    """How far from its symbol's centre line the words beside a vertical branch begin, em."""

    def x(self, at: X) -> float:
        """Distance of a column position from the left border of its lane, em."""
        lane = self.lanes[at.lane]
        if at.zone == 0:
            return EDGE + TRACK * (at.k + 0.5)
        if at.zone == 1:
            return lane.centre + PORT * at.k
        return lane.width - EDGE - TRACK * (self.drawing.lanes[at.lane].right - at.k - 0.5)

    def y(self, at: Y) -> float:
        """In a gutter: distance from the top of its band; on a level: from the level's centre line. Em."""
        if at.zone % 2:
            return PORT * at.k
        return self.rows[at.row].first_track[at.zone // 2] + TRACK * at.k

    def pocket(self, route: Route, label: Label, source: PlacedSymbol) -> tuple[float, float, Side]:
        """Where the words of a branch stand: the line or side that they are set beside, em from the left of
        the source's lane; their top, em from its centre line; and on which side of that they stand."""
        if label.port in (Side.TOP, Side.BOTTOM):
            drop = self.drops[route.source, route.target]
            place, x, line, below = label.place, self.x(route.points[0].x), 0.0, label.port is Side.BOTTOM
        else:
            half = OUTWARD[label.port] * self.sizes[source.node].width
            place, x, drop = label.port, self.lanes[source.lane].centre + half, GAP
            line, below = self.y(route.points[0].y), label.place is Side.BOTTOM
        high = len(self.labels[route.source, route.target]) * LETTER * LEADING
        return x, line + drop if below else line - drop - high, place

    def reach(self, symbol: PlacedSymbol, side: Side, port: int) -> float:
        """Distance from the symbol's centre line to its outline at a port, em."""
        size = self.sizes[symbol.node]
        upright = side is Side.TOP or side is Side.BOTTOM
        whole, across = (size.height, size.width) if upright else (size.width, size.height)
        if isinstance(size.outline, Rectangle):  # most are, and this is asked often
            return whole
        return whole * reach(size.outline, side, port * PORT / across)


def measure(
    drawing: Drawing,
    least: Mapping[str, Size] | None = None,
    word: float = WORD_WIDTH,
    stretch: float = 1.0,
) -> Lattice:
    """The least lengths at which symbols, tracks, arrow heads and labels of a drawing have room.

    ``least`` gives symbols that a renderer wants larger than the form has them, by node; words up to ``word``
    em are not broken; lanes will be wider by ``stretch``, which labels make use of.
    """
    symbols = {symbol.node: symbol for symbol in drawing.symbols}
    labelled = [(symbols[route.source], route, route.label) for route in drawing.routes if route.label]
    sizes = {symbol.node: _size(symbol, drawing, word) for symbol in drawing.symbols}
    for node, size in (least or {}).items():
        usual = sizes[node]
        width, height = max(size.width, usual.width), max(size.height, usual.height)
        sizes[node] = Size(width, height, size.lines, usual.outline)
    labels = {
        (route.source, route.target): wrap(label.text, _unbroken(label.text, LABEL_WIDTH, word))
        for _, route, label in labelled
    }
    by_lane = _apart(drawing, labelled, len(drawing.lanes), attrgetter("lane"))
    lanes = tuple(
        _lane(room, *here, sizes, labels) for room, here in zip(drawing.lanes, by_lane, strict=True)
    )
    for source, route, label in labelled:
        room = _room(route, label, source, drawing, lanes, sizes) * stretch - 2 * GAP
        lines = wrap(label.text, room / LETTER + 1e-6)
        if len(lines) < len(labels[route.source, route.target]):
            labels[route.source, route.target] = lines
    drops = {
        (route.source, route.target): _drop(route, label, labelled, sizes, labels)
        for _, route, label in labelled
        if label.port in (Side.TOP, Side.BOTTOM)
    }
    by_row = _apart(drawing, labelled, len(drawing.rows), attrgetter("row"))
    rows = tuple(
        _row(room, *here, sizes, labels, drops) for room, here in zip(drawing.rows, by_row, strict=True)
    )
    return Lattice(drawing, lanes, rows, sizes, labels, drops)


def _apart(
    drawing: Drawing, labelled: Labelled, count: int, where: Callable[[PlacedSymbol], int]
) -> list[tuple[list[PlacedSymbol], list[tuple[PlacedSymbol, Route, Label]]]]:
    """The symbols, and the labels by the symbols whose ways out they name, of each lane or row."""
    parts: list[tuple[list[PlacedSymbol], list[tuple[PlacedSymbol, Route, Label]]]]
    parts = [([], []) for _ in range(count)]
    for symbol in drawing.symbols:
        parts[where(symbol)][0].append(symbol)
    for one in labelled:
        parts[where(one[0])][1].append(one)
    return parts


def label_size(lines: tuple[str, ...]) -> tuple[float, float]:
    """Width and height of a label, em of the flow."""
    return max(map(text_width, lines)) * LETTER, len(lines) * LETTER * LEADING


def _unbroken(text: str, width: float, word: float) -> float:
    """The width at which a text is broken: wide enough for its longest word, if that is not over ``word``."""
    return max(width, min(longest(text) + 1e-6, word))


def _room(
    route: Route,
    label: Label,
    source: PlacedSymbol,
    drawing: Drawing,
    lanes: tuple[LaneLengths, ...],
    sizes: dict[str, Size],
) -> float:
    """How wide the words of a branch and the gaps beside them may be inside the zone of symbols, em."""
    lane, tracks = lanes[source.lane], drawing.lanes[source.lane]
    side = label.port if label.port in (Side.LEFT, Side.RIGHT) else label.place
    if side is Side.LEFT:
        zone = lane.centre - EDGE * 2 * bool(tracks.left) - TRACK * max(0, tracks.left - 1)
    else:
        gutter = EDGE * 2 * bool(tracks.right) + TRACK * max(0, tracks.right - 1)
        zone = lane.width - lane.centre - gutter
    if side is label.port:
        return zone - sizes[source.node].width
    return zone - route.points[0].x.k * PORT * (1 if side is Side.RIGHT else -1)


def _size(symbol: PlacedSymbol, drawing: Drawing, word: float) -> Size:
    """Large enough for the symbol's ports and words."""
    form = SYMBOLS[symbol.shape]
    across = PORT * drawing.lanes[symbol.lane].ports
    along = PORT * drawing.rows[symbol.row].ports[symbol.level]
    lines = wrap(symbol.text, _unbroken(symbol.text, TEXT_WIDTH, word)) if symbol.text else ()
    wide, high = label_size(lines) if lines else (0.0, 0.0)
    match form.outline:
        case Rectangle(rounded=rounded):
            width, height = max(form.half[0], across + 0.9), max(form.half[1], along + 0.6 if along else 0.0)
            if lines:
                height = max(height, high / 2 + 0.3)
                width = max(width, wide / 2 + (0.8 if rounded else 0.4))
        case Polygon():
            width = max(form.half[0], 1.25 * across + 1.6)
            height = max(form.half[1], 1.25 * along + 0.6 if along else 0.0)
            if lines:  # the words' box has to fit between the slanting sides
                height = max(height, high * 1.05)
                width = max(width, (wide / 2 + 0.1) / inner(form.outline, high / 2 / height))
        case _:
            assert_never(form.outline)
    return Size(width, height, lines, form.outline)


def _lane(
    room: LaneRoom,
    here: Sequence[PlacedSymbol],
    labelled: Labelled,
    sizes: dict[str, Size],
    labels: dict[tuple[str, str], tuple[str, ...]],
) -> LaneLengths:
    """The lengths of a lane with these symbols, and labels of routes that leave them."""
    half = max((sizes[symbol.node].width for symbol in here), default=_USUAL[0])
    near = {Side.LEFT: half + HEAD + 0.35, Side.RIGHT: half + HEAD + 0.35}
    for source, route, label in labelled:
        wide, _ = label_size(labels[route.source, route.target])
        if label.port in (Side.LEFT, Side.RIGHT):
            side: Side = label.port
            need = sizes[source.node].width + wide + 2 * GAP
        else:
            port = route.points[0].x.k * PORT * (1 if label.place is Side.RIGHT else -1)
            side, need = label.place, port + wide + 2 * GAP
        near[side] = max(near[side], need)
    left = EDGE * 2 * bool(room.left) + TRACK * max(0, room.left - 1) + near[Side.LEFT]
    right = EDGE * 2 * bool(room.right) + TRACK * max(0, room.right - 1) + near[Side.RIGHT]
    return LaneLengths(width=left + right, centre=left)


def _drop(
    route: Route,
    label: Label,
    labelled: Labelled,
    sizes: dict[str, Size],
    labels: dict[tuple[str, str], tuple[str, ...]],
) -> float:
    """Words at the top or bottom of a symbol stand clear of it, and of words that hang in the same corner
    beside a line leaving the symbol's side."""
    clear = sizes[route.source].height
    for _, other, words in labelled:
        if other.source == route.source and (words.port, words.place) == (label.place, label.port):
            _, high = label_size(labels[other.source, other.target])
            clear = max(clear, abs(other.points[0].y.k) * PORT + high + GAP)
    return clear + GAP


def _row(
    room: RowRoom,
    here: Sequence[PlacedSymbol],
    labelled: Labelled,
    sizes: dict[str, Size],
    labels: dict[tuple[str, str], tuple[str, ...]],
    drops: dict[tuple[str, str], float],
) -> RowLengths:
    half = [
        max((sizes[s.node].height for s in here if s.level == level), default=_USUAL[1]) + CLEAR
        for level in range(room.levels)
    ]
    for source, route, label in labelled:  # beside a line that leaves a side: above or below it
        if label.port in (Side.LEFT, Side.RIGHT):
            _, high = label_size(labels[route.source, route.target])
            port = route.points[0].y.k * PORT * (1 if label.place is Side.BOTTOM else -1)
            half[source.level] = max(half[source.level], port + high + 2 * GAP)
    below = [EDGE] * (room.levels + 1)  # from the level above each gutter to the gutter's tracks
    above = [HEAD + 0.35 - CLEAR] * (room.levels + 1)  # from the tracks to the level below
    above[-1] = below[0] = 0.0
    for (
        source,
        route,
        label,
    ) in labelled:  # beside a line that leaves the top or the bottom: next to the symbol
        if label.port in (Side.TOP, Side.BOTTOM):
            _, high = label_size(labels[route.source, route.target])
            need = drops[route.source, route.target] + high + GAP - half[source.level]
            room_for, gutter = (
                (below, source.level + 1) if label.port is Side.BOTTOM else (above, source.level)
            )
            room_for[gutter] = max(room_for[gutter], need)
    bands: list[float] = []
    first: list[float] = []
    for gutter, tracks in enumerate(room.gutters):
        outer = EDGE if gutter in (0, room.levels) else 0.0
        start = below[gutter] + (outer if gutter == 0 else 0.0)
        first.append(start + (TRACK / 2 if tracks else 0.0))
        bands.append(start + TRACK * tracks + above[gutter] + (outer if gutter == room.levels else 0.0))
        if gutter < room.levels:
            bands.append(2 * half[gutter])
    return RowLengths(tuple(bands), tuple(first))
