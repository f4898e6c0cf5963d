"""Graph → DOT source, by the package ``graphviz``."""

from __future__ import annotations

from collections.abc import Mapping

from graphviz import Digraph, nohtml

from generator.form.symbols import ARROW
from generator.formats.graphviz.graph import Graph, Node

_FONT = "Arial"
_SIZE, _SMALL = 12, 11
"""Letters in symbols and beside lines, points."""
_HEAD = 1.4
"""Graphviz's arrow head is 10 points long where this program's is as long as ``ARROW`` says, em of 14."""


def source_of(graph: Graph) -> str:
    """The source of a graph, with the letters and arrow heads that all have."""
    letters = {"fontname": _FONT, "fontsize": f"{_SIZE}"}
    out = Digraph(
        graph.name,
        graph_attr=_plain({**letters, "bgcolor": "none", "pad": "0.1", **graph.attributes}),
        node_attr={**letters, "margin": "0.13,0.08", "height": "0.35"},
        edge_attr={"fontname": _FONT, "fontsize": f"{_SMALL}", "arrowsize": f"{ARROW.length * _HEAD:.2f}"},
    )
    for place, (attributes, nodes) in enumerate(graph.clusters):
        with out.subgraph(name=f"cluster_{place}") as part:
            part.attr("graph", _attributes=_plain(attributes))
            _add(part, nodes)
    _add(out, graph.nodes)
    for one, other, attributes in graph.edges:
        out.edge(one, other, _attributes=_plain(attributes))
    source: str = out.source
    return source


def _add(out: Digraph, nodes: tuple[Node, ...]) -> None:
    for node in nodes:
        out.node(node.name, _attributes=_plain(node.attributes))


def _plain(attributes: Mapping[str, str]) -> dict[str, str]:
    """Values that are no markup, whatever they begin and end with."""
    return {key: nohtml(value) for key, value in attributes.items()}
