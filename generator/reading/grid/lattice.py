"""Lines of a page that could be rules → those that are, and the lattice of cells between them.

What is a rule is judged by what it does: it ends on other rules, or where other rules end. So a connector
that lies exactly on a rule, and a headless line painted like one, are told from rules without asking for
their colour. A table drawn as rectangles side by side (Visio) has its rules from their sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.reading.grid.rules import LEAST, RuleLine, by_place, merged, part_of, pruned
from generator.reading.seen import Box, Outline, Page, Stroke


class TableGrid(Struct, frozen=True):
    """A table's lattice: where its columns and rows begin and end, and the cells between, merged."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Box, ...]
    lines: tuple[RuleLine, ...] = ()

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def covered(self, y: float, left: float, right: float) -> float:
        """The share of a stretch that a level rule at ``y`` covers."""
        parts = [
            (max(line.start, left), min(line.end, right))
            for line in self.lines
            if not line.upright and abs(line.at - y) < LEAST
        ]
        return _length(parts) / (right - left) if right > left else 0.0

    def stands(self, x: float, top: float, bottom: float) -> float:
        """The share of a stretch that an upright rule at ``x`` covers."""
        parts = [
            (max(line.start, top), min(line.end, bottom))
            for line in self.lines
            if line.upright and abs(line.at - x) < LEAST
        ]
        return _length(parts) / (bottom - top) if bottom > top else 0.0


class Ruled(Struct, frozen=True):
    """The tables of a page, and what is left: strokes and outlines that are no part of a table's rules."""

    grids: tuple[TableGrid, ...]
    strokes: tuple[Stroke, ...]
    outlines: tuple[Outline, ...]


def ruled(page: Page) -> Ruled:
    """Tables, and what is drawn on them."""
    slack = max(1.0, 0.0017 * max(page.width, page.height))
    if page.cells:
        return Ruled(_given(page), page.strokes, page.outlines)
    bars = [_bar(rule.box) for rule in page.rules]
    tiles, shading, outlines = _tiles(page.outlines, bars, slack)
    sides = [side for tile in tiles for side in _sides(tile.box)]
    sides += [side for shade in shading for side in _sides(shade.box) if side.upright]
    level = {n: line for n, stroke in enumerate(page.strokes) if (line := _level(stroke))}
    styles: dict[tuple[float, bool], list[RuleLine]] = {}
    for n, line in level.items():
        styles.setdefault(_style(page.strokes[n]), []).append(line)
    own = {style: merged(lines, slack) for style, lines in styles.items()}
    painted = merged(bars, slack)
    kept = pruned(
        [*painted, *merged(sides, slack), *(line for lines in own.values() for line in lines)], slack
    )
    rules = set(kept)
    bar_rules = by_place(rules.intersection(painted))
    spare = [bar for bar in bars if not part_of(bar, bar_rules, slack)]
    of_style = {style: by_place(rules.intersection(lines)) for style, lines in own.items()}
    lost = {n for n, line in level.items() if part_of(line, of_style[_style(page.strokes[n])], slack)}
    strokes = [stroke for n, stroke in enumerate(page.strokes) if n not in lost]
    strokes += [_stroke(bar) for bar in spare]
    return Ruled(tuple(_grids(kept, slack)), tuple(strokes), tuple(outlines))


def _style(stroke: Stroke) -> tuple[float, bool]:
    """What strokes of one table have in common: pieces of one rule are joined only within a style."""
    return round(stroke.width, 1), stroke.dashed


def _bar(box: Box) -> RuleLine:
    if box.height > box.width:
        return RuleLine(True, (box.left + box.right) / 2, box.top, box.bottom, box.width)
    return RuleLine(False, (box.top + box.bottom) / 2, box.left, box.right, box.height)


def _stroke(line: RuleLine) -> Stroke:
    if line.upright:
        return Stroke(((line.at, line.start), (line.at, line.end)), line.thick)
    return Stroke(((line.start, line.at), (line.end, line.at)), line.thick)


