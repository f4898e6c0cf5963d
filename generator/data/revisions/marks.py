"""SOP + what it names → marks of the laws, actors and SOPs, by which a later change of one is noticed: what
has changed since somebody last confirmed the SOP."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from generator.model.dates import parse_date
from generator.model.named import actors_of, named_sops
from generator.model.records import Peninjauan
from generator.model.registers import Pelaksana, Peraturan
from generator.model.sop import ABOUT_THE_FILE, SOP
from generator.model.values import DataStruct, stated

_LAW, _ACTOR, _SOP = "hukum", "pelaksana", "sop"
"""How the names of marks begin, by what they are of."""
_UNSAID = {_LAW: {"catatan", "tautan"}, _ACTOR: set[str](), _SOP: ABOUT_THE_FILE}
"""What may change without the meaning of an entry."""


class Known(Struct, frozen=True):
    """What SOPs may name, by id."""

    laws: Mapping[str, Peraturan]
    actors: Mapping[str, Pelaksana]
    sops: Mapping[str, SOP]


def marks(sop: SOP, known: Known) -> dict[str, str]:
    """The mark of each entry that an SOP names, "" where there is none of that name."""
    named: tuple[tuple[str, tuple[str, ...], Mapping[str, DataStruct]], ...] = (
        (_LAW, sop.dasar_hukum, known.laws),
        (_ACTOR, actors_of(sop), known.actors),
        (_SOP, tuple(slug for slug in named_sops(sop) if slug != sop.slug), known.sops),
    )
    return {f"{kind}/{id}": _mark(kind, there.get(id)) for kind, ids, there in named for id in ids}


def _mark(kind: str, entry: DataStruct | None) -> str:
    if entry is None:
        return ""
    said = json.dumps(stated(entry, leave=_UNSAID[kind]), sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def last_review(sop: SOP) -> Peninjauan | None:
    """The latest review of an SOP, of those of one day the one written last."""
    dated = [(parse_date(one.tanggal) or date.min, n) for n, one in enumerate(sop.tinjauan)]
    return sop.tinjauan[max(dated)[1]] if dated else None


def changed_since(sop: SOP, known: Known, hidden: Container[str] = ()) -> Iterator[str]:
    """What an SOP names and what is no longer as it was when somebody last confirmed the SOP, in words, but
    no ``hidden`` SOP; nothing where nobody has, or the record does not say."""
    review = last_review(sop)
    if review is None or not review.dilihat:
        return
    for name, mark in marks(sop, known).items():
        kind, _, id = name.partition("/")
        if review.dilihat.get(name) != mark and not (kind == _SOP and id in hidden):
            yield _words(kind, id, known)


def _words(kind: str, id: str, known: Known) -> str:
    if kind == _LAW:
        return f"peraturan {known.laws[id].kutipan if id in known.laws else id}"
    if kind == _ACTOR:
        return f"pelaksana {known.actors[id].nama if id in known.actors else id}"
    return f"SOP {known.sops[id].nama.removeprefix('SOP ') if id in known.sops else id}"


def told(sop: SOP, known: Known, hidden: Container[str], shown: bool) -> SOP:
    """The SOP with reviews that tell in words what has changed since, where that is ``shown``, and no marks:
    these name what may be hidden."""
    if not any(one.dilihat for one in sop.tinjauan):
        return sop
    last = last_review(sop)
    words = tuple(changed_since(sop, known, hidden)) if shown else ()
    reviews = (replace(one, dilihat={}, berubah=words if one is last else ()) for one in sop.tinjauan)
    return replace(sop, tinjauan=tuple(reviews))
