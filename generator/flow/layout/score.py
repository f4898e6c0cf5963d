"""Chart + Drawing → Score: what a strict reader finds, measured on the lattice alone.

Knows nothing of how the ways were found. Positions become ranks, every symbol a box, every way a
chain of straight pieces clipped at its two symbols, every label the pocket that its words may fill.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from msgspec import Struct

from generator.flow.chart import Chart
from generator.flow.drawing import Drawing, Label, PlacedSymbol, Point, Side, X, Y
from generator.flow.layout.conform import form, placement

FAR = 10**6
"""A port number beyond all others: the edge of a zone."""


class Rect(NamedTuple):
    """A rectangle, or a straight piece where it has no width or no height."""

    left: int
    top: int
    right: int
    bottom: int


class Score(Struct, frozen=True):
    """Counts over one drawing. ``faults`` names every breach of the drawing's rules; none is allowed."""

    edges: int
    crossings: int
    bends: int
    hits: int
    shared: int
    labels: int
    faults: tuple[str, ...]


class _Ranks:
    """Lattice positions → whole numbers in the same order."""

    def __init__(self, drawing: Drawing) -> None:
        points = [p for r in drawing.routes for p in r.points] + [p for j in drawing.joints for p in j.points]
        xs = {p.x for p in points}
        ys = {p.y for p in points}
        for s in drawing.symbols:
            zone = 1 + 2 * s.level
            xs |= {X(s.lane, 1, -FAR), X(s.lane, 1, FAR), X(s.lane, 0, FAR), X(s.lane, 2, -1)}
            ys |= {Y(s.row, zone, -FAR), Y(s.row, zone, FAR), Y(s.row, zone - 1, FAR), Y(s.row, zone + 1, -1)}
        self.x = {x: i for i, x in enumerate(sorted(xs))}
        self.y = {y: i for i, y in enumerate(sorted(ys))}

    def box(self, s: PlacedSymbol) -> Rect:
        zone = 1 + 2 * s.level
        return Rect(
            self.x[X(s.lane, 1, -FAR)],
            self.y[Y(s.row, zone, -FAR)],
            self.x[X(s.lane, 1, FAR)],
            self.y[Y(s.row, zone, FAR)],
        )

    def chain(self, points: tuple[Point, ...], source: Rect, target: Rect) -> list[tuple[int, int]]:
        """Corner points from the source's outline to the target's."""
        flat = [(self.x[p.x], self.y[p.y]) for p in points]
        flat[0] = _clip(flat[0], flat[1], source)
        flat[-1] = _clip(flat[-1], flat[-2], target)
        return flat

    def pocket(self, label: Label, s: PlacedSymbol, first: Point) -> Rect:
        """The room that a label's words may fill: from its line to the edge of the lane's ports."""
        box, zone = self.box(s), 1 + 2 * s.level
        x, y = self.x[first.x], self.y[first.y]
        if label.port in (Side.TOP, Side.BOTTOM):
            near, far = (
                (self.y[Y(s.row, zone - 1, FAR)], box.top)
                if label.port is Side.TOP
                else (box.bottom, self.y[Y(s.row, zone + 1, -1)])
            )
            return Rect(box.left, near, x, far) if label.place is Side.LEFT else Rect(x, near, box.right, far)
        near, far = (
            (self.x[X(s.lane, 0, FAR)], box.left)
            if label.port is Side.LEFT
            else (box.right, self.x[X(s.lane, 2, -1)])
        )
        return Rect(near, box.top, far, y) if label.place is Side.TOP else Rect(near, y, far, box.bottom)


def _clip(end: tuple[int, int], towards: tuple[int, int], box: Rect) -> tuple[int, int]:
    x, y = end
    if towards[0] == x:
        return x, box.bottom if towards[1] > y else box.top
    return (box.right if towards[0] > x else box.left), y


