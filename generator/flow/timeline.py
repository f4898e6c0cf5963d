"""Process + Waktu of its rows → Timeline: the shortest and the longest way through, each actor's time.

Every family of units is reckoned by itself (``durations``): a day is never turned into hours. A step counts
whenever the flow comes into its row; rows whose time is one cell count once while the flow stays in them. The
longest way takes each return once, and says how much of it that is; steps whose time is unknown count nothing
and are named. Where the flow goes on along several ways at once, the longest of them decides; a join that
the form does not draw is not waited for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import lcm

from msgspec import Struct

from generator.flow.chart import Chart, Edge
from generator.flow.process import ElementKind, Process
from generator.model.durations import Duration, DurationKind, Family, Total, sum_durations


class RowTime(Struct, frozen=True):
    """A row's own time and its place: when it can begin at the earliest and be over at the latest, returns
    left aside. In units of the family, from the start of the flow."""

    row: int
    low: Fraction
    high: Fraction
    earliest: Fraction
    latest: Fraction


class FamilyTime(Struct, frozen=True):
    """One family of units: the shortest way from start to end, the longest one without returns, and what
    the returns on it add when each is taken once."""

    family: Family
    best: Fraction
    forward: Fraction
    returns: Fraction
    rows: tuple[RowTime, ...]

    @property
    def worst(self) -> Fraction:
        return self.forward + self.returns


class ActorTime(Struct, frozen=True):
    """An actor's rows (each counted once) and their sum; ``joint`` are those shared with other actors."""

    lane: int
    rows: tuple[int, ...]
    joint: tuple[int, ...]
    total: Total


class Timeline(Struct, frozen=True):
    """``unknown`` are the rows without a known time, ``returns`` the ways back (from row, to row),
    ``choices`` the rows where the flow may go different ways, ``per`` what some times are counted for
    ("berkas")."""

    families: tuple[FamilyTime, ...]
    actors: tuple[ActorTime, ...]
    unknown: tuple[int, ...]
    returns: tuple[tuple[int, int], ...]
    choices: tuple[int, ...]
    per: tuple[str, ...]


def build_timeline(process: Process, durations: Sequence[Duration], merged: Collection[int] = ()) -> Timeline:
    """The timeline of one flow; ``durations`` are those of its rows, in order, ``merged`` the rows whose time
    is one with that of the row above."""
    chart = process.chart
    if len(durations) != len(chart.rows):
        raise ValueError(f"{len(durations)} durations for {len(chart.rows)} rows")
    timed = list[int]()
    for row in range(len(durations)):
        timed.append(timed[-1] if row in merged and timed else row)
    ways = _Ways(process, timed)
    families = tuple(
        _family(ways, family, durations)
        for family in Family
        if any(span.family is family for duration in durations for span in duration.spans)
    )
    rows = {node.id: node.row for node in chart.nodes}
    choices = {
        rows[part.id]
        for part in process.parts
        if part.kind in (ElementKind.EXCLUSIVE, ElementKind.INCLUSIVE) and len(ways.outs[part.id]) > 1
    }
    return Timeline(
        families,
        tuple(_actors(process, durations, timed)),
        tuple(
            row
            for row, duration in enumerate(durations)
            if duration.kind is not DurationKind.KNOWN and timed[row] == row
        ),
        tuple(dict.fromkeys((rows[edge.source], rows[edge.target]) for edge in ways.back)),
        tuple(sorted(choices)),
        tuple(dict.fromkeys(duration.per for duration in durations if duration.per)),
    )


