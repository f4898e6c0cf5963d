"""SOPs and registers → Catalogue: everything there is, by id, with links both ways.

A catalogue is for one audience. ``for_audience`` gives a smaller one that never held the rest; what is
published is built from that one alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.data.audience import Audience as Audience
from generator.data.audience import Sight, narrowest, sight_of
from generator.data.revisions import HistoryEntry, drafts, history, standing, with_revocation
from generator.data.revisions.marks import Known, told
from generator.flow.chart import Chart, Charts
from generator.model.hidden import without_hidden
from generator.model.named import StepRef, actors_of, duties_of, named_sops, steps_of
from generator.model.problems import Problem, says
from generator.model.registers import Instansi, Pelaksana, Peraturan, PortalUmum, SopLain, Unit, chain_of
from generator.model.sop import SOP


class Catalogue(Struct, frozen=True, dict=True):
    """All SOPs of one audience and what they refer to, in stable order (SOPs by slug, registers as filed).

    ``problems`` is what the check found, for those who see it, each file named from the data folder on
    ("sop/x.yml"); ``audience`` is None for the catalogue that holds everything. ``versi``: the other versions
    of an SOP, oldest first; no key where there are none. As read they are the earlier ones, and ``sop`` is
    what people edit; on a day (see ``on``) ``sop`` is the version that counts, and among the others may be
    coming ones and drafts. ``places``: where in the data folder a register stands, if not in the file of its
    name. ``beside``: other agencies with the SOPs of theirs that are named here; no audience has them, but
    ``lain``: by their names (``instansi/id``) those that are open to all, as they are told of. ``portal``:
    that of which the site is part, with its address if it has one of its own. ``namers``: other agencies with
    the SOPs of theirs that may name some of here, which is ``id`` there; no audience has them, but
    ``perujuk``: by the ids of SOPs that are open to all those that name them.
    """

    instansi: Instansi
    unit: Mapping[str, Unit]
    pelaksana: Mapping[str, Pelaksana]
    hukum: Mapping[str, Peraturan]
    sop: Mapping[str, SOP]
    problems: tuple[Problem, ...] = ()
    audience: Audience | None = None
    versi: Mapping[str, tuple[SOP, ...]] = {}
    places: Mapping[str, str] = {}
    beside: Mapping[str, Catalogue] = {}
    lain: Mapping[str, SopLain] = {}
    portal: PortalUmum | None = None
    id: str = ""
    namers: Mapping[str, Catalogue] = {}
    perujuk: Mapping[str, tuple[SopLain, ...]] = {}

    def place(self, register: str) -> str:
        """Where entries of a register stand: its file, or the folder of its files."""
        return self.places.get(register, f"{register}.yml")

    @property
    def sees(self) -> Sight:
        """What its readers see."""
        return sight_of(self.audience)

    @property
    def home(self) -> str:
        """The address of its readers' site, "" where that is not known."""
        agency, sees = self.instansi, self.sees
        return (sees.known_address and agency.situs) or (sees.own_address and agency.situs_internal) or ""

    @cached_property
    def charts(self) -> Mapping[str, tuple[Chart, ...]]:
        """The charts of each SOP, in the order of its tables."""
        return Charts(self.sop, self.pelaksana, self.instansi.kapsul)

    @cached_property
    def citing(self) -> Mapping[str, tuple[str, ...]]:
        """The SOPs that cite a law."""
        return _index(self.hukum, ((id, sop.slug) for sop in self.sop.values() for id in sop.dasar_hukum))

    @cached_property
    def of_unit(self) -> Mapping[str, tuple[str, ...]]:
        """The SOPs of a unit."""
        return _index(self.unit, ((sop.unit, sop.slug) for sop in self.sop.values()))

    @cached_property
    def referring(self) -> Mapping[str, tuple[str, ...]]:
        """The SOPs that name an SOP: related, carried out in a step, handed over to, replaced by it."""
        sops = self.sop.values()
        return _index(self.sop, ((to, sop.slug) for sop in sops for to in named_sops(sop) if to != sop.slug))

    @cached_property
    def duties(self) -> Mapping[str, Mapping[str, int]]:
        """How many steps an actor has in each SOP where they have some."""
        found: dict[str, dict[str, int]] = {id: {} for id in self.pelaksana}
        for sop in self.sop.values():
            for actor, steps in duties_of(sop):
                found.setdefault(actor, {})[sop.slug] = steps
        return found

    def steps(self, actor: str) -> tuple[StepRef, ...]:
        """The steps of an actor."""
        own = (self.sop[slug] for slug in self.duties[actor])
        return tuple(step for sop in own for id, step in steps_of(sop) if id == actor)

    @property
    def known(self) -> Known:
        """What its SOPs may name."""
        return Known(self.hukum, self.pelaksana, self.sop)

    def names(self, sop: SOP) -> dict[str, str]:
        """What the SOPs are called that an SOP names, by their ids; without those that may not be named."""
        own = {slug: self.sop[slug].nama for slug in named_sops(sop) if slug in self.sop}
        return own | {id: self.lain[id].sebutan for id in named_sops(sop) if id in self.lain}

    def among(self, portal: PortalUmum | None, others: Mapping[str, Catalogue]) -> Catalogue:
        """The catalogue as part of a portal, beside those of other agencies."""
        if portal is None and not others:
            return self
        whole = replace(self, portal=portal, beside=others)
        return replace(whole, lain=whole.elsewhere(None, Sight()))

    def elsewhere(self, day: date | None, sees: Sight) -> dict[str, SopLain]:
        """What other agencies publish on a day of the SOPs that are named here."""
        agencies = self.beside.items()
        return {
            f"{id}/{slug}": sop for id, one in agencies for slug, sop in self._published(id, one, day, sees)
        }

    def named_by(self, day: date | None, sees: Sight) -> Mapping[str, tuple[SopLain, ...]]:
        """What other agencies publish on a day, by the ids of the SOPs of here that it names, open or not."""
        own = f"{self.id}/"
        told = ((one.on(day).sop, self._published(id, one, day, sees)) for id, one in self.namers.items())
        pairs = ((name, sop) for sops, seen in told for slug, sop in seen for name in named_sops(sops[slug]))
        return _index((), ((name.removeprefix(own), sop) for name, sop in pairs if name.startswith(own)))

    def _published(
        self, id: str, other: Catalogue, day: date | None, sees: Sight
    ) -> Iterator[tuple[str, SopLain]]:
        """What another agency publishes on a day: the ids of SOPs, and what is told of them."""
        public = other.for_audience(Audience.PUBLIK, day)
        home = public.home or (f"../{id}/" if sees.known_address and self.portal else "")
        for slug, sop in public.sop.items():
            page = f"{home.rstrip('/')}/sop/{slug}/" if home else ""
            yield slug, SopLain(nama=sop.nama, instansi=public.instansi.nama or id, alamat=page)

    def kop(self, sop: SOP) -> tuple[str, ...]:
        """Letterhead lines of an SOP: its own, else its unit's, else the names of the units from the top."""
        chain = self.unit_chain(sop.unit)
        lines = sop.kop or next((unit.kop for unit in chain if unit.kop), ())
        return lines or tuple(unit.nama for unit in reversed(chain))

    def unit_chain(self, id: str) -> tuple[Unit, ...]:
        """A unit and those above it, nearest first."""
        return tuple(chain_of(self.unit, id))

    def versions(self, slug: str) -> tuple[SOP, ...]:
        """All versions of an SOP, oldest first."""
        others = self.versi.get(slug)
        if not others:
            return (self.sop[slug],)
        return tuple(sorted((*others, self.sop[slug]), key=lambda sop: sop.versi.nomor))

    def history(self, slug: str, day: date | None) -> tuple[HistoryEntry, ...]:
        """The history of an SOP on a day (see ``revisions.history``), reckoned once for all lists."""
        if (known := self._histories.get((slug, day))) is None:
            known = self._histories[slug, day] = history(self.versions(slug), day)
        return known

    @cached_property
    def _histories(self) -> dict[tuple[str, date | None], tuple[HistoryEntry, ...]]:
        return {}

    def on(self, day: date | None) -> Catalogue:
        """The catalogue as it stands on a day: each SOP is the version that counts (``revisions.standing``),
        not the newest file. Without a day nothing that has a date is to come."""
        sops: dict[str, SOP] = {}
        for slug in self.versi:
            versions = self.versions(slug)
            sops[slug] = with_revocation(versions, standing(versions, day))
        sops = {slug: sop for slug, sop in sops.items() if sop is not self.sop[slug]}
        if not sops:
            return self
        versi = {
            slug: tuple(v for v in self.versions(slug) if v.versi.nomor != sop.versi.nomor)
            for slug, sop in sops.items()
        }
        return replace(self, sop={**self.sop, **sops}, versi={**self.versi, **versi})

    def with_version(self, version: SOP) -> Catalogue:
        """A small catalogue in which a version stands in the place of its SOP, with nothing but what it
        names: what a page of that version is made from."""
        named = {slug: self.sop[slug] for slug in named_sops(version) if slug in self.sop}
        _, actors, units = self._entries([version])
        return Catalogue(
            instansi=self.instansi,
            unit={id: self.unit[id] for id in sorted(units) if id in self.unit},
            pelaksana={id: self.pelaksana[id] for id in sorted(actors) if id in self.pelaksana},
            hukum={id: self.hukum[id] for id in version.dasar_hukum if id in self.hukum},
            sop={**named, version.slug: version},
            audience=self.audience,
            lain={id: self.lain[id] for id in named_sops(version) if id in self.lain},
        )

    def sheet_of(self, version: SOP) -> Catalogue:
        """What the sheet to be signed is made from (see ``with_version``). It may be published to the letter
        once it is signed, so it says what those may know who see the least of all the readers of the version,
        and neither notes of editors nor reviews."""
        return self.with_version(replace(self.as_widely_read(version), catatan=(), tinjauan=()))

    def for_audience(self, audience: Audience | str, day: date | None = None) -> Catalogue:
        """The catalogue of one audience as it stands on a day (see ``on``): what it sees (see ``audience``),
        and of the laws, actors and units none that only hidden SOPs name."""
        audience = Audience(audience)
        found = self.on(day)
        if self.beside:
            found = replace(found, lain=self.elsewhere(day, sight_of(audience)))
        if self.namers:
            found = replace(found, perujuk=found.named_by(day, sight_of(audience)))
        return found._of(audience)

    def _of(self, audience: Audience) -> Catalogue:
        sees = sight_of(audience)
        kept = {slug: sop for slug, sop in self.sop.items() if sop.klasifikasi in sees.levels}
        known = kept.keys() | self.lain.keys()
        closed = self.sop.keys() - kept.keys()
        sops = {
            slug: without_hidden(told(sop, self.known, closed, sees.health), sees.notes, known, self.sop)
            for slug, sop in kept.items()
        }
        versions = {
            slug: tuple(
                without_hidden(told(version, self.known, closed, False), sees.notes, known, self.sop)
                for version in self._readable(slug, sees)
            )
            for slug in self.versi
            if slug in kept
        }
        shown = [*sops.values(), *(version for found in versions.values() for version in found)]
        laws, actors, units = self._entries(shown)
        unsaid: set[str] = set()
        if sees.unused_entries:
            hidden = [
                version
                for slug, sop in self.sop.items()
                for version in (sop, *self.versi.get(slug, ()))
                if slug not in kept or version.klasifikasi not in sees.levels
            ]
            others = self._entries(hidden)
            laws = self.hukum.keys() - (others[0] - laws)
            actors = self.pelaksana.keys() - (others[1] - actors)
            units = self.unit.keys() - (others[2] - units)
            units |= {above.id for id in units for above in self.unit_chain(id)}
            unsaid = {text for sop in hidden if sop.slug not in kept for text in (sop.slug, sop.nama)}
            unsaid |= (others[1] - actors) | (others[2] - units)
            for law in (self.hukum[id] for id in others[0] - laws if id in self.hukum):
                unsaid |= {law.id, law.kutipan, law.judul, law.dimaksud or law.id}
        problems = self.problems if sees.problems else ()
        return Catalogue(
            instansi=self.instansi if sees.own_address else replace(self.instansi, situs_internal=None),
            unit=_only(self.unit, units),
            pelaksana={id: _in_units(actor, units) for id, actor in _only(self.pelaksana, actors).items()},
            hukum=_only(self.hukum, laws),
            sop=sops,
            problems=tuple(
                p for p in problems if not self._hides(Path(p.position.file), sees) and not says(p, unsaid)
            ),
            audience=audience,
            versi={slug: found for slug, found in versions.items() if found},
            places=self.places if sees.health else {},
            lain=self.lain,
            portal=self._portal(sees),
            perujuk=_only(self.perujuk, {slug for slug in sops if self.sop[slug].klasifikasi in _OPEN}),
        )

    def _portal(self, sees: Sight) -> PortalUmum | None:
        """The portal as its readers reach it: beside the site is only who stands at the known address."""
        if self.portal is None or self.portal.alamat or not sees.known_address:
            return self.portal if self.portal and self.portal.alamat else None
        return replace(self.portal, alamat="../")

    def _readable(self, slug: str, sees: Sight) -> Iterator[SOP]:
        """The other versions of an SOP that readers may read. Who sees no drafts sees none of them, others
        none that only a version which they may not know of tells to be one."""
        versions = self.versions(slug)
        never = drafts(versions)
        known = [one for one in versions if one is self.sop[slug] or one.klasifikasi in sees.levels]
        told = drafts(known) if sees.drafts else frozenset[int]()
        for version in self.versi[slug]:
            if version.klasifikasi in sees.levels and version.versi.nomor not in never - told:
                yield version

    def as_widely_read(self, sop: SOP) -> SOP:
        """An SOP as it is for those who see the least of all who may read it: the same from the catalogue of
        every audience. As it is where nobody may."""
        sees = narrowest(sop.klasifikasi)
        if sees is None:
            return sop
        named = {slug: self.sop[slug] for slug in named_sops(sop) if slug in self.sop}
        kept = {slug: other for slug, other in named.items() if other.klasifikasi in sees.levels}
        return without_hidden(sop, sees.notes, kept.keys() | self.lain.keys(), self.sop)

    def _entries(self, sops: Iterable[SOP]) -> tuple[set[str], set[str], set[str]]:
        """Ids of the laws, actors and units (those above them too) that these SOPs name."""
        laws, actors, units = set[str](), set[str](), set[str]()
        for sop in sops:
            laws.update(sop.dasar_hukum)
            actors.update(actors_of(sop))
            units.update(unit.id for unit in self.unit_chain(sop.unit))
        return laws, actors, units

    def _hides(self, file: Path, sees: Sight) -> bool:
        """Whether who sees so much must not learn what stands in this file of an SOP or a version."""

        def hidden(sop: SOP) -> bool:
            return sop.klasifikasi not in sees.levels

        for slug in (file.stem, file.parent.name):
            if slug in self.sop and hidden(self.sop[slug]):
                return True
        if file.stem in self.sop:
            return hidden(self.versions(file.stem)[-1])
        above = file.parent.name
        old = self.versions(above) if above in self.sop else ()
        return any(hidden(version) for version in old if str(version.versi.nomor) == file.stem)


def _index(keys: Iterable[str], pairs: Iterable[tuple[str, Any]]) -> dict[str, tuple[Any, ...]]:
    """Values by key, every key present, each value once."""
    found: dict[str, dict[Any, None]] = {key: {} for key in keys}
    for key, value in pairs:
        found.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in found.items()}


_OPEN = sight_of(Audience.PUBLIK).levels
"""Of these every agency may know that others name them."""


def _only(values: Mapping[str, Any], kept: Collection[str]) -> dict[str, Any]:
    return {id: value for id, value in values.items() if id in kept}


def _in_units(actor: Pelaksana, units: set[str]) -> Pelaksana:
    return actor if actor.unit is None or actor.unit in units else replace(actor, unit=None)
