"""What a rule sees: an SOP, the tree it was read from, the registers, and its flows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from generator.data.load import MappingNode, ScalarNode, Tree, locate
from generator.data.validate.steps import way_trees
from generator.flow.steps import Flow, FlowSymbol, build_flow, symbols_of
from generator.form.columns import headed
from generator.model.problems import Position
from generator.model.registers import Instansi, Pelaksana, Peraturan, Unit, label_untuk
from generator.model.sop import SOP, Alur, Kegiatan, Simbol

Finding = tuple[Position, str, str]
"""Where, what is wrong, and how it is mended."""


class Register(Struct, frozen=True):
    """What the SOP files refer to; ``slugs`` are the names of all SOP files, readable or not, and ``unsure``
    the registers that have errors of their own, against which nothing is held; ``places`` say where in the
    data folder each register stands. ``elsewhere``: what is wrong with the name of an SOP of another agency
    (``instansi/id``) and its cure, None where nothing is."""

    instansi: Instansi
    unit: Mapping[str, Unit]
    pelaksana: Mapping[str, Pelaksana]
    hukum: Mapping[str, Peraturan]
    slugs: frozenset[str]
    unsure: frozenset[str] = frozenset()
    places: Mapping[str, str] = {}
    elsewhere: Mapping[str, tuple[str, str] | None] = {}

    def place(self, name: str) -> str:
        """Where a register stands: its file, or the folder of its files."""
        return self.places.get(name, f"{name}.yml")


class CheckedFile(Struct, frozen=True, dict=True):
    """One SOP file under check."""

    sop: SOP
    tree: Tree
    register: Register

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """The flow of each table."""
        return tuple(build_flow(alur, self.register.instansi.kapsul) for alur in self.sop.alur)

    @cached_property
    def columns(self) -> frozenset[str]:
        """Keys of the columns that the SOP's tables have."""
        label = label_untuk(self.register.instansi, self.sop)
        return frozenset(column.key for column in headed(label).columns)

    @cached_property
    def worked(self) -> tuple[dict[str, int], ...]:
        """Of each table the actors in the order in which they begin to work, with the row of that."""
        found: tuple[dict[str, int], ...] = tuple({} for _ in self.sop.alur)
        for number, row, _, symbol in self.written:
            for actor in symbol.pelaksana:
                found[number].setdefault(actor, row)
        return found

    def at(self, *path: str | int) -> Position:
        """Position of a value of the file, or of the nearest one around it."""
        found = locate(self.tree, *path)
        assert found is not None
        return found

    def chart(self, alur: int, *path: str | int) -> Position:
        """Position of a value of a table."""
        return self.at("alur", alur, *path) if self._several() else self.at(*path)

    def step(self, alur: int, row: int, *path: str | int) -> Position:
        """Position of a value of a step."""
        return self.chart(alur, "kegiatan", row, *path)

    def symbol(self, alur: int, drawn: FlowSymbol | tuple[int, int], *path: str | int) -> Position:
        """Position of a value of a symbol: of its long form, or of the step that means it."""
        row, part = (drawn.row, drawn.part) if isinstance(drawn, FlowSymbol) else drawn
        if self.sop.alur[alur].kegiatan[row].simbol:
            return self.step(alur, row, "simbol", max(part, 0), *path)
        return self.step(alur, row, *path)

    def way(self, alur: int, row: int, part: int, number: int) -> Position:
        """Position of the n-th way out that a symbol writes."""
        path: tuple[str | int, ...] = ("alur", alur) if self._several() else ()
        path += ("kegiatan", row)
        if self.sop.alur[alur].kegiatan[row].simbol:
            path += ("simbol", part)
        tree = self.tree
        for step in path:
            child = _child(tree, step)
            if child is None:
                return tree.position
            tree = child
        for key in ("keputusan", "lanjut"):
            if isinstance(tree, MappingNode) and (entry := tree.entries.get(key)):
                targets = [target for _, target in way_trees(entry.value, key == "keputusan")]
                return targets[number].position if number < len(targets) else entry.value.position
        return tree.position

    def _several(self) -> bool:
        return isinstance(self.tree, MappingNode) and "alur" in self.tree.entries

    def steps(self) -> Iterator[tuple[int, int, Alur, Kegiatan]]:
        """(table, row, table's data, step) of every step."""
        for number, alur in enumerate(self.sop.alur):
            for row, step in enumerate(alur.kegiatan):
                yield number, row, alur, step

    @cached_property
    def written(self) -> tuple[tuple[int, int, int, Simbol], ...]:
        """(table, row, part, symbol) of every symbol that the data writes; most rules ask."""
        return tuple(
            (number, row, part, symbol)
            for number, row, _, step in self.steps()
            for part, symbol in enumerate(symbols_of(step))
        )


def _child(tree: Tree, step: str | int) -> Tree | None:
    if isinstance(tree, MappingNode):
        return tree.get(str(step))
    if isinstance(tree, ScalarNode) or not isinstance(step, int):
        return None
    return tree.items[step] if step < len(tree.items) else None


Rule = Callable[[CheckedFile], Iterator[Finding]]
"""A rule's docstring is the rule in one sentence; the guide says the same sentence."""
