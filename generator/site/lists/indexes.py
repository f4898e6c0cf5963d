"""Catalogue → the lists of the site as HTML: units, actors ("Tugas saya"), laws, and for the internal
site the problems and the readings to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.health import to_confirm
from generator.data.revisions import revoked_since
from generator.flow.words import listed
from generator.formats.html.cards import Handover, Handovers
from generator.formats.html.html import Links, narrowing, safe_url
from generator.formats.html.offer import Offer
from generator.formats.html.page import Target
from generator.formats.html.pagination import ListPage, Paginator
from generator.formats.html.view import View
from generator.formats.open_data.whole import unit_path
from generator.model.dates import date_text
from generator.model.durations import times_of, total_of, total_text
from generator.model.lists import read_list
from generator.model.named import StepRef, steps_of
from generator.model.order import natural
from generator.model.problems import Problem
from generator.model.registers import Pelaksana, Peraturan, Status, label_untuk
from generator.model.sop import SOP, Kegiatan
from generator.site.lists.sops import told_apart, unit_target

IN_FORCE = {
    Status.BERLAKU: "berlaku",
    Status.DICABUT: "dicabut",
    Status.DIRAGUKAN: "diragukan; periksa keberlakuan",
    Status.BELUM_DIPERIKSA: "belum diperiksa",
}
ROOM = 5
"""Rows that the tasks in one SOP take at least: a task tells more than a row, and so one step more moves no
other SOP to another part."""
_SURE = {"pasti": "pasti", "hampir-pasti": "hampir pasti", "belum-diperiksa": "belum diperiksa"}


def unit_tree(catalogue: Catalogue, links: Links) -> View:
    """All units as a tree, with how many SOPs each has of its own."""
    below: dict[str | None, list[str]] = {}
    for unit in catalogue.unit.values():
        parent = unit.induk if unit.induk in catalogue.unit else None
        below.setdefault(parent, []).append(unit.id)

    def branch(parent: str | None, seen: frozenset[str]) -> list[dict[str, Any]]:
        return [
            {
                "nama": catalogue.unit[id].nama,
                "url": links.unit(id),
                "jumlah": len(catalogue.of_unit[id]),
                "bawahan": branch(id, seen | {id}),
            }
            for id in below.get(parent, [])
            if id not in seen
        ]

    return View("daftar_unit.html", {"unit": branch(None, frozenset())})


def unit_page(id: str, catalogue: Catalogue, links: Links, papers: Offer = Offer.THERE) -> View:
    """A unit, around the list of its SOPs: what is above and below it, its actors; ``papers``: whether there
    is a book of them."""
    work: dict[str, list[str]] = {}  # by actor the SOPs of the unit, once for each step in them
    for slug in catalogue.of_unit[id]:
        for actor_id, ref in steps_of(catalogue.sop[slug]):
            work.setdefault(actor_id, []).append(ref.sop)
    working = [actor for actor in catalogue.pelaksana.values() if actor.id in work]
    others = [actor for actor in catalogue.pelaksana.values() if actor.unit == id and actor.id not in work]
    return View(
        "unit.html",
        {
            "induk": [unit_target(above.id, catalogue, links) for above in catalogue.unit_chain(id)[1:]],
            "bawahan": [
                unit_target(other.id, catalogue, links)
                for other in catalogue.unit.values()
                if other.induk == id
            ],
            "buku": papers is Offer.THERE and bool(catalogue.of_unit[id]),
            "buku_gagal": papers is Offer.FAILED,
            "zip": links.page(unit_path(id)) if catalogue.of_unit[id] else None,
            "pelaksana": [
                {
                    "nama": Target(actor.nama, links.actor(actor.id), actor.lengkap or ""),
                    "langkah": len(work.get(actor.id, ())),
                    "sop": len({*work.get(actor.id, ())}),
                }
                for actor in (*working, *others)
            ],
        },
    )


def actor_list(path: str, catalogue: Catalogue) -> Paginator[Pelaksana]:
    """All actors with the number of their steps and SOPs."""

    def view(some: Sequence[Pelaksana], links: Links) -> View:
        apart = told_apart(some, catalogue)
        rows = [
            {
                "nama": actor.nama,
                "lengkap": actor.lengkap,
                "beda": "" if actor.lengkap or actor.unit else apart[actor.id],
                "url": links.actor(actor.id),
                "unit": unit_target(actor.unit, catalogue, links) if actor.unit else None,
                "langkah": sum(catalogue.duties[actor.id].values()),
                "sop": len(catalogue.duties[actor.id]),
            }
            for actor in some
        ]
        return View("daftar_pelaksana.html", {"pelaksana": rows, "saring": narrowing(len(rows), links)})

    return Paginator(path, [*catalogue.pelaksana.values()], view, lambda actor: actor.nama)


def actor_page(
    id: str, catalogue: Catalogue, links: Links, elsewhere: Iterable[tuple[ListPage, Iterable[SOP]]]
) -> View:
    """An actor, around the list of their tasks: who that is, how much all their steps come to, and which SOPs
    stand on other parts, as they once stood here."""
    actor, refs = catalogue.pelaksana[id], catalogue.steps(id)
    steps = (catalogue.sop[ref.sop].alur[ref.alur].kegiatan[ref.row] for ref in refs)
    return View(
        "pelaksana_awal.html",
        {
            "lengkap": actor.lengkap,
            "unit": unit_target(actor.unit, catalogue, links) if actor.unit else None,
            "jumlah": len(refs),
            "banyak": len({ref.sop for ref in refs}),
            "waktu": total_text(total_of(times_of(steps))),
            "lain": [
                (sop.slug, sop.nama, f"{links.page(part.path)}#{sop.slug}")
                for part, sops in elsewhere
                for sop in sops
            ],
        },
    )


def task_list(path: str, id: str, catalogue: Catalogue) -> Paginator[SOP]:
    """ "Tugas saya": every step of an actor, SOP by SOP."""
    refs: dict[str, list[StepRef]] = {}
    for ref in catalogue.steps(id):
        refs.setdefault(ref.sop, []).append(ref)
    sops = sorted(
        (catalogue.sop[slug] for slug in refs),
        key=lambda sop: (sop.pencabutan is not None, natural(sop.nama), sop.slug),
    )

    def view(some: Sequence[SOP], links: Links) -> View:
        told = [
            {
                "slug": sop.slug,
                "nama": sop.nama,
                "url": links.sop(sop.slug),
                "dugaan": any("pelaksana" in guess.hal for guess in sop.dugaan),
                "dicabut": date_text(since) if (since := revoked_since(sop)) else None,
                "langkah": _tasks(id, sop, refs[sop.slug], catalogue, links),
            }
            for sop in some
        ]
        return View("pelaksana.html", {"sop": told})

    return Paginator(path, sops, view, lambda sop: sop.nama, lambda sop: max(ROOM, len(refs[sop.slug])))


def _tasks(
    actor: str, sop: SOP, refs: Iterable[StepRef], catalogue: Catalogue, links: Links
) -> list[dict[str, Any]]:
    """The steps of an actor in one SOP."""
    label = label_untuk(catalogue.instansi, sop)
    hands = [Handovers(chart) for chart in catalogue.charts[sop.slug]]
    return [_task(actor, sop, ref, hands[ref.alur], label, catalogue, links) for ref in refs]


def _task(
    actor: str,
    sop: SOP,
    ref: StepRef,
    hands: Handovers,
    label: Mapping[str, str],
    catalogue: Catalogue,
    links: Links,
) -> dict[str, Any]:
    step: Kegiatan = sop.alur[ref.alur].kegiatan[ref.row]
    chart = hands.chart
    others = [
        catalogue.pelaksana[id].nama for id in step.pelaksana if id != actor and id in catalogue.pelaksana
    ]
    details = (
        ("waktu", step.waktu),
        ("kelengkapan", "; ".join(read_list(step.kelengkapan).items)),
        ("output", step.output),
    )

    def told(found: Iterable[Handover]) -> list[dict[str, Any]]:
        """Each arrow's other end: who, at which step, on which answer, and what that step yields."""
        return [
            {
                "siapa": "diri sendiri"
                if chart.lanes[end.lane].id == actor
                else chart.lanes[end.lane].heading,
                "url": None if chart.lanes[end.lane].id == actor else links.actor(chart.lanes[end.lane].id),
                "langkah": _step_name(chart.rows[end.row].number).lower(),
                "langkah_url": links.step(sop.slug, ref.alur, end.row),
                "bila": end.label,
                "hasil": sop.alur[ref.alur].kegiatan[end.row].output,
            }
            for end in found
        ]

    return {
        "nama": _step_name(chart.rows[ref.row].number),
        "url": links.step(sop.slug, ref.alur, ref.row),
        "uraian": step.uraian,
        "bersama": listed(others),
        "rincian": [(label[key], text) for key, text in details if text and key in label],
        "dari": told(hands.received(ref.row, actor)),
        "ke": told(hands.handed_on(ref.row, actor)),
    }


