"""The symbols of a chart as read → what the data writes as one symbol each, in the order of their rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct

from generator.reading.drawn.symbols import BEGIN, END
from generator.reading.understood import Chart, Symbol

CAPSULES = ("start", "end")


class Group(Struct, frozen=True):
    """Joint symbols of one row and kind as one; ``outs`` are the ways out of it, each (label, group, symbols
    of the arrow as read). ``joined``: a joint line joins it with the group before it, of another kind.
    ``dead``: nothing leaves it or those that are joined with it."""

    members: tuple[Symbol, ...]
    outs: tuple[tuple[str, int, tuple[str, str]], ...] = ()
    joined: bool = False
    dead: bool = False

    @property
    def kind(self) -> str:
        return self.members[0].kind

    @property
    def row(self) -> int:
        return self.members[0].row

    @property
    def actors(self) -> tuple[int, ...]:
        return tuple(sorted(member.actor for member in self.members))

    @property
    def text(self) -> str:
        """What stands in it; the word of a capsule that only says start or end is its meaning."""
        said = next((member.text for member in self.members if member.text), "")
        word = said.strip().casefold()
        return "" if self.kind in CAPSULES and word in (*BEGIN, *END) else said


def groups(chart: Chart) -> tuple[list[Group], list[tuple[str, str]]]:
    """The groups of a chart in order, and joint pairs that the data cannot join."""
    sets, apart = _joined(chart)
    teams, apart = _teams(sets, apart)
    home = {id: n for n, some in enumerate(sets) for id in (s.id for s in some)}
    outs: list[dict[tuple[str, int, tuple[str, str]], None]] = [{} for _ in sets]
    entered = set()
    for edge in chart.edges:
        if edge.source in home and edge.target in home:
            source, target = home[edge.source], home[edge.target]
            outs[source].setdefault((edge.label.strip(), target, (edge.source, edge.target)))
            entered.add(target)
    order = _ordered(sets, teams, outs, entered)
    place = {n: k for k, n in enumerate(order)}
    first = {team[0] for team in teams}
    dead = {n for team in teams if not any(outs[n] for n in team) for n in team}
    found = [
        Group(
            tuple(sets[n]),
            tuple((label, place[target], arrow) for label, target, arrow in outs[n]),
            n not in first,
            n in dead,
        )
        for n in order
    ]
    return found, apart


def _joined(chart: Chart) -> tuple[list[list[Symbol]], list[tuple[str, str]]]:
    """Symbols that stand for one: joint, of one row and kind, each of another actor; and the other pairs."""
    known = {symbol.id: symbol for symbol in chart.symbols}
    sets = {symbol.id: [symbol] for symbol in chart.symbols}
    others = []
    for a, b in chart.joint:
        one, two = sets.get(a), sets.get(b)
        if one is None or two is None or one is two:
            continue
        alike = (known[a].row, known[a].kind) == (known[b].row, known[b].kind)
        if not alike or {s.actor for s in one} & {s.actor for s in two}:
            others.append((a, b))
            continue
        one += two
        for symbol in two:
            sets[symbol.id] = one
    found: dict[int, list[Symbol]] = {}
    for symbol in chart.symbols:
        found.setdefault(id(sets[symbol.id]), sets[symbol.id])
    for some in found.values():
        some.sort(key=lambda s: s.actor)
    return list(found.values()), others


def _teams(
    sets: Sequence[Sequence[Symbol]], pairs: Sequence[tuple[str, str]]
) -> tuple[list[list[int]], list[tuple[str, str]]]:
    """Sets that are joint though of another kind, by the leftmost; and the pairs that cannot be joined."""
    home = {symbol.id: n for n, some in enumerate(sets) for symbol in some}
    teams = {n: [n] for n in range(len(sets))}
    apart = []
    for a, b in pairs:
        one, two = teams[home[a]], teams[home[b]]
        if one is two:
            continue
        actors = [{symbol.actor for n in team for symbol in sets[n]} for team in (one, two)]
        if sets[home[a]][0].row != sets[home[b]][0].row or actors[0] & actors[1]:
            apart.append((a, b))
            continue
        one += two
        for n in two:
            teams[n] = one
    found = {id(team): sorted(team, key=lambda n: sets[n][0].actor) for team in teams.values()}
    return list(found.values()), apart


def _ordered(
    sets: Sequence[Sequence[Symbol]],
    teams: Sequence[Sequence[int]],
    outs: Sequence[Collection[tuple[str, int, tuple[str, str]]]],
    entered: set[int],
) -> list[int]:
    """Row by row; in one cell from the top; else what begins first and what ends last, along the arrows."""
    found: list[int] = []
    rows: dict[int, list[Sequence[int]]] = {}
    for team in teams:
        rows.setdefault(sets[team[0]][0].row, []).append(team)
    for row in sorted(rows):
        left = sorted(rows[row], key=lambda team: min(_place(sets[n]) for n in team))
        while left:
            free = [team for team in left if not any(_below(n, left, team, sets) for n in team)]
            into = {target for team in left for n in team for _, target, _ in outs[n]}
            best = min(
                free or left,
                key=lambda team: (
                    any(n in entered for n in team),
                    any(sets[n][0].kind == "end" for n in team),
                    not any(outs[n] for n in team),
                    any(n in into for n in team),
                    left.index(team),
                ),
            )
            found += best
            left.remove(best)
    return found


def _place(some: Sequence[Symbol]) -> tuple[int, float, int]:
    return some[0].place.page, _top(some), some[0].actor


def _top(some: Sequence[Symbol]) -> float:
    return min(symbol.place.box.top for symbol in some)


def _below(
    n: int, teams: Sequence[Sequence[int]], own: Sequence[int], sets: Sequence[Sequence[Symbol]]
) -> bool:
    """Whether a symbol of another team stands above this one in one of its cells."""
    heights = {symbol.actor: _height(symbol) for symbol in sets[n]}
    return any(
        symbol.actor in heights and _height(symbol) < heights[symbol.actor]
        for team in teams
        if team is not own
        for other in team
        for symbol in sets[other]
    )


def _height(symbol: Symbol) -> tuple[int, float]:
    return symbol.place.page, symbol.place.box.centre[1]
