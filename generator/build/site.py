"""Catalogue → sites of the chosen audiences, put in place together.

Nothing of an old site is touched before every new one is whole. What has not changed is taken over from the
old site; the bytes are those of a build from nothing, and depend on the data alone.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from itertools import product
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from generator.build.exchange.durable import write_through
from generator.build.exchange.lent import Lent, begin_tree, site_lent
from generator.build.exchange.owned import (
    ForeignFolder,
    real_folder,
    refuse_foreign_headers,
    refuse_foreign_site,
    refuse_nested,
    refuse_sources,
)
from generator.build.exchange.standing import Stands
from generator.build.exchange.swap import HalfDone, Move, put_all_in_place
from generator.build.exchange.work_tree import leave_mirror
from generator.build.headers import HEADERS, header_files, headers_digest, write_headers
from generator.build.make import make_site
from generator.build.manifest import write_manifest
from generator.build.memory import HEADS, INPUTS, PLACE, STOOD, forget_gone, memory_of, mirror_of
from generator.build.order import BuildError, Order, Progress, Sources, refuse_clashes
from generator.build.policy import header_policy
from generator.build.tree import Tree
from generator.build.work import OLD, base_of, busy, held_alone, work_in
from generator.data.audience import FOLDERS, Audience
from generator.data.catalogue import Catalogue
from generator.data.files.plain import why
from generator.hold import HeldElsewhere
from generator.model.problems import Problem
from generator.site.stage import StageError
from generator.store import SHARED
from generator.workers import Workers

__all__ = ["BuildError", "Built", "PartlyLive", "Sources", "build_sites"]


_FIRST = "satu"
"""Name of the first attempt."""


class PartlyLive(RuntimeError):
    """Some sites were replaced, others were not; the message says which, in Indonesian."""


class Built(Struct, frozen=True):
    """A site that stands: its folder, how many pages were made, how many taken over, and what is wrong with
    the documents that it has to do without."""

    folder: Path
    made: int
    taken: int
    problems: tuple[Problem, ...] = ()


class _Spot(Struct, frozen=True):
    """Where a folder is to stand: as it was named, where that lies with links followed, and the folder on
    the same file system in which what comes there is made."""

    named: Path
    real: Path
    base: Path


class _Part(Struct, frozen=True):
    """A site that has been made, and where it will stand; ``work`` is where its header files are, ``lent``
    what other machines have of it."""

    tree: Tree
    site: _Spot
    headers: _Spot
    work: Path
    built: Built
    lent: Lent | None = None


def build_sites(
    catalogue: Catalogue,
    audiences: Sequence[Audience],
    out: Path,
    sources: Sources,
    day: date | None = None,
    *,
    papers: bool = True,
    place: str = "",
    inputs: str = "",
    fsync: bool = False,
    held: bool = False,
    workers: Workers | None = None,
    tell: Progress = lambda _what, _done, _of: None,
    notice: Callable[[str], None] = lambda _words: None,
) -> list[Built]:
    """Build the sites of these audiences into ``out``. ``catalogue`` holds everything; each site is made from
    its own part of it. ``papers``: whether documents are made; ``place``: a folder
    inside that of each audience, for sites that stand beside others; ``inputs``: their ``fingerprint``, taken
    before the catalogue was read; ``fsync``: whether the disk is to hold the new sites for good before they
    take the place of the old; ``held``: see ``held_together``; ``workers`` do the work; ``notice`` is told
    what went amiss without being a fault of the sites. Raises BuildError, StageError, DotError,
    ExecutorError, OSError; then the old sites stand as they were, but for PartlyLive."""
    made_out = not out.is_dir()
    out.mkdir(parents=True, exist_ok=True)
    own = workers or Workers()
    order = Order(day, papers, own, tell, inputs, place)
    try:
        spots = _spots(out, audiences, sources, place)
        bases = {spot.base for pair in spots.values() for spot in pair}
        with held_alone(() if held else bases), ExitStack() as made:
            there = dict(_refuse_foreign(spots, sources.cache))
            works = {base: made.enter_context(work_in(base)) for base in sorted(bases)}
            cache = _usable(sources.cache, notice)
            parts = _made(catalogue, spots, there, works, sources, order)
            try:
                replaced = _put_in_place(parts, fsync, notice)
                if cache:
                    _remember(parts, replaced, cache, inputs, notice)
            finally:
                _close(part.tree for part in parts)
            return [part.built for part in parts]
    except ForeignFolder as error:
        raise BuildError(str(error)) from error
    except HeldElsewhere as error:
        raise busy(error) from error
    finally:
        if workers is None:
            own.close()
        if made_out:
            with suppress(OSError):
                out.rmdir()  # only if it is empty


@contextmanager
def held_together(out: Path, audiences: Sequence[Audience], places: Iterable[str]) -> Iterator[None]:
    """Hold where the sites at these places are made, so that several processes may make them at a time
    (``build_sites`` with ``held``). Raises BuildError, OSError."""
    out.mkdir(parents=True, exist_ok=True)
    bases = set[Path]()
    for place, audience, above in product(places, audiences, ("", HEADERS)):
        with suppress(ForeignFolder):  # told where that site is made
            bases.add(base_of(real_folder(site_folder(out / above, audience, place)), out.resolve()))
    try:
        with held_alone(bases):
            yield
    except HeldElsewhere as error:
        raise busy(error) from error


def site_folder(out: Path, audience: Audience, place: str = "") -> Path:
    """Where the site of an audience stands in the output folder."""
    return out / FOLDERS[audience] / place


def _spots(
    out: Path, audiences: Sequence[Audience], sources: Sources, place: str
) -> dict[Audience, tuple[_Spot, _Spot]]:
    """Where the site of each audience is to stand, and its header files. Raises ForeignFolder."""

    def spot(named: Path) -> _Spot:
        real = real_folder(named)
        refuse_sources(real, named, (sources.data, sources.docs, sources.config), sources.cache)
        return _Spot(named, real, base_of(real, top))

    top = out.resolve()
    every = [site_folder(out / above, audience, place) for audience in FOLDERS for above in ("", HEADERS)]
    refuse_nested({named: real_folder(named) for named in every})
    return {
        audience: (spot(site_folder(out, audience, place)), spot(site_folder(out / HEADERS, audience, place)))
        for audience in audiences
    }


def _refuse_foreign(
    spots: Mapping[Audience, tuple[_Spot, _Spot]], cache: Path | None
) -> Iterator[tuple[Audience, Stands]]:
    """Nothing but what an earlier build has made is replaced; what lies in the cache is always that. What
    stands there."""
    for audience, (site, headers) in spots.items():
        if not (cache and site.real.is_relative_to(cache.resolve())):
            refuse_foreign_headers(headers.real, headers.named, site.real)
            yield audience, refuse_foreign_site(site.real, site.named, audience)


def _made(
    catalogue: Catalogue,
    spots: Mapping[Audience, tuple[_Spot, _Spot]],
    there: dict[Audience, Stands],
    works: Mapping[Path, Path],
    sources: Sources,
    order: Order,
) -> list[_Part]:
    """Make the sites; where what is remembered of the old ones is damaged, once more without it. ``there`` is
    what stands in their places, as far as that was looked at; it is let go where it was used."""
    try:
        return _make(catalogue, spots, there, works, _FIRST, sources, order)
    except StageError:
        raise
    except (sqlite3.Error, ValueError, TypeError) as error:
        if _disk_full(error):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        named = [site.named for site, _ in spots.values()]
        if sources.cache is None or not (_forget(named, sources.cache) or SHARED.get()):
            raise
    return _make(catalogue, spots, {}, works, "dua", sources, order)


def _make(
    catalogue: Catalogue,
    spots: Mapping[Audience, tuple[_Spot, _Spot]],
    there: dict[Audience, Stands],
    works: Mapping[Path, Path],
    attempt: str,
    sources: Sources,
    order: Order,
) -> list[_Part]:
    parts: list[_Part] = []
    trees: list[Tree] = []
    data, docs, config, cache = sources.data, sources.docs, sources.config, sources.cache
    try:
        for audience, (site, headers) in spots.items():
            work = works[site.base] / attempt / FOLDERS[audience]
            part = catalogue.for_audience(audience, order.day)
            lent = site_lent(part, cache, order.place)
            lent_now = lent if attempt == _FIRST else None
            tree = begin_tree(work, site.named, cache, lent_now, there.pop(audience, None))
            trees.append(tree)
            wrong = make_site(part, tree, sources, order, work)
            at = f"/{order.place}/" if order.place and part.sees.known_address else ""
            told = header_files(header_policy(tree.scripts()), at)
            write_manifest(tree, part, told, data=data, docs=docs, config=config, day=order.day)
            refuse_clashes(tree.clashes, part, sources)
            beside = works[headers.base] / attempt / HEADERS / work.name
            write_headers(told, beside, headers.real)
            tree.add(HEADS, notes=[(HEADS, headers_digest(told))])
            tree.sweep()
            built = Built(site.named, tree.made, tree.taken, wrong)
            parts.append(_Part(tree, site, headers, beside, built, lent))
    except BaseException:
        _close(trees)
        raise
    return parts


def _close(trees: Iterable[Tree]) -> None:
    for tree in trees:
        tree.close()


def _put_in_place(parts: Sequence[_Part], fsync: bool, notice: Callable[[str], None]) -> list[Path | None]:
    """Let the new sites take the place of the old ones, all or none; where the old ones lie now. From the
    moment that this returns the new ones are live, and nothing that goes amiss may say otherwise."""
    if fsync:
        for part in parts:
            part.tree.fsync()
            headers = [path.as_posix() for path in part.work.iterdir()]
            write_through(headers, [part.work.as_posix(), part.work.parent.as_posix()])
    moves = []
    for part in parts:
        for spot, new in ((part.site, part.tree.folder), (part.headers, part.work)):
            aside = new.parent if new == part.work else new.parent.parent
            name = quote(spot.real.relative_to(spot.base).as_posix(), safe="")
            moves.append(Move(new, spot.real, aside / f"{OLD}{name}"))
    try:
        replaced = put_all_in_place(moves)
    except HalfDone as error:
        live = ", ".join(path.as_posix() for path in error.live)
        raise PartlyLive(
            f"Hanya sebagian situs sudah berganti: {live}. Jalankan build sekali lagi."
        ) from error
    if fsync:
        above = {path for move in moves for path in (move.target.parent, move.target.parent.parent)}
        try:
            write_through((), sorted(path.as_posix() for path in above))
        except OSError as error:
            notice(f"situs baru sudah tayang, tetapi disk belum tentu menyimpannya ({why(error)})")
    return replaced[::2]


def _remember(
    parts: Sequence[_Part],
    replaced: Sequence[Path | None],
    cache: Path,
    inputs: str,
    notice: Callable[[str], None],
) -> None:
    """Leave in the cache what the next build can use. The sites are live: no fault of theirs is here."""
    for part, old in zip(parts, replaced, strict=True):
        named = part.site.named
        try:
            known = "" if part.built.problems else inputs  # what is wrong is told at every build
            place = named.absolute().as_posix()
            part.tree.add(INPUTS, notes=[(INPUTS, known), (PLACE, place), (STOOD, part.tree.stood())])
            part.tree.keep(memory_of(named, cache))
            if part.lent:
                part.lent.give(part.site.real, memory_of(named, cache))
        except (OSError, sqlite3.Error) as error:
            notice(
                f"situs baru sudah tayang, tetapi simpanan {cache.as_posix()}/ tidak dapat ditulis "
                f"({error}); build berikutnya lebih lama"
            )
        leave_mirror((part.lent.site if part.lent else None) or old, part.site.real, mirror_of(named, cache))
    with suppress(OSError, sqlite3.Error):
        forget_gone(cache)


def _usable(cache: Path | None, notice: Callable[[str], None]) -> Path | None:
    """The cache, if something can be left in it for the next build."""
    if cache is None:
        return None
    try:
        cache.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=cache).close()
    except OSError as error:
        notice(
            f"simpanan {cache.as_posix()}/ tidak dapat ditulis ({why(error)}); build berikutnya lebih lama"
        )
        return None
    return cache


def _disk_full(error: Exception) -> bool:
    return getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)


def _forget(sites: Sequence[Path], cache: Path) -> bool:
    """Forget what is remembered of these sites, as it may be damaged; whether there was anything. Raises
    OSError."""
    there = [path for site in sites if (path := memory_of(site, cache)).is_file()]
    for path in there:
        path.unlink()
    return bool(there)
