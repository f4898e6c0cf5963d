"""A flowchart's table in a few words → a page of a PDF, as spreadsheets print it; and readings in short."""

from __future__ import annotations

from msgspec import Struct

from generator.reading.pdf.document import read_pdf
from generator.reading.seen import Box, Point
from generator.reading.understand import understand
from generator.reading.understood import Chart, Reading
from tests.reading.painted import Pen, pdf

WIDTHS = {
    "No": 24.0,
    "Kegiatan": 130.0,
    "": 70.0,
    "Kelengkapan": 80.0,
    "Waktu": 50.0,
    "Output": 80.0,
    "Ket": 60.0,
}
LEFT, TOP, HEAD, HIGH = 30.0, 60.0, 34.0, 60.0
MUTU = ("Kelengkapan", "Waktu", "Output")


class Form(Struct):
    """The columns of a table and where its rows begin, on a page that is painted on."""

    pen: Pen
    columns: list[tuple[str, float, float]]
    top: float
    rows: int
    actors: list[str]

    def cell(self, row: int, actor: int) -> Box:
        """A cell under an actor."""
        _, left, right = [c for c in self.columns if c[0] in self.actors][actor]
        return Box(left, self.top + row * HIGH, right, self.top + (row + 1) * HIGH)

    def box(self, row: int, actor: int, last: int | None = None, up: float = 0.0) -> Box:
        """A process in the middle of a cell, or across cells up to ``last``."""
        a, b = self.cell(row, actor), self.cell(row, actor if last is None else last)
        y = a.centre[1] + up
        return self._paint(Box(a.left + 14, y - 9, b.right - 14, y + 9), "box")

    def diamond(self, row: int, actor: int) -> Box:
        a = self.cell(row, actor)
        (x, y), wide, high = a.centre, 22, 14
        return self._paint(Box(x - wide, y - high, x + wide, y + high), "diamond")

    def capsule(self, row: int, actor: int, up: float = 0.0) -> Box:
        a = self.cell(row, actor)
        x, y = a.centre
        return self._paint(Box(x - 22, y - 8 + up, x + 22, y + 8 + up), "capsule")

    def pentagon(self, x: float, y: float, sign: str = "") -> Box:
        box = self._paint(Box(x - 8, y - 8, x + 8, y + 8), "pentagon")
        self.pen.text(sign, Box(x - 2, y - 5, x + 2, y + 3))
        return box

    def _paint(self, box: Box, shape: str) -> Box:
        x, y = box.centre
        corners: list[Point] = [
            (box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom),
        ]  # fmt: skip
        if shape == "diamond":
            corners = [(x, box.top), (box.right, y), (x, box.bottom), (box.left, y)]
        elif shape == "pentagon":
            low = box.bottom - 5
            corners = [*corners[:2], (box.right, low), (x, box.bottom), (box.left, low)]
        elif shape == "capsule":
            r = box.height / 2
            corners = _round(box.right - r, y, r, -90) + _round(box.left + r, y, r, 90)
        self.pen.path(corners, paint="S")
        return box

    def arrow(self, *points: Point, head: bool = True) -> None:
        """A line, with a triangle of its own at its end."""
        (ax, ay), (bx, by) = points[-2], points[-1]
        long = max(abs(bx - ax), abs(by - ay)) or 1.0
        ux, uy = (bx - ax) / long, (by - ay) / long
        end = (bx - 4 * ux, by - 4 * uy) if head else (bx, by)
        self.pen.path([*points[:-1], end], paint="S", close=False)
        if head:
            left = (bx - 5 * ux - 2.5 * uy, by - 5 * uy + 2.5 * ux)
            right = (bx - 5 * ux + 2.5 * uy, by - 5 * uy - 2.5 * ux)
            self.pen.path([left, (bx, by), right], paint="f")

    def down(self, a: Box, b: Box, head: bool = True) -> None:
        """A line from the bottom of one symbol to the top of another below it."""
        x = (max(a.left, b.left) + min(a.right, b.right)) / 2
        self.arrow((x, a.bottom), (x, b.top), head=head)

    def label(self, text: str, x: float, y: float) -> None:
        self.pen.text(text, Box(x, y, x + 4.2 * len(text), y + 8))