class _Ways:
    """A process without its returns: an acyclic graph in topological order, and the returns apart. Costs are
    whole numbers, of whatever part of the family's unit makes them so. ``timed`` are the rows that hold the
    time of each row."""

    def __init__(self, process: Process, timed: Sequence[int]) -> None:
        self.chart: Chart = process.chart
        self.row = {node.id: timed[node.row] for node in self.chart.nodes}
        self.kind = {part.id: part.kind for part in process.parts}
        self.outs: dict[str, list[Edge]] = {node.id: [] for node in self.chart.nodes}
        for edge in self.chart.edges:
            self.outs[edge.source].append(edge)
        self.order, self.back = self._sort()
        gone = set(self.back)
        self.on = {id: [e for e in edges if e not in gone] for id, edges in self.outs.items()}
        self.starts = [id for id in self.order if self.kind[id] is ElementKind.START]

    def _sort(self) -> tuple[list[str], list[Edge]]:
        """Nodes so that every way on leads forward, and the edges that lead back into a way begun, found by
        depth first search along the main ways first."""
        done: list[str] = []
        back: list[Edge] = []
        state: dict[str, int] = {}
        ids = [node.id for node in self.chart.nodes]
        for root in sorted(ids, key=lambda id: self.kind[id] is not ElementKind.START):
            if root in state:
                continue
            stack = [(root, iter(self._ranked(root)))]
            state[root] = 1
            while stack:
                node, edges = stack[-1]
                edge = next(edges, None)
                if edge is None:
                    state[node] = 2
                    done.append(node)
                    stack.pop()
                elif edge.target not in state:
                    state[edge.target] = 1
                    stack.append((edge.target, iter(self._ranked(edge.target))))
                elif state[edge.target] == 1:
                    back.append(edge)
        return done[::-1], back

    def _ranked(self, node: str) -> list[Edge]:
        return sorted(self.outs[node], key=lambda edge: not edge.main)

    def into(self, cost: Sequence[int], edge: Edge) -> int:
        """What a way costs: the target's row, unless the flow is in it already."""
        row = self.row[edge.target]
        return cost[row] if row != self.row[edge.source] else 0

    def from_start(self, cost: Sequence[int], longest: bool) -> dict[str, int]:
        """Least or greatest cost from a start to the end of each node's row."""
        found = {id: cost[self.row[id]] for id in self.starts}
        for id in self.order:
            if id not in found:
                continue
            for edge in self.on[id]:
                reached = found[id] + self.into(cost, edge)
                known = found.get(edge.target)
                if known is None or (reached > known if longest else reached < known):
                    found[edge.target] = reached
        return found

    def to_end(
        self, cost: Sequence[int], longest: bool, extra: Mapping[str, int] | None = None
    ) -> dict[str, int]:
        """Cost from each node to an end, its own row left out: of the longest or the shortest way on;
        where several are taken together, of the longest of them. ``extra`` is what a node costs besides."""
        found: dict[str, int] = {}
        for id in reversed(self.order):
            more = extra.get(id, 0) if extra else 0
            if self.kind[id] is ElementKind.END:
                found[id] = more
                continue
            taken: dict[str, list[int]] = {}  # ways that are all gone along together
            for number, edge in enumerate(self.on[id]):
                if edge.target in found:
                    key = self._together(id, edge, number)
                    taken.setdefault(key, []).append(self.into(cost, edge) + found[edge.target])
            if taken:
                found[id] = (max if longest else min)(max(ways) for ways in taken.values()) + more
        return found

    def _together(self, node: str, edge: Edge, number: int) -> str:
        """Ways out of a parallel gateway, or of one label, go on together; any other is taken alone."""
        if self.kind[node] is ElementKind.PARALLEL:
            return ""
        return f"={edge.label}" if edge.label else f"{number}"

    def away(self, cost: Sequence[int], start: str, through: set[str] | None = None) -> dict[str, int]:
        """Longest cost from a node on to every node, its own row left out; ``through`` are the nodes that may
        be passed."""
        found = {start: 0}
        for id in self.order:
            if id in found:
                for edge in self.on[id]:
                    if through is None or edge.target in through:
                        reached = found[id] + self.into(cost, edge)
                        found[edge.target] = max(found.get(edge.target, reached), reached)
        return found

    def loops(self, cost: Sequence[int]) -> dict[str, int]:
        """What the returns add, each taken once, at the node from which the flow turns back: the longest way
        from the return's target to that node again. A step that only leads back ("memperbaiki") is part of
        its return."""
        if not self.back:
            return {}
        alive = set(self.to_end(cost, longest=True))
        dead = {id for id in self.order if id not in alive}
        aside = {id: self.away(cost, id, dead) for id in self.order if id in alive}
        added: dict[str, int] = {}
        for edge in self.back:
            again = self.away(cost, edge.target)
            first = cost[self.row[edge.target]]
            if edge.target in dead:
                longer = first + again.get(edge.source, 0)
                ways = {id: longer for id, to in aside.items() if edge.source in to}
            else:
                ways = {
                    id: to[edge.source] + (first + again[id] if id in again else 0)
                    for id, to in aside.items()
                    if edge.source in to
                }
            if ways:
                node = max(ways, key=lambda id: ways[id])
                added[node] = added.get(node, 0) + ways[node]
        return added


def _family(ways: _Ways, family: Family, durations: Sequence[Duration]) -> FamilyTime:
    spans = [[span for span in duration.spans if span.family is family] for duration in durations]
    parts = lcm(*(value.denominator for found in spans for span in found for value in (span.low, span.high)))
    low = [sum(int(span.low * parts) for span in found) for found in spans]
    high = [sum(int(span.high * parts) for span in found) for found in spans]
    best = _whole(ways, ways.to_end(low, longest=False), low, shortest=True)
    forward = _whole(ways, ways.to_end(high, longest=True), high)
    worst = _whole(ways, ways.to_end(high, longest=True, extra=ways.loops(high)), high)
    first, last = ways.from_start(low, longest=False), ways.from_start(high, longest=True)
    reached: dict[int, list[str]] = {}
    for node in ways.chart.nodes:
        if node.id in first:
            reached.setdefault(node.row, []).append(node.id)
    rows = []
    for row, found in enumerate(spans):
        here = reached.get(row)
        if found and here:
            earliest, latest = min(first[id] for id in here) - low[row], max(last[id] for id in here)
            times = (Fraction(value, parts) for value in (low[row], high[row], earliest, latest))
            rows.append(RowTime(row, *times))
    returns = Fraction(worst - forward, parts)
    return FamilyTime(family, Fraction(best, parts), Fraction(forward, parts), returns, tuple(rows))


def _whole(ways: _Ways, rest: Mapping[str, int], cost: Sequence[int], shortest: bool = False) -> int:
    """From the best or the worst start to the end."""
    totals = [cost[ways.row[id]] + rest[id] for id in ways.starts if id in rest]
    return (min if shortest else max)(totals, default=0)


def _actors(process: Process, durations: Sequence[Duration], timed: Sequence[int]) -> list[ActorTime]:
    chart = process.chart
    works = [
        node
        for node, part in zip(chart.nodes, process.parts, strict=True)
        if part.carries or (part.id == part.node and part.kind in _WORK)
    ]
    found = []
    for lane in range(len(chart.lanes)):
        rows = sorted({node.row for node in works if node.lane == lane})
        shared = {node.row for node in works if node.lane != lane}
        total = sum_durations(durations[row] for row in sorted({timed[row] for row in rows}))
        found.append(ActorTime(lane, tuple(rows), tuple(row for row in rows if row in shared), total))
    return found


_WORK = (ElementKind.EXCLUSIVE, ElementKind.INCLUSIVE)
"""A choice beside the box of its row is work too: somebody looks at what the other did."""
