"""Health of a catalogue → pages of the internal site as HTML.

A bar is an SVG whose places are percentages, as in ``html.timing``; it stands in the table cell that
says in words what it shows. Percentages are rounded, but 100 % is said of nothing that lacks something, and
0 % of nothing that has something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.health import IN_DOUBT, SOON_DAYS, Gap, Health, SopHealth, UnitHealth, Unused
from generator.data.review import ReviewState
from generator.form import LABEL_RESMI
from generator.formats.html.html import Links
from generator.formats.html.page import Target
from generator.formats.html.pagination import Paginator, placed
from generator.formats.html.view import View
from generator.model.dates import date_text
from generator.model.sop import SOP
from generator.site.lists.health_data import FINDINGS, TABLE, field_name, step_name, unit_name, work
from generator.site.lists.indexes import IN_FORCE, problem_list, reading_list

HOME = "kesehatan/"
"""Address of the page from the top of the site; those of single things lie below it."""
REVIEWS, DATES_PAGE = f"{HOME}tinjau-ulang/", f"{HOME}isian/tanggal/"
MAX_LISTED = 300
"""SOPs that one list names; of the rest it tells how many each unit has, whose own page names them."""


class Report(Struct, frozen=True):
    """What the pages are made from. ``problems`` and ``readings`` tell where the problems of a file stand and
    what was read into an SOP, ``laws`` what was read into laws, all from the top of the site; ``names``: how
    many of the units that have SOPs are called so."""

    health: Health
    catalogue: Catalogue
    problems: Mapping[str, str]
    readings: Mapping[str, str]
    laws: str
    names: Mapping[str, int]


def report(health: Health, catalogue: Catalogue) -> Report:
    """Made once for all pages."""
    files = placed(problem_list("masalah/", catalogue))
    read = [*placed(reading_list("dugaan/", catalogue))]
    names = Counter(unit_name(unit.unit, catalogue) for unit in health.units)
    return Report(
        health,
        catalogue,
        {file.name: f"{path}#{file.anchor}" for path, file in files},
        {one.slug: f"{path}#{one.slug}" for path, one in read if isinstance(one, SOP)},
        next((path for path, one in read if not isinstance(one, SOP)), "dugaan/") + "#hukum",
        names,
    )


def unit_path(id: str) -> str:
    """Address of a unit's page."""
    return f"{HOME}unit/{id}/"


def field_path(field: str) -> str:
    """Address of the page of a box or column."""
    return f"{HOME}isian/{field.replace('_', '-')}/"


def overview(report: Report, links: Links) -> View:
    """What is to be done, and how complete units and boxes are."""
    health, catalogue = report.health, report.catalogue
    found, urls = list(work(health)), _addresses(report, links)
    return View(
        "kesehatan.html",
        {
            "hari": date_text(health.day) if health.day else None,
            "jumlah": health.total.sops,
            "kerja": [(one, urls[one.key]) for one in found if one.many != 0],
            "tidak_ada": [one.name for one in found if one.many == 0],
            "unit": [
                {
                    "nama": Target(unit_name(unit.unit, catalogue), links.page(unit_path(unit.unit))),
                    "di": _above(unit.unit, report),
                    "angka": unit.tally,
                    "batang": _bar(unit.tally.filled, unit.tally.counted),
                }
                for unit in health.units
            ],
            "total": {"angka": health.total, "batang": _bar(health.total.filled, health.total.counted)},
            "isian": [
                {
                    "nama": field_name(field.field, catalogue),
                    "url": links.page(field_path(field.field)) if field.missing else None,
                    "kosong": len(field.missing),
                    "dihitung": field.counted,
                    "batang": _bar(field.counted - len(field.missing), field.counted),
                }
                for field in health.fields
            ],
            "label": {**LABEL_RESMI, **catalogue.instansi.label},
            "hukum": [
                {
                    "peraturan": catalogue.hukum[id],
                    "url": links.law(id),
                    "keberlakuan": IN_FORCE[state],
                    "jumlah": len(catalogue.citing[id]),
                }
                for state, ids in health.laws.items()
                for id in ids
            ],
            "sisa": _leftovers(report, links),
            "tabel": links.page(TABLE),
            "temuan": links.page(FINDINGS),
        },
    )