def _step_name(number: str) -> str:
    return f"Langkah {number.rstrip('.')}" if number else "Langkah tanpa nomor"


def law_list(path: str, catalogue: Catalogue) -> Paginator[Peraturan]:
    """All laws of the register."""

    def view(some: Sequence[Peraturan], links: Links) -> View:
        laws = _laws(some, catalogue, links)
        return View("daftar_hukum.html", {"hukum": laws, "saring": narrowing(len(laws), links)})

    return Paginator(path, [*catalogue.hukum.values()], view, lambda law: law.kutipan)


def _laws(some: Iterable[Peraturan], catalogue: Catalogue, links: Links) -> list[dict[str, Any]]:
    return [
        {"peraturan": law, "url": links.law(law.id), "jumlah": len(catalogue.citing[law.id])} for law in some
    ]


def law_page(id: str, catalogue: Catalogue) -> View:
    """A law, around the list of those that cite it: as cited, what is meant, whether it is in force."""
    law = catalogue.hukum[id]
    return View(
        "hukum.html",
        {
            "peraturan": law,
            "tautan": safe_url(law.tautan),
            "keberlakuan": IN_FORCE[law.status],
            "keyakinan": _SURE.get(law.keyakinan, law.keyakinan),
        },
    )


def problem_list(path: str, catalogue: Catalogue) -> Paginator[ProblemFile]:
    """What ``sop check`` found, file by file."""

    def view(some: Sequence[ProblemFile], links: Links) -> View:
        rows = [
            {
                "nama": file.name,
                "url": links.sop(file.name[4:-4]) if file.name.startswith("sop/") else None,
                "anchor": file.anchor,
                "masalah": file.problems,
            }
            for file in some
        ]
        return View("masalah.html", {"berkas": rows, "jumlah": sum(len(file.problems) for file in some)})

    return Paginator(
        path, problem_files(catalogue.problems), view, lambda file: file.name, lambda file: len(file.problems)
    )


