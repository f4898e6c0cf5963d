"""SOPs → map of how they relate; Graphviz finds the places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.figure.metrics import wrap
from generator.formats.graphviz.graph import SPACES, Graph, Node, label

_GROUP, _BUBBLE = 24.0, 15.0
"""Widest line of a heading and in a box, em."""


class MapNode(Struct, frozen=True):
    """An SOP on the map: slug, name, the heading of its cluster, address of its page."""

    slug: str
    name: str
    group: str
    url: str


def map_graph(nodes: Sequence[MapNode], edges: Iterable[tuple[str, str]]) -> Graph:
    """The map of SOPs that name one another; edges are pairs of slugs, from the one that names."""
    names = {node.slug: f"s{place}" for place, node in enumerate(nodes)}
    groups: dict[str, list[Node]] = {}
    for node in nodes:
        box = {"shape": "box", "class": "kotak", "label": _label(node.name, _BUBBLE)}
        box |= {"URL": node.url, "tooltip": names[node.slug]}
        groups.setdefault(node.group, []).append(Node(names[node.slug], box))
    look = {"class": "lajur", "margin": "12", "fontsize": "11"}
    return Graph(
        "peta",
        {"rankdir": "LR", "nodesep": "0.3", "ranksep": "0.7"},
        (),
        tuple((names[source], names[target], {}) for source, target in edges),
        tuple(({**look, "label": _label(group, _GROUP)}, tuple(inside)) for group, inside in groups.items()),
        {names[node.slug]: node.name for node in nodes},
    )


def _label(text: str, width: float) -> str:
    return label(wrap(SPACES.sub(" ", text), width))