def unit_health(path: str, unit: UnitHealth, report: Report) -> Paginator[SopHealth]:
    """Every SOP of a unit with what it lacks, the least complete first."""

    def view(some: Sequence[SopHealth], links: Links) -> View:
        return View(
            "kesehatan_unit.html",
            {
                "nama": unit_name(unit.unit, report.catalogue),
                "url": links.unit(unit.unit),
                "angka": unit.tally,
                "batang": _bar(unit.tally.filled, unit.tally.counted),
                "sop": [_sop(one, report, links) for one in some],
            },
        )

    def name(one: SopHealth) -> str:
        return _bar(one.filled, one.counted)["teks"]

    return Paginator(path, [report.health.sops[slug] for slug in unit.sops], view, name)


def field_health(fields: Sequence[str], report: Report, links: Links) -> View:
    """The SOPs that leave one of these boxes or columns blank."""
    sops = report.health.sops.values()
    found = [(one, [gap for gap in one.gaps if gap.field in fields]) for one in sops if one.lacks(*fields)]
    several = len(fields) > 1
    rows = [
        _row(one, [_gap(gap, report, links, several) for gap in gaps], report, links) for one, gaps in found
    ]
    names = ", ".join(field_name(field, report.catalogue) for field in fields)
    detail = "Yang kosong" if several else "Langkah" if any(gap.steps for _, [gap, *_] in found) else ""
    told = f"{names}: kosong pada {len(rows)} SOP."
    return View(
        "kesehatan_daftar.html",
        {"pengantar": told, "daftar": [_list("sop", "", f"SOP dengan {names} kosong", detail, rows)]},
    )


def review_health(report: Report, links: Links) -> View:
    """The SOPs that are overdue or soon due for review, and those of which nobody can tell."""
    health = report.health
    lists = [("tanpa-tanggal", "Waktu tinjauan tidak diketahui", "", health.undated)]
    if health.day:
        overdue, soon = health.reviews(ReviewState.TERLAMBAT), health.reviews(ReviewState.SEGERA)
        lists[:0] = [
            ("terlambat", "Terlambat ditinjau ulang", "Tinjau sebelum", overdue),
            ("segera", f"Ditinjau ulang dalam {SOON_DAYS} hari", "Tinjau sebelum", soon),
        ]
        judged = f"Dinilai pada {date_text(health.day)}."
    else:
        judged = (
            "Yang terlambat tidak dinilai, karena hari penilaiannya tidak ditentukan ketika situs ini dibuat."
        )
    months = report.catalogue.instansi.tinjau_ulang_bulan
    to_look = [one for one in health.sops.values() if one.changed]
    seen = [_row(one, [Markup.escape("; ".join(one.changed))], report, links) for one in to_look]
    title = "Perlu dilihat: acuannya berubah sejak terakhir ditinjau"
    return View(
        "kesehatan_daftar.html",
        {
            "pengantar": f"SOP ditinjau ulang tiap {months} bulan, kecuali bila unit atau SOP-nya menentukan "
            "lain, dihitung dari tanggal efektif (bila kosong, tanggal pembuatan), atau dari revisi atau "
            f"tinjauan terakhir bila itu lebih baru. {judged}",
            "daftar": [
                *([_list("dilihat", title, title, "Yang berubah", seen)] if seen else []),
                *(
                    _list(
                        *(anchor, heading, heading, detail),
                        [_row(one, [Markup.escape(_due(one))], report, links) for one in found],
                    )
                    for anchor, heading, detail, found in lists
                ),
            ],
        },
    )


def _addresses(report: Report, links: Links) -> dict[str, str]:
    """Where each kind of work is listed."""
    return {
        "terlambat": links.page(f"{REVIEWS}#terlambat"),
        "segera": links.page(f"{REVIEWS}#segera"),
        "dilihat": links.page(f"{REVIEWS}#dilihat"),
        "tanpa-tanggal": links.page(f"{REVIEWS}#tanpa-tanggal"),
        **{state.value: "#hukum" for state in IN_DOUBT},
        "bacaan": links.page(report.laws),
        "dugaan": links.page("dugaan/#sop"),
        "nomor": links.page(field_path("nomor")),
        "tanggal": links.page(DATES_PAGE),
        "sisa-pelaksana": "#sisa-pelaksana",
        "sisa-hukum": "#sisa-hukum",
        "sisa-unit": "#sisa-unit",
        "masalah": links.page("masalah/"),
    }


def _registers(health: Health) -> Iterator[tuple[str, str, str, tuple[Unused, ...]]]:
    """Heading, kind, anchor and entries of each list of what nothing uses."""
    yield "Pelaksana yang tidak dipakai", "pelaksana", "sisa-pelaksana", health.unused_actors
    yield "Peraturan yang tidak dikutip", "peraturan", "sisa-hukum", health.unused_laws
    yield "Unit tanpa SOP", "unit", "sisa-unit", tuple(Unused(id, False) for id in health.empty_units)


