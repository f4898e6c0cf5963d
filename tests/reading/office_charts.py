"""Charts → the shapes that an office draws them with: symbols, lines in several manners, labels.

What is common to workbooks and Word files; positions are points from the upper left corner of the table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import Any
from xml.sax.saxutils import escape

from msgspec import Struct

from generator.figure.figure import Figure, Line
from generator.figure.lattice import measure
from generator.figure.plane import Plane
from generator.flow.chart import Chart
from generator.flow.layout import lay_out
from generator.form.symbols import Shape
from tests.documents.cases import WORDS

EM = 10.0
EMU = 12_700
HEAD = (20.0, 26.0)
"""Heights of the two heading rows."""
TEXT_COLUMNS = ("no", "kegiatan", "kelengkapan", "waktu", "output", "keterangan")
WIDTHS = {
    "no": 24.0,
    "kegiatan": 150.0,
    "kelengkapan": 90.0,
    "waktu": 50.0,
    "output": 90.0,
    "keterangan": 50.0,
}
CALLED = {
    "no": "No", "kegiatan": "Kegiatan", "kelengkapan": "Kelengkapan", "waktu": "Waktu", "output": "Output",
    "keterangan": "Ket",
}  # fmt: skip

PRESETS = {
    "flowchart": ("flowChartProcess", "flowChartDecision", "flowChartTerminator"),
    "plain": ("rect", "diamond", "roundRect"),
    "alternate": ("flowChartProcess", "diamond", "flowChartAlternateProcess"),
}


class Manner(Struct, frozen=True):
    """How a chart is drawn. ``lines``: connectors, freeforms or segments; ``glued``: yes, no or dangling;
    ``labels``: bare or framed boxes of text; ``off``: how far ends miss what they mean, in points."""

    presets: str = "flowchart"
    lines: str = "connectors"
    glued: str = "yes"
    labels: str = "bare"
    grouped: bool = False
    off: float = 0.0


class Case(Struct, frozen=True):
    """A chart with its texts, and where its pieces stand on one tall page."""

    chart: Chart
    texts: tuple[dict[str, str], ...]
    lanes: tuple[float, ...]
    heights: tuple[float, ...]
    figure: Figure

    @property
    def edges(self) -> list[float]:
        """Edges of all columns from the left: No, Kegiatan, the actors, the rest."""
        wide = [WIDTHS["no"], WIDTHS["kegiatan"], *(b - a for a, b in pairwise(self.lanes))]
        wide += [WIDTHS[key] for key in TEXT_COLUMNS[2:]]
        found = [0.0]
        for one in wide:
            found.append(found[-1] + one)
        return found

    @property
    def corner(self) -> tuple[float, float]:
        """Where the drawing begins, from the table's corner."""
        return WIDTHS["no"] + WIDTHS["kegiatan"], sum(HEAD)


def case(chart: Chart, seed: int) -> Case:
    rng = Random(seed)

    def text(most: int) -> str:
        return " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, most)))

    texts = tuple(
        {"no": row.number, "kegiatan": text(12), "kelengkapan": text(5), "waktu": "1 Hari", "output": text(5)}
        for row in chart.rows
    )
    lattice = measure(lay_out(chart))
    heights = tuple(max(room.height * EM, 48.0) for room in lattice.rows)
    plane = Plane(lattice, EM, heights, 1.15)
    return Case(chart, texts, plane.lane_lefts, heights, plane.figure())


def truth(made: Case) -> dict[str, Any]:
    """The chart in the neutral shape in which readings are compared."""
    kinds = {Shape.PROCESS: "process", Shape.DECISION: "decision"}
    rows = []
    for at, texts in enumerate(made.texts):
        nodes = []
        for node in made.chart.nodes:
            if node.row == at:
                usual = "start" if at == 0 and not node.id.endswith("e") else "end"
                nodes.append([node.id, node.lane, kinds.get(node.shape, usual)])
        short = {key: texts.get(key, "") for key in ("no", "kegiatan", "kelengkapan", "waktu", "output")}
        rows.append({**short, "ket": "", "nodes": nodes})
    return {
        "title": "",
        "actors": [lane.heading for lane in made.chart.lanes],
        "rows": rows,
        "edges": [[e.source, e.target, *([e.label] if e.label else [])] for e in made.chart.edges],
        "joint": [[pair.left, pair.right] for pair in made.chart.pairs],
    }


