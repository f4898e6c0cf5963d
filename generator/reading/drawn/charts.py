"""The parts of one flowchart, page by page → one ``Chart``: symbols numbered, lines over pages paired,
starts and ends told, joint actors gathered, doubts collected."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.reading.drawn.doubts import capsule_doubts, cell_doubts, flow_doubts
from generator.reading.drawn.labels import Labelled
from generator.reading.drawn.symbols import BEGIN, END, FoundSymbol
from generator.reading.drawn.wires import Net
from generator.reading.grid.table import Table
from generator.reading.seen import Page, Point
from generator.reading.understood import Chart, Doubt, Edge, Place, Symbol


class ChartPart(Struct, frozen=True):
    """What one page holds of a flowchart."""

    table: Table
    shapes: tuple[FoundSymbol, ...]
    net: Net
    labels: Labelled
    page: Page
    title: str = ""
    doubts: tuple[tuple[int, str, Doubt], ...] = ()
    """What is doubtful in its rows: row (-1 for none), field, and what is to be said."""
    notes: tuple[str, ...] = ()


class _Arrow(Struct, frozen=True):
    """A link between symbols counted over all pages."""

    source: int
    target: int
    label: str
    points: tuple[Point, ...]
    page: int
    headless: bool
    doubt: str


class _Node(Struct, frozen=True):
    """A shape with its row over all pages."""

    shape: FoundSymbol
    row: int
    page: int


def chart(parts: Sequence[ChartPart]) -> Chart:
    """One chart of its parts."""
    first = next((p for p in parts if p.table.head), parts[0])
    actors = first.table.actors()
    rows = tuple(row for part in parts for row in part.table.rows)
    nodes, arrows, pairs, doubts = _counted(parts)
    arrows, more = _over_pages(nodes, arrows)
    doubts += more
    kinds = _kinds(nodes, arrows, pairs, len(rows))
    symbols, ids, joint = _symbols(nodes, kinds)
    edges = tuple(
        Edge(ids[a.source][0], ids[a.target][0], a.label, a.points, a.page, a.headless)
        for a in arrows
        if ids[a.source] and ids[a.target]
    )
    joint += [(ids[a][0], ids[b][0]) for a, b in pairs if ids[a] and ids[b]]
    doubts += [
        Doubt(f"{ids[a.source][0]}>{ids[a.target][0]}", a.doubt, _place(nodes[a.target]))
        for a in arrows
        if a.doubt and ids[a.source] and ids[a.target]
    ]
    told = [Doubt(_about(d.about, ids), d.said, d.place, d.else_) for d in doubts]
    marks = not arrows and any(part.table.signs and not part.page.outlines for part in parts)
    told += _shape_doubts(nodes, ids) + cell_doubts([part.table for part in parts]) + _row_doubts(parts)
    if nodes and not marks:
        told += capsule_doubts(symbols, edges) + flow_doubts(symbols, edges, joint)
    return Chart(
        title=first.title,
        actors=tuple(c.heading for c in actors),
        rows=rows,
        symbols=symbols,
        edges=edges,
        joint=tuple(dict.fromkeys((min(pair), max(pair)) for pair in joint)),
        headings={c.kind: c.heading for c in first.table.columns if c.kind not in ("actor", "")}
        | first.table.groups,
        groups=tuple(c.group for c in actors),
        doubts=tuple(dict.fromkeys(told)),
        notes=tuple(note for part in parts for note in part.notes),
        marks=marks,
    )


def _row_doubts(parts: Sequence[ChartPart]) -> list[Doubt]:
    """The doubts of rows and cells, by row over all pages."""
    found, base = [], 0
    for part in parts:
        for row, field, doubt in part.doubts:
            about = f"{base + row}:{field}" if row >= 0 else field
            found.append(Doubt(about, doubt.said, doubt.place, doubt.else_))
        base += len(part.table.rows)
    return found


def _about(about: str, ids: Sequence[Sequence[str]]) -> str:
    """The id of what a doubt is about; "#3" is the third shape."""
    if about.startswith("#"):
        own = ids[int(about[1:])]
        return own[0] if own else "halaman"
    return about


def _counted(
    parts: Sequence[ChartPart],
) -> tuple[list[_Node], list[_Arrow], list[tuple[int, int]], list[Doubt]]:
    """Shapes and links of all parts, counted on."""
    nodes: list[_Node] = []
    arrows: list[_Arrow] = []
    pairs: list[tuple[int, int]] = []
    doubts: list[Doubt] = []
    rows = 0
    for part in parts:
        base = len(nodes)
        number = part.table.page
        nodes += [_Node(shape, rows + shape.row, number) for shape in part.shapes]
        for n, link in enumerate(part.net.links):
            said = link.doubt or part.labels.unsure.get(n, "")
            label = part.labels.of.get(n, "")
            arrows.append(
                _Arrow(
                    base + link.source, base + link.target, label, link.points, number, link.headless, said
                )
            )
        pairs += [(base + a, base + b) for a, b in part.net.pairs]
        doubts += [Doubt(f"#{base + n}", said, _place(nodes[base + n])) for n, said in part.net.loose]
        for rest in part.labels.rest:
            said = f"teks '{rest.text}' bukan milik garis mana pun"
            doubts.append(Doubt("label", said, Place(number, rest.box)))
        rows += len(part.table.rows)
    return nodes, arrows, pairs, doubts


def _place(node: _Node) -> Place:
    return Place(node.page, node.shape.outline.box, node.shape.outline.place)


def _over_pages(nodes: Sequence[_Node], arrows: Sequence[_Arrow]) -> tuple[list[_Arrow], list[Doubt]]:
    """Arrows that leave a page by an off-page connector put together with those that come in by its like,
    over as many pages as they run. A half without a head goes the way that another half shows."""
    off = {n for n, node in enumerate(nodes) if node.shape.kind == "offpage"}
    kept = [a for a in arrows if a.source not in off and a.target not in off]
    doubts: list[Doubt] = []
    said: dict[int, str] = {}
    near: dict[int, set[int]] = {n: set() for n in off}
    for n in sorted(off):
        open_ = [m for m in sorted(off) if m not in said and m != n]
        if n not in said and (found := _match(n, open_, nodes, arrows)):
            said[n] = said[found[0]] = found[1]
            near[n].add(found[0])
            near[found[0]].add(n)
    for arrow in arrows:
        if arrow.source in off and arrow.target in off:  # a line that only passes a page
            near[arrow.source].add(arrow.target)
            near[arrow.target].add(arrow.source)
    for group in _groups(near):
        halves = [a for a in arrows if (a.source in group) != (a.target in group)]
        made = _through(group, halves, nodes, next((said[n] for n in group if said.get(n)), ""))
        kept += made
        if not made:
            told = "penghubung halaman ini tidak punya pasangan; garisnya tidak bersambung"
            ends = sorted({a.source if a.target in group else a.target for a in halves})
            doubts += [Doubt(f"#{end}", told, _place(nodes[group[0]])) for end in ends]
    return kept, doubts


def _groups(near: dict[int, set[int]]) -> list[list[int]]:
    """Connectors that hang together."""
    left = set(near)
    found = []
    while left:
        group, todo = [], [min(left)]
        while todo:
            n = todo.pop()
            if n in left:
                left.remove(n)
                group.append(n)
                todo += sorted(near[n])
        found.append(group)
    return found


def _through(
    group: Sequence[int], halves: Sequence[_Arrow], nodes: Sequence[_Node], said: str
) -> list[_Arrow]:
    """The arrows that the halves at one group of connectors make together."""
    ins = [a for a in halves if a.target in group and not a.headless]
    outs = [a for a in halves if a.source in group and not a.headless]
    free = [a for a in halves if a.headless]
    if outs:
        ins += free
    elif ins:
        outs = free
    elif len(free) > 1:
        free = sorted(free, key=lambda a: a.page)
        ins, outs = free[:1], free[1:]
        said = said or "arah garis antarhalaman tidak bertanda; diduga maju"
    found = []
    for a in ins:
        for b in outs:
            source = a.source if a.target in group else a.target
            target = b.target if b.source in group else b.source
            told = a.doubt or b.doubt or said
            found.append(_Arrow(source, target, a.label or b.label, a.points, a.page, False, told))
    return found


def _match(
    n: int, others: Sequence[int], nodes: Sequence[_Node], arrows: Sequence[_Arrow]
) -> tuple[int, str] | None:
    """The off-page connector at which a line comes in again: of the same sign, or else of the same column on
    the next page."""
    sign = nodes[n].shape.text.strip().casefold()
    if sign:
        same = [m for m in others if nodes[m].shape.text.strip().casefold() == sign]
        if same:
            return min(same, key=lambda m: (abs(nodes[m].page - nodes[n].page - 1), m)), ""
    ways = _ways_of(n, arrows)
    fitting = [
        m
        for m in others
        if nodes[m].page == nodes[n].page + 1
        and (not sign or not nodes[m].shape.text.strip())
        and not (ways and ways == _ways_of(m, arrows) and len(ways) == 1)
    ]
    if not fitting:
        return None
    column = nodes[n].shape.actors[0]
    best = min(fitting, key=lambda m: (abs(nodes[m].shape.actors[0] - column), m))
    alone = len(fitting) == 1 or nodes[best].shape.actors[0] == column
    return best, "" if alone else "penghubung halaman dipasangkan menurut kolomnya"


def _ways_of(n: int, arrows: Sequence[_Arrow]) -> set[str]:
    """Whether arrows come to a connector or leave it."""
    into = any(a.target == n and not a.headless for a in arrows)
    out = any(a.source == n and not a.headless for a in arrows)
    return {way for way, is_so in (("in", into), ("out", out)) if is_so}


def _kinds(
    nodes: Sequence[_Node], arrows: Sequence[_Arrow], pairs: Sequence[tuple[int, int]], rows: int
) -> list[str]:
    """Start or end for each terminator: by its word, by its lines or those of its mates, or by where it
    stands."""
    found = []
    mates = {n: {n} for n in range(len(nodes))}
    for a, b in pairs:
        mates |= dict.fromkeys(team := mates[a] | mates[b], team)
    for n, node in enumerate(nodes):
        kind = node.shape.kind
        if kind == "terminator":
            said = node.shape.text.strip().casefold()
            leaves = any(a.source in mates[n] for a in arrows)
            comes = any(a.target in mates[n] for a in arrows)
            if any(said.startswith(word) for word in END):
                kind = "end"
            elif any(said.startswith(word) for word in BEGIN):
                kind = "start"
            elif leaves != comes:
                kind = "start" if leaves else "end"
            else:
                kind = "start" if node.row == 0 and (rows > 1 or leaves) else "end"
                if 0 < node.row < rows - 1 and leaves and comes:
                    kind = "end" if _before(n, arrows, nodes) else "start"
        found.append(kind)
    return found


def _before(n: int, arrows: Sequence[_Arrow], nodes: Sequence[_Node]) -> bool:
    """Whether a terminator in the middle is come to from above more than left."""
    comes = sum(a.target == n and nodes[a.source].row < nodes[n].row for a in arrows)
    leaves = sum(a.source == n and nodes[a.target].row > nodes[n].row for a in arrows)
    return comes > leaves


def _symbols(
    nodes: Sequence[_Node], kinds: Sequence[str]
) -> tuple[tuple[Symbol, ...], list[list[str]], list[tuple[str, str]]]:
    """Symbols with ids; one drawn over several actors is one for each of them, joined."""
    found: list[Symbol] = []
    ids: list[list[str]] = []
    joint: list[tuple[str, str]] = []
    for node, kind in zip(nodes, kinds, strict=True):
        own: list[str] = []
        if kind != "offpage":
            for actor in node.shape.actors:
                own.append(f"s{len(found) + 1}")
                outline = node.shape.outline
                found.append(
                    Symbol(
                        own[-1],
                        node.row,
                        actor,
                        kind,
                        _place(node),
                        " ".join(node.shape.text.split()),
                        outline.name,
                        outline.description,
                    )
                )
            joint += [(own[0], other) for other in own[1:]]
        ids.append(own)
    return tuple(found), ids, joint


def _shape_doubts(nodes: Sequence[_Node], ids: Sequence[Sequence[str]]) -> list[Doubt]:
    found = []
    for node, own in zip(nodes, ids, strict=True):
        for id in own:
            if node.shape.doubt:
                found.append(Doubt(id, node.shape.doubt, _place(node)))
    return found
