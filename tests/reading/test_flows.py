"""Flows as offices draw them: what is drawn is read as drawn, and what is strange about it is told."""

from __future__ import annotations

import pytest

from generator.reading.seen import Box
from tests.reading.forms import Form, flow, form, read


def steps(count: int, actors: int = 3) -> Form:
    rows = [{"No": str(n + 1), "Kegiatan": f"Langkah ke-{n + 1}", "Waktu": "1 hari"} for n in range(count)]
    return form([f"Pelaksana {n + 1}" for n in range(actors)], rows)


def decided(made: Form) -> None:
    """A start, a decision that goes back or on, and an end."""
    start, choice, end = made.capsule(0, 0), made.diamond(1, 1), made.capsule(2, 1)
    made.arrow(
        (start.right, start.centre[1]), (choice.centre[0], start.centre[1]), (choice.centre[0], choice.top)
    )
    made.arrow(
        (choice.left, choice.centre[1]), (start.centre[0], choice.centre[1]), (start.centre[0], start.bottom)
    )
    made.down(choice, end)
    made.label("Tidak", choice.left - 30, choice.centre[1] - 10)
    made.label("Ya", choice.centre[0] + 3, choice.bottom + 2)


@pytest.mark.parametrize("wrapped", [0, 1, 2])
def test_a_decision_with_labels_is_read_through_any_forms(wrapped: int) -> None:
    made = steps(3)
    decided(made)
    (chart,) = read(made, wrapped=wrapped).charts
    assert flow(chart) == {
        "1a start > 2b decision",
        "2b decision > 1a start Tidak",
        "2b decision > 3b end Ya",
    }
    assert chart.doubts == ()


@pytest.mark.parametrize(
    ("aside", "said"), [(0.0, "tidak keluar dari belah ketupat"), (14.0, "jauh dari garis mana pun")]
)
def test_a_label_at_an_arrow_that_leaves_no_decision_is_told_as_it_lies(aside: float, said: str) -> None:
    made = steps(2)
    start, box = made.capsule(0, 0), made.box(1, 2)
    x, y = box.centre[0], start.centre[1]
    made.arrow((start.right, y), (x, y), (x, box.top))
    made.label("Tidak", start.right + 10, y - 4 - aside)
    (chart,) = read(made).charts
    assert [edge.label for edge in chart.edges] == ["Tidak"]
    assert [said in doubt.said for doubt in chart.doubts if "label" in doubt.said] == [True]


def test_a_box_over_two_columns_is_of_two_actors() -> None:
    made = steps(2)
    start, both = made.capsule(0, 0), made.box(1, 0, last=1)
    made.down(start, both)
    (chart,) = read(made).charts
    assert [(s.row, s.actor) for s in chart.symbols] == [(0, 0), (1, 0), (1, 1)]
    assert chart.joint == (("s2", "s3"),)


def test_boxes_joined_by_a_line_without_a_head_are_joint() -> None:
    made = steps(1)
    left, right = made.box(0, 0), made.box(0, 1)
    made.arrow((left.right, left.centre[1]), (right.left, right.centre[1]), head=False)
    (chart,) = read(made).charts
    assert chart.joint == (("s1", "s2"),)
    assert chart.edges == ()


def test_an_end_below_the_table_is_of_the_last_row() -> None:
    made = steps(2)
    start, last, end = made.capsule(0, 0), made.box(1, 0), made.capsule(1, 0, up=48)
    made.down(start, last)
    made.down(last, end)
    (chart,) = read(made).charts
    assert flow(chart) == {"1a start > 2a process", "2a process > 2a end"}


def test_two_lines_may_share_a_stretch_and_a_head() -> None:
    made = steps(3)
    one, two, end = made.box(0, 0), made.box(1, 0), made.box(2, 2)
    x = end.centre[0]
    made.arrow((one.right, one.centre[1]), (x, one.centre[1]), (x, end.top))
    made.arrow((two.right, two.centre[1]), (x, two.centre[1]), head=False)
    (chart,) = read(made).charts
    assert {"1a process > 3c process", "2a process > 3c process"} == flow(chart)


def test_a_line_that_lies_on_a_rule_is_no_rule() -> None:
    made = steps(3)
    one, two = made.box(0, 0), made.box(1, 2)
    y = made.cell(1, 0).top
    made.arrow((one.centre[0], one.bottom), (one.centre[0], y), head=False)
    made.arrow((one.centre[0], y), (two.centre[0], y), head=False)
    made.arrow((two.centre[0], y), (two.centre[0], two.top))
    (chart,) = read(made).charts
    assert flow(chart) == {"1a process > 2c process"}
    assert len(chart.rows) == 3