class Piece(Struct, frozen=True):
    """One shape: its frame before it is turned, its geometry and look as DrawingML, and what it says.
    ``seen``: the box that it covers on the page."""

    id: int
    name: str
    frame: tuple[float, float, float, float]
    seen: tuple[float, float, float, float]
    geometry: str
    line: str
    text: str = ""
    fill: str = "<a:noFill/>"
    degrees: int = 0
    flips: tuple[bool, bool] = (False, False)
    connector: bool = False
    text_box: bool = False
    ends: tuple[int, int] = (0, 0)

    def transform(self, left: float, top: float, unit: float = EMU) -> str:
        x, y, w, h = self.frame
        turn = f' rot="{self.degrees * 60_000}"' if self.degrees else ""
        flip = ' flipH="1"' * self.flips[0] + ' flipV="1"' * self.flips[1]
        return (
            f'<a:xfrm{turn}{flip}><a:off x="{round((x - left) * unit)}" y="{round((y - top) * unit)}"/>'
            f'<a:ext cx="{round(w * unit)}" cy="{round(h * unit)}"/></a:xfrm>'
        )


def pieces(made: Case, manner: Manner, seed: int = 1) -> list[Piece]:
    """All shapes of a chart, lines first."""
    rng = Random(seed)
    dx, dy = made.corner
    ids = {symbol.node: n for n, symbol in enumerate(made.figure.symbols, 2)}
    found: list[Piece] = []
    count = len(ids) + 2
    for line in made.figure.lines:
        corners = [(x + dx + _off(rng, manner), y + dy + _off(rng, manner)) for x, y in line.corners]
        corners = _upright(line, corners)
        ends = (ids[line.source], ids[line.target])
        for piece in _lines(line, corners, manner, count, ends):
            found.append(piece)
            count += 1
    names = PRESETS[manner.presets]
    kinds = {Shape.PROCESS: names[0], Shape.DECISION: names[1], Shape.TERMINATOR: names[2]}
    for symbol in made.figure.symbols:
        (x, y), (w, h) = symbol.centre, symbol.half
        box = (x - w + dx, y - h + dy, 2 * w, 2 * h)
        text = " ".join(symbol.lines)
        found.append(
            Piece(
                *(ids[symbol.node], f"Flowchart {ids[symbol.node]}", box, box, _preset(kinds[symbol.shape])),
                _edge(0.75),
                text,
                '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>',
            )
        )
    for words in made.figure.words:
        box = (words.left + dx - 2, words.top + dy, words.width + 4, words.height + 1)
        framed = manner.labels == "framed"
        edge = _edge(0.5) if framed else "<a:ln><a:noFill/></a:ln>"
        fill = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>' if framed else "<a:noFill/>"
        name, said = f"TextBox {count}", " ".join(words.lines)
        found.append(Piece(count, name, box, box, _preset("rect"), edge, said, fill, text_box=True))
        count += 1
    return found


def _off(rng: Random, manner: Manner) -> float:
    return rng.uniform(-manner.off, manner.off)


