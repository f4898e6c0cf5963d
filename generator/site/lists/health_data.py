"""Health of a catalogue → what is to be done, tables for a spreadsheet, a record for programs: all that the
pages show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.health import ISIAN, SIGNER, SOON_DAYS, Health, SopHealth, Tally
from generator.data.review import ReviewState
from generator.data.revisions.marks import last_review
from generator.flow.chart import row_numbers
from generator.form import LABEL_RESMI
from generator.formats.open_data.lists import csv_file
from generator.model.named import StepRef
from generator.model.registers import Status

TABLE, FINDINGS = "kesehatan/kesehatan.csv", "kesehatan/temuan.csv"
"""Addresses of the tables from the top of the site."""
COLUMNS = (
    *("id", "nama", "unit", "nama_unit", "klasifikasi", "versi", "isian_dihitung", "isian_terisi"),
    *(field for field in ISIAN),
    *("tinjau_sebelum", "tinjauan", "hari_terlambat", "peraturan_perlu_diperiksa", "dugaan", "berkas"),
    *("ditinjau_pada", "ditinjau_oleh", "berubah_sejak_ditinjau"),
)
"""Headings of the table of SOPs; under a box or column stands ``ada``, ``kosong`` (with the steps that leave
it so), or ``tidak dihitung``."""
FINDING_COLUMNS = ("temuan", "id", "nama", "unit", "hal", "langkah", "berkas", "baris")
"""Headings of the table of findings, one a row."""
_REVIEWS = {
    ReviewState.TERLAMBAT: "tinjau-ulang-terlambat",
    ReviewState.SEGERA: "tinjau-ulang-segera",
    ReviewState.TANPA_TANGGAL: "tinjau-ulang-tanpa-tanggal",
}


class Work(Struct, frozen=True):
    """Something to be done: ``many`` of a kind (None: not judged), ``of`` what they are part of."""

    key: str
    name: str
    many: int | None
    kind: str
    todo: str
    of: str = ""


def work(health: Health, place: str = "") -> Iterator[Work]:
    """What is to be done, the most pressing first; ``place``: where the register of laws stands, for those
    who edit it."""
    where = f" di {place}" if place else ""
    total, of = health.total, f"dari {health.total.sops} SOP"
    todo = "Tinjau; bila tetap berlaku, catat tinjauannya; bila ada yang berubah, revisi."
    yield Work("terlambat", "Terlambat ditinjau ulang", total.overdue, "SOP", todo, of)
    todo = "Jadwalkan tinjauannya."
    yield Work("segera", f"Ditinjau ulang dalam {SOON_DAYS} hari", total.soon, "SOP", todo, of)
    todo = "Baca lagi; bila tetap berlaku, catat tinjauannya; bila tidak, revisi."
    yield Work("dilihat", "Perlu dilihat: acuannya berubah", total.changed, "SOP", todo, of)
    todo = "Isi tanggal efektif atau tanggal pembuatan."
    yield Work("tanpa-tanggal", "Waktu tinjauan tidak diketahui", total.undated, "SOP", todo, of)
    for state, name, todo in (
        (Status.DICABUT, "Peraturan dicabut, masih dikutip", "Ganti pada SOP yang mengutipnya."),
        (Status.DIRAGUKAN, "Keberlakuan peraturan diragukan", f"Periksa, perbarui status{where}."),
        (
            Status.BELUM_DIPERIKSA,
            "Keberlakuan peraturan belum diperiksa",
            f"Periksa, isi status{where}.",
        ),
    ):
        yield Work(state.value, name, len(health.laws[state]), "peraturan", todo)
    todo = f"Pastikan peraturan yang dimaksud, isi keyakinan{where}."
    yield Work("bacaan", "Bacaan atas peraturan", len(health.to_confirm), "peraturan", todo)
    sops = sum(bool(one.sop.dugaan) for one in health.sops.values())
    todo = "Tanyakan kepada pemilik SOP, lalu hapus dugaan itu."
    yield Work("dugaan", "Dugaan pada SOP", total.readings, "dugaan", todo, f"pada {sops} SOP")
    yield Work("nomor", "Belum bernomor", total.no_number, "SOP", "Isi nomor setelah ditetapkan.", of)
    yield Work("tanggal", "Ada tanggal yang kosong", total.no_date, "SOP", "Isi setelah ditetapkan.", of)
    todo, actors, laws = "Hapus bila tidak diperlukan lagi.", health.unused_actors, health.unused_laws
    yield Work("sisa-pelaksana", "Pelaksana yang tidak dipakai", len(actors), "pelaksana", todo)
    yield Work("sisa-hukum", "Peraturan yang tidak dikutip", len(laws), "peraturan", todo)
    todo = "Tulis SOP-nya, atau hapus unit itu."
    yield Work("sisa-unit", "Unit tanpa SOP", len(health.empty_units), "unit", todo)
    todo = "Betulkan; naskah yang memang begitu boleh dibiarkan."
    yield Work("masalah", "Peringatan pada data", health.problems, "peringatan", todo)


def field_name(field: str, catalogue: Catalogue) -> str:
    """The heading of a box or column on the agency's form."""
    label = {**LABEL_RESMI, **catalogue.instansi.label}
    if field in SIGNER:
        return f"{label['disahkan_oleh']}: {SIGNER[field]}"
    return label[field]


