"""``sop build`` on a folder of several agencies: each is checked and built by itself, then the portal.

An agency that cannot be built keeps the pages that it has; that is said here and on the portal.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import msgspec
from msgspec import Struct

from generator.build.memory import MANIFEST
from generator.cli.chosen import chosen_agencies
from generator.cli.language import file_trouble
from generator.cli.publish.once import Asked, Done, stands
from generator.cli.report import count, print_problems
from generator.data.files.shared import PORTAL, naming
from generator.model.problems import Problem, Severity
from generator.portal.agencies import Agency, Portal, read_portal
from generator.portal.front import write_front
from generator.portal.notice import say_on_pages
from generator.portal.standing import State
from generator.pruning import prune

LACKING = 3


class _Outcome(Struct, frozen=True):
    """What came of one agency; ``done`` is None where it could not be built, ``left``: pages of an earlier
    build stand."""

    id: str
    done: Done | None
    left: bool = True

    @property
    def words(self) -> str:
        if self.done is None:
            return (
                f"GAGAL; {'halaman terakhir yang baik tetap tayang' if self.left else 'belum ada halamannya'}"
            )
        if self.done.untouched:
            return "tidak berubah"
        return f"selesai, {sum(site.made for site in self.done.sites)} halaman dibuat"


def build_agencies(asked: Asked, only: str | None, begun: float) -> int:
    """Build all agencies, or one, and the portal; the exit status."""
    portal, problems = read_portal(asked.data)
    chosen = chosen_agencies(portal, only)
    if only is not None and not portal.unread:
        problems = [*portal.faults.get(only, ())]
    if problems:
        print_problems(problems, err=asked.quiet)
    if portal.unread:
        click.echo(f"Tidak satu pun situs diganti: {PORTAL} harus dapat dibaca dahulu.", err=True)
        return 1
    named = naming({agency.id: agency.data for agency in portal.agencies})
    outcomes = _build(asked, chosen, named)
    if only is None:
        outcomes = sorted([*outcomes, *(_failed(asked, id) for id in portal.closed)], key=lambda one: one.id)
    failed = [one.id for one in outcomes if one.done is None]
    wrong = bool(failed) or count(problems, Severity.ERROR) > 0
    try:
        if "public" in asked.names:
            public = asked.out / "public"
            held_back = _held_back(public, portal, outcomes)
            found = write_front(public, asked.data, portal, held_back, None if asked.fresh else asked.cache)
            for one in found:
                say_on_pages((asked.out / name / one.id for name in asked.names), one.keadaan)
    except OSError as error:
        said = "Halaman depan portal tidak jadi ditulis; yang lama tetap ada."
        click.echo(f"{said}\n{file_trouble(error)}", err=True)
        wrong = True
    prune(asked.cache, time.time())
    _tell(outcomes, problems, asked.quiet, begun)
    lacking = any(one.done and one.done.lacking for one in outcomes)
    return 1 if wrong else LACKING if lacking else 0


def _build(asked: Asked, chosen: Sequence[Agency], named: Mapping[str, frozenset[str]]) -> list[_Outcome]:
    """Build agencies, each by its own pages and settings where it has some; ``named``: see ``naming``."""
    found = {agency.id: _of(asked, agency)._replace(named_by=named[agency.id]) for agency in chosen}
    changed = {id: own for id, own in found.items() if asked.fresh or not stands(own)}
    if not changed:
        return [_Outcome(id, Done(untouched=True)) for id in found]
    from generator.cli.publish.shards import make_agencies  # most of the program, not loaded for the above

    made = dict(zip(changed, make_agencies(list(changed.values())), strict=True))
    told = {id: made.get(id, Done(untouched=True)) for id in found}
    return [_failed(asked, id) if done is None else _Outcome(id, done) for id, done in told.items()]


def _failed(asked: Asked, id: str) -> _Outcome:
    return _Outcome(id, None, any((asked.out / name / id / MANIFEST).is_file() for name in asked.names))


def _of(asked: Asked, agency: Agency) -> Asked:
    docs, config = agency.data / "docs", agency.data / "mkdocs.yml"
    return asked._replace(
        data=agency.data,
        docs=docs if docs.is_dir() else asked.docs,
        config=config if config.is_file() else asked.config,
        cache=asked.cache / "instansi" / agency.id,
        place=agency.id,
        home=asked.data,
    )


def _held_back(public: Path, portal: Portal, outcomes: Sequence[_Outcome]) -> Mapping[str, State]:
    """The agencies whose pages are not what their data would have: of those that were not built now, as the
    last build left it."""
    built = {one.id: one.done for one in outcomes}
    found = {id: State.TERTAHAN for id, done in built.items() if done is None}
    found |= dict.fromkeys(portal.closed, State.TERTAHAN)
    for id in _last_held_back(public / "instansi.json") - built.keys():
        found[id] = State.TERTAHAN
    return found


class _Row(Struct):
    id: str
    keadaan: str


def _last_held_back(file: Path) -> set[str]:
    try:
        rows = msgspec.json.decode(file.read_bytes(), type=list[_Row])
    except (OSError, ValueError):
        return set()
    return {row.id for row in rows if row.keadaan == State.TERTAHAN}


def _tell(outcomes: Sequence[_Outcome], problems: Sequence[Problem], quiet: bool, begun: float) -> None:
    if quiet:
        rows = [
            {
                "id": one.id,
                "jadi": one.done is not None,
                "berubah": one.done is not None and not one.done.untouched,
                "halaman_dibuat": sum(site.made for site in one.done.sites) if one.done else 0,
            }
            for one in outcomes
        ]
        told = {
            "instansi": rows,
            "masalah_portal": len(problems),
            "detik": round(time.monotonic() - begun, 3),
        }
        click.echo(json.dumps(told))
        return
    width = max((len(one.id) for one in outcomes), default=0)
    for one in outcomes:
        click.echo(f"{one.id:{width}}  {one.words}")
    failed = sum(one.done is None for one in outcomes)
    more = " Galat pada daftar instansi disebut di atas." if count(problems, Severity.ERROR) else ""
    click.echo(f"{len(outcomes)} instansi, {failed} gagal.{more}")
