"""``sop build``: check the data, then make the sites; exit status 1 if the data or the build is at fault."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console

from generator.catalogue import Audience, read_catalogue
from generator.cli.files import AUDIENCES
from generator.cli.options import config_option, data_option, docs_option
from generator.cli.report import count, print_problems
from generator.problems import Severity
from generator.publish.site import FOLDERS, BuildError, Sources, build_sites
from generator.publish.stage import StageError
from generator.render.dot import DotError

CACHE = Path(".sop-cache")
"""Folder of what the next build can use."""


@click.command()
@data_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    show_default=True,
    help="Folder hasil; situs ada di dalamnya, satu folder untuk tiap pembaca.",
)
@click.option(
    "--audience",
    type=click.Choice([*AUDIENCES, "all"]),
    default="all",
    show_default=True,
    help="Untuk siapa: umum, kalangan sendiri, atau keduanya.",
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Tanggal untuk menilai versi mana yang berlaku dan apa yang harus ditinjau ulang.",
)
@docs_option
@config_option
def build(data: Path, out: Path, audience: str, day: datetime | None, docs: Path, config: Path) -> None:
    """Periksa data, lalu bangun situs. Bila ada galat, situs yang lama tidak disentuh."""
    chosen = list(FOLDERS) if audience == "all" else [AUDIENCES[audience]]
    on: date | None = day.date() if day else None
    sys.exit(0 if run(Sources(data, docs, config, CACHE), out, chosen, on) else 1)


def run(sources: Sources, out: Path, audiences: list[Audience], day: date | None) -> bool:
    """Check and build, saying on the terminal what is wrong; whether the new sites stand."""
    catalogue, problems = read_catalogue(sources.data)
    if catalogue is None:
        print_problems(problems)
        return False
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        made = build_sites(catalogue, audiences, out, sources, day)
    except (BuildError, StageError, DotError, OSError) as error:
        console.print(f"Situs tidak jadi dibangun; yang lama tetap ada.\n{error}", markup=False)
        return False
    for site in made:
        click.echo(f"{site.folder.as_posix()}/ selesai.")
    if warnings := count(problems, Severity.WARNING):
        click.echo(f"{warnings} peringatan; lihat: sop check")
    return True
