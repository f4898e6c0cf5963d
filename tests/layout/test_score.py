"""The score finds each kind of fault in drawings made wrong by hand."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from generator.flow.chart import Chart
from generator.flow.drawing import Drawing, Label, LaneRoom, PlacedSymbol, Point, Route, RowRoom, Side, X, Y
from generator.flow.layout import lay_out
from generator.flow.layout.score import score
from tests.layout.charts import chart

ROOM = LaneRoom(3, 3, 3)
HIGH = RowRoom((3, 3), (3,))


def centre(lane: int, row: int, kx: int = 0, ky: int = 0) -> Point:
    return Point(X(lane, 1, kx), Y(row, 1, ky))


def hand(
    flow: Chart, ways: dict[str, tuple[list[Point], Side, Side]], labels: dict[str, Label] | None = None
) -> Drawing:
    """A drawing of a chart with one level a row, with these ways."""
    symbols = tuple(PlacedSymbol(n.id, n.shape, n.row, n.lane, 0, n.text) for n in flow.nodes)
    routes = []
    for edge in flow.edges:
        name = f"{edge.source}>{edge.target}"
        points, start, end = ways[name]
        routes.append(Route(edge.source, edge.target, tuple(points), start, end, (labels or {}).get(name)))
    return Drawing((ROOM,) * len(flow.lanes), (HIGH,) * len(flow.rows), symbols, tuple(routes), ())


def kinds(flow: Chart, drawing: Drawing) -> list[str]:
    return sorted({fault.split(":")[0] for fault in score(flow, drawing).faults})


THREE = chart(2, [[("a", 0)], [("b", 0)], [("c", 0)]], ["a>c"])


def test_a_line_through_a_symbol_is_a_hit() -> None:
    drawing = hand(THREE, {"a>c": ([centre(0, 0), centre(0, 2)], Side.BOTTOM, Side.TOP)})
    assert kinds(THREE, drawing) == ["hit"]


def test_a_line_past_a_symbol_is_none() -> None:
    side = X(0, 2, 0)
    way = [centre(0, 0), Point(side, Y(0, 1, 0)), Point(side, Y(2, 1, 0)), centre(0, 2)]
    found = score(THREE, hand(THREE, {"a>c": (way, Side.RIGHT, Side.RIGHT)}))
    assert (found.faults, found.bends, found.crossings) == ((), 2, 0)


TWO = chart(3, [[("a", 0), ("b", 2)], [("c", 0), ("e", 2)]], ["a>e", "b>c"])


def z(lane: int, to: int, track: int) -> list[Point]:
    gap = Y(0, 2, track)
    return [centre(lane, 0), Point(X(lane, 1, 0), gap), Point(X(to, 1, 0), gap), centre(to, 1)]


def test_two_ways_on_one_line_are_shared() -> None:
    ways = {"a>e": (z(0, 2, 0), Side.BOTTOM, Side.TOP), "b>c": (z(2, 0, 0), Side.BOTTOM, Side.TOP)}
    assert kinds(TWO, hand(TWO, ways)) == ["shared"]


def test_a_corner_on_another_line_is_shared() -> None:
    """The second way's uprights run on the first's, or end on it, whatever the order of the tracks."""
    ways = {"a>e": (z(0, 2, 0), Side.BOTTOM, Side.TOP), "b>c": (z(2, 0, 1), Side.BOTTOM, Side.TOP)}
    assert kinds(TWO, hand(TWO, ways)) == ["shared"]


def test_a_crossing_is_counted_and_is_no_fault() -> None:
    flow = chart(3, [[("a", 1)], [("b", 0), ("c", 2)], [("e", 1)]], ["a>e", "b>c"])
    ways = {
        "a>e": ([centre(1, 0), centre(1, 2)], Side.BOTTOM, Side.TOP),
        "b>c": ([centre(0, 1), centre(2, 1)], Side.RIGHT, Side.LEFT),
    }
    found = score(flow, hand(flow, ways))
    assert (found.faults, found.crossings) == ((), 1)


MERGE = chart(2, [[("a", 0), ("b", 1)], [("c", 0)]], ["a>c", "b>c"])


def test_ways_into_one_target_may_join() -> None:
    ways = {
        "a>c": ([centre(0, 0), centre(0, 1)], Side.BOTTOM, Side.TOP),
        "b>c": (z(1, 0, 0), Side.BOTTOM, Side.TOP),
    }
    found = score(MERGE, hand(MERGE, ways))
    assert (found.faults, found.crossings) == ((), 0)


def test_ways_that_join_may_not_part_again() -> None:
    gap, low = Y(0, 2, 0), Y(1, 0, 1)
    corners = [Point(X(0, 1, k), y) for k, y in ((0, gap), (1, gap), (1, low), (0, low))]
    apart = [centre(0, 0), *corners, centre(0, 1)]
    other = [centre(1, 0), Point(X(1, 1, 0), gap), Point(X(0, 1, 0), gap), centre(0, 1)]
    ways = {"a>c": (apart, Side.BOTTOM, Side.TOP), "b>c": (other, Side.BOTTOM, Side.TOP)}
    assert kinds(MERGE, hand(MERGE, ways)) == ["shared"]


def test_two_ways_out_of_one_port_are_shared() -> None:
    flow = chart(2, [[("a", 0)], [("b", 0), ("c", 1)]], ["a>b", "a>c"])
    ways = {
        "a>b": ([centre(0, 0), centre(0, 1)], Side.BOTTOM, Side.TOP),
        "a>c": (z(0, 1, 0), Side.BOTTOM, Side.TOP),
    }
    assert kinds(flow, hand(flow, ways)) == ["shared"]


def test_words_on_a_neighbours_line_are_a_label_fault() -> None:
    flow = chart(2, [[("d", 0)], [("b", 0), ("c", 1)]], ["d>b Ya", "d>c"])
    aside = Y(0, 2, 0)
    ways = {
        "d>b": ([centre(0, 0), centre(0, 1)], Side.BOTTOM, Side.TOP),
        "d>c": (
            [centre(0, 0, 1), Point(X(0, 1, 1), aside), Point(X(1, 1, 0), aside), centre(1, 1)],
            Side.BOTTOM,
            Side.TOP,
        ),
    }
    right = {"d>b": Label("Ya", Side.BOTTOM, Side.RIGHT)}
    left = {"d>b": Label("Ya", Side.BOTTOM, Side.LEFT)}
    assert kinds(flow, hand(flow, ways, right)) == ["label"]
    assert kinds(flow, hand(flow, ways, left)) == []


def test_two_labels_in_one_pocket_are_a_label_fault() -> None:
    flow = chart(2, [[("d", 0)], [("b", 0), ("c", 1)]], ["d>b Ya", "d>c Tidak"])
    ways = {
        "d>b": ([centre(0, 0), centre(0, 1)], Side.BOTTOM, Side.TOP),
        "d>c": (
            [centre(0, 0, 1), Point(X(0, 1, 1), Y(0, 2, 0)), Point(X(1, 1, 0), Y(0, 2, 0)), centre(1, 1)],
            Side.BOTTOM,
            Side.TOP,
        ),
    }
    labels = {"d>b": Label("Ya", Side.BOTTOM, Side.RIGHT), "d>c": Label("Tidak", Side.BOTTOM, Side.LEFT)}
    assert kinds(flow, hand(flow, ways, labels)) == ["label"]


@pytest.mark.parametrize(
    "points",
    [
        [centre(0, 0), centre(1, 2)],
        [centre(0, 0), centre(0, 0), centre(0, 2)],
        [centre(0, 0), Point(X(0, 1, 0), Y(1, 0, 0)), centre(0, 2)],
        [centre(0, 0, 4), centre(0, 2, 4)],
        [centre(0, 0), centre(0, 1)],
    ],
    ids=["slanted", "empty", "needless", "no room", "wrong end"],
)
def test_a_way_out_of_form_is_a_fault(points: list[Point]) -> None:
    assert kinds(THREE, hand(THREE, {"a>c": (points, Side.BOTTOM, Side.TOP)})) == ["a>c"]


def test_a_symbol_out_of_its_cell_is_a_fault() -> None:
    drawing = lay_out(THREE)
    moved = replace(drawing, symbols=(replace(drawing.symbols[0], lane=1), *drawing.symbols[1:]))
    assert "symbol a" in kinds(THREE, moved)


def test_a_missing_way_is_a_fault() -> None:
    assert kinds(THREE, replace(lay_out(THREE), routes=())) == ["routes"]
