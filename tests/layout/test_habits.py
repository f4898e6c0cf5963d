"""Ports and shapes as the signed SOPs draw them."""

from __future__ import annotations

from generator.flow.chart import Chart
from generator.flow.drawing import Drawing, Route, Side
from generator.flow.layout import lay_out
from generator.form.symbols import Shape
from tests.bench.flow.charts import sop_chart
from tests.layout.charts import FLOWS, again, chart, real


def route(drawing: Drawing, name: str) -> Route:
    source, target = name.split(">")
    return next(r for r in drawing.routes if (r.source, r.target) == (source, target))


def bends(way: Route) -> int:
    return len(way.points) - 2


def test_the_next_step_of_the_same_actor_is_straight_from_bottom_to_top() -> None:
    way = route(lay_out(chart(1, [[("a", 0)], [("b", 0)]], ["a>b"])), "a>b")
    assert (way.start, way.end, bends(way)) == (Side.BOTTOM, Side.TOP, 0)


def test_the_next_step_of_another_actor_bends_once() -> None:
    way = route(lay_out(chart(2, [[("a", 0)], [("b", 1)]], ["a>b"])), "a>b")
    assert (way.start, way.end, bends(way)) == (Side.BOTTOM, Side.LEFT, 1)


def test_a_refusal_goes_back_over_the_top_into_the_side_of_the_step_before() -> None:
    """As in 029, 031 and 041."""
    drawing = lay_out(chart(2, [[("a", 0)], [("d", 1)], [("b", 1)]], ["a>d", "d>b Ya", "d>>a Tidak"]))
    back = route(drawing, "d>a")
    assert (back.start, back.end, bends(back)) == (Side.TOP, Side.RIGHT, 1)
    assert bends(route(drawing, "d>b")) == 0


def test_a_return_to_the_same_actor_runs_beside_the_symbols() -> None:
    back = route(lay_out(chart(1, [[("a", 0)], [("d", 0)]], ["a>d", "d>>a Tidak"])), "d>a")
    assert back.start == back.end
    assert back.start in (Side.LEFT, Side.RIGHT)
    assert bends(back) == 2


def test_returns_of_the_real_flows_enter_a_side() -> None:
    for path in FLOWS:
        flow = real(path)
        rows = {node.id: node.row for node in flow.nodes}
        for way in lay_out(flow).routes:
            if rows[way.target] < rows[way.source]:
                assert way.end in (Side.LEFT, Side.RIGHT), f"{path.stem} {way.source}>{way.target}"


def test_the_main_branch_leaves_the_bottom_and_the_other_a_side() -> None:
    drawing = lay_out(chart(3, [[("d", 1)], [("a", 1)], [("b", 2)]], ["d>a Ya", "d>>b Tidak"]))
    assert route(drawing, "d>a").start is Side.BOTTOM
    assert route(drawing, "d>b").start is Side.RIGHT


def test_joint_actors_stand_side_by_side_and_their_line_is_their_own() -> None:
    rows = [[("s", 0), ("a", 0), ("b", 2)], [("c", 1)]]
    drawing = lay_out(chart(3, rows, ["s>a", "a>c", "b>c"], ("a=b",)))
    places = {symbol.node: symbol.level for symbol in drawing.symbols}
    assert places == {"s": 0, "a": 1, "b": 1, "c": 0}
    assert drawing.joints[0].points[0].y == drawing.joints[0].points[1].y


def test_ports_are_shared_only_on_the_way_into_one_target() -> None:
    flows: list[Chart] = [real(path) for path in FLOWS]
    for flow in flows:
        out: dict[object, str] = {}
        into: dict[object, str] = {}
        for way in lay_out(flow).routes:
            leave, enter = (way.source, way.start, way.points[0]), (way.target, way.end, way.points[-1])
            assert leave not in out
            out[leave] = way.target
            into[enter] = way.target
        assert not out.keys() & into.keys()


def test_every_branch_of_a_decision_with_six_ways_has_a_pocket_of_its_own() -> None:
    rows = [[("a", 0), ("b", 2)], [("d", 1)], [("c", 0), ("f", 1), ("g", 2)], [("h", 1)]]
    edges = [f"d>>{target} {target.upper()}" for target in "abcfgh"]
    drawing = lay_out(chart(3, rows, ["a>d", "b>d", *edges]))
    labels = [way.label for way in drawing.routes if way.label]
    assert len({(label.port, label.place) for label in labels}) == 6


def test_heads_at_a_diamond_stand_at_its_corners() -> None:
    """Also where two flows meet before it, or its own branches leave by the nearest corner."""
    meet = chart(
        3,
        [[("a", 0), ("b", 1)], [("d", 2)], [("e", 1)]],
        ["a>d", "b>d", "d>e Ya", "d>>a Tidak"],
    )
    for flow in (meet, *map(real, FLOWS), *map(sop_chart, range(60))):
        diamonds = {node.id for node in flow.nodes if node.shape is Shape.DECISION}
        for way in lay_out(flow).routes:
            last = way.points[-1]
            port = last.x.k if way.end in (Side.TOP, Side.BOTTOM) else last.y.k
            assert way.target not in diamonds or port == 0, f"{flow.id} {way.source}>{way.target}"


def _port(way: Route) -> int:
    last = way.points[-1]
    return last.x.k if way.end in (Side.TOP, Side.BOTTOM) else last.y.k


def test_ways_into_one_side_of_a_symbol_merge_before_it() -> None:
    """Before a box as before a diamond, so that a form of one hand is not drawn in two ways."""
    rows = [[("a", 1)], [("b", 2)], [("d", 0)], [("d2", 0)], [("e", 0)]]
    returns = chart(3, rows, ["a>b", "b>d", "d>d2 Ya", "d>>a Tidak", "d2>e Ya", "d2>>a Tidak"])
    met = 0
    for flow in (returns, *map(real, FLOWS), *map(sop_chart, range(120))):
        ports: dict[tuple[str, Side], set[int]] = {}
        for way in lay_out(flow).routes:
            met += (way.target, way.end) in ports
            ports.setdefault((way.target, way.end), set()).add(_port(way))
        assert all(len(found) == 1 for found in ports.values()), flow.id
    assert met > 30


def test_a_pattern_that_comes_again_is_drawn_the_same() -> None:
    """The same steps four times below one another: the second and the third time alike in every turn."""
    for seed in range(60):
        flow = again(seed)
        drawn: dict[tuple[str, str], set[object]] = {}
        for way in lay_out(flow).routes:
            (time, source), (then, target) = (id.split(".") for id in (way.source, way.target))
            if time in "12":
                onward = "" if then == time else "next "
                kinds = tuple((point.x.lane, point.x.zone, point.y.zone) for point in way.points)
                place = way.label and way.label.place
                shape = (way.start, way.end, _port(way), kinds, place)
                drawn.setdefault((source, onward + target), set()).add(shape)
        assert all(len(shapes) == 1 for shapes in drawn.values()), (seed, drawn)
