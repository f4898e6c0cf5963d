"""``sop review``: which SOPs are due for review or overdue, as a table, JSON or a calendar."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.cli.files import result_file
from generator.cli.options import data_option, day_option
from generator.cli.report import print_problems
from generator.data.review import Review, ReviewState, schedule
from generator.data.sources import read_catalogue
from generator.data.writing.files import write_whole
from generator.formats.open_data.calendar import calendar
from generator.model.dates import date_text
from generator.model.problems import Severity
from generator.model.registers import Instansi

_SLUG = 36
"""So many letters of a slug stand in one line: it is what one types next."""
_STYLE = {ReviewState.TERLAMBAT: "bold red", ReviewState.SEGERA: "yellow"}


@click.command()
@data_option
@day_option
@click.option(
    "--days",
    type=click.IntRange(0, 3650),
    default=60,
    show_default=True,
    help="Yang jatuh tempo dalam sekian hari disebut segera.",
)
@click.option("--all", "every", is_flag=True, help="Sebut juga SOP yang belum waktunya.")
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
@click.option(
    "--ics",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Tulis semua tanggal ke berkas kalender ini.",
)
def review(data: Path, day: datetime | None, days: int, every: bool, as_json: bool, ics: Path | None) -> None:
    """Sebut SOP yang sudah atau segera harus ditinjau ulang.

    Jarak tinjau ulang adalah setelan tinjau_ulang_bulan di instansi.yml.
    """
    if ics:
        result_file(ics, ".ics", data)
    catalogue, problems = read_catalogue(data)
    if catalogue is None:
        print_problems([problem for problem in problems if problem.severity is Severity.ERROR])
        sys.exit(1)
    on = day.date() if day else date.today()
    found = schedule(catalogue.on(on), on, days)
    if ics:
        agency = catalogue.instansi
        write_whole(ics, calendar(found, agency.singkatan, _domain(agency)))
        click.echo(f"Kalender: {ics.as_posix()}", err=True)
    shown = [entry for entry in found if every or entry.state is not ReviewState.BELUM]
    if as_json:
        click.echo(json.dumps([_row(entry) for entry in shown], ensure_ascii=False, indent=2))
    else:
        _print(shown, on)


def _domain(agency: Instansi) -> str:
    """A name that makes calendar ids unique: the site's, or the agency's."""
    return urlsplit(agency.situs or agency.web or "").hostname or "sop.invalid"


def _row(entry: Review) -> dict[str, object]:
    return {
        "sop": entry.sop.slug,
        "nama": entry.sop.nama,
        "unit": entry.sop.unit,
        "tinjau_sebelum": entry.due.isoformat() if entry.due else None,
        "hari": entry.days_left,
        "keadaan": entry.state.value,
    }


def _print(shown: list[Review], on: date) -> None:
    console = Console(highlight=False)
    if not shown:
        console.print(f"Tidak ada yang perlu ditinjau pada {date_text(on)}.")
        return
    table = Table(title=f"Tinjau ulang per {date_text(on)}")
    longest = max(len(entry.sop.slug) for entry in shown)
    table.add_column("SOP", overflow="fold", no_wrap=longest <= _SLUG)
    for heading in ("Nama", "Tinjau sebelum", "Keadaan"):
        table.add_column(heading)
    for entry in shown:
        due = date_text(entry.due) if entry.due else "-"
        table.add_row(
            entry.sop.slug, Text(entry.sop.nama), due, Text(_state(entry), _STYLE.get(entry.state, ""))
        )
    console.print(table)


def _state(entry: Review) -> str:
    if entry.state is ReviewState.TERLAMBAT and entry.days_left:
        return f"terlambat {-entry.days_left} hari"
    if entry.state is ReviewState.SEGERA:
        return f"{entry.days_left} hari lagi"
    return entry.state.value