def _round(x: float, y: float, r: float, start: float) -> list[Point]:
    from math import cos, radians, sin

    return [(x + r * cos(radians(start + 9 * k)), y + r * sin(radians(start + 9 * k))) for k in range(21)]


def form(
    actors: list[str],
    rows: list[dict[str, str]],
    head: bool = True,
    names: dict[str, str] | None = None,
    without: tuple[str, ...] = (),
    pelaksana: str = "Pelaksana",
    merged: tuple[tuple[str, int, int], ...] = (),
    parted: tuple[str, ...] = (),
) -> Form:
    """A table on a page of its own. ``names``: other headings; ``without``: columns left out; ``merged``:
    (column, first row, last row) without rules between; ``parted``: headings with an empty cell below."""
    pen = Pen(595.0)
    pen.raw("0 g 0 G 0.7 w")
    called = {key: (names or {}).get(key, key) for key in WIDTHS}
    order = ["No", "Kegiatan", *actors, "Kelengkapan", "Waktu", "Output", "Ket"]
    columns, x = [], LEFT
    for key in order:
        if key not in without:
            wide = WIDTHS.get(key, WIDTHS[""])
            columns.append((key, x, x + wide))
            x += wide
    top = TOP + HEAD if head else TOP
    made = Form(pen, columns, top, len(rows), actors)
    if head:
        _heading(made, called, pelaksana, parted)
    _body(made, rows, merged)
    return made


def _heading(made: Form, called: dict[str, str], pelaksana: str, parted: tuple[str, ...]) -> None:
    half = TOP + HEAD / 2
    for group, keys in ((pelaksana, made.actors), ("Mutu Baku", MUTU)):
        inside = [c for c in made.columns if c[0] in keys]
        if inside:
            _cell(made.pen, Box(inside[0][1], TOP, inside[-1][2], half), group)
    for key, left, right in made.columns:
        low = key in made.actors or key in MUTU
        bottom = half if key in parted else TOP + HEAD
        _cell(made.pen, Box(left, half if low else TOP, right, bottom), called.get(key, key))
        if key in parted:
            _cell(made.pen, Box(left, half, right, TOP + HEAD), "")


def _body(made: Form, rows: list[dict[str, str]], merged: tuple[tuple[str, int, int], ...]) -> None:
    for key, left, right in made.columns:
        n = 0
        while n < len(rows):
            last = next((b for k, a, b in merged if k == key and a == n), n)
            box = Box(left, made.top + n * HIGH, right, made.top + (last + 1) * HIGH)
            _cell(made.pen, box, rows[n].get(key, ""))
            n = last + 1


def _cell(pen: Pen, box: Box, text: str) -> None:
    """A cell with thin bars around it and its text in lines."""
    for edge in (
        Box(box.left, box.top, box.right, box.top + 0.6),
        Box(box.left, box.bottom, box.right, box.bottom + 0.6),
        Box(box.left, box.top, box.left + 0.6, box.bottom),
        Box(box.right, box.top, box.right + 0.6, box.bottom),
    ):
        corners = [
            (edge.left, edge.top),
            (edge.right, edge.top),
            (edge.right, edge.bottom),
            (edge.left, edge.bottom),
        ]
        pen.path(corners, paint="f*")
    words, lines = text.split(" "), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) > box.width / 4.6:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    top = box.centre[1] - 4.5 * len(lines)
    for n, line in enumerate(lines):
        pen.text(line, Box(box.left + 3, top + 9 * n, box.left + 3 + 4.3 * len(line), top + 9 * n + 9))


def read(*forms: Form, wrapped: int = 0) -> Reading:
    """The reading of a file of such pages."""
    seen, problems = read_pdf(pdf([(842.0, 595.0, str(one.pen)) for one in forms], wrapped), "uji.pdf")
    assert seen is not None
    assert problems == []
    return understand(seen)


def flow(chart: Chart) -> set[str]:
    """A chart in short: "1a start > 2b process Ya" by number of row, letter of actor and kind."""
    names = {s.id: f"{s.row + 1}{'abcdefgh'[s.actor]} {s.kind}" for s in chart.symbols}
    return {f"{names[e.source]} > {names[e.target]} {e.label}".strip() for e in chart.edges}
