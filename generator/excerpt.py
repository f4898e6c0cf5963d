"""Catalogue → the excerpt that one page is made from, and its digest.

A page can only show what its excerpt holds. So the digest of the excerpt is all that the page depends on
beside the program: by it the build remembers pages, and an excerpt is small enough to be sent to another
machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TypeVar

from pydantic import BaseModel

from generator.catalogue import Catalogue, actors_of, named_sops
from generator.model import SOP, Rujukan

Value = TypeVar("Value")


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
        self._own = {
            id(value)
            for register in (catalogue.unit, catalogue.pelaksana, catalogue.hukum, catalogue.sop)
            for value in register.values()
        }
        self._own |= {id(catalogue.instansi), *(id(one) for many in catalogue.versi.values() for one in many)}

    def of_sop(self, slug: str) -> Catalogue:
        """What the pages of an SOP and of its versions are made from."""
        return self._excerpt([slug])

    def of_unit(self, id: str) -> Catalogue:
        """What the page of a unit is made from: its SOPs, the units above and below, its actors."""
        whole = self.catalogue
        return self._excerpt(
            whole.of_unit[id], units=[id, *self._below.get(id, ())], actors=self._staff.get(id, ())
        )

    def of_actor(self, id: str) -> Catalogue:
        """What the page of an actor is made from: every SOP with a step of theirs."""
        return self._excerpt((ref.sop for ref in self.catalogue.steps[id]), actors=[id])

    def of_law(self, id: str) -> Catalogue:
        """What the page of a law is made from: every SOP that cites it."""
        return self._excerpt(self.catalogue.citing[id], laws=[id])

    def _excerpt(
        self,
        slugs: Iterable[str],
        *,
        laws: Iterable[str] = (),
        units: Iterable[str] = (),
        actors: Iterable[str] = (),
    ) -> Catalogue:
        """These SOPs whole with their versions and the entries that they name; of the SOPs next to them the
        name alone."""
        whole = self.catalogue
        kept = set(slugs)
        versi = {slug: whole.versi[slug] for slug in sorted(kept) if slug in whole.versi}
        shown = [
            *(whole.sop[slug] for slug in sorted(kept)),
            *(one for many in versi.values() for one in many),
        ]
        near = {named for sop in shown for named in named_sops(sop) if named in whole.sop} - kept
        near |= {other for slug in kept for other in whole.referring[slug]} - kept
        named_laws = {*laws, *(id for sop in shown for id in sop.dasar_hukum)}
        named_actors = {*actors, *(id for sop in shown for id in actors_of(sop))}
        staff = [whole.pelaksana[id].unit for id in named_actors if id in whole.pelaksana]
        named_units = {*units, *(unit for unit in staff if unit)}
        for start in (*units, *(sop.unit for sop in shown)):
            named_units |= {unit.id for unit in whole.unit_chain(start)}
        sops = {
            slug: whole.sop[slug] if slug in kept else _name_of(whole.sop[slug], kept) for slug in kept | near
        }
        return Catalogue(
            instansi=whole.instansi,
            unit=self._ordered(whole.unit, named_units),
            pelaksana=self._ordered(whole.pelaksana, named_actors),
            hukum=self._ordered(whole.hukum, named_laws),
            sop=dict(sorted(sops.items())),
            audience=whole.audience,
            versi=versi,
        )

    def _ordered(self, register: Mapping[str, Value], named: set[str]) -> dict[str, Value]:
        return {id: register[id] for id in sorted(named & register.keys(), key=self._rank.__getitem__)}

    def digest(self, catalogue: Catalogue) -> str:
        """SHA-256 of all that an excerpt, or a whole catalogue, holds."""
        found = hashlib.sha256(f"{catalogue.audience}".encode())
        found.update(self._one(catalogue.instansi))
        registers: tuple[Mapping[str, BaseModel], ...] = (
            catalogue.unit,
            catalogue.pelaksana,
            catalogue.hukum,
            catalogue.sop,
        )
        for register in registers:
            found.update(b"\0%d\0" % len(register))
            for key, value in register.items():
                found.update(key.encode() + b"\0" + self._one(value))
        for slug, versions in sorted(catalogue.versi.items()):
            found.update(slug.encode() + b"\0" + b"".join(self._one(version) for version in versions))
        for problem in catalogue.problems:
            found.update(repr(problem).encode("utf-8", "surrogatepass"))
        return found.hexdigest()

    def _one(self, value: BaseModel) -> bytes:
        """Digest of one entry; those of the catalogue itself are reckoned once."""
        if (known := self._digests.get(id(value))) is not None:
            return known
        found = hashlib.sha256(value.model_dump_json().encode("utf-8", "surrogatepass")).digest()
        if id(value) in self._own:
            self._digests[id(value)] = found
        return found


def _name_of(sop: SOP, kept: set[str]) -> SOP:
    """What a page may tell of a neighbour: its name, who may read it, and which SOPs of the page it names."""
    named = tuple(Rujukan(sop=slug) for slug in named_sops(sop) if slug in kept)
    return SOP(
        slug=sop.slug,
        nama=sop.nama,
        unit=sop.unit,
        klasifikasi=sop.klasifikasi,
        judul_terbuka=sop.judul_terbuka,
        keterkaitan=named,
    )
