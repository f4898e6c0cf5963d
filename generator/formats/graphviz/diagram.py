"""Alur + Chart → flowchart by Graphviz (lanes as clusters); SOPs → map of how they relate. DOT source.

Graphviz finds its own places here: this is the second picture of the flow, with the words in the symbols,
beside the official table whose picture is the ``Drawing``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from generator.figure.metrics import wrap
from generator.flow.chart import Chart, Node
from generator.form.symbols import ARROW, SYMBOLS, Polygon, Rectangle, Shape
from generator.formats.graphviz.dot import FONT, Dot, escape_label
from generator.model.sop import Alur

_SIZE, _SMALL = 12.0, 11
"""Letters in symbols and beside lines, points."""
_HEAD = 10
"""Length of Graphviz's own arrow head, points."""
_BOX, _DIAMOND, _BUBBLE = 14.0, 10.0, 15.0
"""Widest line inside a symbol, em."""
_UNSEEN = '[label="" shape=point style=invis width=0.01]'
_QUOTE, _QUOTED = '"', '\\"'
_SPACES = re.compile(r"[^\S\u00a0]+")
_SHORT = 80
"""Letters that a diamond holds without growing over its neighbours; the step itself has the rest."""


class MapNode(Struct, frozen=True):
    """An SOP on the map: slug, name, the heading of its cluster, address of its page."""

    slug: str
    name: str
    group: str
    url: str


def flow_source(alur: Alur, chart: Chart, step_url: Callable[[int], str]) -> Dot:
    """The flowchart of one table: every symbol with its words, in a cluster for its actor, linked to its
    step (``step_url`` of its row)."""
    graph = _graph("alur", rankdir="TB", nodesep="0.35", ranksep="0.45", newrank="true", mclimit="0.01")
    capsules, ends = _capsules(chart), {edge.target for edge in chart.edges}
    names = {node.id: f"n{place}" for place, node in enumerate(chart.nodes)}
    says: dict[str, str] = {}
    lanes = [lane for lane in range(len(chart.lanes)) if any(node.lane == lane for node in chart.nodes)]
    for lane in lanes:
        heading = _label(chart.lanes[lane].heading, _BOX)
        graph.append(f"subgraph cluster_{lane} {{")
        graph.append(f"graph {_attributes({'class': 'lajur', 'margin': '10', 'label': heading})}")
        graph += [f"kepala{lane} {_UNSEEN}", f"kaki{lane} {_UNSEEN}"]
        for node in chart.nodes:
            if node.lane == lane:
                name = names[node.id]
                says[name], symbol = _symbol(node, alur, chart, node.id in capsules, node.id in ends)
                symbol |= {"URL": step_url(node.row), "tooltip": name}
                graph.append(f"{name} {_attributes(symbol)}")
        graph.append("}")
    graph += _keep_lanes(chart, lanes, names)
    for pair in chart.pairs:
        graph.append(f"{names[pair.left]} -> {names[pair.right]} [dir=none constraint=false]")
    for group in _side_by_side(chart):
        graph.append(f"{{ rank=same {' '.join(names[id] for id in group)} }}")
    order = {node.id: place for place, node in enumerate(chart.nodes)}
    for edge in chart.edges:
        down = order[edge.target] > order[edge.source]
        way = {"constraint": "true" if down else "false", "weight": "4" if edge.main and down else "1"}
        if edge.label:
            way["label"] = _label(f"\u00a0{edge.label}\u00a0", _BOX)
        graph.append(f"{names[edge.source]} -> {names[edge.target]} {_attributes(way)}")
    return Dot("\n".join((*graph, "}")), says)


def map_source(nodes: Sequence[MapNode], edges: Iterable[tuple[str, str]]) -> Dot:
    """The map of SOPs that name one another; edges are pairs of slugs, from the one that names."""
    graph = _graph("peta", rankdir="LR", nodesep="0.3", ranksep="0.7")
    names = {node.slug: f"s{place}" for place, node in enumerate(nodes)}
    groups = dict.fromkeys(node.group for node in nodes)
    for place, group in enumerate(groups):
        heading = {"class": "lajur", "margin": "12", "label": _label(group, 24.0), "fontsize": "11"}
        graph += [f"subgraph cluster_{place} {{", f"graph {_attributes(heading)}"]
        for node in nodes:
            if node.group == group:
                name, box = names[node.slug], {"shape": "box", "class": "kotak", "URL": node.url}
                box |= {"label": _label(node.name, _BUBBLE), "tooltip": name}
                graph.append(f"{name} {_attributes(box)}")
        graph.append("}")
    graph += [f"{names[source]} -> {names[target]}" for source, target in edges]
    return Dot("\n".join((*graph, "}")), {names[node.slug]: node.name for node in nodes})