def test_crossing_lines_do_not_join() -> None:
    made = steps(3)
    a, b, c, d = made.box(0, 1), made.box(2, 1), made.box(1, 0), made.box(1, 2)
    made.down(a, b)
    made.arrow((c.right, c.centre[1]), (d.left, d.centre[1]))
    (chart,) = read(made).charts
    assert flow(chart) == {"1b process > 3b process", "2a process > 2c process"}


@pytest.mark.parametrize("gap", [2.0, 5.0, 8.0])
def test_arrows_that_stop_short_still_point(gap: float) -> None:
    made = steps(2)
    a, b = made.box(0, 0), made.box(1, 0)
    x = a.centre[0]
    made.arrow((x, a.bottom + gap), (x, b.top - gap))
    assert flow(read(made).charts[0]) == {"1a process > 2a process"}


def test_a_line_without_a_head_is_read_in_order_and_doubted() -> None:
    made = steps(2)
    a, b = made.capsule(0, 0), made.box(1, 0)
    made.down(a, b, head=False)
    (chart,) = read(made).charts
    assert flow(chart) == {"1a start > 2a process"}
    assert "s1>s2" in {doubt.about for doubt in chart.doubts}


def test_a_line_to_the_wrong_symbol_stays_there() -> None:
    made = steps(3)
    start, one, two = made.capsule(0, 0), made.box(1, 0), made.box(2, 0)
    made.down(start, one)
    made.arrow((two.right, two.centre[1]), (two.right + 20, two.centre[1]), (two.right + 20, start.centre[1]),
               (start.right, start.centre[1]))  # fmt: skip
    (chart,) = read(made).charts
    assert flow(chart) == {"1a start > 2a process", "3a process > 1a start"}
    about = {doubt.about for doubt in chart.doubts}
    assert {"s2", "s3"} <= about  # one leads nowhere, to the other nothing leads


def crossing(signs: tuple[str, str], later: tuple[str, str]) -> list[Form]:
    """Two lines over a page change, by connectors below and above."""
    first = steps(1)
    rows = [{"No": str(n), "Kegiatan": "Lanjut", "Waktu": "1 hari"} for n in (2, 3)]
    second = form([f"Pelaksana {n + 1}" for n in range(3)], rows, head=False)
    boxes = [first.box(0, 0), first.box(0, 2)]
    for box, sign in zip(boxes, signs, strict=True):
        x = box.centre[0]
        first.arrow((x, box.bottom), (x, first.cell(0, 0).bottom + 20))
        first.pentagon(x, first.cell(0, 0).bottom + 28, sign)
    goals = [second.box(0, 0), second.box(1, 2)]
    for goal, sign in zip(goals, later, strict=True):
        x = goal.centre[0]
        second.pentagon(x, second.top - 26, sign)
        second.arrow((x, second.top - 18), (x, goal.top))
    return [first, second]


def test_page_changes_without_signs_are_paired_by_column() -> None:
    (chart,) = read(*crossing(("", ""), ("", ""))).charts
    assert flow(chart) == {"1a process > 2a process", "1c process > 3c process"}


def test_page_changes_with_signs_are_paired_by_sign() -> None:
    (chart,) = read(*crossing(("1", "2"), ("2", "1"))).charts
    assert flow(chart) == {"1a process > 3c process", "1c process > 2a process"}


def test_a_page_change_without_its_like_is_told() -> None:
    pages = crossing(("1", "2"), ("1", "3"))
    (chart,) = read(*pages).charts
    assert flow(chart) == {"1a process > 2a process"}
    assert {"s2", "s4"} <= {doubt.about for doubt in chart.doubts}


def test_what_a_white_box_hides_is_not_read() -> None:
    made = steps(2)
    a, b, hidden = made.capsule(0, 0), made.box(1, 0), made.box(0, 2)
    made.down(a, b)
    cover = Box(hidden.left - 3, hidden.top - 3, hidden.right + 3, hidden.bottom + 3)
    made.pen.raw("1 g")
    made.pen.path(
        [
            (cover.left, cover.top),
            (cover.right, cover.top),
            (cover.right, cover.bottom),
            (cover.left, cover.bottom),
        ],
        paint="f",
    )
    (chart,) = read(made).charts
    assert len(chart.symbols) == 2
