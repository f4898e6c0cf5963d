"""Graph → DOT source, by the package ``graphviz``.

The package frames the source; nodes and edges are handed to it as lines. It takes attribute after attribute
through its quoting, 2 ms for a flow, where here every value is a string in quotes: never an id or markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from graphviz import Digraph, nohtml

from generator.form.symbols import ARROW
from generator.formats.graphviz.graph import Graph, Node

_FONT = "Arial"
_SIZE, _SMALL = 12, 11
"""Letters in symbols and beside lines, points."""
_HEAD = 1.4
"""Graphviz's arrow head is 10 points long where this program's is as long as ``ARROW`` says, em of 14."""
_QUOTES = re.compile(r'((?:\\\\)*)\\?"')
"""A quotation mark, with the backslashes before it that stand for themselves."""


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
            part.body.extend(_nodes(nodes))
    out.body.extend(_nodes(graph.nodes))
    out.body.extend(f"\t{one} -> {other} {_listed(told)}\n" for one, other, told in graph.edges)
    source: str = out.source
    return source


def _nodes(nodes: tuple[Node, ...]) -> Iterator[str]:
    return (f"\t{node.name} {_listed(node.attributes)}\n" for node in nodes)


def _listed(attributes: Mapping[str, str]) -> str:
    return f"[{' '.join([f'{key}={_quoted(value)}' for key, value in attributes.items()])}]"


def _quoted(value: str) -> str:
    return f'"{_QUOTES.sub(_ESCAPED, value)}"' if '"' in value else f'"{value}"'


_ESCAPED = r'\1\\"'


def _plain(attributes: Mapping[str, str]) -> dict[str, str]:
    """Values that are no markup, whatever they begin and end with."""
    return {key: nohtml(value) for key, value in attributes.items()}
