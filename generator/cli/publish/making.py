"""What ``sop build`` is asked for → the sites; long work shows how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import click
from msgspec import Struct

from generator.build.manifest import MANIFEST, ManifestError, published_data
from generator.build.site import BuildError, Built, PartlyLive, Sources, build_sites
from generator.cli.language import file_trouble
from generator.cli.publish.faults import tell
from generator.cli.publish.progress import progress
from generator.cli.report import count, print_problems
from generator.data.audience import AUDIENCES
from generator.data.catalogue import Catalogue
from generator.data.files.inputs import Taken, held
from generator.data.sources import read_catalogue
from generator.data.validate.read import is_slug
from generator.formats.graphviz.errors import DotError
from generator.model.problems import Severity
from generator.site.stage import StageError
from generator.workers import ExecutorError, Workers, workers_at

_VANISHED = (
    "Peringatan: SOP '{0}' ada di situs yang lama dan tidak ada lagi di data; alamatnya hilang dari situs\n"
    "  saran: kembalikan sop/{0}.yml; bila SOP itu tidak berlaku lagi, tulis di dalamnya "
    "pencabutan: {{tanggal: …}}"
)


class Making(Struct, frozen=True):
    """Where to read from and what to make: see the options of ``sop build``; ``taken`` are
    the inputs as they were read, ``inputs`` what their ``fingerprint`` came to."""

    data: Path
    docs: Path
    config: Path
    cache: Path | None
    day: date | None
    papers: bool
    executor: str | None
    inputs: str
    taken: Taken
    fsync: bool = True
    place: str = ""
    home: Path | None = None
    held: bool = False
    named_by: frozenset[str] = frozenset()


def vanished(folders: Sequence[Path], catalogue: Catalogue) -> list[str]:
    """The SOPs that the sites have which stand there, and the data have no more."""
    found: set[str] = set()
    for folder in folders:
        with suppress(ManifestError, OSError):
            names = (name.split("/") for name in published_data(folder / MANIFEST))
            found |= {parts[1] for parts in names if parts[0] == "sop" and is_slug(parts[1])}
    return sorted(found - catalogue.sop.keys())


def make(
    making: Making, out: Path, names: Sequence[str], quiet: bool = False
) -> tuple[list[Built], int] | None:
    """Check and build, saying on the terminal what is wrong: the sites and the number of warnings; None if
    none was made. Raises InputsChanged where what is read is not what was taken."""
    with held(making.taken):
        return _make(making, out, names, quiet)


def _make(making: Making, out: Path, names: Sequence[str], quiet: bool) -> tuple[list[Built], int] | None:
    sources = Sources(making.data, making.docs, making.config, making.cache)
    audiences = [AUDIENCES[name] for name in names]
    workers = Workers(alone=making.held)
    try:
        memory = making.cache / "data.sqlite" if making.cache else None
        given = (making.home, making.place, making.named_by)
        catalogue, problems = read_catalogue(making.data, memory, workers, making.taken.digests, *given)
        if catalogue is None:
            tell([problem for problem in problems if problem.severity is Severity.ERROR], making.home, quiet)
            if warnings := count(problems, Severity.WARNING):
                click.echo(f"{warnings} peringatan tidak disebut di sini; lihat: sop check", err=quiet)
            return None
        warnings = count(problems, Severity.WARNING)
        del problems  # they are many, and stand in the catalogue where a site shows them
        folders = [out / name / making.place for name in names]
        for slug in vanished(folders, catalogue):
            click.echo(_VANISHED.format(slug), err=True)
        if making.executor:
            workers.close()
            workers = workers_at(making.executor)
        with progress(quiet) as shown:
            made = build_sites(
                catalogue,
                audiences,
                out,
                sources,
                making.day,
                papers=making.papers,
                place=making.place,
                inputs=making.inputs,
                workers=workers,
                tell=shown,
                fsync=making.fsync,
                held=making.held,
                notice=lambda words: click.echo(f"Catatan: {words}.", err=True),
            )
        if not quiet and not catalogue.instansi.logo:
            place = (sources.data / "instansi.yml").as_posix()
            click.echo(f"Catatan: lambang instansi belum ada; isi 'logo' di {place}.", err=True)
        if not quiet and (wrong := {one for site in made for one in site.problems}):
            print_problems(sorted(wrong))
    except PartlyLive as error:
        click.echo(str(error), err=True)
        return None
    except (BuildError, StageError, DotError, ExecutorError, OSError) as error:
        said = file_trouble(error) if isinstance(error, OSError) else str(error)
        click.echo(f"Situs tidak jadi dibangun; yang lama tetap ada.\n{said}", err=True)
        return None
    finally:
        workers.close()
    return made, warnings