def _upright(line: Line, corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Corners that missed a little, with level and upright stretches again."""
    found = [corners[0]]
    for n, (x, y) in enumerate(corners[1:], 1):
        (a, b), (u, v) = line.corners[n - 1], line.corners[n]
        before = found[-1]
        found.append((before[0] if a == u else x, before[1] if b == v else y))
    return found


def _preset(name: str, adjust: str = "") -> str:
    return f'<a:prstGeom prst="{name}"><a:avLst>{adjust}</a:avLst></a:prstGeom>'


def _edge(width: float, head: bool = False) -> str:
    tail = '<a:tailEnd type="triangle"/>' if head else ""
    solid = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
    return f'<a:ln w="{round(width * EMU)}">{solid}{tail}</a:ln>'


def _lines(
    line: Line, corners: list[tuple[float, float]], manner: Manner, count: int, ends: tuple[int, int]
) -> Iterator[Piece]:
    """A way in the manner of the chart."""
    if manner.glued == "no":
        ends = (0, 0)
    elif manner.glued == "dangling":
        ends = (ends[0] + 5_000, ends[1] + 5_000)
    if manner.lines == "segments":
        for n, (a, b) in enumerate(pairwise(corners)):
            last = n == len(corners) - 2
            straight = _connector([a, b], bool(line.head) and last, count + n, (0, 0))
            assert straight is not None
            yield straight
    elif manner.lines == "connectors" and (bend := _connector(corners, bool(line.head), count, ends)):
        yield bend
    else:
        yield _freeform(corners, bool(line.head), count)


def _connector(
    corners: list[tuple[float, float]], head: bool, count: int, ends: tuple[int, int]
) -> Piece | None:
    """A way as a straight or bent connector, where it is one."""
    (x, y), (u, v) = corners[0], corners[-1]
    wide, high = abs(u - x), abs(v - y)
    upright = abs(corners[1][0] - x) < abs(corners[1][1] - y)
    box = (min(x, u), min(y, v), wide, high)
    name = f"Straight Arrow Connector {count}"
    if len(corners) == 2:
        flips = (u < x, v < y)
        return Piece(
            *(count, name, box, box, _preset("straightConnector1"), _edge(1, head)),
            flips=flips,
            connector=True,
            ends=ends,
        )
    if len(corners) not in (3, 4) or min(wide, high) < 3:
        return None
    adjust = ""
    if len(corners) == 4:
        along = (corners[1][1] - y) / (v - y) if upright else (corners[1][0] - x) / (u - x)
        adjust = f'<a:gd name="adj1" fmla="val {round(along * 100_000)}"/>'
    kind = f"bentConnector{len(corners) - 1}"
    flips, degrees, frame = (u < x, v < y), 0, box
    if upright:  # turned by a quarter: its first stretch runs down
        flips, degrees = (v < y, u > x), 90
        cx, cy = (x + u) / 2, (y + v) / 2
        frame = (cx - high / 2, cy - wide / 2, high, wide)
    return Piece(
        *(count, f"Elbow Connector {count}", frame, box, _preset(kind, adjust), _edge(1, head)),
        degrees=degrees,
        flips=flips,
        connector=True,
        ends=ends,
    )


def _freeform(corners: list[tuple[float, float]], head: bool, count: int) -> Piece:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    box = (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    places = [(round((x - box[0]) * EMU), round((y - box[1]) * EMU)) for x, y in corners]
    points = "".join(
        f'<a:{tag}><a:pt x="{x}" y="{y}"/></a:{tag}>'
        for tag, (x, y) in zip(["moveTo", *["lnTo"] * len(places)], places, strict=False)
    )
    geometry = (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{round(box[2] * EMU)}" h="{round(box[3] * EMU)}" fill="none">{points}</a:path>'
        "</a:pathLst></a:custGeom>"
    )
    return Piece(count, f"Freeform {count}", box, box, geometry, _edge(1, head))


def around(some: list[Piece]) -> tuple[float, float, float, float]:
    """Left, top, width and height of what pieces cover."""
    left, top = min(p.seen[0] for p in some), min(p.seen[1] for p in some)
    right = max(p.seen[0] + p.seen[2] for p in some)
    bottom = max(p.seen[1] + p.seen[3] for p in some)
    return left, top, right - left, bottom - top


def said(text: str) -> str:
    return escape(text)
