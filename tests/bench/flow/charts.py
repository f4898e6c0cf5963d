"""Seed → Chart: made-up flows with the proportions of 348 signed SOPs, and heavier ones for stress."""

from __future__ import annotations

from random import Random

from generator.flow.chart import Chart, ChartRow, Edge, Lane, Node, Pair
from generator.form.symbols import Shape

LABELS = ("Lengkap", "Belum Lengkap", "Ditolak", "Perlu Perbaikan", "Kotak Pengaduan", "Tatap Muka")


def sop_chart(seed: int) -> Chart:
    """A flow as offices draw them: 3–6 actors, mostly one symbol a step, returns to recent steps."""
    rng = Random(seed)
    steps = max(3, min(30, round(rng.lognormvariate(2.43, 0.38))))
    lanes = rng.choices((3, 4, 5, 6), (3, 4, 3, 2))[0]
    return build(rng, steps, lanes, busy=0.15, joint=0.06, double=0.05)


def stress_chart(seed: int, steps: int = 0, lanes: int = 0) -> Chart:
    """Anything the form allows, in any mixture, up to 60 steps of 15 actors."""
    rng = Random(seed)
    steps = steps or rng.choice((1, 2, 3, 4, 5, 6, 8, 12, 20, 30, 60))
    lanes = lanes or rng.randint(1, 15 if steps > 12 else 6)
    return build(
        rng, steps, lanes, busy=rng.choice((0.1, 0.3, 0.6)), joint=0.15, double=0.2, wild=rng.random()
    )


def build(
    rng: Random, steps: int, lanes: int, busy: float, joint: float, double: float, wild: float = 0.0
) -> Chart:
    """Rows in order, then decisions with their ways back and forth, then forks."""
    used = rng.sample(range(lanes), lanes - 1) if lanes > 3 and rng.random() < 0.15 else list(range(lanes))
    nodes: list[Node] = []
    pairs: list[Pair] = []
    lane = min(used)
    for row in range(steps):
        decides = row > 0 and rng.random() < (busy if row < steps - 1 else 0.02)
        lane = _next_lane(rng, lane, used, 0.15 if decides else 0.45)
        cell = []
        if row == 0 and rng.random() < 0.55:
            cell.append(Node(f"r{row}s", Shape.TERMINATOR, row, lane))
        kind = Shape.DECISION if decides else Shape.PROCESS
        if not cell and row in (0, steps - 1) and rng.random() < 0.4:
            kind = Shape.TERMINATOR
        cell.append(Node(f"r{row}", kind, row, lane, "Setuju?" if decides and rng.random() < 0.3 else ""))
        if len(used) > 1 and kind is Shape.PROCESS and rng.random() < joint:
            other = rng.choice([i for i in used if i != lane])
            left, right = (f"r{row}j", f"r{row}") if other < lane else (f"r{row}", f"r{row}j")
            cell.append(Node(f"r{row}j", kind, row, other))
            pairs.append(Pair(left, right))
        elif len(used) > 1 and rng.random() < double:
            cell.append(Node(f"r{row}b", Shape.PROCESS, row, rng.choice([i for i in used if i != lane])))
        if row == steps - 1 and kind is not Shape.TERMINATOR:
            cell.append(Node(f"r{row}e", Shape.TERMINATOR, row, lane))
        nodes += cell
    edges = _edges(rng, steps, nodes, wild)
    headings = tuple(Lane(f"a{i}", f"Pelaksana {i + 1}") for i in range(lanes))
    rows = tuple(ChartRow(f"r{i}", str(i + 1)) for i in range(steps))
    return Chart(f"c{steps}x{lanes}", headings, rows, tuple(nodes), edges, tuple(pairs))


def _next_lane(rng: Random, lane: int, used: list[int], stay: float) -> int:
    """Mostly a neighbour; who decides is seldom who did the step before."""
    near = [i for i in used if abs(i - lane) == 1]
    if rng.random() < stay and lane in used:
        return lane
    return (
        rng.choice(near)
        if near and rng.random() < 0.7
        else rng.choice([i for i in used if i != lane] or used)
    )


def _edges(rng: Random, steps: int, nodes: list[Node], wild: float) -> tuple[Edge, ...]:
    ids = {node.id: node for node in nodes}
    found: dict[tuple[str, str], Edge] = {}

    def add(source: str, target: str, label: str = "", main: bool = True) -> None:
        if source != target and (source, target) not in found:
            found[source, target] = Edge(source, target, label, main)

    for row in range(steps):
        step, side = f"r{row}", f"r{row}b"
        ahead = f"r{row + 1}" if row + 1 < steps else (f"r{row}e" if f"r{row}e" in ids else "")
        if f"r{row}s" in ids:
            add(f"r{row}s", step)
        decides = ids[step].shape is Shape.DECISION
        if ahead and rng.random() > wild * 0.2:
            add(step, f"{ahead}s" if f"{ahead}s" in ids else ahead, "Ya" if decides else "")
        if side in ids:
            add(step, side, "Tidak" if decides else "", not decides)
            if rng.random() < 0.3 or not ahead:
                add(side, step, "", False)
            elif ahead:
                add(side, ahead)
        if decides:
            for n in range(rng.choices((1, 2, 4), (12, 2, wild))[0]):
                label = "Tidak" if n == 0 and rng.random() < 0.8 else rng.choice(LABELS)
                add(step, _elsewhere(rng, row, steps, ids), label, False)
        elif rng.random() < 0.03 + wild * 0.15:
            add(step, _elsewhere(rng, row, steps, ids), rng.choice(("", "", "Tembusan")), False)
    if wild > 0.8:
        for _ in range(rng.randint(0, steps)):
            a, b = rng.choice(nodes).id, rng.choice(nodes).id
            add(a, b, rng.choice(("", "Ya")) if sum(e.source == a for e in found.values()) < 6 else "", False)
    return tuple(found.values())


def _elsewhere(rng: Random, row: int, steps: int, ids: dict[str, Node]) -> str:
    """A recent step of somebody else mostly, else one of the next, else any."""
    dice = rng.random()
    if dice < 0.7 and row > 0:
        back = [i for i in range(max(0, row - 4), row) if ids[f"r{i}"].lane != ids[f"r{row}"].lane]
        if back and rng.random() < 0.85:
            return f"r{back[-1] if rng.random() < 0.7 else rng.choice(back)}"
        return f"r{max(0, row - rng.choice((1, 1, 2, 3)))}"
    if dice < 0.9:
        return f"r{min(steps - 1, row + rng.choice((2, 2, 3, 4)))}"
    return f"r{rng.randrange(steps)}"
