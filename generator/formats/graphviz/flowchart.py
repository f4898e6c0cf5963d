"""Flowchart → graph with every place given; Graphviz draws it and decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from generator.figure.figure import Figure, Line, Symbol
from generator.figure.flowchart import COLOURS, Flowchart
from generator.figure.outline import At
from generator.form.symbols import SYMBOLS, Rectangle
from generator.formats.graphviz.graph import Graph, Node, label

_Placed = Callable[..., str]
"""Points as Graphviz says them: its y grows upwards."""


def flow_graph(flowchart: Flowchart, step_url: Callable[[int], str]) -> Graph:
    """The flowchart, every symbol linked to its step (``step_url`` of its row)."""
    figure, high, head = flowchart.figure, flowchart.high, flowchart.head
    names = {symbol.node: f"n{place}" for place, symbol in enumerate(figure.symbols)}

    def at(*points: At) -> str:
        return " ".join(_places([(x, high - y)]) for x, y in points)

    lanes = []
    for heading in flowchart.headings:
        left, right = heading.left, heading.right
        places = {"bb": _places([(left, 0), (right, high + head)]), "lp": at(((left + right) / 2, -head / 2))}
        lanes.append(({"class": "lajur", "label": label(heading.lines), **places}, ()))
    return Graph(
        "alur",
        {"bb": _places([(0, 0), (flowchart.width, high + head)])},
        tuple(_shown(symbol, flowchart, names[symbol.node], step_url, at) for symbol in figure.symbols),
        tuple(_ways(figure, names, at)),
        tuple(lanes),
        {names[node]: words for node, words in flowchart.said.items()},
        placed=True,
    )


def _shown(
    symbol: Symbol, flowchart: Flowchart, name: str, step_url: Callable[[int], str], at: _Placed
) -> Node:
    node, form = flowchart.nodes[symbol.node], SYMBOLS[symbol.shape]
    rounded = isinstance(form.outline, Rectangle) and form.outline.rounded
    wide, tall = (_short(2 * half / 72) for half in symbol.half)
    look = {"class": f"{form.word} lajur-{node.lane % COLOURS}", "shape": form.graphviz}
    look |= {"style": "rounded" if rounded else "solid", "label": label(symbol.lines)}
    places = {"fixedsize": "true", "width": wide, "height": tall, "pos": at(symbol.centre)}
    return Node(name, {**look, **places, "URL": step_url(node.row), "tooltip": name})


def _ways(figure: Figure, names: Mapping[str, str], at: _Placed) -> Iterator[tuple[str, str, dict[str, str]]]:
    words = {(one.source, one.target): one for one in figure.words}
    for line in figure.lines:
        told = words.get((line.source, line.target))
        way = {"pos": _way(figure, line, at), "dir": "none" if line.joint else "forward"}
        if told:
            middle = (told.left + told.width / 2, told.top + told.height / 2)
            way |= {"label": label(told.lines), "lp": at(middle)}
        yield names[line.source], names[line.target], way


def _way(figure: Figure, line: Line, at: _Placed) -> str:
    """A way as Graphviz takes it: a spline whose parts are straight, and the tip of its head before it."""
    corners, tip = list(line.corners), ""
    if head := figure.head(line):
        (x, y), (left, top), (right, bottom) = head
        corners[-1], tip = ((left + right) / 2, (top + bottom) / 2), f"e,{at((x, y))} "
    spline = [corners[0]]
    for one, other in pairwise(corners):
        spline += [one, other, other]
    return tip + at(*spline)


def _places(points: Sequence[At]) -> str:
    return ",".join(f"{_short(x)},{_short(y)}" for x, y in points)


def _short(length: float) -> str:
    return f"{length:.3f}".rstrip("0").rstrip(".")
