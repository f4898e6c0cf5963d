"""SOP → what it names: other SOPs, actors, the steps of each; found once for an SOP, however many ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from weakref import ref

from generator.flow import symbols_of
from generator.model import SOP


@dataclass(frozen=True, slots=True)
class StepRef:
    """A step that an actor takes part in: SOP, number of its chart from 0, row from 0."""

    sop: str
    alur: int
    row: int


@dataclass(frozen=True, slots=True)
class _Named:
    sops: tuple[str, ...]
    actors: tuple[str, ...]
    steps: tuple[tuple[str, StepRef], ...]


_KNOWN: dict[int, tuple[ref[SOP], _Named]] = {}
"""By the identity of an SOP, which is frozen, for as long as it is held somewhere."""


def named_sops(sop: SOP) -> tuple[str, ...]:
    """Slugs of the SOPs that an SOP names, as related, as what replaces it, in a step or as what follows;
    each once."""
    return _named(sop).sops


def actors_of(sop: SOP) -> tuple[str, ...]:
    """Ids of the actors that an SOP names, in its columns or its steps; sorted."""
    return _named(sop).actors


def steps_of(sop: SOP) -> tuple[tuple[str, StepRef], ...]:
    """Every step of an SOP with each of its actors."""
    return _named(sop).steps


def _named(sop: SOP) -> _Named:
    known = _KNOWN.get(id(sop))
    if known is None:
        steps = tuple(_steps(sop))
        actors = {actor for alur in sop.alur for actor in alur.pelaksana} | {actor for actor, _ in steps}
        found = _Named(
            tuple(dict.fromkeys(slug for slug in _sops(sop) if slug)), tuple(sorted(actors)), steps
        )
        known = _KNOWN[id(sop)] = ref(sop, partial(_forget, id(sop))), found
    return known[1]


def _forget(key: int, _: ref[SOP]) -> None:
    _KNOWN.pop(key, None)


def _sops(sop: SOP) -> Iterator[str | None]:
    yield from (related.sop for related in sop.keterkaitan)
    if sop.pencabutan:
        yield sop.pencabutan.pengganti
    for alur in sop.alur:
        for step in alur.kegiatan:
            yield step.sop
            for symbol in symbols_of(step):
                yield symbol.sop
                yield from (way.sop for way in symbol.arah or ())


def _steps(sop: SOP) -> Iterator[tuple[str, StepRef]]:
    for number, alur in enumerate(sop.alur):
        for row, step in enumerate(alur.kegiatan):
            for actor in dict.fromkeys(a for symbol in symbols_of(step) for a in symbol.pelaksana):
                yield actor, StepRef(sop.slug, number, row)
