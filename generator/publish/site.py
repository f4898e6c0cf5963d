"""Staged folder → site, by MkDocs; Catalogue → sites of both audiences, put in place together.

Nothing of an old site is touched before every new one is whole. Bytes depend on the data alone: the engine's
date is fixed, and file times are not written anywhere.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from generator.catalogue import Audience, Catalogue
from generator.documents import marks_of
from generator.publish.links import dead_links, mark_outside
from generator.publish.manifest import write_manifest
from generator.publish.policy import HEADERS, PolicyError, seal, write_headers
from generator.publish.stage import stage
from generator.publish.swap import put_in_place, remove
from generator.search.index import SearchFailed, write_index
from generator.search.lexicon import read_lexicon

FOLDERS = {Audience.PUBLIK: "public", Audience.INTERNAL: "internal"}
"""Folder of each audience's site inside the output folder, and its name on the command line."""
_WORK, _OLD = ".sop-build-", "lama-"


class BuildError(RuntimeError):
    """The site could not be built; the message is what the engine said."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a build reads from: data folder, hand-written pages, shared settings of the engine; ``cache``
    keeps documents between builds."""

    data: Path
    docs: Path
    config: Path
    cache: Path | None = None


def build_sites(
    catalogue: Catalogue,
    audiences: Sequence[Audience],
    out: Path,
    sources: Sources,
    day: date | None = None,
) -> list[Path]:
    """Build the sites of these audiences into ``out`` and return their folders. ``catalogue`` holds
    everything; each site is made from its own part of it. Raises BuildError, StageError, DotError, OSError;
    then the old sites stand as they were."""
    out.mkdir(parents=True, exist_ok=True)
    with _alone(out):
        _clear(out)
        work = Path(tempfile.mkdtemp(prefix=_WORK, dir=out))
        try:
            return _build(catalogue, audiences, out, sources, day, work)
        finally:
            remove(work)


def _build(
    catalogue: Catalogue,
    audiences: Sequence[Audience],
    out: Path,
    sources: Sources,
    day: date | None,
    work: Path,
) -> list[Path]:
    made = []
    marks = marks_of(catalogue.on(day))
    for audience in audiences:
        part = catalogue.for_audience(audience, day)
        staged = work / FOLDERS[audience]
        data, docs, settings = sources.data, sources.docs, sources.config
        config = stage(
            part, staged, docs=docs, config=settings, data=data, day=day, marks=marks, cache=sources.cache
        )
        run_mkdocs(config)
        home = part.instansi.situs or ""
        mark_outside_links(staged / "site", home)
        add_search(staged / "site", data)
        headers = seal_pages(staged / "site")
        check_links(staged / "site", urlsplit(home).path if audience is Audience.PUBLIK else "/")
        write_manifest(staged / "site", part, data=data, docs=docs, config=settings, day=day)
        made.append((staged / "site", out / FOLDERS[audience]))
        write_headers(headers, work / HEADERS / FOLDERS[audience])
    for new, target in made:
        put_in_place(new, target, work / f"{_OLD}{target.name}")
        put_in_place(
            work / HEADERS / target.name, out / HEADERS / target.name, work / HEADERS / f"{_OLD}{target.name}"
        )
    return [target for _, target in made]


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
        for old in left.glob(f"{_OLD}*"):
            if not (site := out / old.name.removeprefix(_OLD)).exists():
                old.rename(site)
        remove(left)


def add_search(site: Path, data: Path) -> None:
    """Add the search bundle to a built tree; it knows nothing but the tree and the lexicon."""
    lexicon, _ = read_lexicon(data / "leksikon.yml")  # its problems are told by the check
    try:
        write_index(site, lexicon)
    except SearchFailed as error:
        raise BuildError(str(error)) from error


def mark_outside_links(site: Path, home: str) -> None:
    """Let the links of every page to other hosts say where they lead; ``home`` is the site's own address."""
    for path in site.rglob("*.html"):
        text = path.read_bytes().decode("utf-8")
        if (marked := mark_outside(text, home)) != text:
            path.write_bytes(marked.encode())


def seal_pages(site: Path) -> str:
    """Put every page under the policy of ``publish/policy.py``; gives the policy of the whole site."""
    try:
        return seal(site)
    except PolicyError as error:
        raise BuildError(str(error)) from error


def check_links(site: Path, base: str) -> None:
    """A dead link stops the build; all of them are told."""
    if dead := dead_links(site, base or "/"):
        raise BuildError("\n".join(map(str, dead)))


def run_mkdocs(config: Path) -> None:
    """Build one staged folder. A warning is an error: the site is whole or it is not made."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, MkDocsException

    with _messages() as said, _fixed_date():
        try:
            settings = load_config(str(config), strict=True)
            settings.plugins.on_startup(command="build", dirty=False)
            build(settings)
            settings.plugins.on_shutdown()
        except (Abort, MkDocsException, SystemExit) as error:
            raise BuildError("\n".join(said) or str(error)) from error
    site = config.parent / "site"
    (site / "sitemap.xml.gz").unlink(missing_ok=True)


class _Said(logging.Handler):
    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _messages() -> Iterator[list[str]]:
    """What MkDocs and its plugins warn of while the block runs."""
    said: list[str] = []
    handler, log = _Said(said), logging.getLogger("mkdocs")
    log.addHandler(handler)
    propagate, log.propagate = log.propagate, False
    try:
        yield said
    finally:
        log.removeHandler(handler)
        log.propagate = propagate


@contextmanager
def _fixed_date() -> Iterator[None]:
    """The engine writes dates into what it makes; they are to be the same on every day."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