def _level(stroke: Stroke) -> RuleLine | None:
    """A stroke along one axis without heads, as a line."""
    if len(stroke.points) != 2 or stroke.head_start or stroke.head_end or stroke.traced:
        return None
    (x, y), (u, v) = stroke.points
    if abs(x - u) <= 0.4 and abs(y - v) > 1:
        return RuleLine(True, (x + u) / 2, min(y, v), max(y, v), stroke.width)
    if abs(y - v) <= 0.4 and abs(x - u) > 1:
        return RuleLine(False, (y + v) / 2, min(x, u), max(x, u), stroke.width)
    return None


def _sides(box: Box) -> list[RuleLine]:
    return [
        RuleLine(False, box.top, box.left, box.right),
        RuleLine(False, box.bottom, box.left, box.right),
        RuleLine(True, box.left, box.top, box.bottom),
        RuleLine(True, box.right, box.top, box.bottom),
    ]


def is_rectangle(outline: Outline) -> bool:
    """Whether an outline is its own box."""
    if not 4 <= len(outline.points) <= 6 or outline.curved:
        return False
    box = outline.box
    near = 0.04 * max(box.width, box.height) + 0.3
    corners = [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
    return all(
        any(abs(p[0] - x) <= near and abs(p[1] - y) <= near for p in outline.points) for x, y in corners
    )


def _tiles(
    outlines: Sequence[Outline], bars: Sequence[RuleLine], slack: float
) -> tuple[list[Outline], list[Outline], list[Outline]]:
    """Rectangles that are cells, the shading of cells, and all other outlines. A cell has at least three
    corners on sides of other rectangles or on rules; a symbol stands free in its cell."""
    shapes = [o for o in outlines if is_rectangle(o) and not o.shape and not o.traced]
    lines: list[tuple[int | None, RuleLine]] = [(None, line) for line in bars]
    lines += [(n, side) for n, o in enumerate(shapes) for side in _sides(o.box)]
    uprights = _Index([(n, line) for n, line in lines if line.upright], slack)
    levels = _Index([(n, line) for n, line in lines if not line.upright], slack)
    tiles, shading = [], []
    for n, outline in enumerate(shapes):
        box = outline.box
        corners = [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        met = sum(uprights.meets(x, y, n) or levels.meets(y, x, n) for x, y in corners)
        if met >= 3 and outline.stroked:
            tiles.append(outline)
        elif met >= 3 or (not outline.stroked and met >= 2):
            shading.append(outline)
    gone = {id(o) for o in [*tiles, *shading]}
    return tiles, shading, [o for o in outlines if id(o) not in gone]


class _Index:
    """Lines by their place across, to ask which one passes a point."""

    def __init__(self, lines: Iterable[tuple[int | None, RuleLine]], slack: float) -> None:
        self.slack = slack
        self.by: dict[int, list[tuple[int | None, RuleLine]]] = {}
        for n, line in lines:
            for key in {int((line.at - slack) // 4), int((line.at + slack) // 4)}:
                self.by.setdefault(key, []).append((n, line))

    def meets(self, across: float, along: float, own: int) -> bool:
        """Whether a line that is not of ``own`` passes."""
        return any(
            n != own
            and abs(line.at - across) <= self.slack + line.thick / 2
            and line.start - self.slack <= along <= line.end + self.slack
            for n, line in self.by.get(int(across // 4), ())
        )


def _grids(lines: Sequence[RuleLine], slack: float) -> list[TableGrid]:
    """A lattice for each set of lines that touch."""
    left = list(lines)
    found = []
    while left:
        group, todo = [left[0]], [left.pop(0)]
        while todo:
            now = todo.pop()
            near = [line for line in left if _touch(now, line, slack)]
            left = [line for line in left if line not in near]
            group += near
            todo += near
        if (grid := _grid(group)) is not None:
            found.append(grid)
    return sorted(found, key=lambda grid: (grid.box.top, grid.box.left))


def _touch(a: RuleLine, b: RuleLine, slack: float) -> bool:
    near = slack + 0.5 + (a.thick + b.thick) / 2
    if a.upright is b.upright:
        return abs(a.at - b.at) <= near and a.start <= b.end + near and b.start <= a.end + near
    return b.start - near <= a.at <= b.end + near and a.start - near <= b.at <= a.end + near


def _grid(lines: Sequence[RuleLine]) -> TableGrid | None:
    uprights = [line for line in lines if line.upright]
    levels = [line for line in lines if not line.upright]
    if not uprights or not levels or len(uprights) + len(levels) < 4:
        return None
    xs = _with_ends(_places(line.at for line in uprights), levels)
    ys = _with_ends(_places(line.at for line in levels), uprights)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > 10_000:
        return None
    return TableGrid(tuple(xs), tuple(ys), tuple(_cells(xs, ys, uprights, levels)), tuple(lines))


def _with_ends(places: list[float], across: Sequence[RuleLine]) -> list[float]:
    """Places of rules, and where rules across them end in the open (a table without its last rule)."""
    ends = [v for line in across for v in (line.start, line.end)]
    return sorted([*places, *_places(v for v in ends if all(abs(v - at) > LEAST + 1 for at in places))])


def _places(values: Iterable[float]) -> list[float]:
    """Places of rules; those that lie closer than a double rule are one."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][0] < LEAST:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


def _cells(
    xs: Sequence[float], ys: Sequence[float], uprights: Sequence[RuleLine], levels: Sequence[RuleLine]
) -> list[Box]:
    """The fields of the lattice, joined where no rule runs between them."""
    wide, high = len(xs) - 1, len(ys) - 1
    root = list(range(wide * high))

    def find(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    def open_between(lines: Sequence[RuleLine], at: float, start: float, end: float) -> bool:
        parts = [(max(line.start, start), min(line.end, end)) for line in lines if abs(line.at - at) < LEAST]
        return _length(parts) < 0.5 * (end - start)

    by_x = {i: [line for line in uprights if abs(line.at - xs[i]) < LEAST] for i in range(len(xs))}
    by_y = {j: [line for line in levels if abs(line.at - ys[j]) < LEAST] for j in range(len(ys))}
    for j in range(high):
        for i in range(wide):
            if i + 1 < wide and open_between(by_x[i + 1], xs[i + 1], ys[j], ys[j + 1]):
                root[find(j * wide + i)] = find(j * wide + i + 1)
            if j + 1 < high and open_between(by_y[j + 1], ys[j + 1], xs[i], xs[i + 1]):
                root[find(j * wide + i)] = find((j + 1) * wide + i)
    boxes: dict[int, Box] = {}
    for j in range(high):
        for i in range(wide):
            key = find(j * wide + i)
            field = Box(xs[i], ys[j], xs[i + 1], ys[j + 1])
            old = boxes.get(key, field)
            boxes[key] = Box(
                min(old.left, field.left),
                min(old.top, field.top),
                max(old.right, field.right),
                max(old.bottom, field.bottom),
            )
    return sorted(boxes.values(), key=lambda box: (box.top, box.left))


def _length(parts: Iterable[tuple[float, float]]) -> float:
    """How much of a line parts cover that may overlap."""
    total, reach = 0.0, float("-inf")
    for start, end in sorted(parts):
        if end > max(start, reach):
            total += end - max(start, reach)
            reach = end
    return total


def _given(page: Page) -> tuple[TableGrid, ...]:
    """The lattices of cells that the file itself knows: those that touch are one table."""
    left = [cell.box for cell in page.cells]
    xs = _places(v for box in left for v in (box.left, box.right))
    ys = _places(v for box in left for v in (box.top, box.bottom))
    if len(xs) < 2 or len(ys) < 2:
        return ()
    lines = tuple(side for box in left for side in _sides(box))
    return (TableGrid(tuple(xs), tuple(ys), tuple(sorted(left, key=lambda b: (b.top, b.left))), lines),)