def unit_name(id: str, catalogue: Catalogue) -> str:
    return catalogue.unit[id].nama if id in catalogue.unit else id


def step_name(step: StepRef, catalogue: Catalogue) -> str:
    """A step by its number as printed, or by its row; in further tables of an SOP with the table's."""
    number = row_numbers(catalogue.sop[step.sop].alur[step.alur])[step.row]
    name = number.rstrip(".") or f"baris {step.row + 1}"
    return f"{name} tabel {step.alur + 1}" if step.alur else name


def sop_table(health: Health, catalogue: Catalogue) -> bytes:
    """A row for each SOP: every box and column that counts, its review, its laws, its readings."""
    return csv_file(COLUMNS, (_row(one, catalogue) for one in health.sops.values()))


def finding_table(health: Health, catalogue: Catalogue) -> bytes:
    """A row for each thing that is to be done."""
    return csv_file(FINDING_COLUMNS, _findings(health, catalogue))


def health_record(health: Health, catalogue: Catalogue) -> dict[str, Any]:
    """The figures and the findings for programs."""
    return {
        "tanggal": health.day.isoformat() if health.day else None,
        "jumlah": _tally(health.total),
        "unit": [
            {"id": unit.unit, "nama": unit_name(unit.unit, catalogue), **_tally(unit.tally)}
            for unit in health.units
        ],
        "isian": [
            {"id": field.field, "dihitung": field.counted, "kosong": len(field.missing)}
            for field in health.fields
        ],
        "temuan": [dict(zip(FINDING_COLUMNS, found, strict=True)) for found in _findings(health, catalogue)],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "sop": tally.sops,
        "lengkap": tally.complete,
        "isian_dihitung": tally.counted,
        "isian_terisi": tally.filled,
        "tanpa_nomor": tally.no_number,
        "ada_tanggal_kosong": tally.no_date,
        "terlambat": tally.overdue,
        "segera": tally.soon,
        "tak_diketahui_kapan_ditinjau": tally.undated,
        "berdasar_peraturan_perlu_diperiksa": tally.doubtful,
        "perlu_dilihat": tally.changed,
        "dugaan": tally.readings,
    }


def _row(one: SopHealth, catalogue: Catalogue) -> tuple[str, ...]:
    sop, gaps = one.sop, {gap.field: gap for gap in one.gaps}

    def cell(field: str) -> str:
        if field in gaps:
            steps = ", ".join(step_name(step, catalogue) for step in gaps[field].steps)
            return f"kosong: langkah {steps}" if steps else "kosong"
        return "ada" if field in one.fields else "tidak dihitung"

    return (
        *(sop.slug, sop.nama, sop.unit, unit_name(sop.unit, catalogue)),
        *(sop.klasifikasi.value if sop.klasifikasi else "", str(sop.versi.nomor)),
        *(str(one.counted), str(one.filled)),
        *(cell(field) for field in ISIAN),
        one.due.isoformat() if one.due else "",
        one.review.value if one.review else "tidak dinilai",
        str(-one.days) if one.days is not None and one.days < 0 else "",
        *(str(len(one.laws)), str(len(sop.dugaan)), one.file),
        *((review.tanggal, review.oleh) if (review := last_review(sop)) else ("", "")),
        "; ".join(one.changed),
    )


def _findings(health: Health, catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    for one in health.sops.values():
        yield from _of_sop(one, catalogue)
    laws, place = catalogue.place("hukum"), catalogue.place("pelaksana")
    for state, ids in health.laws.items():
        for id in ids:
            law = catalogue.hukum[id]
            yield f"peraturan-{state.value}", id, law.kutipan, "", "", "", laws, ""
    for id in health.to_confirm:
        law = catalogue.hukum[id]
        yield "bacaan-peraturan", id, law.kutipan, "", law.dimaksud or law.nama, "", laws, ""
    for unused in health.unused_actors:
        actor = catalogue.pelaksana[unused.id]
        yield "pelaksana-tidak-dipakai", actor.id, actor.nama, actor.unit or "", "", "", place, ""
    for unused in health.unused_laws:
        law = catalogue.hukum[unused.id]
        yield "peraturan-tidak-dikutip", law.id, law.kutipan, "", "", "", laws, ""
    for id in health.empty_units:
        yield "unit-tanpa-sop", id, catalogue.unit[id].nama, id, "", "", catalogue.place("unit"), ""


def _of_sop(one: SopHealth, catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    sop = one.sop
    head = (sop.slug, sop.nama, sop.unit)
    for gap in one.gaps:
        steps = ", ".join(step_name(step, catalogue) for step in gap.steps)
        name = field_name(gap.field, catalogue)
        yield "isian-kosong", *head, name, steps, one.file, str(gap.line or "")
    state = one.review if one.due else ReviewState.TANPA_TANGGAL
    if state in _REVIEWS:
        yield _REVIEWS[state], *head, one.due.isoformat() if one.due else "", "", one.file, ""
    for what in one.changed:
        yield "perlu-dilihat", *head, what, "", one.file, ""
    for n, reading in enumerate(sop.dugaan):
        line = str(one.reading_lines[n]) if one.reading_lines else ""
        yield "dugaan", *head, reading.hal, "", one.file, line
