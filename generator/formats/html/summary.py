"""SOP + Catalogue → what a reader wants first: purpose, actors, steps, time, and how far to trust it.

Nothing is guessed: what the source does not say is said to be unsaid. A due review is told against a date
that the caller gives; without one only the day itself is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.review import months_of, review_before, to_look_at
from generator.data.revisions import is_revoked, revoked_since
from generator.model.dates import date_text, is_blank_date, parse_date
from generator.model.durations import times_of, total_of, total_text
from generator.model.klasifikasi import Klasifikasi
from generator.model.registers import Status
from generator.model.sop import SOP


class Level(StrEnum):
    """How a notice looks: a plain note, or something the reader has to mind."""

    NOTE = "catatan"
    MIND = "perhatian"


class Notice(Struct, frozen=True):
    """One line of the status banner: its short name for lists ("Belum bernomor") and the sentence."""

    level: Level
    name: str
    text: str
    above: bool = False
    """Whether the page of the SOP says it in a place of its own."""
    guess: bool = False
    """Whether it tells of a reading that is not confirmed."""


class Summary(Struct, frozen=True):
    """``actors`` are ids in the order of the columns; ``total`` is the sum in words."""

    purpose: str | None
    actors: tuple[str, ...]
    steps: int
    total: str
    notices: tuple[Notice, ...]


def summarise(sop: SOP, catalogue: Catalogue, day: date | None = None) -> Summary:
    """The summary of one SOP; ``day`` is the date against which a review is due."""
    steps = [step for alur in sop.alur for step in alur.kegiatan]
    actors = dict.fromkeys(
        lane.id
        for chart in catalogue.charts[sop.slug]
        for number, lane in enumerate(chart.lanes)
        if any(node.lane == number for node in chart.nodes)
    )
    return Summary(
        purpose=sop.tujuan,
        actors=tuple(actors),
        steps=len(steps),
        total=total_text(total_of(times_of(steps))),
        notices=tuple(notices(sop, catalogue, day)),
    )


def notices(sop: SOP, catalogue: Catalogue, day: date | None = None) -> Iterator[Notice]:
    """The lines of the status banner, most weighty first."""
    yield from _revoked(sop, day)
    if catalogue.sees.openness:
        yield from _access(sop)
    for guess in sop.dugaan:
        sure = "kuat" if guess.keyakinan == "kuat" else "lemah"
        yield Notice(
            Level.MIND if sure == "lemah" else Level.NOTE,
            f"Dugaan: {guess.hal}",
            f"Bagian yang merupakan dugaan ({sure}), belum dipastikan pemilik SOP: {guess.hal}. "
            f"{guess.alasan}",
            guess=True,
        )
    yield from _in_force(sop, months_of(sop, catalogue), day)
    if catalogue.sees.health and (changed := to_look_at(sop, catalogue)):
        text = f"Berubah sejak SOP ini terakhir ditinjau: {'; '.join(changed)}."
        yield Notice(Level.MIND, "Perlu dilihat", text)
    if sop.disahkan_oleh is None or not sop.disahkan_oleh.jabatan:
        yield Notice(Level.MIND, "Pengesah tidak disebut", "Naskah tidak menyebut siapa yang mengesahkan.")
    yield from _laws(sop, catalogue)


def _revoked(sop: SOP, day: date | None) -> Iterator[Notice]:
    if (since := revoked_since(sop)) is None or sop.pencabutan is None:
        return
    by = f" Dasar: {sop.pencabutan.dasar}." if sop.pencabutan.dasar else ""
    if is_revoked(sop, day):
        text = f"SOP ini dicabut dan tidak berlaku lagi sejak {date_text(since)}.{by}"
        yield Notice(Level.MIND, "Dicabut", text, above=True)
    else:
        text = f"SOP ini dicabut mulai {date_text(since)}; sampai hari sebelumnya masih berlaku.{by}"
        yield Notice(Level.MIND, "Akan dicabut", text, above=True)


def _laws(sop: SOP, catalogue: Catalogue) -> Iterator[Notice]:
    """Laws of the SOP that are revoked or in doubt."""
    laws = [catalogue.hukum[id] for id in sop.dasar_hukum if id in catalogue.hukum]
    if revoked := "; ".join(law.kutipan for law in laws if law.status is Status.DICABUT):
        yield Notice(Level.MIND, "Dasar hukum dicabut", f"Dasar hukumnya sudah dicabut: {revoked}.")
    if doubtful := "; ".join(law.kutipan for law in laws if law.status is Status.DIRAGUKAN):
        text = f"Periksa apakah masih berlaku: {doubtful}."
        yield Notice(Level.NOTE, "Dasar hukum perlu diperiksa", text)


def _access(sop: SOP) -> Iterator[Notice]:
    if sop.klasifikasi is None:
        yield Notice(Level.MIND, "Draf", "Draf: belum diklasifikasi, jadi tidak diterbitkan untuk umum.")
    elif sop.klasifikasi is Klasifikasi.INTERNAL:
        yield Notice(Level.MIND, "Internal", "Hanya untuk kalangan sendiri; tidak diterbitkan untuk umum.")


def _in_force(sop: SOP, months: int, day: date | None) -> Iterator[Notice]:
    if (sop.nomor or "").strip() in ("", "-", "–", "—"):
        yield Notice(Level.MIND, "Belum bernomor", "SOP ini belum bernomor.")
    if is_blank_date(sop.tanggal.efektif):
        text = "Naskah tidak menyebut tanggal efektif, jadi tidak jelas sejak kapan SOP ini berlaku."
        yield Notice(Level.MIND, "Tanggal efektif belum ada", text)
    elif day and (begins := parse_date(sop.tanggal.efektif)) and begins > day:
        yield Notice(Level.MIND, "Belum berlaku", f"Baru berlaku mulai {date_text(begins)}.")
    due = review_before(sop, months)
    if due and day and due <= day:
        yield Notice(Level.MIND, "Perlu tinjau ulang", f"Seharusnya ditinjau ulang sebelum {date_text(due)}.")
    elif due:
        yield Notice(Level.NOTE, "Tinjau ulang", f"Tinjau ulang sebelum {date_text(due)}.")
