"""SOP → what it names: other SOPs and actors, found once for an SOP, however many ask; the steps of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import NamedTuple
from weakref import ref as weak

from msgspec import Struct

from generator.model.sop import SOP, Kegiatan, Simbol


class StepRef(NamedTuple):
    """A step that an actor takes part in: SOP, number of its chart from 0, row from 0."""

    sop: str
    alur: int
    row: int


class _Named(Struct, frozen=True):
    sops: tuple[str, ...]
    actors: tuple[str, ...]
    duties: tuple[int, ...]
    """How many steps each of the actors has a part in."""


_KNOWN: dict[int, tuple[weak[SOP], _Named]] = {}
"""By the identity of an SOP, which is frozen, for as long as it is held somewhere."""


def named_sops(sop: SOP) -> tuple[str, ...]:
    """Slugs of the SOPs that an SOP names, as related, as what replaces it, in a step or as what follows;
    each once."""
    return _named(sop).sops


def actors_of(sop: SOP) -> tuple[str, ...]:
    """Ids of the actors that an SOP names, in its columns or its steps; sorted."""
    return _named(sop).actors


def duties_of(sop: SOP) -> Iterator[tuple[str, int]]:
    """The actors who have steps in an SOP, and how many."""
    found = _named(sop)
    return ((actor, steps) for actor, steps in zip(found.actors, found.duties, strict=True) if steps)


def remember_named(sop: SOP, sops: Iterable[str], actors: Iterable[str], duties: Iterable[int]) -> None:
    """What an SOP names, from when that was found last."""
    found = _Named(tuple(sops), tuple(actors), tuple(duties))
    _KNOWN[id(sop)] = weak(sop, partial(_forget, id(sop))), found


def steps_of(sop: SOP) -> Iterator[tuple[str, StepRef]]:
    """Every step of an SOP with each of its actors."""
    for number, alur in enumerate(sop.alur):
        for row, step in enumerate(alur.kegiatan):
            ref = StepRef(sop.slug, number, row)
            named = chain.from_iterable([s.pelaksana for s in step.simbol]) if step.simbol else step.pelaksana
            for actor in dict.fromkeys(named):
                yield actor, ref


def _named(sop: SOP) -> _Named:
    known = _KNOWN.get(id(sop))
    if known is None:
        found = _find(sop)
        remember_named(sop, found.sops, found.actors, found.duties)
        return found
    return known[1]


def _forget(key: int, _: weak[SOP]) -> None:
    _KNOWN.pop(key, None)


def _find(sop: SOP) -> _Named:
    sops = [related.sop for related in sop.keterkaitan]
    if sop.pencabutan:
        sops.append(sop.pencabutan.pengganti)
    actors: set[str] = set()
    for alur in sop.alur:
        actors.update(alur.pelaksana)
        for step in alur.kegiatan:
            sops.append(step.sop)
            for symbol in _symbols(step):
                actors.update(symbol.pelaksana)
                sops.append(symbol.sop)
                if symbol.arah:
                    sops += [way.sop for way in symbol.arah]
    duties = Counter(actor for actor, _ in steps_of(sop))
    named = sorted(actors)
    return _Named(tuple(dict.fromkeys(filter(None, sops))), tuple(named), tuple(duties[one] for one in named))


def _symbols(step: Kegiatan) -> tuple[Simbol, ...] | tuple[Kegiatan]:
    """The symbols of a step; the short form says of itself what a symbol would."""
    return step.simbol or (step,)