class ProblemFile(Struct, frozen=True):
    """A file with problems: its name from the data folder ("sop/x.yml"), its place on the list."""

    name: str
    anchor: str
    problems: tuple[Problem, ...]


def problem_files(problems: Iterable[Problem]) -> list[ProblemFile]:
    """The files of the problem list, in its order."""
    files: dict[str, list[Problem]] = {}
    for problem in problems:
        files.setdefault(problem.position.file, []).append(problem)
    return [
        ProblemFile(file, f"berkas-{number}", tuple(found))
        for number, (file, found) in enumerate(files.items(), 1)
    ]


def reading_list(path: str, catalogue: Catalogue) -> Paginator[SOP | Peraturan]:
    """What was read into the sources and is to be confirmed by their owners: of SOPs, then of laws."""
    sops = [sop for sop in catalogue.sop.values() if sop.dugaan and not sop.pencabutan]
    laws = [law for law in catalogue.hukum.values() if to_confirm(law)]

    def view(some: Sequence[SOP | Peraturan], links: Links) -> View:
        told = [
            {"slug": sop.slug, "nama": sop.nama, "url": links.sop(sop.slug), "dugaan": sop.dugaan}
            for sop in some
            if isinstance(sop, SOP)
        ]
        doubtful = _laws((law for law in some if isinstance(law, Peraturan)), catalogue, links)
        return View("dugaan.html", {"sop": told, "hukum": doubtful})

    return Paginator(
        path,
        [*sops, *laws],
        view,
        lambda one: one.nama if isinstance(one, SOP) else one.kutipan,
        lambda one: len(one.dugaan) if isinstance(one, SOP) else 1,
    )
