"""What is drawn on one page of an office file, gathered shape by shape.

A box of text without an edge is a text; its place is that of its letters, not of the box around them, as a
label is known by what it lies near."""

from __future__ import annotations

from msgspec import Struct

from generator.reading.geometry import distance, unit
from generator.reading.office.plane import around
from generator.reading.office.presets import Form
from generator.reading.seen import Box, Head, Outline, Picture, Point, Stroke, Text

_HEAD = 15.0
"""A triangle no larger than this is the head of an arrow."""
_LETTER, _LINE = 0.5, 1.2
"""Width of a letter and height of a line, as shares of the size of type."""


class Writing(Struct, frozen=True):
    """The text of a shape: its words, their size, and where in the shape they stand: left, centre or right;
    top, middle or bottom."""

    text: str = ""
    size: float = 11.0
    across: str = "left"
    down: str = "top"
    bold: bool = False
    inset: tuple[float, float] = (7.2, 3.6)
    """Room between the shape's box and its text, at the sides and at the ends."""


class Look(Struct, frozen=True):
    """What a shape is called, how it is painted, what it is tied to."""

    id: str = ""
    name: str = ""
    description: str = ""
    shape: str = ""
    stroked: bool = True
    filled: bool = False
    white: bool = False
    dashed: bool = False
    width: float = 1.0
    heads: tuple[bool, bool] = (False, False)
    ends: tuple[str, str] = ("", "")
    text_box: bool = False
    hidden: bool = False


class Sketch(Struct):
    """The drawn things of one page so far. ``place`` names the page or sheet for a person."""

    place: str
    outlines: list[Outline] = []
    strokes: list[Stroke] = []
    texts: list[Text] = []
    heads: list[Head] = []
    pictures: list[Picture] = []

    def add(self, form: Form, look: Look, writing: Writing) -> None:
        """One shape, its points on the page."""
        if look.hidden or not form.points:
            return
        box = around(form.points)
        if not form.closed:
            self._line(form, look, writing)
        elif writing.text and not look.stroked and (look.text_box or look.white or not look.filled):
            self.texts.append(lettered(writing, box, self._named(look)))
        elif not look.stroked and not look.filled and not writing.text:
            return  # nothing of it is seen
        elif _is_head(form, look, writing, box):
            tip, base = form.points[0], form.points[1:]
            middle = ((base[0][0] + base[1][0]) / 2, (base[0][1] + base[1][1]) / 2)
            self.heads.append(Head(tip, unit(middle, tip), box))
        else:
            self.outlines.append(
                Outline(
                    form.points,
                    box,
                    shape="textBox" if look.text_box and writing.text else look.shape,
                    text=writing.text,
                    filled=look.filled,
                    stroked=look.stroked,
                    dashed=look.dashed,
                    curved=form.curved,
                    id=look.id,
                    name=look.name,
                    description=look.description,
                    place=self._named(look),
                )
            )

    def _line(self, form: Form, look: Look, writing: Writing) -> None:
        if not look.stroked and not look.filled:
            return
        heads = (form.heads[0] or look.heads[0], form.heads[1] or look.heads[1])
        self.strokes.append(
            Stroke(
                form.points,
                min(look.width, 3.0),
                head_start=heads[0],
                head_end=heads[1],
                dashed=look.dashed,
                start_on=look.ends[0],
                end_on=look.ends[1],
                name=look.name,
                description=look.description,
                place=self._named(look),
            )
        )
        if writing.text:
            middle = form.points[len(form.points) // 2]
            self.texts.append(lettered(writing, Box(*middle, *middle), self._named(look)))

    def picture(self, box: Box, description: str) -> None:
        self.pictures.append(Picture(box, description, self.place))

    def reach(self) -> Point:
        """How far to the right and down anything is drawn."""
        boxes = [one.box for some in (self.outlines, self.texts, self.pictures) for one in some]
        ends = [*((box.right, box.bottom) for box in boxes), *(p for s in self.strokes for p in s.points)]
        return max((x for x, _ in ends), default=0.0), max((y for _, y in ends), default=0.0)

    def _named(self, look: Look) -> str:
        return f"{self.place}, bentuk '{look.name}'" if look.name else self.place


def lettered(writing: Writing, box: Box, place: str = "") -> Text:
    """The text of a box, where its letters stand."""
    side, end = (min(writing.inset[0], 0.4 * box.width), min(writing.inset[1], 0.4 * box.height))
    box = Box(box.left + side, box.top + end, box.right - side, box.bottom - end)
    lines = writing.text.split("\n")
    wide = max(len(line) for line in lines) * writing.size * _LETTER
    high = len(lines) * writing.size * _LINE
    wide, high = min(wide, max(box.width, writing.size)), min(high, max(box.height, writing.size))
    left = _start(box.left, box.right, wide, writing.across)
    top = _start(box.top, box.bottom, high, writing.down)
    return Text(
        writing.text, Box(left, top, left + wide, top + high), writing.size, writing.bold, place=place
    )


def _start(begin: float, end: float, long: float, side: str) -> float:
    if side in ("left", "top"):
        return begin
    if side in ("right", "bottom"):
        return end - long
    return (begin + end - long) / 2


def _is_head(form: Form, look: Look, writing: Writing, box: Box) -> bool:
    return (
        len(form.points) == 3
        and not writing.text
        and max(box.width, box.height) <= _HEAD
        and (look.filled or look.shape in ("triangle", "flowChartMerge", "flowChartExtract"))
        and min(distance(form.points[0], p) for p in form.points[1:]) > 0
    )
