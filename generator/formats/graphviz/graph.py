"""What Graphviz is to draw, as plain values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
SPACES = re.compile(r"[^\S\u00a0]+")
Attributes = Mapping[str, str]
"""Attributes of Graphviz by name; none is read as markup."""


class Node(Struct, frozen=True):
    name: str
    attributes: Attributes


class Graph(Struct, frozen=True):
    """What Graphviz is to draw. ``clusters`` are attributes and nodes inside; ``edges`` names of nodes and
    attributes. ``names``: what each link is called, by its
    ``tooltip`` (Graphviz would obey backslashes in a tooltip's text)."""

    name: str
    attributes: Attributes
    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str, Attributes], ...]
    clusters: tuple[tuple[Attributes, tuple[Node, ...]], ...]
    names: Mapping[str, str]


def label(lines: Sequence[str]) -> str:
    """Lines of any text as a label that shows exactly them: no entity or escape is obeyed.
    No line is empty: Graphviz 16.1 in WebAssembly was seen to end where the first one is."""
    shown = (NOT_XML.sub("\ufffd", line or " ").replace("&", "&amp;").replace("\\", "\\\\") for line in lines)
    return "\\n".join(shown)
