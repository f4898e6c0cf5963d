"""The look of ten flows, held as pictures. One that changes fails until somebody has looked at it:
``pytest tests/figure --accept`` writes what is drawn now and takes away what no case asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.flow.chart import Chart
from generator.flow.layout import lay_out
from generator.formats.card.flow import Flow, whole_flow
from generator.formats.escaping import length_text
from generator.formats.svg.picture import flow_parts
from tests.documents import cases
from tests.layout.charts import FLOWS, chart, real

GOLDEN = Path(__file__).parent / "golden"


def svg(flow: Flow) -> str:
    """A flow in a picture of its size."""
    size = f'width="{length_text(flow.width)}" height="{length_text(flow.height)}"'
    parts = "".join(flow_parts(flow.figure))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="#111">{parts}</svg>\n'


def drawn(one: Chart) -> str:
    return svg(whole_flow(lay_out(one)))


def signed(path: Path) -> str:
    return drawn(real(path))


def page(number: int) -> str:
    """A page of a signed flow whose texts are too long for one."""
    path = next(path for path in FLOWS if path.stem == "343-pengaduan")
    document = cases.made_up(real(path), seed=1, longest=90)
    (sheet,) = document.sheets
    found = sheet.pages[number]
    return svg(Flow(found.figure, sum(sheet.columns.lanes), found.height))


def joint() -> Chart:
    """Joint actors, words in symbols."""
    one = chart(3, [[("s", 0), ("a", 0), ("b", 1)], [("c", 2), ("e", 2)]], ["s>a", "b>c", "c>e"], ("a=b",))
    said = {"a": "Menyusun", "b": "Memeriksa bersama-sama", "e": "Ke SOP lain"}
    return replace(one, nodes=tuple(replace(node, text=said.get(node.id, "")) for node in one.nodes))


def branches() -> Chart:
    """A question with words inside, its branches to three sides."""
    rows = [[("s", 1)], [("d", 1)], [("a", 0), ("b", 2)], [("e", 1)]]
    edges = ["s>d", "d>a Ya", "d>>b Tidak,\nperlu diulang", "d>>e Batal", "a>e", "b>e"]
    one = chart(3, rows, edges)
    return replace(
        one, nodes=tuple(replace(n, text="Lengkap dan benar?" if n.id == "d" else "") for n in one.nodes)
    )


CASES: dict[str, Callable[[], str]] = {
    **{path.stem: partial(signed, path) for path in FLOWS},
    "halaman-1": lambda: page(0),
    "halaman-2": lambda: page(1),
    "bersama": lambda: drawn(joint()),
    "bercabang": lambda: drawn(branches()),
}


@pytest.mark.parametrize("name", CASES)
def test_a_figure_looks_as_it_was_accepted(name: str, accept: bool) -> None:
    path, found = GOLDEN / f"{name}.svg", CASES[name]().replace("><", ">\n<")
    if accept:
        path.write_text(found, encoding="utf-8")
    assert path.is_file(), f"no accepted picture {path.name}: look at it, then pytest --accept"
    assert found == path.read_text(encoding="utf-8"), f"{path.name} looks otherwise: look, then --accept"


def test_no_accepted_picture_is_without_its_case(accept: bool) -> None:
    unused = [path for path in GOLDEN.iterdir() if path.stem not in CASES]
    if accept:
        for path in unused:
            path.unlink()
        unused = []
    assert unused == []
