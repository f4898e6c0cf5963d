"""The drawings of a sheet → outlines, strokes, texts and pictures at the places of its cells.

They are read past the guard of the cells, from parts that no library of tables is given."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from generator.formats.xlsx.cells import fit
from generator.reading.bounds import TooMuch
from generator.reading.office.drawingml import draw, quarter_turned
from generator.reading.office.parts import Damaged, Parts, chosen, number, path
from generator.reading.office.sketch import Sketch, Writing
from generator.reading.seen import Box, Point
from generator.reading.xlsx.sheet import EMU, Geometry

MOST_ANCHORS = 20_000
_SHAPES = ("sp", "cxnSp", "grpSp", "pic", "graphicFrame", "contentPart")
_SIDES = {"ctr": "center", "r": "right", "dist": "center"}
_ENDS = {"ctr": "middle", "b": "bottom"}


class Drawings:
    """The drawings of one workbook, by the part of each sheet."""

    def __init__(self, data: bytes) -> None:
        self.parts = Parts(data)
        self.anchors = 0

    def of(self, sheet: str, where: Geometry, title: str) -> tuple[Sketch, list[str]]:
        """What is drawn on a sheet, and what of it could not be read. Raises ``TooMuch``."""
        sketch, told = Sketch(title), []
        try:
            for kind, to in self.parts.related(sheet).values():
                if kind == "drawing":
                    self._drawing(to, where, sketch)
        except (*Damaged, RecursionError):
            told.append(f"gambar di {title} rusak dan tidak dibaca; simpan ulang di Excel")
        return sketch, told

    def _drawing(self, name: str, where: Geometry, sketch: Sketch) -> None:
        root = self.parts.tree(name)
        for anchor in chosen(root) if root is not None else ():
            self.anchors += 1
            if self.anchors > MOST_ANCHORS:
                raise TooMuch("buku kerja ini memuat terlalu banyak bentuk", "bagi menjadi beberapa berkas")
            box = _box(anchor, where)
            if box is None:
                continue
            for shape in chosen(anchor):
                if shape.tag in _SHAPES:
                    draw(shape, _upright(shape, box), sketch, _worded)


def _box(anchor: Element, where: Geometry) -> Box | None:
    """The box of an anchor; its right end lies left of its left one where a file is written so."""
    start, end = anchor.find("from"), anchor.find("to")
    if start is not None:
        x, y = _place(start, where)
        if end is not None:
            u, v = _place(end, where)
            return Box(x, y, u, v)
    else:
        corner = anchor.find("pos")
        if corner is None:
            return None
        x, y = number(corner.get("x")) / EMU, number(corner.get("y")) / EMU
    size = anchor.find("ext")
    if size is None:
        return None
    return Box(x, y, x + number(size.get("cx")) / EMU, y + number(size.get("cy")) / EMU)


def _place(marker: Element, where: Geometry) -> Point:
    def said(tag: str) -> float:
        return number((marker.findtext(tag) or "").strip())

    column, row = min(max(int(said("col")), 0), 16_384), min(max(int(said("row")), 0), 1_048_576)
    return where.at(column, said("colOff"), row, said("rowOff"))


def _upright(shape: Element, box: Box) -> Box:
    """The box of a shape before it is turned: Excel anchors what stands on its side as it is seen."""
    if not quarter_turned(shape):
        return box
    (x, y), wide, high = box.centre, box.height / 2, box.width / 2
    return Box(x - wide, y - high, x + wide, y + high)


def _worded(element: Element) -> Writing:
    body = element.find("txBody")
    if body is None:
        return Writing()
    lines, size, side, bold = [], 0.0, "", False
    for paragraph in body.iterfind("p"):
        pieces = [
            "\n" if part.tag == "br" else part.findtext("t") or ""
            for part in paragraph
            if part.tag in ("r", "fld", "br")
        ]
        lines.append("\n".join(" ".join(line.split()) for line in fit("".join(pieces)).split("\n")))
        aligned, run = paragraph.find("pPr"), path(paragraph, "r", "rPr")
        side = side or (aligned.get("algn", "") if aligned is not None else "")
        size = size or (number(run.get("sz")) / 100 if run is not None else 0.0)
        bold = bold or (run is not None and run.get("b") in ("1", "true"))
    settings = body.find("bodyPr")
    settings = settings if settings is not None else Element("bodyPr")
    return Writing(
        "\n".join(lines).strip(),
        min(size, 200.0) or 11.0,
        _SIDES.get(side, "left"),
        _ENDS.get(settings.get("anchor", "t"), "top"),
        bold,
        (number(settings.get("lIns"), 91_440) / EMU, number(settings.get("tIns"), 45_720) / EMU),
    )
