"""Text of an SOP under the pen → what can be drawn of it, however incomplete, and what is wrong where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.data.load import Entry, Items, MappingNode, ScalarNode, Tree
from generator.data.validate import validate_sop
from generator.data.validate.schema import read_sop
from generator.data.validate.steps import ENDS
from generator.data.writing.lines import Path, plain
from generator.data.writing.trees import read_tree
from generator.edit.known import Known
from generator.model.problems import Position, Problem, Severity
from generator.model.sop import SOP, Alur, Arah, Kegiatan

UNNAMED = "…"
"""What stands in the place of a name that is still to be given."""


class Finding(Struct, frozen=True):
    """A problem and the path of the value that it is about."""

    problem: Problem
    path: Path


class Understood(Struct, frozen=True):
    """What is understood of a text; without ``sop`` its form is beyond the page."""

    values: Mapping[str, Any]
    sop: SOP | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.problem.severity is Severity.ERROR)


def understand(text: str, slug: str, known: Known) -> Understood:
    """Read and check a text. Never raises, whatever it is."""
    tree, problems = read_tree(text, slug)
    if not isinstance(tree, MappingNode):
        return Understood({}, None, tuple(Finding(problem, ()) for problem in problems))
    found = [*problems, *validate_sop(tree, slug, known.register)[1]]
    places = dict(places_of(tree, ()))
    findings = [Finding(problem, places.get(problem.position, ())) for problem in sorted(set(found))]
    values = plain(tree)
    assert isinstance(values, Mapping)
    sop = read_sop(_named(tree), slug, [])
    rows = [len(alur.kegiatan) for alur in sop.alur] if sop else []
    if sop is None or rows != _rows(values):  # some row has a shape that no row has
        return Understood(values, None, tuple(findings))
    return Understood(values, sound(sop), tuple(findings))


def _rows(values: Mapping[str, Any]) -> list[int]:
    several = values.get("alur")
    parts = several if isinstance(several, list) else [values]
    return [len(part.get("kegiatan") or ()) if isinstance(part, Mapping) else -1 for part in parts]


def places_of(tree: Tree, path: Path) -> Iterator[tuple[Position, Path]]:
    """The path of what stands at each position; of two at one position the inner one."""
    yield tree.position, path
    if isinstance(tree, Items):
        for n, item in enumerate(tree.items):
            yield from places_of(item, (*path, n))
    elif isinstance(tree, MappingNode):
        for key, entry in tree.entries.items():
            first = entry.key.position == tree.position
            yield entry.key.position, path if first and path else (*path, key)
            yield from places_of(entry.value, (*path, key))


def _named(tree: MappingNode) -> MappingNode:
    """With a name and a unit, where they are still to be given."""
    entries = dict(tree.entries)
    for key in ("nama", "unit"):
        value = tree.get(key)
        if not isinstance(value, ScalarNode) or not value.value.strip():
            entries[key] = Entry(ScalarNode(key, tree.position), ScalarNode(UNNAMED, tree.position))
    return MappingNode(entries, tree.position)


def sound(sop: SOP) -> SOP:
    """The SOP without what no table can have: ids that stand twice, actors without a column, ways that lead
    nowhere or to where they begin, cells that are one with that above and say something."""
    taken: set[str] = set()
    return replace(sop, alur=tuple(_sound_table(alur, taken) for alur in sop.alur))


def _sound_table(alur: Alur, taken: set[str]) -> Alur:
    columns = tuple(dict.fromkeys(alur.pelaksana))
    steps = [_with_ids(step, taken) for step in alur.kegiatan]
    ids = {one for step in steps for one in (step.id, *(symbol.id for symbol in step.simbol))} - {None}
    kept = tuple(_sound_step(step, columns, ids, n == 0) for n, step in enumerate(steps))
    return replace(alur, pelaksana=columns, kegiatan=kept)


def _with_ids(step: Kegiatan, taken: set[str]) -> Kegiatan:
    def free(id: str | None) -> str | None:
        if id is None or id in taken:
            return None
        taken.add(id)
        return id

    own = free(step.id)
    symbols = tuple(replace(symbol, id=free(symbol.id)) for symbol in step.simbol)
    return replace(step, id=own, simbol=symbols)


def _sound_step(step: Kegiatan, columns: tuple[str, ...], ids: set[Any], top: bool) -> Kegiatan:
    def ways(found: tuple[Arah, ...] | None, own: set[Any]) -> tuple[Arah, ...] | None:
        if found is None:
            return None
        good = {None, *ENDS, *ids} - (own - {None})
        return tuple(dict.fromkeys(drawn(way) for way in found if way.ke in good))

    def drawn(way: Arah) -> Arah:
        into, out = (one if one in columns else None for one in (way.pelaksana, way.dari))
        return replace(way, pelaksana=into, dari=out)

    first = {step.id, step.simbol[0].id} if step.simbol else {step.id}
    symbols = tuple(
        replace(
            symbol,
            pelaksana=tuple(one for one in dict.fromkeys(symbol.pelaksana) if one in columns),
            arah=ways(symbol.arah, first if n == 0 else {symbol.id}),
        )
        for n, symbol in enumerate(step.simbol)
    )
    who = tuple(one for one in dict.fromkeys(step.pelaksana) if one in columns)
    merged = () if top else tuple(key for key in step.gabung if not getattr(step, key))
    return replace(step, pelaksana=who, arah=ways(step.arah, first), simbol=symbols, gabung=merged)
