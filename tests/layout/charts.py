"""Charts for tests: drawn by hypothesis from everything the form allows, or read from the real flows."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from hypothesis import strategies as st
from msgspec.structs import replace

from generator.flow.chart import Chart, ChartRow, Edge, Lane, Node, Pair
from generator.form.symbols import Shape
from tests.bench.flow.charts import build

FLOWS = sorted((Path(__file__).parents[1] / "data" / "flows").glob("*.json"))
SHAPES = {
    "start": Shape.TERMINATOR,
    "end": Shape.TERMINATOR,
    "process": Shape.PROCESS,
    "decision": Shape.DECISION,
}


def chart(
    lanes: int, rows: list[list[tuple[str, int]]], edges: list[str], pairs: tuple[str, ...] = ()
) -> Chart:
    """A chart in short: nodes as (id, lane), "d…" a decision, "s…" or "e…" a capsule; edges as "a>b Label",
    "a>>b" where the branch is not the main one; pairs as "a=b"."""
    kinds = {"d": Shape.DECISION, "s": Shape.TERMINATOR, "e": Shape.TERMINATOR}
    nodes = [
        Node(id, kinds.get(id[0], Shape.PROCESS), n, lane) for n, row in enumerate(rows) for id, lane in row
    ]
    found = []
    for text in edges:
        ends, _, label = text.partition(" ")
        source, target = ends.replace(">>", ">").split(">")
        found.append(Edge(source, target, label, ">>" not in ends))
    return Chart(
        "uji",
        tuple(Lane(f"a{n}", f"Pelaksana {n}") for n in range(lanes)),
        tuple(ChartRow(f"r{n}", str(n + 1)) for n in range(len(rows))),
        tuple(nodes),
        tuple(found),
        tuple(Pair(*text.split("=")) for text in pairs),
    )


def again(seed: int, times: int = 4) -> Chart:
    """The same made-up steps several times below one another, without starts and ends."""
    rng = Random(seed)
    once = build(rng, rng.randint(2, 5), rng.randint(3, 5), busy=0.35, joint=0.06, double=0.0)
    body = [node for node in once.nodes if node.id[-1] not in "se"]
    kept, high = {node.id for node in body}, len(once.rows)
    nodes: list[Node] = []
    edges: list[Edge] = []
    pairs: list[Pair] = []
    for n in range(times):
        for node in body:
            shape = Shape.PROCESS if node.shape is Shape.TERMINATOR else node.shape
            nodes.append(replace(node, id=f"{n}.{node.id}", row=node.row + n * high, shape=shape))
        for edge in once.edges:
            if {edge.source, edge.target} <= kept:
                edges.append(replace(edge, source=f"{n}.{edge.source}", target=f"{n}.{edge.target}"))
        pairs += [Pair(f"{n}.{pair.left}", f"{n}.{pair.right}") for pair in once.pairs]
        if n:
            edges.append(Edge(f"{n - 1}.r{high - 1}", f"{n}.r0"))
    rows = tuple(ChartRow(f"{n}.{row.id}", "") for n in range(times) for row in once.rows)
    return Chart("lagi", once.lanes, rows, tuple(nodes), tuple(edges), tuple(pairs))


def real(path: Path) -> Chart:
    """One of the six signed flows."""
    facts = json.loads(path.read_text(encoding="utf-8"))
    nodes, kind = [], {}
    for n, row in enumerate(facts["rows"]):
        for id, lane, shape, *text in row["nodes"]:
            kind[id] = SHAPES[shape]
            nodes.append(Node(id, SHAPES[shape], n, lane, *text))
    edges: list[Edge] = []
    for source, target, *label in facts["edges"]:
        first = not any(edge.source == source and edge.main for edge in edges)
        main = kind[source] is not Shape.DECISION or (first and label == ["Ya"])
        edges.append(Edge(source, target, "".join(label), main))
    return Chart(
        path.stem,
        tuple(Lane(name, name) for name in facts["actors"]),
        tuple(ChartRow(str(n), row["no"]) for n, row in enumerate(facts["rows"])),
        tuple(nodes),
        tuple(edges),
    )


@st.composite
def charts(draw: st.DrawFn, rows: int = 7, lanes: int = 5) -> Chart:
    """Up to three symbols a row in any cells, any edges between them, any labels, joint actors."""
    width = draw(st.integers(1, lanes))
    shape = st.sampled_from([Shape.PROCESS, Shape.PROCESS, Shape.DECISION, Shape.TERMINATOR])
    lane = st.integers(0, width - 1)
    table = draw(
        st.lists(st.lists(st.tuples(shape, lane), min_size=0, max_size=3), min_size=1, max_size=rows)
    )
    nodes: list[Node] = []
    pairs: list[Pair] = []
    for n, row in enumerate(table):
        here = [Node(f"n{n}.{i}", kind, n, at) for i, (kind, at) in enumerate(row)]
        nodes += here
        if len({node.lane for node in here[:2]}) == 2 and draw(st.booleans()):
            left, right = sorted(here[:2], key=lambda node: node.lane)
            pairs.append(Pair(left.id, right.id))
    edges: dict[tuple[str, str], Edge] = {}
    if len(nodes) > 1:
        pick = st.integers(0, len(nodes) - 1)
        joined = {(pair.left, pair.right) for pair in pairs} | {(pair.right, pair.left) for pair in pairs}
        out = [0] * len(nodes)
        for a, b, label, main in draw(
            st.lists(
                st.tuples(pick, pick, st.sampled_from(["", "Ya", "Tidak"]), st.booleans()),
                max_size=3 * len(nodes),
            )
        ):
            ends = nodes[a].id, nodes[b].id
            if a != b and ends not in edges and ends not in joined:
                out[a] += bool(label)
                edges[ends] = Edge(*ends, label if out[a] <= 6 else "", main)
    return Chart(
        "acak",
        tuple(Lane(f"a{n}", "") for n in range(width)),
        tuple(ChartRow(f"r{n}", str(n)) for n in range(len(table))),
        tuple(nodes),
        tuple(edges.values()),
        tuple(pairs),
    )
