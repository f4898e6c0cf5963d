"""Catalogue → the excerpt that one page is made from, and the digest of it.

A page can only show what its excerpt holds. So the digest is all that the page depends on beside the agency
and the program: by it the build remembers pages, without cutting the excerpt first; and an excerpt is small
enough to be sent to another machine.
"""

from __future__ import annotations

import copyreg
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from msgspec import msgpack
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.form.boxes import BOXES, ValueKind
from generator.model.digests import digest_of, digest_of_less
from generator.model.named import actors_of, named_sops
from generator.model.sop import SOP, Rujukan
from generator.model.values import DataStruct

Value = TypeVar("Value")
UNLISTED: Mapping[str, Any] = {
    **{box.key: () for box in BOXES if box.kind is ValueKind.LINES},
    "tujuan": None,
    "catatan": (),
}
"""What pages about several SOPs show of none of them, and what stands in its place in their excerpts: so an
SOP whose aim changes makes no other page anew."""


class Excerpts:
    """The excerpts of one catalogue. Everything in them stands in the catalogue's own order."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._rank = {
            id: rank for rank, id in enumerate((*catalogue.unit, *catalogue.pelaksana, *catalogue.hukum))
        }
        self._below: dict[str, list[str]] = {}
        for unit in catalogue.unit.values():
            self._below.setdefault(unit.induk or "", []).append(unit.id)
        self._staff: dict[str, list[str]] = {}
        for actor in catalogue.pelaksana.values():
            self._staff.setdefault(actor.unit or "", []).append(actor.id)
        self._digests: dict[int, bytes] = {}
        self._keys: dict[tuple[str, bool], bytes] = {}
        self._besides: dict[str, bytes] = {}
        self._units = {id: b"".join(map(self._one, catalogue.unit_chain(id))) for id in catalogue.unit}
        self._laws = {id: self._one(law) for id, law in catalogue.hukum.items()}
        self._actors = {id: b"".join(map(self._one, self._with_home(id))) for id in catalogue.pelaksana}

    def of_sop(self, slug: str) -> Catalogue:
        """What the pages of an SOP and of its versions are made from."""
        return self._excerpt([slug], {})

    def of_sops(self, slugs: Iterable[str]) -> Catalogue:
        """What a book of these SOPs is made from."""
        return self._excerpt(slugs, {})

    def of_unit(self, id: str, slugs: Iterable[str] | None = None) -> Catalogue:
        """What the page of a unit is made from: its SOPs (or these, of a part of it), the units above and
        below, its actors."""
        own = self.catalogue.of_unit[id] if slugs is None else slugs
        return self._excerpt(own, units=[id, *self._below.get(id, ())], actors=self._staff.get(id, ()))

    def of_actor(self, id: str, slugs: Iterable[str] | None = None) -> Catalogue:
        """What the page of an actor is made from: every SOP with a step of theirs, or these."""
        return self._excerpt(self.catalogue.duties[id] if slugs is None else slugs, actors=[id])

    def of_law(self, id: str, slugs: Iterable[str] | None = None) -> Catalogue:
        """What the page of a law is made from: every SOP that cites it, or these."""
        return self._excerpt(self.catalogue.citing[id] if slugs is None else slugs, laws=[id])

    def _excerpt(
        self,
        slugs: Iterable[str],
        without: Mapping[str, Any] = UNLISTED,
        *,
        laws: Iterable[str] = (),
        units: Iterable[str] = (),
        actors: Iterable[str] = (),
    ) -> Catalogue:
        """These SOPs with their versions, but for what is to be left ``without``, and the entries that they
        name; of the SOPs next to them the name alone."""
        whole = self.catalogue
        kept = set(slugs)
        own = {slug: _cut(whole.sop[slug], without) for slug in sorted(kept)}
        versi = {
            slug: tuple(_cut(one, without) for one in whole.versi[slug])
            for slug in own
            if slug in whole.versi
        }
        shown = [*own.values(), *(one for many in versi.values() for one in many)]
        near = {named for sop in shown for named in named_sops(sop) if named in whole.sop} - kept
        near |= {other for slug in kept for other in whole.referring[slug]} - kept
        named_laws = {*laws, *(id for sop in shown for id in sop.dasar_hukum)}
        named_actors = {*actors, *(id for sop in shown for id in actors_of(sop))}
        staff = [whole.pelaksana[id].unit for id in named_actors if id in whole.pelaksana]
        named_units = {*units, *(unit for unit in staff if unit)}
        for start in (*units, *(sop.unit for sop in shown)):
            named_units |= {unit.id for unit in whole.unit_chain(start)}
        sops = {
            slug: own[slug] if slug in kept else self._neighbour(whole.sop[slug], kept)
            for slug in kept | near
        }
        return Catalogue(
            instansi=whole.instansi,
            unit=self._ordered(whole.unit, named_units),
            pelaksana=self._ordered(whole.pelaksana, named_actors),
            hukum=self._ordered(whole.hukum, named_laws),
            sop=dict(sorted(sops.items())),
            audience=whole.audience,
            versi=versi,
            lain={id: whole.lain[id] for sop in shown for id in named_sops(sop) if id in whole.lain},
            perujuk={slug: whole.perujuk[slug] for slug in own if slug in whole.perujuk},
        )

    def _ordered(self, register: Mapping[str, Value], named: set[str]) -> dict[str, Value]:
        return {id: register[id] for id in sorted(named & register.keys(), key=self._rank.__getitem__)}

    def key_of_sop(self, slug: str) -> bytes:
        """Digest of all that the excerpt of an SOP holds."""
        return self._key_of_sop(slug, listed=False)

    def _key_of_sop(self, slug: str, *, listed: bool) -> bytes:
        """Digest of what excerpts hold of an SOP; ``listed``: those of pages about several."""
        if (known := self._keys.get((slug, listed))) is not None:
            return known
        sops = (self.catalogue.sop[slug], *self.catalogue.versi.get(slug, ()))
        told = [digest_of_less(sop, UNLISTED) if listed else self._one(sop) for sop in sops]
        found = self._keys[slug, listed] = hashlib.sha256(b"".join((*told, self._beside(slug)))).digest()
        return found

    def _beside(self, slug: str) -> bytes:
        """Digest of what the excerpt of an SOP holds of other entries."""
        if (known := self._besides.get(slug)) is not None:
            return known
        whole = self.catalogue
        told: list[bytes] = []
        for sop in (whole.sop[slug], *whole.versi.get(slug, ())):
            told.append(self._units.get(sop.unit, b""))
            told += [self._laws[id] for id in sop.dasar_hukum if id in self._laws]
            told += [self._actors[id] for id in actors_of(sop) if id in self._actors]
            told += map(self._name, named_sops(sop))
        told += map(self._name, whole.referring[slug])
        told += map(self._one, whole.perujuk.get(slug, ()))
        found = self._besides[slug] = hashlib.sha256(b"".join(told)).digest()
        return found

    def key_of_unit(self, id: str, slugs: Iterable[str] | None = None) -> bytes:
        """Digest of all that the excerpt of a unit holds, or of a part of its page."""
        whole = self.catalogue
        near = [*whole.unit_chain(id), *(whole.unit[below] for below in self._below.get(id, ()))]
        staff = [whole.pelaksana[actor] for actor in self._staff.get(id, ())]
        return self._key([*near, *staff], whole.of_unit[id] if slugs is None else slugs)

    def key_of_actor(self, id: str, slugs: Iterable[str] | None = None) -> bytes:
        """The same of an actor."""
        return self._key(self._with_home(id), self.catalogue.duties[id] if slugs is None else slugs)

    def key_of_law(self, id: str, slugs: Iterable[str] | None = None) -> bytes:
        """The same of a law."""
        return self._key([self.catalogue.hukum[id]], self.catalogue.citing[id] if slugs is None else slugs)

    def key_of_lists(self) -> bytes:
        """Digest of all that pages about all SOPs show, but for what is wrong with the data."""
        return self._key(self._registers(), self.catalogue.sop)

    def key_of_all(self) -> bytes:
        """Digest of the whole catalogue."""
        whole = self.catalogue
        found = hashlib.sha256(b"".join(map(self._one, self._registers())))
        found.update(b"".join(self.key_of_sop(slug) for slug in sorted(whole.sop)))
        found.update(repr(sorted(whole.places.items())).encode("utf-8", "surrogatepass"))
        for problem in whole.problems:
            found.update(repr(problem).encode("utf-8", "surrogatepass"))
        return found.digest()

    def _registers(self) -> Iterator[DataStruct]:
        whole = self.catalogue
        return chain(whole.unit.values(), whole.pelaksana.values(), whole.hukum.values())

    def _key(self, entries: Iterable[DataStruct], slugs: Iterable[str]) -> bytes:
        found = hashlib.sha256(b"".join(self._one(entry) for entry in entries))
        found.update(b"".join(self._key_of_sop(slug, listed=True) for slug in sorted(slugs)))
        return found.digest()

    def _with_home(self, id: str) -> list[DataStruct]:
        """An actor and their unit."""
        actor = self.catalogue.pelaksana[id]
        home = self.catalogue.unit.get(actor.unit or "")
        return [actor, home] if home else [actor]

    def _name(self, slug: str) -> bytes:
        """What a neighbour is told by: see ``_neighbour``."""
        sop = self.catalogue.sop.get(slug)
        told = (
            (sop.slug, sop.nama, sop.unit, sop.klasifikasi, sop.judul_terbuka)
            if sop
            else (slug, self.catalogue.lain.get(slug))
        )
        return repr(told).encode("utf-8", "surrogatepass")

    def _neighbour(self, sop: SOP, kept: set[str]) -> SOP:
        """What a page may tell of a neighbour: its name, who may read it, and which SOPs of the page it
        names."""
        return SOP(
            slug=sop.slug,
            nama=sop.nama,
            unit=sop.unit,
            klasifikasi=sop.klasifikasi,
            judul_terbuka=sop.judul_terbuka,
            keterkaitan=tuple(Rujukan(sop=slug) for slug in named_sops(sop) if slug in kept),
        )

    def _one(self, value: DataStruct) -> bytes:
        """Digest of one entry, reckoned once: the catalogue holds it."""
        if (known := self._digests.get(id(value))) is not None:
            return known
        found = self._digests[id(value)] = digest_of(value)
        return found


def _cut(sop: SOP, without: Mapping[str, Any]) -> SOP:
    return replace(sop, **without) if without else sop


def _packed(catalogue: Catalogue) -> tuple[Callable[[bytes], Catalogue], tuple[bytes]]:
    """How a catalogue goes to another process: as one text, as pickle asks each value in it by itself, which
    takes five times as long."""
    return _unpacked, (msgpack.encode(catalogue),)


def _unpacked(text: bytes) -> Catalogue:
    return _decoder().decode(text)


@cache
def _decoder() -> msgpack.Decoder[Catalogue]:
    return msgpack.Decoder(Catalogue)


copyreg.pickle(Catalogue, _packed)
