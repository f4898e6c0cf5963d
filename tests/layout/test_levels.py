"""Levels: how symbols of one row stack and stand side by side."""

from generator.flow.chart import Chart, ChartRow, Edge, Lane, Node
from generator.flow.layout import lay_out
from generator.form.symbols import Shape


def test_a_capsule_over_the_first_box_leaves_no_empty_level() -> None:
    chart = Chart(
        "uji",
        (Lane("kasi", "Kasi"),),
        (ChartRow("a", "1"),),
        (Node("mulai", Shape.TERMINATOR, 0, 0), Node("a", Shape.PROCESS, 0, 0)),
        (Edge("mulai", "a"),),
    )
    drawing = lay_out(chart)
    assert [symbol.level for symbol in drawing.symbols] == [0, 1]
    assert drawing.rows[0].levels == 2
