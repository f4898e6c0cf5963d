"""Alur + Chart → the steps in words, from the same edges as the drawing.

For readers who do not see the drawing (screen readers, small screens, search). A sentence is a row of
phrases; a phrase may point at a step, an actor or an SOP, and says which edge of the chart it tells, so
that words and drawing can be held to the same edges.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from generator.flow.chart import Chart, Edge, Node, capsules, teams
from generator.form.symbols import Shape
from generator.model.sop import Alur

_LONGEST = 60
"""Letters of a step's text by which an unnumbered step is named."""


class Phrase(NamedTuple):
    """A piece of a sentence. ``row`` is the step it points at, ``sop`` the slug of an SOP, ``edge`` the
    arrow (source, target) of the chart that it tells."""

    text: str
    row: int | None = None
    sop: str | None = None
    edge: tuple[str, str] | None = None


Sentence = tuple[Phrase, ...]


class StepWords(Struct, frozen=True):
    """One step: its row, the name it goes by ("Langkah 3"), the headings of its actors, how they share it
    ("bersama", "berurutan" or ""), the question in its diamond, and what leads where."""

    row: int
    name: str
    actors: tuple[str, ...]
    sharing: str
    question: str
    sentences: tuple[Sentence, ...]

    def edges(self) -> set[tuple[str, str]]:
        """The arrows of the chart that this step tells."""
        return {phrase.edge for sentence in self.sentences for phrase in sentence if phrase.edge}


def steps_in_words(alur: Alur, chart: Chart, sop_names: Mapping[str, str]) -> tuple[StepWords, ...]:
    """Every step of a table; ``sop_names`` gives the names of the SOPs that may be named, by slug."""
    teller = _Teller(alur, chart, sop_names)
    return tuple(teller.step(row) for row in range(len(chart.rows)))


