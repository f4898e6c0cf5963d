"""What a step is handed and hands on is the chart's arrows, nothing else."""

from __future__ import annotations

from hypothesis import example, given

from generator.flow.chart import Chart, Node
from generator.form.symbols import Shape
from generator.formats.html.cards import Handover, Handovers
from tests.layout.charts import chart as short
from tests.layout.charts import charts


def capsule(node: Node, chart: Chart) -> bool:
    """A start or end of its own; one that joint actors share with a box is their step, as the box is."""
    shapes = {one.id: one.shape for one in chart.nodes}
    mates, before = {node.id}, set[str]()
    while mates != before:
        before = set(mates)
        for pair in chart.pairs:
            mates |= {pair.left, pair.right} if mates & {pair.left, pair.right} else set()
    if any(shapes[mate] is not Shape.TERMINATOR for mate in mates):
        return False
    beside = [other for other in chart.nodes if other.row == node.row and other.shape is not Shape.TERMINATOR]
    return node.shape is Shape.TERMINATOR and bool(beside)


@given(charts())
def test_every_arrow_between_steps_is_told_at_both_its_ends(chart: Chart) -> None:
    nodes = {node.id: node for node in chart.nodes}
    for edge in chart.edges:
        source, target = nodes[edge.source], nodes[edge.target]
        if capsule(source, chart) or capsule(target, chart):
            continue
        taken = Handovers(chart).received(target.row, chart.lanes[target.lane].id)
        given = Handovers(chart).handed_on(source.row, chart.lanes[source.lane].id)
        assert (source.lane, source.row, edge.label) in [_told(end) for end in taken]
        assert (target.lane, target.row, edge.label) in [_told(end) for end in given]


@given(charts())
def test_nothing_is_told_that_is_no_arrow(chart: Chart) -> None:
    nodes = {node.id: node for node in chart.nodes}
    arrows = {(nodes[edge.source].row, nodes[edge.target].row, edge.label) for edge in chart.edges}
    for row in range(len(chart.rows)):
        for lane in chart.lanes:
            assert {(end.row, row, end.label) for end in Handovers(chart).received(row, lane.id)} <= arrows
            assert {(row, end.row, end.label) for end in Handovers(chart).handed_on(row, lane.id)} <= arrows


@given(charts())
@example(short(2, [[("n0", 0), ("s1", 1), ("n2", 0)]], ["s1>n2"], ("n0=s1",)))
def test_the_arrows_of_a_start_and_an_end_hand_nothing_over(chart: Chart) -> None:
    """A step is handed on to itself only where an arrow leads from its own symbol back to that symbol."""
    steps = [node for node in chart.nodes if not capsule(node, chart)]
    rows = {node.id: node.row for node in steps}
    loops = {rows[edge.source] for edge in chart.edges if rows.get(edge.source) == rows.get(edge.target, -1)}
    for row in range(len(chart.rows)):
        for lane in chart.lanes:
            ends = (*Handovers(chart).received(row, lane.id), *Handovers(chart).handed_on(row, lane.id))
            assert row in loops or row not in {end.row for end in ends}


def _told(end: Handover) -> tuple[int, int, str]:
    return (end.lane, end.row, end.label)
