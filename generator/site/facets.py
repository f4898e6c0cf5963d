"""SOP + Catalogue → what its page can be filtered by, as marks that the search reads from the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from markupsafe import Markup

from generator.data.catalogue import Catalogue
from generator.formats.escaping import escaped
from generator.formats.html.summary import Level, summarise
from generator.model.durations import Family, Total, times_of, total_of
from generator.model.sop import SOP

_DAYS = {
    Family.MENIT: Fraction(1, 450),
    Family.HARI_KERJA: Fraction(1),
    Family.HARI: Fraction(1),
    Family.MINGGU: Fraction(7),
    Family.BULAN: Fraction(30),
    Family.TAHUN: Fraction(365),
}
"""Days of each unit, roughly: for the rank of an SOP among others only (a working day has 450 minutes)."""
_LENGTHS = (
    (Fraction(60, 450), "1. sampai 1 jam"),
    (Fraction(1), "2. sampai 1 hari kerja"),
    (Fraction(7), "3. sampai 1 minggu"),
)


def facet_marks(sop: SOP, catalogue: Catalogue, day: date | None) -> Markup:
    """Hidden marks of all the values of an SOP."""
    return Markup(
        "".join(
            f'<span hidden data-pagefind-filter="{name}:{escaped(value)}"></span>'
            for name, value in facet_values(sop, catalogue, day)
        )
    )


def facet_values(sop: SOP, catalogue: Catalogue, day: date | None) -> Iterator[tuple[str, str]]:
    """Facet and value: the unit and those above it, actors, laws, states, length of time, and inside the
    agency the klasifikasi."""
    for unit in catalogue.unit_chain(sop.unit):
        yield "unit", unit.nama
    whole = summarise(sop, catalogue, day)
    for id in whole.actors:
        if id in catalogue.pelaksana:
            actor = catalogue.pelaksana[id]
            yield "pelaksana", f"{actor.nama} ({actor.lengkap})" if actor.lengkap else actor.nama
    for id in sop.dasar_hukum:
        if id in catalogue.hukum:
            yield "hukum", catalogue.hukum[id].kutipan
    states = [notice.name for notice in whole.notices if notice.level is Level.MIND]
    yield from (("status", state) for state in states or ["Tanpa catatan"])
    yield "lama", length(total_of(times_of(step for alur in sop.alur for step in alur.kegiatan)))
    yield from _told_apart(sop, catalogue, [notice.name for notice in whole.notices])
    if catalogue.sees.openness:
        yield "klasifikasi", sop.klasifikasi.value if sop.klasifikasi else "belum diklasifikasi"


def _told_apart(sop: SOP, catalogue: Catalogue, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What tells an SOP from others of its name in a list of hits: its unit, its number, how it stands."""
    if chain := list(catalogue.unit_chain(sop.unit)):
        yield "satuan", chain[0].nama
    if "Belum bernomor" not in names:
        yield "nomor", f"Nomor {sop.nomor}"
    standing = ("Dicabut", "Akan dicabut", "Belum berlaku", "Draf", "Internal", "Belum bernomor")
    if told := ", ".join(name for name in standing if name in names):
        yield "keadaan", told
    elif "Tanggal efektif belum ada" not in names:
        yield "keadaan", "Berlaku"


def length(total: Total) -> str:
    """The length of time by rough steps; what is known in part only says so."""
    if not total.spans or total.unknown:
        return "5. belum diketahui seluruhnya"
    days = sum((span.high * _DAYS[span.family] for span in total.spans), Fraction(0))
    return next((name for most, name in _LENGTHS if days <= most), "4. lebih dari 1 minggu")
