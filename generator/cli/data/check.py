"""``sop check``: every problem of the data folder, exit status 1 if one of them is an error."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator.cli.options import data_option
from generator.cli.report import count, print_problems, problems_json
from generator.data.sources import read_catalogue
from generator.model.problems import Problem, Severity


@click.command()
@click.argument("files", nargs=-1, metavar="[BERKAS]...", type=click.Path(exists=True, path_type=Path))
@data_option
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
@click.option("--watch", is_flag=True, help="Periksa lagi tiap kali data berubah, sampai Ctrl+C.")
def check(files: tuple[Path, ...], data: Path, as_json: bool, watch: bool) -> None:
    """Periksa semua data SOP dan cetak semua masalahnya.

    Dengan BERKAS hanya masalah berkas-berkas itu yang dicetak; semua data tetap dibaca.
    """
    problems = _watch(data, files, as_json) if watch and data.is_dir() else _check(data, files, as_json)
    sys.exit(1 if count(problems, Severity.ERROR) else 0)


def _watch(data: Path, files: Sequence[Path], as_json: bool) -> list[Problem]:
    """Check now and after every change until interrupted; the problems of the last time. The folder is
    watched from before the first check on, so that no change is missed."""
    import watchfiles  # not loaded for a check

    problems: list[Problem] | None = None
    for changes in watchfiles.watch(data, rust_timeout=200, yield_on_timeout=True, raise_interrupt=False):
        if problems is None:
            problems = _check(data, files, as_json)
            click.echo(f"Menunggu perubahan di {data.as_posix()}/ (berhenti: Ctrl+C)", err=True)
        elif changes:
            click.clear()
            problems = _check(data, files, as_json)
    return problems or []


def _check(data: Path, files: Sequence[Path], as_json: bool) -> list[Problem]:
    """Check once and print; the problems that count."""
    _, problems = read_catalogue(data)
    if files:
        chosen = {path.resolve() for path in files}
        problems = [problem for problem in problems if Path(problem.position.file).resolve() in chosen]
    if as_json:
        click.echo(problems_json(problems))
    else:
        print_problems(problems)
    return problems
