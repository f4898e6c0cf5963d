"""What a door saw in a file, nothing understood yet: the one type between all doors and the one reader.

Units and axes: points (1/72 inch), x to the right, y **down**, origin at the top left corner of a page. A
door turns rotated pages upright and office units (EMU, twips, column widths) into points; only ratios
matter, but all lengths of one page share one scale. Pages stand in reading order. A sheet of a workbook is
one page as large as its used range; a Word document without known page breaks is one tall page.

Who says what:

- *Where a file knows its cells* (Excel, Word, HTML, pasted text) the door gives ``cells`` with their text, a
  merged cell once with its whole box, and no ``rules``. Empty cells with a border or inside a table's range
  are given too: the grid is what rows and columns are found by.
- *Where it only draws them* (PDF) the door gives ``rules`` and loose ``texts``; a stroke along one axis may
  be a rule or a connector, so it is given as a stroke and the reader decides.
- A closed path larger than an arrow's head is an ``Outline``; a small filled triangle (or barb) is a
  ``Head``; an open path is a ``Stroke``. A door that knows that an arrow is one object (a connector of a
  drawing, or a path whose second subpath is the head) gives one stroke with ``head_end``/``head_start``
  instead of a loose ``Head``. What was found in the pixels of a picture is ``traced``.
- Nothing is dropped: what a door cannot tell (a chart object, an image, an unreadable part) becomes a
  ``Picture`` or a line in ``Page.remarks``.
"""

from __future__ import annotations

from msgspec import Struct

Point = tuple[float, float]


class Box(Struct, frozen=True, order=True):
    """An upright rectangle; ``top`` < ``bottom`` as y runs down."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        return ((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    def holds(self, point: Point, slack: float = 0.0) -> bool:
        """Whether a point lies inside, or at most ``slack`` outside."""
        x, y = point
        return self.left - slack <= x <= self.right + slack and self.top - slack <= y <= self.bottom + slack

    def overlap(self, other: Box) -> float:
        """The area that both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0


class Text(Struct, frozen=True):
    """A piece of text on one line (PDF), or a whole text box with its line breaks (office files)."""

    text: str
    box: Box
    """The line's height from font metrics where known, not only its ink."""
    size: float = 0.0
    """Font size in points; 0 where unknown."""
    bold: bool = False
    italic: bool = False
    place: str = ""
    """Where a person finds it ("Lembar1!C7"); empty: page and box say it."""


class Rule(Struct, frozen=True):
    """A level or upright bar painted as an area, as its own box (thin side = thickness). Mostly a rule of a
    table; the reader judges that by what it ends on, and takes it for a stroke where it is none."""

    box: Box


class Cell(Struct, frozen=True):
    """A cell that the file itself knows, with its text as shown; "\\n" between its lines."""

    box: Box
    text: str
    place: str = ""
    bold: bool = False


class Outline(Struct, frozen=True):
    """A closed shape: its corners in order (curves flattened), and what the file calls it, if anything."""

    points: tuple[Point, ...]
    box: Box
    shape: str = ""
    """The file's own word ("flowChartDecision", "rect", "homePlate", …); empty: judge by the points."""
    text: str = ""
    """Text that the file itself puts into the shape; text lying on it (PDF) stays in ``texts``."""
    filled: bool = False
    stroked: bool = True
    dashed: bool = False
    curved: bool = False
    """Some of its sides were curves."""
    id: str = ""
    """The file's id of the shape, for ``Stroke.start_on``/``end_on``."""
    name: str = ""
    description: str = ""
    place: str = ""
    traced: bool = False


class Stroke(Struct, frozen=True):
    """An open line through its points, with a head at neither, one or both ends."""

    points: tuple[Point, ...]
    width: float = 1.0
    head_start: bool = False
    head_end: bool = False
    dashed: bool = False
    start_on: str = ""
    """Id of the outline that the file says it is glued to; may dangle, then geometry counts."""
    end_on: str = ""
    text: str = ""
    name: str = ""
    description: str = ""
    place: str = ""
    traced: bool = False


class Head(Struct, frozen=True):
    """A loose arrow head: its tip, the way it points (a unit vector), and its box."""

    tip: Point
    towards: Point
    box: Box
    traced: bool = False


class Picture(Struct, frozen=True):
    """A raster picture or an object that could not be looked into; ``traced``: its lines were found."""

    box: Box
    description: str = ""
    place: str = ""
    traced: bool = False


class Page(Struct, frozen=True):
    name: str
    """As a person finds it: "halaman 2", "lembar 'Alur'"."""
    width: float
    height: float
    texts: tuple[Text, ...] = ()
    rules: tuple[Rule, ...] = ()
    cells: tuple[Cell, ...] = ()
    outlines: tuple[Outline, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    heads: tuple[Head, ...] = ()
    pictures: tuple[Picture, ...] = ()
    remarks: tuple[str, ...] = ()
    """What of this page could not be seen, in Indonesian, for the clerk."""

    @property
    def whole(self) -> Box:
        return Box(0.0, 0.0, self.width, self.height)


class Seen(Struct, frozen=True):
    """One file: where it came from, by which door, and its pages in reading order."""

    file: str
    door: str
    """"pdf", "xlsx", "docx", "html", "text", …"""
    pages: tuple[Page, ...]
    fingerprint: str = ""
    """SHA-256 of our own SOP that the file says it was made from; empty for other people's files."""
