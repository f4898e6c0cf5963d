"""One data folder → its sites, if anything has changed since they were made.

That nothing has changed is found out before the rest of the program is loaded.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from generator.build.memory import fingerprint, untouched
from generator.data.files.inputs import InputsChanged, Taken, take
from generator.data.files.shared import PORTAL, crossing_names, portal_folder, shared_folder

if TYPE_CHECKING:
    from generator.build.site import Built
    from generator.model.problems import Problem

_TRIES = 3
"""So often a build begins that finds its inputs changed while it reads them."""


class Asked(NamedTuple):
    """What is asked of a build: see the options of ``sop build``; ``place`` is the folder of an agency inside
    that of each audience, ``home`` the data folder of all agencies; ``held``: whoever asks holds the
    folder of the sites, and asks for others at the same time; ``named_by``: the
    SOPs of other agencies that may name some of this one; ``shared``: the address of the store that is shared
    with other machines."""

    data: Path
    docs: Path
    config: Path
    out: Path
    names: tuple[str, ...]
    day: date | None
    papers: bool
    fresh: bool
    fsync: bool
    executor: str | None
    cache: Path
    quiet: bool
    place: str = ""
    home: Path | None = None
    held: bool = False
    named_by: frozenset[str] = frozenset()
    shared: str = ""

    @property
    def folders(self) -> list[Path]:
        """Where the sites are to stand."""
        return [self.out / name / self.place for name in self.names]


class Done(NamedTuple):
    """What came of it; ``lacking`` are documents that sites have to do without."""

    untouched: bool = False
    sites: tuple[Built, ...] = ()
    warnings: int = 0
    lacking: tuple[Problem, ...] = ()


def _beside(asked: Asked) -> list[Path]:
    """What is read of the portal and of other agencies."""
    home = asked.home or portal_folder(asked.data)
    if home is None:
        return []
    names = crossing_names(asked.data) | asked.named_by
    found = [home / PORTAL]
    if names:
        from generator.data.beside import sources_beside  # not loaded where no other agency is named

        found += sources_beside(home, names)
    return found


def _inputs(asked: Asked) -> tuple[Taken, str]:
    """What is read, and what it comes to."""
    data, common = asked.data, shared_folder(asked.data)
    sources = (data, *([common] if common else ()), asked.docs, asked.config, *_beside(asked))
    taken = take(sources if data.is_dir() else ())
    return taken, fingerprint(taken, asked.day, asked.papers, asked.fsync) if taken.roots else ""


def stands(asked: Asked) -> bool:
    """Whether the sites stand as they would be made."""
    try:
        return untouched(asked.folders, asked.cache, _inputs(asked)[1])
    except OSError:
        return False  # what is wrong is told where they are to be made


def make_once(asked: Asked) -> Done | None:
    """Make the sites, or leave them as they stand; None where they could not be made, which was told."""
    for tried in range(1, _TRIES + 1):
        taken, inputs = _inputs(asked)
        if not asked.fresh and untouched(asked.folders, asked.cache, inputs):
            return Done(untouched=True)
        from generator.cli.publish.making import Making, make  # most of the program, not loaded for the above

        cache = None if asked.fresh else asked.cache
        making = Making(
            asked.data,
            asked.docs,
            asked.config,
            cache,
            asked.day,
            asked.papers,
            asked.executor,
            inputs,
            taken,
            asked.fsync,
            asked.place,
            asked.home,
            asked.held,
            asked.named_by,
        )
        try:
            made = make(making, asked.out, asked.names, quiet=asked.quiet)
            break
        except InputsChanged as error:
            if tried == _TRIES:
                click.echo(f"Situs tidak jadi dibangun; yang lama tetap ada.\n{error}", err=True)
                return None
    if made is None:
        return None
    sites, warnings = made
    lacking = sorted({problem for site in sites for problem in site.problems})
    return Done(False, tuple(sites), warnings, tuple(lacking))
