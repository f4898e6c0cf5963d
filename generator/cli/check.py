"""``sop check``: every problem of the data folder, exit status 1 if one of them is an error."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.catalogue import read_catalogue
from generator.cli.report import count, print_problems, problems_json
from generator.problems import Severity


@click.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path("sop_data"),
    show_default=True,
    help="Folder data SOP.",
)
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
def check(data: Path, as_json: bool) -> None:
    """Periksa semua data SOP dan cetak semua masalahnya."""
    _, problems = read_catalogue(data)
    if as_json:
        click.echo(problems_json(problems))
    else:
        print_problems(problems)
    sys.exit(1 if count(problems, Severity.ERROR) else 0)
