"""Whatever is set on paper: every row is there once, nothing leaves its page, every line arrives."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.documents.setting import Document, set_document
from generator.figure.figure import Connector, Figure, Line, Symbol
from generator.figure.lattice import measure
from generator.figure.paper.columns import INSET
from generator.figure.paper.crossing import _name, crossing, falls
from generator.figure.paper.deal import LEAST_FILL, _called
from generator.figure.paper.pages import NoRoom
from generator.figure.paper.sheet import Page, Sheet
from generator.figure.plane import Plane
from generator.flow.layout import drawn
from generator.form.symbols import Polygon, Shape
from tests.bench.flow.charts import sop_chart, stress_chart
from tests.documents.cases import DATA, FLOWS, Texts, catalogue, made_up, real

QUICK = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def holds(document: Document) -> None:
    """All that is true of every document."""
    paper = document.paper
    for flow, sheet in zip(document.content.flows, document.sheets, strict=True):
        assert sheet.columns.total == pytest.approx(paper.inner_width, abs=0.1)
        rows = [slab.row for page in sheet.pages for slab in page.slabs]
        assert sorted(set(rows)) == list(range(len(flow.rows)))
        assert rows == sorted(rows)
        for number, page in enumerate(sheet.pages):
            room = paper.inner_height - sum(sheet.head) - (0 if number else sheet.title)
            assert page.height <= room + 0.01, f"page {number} is too high"
            _stays_inside(page, sheet)
            _arrives(page)
            _misses_symbols(page)
        _texts_are_whole(document)
        _pairs(sheet)
        _tells(sheet, flow.rows)


def _stays_inside(page: Page, sheet: Sheet) -> None:
    width = sum(sheet.columns.lanes)
    for symbol in page.figure.symbols:
        x, y = symbol.centre
        slabs = [
            s
            for s in page.slabs
            if s.top - 0.1 <= y - symbol.half[1] and y + symbol.half[1] <= s.top + s.height + 0.1
        ]
        assert len(slabs) == 1, f"{symbol.node} lies in {len(slabs)} rows"
        left = sum(sheet.columns.lanes[: symbol.lane])
        assert left <= x - symbol.half[0]
        assert x + symbol.half[0] <= left + sheet.columns.lanes[symbol.lane]
    for line in page.figure.lines:
        for x, y in line.corners:
            assert -0.1 <= x <= width + 0.1
            assert -0.1 <= y <= page.height + 0.1
    for connector in page.figure.connectors:
        (x, y), (w, h) = connector.at, connector.half
        top, bottom = (page.height - page.below, page.height) if connector.below else (0.0, page.above)
        assert top - 0.01 <= y
        assert y + 2 * h <= bottom + 0.01
        assert -w <= x <= width + w
    for a, b in pairwise(sorted(page.figure.connectors, key=lambda c: (c.below, c.at))):
        apart = abs(a.at[0] - b.at[0]) >= 2 * a.half[0] or abs(a.at[1] - b.at[1]) >= 2 * a.half[1]
        assert a.below != b.below or apart, "two connectors overlap"


def _touches(symbol: Symbol, x: float, y: float) -> bool:
    """Whether a point lies on the outline of a symbol."""
    dx, dy = abs(x - symbol.centre[0]), abs(y - symbol.centre[1])
    w, h = symbol.half
    if symbol.shape is Shape.DECISION:
        return abs(dx / w + dy / h - 1) < 0.05
    return (abs(dx - w) < 0.1 and dy <= h + 0.1) or (abs(dy - h) < 0.1 and dx <= w + 0.1)


def _arrives(page: Page) -> None:
    symbols = {symbol.node: symbol for symbol in page.figure.symbols}
    for line in page.figure.lines:
        ends = ((line.corners[0], line.source, True), (line.corners[-1], line.target, line.head is not None))
        for (x, y), node, at_symbol in ends:
            near = [
                c
                for c in page.figure.connectors
                if (line.source, line.target) in c.edges
                and abs(c.at[0] - x) < 0.1
                and min(abs(c.at[1] - y), abs(c.at[1] + 2 * c.half[1] - y)) < 0.1
            ]
            on_symbol = node in symbols and _touches(symbols[node], x, y)
            assert near or on_symbol, f"{line.source}>{line.target} ends on nothing at {x, y}"
            assert at_symbol or line.joint, f"{line.source}>{line.target} has no head"
        for (ax, ay), (bx, by) in pairwise(line.corners):
            assert ax == pytest.approx(bx, abs=0.02) or ay == pytest.approx(by, abs=0.02)


def _misses_symbols(page: Page) -> None:
    for line in page.figure.lines:
        for symbol in page.figure.symbols:
            if symbol.node in (line.source, line.target):
                continue
            (cx, cy), (w, h) = symbol.centre, symbol.half
            for (ax, ay), (bx, by) in pairwise(line.corners):
                clear = (
                    max(ax, bx) < cx - w + 0.1
                    or min(ax, bx) > cx + w - 0.1
                    or max(ay, by) < cy - h + 0.1
                    or min(ay, by) > cy + h - 0.1
                )
                assert clear, f"{line.source}>{line.target} runs through {symbol.node}"


def _texts_are_whole(document: Document) -> None:
    """A row's texts are on its slabs, in order, every word once."""
    for flow, sheet in zip(document.content.flows, document.sheets, strict=True):
        for row, cells in enumerate(flow.rows):
            slabs = [slab for page in sheet.pages for slab in page.slabs if slab.row == row]
            for column, lines in enumerate(cells):
                said = " ".join(line for slab in slabs for line in slab.texts[column]).split()
                assert said == " ".join(lines).split()


