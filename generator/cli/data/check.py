"""``sop check``: every problem of the data folder, exit status 1 if one of them is an error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import click

from generator.cli.options import agency_option, data_option
from generator.cli.report import count, print_problems, problems_json
from generator.data.files.plain import why
from generator.data.files.shared import holds_agencies
from generator.model.problems import Position, Problem, Severity


@click.command()
@click.argument("files", nargs=-1, metavar="[BERKAS]...", type=click.Path(path_type=Path))
@data_option
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
@click.option("--watch", is_flag=True, help="Periksa lagi tiap kali data berubah, sampai Ctrl+C.")
@agency_option
def check(files: tuple[Path, ...], data: Path, as_json: bool, watch: bool, only: str | None) -> None:
    """Periksa semua data SOP dan cetak semua masalahnya.

    Dengan BERKAS hanya masalah berkas-berkas itu yang dicetak; semua data tetap dibaca.
    """
    from generator.cli.files import named_files  # what reads data is not loaded for the words of --help

    named_files(files, data)
    look = partial(_check, data, files, as_json, only)
    problems = _watch(data, look) if watch and data.is_dir() else look()
    sys.exit(1 if count(problems, Severity.ERROR) else 0)


def _watch(data: Path, look: Callable[[], list[Problem]]) -> list[Problem]:
    """Check now and after every change until interrupted; the problems of the last time. The folder is
    watched from before the first check on, so that no change is missed."""
    import watchfiles  # not loaded for a check

    problems: list[Problem] | None = None
    for changes in watchfiles.watch(data, rust_timeout=200, yield_on_timeout=True, raise_interrupt=False):
        if problems is None:
            problems = look()
            click.echo(f"Menunggu perubahan di {data.as_posix()}/ (berhenti: Ctrl+C)", err=True)
        elif changes:
            click.clear()
            problems = look()
    return problems or []


def _check(data: Path, files: Sequence[Path], as_json: bool, only: str | None) -> list[Problem]:
    """Check once and print; the problems that count."""
    from generator.data.sources import read_catalogue  # as above

    if only or holds_agencies(data):
        problems = _of_agencies(data, only)
    else:
        _, problems = read_catalogue(data)
    if files:
        chosen = {path.resolve() for path in files}
        problems = [problem for problem in problems if Path(problem.position.file).resolve() in chosen]
    if as_json:
        click.echo(problems_json(problems))
    else:
        print_problems(problems)
    return problems


def _of_agencies(data: Path, only: str | None) -> list[Problem]:
    """The problems of all agencies, or of one; what stands in a shared file is told once."""
    from generator.cli.chosen import chosen_agencies  # not loaded for a single agency
    from generator.data.sources import read_catalogue
    from generator.portal.agencies import read_portal

    portal, problems = read_portal(data)
    found = set(problems if only is None else portal.faults.get(only, ()))
    for agency in chosen_agencies(portal, only):
        try:
            found.update(read_catalogue(agency.data, home=data)[1])
        except OSError as error:
            where = Position(agency.data.as_posix(), 1, 1)
            hint = "periksa izin dan pemilik folder itu"
            message = f"folder tidak dapat dibaca ({why(error)})"
            found.add(Problem(where, Severity.ERROR, message, hint, "berkas"))
    return sorted(found)
