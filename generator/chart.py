"""SOP → Chart: the flow as lanes, nodes and edges. Meaning, no coordinates.

Rows and lanes are part of the meaning (a row is a step, a lane an actor); everything else about where
things stand is the layout's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from generator.drawing import Shape


class JointStyle(StrEnum):
    """How joint actors of one step are drawn: a headless line, an ordered arrow, or nothing."""

    LINE = "line"
    ARROW = "arrow"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Lane:
    """An actor column: id of the actor and its heading."""

    id: str
    heading: str


@dataclass(frozen=True, slots=True)
class Row:
    """A step: its id and the number printed in the No column ("" when unnumbered)."""

    id: str
    number: str


@dataclass(frozen=True, slots=True)
class Node:
    """A symbol to be drawn in the cell (row, lane); nodes of one cell stand below one another in order.

    ``text`` is what the source writes inside the symbol ("" for most); ``sop`` the slug of another SOP
    that this symbol leads to or stands for.
    """

    id: str
    shape: Shape
    row: int
    lane: int
    text: str = ""
    sop: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow. ``main`` marks the branch of a decision that carries the flow on (leaves the bottom or
    the nearest side); an edge that is the only way out of its node is main too."""

    source: str
    target: str
    label: str = ""
    main: bool = True


@dataclass(frozen=True, slots=True)
class Pair:
    """Two neighbouring symbols of one row that joint actors share, joined by a headless line."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The flow of one activity table. Node ids are unique and hold no '>'; at most one edge joins the
    same two nodes in the same direction."""

    id: str
    lanes: tuple[Lane, ...]
    rows: tuple[Row, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    pairs: tuple[Pair, ...] = field(default=())