def _pairs(sheet: Sheet) -> None:
    """Every segilima under a page has its pair over the next one: same letter, same place, same lines."""
    for before, after in pairwise(sheet.pages):
        foot = [(c.letter, c.at[0], c.edges, c.up) for c in before.figure.connectors if c.below]
        head = [(c.letter, c.at[0], c.edges, c.up) for c in after.figure.connectors if not c.below]
        assert foot == head
        assert len({letter for letter, *_ in foot}) == len(foot)
        assert all(letter for letter, *_ in foot) or len(foot) == 1
    assert not any(c.below for c in sheet.pages[-1].figure.connectors)
    assert not any(not c.below for c in sheet.pages[0].figure.connectors)


def _tells(sheet: Sheet, rows: Texts) -> None:
    """From one page alone the direction of each line that is cut there can be seen, and its words say where
    its other end is."""
    pages = {symbol.node: n for n, page in enumerate(sheet.pages) for symbol in page.figure.symbols}
    numbers = {
        symbol.node: " ".join(rows[slab.row][0])
        for page in sheet.pages
        for symbol in page.figure.symbols
        for slab in page.slabs
        if slab.top <= symbol.centre[1] < slab.top + slab.height
    }
    for number, page in enumerate(sheet.pages, 7):
        for connector in page.figure.connectors:
            leaves = _leaves(page.figure, connector)
            assert isinstance(connector.symbol.outline, Polygon)
            corners = sorted(connector.symbol.corners(connector.symbol.outline), key=lambda at: at[1])
            tip = corners[0 if leaves != connector.below else -1]
            assert tip[0] == pytest.approx(connector.at[0]), "it points where the flow goes"
            words = connector.words(number)
            assert words.startswith("kembali ") == (leaves != connector.below)
            assert words.removeprefix("kembali ").startswith("ke " if leaves else "dari ")
            for source, target in connector.edges:
                other = target if leaves else source
                assert f"langkah {numbers[other]}" in words or not numbers[other]
                assert f"hal. {pages[other] + 7}" in words


def _leaves(figure: Figure, connector: Connector) -> bool:
    """Whether the heads at a connector point into it; all of them do, or none."""
    (x, y), (_, h) = connector.at, connector.half
    into = {
        line.head is not None
        and abs(line.corners[-1][0] - x) < 0.1
        and y - 0.1 <= line.corners[-1][1] <= y + 2 * h + 0.1
        for line in figure.lines
        if (line.source, line.target) in connector.edges
        and any(
            abs(end[0] - x) < 0.1 and y - 0.1 <= end[1] <= y + 2 * h + 0.1
            for end in (line.corners[0], line.corners[-1])
        )
    }
    assert len(into) == 1
    return into.pop()


def edges_drawn(document: Document) -> dict[tuple[str, str], list[Line]]:
    found: dict[tuple[str, str], list[Line]] = {}
    for sheet in document.sheets:
        for page in sheet.pages:
            for line in page.figure.lines:
                found.setdefault((line.source, line.target), []).append(line)
    return found


def arrived(document: Document) -> list[tuple[str, str]]:
    """The lines whose head is at their target, on any page."""
    found = []
    for sheet in document.sheets:
        for page in sheet.pages:
            symbols = {symbol.node: symbol for symbol in page.figure.symbols}
            for line in page.figure.lines:
                if line.head and line.target in symbols and _touches(symbols[line.target], *line.corners[-1]):
                    found.append((line.source, line.target))
    return found


@pytest.mark.parametrize("slug", sorted(path.stem for path in (DATA / "sop").glob("*.yml")))
def test_our_own_sops(slug: str) -> None:
    document, problems = set_document(catalogue(), slug, DATA)
    assert document is not None
    assert not problems
    holds(document)


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_the_real_flows_fit_on_one_page_as_their_originals_do(path: Path) -> None:
    document = real(path)
    holds(document)
    assert [len(sheet.pages) for sheet in document.sheets] == [1]


@QUICK
@given(st.integers(0, 10_000), st.sampled_from((3, 12, 60)), st.sampled_from(("A4", "F4", "Letter", "Legal")))
def test_made_up_sops(seed: int, longest: int, paper: str) -> None:
    chart = sop_chart(seed)
    document = made_up(chart, seed, longest, paper)
    holds(document)
    found = edges_drawn(document)
    assert {(edge.source, edge.target) for edge in chart.edges} <= set(found)
    heads = arrived(document)
    assert sorted(heads) == sorted((edge.source, edge.target) for edge in chart.edges)


