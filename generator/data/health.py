"""Catalogue + a day → what is to be done next: boxes of the form left blank, reviews overdue, laws in doubt,
readings to confirm, entries of the registers that nothing uses.

Counted is what the catalogue holds, so what its audience may not know is in no figure, and of that no SOP of
which a revocation is decided. Reads no clock: without a day no review is judged. Each SOP is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.review import ReviewState, months_of, review_before, review_of, to_look_at
from generator.form.boxes import BOXES, FIELDS, ValueKind
from generator.form.columns import CELLS, headed
from generator.model.lists import no_lines, says_nothing
from generator.model.named import StepRef
from generator.model.problems import Problem
from generator.model.registers import Instansi, Peraturan, Status, label_untuk
from generator.model.sop import SOP

SOON_DAYS = 60
"""Reviews due within so many days are told beside the overdue ones."""
SIGNER = {"jabatan_pengesah": "jabatan", "nama_pengesah": "nama"}
"""What of the approving official is counted, and its name in the data."""
DATES = tuple(box.key for box in FIELDS if box.kind is ValueKind.DATE)
COLUMNS = tuple(column.key for column in CELLS if column.counted)
ISIAN: tuple[str, ...] = (
    *(
        key
        for box in FIELDS
        if box.counted
        for key in (SIGNER if box.kind is ValueKind.SIGNER else (box.key,))
    ),
    *(box.key for box in BOXES if box.counted),
    *COLUMNS,
)
"""What of the official form is counted: boxes of the identity block, columns of the activity table.

