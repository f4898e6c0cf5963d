"""One data folder → its sites, if anything has changed since they were made.

That nothing has changed is found out before the rest of the program is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from generator.build.memory import fingerprint, memory_of, untouched
from generator.data.files.inputs import InputsChanged, Taken, held, take
from generator.data.files.shared import PORTAL, crossing_names, portal_folder, shared_folder
from generator.store import stored

if TYPE_CHECKING:
    from generator.build.site import Built
    from generator.model.problems import Problem

_TOLD = "lain.sqlite"
"""Name of what is remembered of what other agencies tell."""
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

    @property
    def known(self) -> bool:
        """Whether something is remembered of all of them."""
        return not self.fresh and all(memory_of(site, self.cache).is_file() for site in self.folders)


class Done(NamedTuple):
    """What came of it; ``lacking`` are documents that sites have to do without."""

    untouched: bool = False
    sites: tuple[Built, ...] = ()
    warnings: int = 0
    lacking: tuple[Problem, ...] = ()


def _inputs(asked: Asked) -> tuple[Taken, str]:
    """What is read, and what it comes to: of SOPs of other agencies not their bytes count but what they have
    to do with the sites. Raises OSError, InputsChanged."""
    data, common, home = asked.data, shared_folder(asked.data), asked.home or portal_folder(asked.data)
    names = crossing_names(data) if home else frozenset[str]()
    own = (data, *([common] if common else ()), asked.docs, asked.config, *([home / PORTAL] if home else ()))
    beside = _beside(home, names | asked.named_by)
    taken = take((*own, *beside) if data.is_dir() else ())
    if not taken.roots:
        return taken, ""
    told = _told(asked, home, names, taken, beside) if home and beside else ""
    return taken, fingerprint(taken, told, asked.day, asked.papers, asked.fsync, of=own)


def _beside(home: Path | None, names: frozenset[str]) -> list[Path]:
    """What is read of other agencies."""
    if home is None or not names:
        return []
    from generator.data.beside import sources_beside  # not loaded where no other agency is named

    return sources_beside(home, names)


def _told(asked: Asked, home: Path, names: frozenset[str], taken: Taken, beside: Sequence[Path]) -> str:
    """Digest of what other agencies tell (``told_across``), remembered by the bytes that they tell it in."""
    named = (sorted(names), sorted(asked.named_by))
    key = fingerprint(taken, asked.place, named, asked.day, of=(home / PORTAL, *beside))
    if not key:
        return ""
    with stored(None if asked.fresh else asked.cache / _TOLD) as store:
        if known := store.get("", key):
            return known.decode()
        from generator.data.beside import told_across  # as above

        with held(taken):
            told = told_across(asked.data, home, asked.place, names, asked.named_by, asked.day)
        store.put("", key, told.encode())
        return told


def stands(asked: Asked) -> bool:
    """Whether the sites stand as they would be made."""
    try:
        return asked.known and untouched(asked.folders, asked.cache, _inputs(asked)[1])
    except (OSError, InputsChanged):
        return False  # what is wrong is told where they are to be made


def make_once(asked: Asked) -> Done | None:
    """Make the sites, or leave them as they stand; None where they could not be made, which was told."""
    for tried in range(1, _TRIES + 1):
        try:
            return _make(asked, *_inputs(asked))
        except InputsChanged as error:
            if tried == _TRIES:
                click.echo(f"Situs tidak jadi dibangun; yang lama tetap ada.\n{error}", err=True)
    return None


def _make(asked: Asked, taken: Taken, inputs: str) -> Done | None:
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
    made = make(making, asked.out, asked.names, quiet=asked.quiet)
    if made is None:
        return None
    sites, warnings = made
    lacking = sorted({problem for site in sites for problem in site.problems})
    return Done(False, tuple(sites), warnings, tuple(lacking))