def _pieces(chain: list[tuple[int, int]]) -> list[Rect]:
    return [
        Rect(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in pairwise(chain)
    ]


def _around(chain: list[tuple[int, int]]) -> Rect:
    """The box that holds all of a way: most ways are told apart by it."""
    xs, ys = [x for x, _ in chain], [y for _, y in chain]
    return Rect(min(xs), min(ys), max(xs), max(ys))


def _meet(a: Rect, b: Rect) -> Rect | None:
    """What two closed boxes have in common."""
    common = Rect(max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
    return common if common[0] <= common[2] and common[1] <= common[3] else None


def _crosses(a: Rect, b: Rect) -> bool:
    """Whether a horizontal and a vertical piece pass through one another."""
    h, v = (a, b) if a[1] == a[3] else (b, a)
    return h[1] == h[3] and v[0] == v[2] and h[0] < v[0] < h[2] and v[1] < h[1] < v[3]


def _overlap(a: Rect, b: Rect) -> bool:
    """Whether two boxes share more than an outline."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def score(chart: Chart, drawing: Drawing) -> Score:
    """Measure a drawing of the chart."""
    faults = [*placement(chart, drawing), *form(chart, drawing)]
    if faults:
        return Score(len(chart.edges), 0, 0, 0, 0, 0, tuple(faults))
    ranks = _Ranks(drawing)
    boxes = {s.node: ranks.box(s) for s in drawing.symbols}
    chains = [ranks.chain(r.points, boxes[r.source], boxes[r.target]) for r in drawing.routes]
    joints = [ranks.chain(j.points, boxes[j.left], boxes[j.right]) for j in drawing.joints]
    names = [f"{r.source}>{r.target}" for r in drawing.routes]
    hits = [
        *(
            f
            for r, c, n in zip(drawing.routes, chains, names, strict=True)
            for f in _hits(n, c, {r.source, r.target}, boxes)
        ),
        *(
            f
            for j, c in zip(drawing.joints, joints, strict=True)
            for f in _hits(f"{j.left}–{j.right}", c, {j.left, j.right}, boxes)
        ),
    ]
    crossings = 0
    shared = []
    around = [_around(chain) for chain in chains]
    for i, j in combinations(range(len(chains)), 2):
        if _meet(around[i], around[j]) is None:
            continue
        same = drawing.routes[i].target == drawing.routes[j].target
        crossed, touched = _together(chains[i], chains[j], same)
        crossings += crossed
        if touched:
            shared.append(f"shared: {names[i]} and {names[j]}")
    for joint, chain in zip(drawing.joints, joints, strict=True):
        for other, name in zip(chains, names, strict=True):
            crossed, touched = _together(chain, other, False)
            crossings += crossed
            if touched:
                shared.append(f"shared: joint {joint.left}–{joint.right} and {name}")
    labels = list(_labels(drawing, ranks, chains, joints, names))
    shared += [
        f"shared: {name} with itself" for name, chain in zip(names, chains, strict=True) if _knotted(chain)
    ]
    bends = sum(len(chain) - 2 for chain in chains)
    everything = (*hits, *shared, *labels)
    return Score(len(chart.edges), crossings, bends, len(hits), len(shared), len(labels), everything)


def _hits(name: str, chain: list[tuple[int, int]], own: set[str], boxes: dict[str, Rect]) -> Iterator[str]:
    around, pieces = _around(chain), _pieces(chain)
    for node, box in boxes.items():
        if _meet(around, box) is None:
            continue
        for piece in pieces:
            if _meet(piece, box) if node not in own else _inside(piece, box):
                yield f"hit: {name} through {node}"
                break


def _inside(piece: Rect, box: Rect) -> bool:
    """Whether a piece enters a box beyond its outline, or runs along it."""
    common = _meet(piece, box)
    if common is None:
        return False
    return (common[0], common[1]) != (common[2], common[3]) or (
        box[0] < common[0] < box[2] and box[1] < common[1] < box[3]
    )


def _together(a: list[tuple[int, int]], b: list[tuple[int, int]], same_target: bool) -> tuple[int, bool]:
    """Crossings of two ways, and whether they touch or share a line other than on a common way in."""
    all_a, all_b = _pieces(a), _pieces(b)
    crossings = sum(_crosses(p, q) for p in all_a for q in all_b)
    rest_a, rest_b, join = all_a, all_b, None
    if same_target and a[-1] == b[-1]:
        own_a, own_b, point = _cut(a, b)
        if point != a[-1]:
            rest_a, rest_b, join = _pieces(own_a), _pieces(own_b), Rect(*point, *point)
    touched = any(_touch(p, q, join) for p in rest_a for q in all_b) or (
        join is not None and any(_touch(p, q, join) for p in all_a for q in rest_b)
    )
    return crossings, touched


def _touch(p: Rect, q: Rect, join: Rect | None) -> bool:
    """Whether two pieces meet otherwise than by crossing, and elsewhere than where their ways join."""
    common = _meet(p, q)
    return common is not None and common != join and not _crosses(p, q)


def _knotted(chain: list[tuple[int, int]]) -> bool:
    """Whether a way meets itself."""
    pieces = _pieces(chain)
    return any(_meet(p, q) for i, p in enumerate(pieces) for q in pieces[i + 2 :])


def _cut(
    a: list[tuple[int, int]], b: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]], tuple[int, int]]:
    """Both ways up to the point from which they run together to the end, and that point."""
    i, j = len(a) - 1, len(b) - 1
    point = a[-1]
    while i > 0 and j > 0:
        p, q = a[i - 1], b[j - 1]
        one, two = _ray(point, p), _ray(point, q)
        if one != two:
            break
        if _reach(point, p) == _reach(point, q):
            point, i, j = p, i - 1, j - 1
        elif _reach(point, p) < _reach(point, q):
            point, i = p, i - 1
        else:
            point, j = q, j - 1
    return [*a[:i], point], [*b[:j], point], point


def _ray(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    return ((b[0] > a[0]) - (b[0] < a[0])), ((b[1] > a[1]) - (b[1] < a[1]))


def _reach(a: tuple[int, int], b: tuple[int, int]) -> int:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _labels(
    drawing: Drawing,
    ranks: _Ranks,
    chains: list[list[tuple[int, int]]],
    joints: list[list[tuple[int, int]]],
    names: list[str],
) -> Iterator[str]:
    symbols = {s.node: s for s in drawing.symbols}
    pockets = []
    for i, route in enumerate(drawing.routes):
        if route.label is not None:
            pockets.append((names[i], ranks.pocket(route.label, symbols[route.source], route.points[0])))
    pieces = [(name, p) for name, chain in zip(names, chains, strict=True) for p in _pieces(chain)]
    pieces += [("joint", p) for chain in joints for p in _pieces(chain)]
    for name, pocket in pockets:
        for other, piece in pieces:
            common = _meet(pocket, piece)
            if other != name and common is not None and not _outline(pocket, common):
                yield f"label: {name} on {other}"
            elif other == name and common is not None and not _edge_on(pocket, common):
                yield f"label: {name} on its own line"
    for (name, pocket), (other, second) in combinations(pockets, 2):
        if _overlap(pocket, second):
            yield f"label: {name} on label {other}"


def _outline(pocket: Rect, common: Rect) -> bool:
    """Whether a piece meets a pocket in one point of its outline only (a corner of the symbol)."""
    return (
        common[0] == common[2]
        and common[1] == common[3]
        and not (pocket[0] < common[0] < pocket[2] or pocket[1] < common[1] < pocket[3])
    )


def _edge_on(pocket: Rect, common: Rect) -> bool:
    """Whether a piece runs along a side of a pocket."""
    return common[0] == common[2] in (pocket[0], pocket[2]) or common[1] == common[3] in (
        pocket[1],
        pocket[3],
    )