A column is filled where no step leaves it blank. Not counted is what may rightly be blank: the date of
revision of a version that revises nothing, Keterkaitan of an SOP that stands alone, NIP of a signer who
is no civil servant, Keterangan; nor what cannot be blank in the data: the name, Kegiatan, Pelaksana.
"""
IN_DOUBT = (Status.DICABUT, Status.DIRAGUKAN, Status.BELUM_DIPERIKSA)
"""States of a law that its citing SOPs cannot rest on, the worst first."""
_RULES = {
    "nomor": "nomor_kosong",
    **dict.fromkeys(DATES, "tanggal_kosong"),
    **dict.fromkeys(SIGNER, "pengesahan_kosong"),
    "peringatan": "peringatan_kosong",
    "waktu": "waktu_kosong",
}
"""The rule of the check that tells where a blank stands."""


class Gap(Struct, frozen=True):
    """What an SOP leaves blank; ``steps`` the steps that do, for a column. ``line`` is where the check found
    it in the file of the SOP, None where it does not say."""

    field: str
    steps: tuple[StepRef, ...] = ()
    line: int | None = None


class SopHealth(Struct, frozen=True):
    """One SOP. ``file`` is its place in the data folder, ``fields`` the boxes and columns that its form has
    to fill; ``due`` the day before which it is to be reviewed, ``days`` how many are left. ``review`` is None
    where no day was given to judge it by; ``laws`` are those it cites that are in doubt, ``changed`` is
    what it names and is no longer as it was when somebody last confirmed it, in words; ``reading_lines``
    stand in the order of its readings, and are empty where the check does not say."""

    sop: SOP
    file: str
    fields: tuple[str, ...]
    gaps: tuple[Gap, ...]
    due: date | None
    review: ReviewState | None
    days: int | None
    laws: tuple[str, ...]
    reading_lines: tuple[int, ...]
    changed: tuple[str, ...] = ()

    @property
    def counted(self) -> int:
        return len(self.fields)

    @property
    def filled(self) -> int:
        return self.counted - len(self.gaps)

    def lacks(self, *fields: str) -> bool:
        """Whether one of these is blank."""
        return any(gap.field in fields for gap in self.gaps)


class Tally(Struct, frozen=True):
    """Figures over some SOPs: how many there are, how many are complete, boxes counted and filled, how many
    SOPs have no number, lack a date, are overdue or soon due for review (None: not judged), have no date to
    reckon a review from, cite a law in doubt; and the readings to confirm."""

    sops: int
    complete: int
    counted: int
    filled: int
    no_number: int
    no_date: int
    overdue: int | None
    soon: int | None
    undated: int
    doubtful: int
    changed: int
    readings: int

    @property
    def share(self) -> Fraction:
        """Filled of counted, 1 where nothing is counted."""
        return Fraction(self.filled, self.counted) if self.counted else Fraction(1)


class UnitHealth(Struct, frozen=True):
    """A unit with SOPs of its own, by slug, the least complete first."""

    unit: str
    sops: tuple[str, ...]
    tally: Tally


class FieldHealth(Struct, frozen=True):
    """A box or column: in how many SOPs it counts, and the SOPs that leave it blank."""

    field: str
    counted: int
    missing: tuple[str, ...]


class Unused(Struct, frozen=True):
    """An entry of a register that no SOP names; ``versions`` says that another version of one does."""

    id: str
    versions: bool


class Health(Struct, frozen=True):
    """The state of a catalogue on ``day``. ``units`` stand the least complete first; ``laws`` are those in
    doubt that are cited, ``to_confirm`` those of which we read what is meant. ``empty_units`` have no SOP,
    nor has a unit below them."""

    day: date | None
    sops: Mapping[str, SopHealth]
    total: Tally
    units: tuple[UnitHealth, ...]
    fields: tuple[FieldHealth, ...]
    laws: Mapping[Status, tuple[str, ...]]
    to_confirm: tuple[str, ...]
    unused_actors: tuple[Unused, ...]
    unused_laws: tuple[Unused, ...]
    empty_units: tuple[str, ...]
    problems: int

    def reviews(self, *states: ReviewState) -> tuple[SopHealth, ...]:
        """SOPs whose review stands so, the most urgent first."""
        found = [one for one in self.sops.values() if one.review in states]
        return tuple(sorted(found, key=lambda one: (one.due or date.max, one.sop.slug)))

    @property
    def undated(self) -> tuple[SopHealth, ...]:
        """SOPs with no date to reckon a review from."""
        return tuple(one for one in self.sops.values() if one.due is None)


def assess(catalogue: Catalogue, day: date | None = None) -> Health:
    """The state of every SOP and of the registers; ``day`` is the one on which reviews are judged."""
    lines, judged = _lines(catalogue.problems), day is not None
    sops = {
        slug: _sop_health(sop, catalogue, day, lines)
        for slug, sop in catalogue.sop.items()
        if not sop.pencabutan
    }
    units = [
        UnitHealth(
            id,
            tuple(sorted(slugs, key=lambda slug: _worst(sops[slug]))),
            tally((sops[slug] for slug in slugs), judged),
        )
        for id, every in catalogue.of_unit.items()
        if (slugs := [slug for slug in every if slug in sops])
    ]
    cited = [law for law in catalogue.hukum.values() if any(s in sops for s in catalogue.citing[law.id])]
    actors, laws = _named(catalogue.sop.values())
    other_actors, other_laws = _named(version for found in catalogue.versi.values() for version in found)
    return Health(
        day=day,
        sops=sops,
        total=tally(sops.values(), judged),
        units=tuple(sorted(units, key=lambda unit: unit.tally.share)),
        fields=tuple(_fields(sops.values())),
        laws={state: tuple(law.id for law in cited if law.status is state) for state in IN_DOUBT},
        to_confirm=tuple(law.id for law in catalogue.hukum.values() if to_confirm(law)),
        unused_actors=tuple(Unused(id, id in other_actors) for id in catalogue.pelaksana if id not in actors),
        unused_laws=tuple(Unused(id, id in other_laws) for id in catalogue.hukum if id not in laws),
        empty_units=_empty_units(catalogue),
        problems=len(catalogue.problems),
    )


def to_confirm(law: Peraturan) -> bool:
    """Whether what the register says of a law is a reading that its owner has yet to confirm."""
    return bool(law.dimaksud) or law.keyakinan != "pasti" or law.status is Status.DIRAGUKAN


def tally(sops: Iterable[SopHealth], judged: bool) -> Tally:
    """The figures over some SOPs; ``judged`` says whether there was a day to judge their reviews by."""
    found = list(sops)

    def many(state: ReviewState) -> int | None:
        return sum(one.review is state for one in found) if judged else None

    return Tally(
        sops=len(found),
        complete=sum(not one.gaps for one in found),
        counted=sum(one.counted for one in found),
        filled=sum(one.filled for one in found),
        no_number=sum(one.lacks("nomor") for one in found),
        no_date=sum(one.lacks(*DATES) for one in found),
        overdue=many(ReviewState.TERLAMBAT),
        soon=many(ReviewState.SEGERA),
        undated=sum(one.due is None for one in found),
        doubtful=sum(bool(one.laws) for one in found),
        changed=sum(bool(one.changed) for one in found),
        readings=sum(len(one.sop.dugaan) for one in found),
    )


def counts(sop: SOP, instansi: Instansi) -> tuple[str, ...]:
    """The boxes and columns that the form of an SOP has to fill."""
    own = {column.key for column in headed(label_untuk(instansi, sop)).columns}
    return tuple(
        field
        for field in ISIAN
        if (field in own or field not in COLUMNS) and (field != "tanggal_revisi" or sop.versi.nomor > 1)
    )


def _sop_health(
    sop: SOP, catalogue: Catalogue, day: date | None, lines: Mapping[tuple[str, str], Sequence[int]]
) -> SopHealth:
    months = months_of(sop, catalogue)
    review = review_of(sop, months, day, SOON_DAYS) if day else None
    file = _file(sop, catalogue)
    found, fields = lines.get((file, "dugaan"), ()), counts(sop, catalogue.instansi)
    return SopHealth(
        sop=sop,
        file=file,
        fields=fields,
        gaps=tuple(_gaps(sop, fields, file, lines)),
        due=review_before(sop, months),
        review=review.state if review else None,
        days=review.days_left if review else None,
        laws=tuple(
            id for id in sop.dasar_hukum if id in catalogue.hukum and catalogue.hukum[id].status in IN_DOUBT
        ),
        reading_lines=tuple(found) if len(found) == len(sop.dugaan) else (),
        changed=to_look_at(sop, catalogue),
    )


def _file(sop: SOP, catalogue: Catalogue) -> str:
    """The newest version of an SOP is the file that people edit, the others are kept."""
    if any(other.versi.nomor > sop.versi.nomor for other in catalogue.versi.get(sop.slug, ())):
        return f"versi/{sop.slug}/{sop.versi.nomor}.yml"
    return f"sop/{sop.slug}.yml"


def _gaps(
    sop: SOP, fields: Sequence[str], file: str, lines: Mapping[tuple[str, str], Sequence[int]]
) -> Iterator[Gap]:
    blank_steps = _blank_steps(sop)
    for field in fields:
        line = next(iter(lines.get((file, _RULES.get(field, "")), ())), None)
        if field in COLUMNS:
            if steps := blank_steps[field]:
                yield Gap(field, tuple(steps), line)
        elif _is_blank(sop, field):
            yield Gap(field, (), line)


def _is_blank(sop: SOP, field: str) -> bool:
    """Whether a box of the identity block holds nothing but a dash."""
    if field in SIGNER:
        signer = sop.disahkan_oleh
        return says_nothing(getattr(signer, SIGNER[field]) if signer else None)
    value = _PLACES[field].of(sop)
    return no_lines(value) if isinstance(value, tuple) else says_nothing(value)


_PLACES = {box.key: box for box in (*FIELDS, *BOXES)}


def _blank_steps(sop: SOP) -> dict[str, list[StepRef]]:
    """The steps that leave a column blank."""
    found: dict[str, list[StepRef]] = {key: [] for key in COLUMNS}
    columns = [column for column in CELLS if column.counted]
    for number, alur in enumerate(sop.alur):
        for row, step in enumerate(alur.kegiatan):
            for column in (one for one in columns if one.field not in step.gabung):
                if no_lines(column.of(step)) if column.lines else all(map(says_nothing, column.of(step))):
                    found[column.key].append(StepRef(sop.slug, number, row))
    return found


def _fields(sops: Iterable[SopHealth]) -> Iterator[FieldHealth]:
    found = list(sops)
    missing: dict[str, list[str]] = {field: [] for field in ISIAN}
    for one in found:
        for gap in one.gaps:
            missing[gap.field].append(one.sop.slug)
    for field in ISIAN:
        yield FieldHealth(field, sum(field in one.fields for one in found), tuple(missing[field]))


def _worst(one: SopHealth) -> tuple[Fraction, str]:
    return Fraction(one.filled, one.counted), one.sop.slug


def _named(sops: Iterable[SOP]) -> tuple[set[str], set[str]]:
    """Ids of the actors that have a column, and of the laws cited."""
    actors, laws = set[str](), set[str]()
    for sop in sops:
        laws.update(sop.dasar_hukum)
        actors.update(id for alur in sop.alur for id in alur.pelaksana)
    return actors, laws


def _empty_units(catalogue: Catalogue) -> tuple[str, ...]:
    used = {unit.id for id, slugs in catalogue.of_unit.items() if slugs for unit in catalogue.unit_chain(id)}
    return tuple(id for id in catalogue.unit if id not in used)


def _lines(problems: Iterable[Problem]) -> dict[tuple[str, str], list[int]]:
    """Where the check found something: lines by file and rule, from the top."""
    found: dict[tuple[str, str], list[int]] = {}
    for problem in problems:
        where = problem.position
        found.setdefault((where.file, problem.rule), []).append(where.line)
    return found