def _leftovers(report: Report, links: Links) -> list[dict[str, Any]]:
    catalogue = report.catalogue
    names = {
        "pelaksana": lambda id: Target(catalogue.pelaksana[id].nama, links.actor(id)),
        "peraturan": lambda id: Target(catalogue.hukum[id].kutipan, links.law(id)),
        "unit": lambda id: Target(catalogue.unit[id].nama, links.unit(id)),
    }
    return [
        {
            "judul": name,
            "anchor": anchor,
            "isi": [(names[kind](one.id), one) for one in found],
        }
        for name, kind, anchor, found in _registers(report.health)
    ]


def _sop(one: SopHealth, report: Report, links: Links) -> dict[str, Any]:
    slug = one.sop.slug
    return {
        "nama": Target(one.sop.nama, links.sop(slug)),
        "batang": _bar(one.filled, one.counted),
        "kosong": [_gap(gap, report, links, True) for gap in one.gaps],
        "tinjau": _due(one),
        "hukum": Target(f"{len(one.laws)} peraturan", links.sop(slug, "#rujukan")) if one.laws else None,
        "dugaan": Target(f"{len(one.sop.dugaan)} dugaan", links.page(report.readings[slug]))
        if one.sop.dugaan
        else None,
        "berkas": _problems(one, report, links),
    }


def _row(one: SopHealth, detail: Sequence[Markup], report: Report, links: Links) -> dict[str, Any]:
    unit = Target(unit_name(one.sop.unit, report.catalogue), links.page(unit_path(one.sop.unit)))
    return {
        "nama": Target(one.sop.nama, links.sop(one.sop.slug)),
        "unit": unit,
        "rincian": Markup("; ").join(part for part in detail if part),
        "berkas": _problems(one, report, links),
    }


def _list(anchor: str, heading: str, caption: str, detail: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A list of SOPs; where it would be too long to be read, its beginning, and how many each unit has."""
    units: dict[Target, int] = {}
    for row in rows if len(rows) > MAX_LISTED else ():
        units[row["unit"]] = units.get(row["unit"], 0) + 1
    return {
        "anchor": anchor,
        "judul": heading,
        "keterangan": caption,
        "kolom": detail,
        "jumlah": len(rows),
        "baris": rows[:MAX_LISTED],
        "unit": sorted(units.items(), key=lambda pair: -pair[1]),
    }


def _gap(gap: Gap, report: Report, links: Links, named: bool) -> Markup:
    """What is blank, and in which steps, with a link to each."""
    steps = Markup(", ").join(
        Markup('<a href="{}">{}</a>').format(
            links.step(step.sop, step.alur, step.row), step_name(step, report.catalogue)
        )
        for step in gap.steps
    )
    if not named:
        return steps
    name = field_name(gap.field, report.catalogue)
    return Markup("{}: langkah {}").format(name, steps) if steps else Markup.escape(name)


def _due(one: SopHealth) -> str:
    """When the review is due and how it stands."""
    if one.due is None:
        return "tidak diketahui"
    said = date_text(one.due)
    if one.review is ReviewState.TERLAMBAT and one.days is not None:
        return f"{said}, terlambat {-one.days} hari" if one.days else f"{said}, hari ini"
    return f"{said}, {one.days} hari lagi" if one.review is ReviewState.SEGERA else said


def _problems(one: SopHealth, report: Report, links: Links) -> str | None:
    """Where it is told what the check found in its file; those who edit find the places there."""
    place = report.problems.get(one.file)
    return links.page(place) if place else None


def _above(id: str, report: Report) -> str:
    """The unit above one whose name another unit with SOPs has too."""
    if report.names[unit_name(id, report.catalogue)] < 2:
        return ""
    above = report.catalogue.unit_chain(id)[1:]
    return above[0].nama if above else ""


def _bar(filled: int, counted: int) -> dict[str, str]:
    """Its width, and the words beside it."""
    if not counted:
        return {"lebar": "", "teks": "tidak ada yang dihitung"}
    width = f"{100 * filled / counted:.2f}%"
    share = (200 * filled + counted) // (2 * counted)
    if 0 < filled < counted:
        share = min(max(share, 1), 99)
    return {"lebar": width, "teks": f"{share} % ({filled} dari {counted})"}