def step_names(alur: Alur, chart: Chart) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Of every step the name it goes by and the headings of its actors, as ``steps_in_words`` has them."""
    teller = _Teller(alur, chart, {})
    return tuple((teller.name(row), teller.actors(row)) for row in range(len(chart.rows)))


def plain(sentence: Sentence) -> str:
    """The sentence as plain text."""
    return "".join(phrase.text for phrase in sentence)


def listed(words: Sequence[str], last: str = "dan") -> str:
    """Words as a list in a sentence: "a", "a dan b", "a, b, dan c"."""
    if len(words) < 3:
        return f" {last} ".join(words)
    return f"{', '.join(words[:-1])}, {last} {words[-1]}"


class _Teller:
    """The chart, indexed for telling."""

    def __init__(self, alur: Alur, chart: Chart, sop_names: Mapping[str, str]) -> None:
        self.alur, self.chart, self.sop_names = alur, chart, sop_names
        self.nodes = {node.id: node for node in chart.nodes}
        self.order = {node.id: place for place, node in enumerate(chart.nodes)}
        self.out: dict[str, list[Edge]] = {node.id: [] for node in chart.nodes}
        self.into: dict[str, list[Edge]] = {node.id: [] for node in chart.nodes}
        for edge in chart.edges:
            self.out[edge.source].append(edge)
            self.into[edge.target].append(edge)
        self.rows: dict[int, list[Node]] = {row: [] for row in range(len(chart.rows))}
        for node in chart.nodes:
            self.rows[node.row].append(node)
        self.joint = teams(chart)
        self.headings = {lane.id: lane.heading for lane in chart.lanes}
        self.capsules = capsules(chart)

    def step(self, row: int) -> StepWords:
        actors = self.actors(row)
        return StepWords(
            row=row,
            name=self.name(row),
            actors=actors,
            sharing=self._sharing(row, len(actors)),
            question=", ".join(dict.fromkeys(node.text for node in self._own(row) if node.text)),
            sentences=tuple(self._sentences(row)),
        )

    def name(self, row: int) -> str:
        return _capital(self._name(row))

    def actors(self, row: int) -> tuple[str, ...]:
        """Headings of those who do the step, as the data names them, else as the symbols stand."""
        ids = self.alur.kegiatan[row].pelaksana or tuple(
            dict.fromkeys(self.chart.lanes[node.lane].id for node in self._own(row))
        )
        return tuple(self.headings.get(id, id) for id in ids)

    def _own(self, row: int) -> list[Node]:
        return [node for node in self.rows[row] if not self._is_capsule(node)]

    def _sharing(self, row: int, actors: int) -> str:
        if actors < 2:
            return ""
        nodes = {node.id for node in self.rows[row]}
        if any(pair.left in nodes for pair in self.chart.pairs):
            return "bersama"
        ordered = self.alur.kegiatan[row].hubungan.value == "panah"
        return "berurutan" if ordered else ""

    def _sentences(self, row: int) -> Iterable[Sentence]:
        """What happens before, inside and after the step, in the order of its symbols."""
        if self.alur.kegiatan[row].sop:
            yield self._carried_out(self.alur.kegiatan[row].sop)
        nodes = self.rows[row]
        speakers = [node for node in nodes if self.out[node.id] and not self._starts(node)]
        for node in nodes:
            if self._starts(node):
                yield from self._start(node)
                if self._is_capsule(node):
                    continue
            if not self._is_capsule(node) and node.sop and node.sop != self.alur.kegiatan[row].sop:
                yield self._carried_out(node.sop)
            ways = self.out[node.id]
            if ways:
                yield self._ways(node, ways, several=len(speakers) > 1)
            elif node.shape is Shape.TERMINATOR and not self._is_capsule(node) and not self._leads(node):
                yield (Phrase("Alur selesai di sini."),)

    def _carried_out(self, slug: str | None) -> Sentence:
        name = self.sop_names.get(slug or "")
        return (
            (Phrase("Dikerjakan menurut "), Phrase(f"SOP {name}", sop=slug), Phrase("."))
            if name
            else (Phrase("Dikerjakan menurut SOP lain."),)
        )

    def _start(self, node: Node) -> Iterable[Sentence]:
        """ "Alur dimulai di sini." A capsule above its own box needs no more; another says where it leads."""
        ways = self.out[node.id]
        if self._is_capsule(node) and len(ways) == 1 and self.nodes[ways[0].target].row == node.row:
            edge = (ways[0].source, ways[0].target)
            several = sum(not self._is_capsule(other) for other in self.rows[node.row]) > 1
            who = f" oleh {self._actors(self.nodes[edge[1]])}" if several else ""
            label = f" ({ways[0].label})" if ways[0].label else ""
            yield (Phrase(f"Alur dimulai di sini{who}{label}.", edge=edge),)
            return
        yield (Phrase("Alur dimulai di sini."),)
        if self._is_capsule(node) and ways:
            yield self._ways(node, ways, several=False)

    def _ways(self, node: Node, ways: Sequence[Edge], several: bool) -> Sentence:
        """ "Lalu ke langkah 4 (Kabid)." or "Jika Ya ke langkah 5 (Kabid), jika Tidak kembali ke …"."""
        ways = sorted(ways, key=lambda way: not way.main)
        phrases: list[Phrase] = []
        if several:
            phrases.append(Phrase(f"Dari {self._own_name(node)}: "))
        for place, way in enumerate(ways):
            if place:
                phrases.append(Phrase(", dan " if place == len(ways) - 1 and not way.label else ", "))
            lead = f"jika {way.label} " if way.label else "lalu " if place == 0 else ""
            if not phrases:
                lead = _capital(lead)
            phrases += self._way(node, way, lead)
        return (*phrases, Phrase("."))

    def _way(self, node: Node, way: Edge, lead: str) -> list[Phrase]:
        target, edge = self.nodes[way.target], (way.source, way.target)
        if self._is_capsule(target) and not self.out[target.id]:
            return self._to_end(target, lead, edge)
        if target.row != node.row:
            back = "kembali " if target.row < node.row else ""
            name = f"{self._name(target.row)} ({self._actors(target)})"
            return [Phrase(f"{lead}{back}ke "), Phrase(name, row=target.row, edge=edge)]
        back = "kembali " if self.order[target.id] < self.order[node.id] else ""
        kind = "keputusan" if target.shape is Shape.DECISION else "bagian"
        who = self._actors(target)
        who = self._heading(target) if who == self._actors(node) else who
        return [Phrase(f"{lead}{back}ke {kind} {who} pada langkah ini", edge=edge)]

    def _to_end(self, target: Node, lead: str, edge: tuple[str, str]) -> list[Phrase]:
        name = self.sop_names.get(target.sop or "")
        if name:
            onward = "dilanjutkan dengan" if "/" in (target.sop or "") else "ke"
            return [Phrase(f"{lead}{onward} "), Phrase(f"SOP {name}", sop=target.sop, edge=edge)]
        if target.text:
            return [Phrase(f"{lead}ke {target.text}", edge=edge)]
        if target.loose:
            return [Phrase(f"{lead}naskah tidak menyebut lanjutannya", edge=edge)]
        alone = lead == "Lalu "
        return [Phrase("Alur selesai di sini" if alone else f"{lead}selesai", edge=edge)]

    def _is_capsule(self, node: Node) -> bool:
        """A capsule of its own: a start or end that is not the step itself."""
        return node.id in self.capsules

    def _starts(self, node: Node) -> bool:
        if node.shape is not Shape.TERMINATOR:
            return False
        entered = any(self.into[id] for id in self.joint.get(node.id, (node.id,)))
        return not entered and self._leads(node)

    def _leads(self, node: Node) -> bool:
        """Whether the flow goes on from it, or from one that is joined to it."""
        return any(self.out[id] for id in self.joint.get(node.id, (node.id,)))

    def _own_name(self, node: Node) -> str:
        """Who a symbol is, told apart from the others of its step that arrows leave: the actor of its column
        where these share their actors."""
        others = [other for other in self.rows[node.row] if self.out[other.id] and other is not node]
        who = self._actors(node)
        return self._heading(node) if any(self._actors(other) == who for other in others) else who

    def _heading(self, node: Node) -> str:
        return self.chart.lanes[node.lane].heading

    def _actors(self, node: Node) -> str:
        """Headings of the actors of a symbol: of the whole step where it is written in the short form."""
        step = self.alur.kegiatan[node.row]
        if not step.simbol and not self._is_capsule(node):
            lanes = [other.lane for other in self.rows[node.row] if not self._is_capsule(other)]
        else:
            lanes = [self.nodes[id].lane for id in self.joint.get(node.id, (node.id,))]
        return listed(list(dict.fromkeys(self.chart.lanes[lane].heading for lane in lanes)))

    def _name(self, row: int) -> str:
        number = self.chart.rows[row].number
        if number:
            return f"langkah {number.rstrip('.')}"
        text = " ".join(self.alur.kegiatan[row].uraian.split())
        return f"langkah “{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}”"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
