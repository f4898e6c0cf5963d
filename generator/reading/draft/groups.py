"""The symbols of a chart as read → what the data writes as one symbol each, in the order of their rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.reading.drawn.symbols import BEGIN, END
from generator.reading.understood import Chart, Symbol

CAPSULES = ("start", "end")


class Group(Struct, frozen=True):
    """Joint symbols of one row as one; ``outs`` are the ways out of it, each (label, group, symbols of the
    arrow as read). ``dead``: nothing leaves it; ``lone``: nothing comes to it."""

    members: tuple[Symbol, ...]
    outs: tuple[tuple[str, int, tuple[str, str]], ...] = ()
    dead: bool = False
    lone: bool = False

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
    home = {id: n for n, some in enumerate(sets) for id in (s.id for s in some)}
    outs: list[dict[tuple[str, int], tuple[str, str]]] = [{} for _ in sets]
    entered = set()
    for edge in chart.edges:
        if edge.source in home and edge.target in home:
            source, target = home[edge.source], home[edge.target]
            outs[source].setdefault((edge.label.strip(), target), (edge.source, edge.target))
            entered.add(target)
    order = _ordered(sets, outs, entered)
    place = {n: k for k, n in enumerate(order)}
    found = [
        Group(
            tuple(sets[n]),
            tuple((label, place[target], arrow) for (label, target), arrow in outs[n].items()),
            not outs[n],
            n not in entered,
        )
        for n in order
    ]
    return found, apart


def _joined(chart: Chart) -> tuple[list[list[Symbol]], list[tuple[str, str]]]:
    """Symbols that stand for one: joint, of one row and kind, each of another actor."""
    known = {symbol.id: symbol for symbol in chart.symbols}
    sets = {symbol.id: [symbol] for symbol in chart.symbols}
    apart = []
    for a, b in chart.joint:
        one, two = sets.get(a), sets.get(b)
        if one is None or two is None or one is two:
            continue
        alike = (known[a].row, known[a].kind) == (known[b].row, known[b].kind)
        if not alike or {s.actor for s in one} & {s.actor for s in two}:
            apart.append((a, b))
            continue
        one += two
        for symbol in two:
            sets[symbol.id] = one
    found: dict[int, list[Symbol]] = {}
    for symbol in chart.symbols:
        found.setdefault(id(sets[symbol.id]), sets[symbol.id])
    for some in found.values():
        some.sort(key=lambda s: s.actor)
    return list(found.values()), apart


def _ordered(
    sets: Sequence[Sequence[Symbol]], outs: Sequence[Iterable[tuple[str, int]]], entered: set[int]
) -> list[int]:
    """Row by row; in one cell from the top; else what begins first and what ends last, along the arrows."""
    found: list[int] = []
    rows: dict[int, list[int]] = {}
    for n, some in enumerate(sets):
        rows.setdefault(some[0].row, []).append(n)
    for row in sorted(rows):
        left = sorted(rows[row], key=lambda n: (sets[n][0].place.page, _top(sets[n]), sets[n][0].actor))
        while left:
            free = [n for n in left if not _below(n, left, sets)]
            into = {target for n in left for _, target in outs[n]}
            best = min(
                free,
                key=lambda n: (
                    n in entered,
                    sets[n][0].kind == "end",
                    not outs[n],
                    n in into,
                    left.index(n),
                ),
            )
            found.append(best)
            left.remove(best)
    return found


def _top(some: Sequence[Symbol]) -> float:
    return min(symbol.place.box.top for symbol in some)


def _below(n: int, others: Sequence[int], sets: Sequence[Sequence[Symbol]]) -> bool:
    """Whether another symbol stands above this one in one of its cells."""
    own = {symbol.actor: _height(symbol) for symbol in sets[n]}
    return any(
        symbol.actor in own and _height(symbol) < own[symbol.actor]
        for other in others
        if other != n
        for symbol in sets[other]
    )


def _height(symbol: Symbol) -> tuple[int, float]:
    return symbol.place.page, symbol.place.box.centre[1]
