"""A custom geometry of DrawingML → its rings and lines, in the shape's own lengths.

Its points may be named by formulas; those are worked out, as some programs write nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable
from xml.etree.ElementTree import Element

from generator.reading.office.parts import number
from generator.reading.office.presets import Form
from generator.reading.seen import Point

MOST_POINTS = 5_000
_STEPS = 8


def forms(geometry: Element, width: float, height: float) -> list[Form]:
    """The rings and lines of a ``custGeom`` whose shape has this size."""
    found: list[Form] = []
    for path in geometry.iterfind("pathLst/path"):
        wide, high = number(path.get("w")) or width, number(path.get("h")) or height
        guides = _guides(geometry, wide, high)
        scale = (width / wide if wide else 1.0, height / high if high else 1.0)
        if path.get("fill") == "none" and path.get("stroke") in ("0", "false"):
            continue
        for points, closed, curved in _subpaths(path, guides):
            if len(points) < 2:
                continue
            size = tuple((x * scale[0], y * scale[1]) for x, y in points)
            found.append(Form(size, closed and len(points) > 2, curved))
    return found


class Pen:
    """Subpaths as they are drawn."""

    def __init__(self) -> None:
        self.done: list[tuple[list[Point], bool, bool]] = []
        self.points: list[Point] = []
        self.closed = self.curved = False
        self.count = 0

    def move(self, to: Point) -> None:
        self.end()
        self.points = [to]

    def beside(self, step: Point) -> Point:
        """The point a step away from where the pen is."""
        x, y = self.points[-1] if self.points else (0.0, 0.0)
        return (x + step[0], y + step[1])

    def line(self, to: Point) -> None:
        self.count += 1
        if self.count <= MOST_POINTS:
            self.points.append(to)

    def curve(self, a: Point, b: Point, to: Point) -> None:
        if not self.points:
            return
        self.curved = True
        x, y = self.points[-1]
        for n in range(1, _STEPS + 1):
            t = n / _STEPS
            u = 1 - t
            f, g, h, k = u**3, 3 * u * u * t, 3 * u * t * t, t**3
            self.line((f * x + g * a[0] + h * b[0] + k * to[0], f * y + g * a[1] + h * b[1] + k * to[1]))

    def arc(self, rx: float, ry: float, start: float, sweep: float) -> None:
        if not self.points:
            return
        self.curved = True
        x, y = self.points[-1]
        sweep = max(-360.0, min(360.0, sweep))
        begin = math.radians(start)
        cx, cy = x - rx * math.cos(begin), y - ry * math.sin(begin)
        for n in range(1, _STEPS + 1):
            turn = begin + math.radians(sweep) * n / _STEPS
            self.line((cx + rx * math.cos(turn), cy + ry * math.sin(turn)))

    def end(self) -> None:
        if len(self.points) > 1:
            first, last = self.points[0], self.points[-1]
            size = max(abs(x - first[0]) + abs(y - first[1]) for x, y in self.points)
            meets = abs(first[0] - last[0]) + abs(first[1] - last[1]) <= 0.01 * size
            closed = self.closed or (meets and len(self.points) > 3)
            if closed and meets:
                self.points.pop()
            self.done.append((self.points, closed, self.curved))
        self.points, self.closed, self.curved = [], False, False


def _subpaths(path: Element, guides: dict[str, float]) -> list[tuple[list[Point], bool, bool]]:
    pen = Pen()
    for command in path:
        at = [(_value(p.get("x"), guides), _value(p.get("y"), guides)) for p in command.iterfind("pt")]
        match command.tag:
            case "moveTo" if at:
                pen.move(at[0])
            case "lnTo" if at:
                pen.line(at[0])
            case "cubicBezTo" if len(at) == 3:
                pen.curve(*at)
            case "quadBezTo" if len(at) == 2:
                pen.curve(at[0], at[0], at[1])
            case "arcTo":
                rx, ry = _value(command.get("wR"), guides), _value(command.get("hR"), guides)
                start, sweep = _value(command.get("stAng"), guides), _value(command.get("swAng"), guides)
                pen.arc(rx, ry, start / 60_000, sweep / 60_000)
            case "close":
                pen.closed = True
    pen.end()
    return pen.done


def _value(text: str | None, guides: dict[str, float]) -> float:
    return guides[text] if text in guides else number(text)


_FORMULAS: dict[str, Callable[[float, float, float], float]] = {
    "val": lambda x, y, z: x,
    "*/": lambda x, y, z: x * y / z if z else 0.0,
    "+-": lambda x, y, z: x + y - z,
    "+/": lambda x, y, z: (x + y) / z if z else 0.0,
    "?:": lambda x, y, z: y if x > 0 else z,
    "abs": lambda x, y, z: abs(x),
    "max": lambda x, y, z: max(x, y),
    "min": lambda x, y, z: min(x, y),
    "pin": lambda x, y, z: max(x, min(y, z)),
    "sqrt": lambda x, y, z: math.sqrt(abs(x)),
    "mod": lambda x, y, z: math.sqrt(x * x + y * y + z * z),
    "sin": lambda x, y, z: x * math.sin(math.radians(y / 60_000)),
    "cos": lambda x, y, z: x * math.cos(math.radians(y / 60_000)),
    "tan": lambda x, y, z: x * math.tan(math.radians(y / 60_000)),
    "at2": lambda x, y, z: math.degrees(math.atan2(y, x)) * 60_000,
    "cat2": lambda x, y, z: x * math.cos(math.atan2(z, y)),
    "sat2": lambda x, y, z: x * math.sin(math.atan2(z, y)),
}


def _guides(geometry: Element, w: float, h: float) -> dict[str, float]:
    """Named lengths and angles of a geometry."""
    found = {"w": w, "h": h, "l": 0.0, "t": 0.0, "r": w, "b": h, "hc": w / 2, "vc": h / 2}
    found |= {"ss": min(w, h), "ls": max(w, h)}
    found |= {
        f"{side}d{n}": size / n
        for side, size in (("w", w), ("h", h), ("ss", min(w, h)))
        for n in range(2, 33)
    }
    found |= {"cd2": 10_800_000.0, "cd4": 5_400_000.0, "cd8": 2_700_000.0, "3cd4": 16_200_000.0}
    for guide in [*geometry.iterfind("avLst/gd"), *geometry.iterfind("gdLst/gd")]:
        words = guide.get("fmla", "").split()
        if words and words[0] in _FORMULAS:
            values = [_value(word, found) for word in (*words[1:4], "0", "0", "0")]
            result = _FORMULAS[words[0]](values[0], values[1], values[2])
            found[guide.get("name", "")] = result if abs(result) < 1e12 else 0.0
    return found
