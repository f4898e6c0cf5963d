"""Catalogue → sites of the chosen audiences, put in place together.

Nothing of an old site is touched before every new one is whole. What has not changed is taken over from the
old site; the bytes are those of a build from nothing, and depend on the data alone.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from msgspec import Struct

from generator.audience import Audience, folder_of
from generator.catalogue import Catalogue
from generator.publish.ground import leave_spare
from generator.publish.make import BuildError, Order, Progress, Sources, make_site
from generator.publish.manifest import write_manifest
from generator.publish.memory import INPUTS, PLACE, POLICY, Memory, forget_gone, memory_of, spare_of
from generator.publish.policy import HEADERS, header_policy, headers_of, write_headers
from generator.publish.swap import put_in_place, remove
from generator.publish.tree import Tree
from generator.workers import Workers

__all__ = ["FOLDERS", "BuildError", "Built", "Sources", "build_sites"]

FOLDERS = {audience: folder_of(audience) for audience in Audience}
"""Folder of each audience's site inside the output folder, and its name on the command line."""
_WORK, _OLD = ".sop-build-", "lama-"


class Built(Struct, frozen=True):
    """A site that stands: its folder, how many pages were made, and how many taken over."""

    folder: Path
    made: int
    taken: int


def build_sites(
    catalogue: Catalogue,
    audiences: Sequence[Audience],
    out: Path,
    sources: Sources,
    day: date | None = None,
    *,
    papers: bool = True,
    inputs: str = "",
    workers: Workers | None = None,
    tell: Progress = lambda _what, _done, _of: None,
) -> list[Built]:
    """Build the sites of these audiences into ``out``. ``catalogue`` holds everything; each site is made from
    its own part of it. ``papers``: whether documents are made; ``inputs``: their ``fingerprint``, taken
    before the catalogue was read; ``workers`` do the work. Raises BuildError, StageError, DotError, OSError;
    then the old sites stand as they were."""
    out.mkdir(parents=True, exist_ok=True)
    own = workers or Workers()
    with _alone(out):
        _clear(out)
        work = Path(tempfile.mkdtemp(prefix=_WORK, dir=out))
        try:
            order = Order(day, papers, own, tell, inputs)
            try:
                return _build(catalogue, audiences, out, sources, order, work / "satu")
            except (sqlite3.Error, ValueError, TypeError):
                if sources.cache is None or not _forget(audiences, out, sources.cache):
                    raise
                return _build(catalogue, audiences, out, sources, order, work / "dua")
        finally:
            remove(work)
            if workers is None:
                own.close()


def _build(
    catalogue: Catalogue,
    audiences: Sequence[Audience],
    out: Path,
    sources: Sources,
    order: Order,
    work: Path,
) -> list[Built]:
    made: list[tuple[Tree, Path, Path]] = []
    try:
        for audience in audiences:
            folder = folder_of(audience)
            kept = memory_of(out / folder, sources.cache)
            spare = spare_of(out / folder, sources.cache) if sources.cache else None
            tree = Tree(work / folder / "site", out / folder, Memory(kept), spare)
            made.append((tree, out / folder, kept))
            part = catalogue.for_audience(audience, order.day)
            make_site(part, tree, sources, order, work / folder)
            data, docs, config = sources.data, sources.docs, sources.config
            policy = header_policy(tree.scripts())
            write_manifest(tree, part, policy, data=data, docs=docs, config=config, day=order.day)
            write_headers(policy, work / HEADERS / folder)
            tree.add(POLICY, notes=[(POLICY, policy)])
            tree.sweep()
        replaced = []
        for tree, target, _ in made:
            replaced.append(put_in_place(tree.folder, target, work / f"{_OLD}{target.name}"))
            headers = work / HEADERS / target.name
            put_in_place(headers, headers_of(target), work / HEADERS / f"{_OLD}{target.name}")
        built = [Built(target, tree.made, tree.taken) for tree, target, _ in made]
        for (tree, target, kept), old in zip(made, replaced, strict=True):
            tree.add(INPUTS, notes=[(INPUTS, order.inputs), (PLACE, target.absolute().as_posix())])
            tree.keep(kept if sources.cache else None)
            if sources.cache:
                leave_spare(old, target, spare_of(target, sources.cache))
        if sources.cache:
            forget_gone(sources.cache)
    finally:
        for tree, _, _ in made:
            tree.close()
    return built


def _forget(audiences: Sequence[Audience], out: Path, cache: Path) -> bool:
    """Forget what is remembered of these sites, as it may be damaged; whether there was anything."""
    kept = [memory_of(out / folder_of(audience), cache) for audience in audiences]
    there = [path for path in kept if path.is_file()]
    for path in there:
        path.unlink()
    return bool(there)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Hold the output folder for one build: another would clear away what this one is making. The hold ends
    with the process, however it ends. Where the system has no such lock there is none."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(out, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildError(f"{out.as_posix()}/ sedang diisi build lain; tunggu sampai selesai") from error
        yield
    finally:
        os.close(handle)


def _clear(out: Path) -> None:
    """Clear away what killed builds left; an old site that one had moved aside is put back first."""
    for left in sorted(out.glob(f"{_WORK}*")):
        for old in left.glob(f"*/{_OLD}*"):
            if not (site := out / old.name.removeprefix(_OLD)).exists():
                old.rename(site)
        remove(left)
