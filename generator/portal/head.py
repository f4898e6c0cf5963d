"""Agencies on a day → how their SOPs stand, for who answers for all of them: ranked by what is to be done,
and the laws that have ended with the SOPs that cite them.

Everything that an internal site would tell is counted, so it is for the inside alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from generator.data.audience import Audience
from generator.data.catalogue import Catalogue
from generator.data.health import SopHealth, assess
from generator.data.review import ReviewState
from generator.data.revisions import VersionState, history
from generator.data.sources import read_catalogue
from generator.model.problems import Severity
from generator.model.registers import Status
from generator.portal.agencies import Agency


class Standing(Struct, frozen=True):
    """How the SOPs of an agency stand; ``kerja`` are those with whom something is to be done, ``galat`` the
    errors of data that cannot be read: then nothing is counted."""

    id: str
    nama: str
    sop: int = 0
    bernomor: int = 0
    berlaku: int = 0
    ditandatangani: int = 0
    terlambat: int = 0
    hukum_berakhir: int = 0
    kerja: int = 0
    galat: int = 0

    @property
    def tugas(self) -> tuple[str, ...]:
        """What is to be done, the most pressing first."""
        if self.galat:
            return (f"betulkan {self.galat} galat: sop check --instansi {self.id}",)
        found = (
            (self.terlambat, "ditinjau ulang"),
            (self.hukum_berakhir, "diganti dasar hukumnya"),
            (self.sop - self.bernomor, "diberi nomor"),
            (self.sop - self.ditandatangani, "ditandatangani"),
            (self.sop - self.berlaku, "ditetapkan tanggal berlakunya"),
        )
        said = tuple(f"{many} SOP {what}" for many, what in found if many)
        return said if self.sop else ("belum ada SOP",)


class Cited(Struct, frozen=True, order=True):
    """An SOP that cites a law."""

    instansi: str
    nama_instansi: str
    id: str
    nama: str


class EndedLaw(Struct, frozen=True):
    """A law that has ended, as it is cited, and the SOPs that still cite it by agency."""

    nama: str
    keterangan: str
    sop: tuple[Cited, ...]


class Overview(Struct, frozen=True):
    """All agencies, those with most to do first, and the laws that have ended, those most cited first."""

    day: date
    instansi: tuple[Standing, ...]
    hukum: tuple[EndedLaw, ...]

    @property
    def total(self) -> Standing:
        """The sum over all."""
        fields = [name for name in Standing.__struct_fields__ if name not in ("id", "nama")]
        sums = {name: sum(getattr(one, name) for one in self.instansi) for name in fields}
        return Standing("", "Semua instansi", **sums)


def overview(
    agencies: Iterable[Agency], home: Path, day: date, cache: Path | None, closed: Iterable[str] = ()
) -> Overview:
    """Read all agencies; one that cannot be read is said, and the others are counted. ``closed``: those of
    which not even the folder can be read."""
    found = [Standing(id, id, galat=1) for id in sorted(closed)]
    laws: dict[tuple[str, str], list[Cited]] = {}
    for agency in agencies:
        memory = cache / "instansi" / agency.id / "data.sqlite" if cache else None
        memory = memory if memory and memory.parent.is_dir() else None
        try:
            whole, problems = read_catalogue(agency.data, memory, home=home)
        except OSError:
            found.append(Standing(agency.id, agency.id, galat=1))
            continue
        if whole is None:
            wrong = sum(problem.severity is Severity.ERROR for problem in problems)
            found.append(Standing(agency.id, agency.id, galat=wrong))
            continue
        catalogue = whole.for_audience(Audience.INTERNAL, day)
        found.append(_standing(agency.id, catalogue, day))
        for law, cited in _ended(agency.id, catalogue):
            laws.setdefault(law, []).extend(cited)
    ended = [EndedLaw(name, note, tuple(sorted(cited))) for (name, note), cited in laws.items()]
    return Overview(
        day,
        tuple(sorted(found, key=lambda one: (not one.galat, -one.kerja, -one.terlambat, one.nama))),
        tuple(sorted(ended, key=lambda law: (-len(law.sop), law.nama))),
    )


def _standing(id: str, catalogue: Catalogue, day: date) -> Standing:
    sops = assess(catalogue, day).sops
    standing = [_points(one, catalogue, day) for one in sops.values()]
    many = len(standing)
    numbered, in_force, signed, in_time, lasting = (
        (sum(column) for column in zip(*standing, strict=True)) if many else [0] * 5
    )
    return Standing(
        id,
        catalogue.instansi.nama,
        many,
        numbered,
        in_force,
        signed,
        many - in_time,
        many - lasting,
        sum(not all(points) for points in standing),
    )


def _points(one: SopHealth, catalogue: Catalogue, day: date) -> Sequence[bool]:
    """Whether an SOP is numbered, in force, signed, reviewed in time and rests on laws that still hold."""
    sop = one.sop
    state = next(entry.state for entry in history(catalogue.versions(sop.slug), day) if entry.current)
    laws = [catalogue.hukum[id] for id in sop.dasar_hukum if id in catalogue.hukum]
    return (
        not one.lacks("nomor"),
        state is VersionState.BERLAKU,
        bool(sop.tanda_tangan or sop.dokumen_resmi),
        one.review is not ReviewState.TERLAMBAT,
        all(law.status is not Status.DICABUT for law in laws),
    )


def _ended(id: str, catalogue: Catalogue) -> Iterable[tuple[tuple[str, str], list[Cited]]]:
    for law in catalogue.hukum.values():
        if law.status is Status.DICABUT and (slugs := catalogue.citing[law.id]):
            name = catalogue.instansi.nama
            cited = [Cited(id, name, slug, catalogue.sop[slug].nama) for slug in slugs]
            yield (law.kutipan, law.catatan or ""), cited
