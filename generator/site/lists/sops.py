"""SOPs + Catalogue → how they stand in lists: name, number, date, one word of status, how long they take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from generator.data.catalogue import Catalogue
from generator.data.revisions.marks import last_review
from generator.formats.flows import timelines
from generator.formats.html.answer import number_of, state_word
from generator.formats.html.html import Links, narrowing
from generator.formats.html.page import Target
from generator.formats.html.pagination import Paginator
from generator.formats.html.summary import Notice, notices
from generator.formats.html.timing import time_range
from generator.formats.html.view import View
from generator.model.dates import date_text, is_blank_date, parse_date
from generator.model.named import actors_of
from generator.model.order import natural
from generator.model.records import time_text
from generator.model.registers import Pelaksana
from generator.model.sop import SOP

_SAID = {"Tanggal berlaku belum ada": "Belum ada tanggal efektif"}
"""The notice that says the same as a word of status, where that is not its name."""
NO_NUMBER = "Belum bernomor"
Lengths = Mapping[str, str]
"""How long SOPs take in words, by slug."""
NO_LENGTHS: Lengths = {}


def sop_list(
    path: str,
    slugs: Iterable[str],
    catalogue: Catalogue,
    day: date | None,
    title: str,
    unit: bool | None = None,
    lengths: Lengths = NO_LENGTHS,
) -> Paginator[SOP]:
    """A table of SOPs, by name; ``unit`` says whether it has a column for the unit, None: where these are
    several. ``lengths`` that are known are not reckoned again."""

    listed = by_name(catalogue.sop[slug] for slug in slugs)
    column = len({sop.unit for sop in listed}) > 1 if unit is None else unit

    def view(some: Sequence[SOP], links: Links) -> View:
        rows = [_row(sop, catalogue, links, day, lengths) for sop in some]
        narrow = narrowing(len(some), links)
        return View(
            "daftar_sop.html",
            {
                "sop": rows,
                "judul": title,
                "kolom_unit": column,
                "kolom_klasifikasi": catalogue.sees.openness,
                "saring": narrow,
                "pilihan": list(_choices(some, rows, catalogue, column)) if narrow else [],
            },
        )

    return Paginator(path, listed, view, lambda sop: sop.nama)


def by_name(sops: Iterable[SOP]) -> list[SOP]:
    """SOPs in the order of their names."""
    return sorted(sops, key=lambda sop: (natural(sop.nama), sop.slug))


def in_short(
    sop: SOP, catalogue: Catalogue, links: Links, day: date | None, lengths: Lengths = NO_LENGTHS
) -> dict[str, Any]:
    """What a reader looks for first: name, number, status, time."""
    state = status(sop, catalogue, day)
    return {
        "nama": sop.nama,
        "url": links.sop(sop.slug),
        "nomor": number_of(sop),
        "status": state,
        "baik": state == "Berlaku",
        "waktu": lengths[sop.slug] if sop.slug in lengths else length(sop, catalogue),
    }


def status(sop: SOP, catalogue: Catalogue, day: date | None) -> str:
    """How an SOP stands on a day, in one word where one will do."""
    state = next(one.state for one in catalogue.history(sop.slug, day) if one.current)
    return state_word(sop, state, day)


def length(sop: SOP, catalogue: Catalogue) -> str:
    """How long an SOP takes if nothing is returned (its page says that), "" where it does not say; what
    several flows take alike once."""
    times = [time_range(line, returned=False) for line in timelines(sop, catalogue)]
    return "; ".join(dict.fromkeys(time for time in times if time))


def _row(sop: SOP, catalogue: Catalogue, links: Links, day: date | None, lengths: Lengths) -> dict[str, Any]:
    short = in_short(sop, catalogue, links, day, lengths)
    said = {short["status"], _SAID.get(short["status"], "")}
    review = last_review(sop)
    return {
        **short,
        "unit": unit_target(sop.unit, catalogue, links),
        "saring": {
            "unit": (sop.unit,),
            "pelaksana": tuple(dict.fromkeys(actors_of(sop))),
            "hukum": sop.dasar_hukum,
            "status": tuple(dict.fromkeys((short["status"], *(() if short["nomor"] else (NO_NUMBER,))))),
        },
        "langkah": sum(len(alur.kegiatan) for alur in sop.alur),
        "tanggal": _date(sop),
        "keterangan": [
            *(found.name for found in notices(sop, catalogue, day) if _listed(found, said)),
            *(
                f"Ditandatangani oleh {one.nama}, {time_text(one.waktu).partition(' pukul ')[0]}"
                for one in sop.tanda_tangan
            ),
            *([f"Ditinjau {review.tanggal}, tetap berlaku"] if review else ()),
        ],
        "klasifikasi": sop.klasifikasi.value if sop.klasifikasi else "belum ada",
    }


def _listed(found: Notice, said: set[str]) -> bool:
    """Whether a notice stands in the list, beside a status that says so much."""
    return (found.level.value == "perhatian" or found.guess) and found.name not in said


def _date(sop: SOP) -> str:
    """From when it holds, in words if it can be read."""
    text = sop.tanggal.efektif
    if text is None or is_blank_date(text):
        return ""
    day = parse_date(text)
    return date_text(day) if day else text


def told_apart(actors: Sequence[Pelaksana], catalogue: Catalogue) -> dict[str, str]:
    """What tells actors of one name from one another, by id, "" where the name does: the full name, the unit
    or the only SOP that they are in, whichever all of them have and differ in."""
    named: dict[str, list[Pelaksana]] = {}
    for actor in actors:
        named.setdefault(actor.nama, []).append(actor)
    found = dict.fromkeys((actor.id for actor in actors), "")
    for same in named.values():
        if len(same) < 2:
            continue
        for words in zip(*(_told_by(actor, catalogue) for actor in same), strict=True):
            if all(words) and len(set(words)) == len(words):
                found.update(zip((actor.id for actor in same), words, strict=True))
                break
    return found


def _told_by(actor: Pelaksana, catalogue: Catalogue) -> tuple[str, str, str]:
    unit, sops = catalogue.unit.get(actor.unit or ""), catalogue.duties.get(actor.id, {})
    alone = catalogue.sop[next(iter(sops))].nama if len(sops) == 1 else ""
    return actor.lengkap or "", unit.nama if unit else "", alone


def _choices(
    some: Sequence[SOP], rows: Sequence[Mapping[str, Any]], catalogue: Catalogue, unit: bool
) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """What the rows can be narrowed by: name, heading, values with their words; only what differs."""
    doers = {id: None for row in rows for id in row["saring"]["pelaksana"]}
    actors = [catalogue.pelaksana[id] for id in doers if id in catalogue.pelaksana]
    apart = told_apart(actors, catalogue)
    shown = {one.id: f"{one.nama} ({apart[one.id]})" if apart[one.id] else one.nama for one in actors}
    names: tuple[tuple[str, str, Mapping[str, str]], ...] = (
        ("unit", "Unit", {id: one.nama for id, one in catalogue.unit.items()} if unit else {}),
        ("pelaksana", "Pelaksana", shown),
        ("hukum", "Dasar hukum", {id: one.kutipan for id, one in catalogue.hukum.items()}),
        ("status", "Status", {word: word for row in rows for word in row["saring"]["status"]}),
    )
    for key, heading, words in names:
        found = {value for row in rows for value in row["saring"][key] if value in words}
        if len(found) > 1:
            yield key, heading, sorted(((v, words[v]) for v in found), key=lambda one: natural(one[1]))


def unit_target(id: str, catalogue: Catalogue, links: Links) -> Target:
    unit = catalogue.unit.get(id)
    return Target(unit.nama if unit else id, links.unit(id))
