"""SOP → what it names: other SOPs, actors, the steps of each; found once for an SOP, however many ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from weakref import ref

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
        known = _KNOWN[id(sop)] = ref(sop, partial(_forget, id(sop))), _find(sop)
    return known[1]


def _forget(key: int, _: ref[SOP]) -> None:
    _KNOWN.pop(key, None)


def _find(sop: SOP) -> _Named:
    sops = [related.sop for related in sop.keterkaitan]
    if sop.pencabutan:
        sops.append(sop.pencabutan.pengganti)
    actors: set[str] = set()
    steps: list[tuple[str, StepRef]] = []
    for number, alur in enumerate(sop.alur):
        actors.update(alur.pelaksana)
        for row, step in enumerate(alur.kegiatan):
            sops.append(step.sop)
            symbols = step.simbol or (step,)  # the short form says of itself what a symbol would
            for symbol in symbols:
                sops.append(symbol.sop)
                sops += [way.sop for way in symbol.arah or ()]
            own = dict.fromkeys(actor for symbol in symbols for actor in symbol.pelaksana)
            actors.update(own)
            steps += [(actor, StepRef(sop.slug, number, row)) for actor in own]
    return _Named(tuple(dict.fromkeys(filter(None, sops))), tuple(sorted(actors)), tuple(steps))