def _graph(name: str, **attributes: str) -> list[str]:
    """The opening lines of a graph; a closing brace ends it."""
    letters = {"fontname": FONT, "fontsize": str(_SIZE)}
    head = f"{ARROW.length * _SMALL / _HEAD:.1f}"
    return [
        f"digraph {name} {{",
        f"graph {_attributes({**letters, 'bgcolor': 'none', 'pad': '0.1', **attributes})}",
        f"node {_attributes({**letters, 'margin': '0.13,0.08', 'height': '0.35'})}",
        f"edge {_attributes({'fontname': FONT, 'fontsize': str(_SMALL), 'arrowsize': head})}",
    ]


def _attributes(values: Mapping[str, str]) -> str:
    """A list of attributes. A quoted string ends at a bare quote only; backslashes of any text stand in pairs
    (``escape_label``)."""
    quoted = [f'{key}="{value.replace(_QUOTE, _QUOTED)}"' for key, value in values.items()]
    return f"[{' '.join(quoted)}]"


def _capsules(chart: Chart) -> set[str]:
    """Starts and ends of their own, beside the symbol of their row."""
    working = {node.row for node in chart.nodes if node.shape is not Shape.TERMINATOR}
    return {node.id for node in chart.nodes if node.shape is Shape.TERMINATOR and node.row in working}


def _symbol(node: Node, alur: Alur, chart: Chart, capsule: bool, ends: bool) -> tuple[str, dict[str, str]]:
    """What a symbol is called, and its attributes: the words in it, its shape. ``ends`` says whether a way
    leads to it."""
    number, text = chart.rows[node.row].number, alur.kegiatan[node.row].uraian
    whole = f"{number.rstrip('.')}. {text}" if number else text
    if capsule:
        whole = words = node.text or ("Selesai" if ends else "Mulai")
    else:
        words = (f"{number.rstrip('.')}. " if number else "") + node.text if node.text else whole
    form = SYMBOLS[node.shape]
    slants, rounded = isinstance(form.outline, Polygon), form.outline == Rectangle(rounded=True)
    if slants and len(words) > _SHORT:
        words = words[: _SHORT - 1].rstrip() + "…"
    if words not in whole:  # who speaks to the page says the words that are seen
        whole = f"{words} – {whole}"
    return whole, {
        "label": _label(words, _DIAMOND if slants else _BOX),
        "shape": form.graphviz,
        "style": "rounded" if rounded else "solid",
        "margin": "0.02,0.02" if slants else "0.13,0.08",
        "class": form.word,
    }


def _keep_lanes(chart: Chart, lanes: Sequence[int], names: dict[str, str]) -> Iterator[str]:
    """Hold the lanes beside one another in their order and make them equally long, by edges that are not
    seen: from one root to every heading, through the lane's symbols to its foot, and on to one ground.
    ``mclimit`` of the graph keeps Graphviz from looking for another order."""
    for name in ("akar", "dasar"):
        yield f"{name} {_UNSEEN} [ordering=out]"
    for lane in lanes:
        yield f"akar -> kepala{lane} [style=invis weight=100]"
        yield f"kaki{lane} -> dasar [style=invis weight=100]"
        way = [names[node.id] for node in chart.nodes if node.lane == lane]
        for one, other in pairwise([f"kepala{lane}", *way, f"kaki{lane}"]):
            yield f"{one} -> {other} [style=invis]"


def _side_by_side(chart: Chart) -> Iterable[list[str]]:
    """Symbols that joint actors share, one group a step."""
    rows: dict[int, dict[str, None]] = {}
    row = {node.id: node.row for node in chart.nodes}
    for pair in chart.pairs:
        rows.setdefault(row[pair.left], {}).update({pair.left: None, pair.right: None})
    return (list(group) for group in rows.values())


def _label(text: str, width: float) -> str:
    return escape_label([*wrap(_SPACES.sub(" ", text), width)])
