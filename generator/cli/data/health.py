"""``sop health``: what is to be done next, as the page Kesehatan SOP of the internal site tells it."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from generator.cli.chosen import chosen_agencies
from generator.cli.options import agency_option, data_option, day_option
from generator.cli.report import print_problems
from generator.data.audience import Audience
from generator.data.catalogue import Catalogue
from generator.data.files.shared import holds_agencies
from generator.data.health import Health, Tally, assess
from generator.data.sources import read_catalogue
from generator.model.dates import date_text
from generator.model.problems import Severity
from generator.site.lists.health_data import health_record, sop_table, unit_name, work


@click.command()
@data_option
@day_option
@click.option("--json", "as_json", is_flag=True, help="Cetak angka dan semua temuan sebagai JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Cetak kelengkapan tiap SOP sebagai CSV.")
@agency_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Bila datanya memuat beberapa instansi: tulis ringkasan untuk pimpinan ke folder ini.",
)
def health(
    data: Path, day: date | None, as_json: bool, as_csv: bool, only: str | None, out: Path | None
) -> None:
    """Sebut kelengkapan tiap unit dan apa yang perlu dikerjakan.

    Isinya sama dengan halaman Kesehatan SOP di situs internal; SOP yang dikecualikan tidak dihitung.
    """
    on = day or date.today()
    home = None
    if only or holds_agencies(data):
        from generator.cli.data.head import tell_head  # not loaded for one agency
        from generator.portal.agencies import read_portal

        portal, wrong = read_portal(data)
        chosen = chosen_agencies(portal, only)
        if portal.unread:
            print_problems(wrong)
            sys.exit(1)
        if only is None:
            if wrong and not (as_csv or as_json):
                print_problems(wrong)
            tell_head(portal, chosen, data, on, "csv" if as_csv else "json" if as_json else "", out)
            return
        home, data = data, chosen[0].data
    elif out is not None:
        raise click.UsageError("--out hanya untuk folder yang memuat beberapa instansi")
    found, problems = read_catalogue(data, home=home)
    if found is None:
        print_problems([problem for problem in problems if problem.severity is Severity.ERROR])
        sys.exit(1)
    catalogue = found.for_audience(Audience.INTERNAL, on)
    state = assess(catalogue, on)
    if as_csv:
        click.echo(sop_table(state, catalogue), nl=False)
    elif as_json:
        click.echo(json.dumps(health_record(state, catalogue), ensure_ascii=False, indent=2))
    else:
        _print(state, catalogue, on)


def _print(state: Health, catalogue: Catalogue, on: date) -> None:
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    console = Console(highlight=False)
    todo = Table("Hal", "Jumlah", "Yang dikerjakan", title=f"Yang perlu dikerjakan per {date_text(on)}")
    for one in work(state, catalogue.place("hukum")):
        if one.many:
            todo.add_row(one.name, " ".join((f"{one.many} {one.kind}", one.of)).strip(), one.todo)
    units = Table(Column("Unit", overflow="fold"), *_HEADINGS, title="Kelengkapan tiap unit")
    for unit in state.units:
        units.add_row(Text(unit_name(unit.unit, catalogue)), *_figures(unit.tally))
    units.add_section()
    units.add_row("Semua unit", *_figures(state.total))
    console.print(todo if todo.row_count else "Tidak ada yang perlu dikerjakan.")
    console.print(units)


_HEADINGS = ("SOP", "Terisi", "Belum bernomor", "Ada tanggal kosong", "Terlambat", "Dugaan")


def _figures(tally: Tally) -> tuple[str, ...]:
    share = f"{100 * tally.filled // tally.counted} %" if tally.counted else "–"
    figures = (tally.no_number, tally.no_date, tally.overdue, tally.readings)
    return str(tally.sops), share, *(str(figure) for figure in figures)