@QUICK
@given(st.integers(0, 10_000))
def test_anything_the_form_allows(seed: int) -> None:
    try:
        document = made_up(stress_chart(seed), seed, 10, "Legal")
    except NoRoom:
        return
    holds(document)


def test_sixty_steps_of_twelve_actors_with_long_texts() -> None:
    holds(made_up(stress_chart(2, 60, 12), 2, 60, "A3"))


@pytest.mark.parametrize("longest", [700, 2500])
def test_a_row_higher_than_a_page_goes_over_several(longest: int) -> None:
    document = made_up(sop_chart(3), 3, longest)
    holds(document)
    slabs = [slab for page in document.sheets[0].pages for slab in page.slabs]
    assert any(not slab.whole for slab in slabs)


def test_only_a_row_higher_than_a_page_is_split() -> None:
    for seed in range(8):
        document = made_up(sop_chart(seed), seed, 80)
        paper, sheet = document.paper, document.sheets[0]
        room = paper.inner_height - sum(sheet.head)
        for row in range(len(document.content.flows[0].rows)):
            slabs = [slab for page in sheet.pages for slab in page.slabs if slab.row == row]
            if len(slabs) > 1:
                assert sum(slab.height for slab in slabs) > room * 0.8


def test_many_actors_turn_their_headings_before_the_type_shrinks_below_its_floor() -> None:
    chart = stress_chart(2, 30, 12)
    lanes = tuple(replace(lane, heading=f"Penyelenggaraan {lane.heading}") for lane in chart.lanes)
    few, many = made_up(sop_chart(1), 1), made_up(replace(chart, lanes=lanes), 7, paper="A3")
    assert not few.sheets[0].columns.turned
    assert many.sheets[0].columns.turned
    assert many.sheets[0].columns.text >= 7.5
    assert min(many.sheets[0].columns.widths) > 2 * INSET[0]


def test_a_table_that_fits_on_no_paper_says_so() -> None:
    chart = stress_chart(7, 60, 15)
    with pytest.raises(NoRoom, match="15 kolom pelaksana tidak muat pada kertas Letter"):
        made_up(chart, 1, paper="Letter")


def test_there_is_a_name_for_any_number_of_lines_over_page_breaks() -> None:
    names = [_name(number) for number in range(2_000)]
    assert names[:2] + names[25:28] + names[701:704] == ["A", "B", "Z", "AA", "AB", "ZZ", "AAA", "AAB"]
    assert len(set(names)) == len(names)


@QUICK
@given(st.integers(0, 10_000), st.sampled_from((12, 30)), st.sampled_from(("A4", "F4", "Letter")))
def test_no_print_is_smaller_than_can_be_read(seed: int, longest: int, paper: str) -> None:
    (sheet,) = made_up(sop_chart(seed), seed, longest, paper).sheets
    assert sheet.columns.text >= 7.5
    for page in sheet.pages:
        assert page.figure.letters >= 6.5
        assert all(1.25 * connector.half[1] >= 6 for connector in page.figure.connectors)


@QUICK
@given(st.integers(0, 10_000), st.sampled_from((20, 30, 45)))
def test_no_page_is_nearly_empty_and_no_better_break_is_left_out(seed: int, longest: int) -> None:
    chart = sop_chart(seed)
    document = made_up(chart, seed, longest)
    (sheet,), paper = document.sheets, document.paper
    if any(not slab.whole for page in sheet.pages for slab in page.slabs) or len(sheet.pages) != 2:
        return
    rooms = [paper.inner_height - sum(sheet.head) - 4 - sheet.title, paper.inner_height - sum(sheet.head) - 4]
    heights = [slab.height for page in sheet.pages for slab in page.slabs]
    drawing = drawn(chart)
    lengths = measure(drawing, stretch=sheet.columns.stretch)
    plane = Plane(lengths, sheet.columns.em, tuple(heights), sheet.columns.stretch)

    def cost(row: int) -> tuple[bool, int, int]:
        lines = crossing(falls(drawing), plane, (row, 0))
        strip = sheet.pages[0].below if row == chosen else 60.0  # no strip of these is higher
        used = [sum(heights[:row]) + strip, sum(heights[row:]) + strip]
        if any(high > room for high, room in zip(used, rooms, strict=True)):
            return True, 99, 99
        short = any(high < LEAST_FILL * room for high, room in zip(used, rooms, strict=True))
        return short, sum(one.up for one in lines), len(lines)

    chosen = len(sheet.pages[0].slabs)
    assert cost(chosen) <= min(cost(row) for row in range(1, len(heights)))


def test_a_step_without_a_number_is_called_by_what_is_done_in_it() -> None:
    said = " ".join(["memeriksa kelengkapan dokumen permohonan"] * 2)
    assert _called(((), (said,))) == "“memeriksa kelengkapan dokumen…”"
    assert _called((("3a",), (said,))) == "langkah 3a"
